"""Which figure is wrong, when sums do not hold: the form is its own checksum.

A figure of a form stands in several sums. One that is off by an amount puts each of its sums off by just that amount
and no other, so the broken sums point at the cell where they cross, and the difference says what should stand there.
Several slips are told apart as the fewest figures whose change makes every sum hold. Beyond single figures, two
patterns are known: a figure entered in the wrong line, and figures that slid one place sideways.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from itertools import combinations, groupby

from parsers.checks.equations import ZERO, Break, Equation, System, holds, sides
from parsers.forms.form import Numbers, Relation

MOST_SLIPS = 4
"""The most figures of one knot of broken sums that are looked for together; with more the sums say too little."""

MOST_STEPS = 4000
"""Steps of one search. Far more than were ever needed: tables with 1 to 175 figures changed at random took at most
8 ms a check. A knot that needs more is left unexplained, and every break of it is reported all the same."""

FEWEST_SHIFTED = 3
"""Broken sums that a sideways slide must mend before it is believed: one slip alone breaks two or three."""


class Slip(Enum):
    """What seems to have happened."""

    FIGURE = "figure"
    """A figure is wrong; several cells: one of these is."""
    MOVED = "moved"
    """A figure stands in the wrong line; the cells are pairs of where it stands and where it belongs."""
    SHIFTED = "shifted"
    """All the figures of the lines stand one place beside their own."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What explains some broken equations (indices): the cells at fault, most probable first, and what would stand
    there if the sums are right (only where that is certain)."""

    slip: Slip
    cells: tuple[int, ...]
    breaks: frozenset[int]
    corrected: Mapping[int, Decimal] = field(default_factory=dict)


Residuals = Mapping[int, Decimal]
Solution = frozenset[tuple[int, Decimal]]


def localise(
    system: System, values: Sequence[Decimal | None], broken: Sequence[Break], doubts: Collection[int]
) -> tuple[Explanation, ...]:
    """Explanations of the broken equalities, as far as the sums allow any; a break can have several, or none.

    ``values`` are those that the equations were tested on; ``doubts`` are positions of doubtful readings, which are
    preferred as suspects where the sums leave a choice.
    """
    residuals = {b.index: b.difference for b in broken if b.equation.identity.relation is Relation.EQUAL}
    if not residuals:
        return ()
    knot = _Knot(system, values, doubts)
    # The simplest story first: one wrong figure, then lines that slid, then several wrong figures together.
    found = [story for part in knot.parts(residuals) for story in knot.figures(part, 1)]
    found += knot.shifted(_without(residuals, found))
    found += [story for part in knot.parts(_without(residuals, found)) for story in knot.figures(part, MOST_SLIPS)]
    found += knot.crossings(_without(residuals, found))
    found += knot.moved(_without(residuals, found))
    return tuple(found)


def _without(residuals: Residuals, found: Sequence[Explanation]) -> dict[int, Decimal]:
    explained = {index for explanation in found for index in explanation.breaks}
    return {index: difference for index, difference in residuals.items() if index not in explained}


class _Knot:
    """The sums of one report, with what the search asks of them again and again."""

    def __init__(self, system: System, values: Sequence[Decimal | None], doubts: Collection[int]) -> None:
        self.system = system
        self.values = values
        self.doubts = doubts
        testable = {i for i, equation in enumerate(system.equations) if sides(equation, values) is not None}
        self.sums_of = [tuple(i for i in indices if i in testable) for indices in system.equations_of]
        self.steps = 0

    def sign(self, index: int, cell: int) -> int:
        return self.system.equations[index].sign(cell)

    def candidates(self, index: int, residuals: Residuals) -> list[int]:
        """The cells of a broken equation all of whose other equations are broken as well."""
        return [
            cell
            for cell in self.system.equations[index].cells
            if all(other in residuals for other in self.sums_of[cell])
        ]

    def parts(self, residuals: Residuals) -> Iterator[dict[int, Decimal]]:
        """The broken equations, in groups that share no candidate."""
        left = dict.fromkeys(residuals)
        while left:
            group, todo = {}, [next(iter(left))]
            while todo:
                index = todo.pop()
                if index in left:
                    del left[index]
                    group[index] = residuals[index]
                    todo.extend(other for cell in self.candidates(index, residuals) for other in self.sums_of[cell])
            yield group

    def possible(self, cell: int, value: Decimal) -> bool:
        """Whether the form takes such a figure there."""
        numbers = self.system.columns[cell].numbers
        return (numbers is Numbers.SIGNED or value >= 0) and (
            numbers is Numbers.DECIMAL or value == value.to_integral_value()
        )

    # -- single figures ------------------------------------------------------------------------------------------

    def figures(self, residuals: Residuals, most: int) -> Iterator[Explanation]:
        """The fewest figures, and no more than ``most``, whose change mends every equation of the group."""
        if not all(self.candidates(index, residuals) for index in residuals):
            return
        for slips in range(1, most + 1):
            self.steps = 0
            solutions = set(self._solutions(residuals, slips))
            if solutions:
                yield from self._explained(residuals, solutions)
                return

    def _solutions(self, residuals: Residuals, slips: int) -> Iterator[Solution]:
        if not residuals:
            yield frozenset()
            return
        self.steps += 1
        most = slips * max(len(sums) for sums in self.sums_of)
        if slips == 0 or len(residuals) > most or self.steps > MOST_STEPS:
            return
        index = min(residuals, key=lambda index: len(self.candidates(index, residuals)))
        for cell in self.candidates(index, residuals):
            value = self.values[cell]
            for excess in {residuals[other] * self.sign(other, cell) for other in self.sums_of[cell]}:
                if value is None or not self.possible(cell, value - excess):
                    continue
                rest = dict(residuals)
                for other in self.sums_of[cell]:
                    rest[other] -= excess * self.sign(other, cell)
                    if rest[other] == 0:
                        del rest[other]
                for solution in self._solutions(rest, slips - 1):
                    if all(cell != taken for taken, _ in solution):
                        yield solution | {(cell, excess)}

    def _explained(self, residuals: Residuals, solutions: set[Solution]) -> Iterator[Explanation]:
        doubtful = {s for s in solutions if all(cell in self.doubts for cell, _ in s)}
        solutions = doubtful or solutions
        if len(solutions) == 1:
            for cell, excess in sorted(next(iter(solutions))):
                corrected = {cell: (self.values[cell] or ZERO) - excess}
                yield Explanation(Slip.FIGURE, (cell,), frozenset(self.sums_of[cell]), corrected)
        else:
            cells = sorted({cell for solution in solutions for cell, _ in solution})
            yield Explanation(Slip.FIGURE, tuple(cells), frozenset(residuals))

    def crossings(self, residuals: Residuals) -> Iterator[Explanation]:
        """Where there are too many slips to solve: the cells where two or more equations are off by one amount and nothing else is."""
        crossing = {}
        for cell, sums in enumerate(self.sums_of):
            if len(sums) > 1 and all(index in residuals for index in sums):
                excess = {residuals[index] * self.sign(index, cell) for index in sums}
                value = self.values[cell]
                if len(excess) == 1 and value is not None and self.possible(cell, value - min(excess)):
                    crossing[cell] = value - min(excess)
        for cell, value in crossing.items():
            rivals = [other for other in crossing if not set(self.sums_of[cell]).isdisjoint(self.sums_of[other])]
            if len(rivals) == 1:
                yield Explanation(Slip.FIGURE, (cell,), frozenset(self.sums_of[cell]), {cell: value})

    # -- a figure in the wrong line ------------------------------------------------------------------------------

    def moved(self, residuals: Residuals) -> Iterator[Explanation]:
        """Pairs of lines of one identity that are off by opposite amounts, and the cells between which a figure of
        that size can have moved without breaking any other sum. Neighbouring lines first, each line once."""
        taken: set[int] = set()
        for first, second in sorted(combinations(sorted(residuals), 2), key=lambda pair: pair[1] - pair[0]):
            one, other = self.system.equations[first], self.system.equations[second]
            opposite = one.identity is other.identity and residuals[first] == -residuals[second]
            if not opposite or not taken.isdisjoint((first, second)):
                continue
            pairs = [
                p for p in zip(one.cells, other.cells, strict=True) if self._can_move(p, first, second, residuals)
            ]
            if pairs:
                taken |= {first, second}
                whole = [p for p in pairs if ZERO in (self.values[p[0]], self.values[p[1]])] or pairs
                cells = tuple(cell for pair in whole for cell in pair)
                yield Explanation(Slip.MOVED, cells, frozenset((first, second)))

    def _can_move(self, pair: tuple[int, int], first: int, second: int, residuals: Residuals) -> bool:
        here, there = pair
        excess = residuals[first] * self.sign(first, here)
        values = (self.values[here], self.values[there])
        if None in values or not self.possible(here, values[0] - excess):  # type: ignore[operator]
            return False
        if not self.possible(there, values[1] + excess):  # type: ignore[operator]
            return False
        changed = list(self.values)
        changed[here], changed[there] = values[0] - excess, values[1] + excess  # type: ignore[operator]
        touched = {*self.sums_of[here], *self.sums_of[there]} - {first, second}
        return all(self._residual(index, changed) == residuals.get(index, ZERO) for index in touched)

    # -- figures that slid sideways ------------------------------------------------------------------------------

    def shifted(self, residuals: Residuals) -> Iterator[Explanation]:
        """Lines whose figures all stand one place to the left or to the right of their own, as a whole table or one
        line at a time: moved back, with the figure that fell out restored from the line's own sum, all sums hold."""
        if len(residuals) < FEWEST_SHIFTED:
            return
        rows = [e for e in self.system.equations if e.identity.across == "rows" and len(e.left) == 1]
        rows = [e for e in rows if e.identity.relation is Relation.EQUAL]
        for _, table in groupby(rows, key=lambda equation: id(equation.identity)):
            lines = list(table)
            for group in (lines, *([line] for line in lines)):
                explanation = next((e for by in (1, -1) if (e := self._slid(group, by, residuals))), None)
                if explanation is not None:
                    yield explanation
                    if group is lines:
                        break

    def _slid(self, lines: Sequence[Equation], by: int, residuals: Residuals) -> Explanation | None:
        if not any(self.values[place] for line in lines for place in line.right):
            return None  # figures in the totals alone are a way to fill in the form, not a slide
        changed = list(self.values)
        cells: list[int] = []
        for line in lines:
            places = sorted(line.cells)
            if by < 0:
                places.reverse()
            if self.values[places[-1]] not in (None, ZERO) or any(
                self.values[place] is None for place in places[:-1]
            ):
                return None
            for place, neighbour in zip(places[1:], places, strict=False):
                changed[place] = self.values[neighbour]
            changed[places[0]] = ZERO
            difference = self._residual_of(line, changed)
            restored = -difference * line.sign(places[0])
            if not self.possible(places[0], restored):
                return None
            changed[places[0]] = restored
            cells.extend(sorted(places))
        touched = {index for cell in cells for index in self.system.equations_of[cell]}
        mended = touched & residuals.keys()
        if len(mended) < FEWEST_SHIFTED or not all(self._holds(index, changed) for index in touched):
            return None
        # A line's own sum was used to restore its figure and proves nothing: others must hold, and not as 0 = 0.
        witnesses = (e for index in touched if (e := self.system.equations[index]) not in lines)
        if not any(changed[place] for equation in witnesses for place in equation.left):
            return None
        corrected = {cell: value for cell in cells if (value := changed[cell]) is not None}
        return Explanation(Slip.SHIFTED, tuple(cells), frozenset(mended), corrected)

    def _residual(self, index: int, values: Sequence[Decimal | None]) -> Decimal:
        return self._residual_of(self.system.equations[index], values)

    def _residual_of(self, equation: Equation, values: Sequence[Decimal | None]) -> Decimal:
        sums = sides(equation, values)
        return ZERO if sums is None else sums[0] - sums[1]

    def _holds(self, index: int, values: Sequence[Decimal | None]) -> bool:
        sums = sides(self.system.equations[index], values)
        return sums is None or holds(self.system.equations[index].identity.relation, *sums)
