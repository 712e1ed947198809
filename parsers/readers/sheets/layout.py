"""The rows of a sheet as lines and tables.

A sheet is one grid in which titles, prose and tables stand below each other. An empty row parts them; so do a row that
holds one cell alone, and rows without borders around rows with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import regex

from parsers.readers.blocks import MAX_CELLS, Block, Cell, cell_of, settle, split_lines
from parsers.readers.canonical import clean

MAX_TEXTS = 200_000
"""Cells with text in one workbook; all the tables of a hundred agencies have 20,000."""
MAX_ROWS = 20_000
"""Rows of one sheet; those tables have 6,000."""
_LONG = 60  # characters: as in parsers.readers.blocks, the longest label has 42
_CHAPTER = regex.compile(r"[一二三四五六七八九十]+[、.．]")

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Merge:
    """Places that are one cell: first and last row and column, from 0, both within."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """A sheet as its file gives it: texts as shown by (row, column) from 0, the places that have a border, merged
    places, and the rows and columns that are not shown."""

    texts: dict[Place, str] = field(default_factory=dict)
    bordered: set[Place] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Row:
    """A shown row: its cells (those that reach into it from above too), and whether any of them has a border."""

    number: int
    cells: tuple[Cell, ...]
    bordered: bool

    @property
    def is_empty(self) -> bool:
        return not any(cell.text for cell in self.cells) and not (self.bordered and len(self.cells) > 1)


def blocks_of(sheet: Sheet) -> tuple[list[Block], int]:
    """The blocks of a sheet as it is shown, and the number of characters that it hides.

    Rows behind the first ``MAX_ROWS`` count as hidden.
    """
    rows, hidden = _rows(sheet)
    blocks: list[Block] = []
    band: list[_Row] = []
    for row in rows:
        if band and (row.is_empty or row.number != band[-1].number + 1):
            blocks += _band(band)
            band = []
        if not row.is_empty:
            band.append(row)
    return blocks + list(_band(band)), hidden


def _rows(sheet: Sheet) -> tuple[list[_Row], int]:
    """The shown rows that hold something, hidden rows and columns taken out of places and spans."""
    texts = {place: text for place, text in sheet.texts.items() if clean(text)}
    hidden = sum(len(texts.pop(place)) for place in [place for place in texts if place[0] >= MAX_ROWS])
    if not texts:
        return [], hidden
    rows = _numbers(max(row for row, _ in texts), sheet.hidden_rows)
    columns = _numbers(max(column for _, column in texts), sheet.hidden_columns)
    cells, covered, lost = _merged_cells(sheet, texts, rows, columns)
    hidden += lost
    for (row, column), text in texts.items():
        if (row, column) in covered:
            continue
        if row in rows and column in columns:
            cells[rows[row], columns[column]] = _cell(rows[row], columns[column], 1, 1, text)
        else:
            hidden += len(text)
    edges = {(rows[r], columns[c]) for r, c in sheet.bordered if r in rows and c in columns}
    for place in edges - {(rows[r], columns[c]) for r, c in covered if r in rows and c in columns}:
        cells.setdefault(place, _cell(*place, 1, 1, ""))
    by_row: dict[int, list[Cell]] = {}
    for cell in sorted(cells.values(), key=lambda cell: (cell.row, cell.column)):
        for number in range(cell.row, cell.row + cell.row_span):
            by_row.setdefault(number, []).append(cell)
    with_edge = {row for row, _ in edges}
    found = [_Row(number, tuple(by_row[number]), number in with_edge) for number in sorted(by_row)]
    return found, hidden


def _merged_cells(
    sheet: Sheet, texts: dict[Place, str], rows: dict[int, int], columns: dict[int, int]
) -> tuple[dict[Place, Cell], set[Place], int]:
    """The merged cells by the shown place of their corner, all the places that they cover in the file, and the number of
    characters that merging hides. ``rows`` and ``columns`` give the shown number of each that is shown."""
    last_row, last_column = max(row for row, _ in texts), max(column for _, column in texts)
    hidden = 0
    cells: dict[Place, Cell] = {}
    covered: set[Place] = set()
    budget = MAX_TEXTS
    for merge in sheet.merges:
        top, left = merge.top, merge.left
        bottom, right = min(merge.bottom, last_row), min(merge.right, last_column)
        budget -= max(bottom - top + 1, 0) * max(right - left + 1, 0)
        if budget < 0:
            break
        places = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if not places or places & covered:
            continue  # a damaged file lets two merged cells overlap
        covered |= places
        shown = [(rows[row], columns[column]) for row, column in places if row in rows and column in columns]
        text = texts.get((top, left), "")
        hidden += sum(len(texts.get(place, "")) for place in places if place != (top, left))
        if not shown:
            hidden += len(text)
            continue
        (first_row, first_column), (end_row, end_column) = min(shown), max(shown)
        row_span, column_span = end_row - first_row + 1, end_column - first_column + 1
        cells[first_row, first_column] = _cell(first_row, first_column, row_span, column_span, text)
    return cells, covered, hidden


def _numbers(last: int, hidden: set[int]) -> dict[int, int]:
    """By row or column number: its number among those that are shown."""
    return {number: at for at, number in enumerate(n for n in range(last + 1) if n not in hidden)}


def _cell(row: int, column: int, row_span: int, column_span: int, text: str) -> Cell:
    return cell_of(row, column, row_span, column_span, split_lines(text.split("\n")))


def _band(rows: Sequence[_Row]) -> Iterator[Block]:
    """The blocks of rows that no empty row parts."""
    bordered = [at for at, row in enumerate(rows) if row.bordered]
    if 0 < len(bordered) < len(rows) and len(bordered) * 2 > len(rows):  # a table with lines above or below it
        first, end = bordered[0], bordered[-1] + 1
        if first or end < len(rows):
            for part in (rows[:first], rows[first:end], rows[end:]):
                yield from _band(part)
            return
    tables = [at for at, row in enumerate(rows) if not _is_line(row)]
    inside = range(tables[0], tables[-1] + 1) if tables else range(0)
    lines = [at not in inside or _parts(row) for at, row in enumerate(rows)]
    for is_line, group in groupby(zip(lines, rows, strict=True), key=lambda pair: pair[0]):
        part = [row for _, row in group]
        if is_line:
            for row in part:
                yield from (block for cell in row.cells if cell.row == row.number for block in cell.blocks)
        else:
            yield from settle(_filled(part))


def _is_line(row: _Row) -> bool:
    """Whether a row above or below a table is a title or prose: one cell alone, and no frame around a short one."""
    return len(row.cells) == 1 and (not row.bordered or len(row.cells[0].text) > _LONG)


def _parts(row: _Row) -> bool:
    """Whether a row between two rows of tables ends one and begins another."""
    if not _is_line(row):
        return False
    cell = row.cells[0]
    return len(cell.text) > _LONG or cell.column_span > 1 or _CHAPTER.match(cell.text) is not None


def _filled(rows: Sequence[_Row]) -> list[Cell]:
    """The cells of a table, with the empty places between its first and its last column: a sheet shows those too."""
    first, last = rows[0].number, rows[-1].number
    cells: dict[Place, Cell] = {}
    taken: set[Place] = set()
    for row in rows:
        for cell in row.cells:
            if cell.row < first or (cell.row, cell.column) in cells:
                continue
            span = min(cell.row_span, last - cell.row + 1)
            cells[cell.row, cell.column] = Cell(
                cell.row - first, cell.column, span, cell.column_span, cell.text, cell.blocks
            )
            taken |= {(cell.row + r, cell.column + c) for r in range(span) for c in range(cell.column_span)}
    left = min(cell.column for cell in cells.values())
    right = max(cell.column + cell.column_span for cell in cells.values())
    if (right - left) * len(rows) <= MAX_CELLS:
        for place in ((row.number, column) for row in rows for column in range(left, right)):
            if place not in taken:
                cells[place] = Cell(place[0] - first, place[1], 1, 1, "")
    return [cells[place] for place in sorted(cells)]
