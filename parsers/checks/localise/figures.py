"""Single figures that are wrong: the fewest whose change makes every sum hold, or those where broken sums cross."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from parsers.checks.equations import ZERO
from parsers.checks.localise.knot import Explanation, Knot, Residuals, Slip

MOST_STEPS = 4000
"""Steps of one search. Far more than were ever needed: tables with 1 to 175 figures changed at random took at most
8 ms a check. A knot that needs more is left unexplained, and every break of it is reported all the same."""

Solution = frozenset[tuple[int, Decimal]]


def figures(knot: Knot, residuals: Residuals, most: int) -> Iterator[Explanation]:
    """The fewest figures, and no more than ``most``, whose change mends every equation of the group."""
    if not all(knot.candidates(index, residuals) for index in residuals):
        return
    for slips in range(1, most + 1):
        knot.steps = 0
        solutions = set(_solutions(knot, residuals, slips))
        if solutions:
            yield from _explained(knot, residuals, solutions)
            return


def _solutions(knot: Knot, residuals: Residuals, slips: int) -> Iterator[Solution]:
    if not residuals:
        yield frozenset()
        return
    knot.steps += 1
    most = slips * max(len(sums) for sums in knot.sums_of)
    if slips == 0 or len(residuals) > most or knot.steps > MOST_STEPS:
        return
    index = min(residuals, key=lambda index: len(knot.candidates(index, residuals)))
    for cell in knot.candidates(index, residuals):
        value = knot.values[cell]
        for excess in {residuals[other] * knot.sign(other, cell) for other in knot.sums_of[cell]}:
            if value is None or not knot.possible(cell, value - excess):
                continue
            rest = dict(residuals)
            for other in knot.sums_of[cell]:
                rest[other] -= excess * knot.sign(other, cell)
                if rest[other] == 0:
                    del rest[other]
            for solution in _solutions(knot, rest, slips - 1):
                if all(cell != taken for taken, _ in solution):
                    yield solution | {(cell, excess)}


def _explained(knot: Knot, residuals: Residuals, solutions: set[Solution]) -> Iterator[Explanation]:
    doubtful = {s for s in solutions if all(cell in knot.doubts for cell, _ in s)}
    solutions = doubtful or solutions
    if len(solutions) == 1:
        for cell, excess in sorted(next(iter(solutions))):
            corrected = {cell: (knot.values[cell] or ZERO) - excess}
            yield Explanation(Slip.FIGURE, (cell,), frozenset(knot.sums_of[cell]), corrected)
    else:
        cells = sorted({cell for solution in solutions for cell, _ in solution})
        yield Explanation(Slip.FIGURE, tuple(cells), frozenset(residuals))


def crossings(knot: Knot, residuals: Residuals) -> Iterator[Explanation]:
    """Where there are too many slips to solve: the cells where two or more equations are off by one amount and nothing else is."""
    crossing = {}
    for cell, sums in enumerate(knot.sums_of):
        if len(sums) > 1 and all(index in residuals for index in sums):
            excess = {residuals[index] * knot.sign(index, cell) for index in sums}
            value = knot.values[cell]
            if len(excess) == 1 and value is not None and knot.possible(cell, value - min(excess)):
                crossing[cell] = value - min(excess)
    for cell, value in crossing.items():
        rivals = [other for other in crossing if not set(knot.sums_of[cell]).isdisjoint(knot.sums_of[other])]
        if len(rivals) == 1:
            yield Explanation(Slip.FIGURE, (cell,), frozenset(knot.sums_of[cell]), {cell: value})
