"""Where the figures of a table stand that was poured out run by run: the way to set the runs into the table that asks for the
fewest odd steps, and leaves every sum of the form whole.

A program that writes the text of a page without its places gives it block by block: now the figures of a row, now those of a
column, now the ends of some rows, mostly from left to right and from above. No order says for certain where a run belongs; that
every cell is filled once, and that all sums hold, does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import nsmallest

_HELD = 0.4
"""What each sum that holds, and not of noughts alone, is worth where ways are chosen: in a wrong way few do."""
_ENOUGH = 1.0
"""What a run may make up for by the sums that it makes whole: a row, a column and what stands below them."""
MOST_WAYS = 40
"""Ways that are followed at once; where a text goes by rows, few make the sums of all rows whole."""
DEAREST = 10.0
"""Orders with more odd steps than this are not followed; those with hardly fewer only as what else may be right."""
MOST_OPEN = 2
"""Rows that may be filled at once besides those of one run, where a text goes by rows."""
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
_EARLY = 0.1
"""A run of the line below, behind its labels, while cells of the table are free."""
_BACK = 1.0
"""A run of the table behind one of the line below."""
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
class _Last:
    """Where the last run stands: its first row, the columns ``first … behind - 1`` and its height; whether it goes on down a column."""

    row: int
    first: int
    behind: int
    height: int
    is_down: bool


@dataclass(frozen=True, slots=True)
class _Way:
    """Where the first runs stand: ``places`` by run, ``mask`` the cells taken, ``line`` how many of the line below are, the place of
    the last run, the figures passed over, and of each sum how many cells are free and what is between its sides. ``said`` are the
    sums, bit by bit, in which other figures than noughts stand, ``held`` is how many of these hold."""

    places: tuple[tuple[int, ...], ...]
    mask: int
    line: int
    last: _Last | None
    skipped: int
    free: tuple[int, ...]
    between: tuple[int, ...]
    broken: frozenset[int] = frozenset()
    count: int = 0
    is_below: bool = False
    said: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class _Step:
    """The next run set into these cells, or into none, and what that costs."""

    cost: float
    cells: tuple[int, ...] = ()
    last: _Last | None = None


@dataclass(slots=True)
class Search:
    """The ways to set runs into a sheet, cheapest first. ``breaks`` is how many sums may not hold; ``by_rows`` those only are
    followed that fill hardly more rows at once than a run has lines."""

    sheet: Sheet
    runs: Sequence[Run]
    breaks: int = 0
    by_rows: bool = False
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
        ways = [(0.0, _Way((), 0, 0, None, 0, free, (0,) * len(free)))]
        for _ in self.runs:
            ways = self._next(ways, spare)
        found = [_setting(cost, way, self.runs, sheet) for cost, way in ways if not any(way.free)]
        return sorted(found, key=lambda each: each.cost)

    def _next(self, ways: Sequence[tuple[float, _Way]], spare: int) -> list[tuple[float, _Way]]:
        """The ways with one run more, each with its cost, those only that promise most."""
        steps = [
            (above + step.cost - _HELD * way.held, above + step.cost, way, step)
            for above, way in ways
            for step in self._steps(way, spare)
            if above + step.cost <= DEAREST
        ]
        cheapest: dict[tuple[object, ...], tuple[float, float, _Way]] = {}
        limit = DEAREST
        for rank, cost, way, step in sorted(steps, key=lambda each: each[0]):
            if rank > limit:
                break
            if (further := self._taken(way, step)) is None:
                continue
            cost += _BROKEN * (len(further.broken) - len(way.broken))
            key = (further.is_below, further.mask, further.line, further.last, further.between, further.broken)
            if cost <= DEAREST and (key not in cheapest or cost < cheapest[key][1]):
                cheapest[key] = cost - _HELD * further.held, cost, further
                limit = min(limit, rank + _ENOUGH) if len(cheapest) >= MOST_WAYS else limit
        best = nsmallest(MOST_WAYS, cheapest.values(), key=lambda each: each[0])
        return [(cost, way) for _, cost, way in best]

    def _steps(self, way: _Way, spare: int) -> Iterator[_Step]:
        """The steps that may be next."""
        run = self.runs[len(way.places)]
        size, sheet = len(run.values), self.sheet
        for (row, column, height, width), (cost, is_down) in self._places(way, run).items():
            cells = tuple(
                (row + down) * sheet.columns + column + across for down in range(height) for across in range(width)
            )
            yield _Step(cost, cells, _Last(row, column, column + width, height, is_down))
        if way.line + size <= sheet.below:
            start = sheet.rows * sheet.columns
            full = way.count - way.line - way.skipped == start
            early = 0.0 if full or way.is_below else _EARLY if run.is_below else _WRONG_TABLE
            yield _Step(early, tuple(range(start + way.line, start + way.line + size)), way.last)
        if size == 1 and way.skipped < spare:
            yield _Step(_SKIPPED)

    def _places(self, way: _Way, run: Run) -> dict[tuple[int, int, int, int], tuple[float, bool]]:
        """Where in the table a run may stand (row, column, height, width), what it costs to set it there, and whether it goes on down a
        column."""
        size, sheet, last = len(run.values), self.sheet, way.last
        lows = [self._low(way.mask, column) for column in range(sheet.columns)]
        lowest = lows.index(min(lows))
        places: dict[tuple[int, int, int, int], tuple[float, bool]] = {}
        for width in range(1, min(sheet.columns, size) + 1):
            height = size // width
            if size % width or height > sheet.rows or (run.lines == 1 and height > 1):
                continue
            odd = _OTHER_WAY if run.lines > 1 and _is_other_way(run, height, width) else 0.0
            ended = last is None or last.behind == sheet.columns or run.row is not None
            # A column that goes down as far as those before it is whole.
            ended = ended or (last is not None and last.is_down and last.row + last.height == max(lows))
            again = odd if ended else odd + _OTHER_WAY
            starts = [
                (max(lows[:width]), 0, again, False),
                (max(lows[lowest : lowest + width]), lowest, again, last is not None and last.is_down),
            ]
            if last is not None:
                turned = last.height != height or last.is_down
                starts.append((last.row, last.behind, odd + (_OTHER_WAY if turned else 0.0), False))
                if last.behind - last.first == width:
                    down = 0.0 if last.is_down else _OTHER_WAY
                    starts.append((last.row + last.height, last.first, odd + down, True))
            for column in range(sheet.columns - width + 1):
                own = 0.0 if column == run.column and width == 1 else _ODD_PLACE
                starts.append((max(lows[column : column + width]), column, odd + own, width == 1 < height))
                if width == 1 and (hole := self._hole(way.mask, column, lows[column])) is not None:
                    starts.append((hole, column, odd + _FILLED, False))
            for row, column, cost, is_down in starts:
                if (
                    row + height > sheet.rows
                    or column + width > sheet.columns
                    or self._is_taken(way.mask, row, column, height, width)
                ):
                    continue
                cost += _HOLE * sum(max(0, row - low) for low in lows[column : column + width])
                cost += _WRONG_ROW if run.row is not None and (row, column) != (run.row, 0) else 0.0
                cost += _WRONG_ROW if run.column is not None and column != run.column else 0.0
                cost += _BACK if way.is_below else 0.0
                place = (row, column, height, width)
                places[place] = min((cost, is_down), places.get(place, (cost, is_down)))
        return places

    def _low(self, mask: int, column: int) -> int:
        """The first row of a column below all that are taken."""
        taken = mask & self._masks[column]
        return (taken.bit_length() - 1) // self.sheet.columns + 1 if taken else 0

    def _hole(self, mask: int, column: int, low: int) -> int | None:
        """The first free row of a column above ``low``."""
        return next((row for row in range(low) if not mask >> (row * self.sheet.columns + column) & 1), None)

    def _is_taken(self, mask: int, row: int, column: int, height: int, width: int) -> bool:
        across = (1 << width) - 1
        return any(mask >> ((row + down) * self.sheet.columns + column) & across for down in range(height))

    def _open_rows(self, mask: int) -> int:
        """How many rows have some of their cells, and lack others."""
        columns = self.sheet.columns
        whole = (1 << columns) - 1
        return sum(mask >> row * columns & whole not in (0, whole) for row in range(self.sheet.rows))

    def _taken(self, way: _Way, step: _Step) -> _Way | None:
        """The way behind a step, if no more sums are broken than may be."""
        run = self.runs[len(way.places)]
        places, behind = (*way.places, step.cells), way.count + len(run.values)
        if not step.cells:
            return replace(way, places=places, skipped=way.skipped + 1, count=behind)
        table = self.sheet.rows * self.sheet.columns
        in_table = sum(1 << cell for cell in step.cells) if step.cells[0] < table else 0
        if self.by_rows and in_table and self._open_rows(way.mask | in_table) > run.lines + MOST_OPEN:
            return None
        free, between = list(way.free), list(way.between)
        whole: list[int] = []
        said = way.said
        for cell, value in zip(step.cells, run.values, strict=True):
            for number, sign in self._sums_of[cell]:
                said |= (value != 0) << number
                free[number] -= 1
                between[number] += sign * value
                if not free[number]:
                    whole.append(number)
        broken = way.broken.union(number for number in whole if between[number])
        if len(broken) > self.breaks:
            return None
        return _Way(
            places,
            way.mask | in_table,
            way.line + (0 if in_table else len(step.cells)),
            step.last,
            way.skipped,
            tuple(free),
            tuple(between),
            broken,
            behind,
            not in_table,
            said,
            way.held + sum(not between[number] and said >> number & 1 for number in whole),
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
    """The ways to set the runs into the sheet, the plainest first, and those that are hardly odder. Most texts go by rows, and
    few ways do: these are followed first, and no others where all figures stand in plain order."""
    found = Search(sheet, runs, breaks, by_rows=True).settings()
    if not found or found[0].cost > 0:
        known = {each.figures for each in found}
        found += [each for each in Search(sheet, runs, breaks).settings() if each.figures not in known]
        found.sort(key=lambda each: each.cost)
    if not found or found[0].cost > DEAREST - MARGIN:
        return []
    return [each for each in found if each.cost <= found[0].cost + MARGIN]
