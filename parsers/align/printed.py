"""Tables as rows of printed cells: one shape for ruled grids, markup, delimited text and lines that fell apart.

A row knows every cell that covers it, those that began further up too, so that the group label of a merged cell
is seen by each of its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.document import Box, Document, Grid, GridKind, Span
from parsers.figures import Content, content_of

LOOSE = -1
"""The grid number of rows that were put together from lines outside any grid."""


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell as it stands in one row: text, evidence, the grid columns ``first … last - 1`` that it covers, and
    whether it began further up (``inherited``)."""

    text: str
    span: Span
    box: Box | None
    first: int
    last: int
    content: Content
    inherited: bool = False

    @property
    def holds_several(self) -> bool:
        """Whether several figures stand in it: a wall between them was not drawn, or not seen."""
        words = self.text.split()
        return len(words) > 1 and all(content_of(word) is Content.FIGURE for word in words)


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """The cells that cover one row, from left to right; ``grid`` is the number of the grid, or :data:`LOOSE`.

    The first ``label_end`` cells are the row's label, ``labels`` are its words, outermost first (none for a row
    without words); ``has_figures`` tells whether a figure stands behind it. Made by :meth:`of`.
    """

    grid: int
    kind: GridKind
    cells: tuple[PrintedCell, ...]
    label_end: int
    labels: tuple[str, ...]
    has_figures: bool

    @classmethod
    def of(
        cls, grid: int, kind: GridKind, cells: Iterable[PrintedCell], *, label_end: int | None = None
    ) -> PrintedRow:
        """A row of these cells. Where ``label_end`` is not known, the label goes up to the last words before the
        first figure; figures in front of the first words are a running number and belong to it."""
        placed = tuple(cells)
        end = _label_end(placed) if label_end is None else label_end
        return cls(
            grid,
            kind,
            placed,
            end,
            labels=_labels_of(placed[:end]),
            has_figures=any(cell.content is Content.FIGURE and not cell.inherited for cell in placed[end:]),
        )

    @property
    def values(self) -> tuple[PrintedCell, ...]:
        """The cells behind the label, blank ones included."""
        return self.cells[self.label_end :]

    @property
    def words(self) -> tuple[str, ...]:
        """The texts of all cells with words."""
        return tuple(cell.text for cell in self.cells if cell.content is Content.WORDS)

    @property
    def says_none(self) -> bool:
        """Whether signs for none stand in it as figures do: one alone may be anything."""
        return sum(cell.content is Content.DASH for cell in self.cells) > 1

    @property
    def own_words(self) -> tuple[str, ...]:
        """The texts of the cells with words that begin in this row."""
        return tuple(cell.text for cell in self.cells if cell.content is Content.WORDS and not cell.inherited)


def _labels_of(cells: Sequence[PrintedCell]) -> tuple[str, ...]:
    """The words of a label, outermost first. Where the cell of a group is merged over a row too many, it stands behind the row's own."""
    words = [cell for cell in cells if cell.content is Content.WORDS]
    if words and words[-1].inherited:
        words.sort(key=lambda cell: not cell.inherited)
    return tuple([cell.text for cell in words])


def _label_end(cells: Sequence[PrintedCell]) -> int:
    end = 0
    for index, cell in enumerate(cells):
        if cell.content is Content.WORDS:
            end = index + 1
        elif end and cell.content.is_value and not _is_of_label(cells, index):
            break
    return end


def _is_of_label(cells: Sequence[PrintedCell], index: int) -> bool:
    """Whether a cell holds a numeral in words of one sign (三) that is a line of a group's label printed upright: the label of
    the row stands right behind it."""
    cell, behind = cells[index], cells[index + 1 : index + 2]
    is_numeral = cell.content is Content.FIGURE and len(cell.text) == 1 and cell.text.isalpha()
    return is_numeral and any(other.content is Content.WORDS for other in behind)


def rows_of(document: Document) -> list[PrintedRow]:
    """The rows of every grid, in reading order."""
    return [row for number, grid in enumerate(document.grids) for row in rows_of_grid(number, grid)]


def rows_of_grid(number: int, grid: Grid) -> Iterator[PrintedRow]:
    """The rows of the grid with this number."""
    covering: list[list[PrintedCell]] = [[] for _ in range(grid.row_count)]
    for cell in grid.cells:
        printed = PrintedCell(
            cell.text,
            cell.span,
            cell.box,
            cell.column,
            cell.column + cell.column_span,
            content_of(cell.text),
        )
        covering[cell.row].append(printed)
        if cell.row_span > 1:
            below = replace(printed, inherited=True)
            for row in range(cell.row + 1, min(cell.row + cell.row_span, grid.row_count)):
                covering[row].append(below)
    rows = [PrintedRow.of(number, grid.kind, sorted(cells, key=lambda cell: cell.first)) for cells in covering]
    if rows and [cell.text for cell in rows[0].cells[:3]] == ["", "A", "B"]:
        rows = _without_names(rows)
    if grid.kind is GridKind.RULED and any(row.labels and not row.own_words for row in rows):
        rows = _without_frames(rows)
    yield from with_empty_ends(rows) if _has_a_place_for_each_cell(rows) else rows


