"""A framework of ruling lines to cells: cut the plane at every line, take down the walls that are not drawn.

The result has merged cells as printed: a cell spans the rows and columns between whose lines no wall stands.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from parsers.readers.pdf.page import MOST_MARKS, PageContent, Rectangle, Word
from parsers.readers.pdf.ruled.rulings import REACH, SNAP, Ruling, Rulings, frameworks, rulings_of

OPEN = 6.0
"""Points by which at least two lines must run past the outermost wall before that side counts as an open side of
the table: more than REACH, so that sloppy corners are none; columns and rows are wider than that."""
MOST_RULINGS = 1500
"""Ruling lines of one direction on one page, after joining; the largest statutory table has 60. Lines are compared
pairwise, so this bounds the time: 1500 x 1500 comparisons are a second."""
MOST_CELLS = 20_000
"""Places of one lattice; the largest statutory table has 300. Beyond, it is graph paper or a drawing, not a table."""

CellAt: TypeAlias = Callable[[float, float], int | None]
"""From x and y of a point to the index of the place that covers it; None outside of the lattice."""
WordsByCell: TypeAlias = Mapping[int, Sequence[Word]]
"""See :meth:`Lattice.words_by_cell`."""


class Place(NamedTuple):
    """Where a cell stands in its lattice. A room that is not ``closed`` by walls on all four sides is a cell only if
    something is printed in it: a wall was not drawn, or it lies outside of a table that is no rectangle."""

    row: int
    column: int
    row_span: int
    column_span: int
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled table without its text. ``columns`` are the x of its standing lines, ``rows`` the y of its lying ones
    (both ascending, one more than there are columns and rows); ``places`` are its cells in reading order."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    places: tuple[Place, ...]

    @property
    def rectangle(self) -> Rectangle:
        """The outer frame."""
        return Rectangle(self.columns[0], self.rows[0], self.columns[-1], self.rows[-1])

    def rectangle_of(self, place: Place) -> Rectangle:
        """The walls of a cell."""
        return Rectangle(
            self.columns[place.column],
            self.rows[place.row],
            self.columns[place.column + place.column_span],
            self.rows[place.row + place.row_span],
        )

    def owners(self) -> list[list[int]]:
        """For each row and column the index of the place that covers it."""
        owners = [[0] * (len(self.columns) - 1) for _ in range(len(self.rows) - 1)]
        for index, place in enumerate(self.places):
            for row in range(place.row, place.row + place.row_span):
                for column in range(place.column, place.column + place.column_span):
                    owners[row][column] = index
        return owners

    def locator(self) -> CellAt:
        """What tells which place covers a point of the page."""
        columns, rows, owners = self.columns, self.rows, self.owners()
        left, right, top, bottom = columns[0], columns[-1], rows[0], rows[-1]

        def cell_at(x: float, y: float) -> int | None:
            if not (left <= x < right and top <= y < bottom):
                return None
            return owners[bisect_right(rows, y) - 1][bisect_right(columns, x) - 1]

        return cell_at

    def words_by_cell(self, words: Iterable[Word]) -> WordsByCell:
        """The words of each cell, by the index of its place, and those left of each row: by -1 less its number."""
        columns, rows, owners = self.columns, self.rows, self.owners()
        found: dict[int, list[Word]] = {}
        for word in words:
            row = bisect_right(rows, (word.y0 + word.y1) / 2) - 1
            column = bisect_right(columns, (word.x0 + word.x1) / 2) - 1
            if 0 <= row < len(owners) and column < len(columns) - 1:
                found.setdefault(-1 - row if column < 0 else owners[row][column], []).append(word)
        return found


def lattice_of(framework: Rulings) -> Lattice | None:
    """The cells between the lines of a framework; None when they are no table.

    A table has at least two columns: a frame around text, a box with a line through it, a heading between two rules
    have one. One row is enough, as a page break may leave a single row on its page. A side that is left
    open (tables without outer borders; a row that the page break cuts) is closed where the lines end.
    """
    framework = _closed(framework)
    columns, rows = _positions(framework.standing), _positions(framework.lying)
    if len(columns) < 3 or len(rows) < 2 or len(columns) * len(rows) > MOST_CELLS:
        return None
    floors = _walls(framework.lying, rows, columns)
    sides = _walls(framework.standing, columns, rows)
    rows, columns, floors, sides = _without_unused(rows, columns, floors, sides)
    if len(columns) < 3 or len(rows) < 2:
        return None
    places = _places(floors, sides)
    if len({place.column for place in places if place.closed}) < 2:
        return None
    return Lattice(tuple(columns), tuple(rows), tuple(places))


def _positions(rulings: Sequence[Ruling]) -> list[float]:
    """The distinct places of rulings. Virtual ones may come close to drawn ones: they are told apart by SNAP."""
    positions: list[float] = []
    for at in sorted({ruling.at for ruling in rulings}):
        if not positions or at - positions[-1] > SNAP / 2:
            positions.append(at)
    return positions


def _closed(framework: Rulings) -> Rulings:
    """The framework with a wall at each open side."""
    lying, standing = framework
    standing = (*_open_side(lying, standing, -1), *standing, *_open_side(lying, standing, 1))
    lying = (*_open_side(standing, lying, -1), *lying, *_open_side(standing, lying, 1))
    return Rulings(lying, standing)


def _open_side(across: Sequence[Ruling], along: Sequence[Ruling], side: int) -> tuple[Ruling, ...]:
    """The wall that is missing where the lines ``across`` end beyond the last line ``along``, on one side (-1 left
    or top, 1 right or bottom): one line or none."""
    if side < 0:
        extreme = min(line.start for line in across)
        overhang = min(line.at for line in along) - extreme
        ends = [line for line in across if line.start - extreme <= SNAP]
    else:
        extreme = max(line.end for line in across)
        overhang = extreme - max(line.at for line in along)
        ends = [line for line in across if extreme - line.end <= SNAP]
    if overhang <= OPEN or len(ends) < 2:
        return ()
    return (Ruling(extreme, min(line.at for line in ends), max(line.at for line in ends)),)


def _walls(rulings: Sequence[Ruling], at: Sequence[float], stops: Sequence[float]) -> list[list[bool]]:
    """For each position of ``at`` and each interval between two ``stops``: whether a ruling stands there."""
    walls = [[False] * (len(stops) - 1) for _ in at]
    for ruling in rulings:
        row = walls[max(bisect_right(at, ruling.at) - 1, 0)]
        first = bisect_left(stops, ruling.start - REACH)
        last = bisect_right(stops, ruling.end + REACH) - 1
        for index in range(first, last):
            row[index] = True
    return walls


def _without_unused(
    rows: list[float], columns: list[float], floors: list[list[bool]], sides: list[list[bool]]
) -> tuple[list[float], list[float], list[list[bool]], list[list[bool]]]:
    """Without the lines that are no cell's wall anywhere (an underline inside a cell), in either direction."""
    used_rows = [i for i, floor in enumerate(floors) if any(floor)]
    used_columns = [j for j, side in enumerate(sides) if any(side)]
    if len(used_rows) == len(rows) and len(used_columns) == len(columns):
        return rows, columns, floors, sides
    kept_floors = [_coarser(floors[i], used_columns) for i in used_rows]
    kept_sides = [_coarser(sides[j], used_rows) for j in used_columns]
    return [rows[i] for i in used_rows], [columns[j] for j in used_columns], kept_floors, kept_sides


