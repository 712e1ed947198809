"""Where the figures of a table stand that was poured out run by run: the way to set the runs into the table that asks for the
fewest odd steps, and leaves every sum of the form whole.

A program that writes the text of a page without its places gives it block by block: now the figures of a row, now those of a
column, now the ends of some rows, mostly from left to right and from above. No order says for certain where a run belongs; that
every cell is filled once, and that all sums hold, does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import count

_FURTHER = 0.03
"""What each figure that has its place is worth in the order in which ways are followed."""
MOST_TRIED = 6_000
"""Ways that are followed; what is poured in a usual order takes some hundreds."""
DEAREST = 5.0
"""An order with more odd steps than this is none."""
MARGIN = 3.0
"""A second way that is dearer by less may be the right one as well."""
# What odd steps cost.
_ODD_PLACE = 2.0
"""A run that is neither beside nor below the last one."""
_HOLE = 1.0
"""Each cell left free above a run."""
_FILLED = 1.0
"""A free cell filled later."""
_WRONG_ROW = 1.5
"""A run behind the label of another row, or below that of another column."""
_WRONG_TABLE = 3.0
"""A run among the labels of another table."""
_OTHER_WAY = 0.5
"""A block that its lines do not suggest."""
_SKIPPED = 2.0
"""A figure that is none of the table's: the number of a page."""
_BROKEN = 1.0
"""A sum that does not hold."""


Sums = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
"""Sums that must hold: the numbers of the cells on the left and on the right side of each."""


