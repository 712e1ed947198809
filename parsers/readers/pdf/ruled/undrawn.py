"""Walls that a table has and that nobody drew: a figure shares a cell of its lattice with something else, apart from it.

A cell of a statutory table holds one figure and nothing else. Where two stand side by side in it, a standing line is missing
between them; where one stands below another, or below words, a lying one. A line of the table elsewhere that runs through the gap is
the one that is missing; otherwise several cells in the same column, or row, must have their gap in the same place, and all of
them where a header stands above its figures.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from parsers.figures import content_of
from parsers.readers.pdf.lines import rows_of
from parsers.readers.pdf.page import Word
from parsers.readers.pdf.ruled.lattice import Lattice, Place

WIDEST_BLANK = 1.0
"""The blank within one figure (12 345) is no wider than this part of its height."""
MARGINS = 12.0
"""Points that stay blank left and right in a cell, together; most programs leave 2 to 11."""
MOST_GAPS = 500
"""Gaps that are looked at; the largest statutory table has half as many figures."""
FEWEST_BESIDE, FEWEST_ABOVE = 2, 3
"""So many cells, one above the other (beside each other), have a gap in the same place where a line is missing all along."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """The blank between two figures of a cell (``figures``), or between words and a figure below, from ``start`` to ``end``: their x
    where they stand side by side (``across``), else their y."""

    place: Place
    across: bool
    start: float
    end: float
    figures: bool = True


@dataclass(frozen=True, slots=True)
class _Wall:
    """A line that is missing at ``at`` through the places between the same two lines as ``like``; ``drawn`` elsewhere in the table."""

    like: Place
    across: bool
    at: float
    drawn: bool

    def is_beside(self, place: Place) -> bool:
        """Whether it would run through a place."""
        if self.across:
            return (place.column, place.column_span) == (self.like.column, self.like.column_span)
        return (place.row, place.row_span) == (self.like.row, self.like.row_span)

    def parts(self, words: Sequence[Word]) -> bool:
        """Whether there are words on both sides of it, and none on it."""
        sides = {self._side_of(word) for word in words}
        return sides == {-1, 1}

    def leaves_whole(self, words: Sequence[Word]) -> bool:
        """Whether no word stands on it."""
        return all(self._side_of(word) for word in words)

    def _side_of(self, word: Word) -> int:
        low, high = (word.x0, word.x1) if self.across else (word.y0, word.y1)
        return -1 if high <= self.at else 1 if low >= self.at else 0


def with_undrawn_walls(lattice: Lattice, words: Mapping[int, Sequence[Word]]) -> Lattice:
    """The lattice with the walls between figures that share a cell. ``words`` are those of each place."""
    crowded = ((lattice.places[index], inside) for index, inside in words.items() if index >= 0 and len(inside) > 1)
    gaps = [gap for place, inside in crowded for gap in _gaps(lattice, place, inside)]
    if not 0 < len(gaps) <= MOST_GAPS:
        return lattice
    by_place = {place: words.get(index, ()) for index, place in enumerate(lattice.places)}
    walls = [*_drawn_elsewhere(lattice, gaps), *_missing_all_along(lattice, gaps, by_place)]
    columns = sorted({*lattice.columns, *(wall.at for wall in walls if wall.across)})
    rows = sorted({*lattice.rows, *(wall.at for wall in walls if not wall.across)})
    places: list[Place] = []
    for place, inside in by_place.items():
        mine = [wall for wall in walls if wall.is_beside(place) and _runs_through(wall, inside)]
        x0, y0, x1, y1 = lattice.rectangle_of(place)
        across = [x0, *sorted({wall.at for wall in mine if wall.across}), x1]
        down = [y0, *sorted({wall.at for wall in mine if not wall.across}), y1]
        places += [
            Place(
                row := bisect_left(rows, top),
                column := bisect_left(columns, left),
                bisect_left(rows, bottom) - row,
                bisect_left(columns, right) - column,
                place.closed,
            )
            for top, bottom in pairwise(down)
            for left, right in pairwise(across)
        ]
    if len(places) == len(by_place):
        return lattice
    found = Lattice(tuple(columns), tuple(rows), tuple(sorted(places)))
    # Once a header is parted from its figures, the gap between these can be seen.
    return with_undrawn_walls(found, found.words_by_cell(word for inside in words.values() for word in inside))


def _gaps(lattice: Lattice, place: Place, words: Sequence[Word]) -> Iterator[_Gap]:
    """The gaps in a cell between figures, and between words and a figure below them: no label ends in a line with nothing else. A
    figure too long for its cell goes on below."""
    lines = rows_of(words)
    figures = [all(map(_is_figure, line)) for line in lines]
    if not figures[-1]:
        return
    for line in lines if all(figures) else ():
        for before, after in pairwise(line):
            if after.x0 - before.x1 > WIDEST_BLANK * min(before.height, after.height):
                yield _Gap(place, True, before.x1, after.x0)
    left, _, right, _ = lattice.rectangle_of(place)
    for number, (above, below) in enumerate(pairwise(lines)):
        start, end = max(word.y1 for word in above), min(word.y0 for word in below)
        sign = max((word.x1 - word.x0) / len(word.text) for word in above)
        goes_on = figures[number] and right - left - (above[-1].x1 - above[0].x0) <= MARGINS + sign
        if end > start and figures[number + 1] and not goes_on:
            yield _Gap(place, False, start, end, figures[number])


def _is_figure(word: Word) -> bool:
    return content_of(word.text).is_value


def _drawn_elsewhere(lattice: Lattice, gaps: Sequence[_Gap]) -> Iterator[_Wall]:
    """The lines of the table that run through a gap."""
    for gap in gaps:
        lines = lattice.columns if gap.across else lattice.rows
        first = gap.place.column if gap.across else gap.place.row
        span = gap.place.column_span if gap.across else gap.place.row_span
        for line in lines[first + 1 : first + span]:
            if gap.start <= line <= gap.end:
                yield _Wall(gap.place, gap.across, line, True)


def _missing_all_along(
    lattice: Lattice, gaps: Sequence[_Gap], words: Mapping[Place, Sequence[Word]]
) -> Iterator[_Wall]:
    """The lines that are drawn nowhere in the table, in the middle of the gaps of several cells."""
    drawn = {(wall.like, wall.across) for wall in _drawn_elsewhere(lattice, gaps)}

    def side(gap: _Gap) -> tuple[bool, int, int]:
        place = gap.place
        return (gap.across, place.column, place.column_span) if gap.across else (False, place.row, place.row_span)

    open_ = sorted(
        (gap for gap in gaps if (gap.place, gap.across) not in drawn), key=lambda gap: (*side(gap), gap.start)
    )
    for _, alike in groupby(open_, key=side):
        for common in _in_common(list(alike)):
            start, end = max(gap.start for gap in common), min(gap.end for gap in common)
            wall = _Wall(common[0].place, common[0].across, (start + end) / 2, False)
            beside = [inside for place, inside in words.items() if inside and wall.is_beside(place)]
            parted = sum(map(wall.parts, beside))
            needed = FEWEST_BESIDE if wall.across or all(gap.figures for gap in common) else len(beside)
            if parted >= needed and (wall.across or len(common) >= FEWEST_ABOVE):
                yield wall


def _in_common(gaps: Sequence[_Gap]) -> Iterator[list[_Gap]]:
    """Gaps, by their start, in groups that share a place."""
    group: list[_Gap] = []
    for gap in gaps:
        if group and gap.start >= min(each.end for each in group):
            yield group
            group = []
        group.append(gap)
    if group:
        yield group


def _runs_through(wall: _Wall, words: Sequence[Word]) -> bool:
    """Whether a missing line runs through a cell with these words. A line that is drawn elsewhere is missing only where it parts
    some: cells are merged at will."""
    if wall.drawn or not all(map(_is_figure, words)):
        return wall.parts(words)
    return wall.leaves_whole(words)