def _coarser(wall: Sequence[bool], stops: Sequence[int]) -> list[bool]:
    """A wall over fewer and longer intervals: it stands in one when it stands all along it."""
    return [all(wall[a:b]) for a, b in pairwise(stops)]


def _places(floors: Sequence[Sequence[bool]], sides: Sequence[Sequence[bool]]) -> list[Place]:
    """The cells: from each corner not yet covered as far right as no wall stands, then as far down as the whole
    width stays free of walls. They cover the lattice without overlapping, whatever its walls look like. At a page
    break the cells of a table may be open at the top and at the bottom."""
    row_count, column_count = len(floors) - 1, len(sides) - 1
    covered = [[False] * column_count for _ in range(row_count)]
    places = []
    for row in range(row_count):
        for column in range(column_count):
            if covered[row][column]:
                continue
            right = column + 1
            while right < column_count and not sides[right][row] and not covered[row][right]:
                right += 1
            bottom = row + 1
            while (
                bottom < row_count
                and not any(floors[bottom][column:right])
                and not any(sides[inner][bottom] for inner in range(column + 1, right))
                and not any(covered[bottom][column:right])
            ):
                bottom += 1
            if right - column == bottom - row == 1:  # nearly all cells: no slices
                covered[row][column] = True
                closed = (
                    (row == 0 or floors[row][column])
                    and (bottom == row_count or floors[bottom][column])
                    and sides[column][row]
                    and sides[right][row]
                )
            else:
                for covered_row in covered[row:bottom]:
                    covered_row[column:right] = [True] * (right - column)
                closed = (
                    (row == 0 or all(floors[row][column:right]))
                    and (bottom == row_count or all(floors[bottom][column:right]))
                    and all(sides[column][row:bottom])
                    and all(sides[right][row:bottom])
                )
            places.append(Place(row, column, bottom - row, right - column, closed))
    return places


def lattices_of(content: PageContent) -> list[Lattice]:
    """The ruled tables of a page, without their text, from top to bottom. Of a table inside a cell of another the
    inner one counts: the outer one lays out the page."""
    if len(content.marks) > MOST_MARKS:
        return []
    rulings: Rulings = rulings_of(content.marks)
    if max(len(rulings.lying), len(rulings.standing)) > MOST_RULINGS:
        return []
    lattices = [lattice for framework in frameworks(rulings) if (lattice := lattice_of(framework))]
    return [
        lattice
        for lattice in lattices
        if not any(other is not lattice and lattice.rectangle.holds(other.rectangle) for other in lattices)
    ]
