"""A specimen laid out: titles, paragraphs, headings and tables with their spans, the same for every producer.

Tables are laid out from the form files alone, in the three layouts that forms have; this module knows no label.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Protocol, TypeAlias

from corpus.gold import Figure
from parsers.forms.form import Label, Layout, Table
from parsers.report import CellKey, CellState


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell as printed. ``key`` names the figure that stands in it, None for a label; ``vertical`` asks for one
    sign a line."""

    text: str
    row_span: int = 1
    column_span: int = 1
    key: CellKey | None = None
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table as printed: each row lists the cells that begin in it. ``widths`` are the grid columns' relative
    widths, ``header_rows`` how many rows a producer may repeat on the next page."""

    name: str
    rows: tuple[tuple[SheetCell, ...], ...]
    header_rows: int
    widths: tuple[float, ...]
    landscape: bool = False

    def placed(self) -> list[list[tuple[int, SheetCell]]]:
        """The rows with the grid column, from 0, in which each of their cells begins."""
        covered: set[tuple[int, int]] = set()
        placed = []
        for index, row in enumerate(self.rows):
            column = 0
            cells = []
            for cell in row:
                while (index, column) in covered:
                    column += 1
                cells.append((column, cell))
                rows = range(index, index + cell.row_span)
                covered |= {(r, c) for r in rows for c in range(column, column + cell.column_span)}
            placed.append(cells)
        return placed

    def titled(self, titles: Sequence[str]) -> SheetTable:
        """The table with these lines as its first rows, each over its full width."""
        rows = tuple((SheetCell(title, column_span=len(self.widths)),) for title in titles)
        return replace(self, rows=(*rows, *self.rows), header_rows=self.header_rows and self.header_rows + len(rows))

    def cut(self, at: int) -> tuple[SheetTable, SheetTable]:
        """The table in two, as when it is cut before row ``at``: cells that reach over the cut end there and go on
        below as empty cells, and the second part has no header."""
        below: list[tuple[int, SheetCell]] = []
        above: list[tuple[SheetCell, ...]] = []
        for index, row in enumerate(self.placed()[:at]):
            cells = []
            for column, cell in row:
                over = index + cell.row_span - at
                if over > 0:
                    below.append((column, replace(cell, text="", row_span=over)))
                cells.append(replace(cell, row_span=min(cell.row_span, at - index)))
            above.append(tuple(cells))
        first = sorted([*below, *self.placed()[at]], key=lambda each: each[0])
        rest = (tuple(cell for _, cell in first), *self.rows[at + 1 :])
        return replace(self, rows=tuple(above)), replace(self, rows=rest, header_rows=0)


@dataclass(frozen=True, slots=True)
class Title:
    """The report's title, one or more lines."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section, with its number as printed."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose."""

    text: str


Block: TypeAlias = Title | Heading | Paragraph | SheetTable
Cells: TypeAlias = Mapping[CellKey, Figure]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole document, before a producer gives it a format."""

    name: str
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """The title in one line."""
        return next("".join(block.lines) for block in self.blocks if isinstance(block, Title))

    def tables(self) -> Iterator[SheetTable]:
        """The tables, in reading order."""
        return (block for block in self.blocks if isinstance(block, SheetTable))


class Spelling(Protocol):
    """How one document writes a label: from the official text, and the row or column that it names (None for
    groups, banners and the corner) to what is printed."""

    def __call__(self, official: str, label: Label | None = None) -> str: ...


def table_blocks(
    table: Table, cells: Cells, spell: Spelling, traits: frozenset[str], unofficial: Sequence[str] = ()
) -> tuple[SheetTable, ...]:
    """A table of the form as the sheet prints it: one, or one a block where the document parts them.
    ``unofficial`` are labels of rows that the form lacks, put behind the first block's."""
    match table.layout:
        case Layout.BLOCKS:
            return _blocks(table, cells, spell, traits, unofficial)
        case Layout.MATRIX:
            return (_matrix(table, cells, spell, traits),)
        case Layout.LINE:
            return (_line(table, cells, spell, traits),)
        case Layout.LIST:
            raise ValueError(f"{table.key} is attached to a report and no part of it")


def _figure(cells: Cells, table: Table, row: str, column: str, span: int = 1) -> SheetCell:
    key = CellKey(table.key, row, column)
    return SheetCell(cells[key].raw, column_span=span, key=key)


def _is_printed(table: Table, row: str, cells: Cells) -> bool:
    own = (figure for key, figure in cells.items() if (key.table, key.row) == (table.key, row))
    return any(figure.state is not CellState.ABSENT for figure in own)