def _without_names(rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    """The rows of a table without the names of its columns (A, B, C) and the numbers of its rows, which spreadsheet programs can
    print at its edges; all of them where these edges hold anything else."""
    names, numbers = rows[0].cells[1:], [row.cells[0].text for row in rows[1:] if row.cells]
    first = numbers[0] if numbers else ""
    if not first.isdecimal() or numbers != [str(int(first) + n) for n in range(len(numbers))]:
        return list(rows)
    if any(not (cell.text.isascii() and cell.text.isupper()) for cell in names):
        return list(rows)
    return [PrintedRow.of(row.grid, row.kind, row.cells[1:]) for row in rows[1:] if row.cells]


def _without_frames(rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    """The rows of a table, those as one that the frames inside its cells cut: all their labels are the same cells, and no two of them
    print something in one column."""
    whole: list[PrintedRow] = []
    for row in rows:
        joined = _as_one(whole[-1], row) if whole and row.labels and not row.own_words else None
        if joined is None:
            whole.append(row)
        else:
            whole[-1] = joined
    return whole


def _as_one(above: PrintedRow, below: PrintedRow) -> PrintedRow | None:
    """The row that two rows with the same label are; None where they are rows of their own."""
    labels = [[c.span for c in row.cells[: row.label_end] if c.content is Content.WORDS] for row in (above, below)]
    places = [[(cell.first, cell.last) for cell in row.cells] for row in (above, below)]
    if labels[0] != labels[1] or places[0] != places[1]:
        return None
    pairs = list(zip(above.cells, below.cells, strict=True))
    if any(a.text and b.text and a.span != b.span for a, b in pairs):
        return None
    return PrintedRow.of(above.grid, above.kind, [a if a.text or not b.text else b for a, b in pairs])


def _has_a_place_for_each_cell(rows: Sequence[PrintedRow]) -> bool:
    """Whether a table of plain text has empty cells where cells are merged: most labels stand behind those of their groups,
    and a row whose label stands further to the left is as long as the others."""
    labelled = [row for row in rows if row.kind is GridKind.DELIMITED and row.labels and row.has_figures]
    behind = sum(row.cells[0].content is Content.BLANK for row in labelled)
    deepest, width = (
        max((row.label_end for row in labelled), default=0),
        max((len(row.cells) for row in labelled), default=0),
    )
    return 2 * behind >= len(labelled) > 0 and any(
        row.label_end < deepest and len(row.cells) == width for row in labelled
    )


def cuts_empty_ends(rows: Sequence[PrintedRow]) -> bool:
    """Whether a table of plain text has empty cells, and none of them at the end of a row: there they were left out."""
    return (
        bool(rows)
        and all(row.kind is GridKind.DELIMITED and row.cells[-1].content is not Content.BLANK for row in rows)
        and any(cell.content is Content.BLANK for row in rows for cell in row.cells)
    )


def with_empty_ends(rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    """The rows of a table, those that are shorter than the longest filled up with empty cells at the end."""
    width = max((len(row.cells) for row in rows), default=0)
    return [replace(row, cells=(*row.cells, *_empty_cells(row, width))) for row in rows]


def has_guessed_cells(row: PrintedRow) -> bool:
    """Whether blank cells of a row are told by nothing but empty lines between its figures, or by its being shorter than others."""
    if row.kind is not GridKind.DELIMITED:
        return False
    if row.grid == LOOSE:
        return any(cell.content is Content.BLANK for cell in row.values)
    return len(row.cells) > 1 and row.cells[-1].span == Span(row.cells[-2].span.end, row.cells[-2].span.end)


def without_guessed_end(row: PrintedRow) -> PrintedRow:
    """A row of a table of text without the empty cells at its end that only its being shorter than others tells."""
    while row.grid != LOOSE and has_guessed_cells(row):
        row = replace(row, cells=row.cells[:-1])
    return row


def _empty_cells(row: PrintedRow, width: int) -> Iterator[PrintedCell]:
    for column in range(len(row.cells), width):
        end = row.cells[-1].span.end
        yield PrintedCell("", Span(end, end), None, column, column + 1, Content.BLANK)
