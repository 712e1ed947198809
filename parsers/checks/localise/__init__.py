"""Which figure is wrong, when sums do not hold: the form is its own checksum.

A figure of a form stands in several sums. One that is off by an amount puts each of its sums off by just that amount
and no other, so the broken sums point at the cell where they cross, and the difference says what should stand there.
Several slips are told apart as the fewest figures whose change makes every sum hold. Beyond single figures, two
patterns are known: a figure entered in the wrong line, and figures that slid one place sideways.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from parsers.checks.equations import Break, System
from parsers.checks.localise.figures import crossings, figures
from parsers.checks.localise.knot import Explanation, Knot, Residuals, Slip
from parsers.checks.localise.moved import moved
from parsers.checks.localise.shifted import shifted
from parsers.forms.form import Relation

MOST_SLIPS = 4
"""The most figures of one knot of broken sums that are looked for together; with more the sums say too little."""


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
    knot = Knot(system, values, doubts)
    # The simplest story first: one wrong figure, then lines that slid, then several wrong figures together.
    found = [story for part in knot.parts(residuals) for story in figures(knot, part, 1)]
    found += shifted(knot, _without(residuals, found))
    found += [story for part in knot.parts(_without(residuals, found)) for story in figures(knot, part, MOST_SLIPS)]
    found += crossings(knot, _without(residuals, found))
    found += moved(knot, _without(residuals, found))
    return tuple(found)


def _without(residuals: Residuals, found: Sequence[Explanation]) -> dict[int, Decimal]:
    explained = {index for explanation in found for index in explanation.breaks}
    return {index: difference for index, difference in residuals.items() if index not in explained}


__all__ = ["Explanation", "Slip", "localise"]