def _blocks(
    table: Table, cells: Cells, spell: Spelling, traits: frozenset[str], unofficial: Sequence[str]
) -> tuple[SheetTable, ...]:
    width = 1 + max(len(block.columns) for block in table.blocks)
    shifting = "official_merges" in traits and len(table.blocks) > 4
    width += shifting
    parts: list[list[tuple[SheetCell, ...]]] = []
    for index, block in enumerate(table.blocks):
        if not any(_is_printed(table, row, cells) for row in block.rows):
            continue
        header_cut = _cut(len(block.columns), width, wide_at=-1 if len(block.columns) < 3 else 1)
        figure_cut = _cut(len(block.columns), width, wide_at=0 if shifting and index in (1, 2, 4) else -1)
        if shifting and index == 0:
            figure_cut = header_cut
        rows: list[tuple[SheetCell, ...]] = [(SheetCell(spell(block.label), column_span=width),)]
        names = [SheetCell(spell(table.corner[0]))]
        for column, span in zip(block.columns, header_cut, strict=True):
            label = table.column(column)
            names.append(SheetCell(spell(label.leaf, label), column_span=span))
        rows.append(tuple(names))
        for row in block.rows:
            label = table.row(row)
            figures = zip(block.columns, figure_cut, strict=True)
            rows.append(
                (
                    SheetCell(spell(label.leaf, label)),
                    *(_figure(cells, table, row, column, span) for column, span in figures),
                )
            )
        if index == 0:
            for extra in unofficial:
                blanks = (SheetCell(text, column_span=span) for text, span in zip("513", header_cut, strict=True))
                rows.append((SheetCell(extra), *blanks))
        parts.append(rows)
    widths = (2.0, *(1.5,) * (width - 1))
    if "four_tables" in traits:
        return tuple(SheetTable(table.key, tuple(part), 2, widths) for part in parts)
    return (SheetTable(table.key, tuple(row for part in parts for row in part), 0, widths),)


def _cut(count: int, width: int, *, wide_at: int) -> tuple[int, ...]:
    """How many grid columns each of ``count`` cells takes beside the label; the one at ``wide_at`` takes the rest.

    >>> _cut(3, 5, wide_at=0), _cut(1, 4, wide_at=-1)
    ((2, 1, 1), (3,))
    """
    spans = [1] * count
    spans[wide_at] += width - 1 - count
    return tuple(spans)


def _matrix(table: Table, cells: Cells, spell: Spelling, traits: frozenset[str]) -> SheetTable:
    depth = max(len(row.path) for row in table.rows)
    printed = [row for row in table.rows if _is_printed(table, row.key, cells)]
    head = (
        [] if "no_banner" in traits else [SheetCell(spell(b), column_span=len(table.columns)) for b in table.banners]
    )
    upper, lower = _column_header(table, spell)
    corner = "" if "no_corner" in traits else spell(table.corner[0])
    header_rows = [tuple(head)] * bool(head) + [upper, lower]
    header_rows[0] = (SheetCell(corner, len(header_rows), depth), *header_rows[0])
    body = []
    grouped = _grouped(printed, depth) if "short_span" in traits else len(printed)
    for index, row in enumerate(printed):
        labels = []
        for level, part in enumerate(row.path):
            if level == len(row.path) - 1:
                fallen = index >= grouped and level > 0
                labels.append(SheetCell(spell(part, row), column_span=depth - (1 if fallen else level)))
                labels += [SheetCell("")] * fallen
            elif index < grouped and (index == 0 or printed[index - 1].path[: level + 1] != row.path[: level + 1]):
                over = sum(other.path[: level + 1] == row.path[: level + 1] for other in printed[:grouped])
                upright = "vertical_group" in traits and level == 0
                labels.append(SheetCell(spell(part), row_span=over, vertical=upright))
        figures = (_figure(cells, table, row.key, column.key) for column in table.columns)
        body.append((*labels, *figures))
    figure = 0.4 if "tight_columns" in traits else 0.8
    widths = (0.5 if "vertical_group" in traits else 0.9, 1.2, 2.4, *(figure,) * len(table.columns))
    return SheetTable(table.key, (*header_rows, *body), len(header_rows), widths)


def _grouped(rows: Sequence[Label], depth: int) -> int:
    """How many rows stand inside their groups when the spans of the groups are one row short: all before the last
    row of the deepest kind; the ones from there on fall to the left margin, an empty cell behind their label."""
    return max(index for index, row in enumerate(rows) if len(row.path) == depth)


def _column_header(table: Table, spell: Spelling) -> tuple[tuple[SheetCell, ...], tuple[SheetCell, ...]]:
    """Two rows over the figures: groups with their columns below, columns without a group over both rows."""
    upper: list[SheetCell] = []
    lower: list[SheetCell] = []
    for group, members in groupby(table.columns, key=lambda column: column.path[:-1]):
        columns = list(members)
        leaves = [SheetCell(spell(column.leaf, column)) for column in columns]
        if group:
            upper.append(SheetCell(spell(group[0]), column_span=len(columns)))
            lower += leaves
        else:
            upper += [SheetCell(leaf.text, row_span=2) for leaf in leaves]
    return tuple(upper), tuple(lower)


def _line(table: Table, cells: Cells, spell: Spelling, traits: frozenset[str]) -> SheetTable:
    """Row groups, rows and columns one under another on top, all figures in one row below."""
    count = len(table.columns)
    rows: tuple[list[SheetCell], list[SheetCell], list[SheetCell]] = ([], [], [])
    for group, members in groupby(table.rows, key=lambda row: row.path[0]):
        labels = list(members)
        is_group = len(labels[0].path) > 1
        rows[0].append(SheetCell(spell(group, None if is_group else labels[0]), column_span=count * len(labels)))
        for label in labels:
            names = [spell(column.leaf, column) for column in table.columns]
            if is_group:
                rows[1].append(SheetCell(spell(label.leaf, label), column_span=count))
                rows[2].extend(SheetCell(name) for name in names)
            else:
                rows[1].extend(SheetCell(name, row_span=2) for name in names)
    figures = tuple(_figure(cells, table, row.key, column.key) for row in table.rows for column in table.columns)
    body = (*(tuple(row) for row in rows), figures)
    return SheetTable(table.key, body, 3, (1.0,) * len(figures), landscape="landscape" in traits)
