"""Tables that are small tables one under another, each with a title, a header and its own columns.

The blocks are merged differently in every document, in the official file of 2019 even header and figures of one
block; figures therefore find their columns by their order in the row, and the header only confirms.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from parsers.align.columns import ALIKE, Header, read_header
from parsers.align.doubts import is_whole
from parsers.align.labels import LabelSet, likenesses
from parsers.align.left_out import left_out
from parsers.align.matches import (
    CERTAIN,
    SKIP_LABEL,
    SKIP_ROW_OF_FIGURES,
    columns_differ,
    name_ended,
    names_another,
)
from parsers.align.mend import mended, separated
from parsers.align.misplaced import may_be_of_column_before
from parsers.align.order import FORBIDDEN, align_in_order
from parsers.align.printed import LOOSE, PrintedCell, PrintedRow, cuts_empty_ends, has_guessed_cells, with_empty_ends
from parsers.align.reading import (
    COLUMN_DOUBTFUL,
    COLUMNS_UNCERTAIN,
    FIGURES_LOST,
    LABEL_DOUBTFUL,
    ROW_NOT_WHOLE,
    UNIT_DIFFERS,
    ReadingBuilder,
    TableReading,
)
from parsers.align.values import place_block_values
from parsers.document import GridKind
from parsers.figures import Content, unit_named_in
from parsers.forms.form import Block
from parsers.forms.form import Table as FormTable
from parsers.report import CellKey


@dataclass(frozen=True, slots=True)
class _Expected:
    """A line of the table as the form prints it: a block's title (no ``row``, no header), header or row."""

    block: int
    row: str | None = None
    header: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """The lines that a table may print: ``keys`` are the cells of each (none for titles and headers), ``columns`` the labels of the
    columns of each block, ``corner`` what stands above the labels of its rows."""

    expected: tuple[_Expected, ...]
    keys: tuple[tuple[CellKey, ...], ...]
    labels: LabelSet
    columns: tuple[LabelSet, ...]
    corner: LabelSet


@cache
def _lines(table: FormTable) -> _Lines:
    expected: list[_Expected] = []
    keys: list[tuple[CellKey, ...]] = []
    spellings: list[tuple[str, ...]] = []
    for number, block in enumerate(table.blocks):
        expected += [_Expected(number), _Expected(number, header=True)]
        keys += [(), ()]
        spellings += [(block.label, *block.aliases), _header_spellings(table, block)]
        for row in block.rows:
            expected.append(_Expected(number, row=row))
            keys.append(tuple(CellKey(table.key, row, column) for column in block.columns))
            spellings.append((*table.row(row).spellings, "".join(table.row(row).path)))
    return _Lines(
        tuple(expected),
        tuple(keys),
        LabelSet.of(spellings),
        tuple(LabelSet.of([table.column(key).spellings for key in block.columns]) for block in table.blocks),
        LabelSet.of([(text,) for text in table.corner]),
    )


def _header_spellings(table: FormTable, block: Block) -> tuple[str, ...]:
    leaves = "".join(table.column(key).leaf for key in block.columns)
    return (leaves, *(corner + leaves for corner in table.corner))


def align_blocks(table: FormTable, rows: Sequence[PrintedRow]) -> TableReading:
    """The rows of the document that are titles, headers and rows of the blocks, and their figures by column."""
    lines = _lines(table)
    rows = _as_long_as_their_headers(rows)
    rows = mended(separated(rows, lines.labels), lines.labels, (lines.corner, *lines.columns))
    pairs = _matched(rows, lines)
    rows = _without_fillings(table, rows, pairs, lines)
    builder = ReadingBuilder(table.key)
    found = 0
    missing = {place for place, line in enumerate(lines.expected) if line.row is not None} - {e for _, e in pairs}
    last: list[tuple[PrintedRow, tuple[CellKey, ...]]] = []
    for number, group in groupby(pairs, key=lambda pair: lines.expected[pair[1]].block):
        part = [(rows[p], lines.expected[e], e) for p, e in group]
        found += _read_block(builder, table, number, part, lines, missing)
        last += [(row, lines.keys[e]) for row, line, e in part[-1:] if line.row is not None]
    if not found:
        return TableReading(table.key)
    for keys in _ended_by_empty_line(last):
        builder.doubt(FIGURES_LOST, keys, "the empty line below the block may be no blank cell of this row")
    gone = left_out(rows, pairs, lambda printed, e: likenesses(lines.labels, rows[printed].labels)[e] == 1.0)
    builder.left_out.update(key for e in gone for key in lines.keys[e])
    matched = dict(pairs)
    for place in range(pairs[0][0], min(pairs[-1][0] + 2, len(rows))):
        if place in matched or not rows[place].has_figures:
            continue
        _doubt_neighbours(builder, rows, place, matched, lines)
        if place < pairs[-1][0]:
            builder.left_over.append(("left_over.row", " ".join(c.text for c in rows[place].cells if c.text)))
    return builder.finished(found / len(table.rows))