@dataclass(frozen=True, slots=True)
class Run:
    """Figures without a blank line or a word between them. ``row`` or ``column`` is that whose label stands right before
    them, ``lines`` how many lines they take; ``is_attached`` tells that any words stand right before them, ``is_below`` that the
    labels of the line under the table stand somewhere before them."""

    values: tuple[int, ...]
    row: int | None = None
    column: int | None = None
    lines: int = 1
    is_attached: bool = False
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of ``rows`` × ``columns`` cells and a line of ``below`` cells under it, numbered in this order, and the sums of
    these cells: those of each ``left`` side are as much as those of its right side."""

    rows: int
    columns: int
    below: int
    sums: Sums

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return self.rows * self.columns + self.below


@dataclass(frozen=True, slots=True)
class Setting:
    """The places of all figures, by the number of the cell: which figure of all runs stands there. ``cost`` is that of its odd
    steps; ``broken`` are the numbers of the sums that do not hold."""

    cost: float
    figures: tuple[int, ...]
    broken: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Way:
    """Where the first runs stand: ``places`` by run, ``mask`` the cells taken, ``line`` how many of the line below are, the row, the
    column behind and the height of the last run, the figures passed over, and of each sum how many cells are free and what is
    between its sides."""

    places: tuple[tuple[int, ...], ...]
    mask: int
    line: int
    last: tuple[int, int, int] | None
    skipped: int
    free: tuple[int, ...]
    between: tuple[int, ...]
    broken: frozenset[int] = frozenset()
    count: int = 0
    is_below: bool = False


@dataclass(slots=True)
class Search:
    """The ways to set runs into a sheet, cheapest first. ``breaks`` is how many sums may not hold."""

    sheet: Sheet
    runs: Sequence[Run]
    breaks: int = 0
    tried: int = 0
    _sums_of: list[list[tuple[int, int]]] = field(default_factory=list)
    _masks: list[int] = field(default_factory=list)

    def settings(self) -> list[Setting]:
        """The cheapest setting, and the others that are hardly dearer; none where none was found."""
        sheet = self.sheet
        self._sums_of = [[] for _ in range(sheet.cells)]
        for number, (left, right) in enumerate(sheet.sums):
            for side, sign in ((left, 1), (right, -1)):
                for cell in side:
                    self._sums_of[cell].append((number, sign))
        self._masks = [
            sum(1 << (row * sheet.columns + column) for row in range(sheet.rows)) for column in range(sheet.columns)
        ]
        spare = sum(len(run.values) for run in self.runs) - sheet.cells
        if spare < 0:
            return []
        free = tuple(len(left) + len(right) for left, right in sheet.sums)
        first = _Way((), 0, 0, None, 0, free, (0,) * len(free))
        order = count()
        heap: list[tuple[float, int, float, _Way]] = [(0.0, next(order), 0.0, first)]
        seen: set[tuple[object, ...]] = set()
        found: list[Setting] = []
        while heap and self.tried < MOST_TRIED:
            _, _, cost, way = heappop(heap)
            if cost > (min(each.cost for each in found) + MARGIN if found else DEAREST):
                continue
            if len(way.places) == len(self.runs):
                if not any(way.free):
                    found.append(_setting(cost, way, self.runs, sheet))
                continue
            key = (len(way.places), way.is_below, way.mask, way.line, way.last, way.between, way.broken)
            if key in seen:
                continue
            seen.add(key)
            self.tried += 1
            for step, further in self._steps(way, spare):
                heappush(heap, (cost + step - _FURTHER * further.count, next(order), cost + step, further))
        return sorted(found, key=lambda each: each.cost)

    def _steps(self, way: _Way, spare: int) -> Iterator[tuple[float, _Way]]:
        """The ways on, and what each step costs."""
        run = self.runs[len(way.places)]
        size, sheet = len(run.values), self.sheet
        for (row, column, height, width), cost in self._places(way, run).items():
            cells = tuple(
                (row + down) * sheet.columns + column + across for down in range(height) for across in range(width)
            )
            yield from self._set(way, run, cells, cost, (row, column + width, height))
        if way.line + size <= sheet.below:
            start = sheet.rows * sheet.columns
            full = way.count - way.line - way.skipped == start
            early = 0.0 if full or way.is_below else _OTHER_WAY if run.is_below else _WRONG_TABLE
            yield from self._set(way, run, tuple(range(start + way.line, start + way.line + size)), early, way.last)
        if size == 1 and way.skipped < spare:
            places = (*way.places, ())
            yield _SKIPPED, replace(way, places=places, skipped=way.skipped + 1, count=way.count + 1)

    def _places(self, way: _Way, run: Run) -> dict[tuple[int, int, int, int], float]:
        """Where in the table a run may stand (row, column, height, width), and what it costs to set it there."""
        size, sheet = len(run.values), self.sheet
        lows = [self._low(way.mask, column) for column in range(sheet.columns)]
        lowest = lows.index(min(lows))
        costs: dict[tuple[int, int, int, int], float] = {}
        for width in range(1, min(sheet.columns, size) + 1):
            height = size // width
            if size % width or height > sheet.rows or (run.lines == 1 and height > 1):
                continue
            odd = _OTHER_WAY if run.lines > 1 and _is_other_way(run, height, width) else 0.0
            ended = way.last is None or way.last[1] == sheet.columns or run.row is not None
            starts = [
                (max(lows[:width]), 0, odd if ended else odd + _OTHER_WAY),
                (max(lows[lowest : lowest + width]), lowest, odd if ended else odd + _OTHER_WAY),
            ]
            if way.last is not None:
                row, column, above = way.last
                starts.append((row, column, odd + (_OTHER_WAY if above != height else 0.0)))
            for column in range(sheet.columns - width + 1):
                own = 0.0 if column == run.column and width == 1 else _ODD_PLACE
                starts.append((max(lows[column : column + width]), column, odd + own))
                if width == 1 and (hole := self._hole(way.mask, column, lows[column])) is not None:
                    starts.append((hole, column, odd + _FILLED))
            for row, column, cost in starts:
                if (
                    row + height > sheet.rows
                    or column + width > sheet.columns
                    or self._taken(way.mask, row, column, height, width)
                ):
                    continue
                cost += _HOLE * sum(max(0, row - low) for low in lows[column : column + width])
                cost += _WRONG_ROW if run.row is not None and (row, column) != (run.row, 0) else 0.0
                cost += _WRONG_ROW if run.column is not None and column != run.column else 0.0
                cost += _WRONG_ROW if way.is_below else 0.0
                place = (row, column, height, width)
                costs[place] = min(cost, costs.get(place, cost))
        return costs

    def _low(self, mask: int, column: int) -> int:
        """The first row of a column below all that are taken."""
        taken = mask & self._masks[column]
        return (taken.bit_length() - 1) // self.sheet.columns + 1 if taken else 0

    def _hole(self, mask: int, column: int, low: int) -> int | None:
        """The first free row of a column above ``low``."""
        return next((row for row in range(low) if not mask >> (row * self.sheet.columns + column) & 1), None)

    def _taken(self, mask: int, row: int, column: int, height: int, width: int) -> bool:
        across = (1 << width) - 1
        return any(mask >> ((row + down) * self.sheet.columns + column) & across for down in range(height))

    def _set(
        self, way: _Way, run: Run, cells: tuple[int, ...], cost: float, last: tuple[int, int, int] | None
    ) -> Iterator[tuple[float, _Way]]:
        """The way on with the next run in these cells, if no more sums are broken than may be."""
        free, between = list(way.free), list(way.between)
        whole: list[int] = []
        for cell, value in zip(cells, run.values, strict=True):
            for number, sign in self._sums_of[cell]:
                free[number] -= 1
                between[number] += sign * value
                if not free[number]:
                    whole.append(number)
        broken = way.broken.union(number for number in whole if between[number])
        if len(broken) > self.breaks:
            return
        table = self.sheet.rows * self.sheet.columns
        mask = way.mask | sum(1 << cell for cell in cells if cell < table)
        line = way.line + sum(cell >= table for cell in cells)
        cost += _BROKEN * (len(broken) - len(way.broken))
        yield (
            cost,
            replace(
                way,
                places=(*way.places, cells),
                mask=mask,
                line=line,
                last=last,
                free=tuple(free),
                between=tuple(between),
                broken=broken,
                count=way.count + len(cells),
                is_below=cells[0] >= table,
            ),
        )


def _is_other_way(run: Run, height: int, width: int) -> bool:
    """Whether these figures, each on a line of its own, would be set as their lines do not suggest: behind the label of a row
    they are those of a row, without words before them those of a column."""
    if run.row is not None:
        return height > 1
    return width > 1 and not run.is_attached


def _setting(cost: float, way: _Way, runs: Sequence[Run], sheet: Sheet) -> Setting:
    figures = [0] * sheet.cells
    number = 0
    for cells, run in zip(way.places, runs, strict=True):
        for offset, cell in enumerate(cells):
            figures[cell] = number + offset
        number += len(run.values)
    return Setting(cost, tuple(figures), way.broken)


def settings_of(sheet: Sheet, runs: Sequence[Run], *, breaks: int = 0) -> list[Setting]:
    """The ways to set the runs into the sheet, the plainest first, and those that are hardly odder."""
    found = Search(sheet, runs, breaks).settings()
    return [each for each in found if each.cost <= found[0].cost + MARGIN]
