"""Tables whose columns are printed in parts: the left ones on one page, the others on the next.

A sheet that is wider than its paper is cut between two columns; what stands right of the cut has no labels of its own, and
its rows stand on their page where the rows of the left part stand on theirs. Others print the labels again beside each part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from parsers.align.columns import read_header
from parsers.align.labels import LabelSet
from parsers.align.printed import LOOSE, PrintedCell, PrintedRow
from parsers.figures import Content
from parsers.forms.form import Table as FormTable

SAME_HEIGHT = 3.0
"""Points by which the middles of the cells of one row may differ between the parts; the lowest rows are 10 points high."""
LEAST_ROWS = 2
"""Rows that stand at the same heights of two pages, header included, which make them parts of one table."""
WIDEST = 7
"""Columns of figures of the widest statutory table with labels at the left; a row with more is that of the next table."""
NEARLY_ALL = 0.8
"""The share of the rows of the left part, between the first and the last of them, beside which something stands."""


@dataclass(slots=True)
class _Part:
    """A table of one page: its rows, and how many parts were joined to it."""

    rows: list[PrintedRow]
    joined: int = 0

    @property
    def page(self) -> int:
        """The page on which it stands; 0 where that is not known."""
        return next((cell.box.page for row in self.rows for cell in row.cells if cell.box is not None), 0)


def joined_beside(rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    """The rows, those without labels behind those of an earlier page that stand at the same heights."""
    parts: list[_Part] = []
    for _, grid in groupby(rows, key=lambda row: row.grid):
        part = _Part(list(grid))
        found = [(other.joined, n, pairs) for n, other in enumerate(parts) if (pairs := _beside(other, part))]
        if not found:
            parts.append(part)
            continue
        _, place, pairs = min(found, key=lambda each: each[:2])
        _join(parts[place], part, pairs)
    return [row for part in parts for row in part.rows]


def _beside(left: _Part, right: _Part) -> list[tuple[int, int]]:
    """Which rows of two parts are one row each; none where they are not parts of one table."""
    if not 0 < left.page < right.page or LOOSE in (left.rows[0].grid, right.rows[0].grid):
        return []
    if any(row.has_figures and row.words for row in right.rows):
        return []
    one, other = ([row for row in part.rows if row.has_figures] for part in (left, right))
    if not one or not other or (one[0].words and len(one[0].values) + len(other[0].cells) > WIDEST):
        return []
    first, second = one[0], other[0]
    shifts = dict.fromkeys((0.0, *(a - b for a in _figure_heights(first)[:1] for b in _figure_heights(second)[:1])))
    return next((pairs for shift in shifts if (pairs := _pairs(left.rows, right.rows, shift))), [])


def _pairs(left: Sequence[PrintedRow], right: Sequence[PrintedRow], shift: float) -> list[tuple[int, int]]:
    """The rows of both sides at the same heights, the right ones moved down; none where one side has a row of figures that the
    other one does not have. A banner over all columns stands in one of the parts only, where it was cut."""
    pairs: list[tuple[int, int]] = []
    heights = [_heights(row) for row in left]
    start = 0
    for number, row in enumerate(right):
        own = [height + shift for height in _heights(row)]
        place = next((n for n in range(start, len(left)) if _meet(heights[n], own)), None)
        if place is not None:
            pairs.append((place, number))
            start = place + 1
    matched, found = {place for place, _ in pairs}, {number for _, number in pairs}
    whole = all(n in matched for n, row in enumerate(left) if row.has_figures)
    whole = whole and all(n in found for n, row in enumerate(right) if row.has_figures)
    if not whole or len(pairs) < max(LEAST_ROWS, NEARLY_ALL * (pairs[-1][0] - pairs[0][0] + 1)):
        return []
    return pairs


def _heights(row: PrintedRow) -> list[float]:
    """The middles of the cells that begin in a row."""
    return [(cell.box.y0 + cell.box.y1) / 2 for cell in row.cells if cell.box is not None and not cell.inherited]


def _figure_heights(row: PrintedRow) -> list[float]:
    return _heights(replace(row, cells=tuple(cell for cell in row.values if cell.content is Content.FIGURE)))


def _meet(a: Sequence[float], b: Sequence[float]) -> bool:
    return any(abs(one - other) < SAME_HEIGHT for one in a for other in b)


def _join(left: _Part, right: _Part, pairs: Sequence[tuple[int, int]]) -> None:
    width = max(cell.last for row in left.rows for cell in row.cells)
    for place, number in pairs:
        row = left.rows[place]
        beside = [_moved(cell, width) for cell in right.rows[number].cells]
        left.rows[place] = PrintedRow.of(row.grid, row.kind, (*row.cells, *beside))
    left.joined += 1


def _moved(cell: PrintedCell, width: int) -> PrintedCell:
    return replace(cell, first=cell.first + width, last=cell.last + width)


def parts_by_columns(
    table: FormTable, columns: LabelSet, banners: LabelSet, rows: Sequence[PrintedRow]
) -> Iterator[tuple[FormTable, list[PrintedRow]]]:
    """The parts of a table with labels beside each of them: the table with some of its columns, and the rows of the tables
    that print these. Nothing where they are not all columns of the table, each once."""
    parts: dict[tuple[int, int], list[PrintedRow]] = {}
    key: tuple[int, int] | None = None
    for _, grid in groupby(rows, key=lambda row: row.grid):
        own = list(grid)
        named = _named(columns, banners, own)
        key = (named[0], named[-1] + 1) if named else key
        if key is not None and (not named or named == list(range(*key))):
            parts.setdefault(key, []).extend(own)
    end = 0
    chain = []
    while end < len(table.columns):
        key = next((key for key in parts if key[0] == end), None)
        if key is None or key == (0, len(table.columns)):
            return
        chain.append(key)
        end = key[1]
    yield from ((_some_columns(table, *key), parts[key]) for key in chain)


def _named(columns: LabelSet, banners: LabelSet, rows: Sequence[PrintedRow]) -> list[int]:
    """The numbers of the columns that the header of a table names."""
    first = next((n for n, row in enumerate(rows) if row.has_figures), len(rows))
    if rows[0].grid == LOOSE or first == len(rows):
        return []
    start = max((cell.last for cell in rows[first].cells[: rows[first].label_end]), default=0)
    header = read_header(rows[:first], start, columns, banners) if start and first else None
    return [] if header is None else [n for n, place in enumerate(header.ranges) if place is not None]


@cache
def _some_columns(table: FormTable, first: int, end: int) -> FormTable:
    """The table with some of its columns; made once, since tables are compared by identity."""
    return replace(table, columns=table.columns[first:end])
