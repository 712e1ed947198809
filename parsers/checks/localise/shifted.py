"""Figures that slid one place sideways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from parsers.checks.equations import ZERO, Equation
from parsers.checks.localise.knot import Explanation, Knot, Residuals, Slip, residual_of
from parsers.forms.form import Relation

FEWEST_SHIFTED = 3
"""Broken sums that a sideways slide must mend before it is believed: one slip alone breaks two or three."""


def shifted(knot: Knot, residuals: Residuals) -> Iterator[Explanation]:
    """Lines whose figures all stand one place to the left or to the right of their own, as a whole table or one
    line at a time: moved back, with the figure that fell out restored from the line's own sum, all sums hold."""
    if len(residuals) < FEWEST_SHIFTED:
        return
    rows = [e for e in knot.system.equations if e.identity.across == "rows" and len(e.left) == 1]
    rows = [e for e in rows if e.identity.relation is Relation.EQUAL]
    for _, table in groupby(rows, key=lambda equation: id(equation.identity)):
        lines = list(table)
        for group in (lines, *([line] for line in lines)):
            explanation = next((e for by in (1, -1) if (e := _slid(knot, group, by, residuals))), None)
            if explanation is not None:
                yield explanation
                if group is lines:
                    break


def _slid(knot: Knot, lines: Sequence[Equation], by: int, residuals: Residuals) -> Explanation | None:
    if not any(knot.values[place] for line in lines for place in line.right):
        return None  # figures in the totals alone are a way to fill in the form, not a slide
    changed = list(knot.values)
    cells: list[int] = []
    for line in lines:
        places = sorted(line.cells)
        if by < 0:
            places.reverse()
        if knot.values[places[-1]] not in (None, ZERO) or any(knot.values[place] is None for place in places[:-1]):
            return None
        for place, neighbour in zip(places[1:], places, strict=False):
            changed[place] = knot.values[neighbour]
        changed[places[0]] = ZERO
        difference = residual_of(line, changed)
        restored = -difference * line.sign(places[0])
        if not knot.possible(places[0], restored):
            return None
        changed[places[0]] = restored
        cells.extend(sorted(places))
    touched = {index for cell in cells for index in knot.system.equations_of[cell]}
    mended = touched & residuals.keys()
    if len(mended) < FEWEST_SHIFTED or not all(knot.holds(index, changed) for index in touched):
        return None
    # A line's own sum was used to restore its figure and proves nothing: others must hold, and not as 0 = 0.
    witnesses = (e for index in touched if (e := knot.system.equations[index]) not in lines)
    if not any(changed[place] for equation in witnesses for place in equation.left):
        return None
    corrected = {cell: value for cell in cells if (value := changed[cell]) is not None}
    return Explanation(Slip.SHIFTED, tuple(cells), frozenset(mended), corrected)