def _as_long_as_their_headers(rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    """The rows, those of texts that leave out what is empty at the end of a row filled up."""
    found: list[PrintedRow] = []
    for _, grid in groupby(rows, key=lambda row: row.grid):
        printed = list(grid)
        found += with_empty_ends(printed) if cuts_empty_ends(printed) else printed
    return found


def _without_fillings(
    table: FormTable, rows: Sequence[PrintedRow], pairs: Sequence[tuple[int, int]], lines: _Lines
) -> list[PrintedRow]:
    """The rows, those of texts without the empty cells that fill them up at their end for cells that are merged. Where these stand is
    told by the headers, which have no blank label, and by the rows with all their figures."""
    found = list(rows)
    for _, group in groupby(pairs, key=lambda pair: rows[pair[0]].grid):
        own = [(place, rows[place], lines.expected[e]) for place, e in group]
        if own[0][1].kind is not GridKind.DELIMITED or own[0][1].grid == LOOSE:
            continue
        counts = {place: len(table.blocks[line.block].columns) for place, _, line in own}
        headers = [(row.cells, 1 + counts[place]) for place, row, line in own if line.header]
        body = [(place, row) for place, row, line in own if line.row is not None]
        full = [(row.values, counts[place]) for place, row in body if _how_many(row.values) == counts[place]]
        evenly = headers and len({len(row.cells) for _, row, _ in own}) == 1
        named = all(_how_many(cells) == _how_many(cells[:count]) == count for cells, count in headers)
        if evenly and named and all(_how_many(values[:count]) == count for values, count in full):
            for place, row in body:
                if not _how_many(row.values[counts[place] :]):
                    found[place] = replace(row, cells=row.cells[: row.label_end + counts[place]])
    return found


def _how_many(cells: Sequence[PrintedCell]) -> int:
    """How many of the cells are not blank."""
    return sum(cell.content is not Content.BLANK for cell in cells)


def _doubt_neighbours(
    builder: ReadingBuilder, rows: Sequence[PrintedRow], place: int, matched: Mapping[int, int], lines: _Lines
) -> None:
    """Doubts the rows beside a row of figures that has no label, or whose label no row of the form has, and those without
    figures behind them: the figures may be those of a row that is blank. Where columns are told by how words stand, they may
    be those of single blank cells."""
    stray = rows[place]
    for neighbour in (*_rows_beside(rows, place, -1, matched, lines), *_rows_beside(rows, place, 1, matched, lines)):
        keys = lines.keys[matched[neighbour]]
        if _has_its_own(rows[neighbour], keys):
            blank = {key: cell for key in keys if (cell := builder.cells.get(key)) is not None and not cell.text}
            beside = [key for key, cell in blank.items() if stray.kind.is_placed and _has_figure_in(stray, cell)]
            # Blank cells that only empty lines tell may be those of figures that were poured out elsewhere.
            is_certain = stray.labels or len(beside) == _count_of_figures(stray)
            if is_certain and not (blank and has_guessed_cells(rows[neighbour])):
                keys = tuple(beside)
        builder.doubt(FIGURES_LOST, keys, "figures that no row claims stand beside this row")


def _rows_beside(
    rows: Sequence[PrintedRow], place: int, step: int, matched: Mapping[int, int], lines: _Lines
) -> Iterator[int]:
    """The rows of the form above (-1) a stray row of figures, or below it (1), up to the first with figures of its own."""
    stray, neighbour = rows[place], place + step
    while stray.kind.is_placed and neighbour in matched and lines.expected[matched[neighbour]].header:
        neighbour += step  # a header of many lines reaches below the first figures
    while not stray.labels and 0 <= neighbour < len(rows) and _is_between(rows[neighbour], neighbour in matched):
        neighbour += step  # what the next page prints above its part of the table
    while neighbour in matched and (keys := lines.keys[matched[neighbour]]):
        yield neighbour
        if _has_its_own(rows[neighbour], keys):
            return
        neighbour += step


def _has_its_own(row: PrintedRow, keys: Sequence[CellKey]) -> bool:
    """Whether a row has figures, or signs for none in all of its columns."""
    return row.has_figures or is_whole(row, len(keys))


def _is_between(row: PrintedRow, is_matched: bool) -> bool:
    """Whether a row is words that are none of the table."""
    return not (is_matched or row.has_figures) and bool(row.words)


def _count_of_figures(row: PrintedRow) -> int:
    return sum(cell.content is Content.FIGURE for cell in row.values)


def _has_figure_in(row: PrintedRow, cell: PrintedCell) -> bool:
    """Whether a figure of a row stands in the columns of a cell."""
    return any(
        other.content is Content.FIGURE and other.first < cell.last and cell.first < other.last
        for other in row.values
    )


def _matched(rows: Sequence[PrintedRow], lines: _Lines) -> list[tuple[int, int]]:
    scores: list[Sequence[float]] = []
    for row in rows:
        alike = likenesses(lines.labels, row.labels) if row.labels else (0.0,) * len(lines.expected)
        # A line with figures is no title and no header; one without may be any.
        scores.append(
            [
                score if score >= ALIKE and not (row.has_figures and line.row is None) else FORBIDDEN
                for score, line in zip(alike, lines.expected, strict=True)
            ]
        )
    costs = [SKIP_ROW_OF_FIGURES if row.has_figures else 0.0 for row in rows]
    return align_in_order(scores, skip_printed=costs, skip_expected=SKIP_LABEL)


def _read_block(
    builder: ReadingBuilder,
    table: FormTable,
    number: int,
    part: Sequence[tuple[PrintedRow, _Expected, int]],
    lines: _Lines,
    missing: Collection[int],
) -> int:
    """Read the rows of one block; how many there are. ``missing`` are the lines with figures that were not found."""
    block = table.blocks[number]
    header = next((_header(row, lines, number) for row, line, _ in part if line.header), None)
    body = [(name_ended(row, lines.labels, place), place) for row, line, place in part if line.row is not None]
    printed_header = next((row for row, line, _ in part if line.header), None)
    usable = header if all(_same_columns(row, header) for row, _ in body) else None
    placed_rows = place_block_values([row for row, _ in body], usable, len(block.columns))
    for (row, place), placed in zip(body, placed_rows, strict=True):
        keys = lines.keys[place]
        builder.add_row(keys, row, placed)
        if row.grid == LOOSE and any(cell.content is Content.WORDS for cell in row.values):
            builder.doubt(FIGURES_LOST, keys, "other words stand between this label and the figures")
        if row.kind is GridKind.DELIMITED and row.grid != LOOSE and not row.values:
            builder.doubt(FIGURES_LOST, keys, "no cell stands behind its label")
        merged = placed.cells[0] is not None and all(cell is placed.cells[0] for cell in placed.cells)
        if row.kind in (GridKind.MARKUP, GridKind.RULED) and len(row.values) < len(keys) and not merged:
            builder.doubt(ROW_NOT_WHOLE, keys, "it has fewer cells than the form")
        if reason := columns_differ(row, len(keys)):
            builder.doubt(COLUMNS_UNCERTAIN, keys, reason)
        if printed_header is not None and row.kind is GridKind.ALIGNED and row.grid == printed_header.grid:
            others = [other for other, _ in body if other is not row]
            if may_be_of_column_before(row, printed_header, others):
                builder.doubt(COLUMNS_UNCERTAIN, keys, "a figure may be of the blank column before its own")
        if header is None:
            _judge_units(builder, table, keys, row, lines.columns[number])
        else:
            builder.headings.update(zip(keys, header.texts, strict=True))
            doubtful = [keys[column] for column in sorted(header.doubtful)]
            named = ", ".join(header.texts[column] for column in sorted(header.doubtful))
            builder.doubt(COLUMN_DOUBTFUL, doubtful, f"the header of the block reads {named}")
        alike = likenesses(lines.labels, row.labels)[place]
        if alike < CERTAIN or (alike < 1.0 and names_another(row, lines.labels, missing)):
            builder.doubt(LABEL_DOUBTFUL, keys, f"the label reads {''.join(row.labels)}")
    return len(body)


def _ended_by_empty_line(last: Sequence[tuple[PrintedRow, tuple[CellKey, ...]]]) -> Iterator[tuple[CellKey, ...]]:
    """The cells of those last rows of blocks, in lines outside a grid, whose last cell may be no more than the empty line in front of
    the next block: a figure was lost. Where rows with all their figures have none behind them, blocks are not parted so."""
    loose = [(row.values, keys) for row, keys in last if row.grid == LOOSE]
    full = [len(values) > len(keys) for values, keys in loose if _how_many(values[: len(keys)]) == len(keys)]
    if full and not any(full):
        return
    for values, keys in loose:
        if 0 < len(values) <= len(keys) and values[-1].content is Content.BLANK:
            yield keys


def _judge_units(
    builder: ReadingBuilder, table: FormTable, keys: Sequence[CellKey], row: PrintedRow, columns: LabelSet
) -> None:
    """Where no header row was found, look for the headings of money among the words in front of the row: the unit
    stands there and nowhere else, and an amount whose heading is lost may be in another."""
    for place, key in enumerate(keys):
        column = table.column(key.column)
        if unit_named_in(column.leaf) is None:
            continue
        heading = next((text for text in row.labels if likenesses(columns, (text,))[place] >= ALIKE), None)
        if heading is None:
            builder.doubt(UNIT_DIFFERS, [key], f"no heading {column.leaf} stands over the figure")
        else:
            builder.headings[key] = heading


def _header(row: PrintedRow, lines: _Lines, number: int) -> Header | None:
    """The header that a row is; None for one whose labels stand together as one text, over no column rather than over one."""
    if len(row.cells) == 1 and len(lines.columns[number].spellings) > 1:
        return None
    start = 1 if row.cells and row.cells[0].content in (Content.WORDS, Content.BLANK) else 0
    first = row.cells[start].first if len(row.cells) > start else 0
    return read_header([row], first, lines.columns[number], lines.corner)


def _same_columns(row: PrintedRow, header: Header | None) -> bool:
    """Whether the header's grid columns say anything of this row: it has a cell that begins where each column does."""
    if header is None or row.kind is GridKind.DELIMITED:
        return False
    firsts = {cell.first for cell in row.cells}
    return all(limits is None or limits[0] in firsts for limits in header.ranges)
