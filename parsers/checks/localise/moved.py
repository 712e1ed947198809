"""A figure that was entered in the wrong line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from parsers.checks.equations import ZERO
from parsers.checks.localise.knot import Explanation, Knot, Residuals, Slip


def moved(knot: Knot, residuals: Residuals) -> Iterator[Explanation]:
    """Pairs of lines of one identity that are off by opposite amounts, and the cells between which a figure of
    that size can have moved without breaking any other sum. Neighbouring lines first, each line once."""
    taken: set[int] = set()
    for first, second in sorted(combinations(sorted(residuals), 2), key=lambda pair: pair[1] - pair[0]):
        one, other = knot.system.equations[first], knot.system.equations[second]
        opposite = one.identity is other.identity and residuals[first] == -residuals[second]
        if not opposite or not taken.isdisjoint((first, second)):
            continue
        pairs = [p for p in zip(one.cells, other.cells, strict=True) if _can_move(knot, p, first, second, residuals)]
        if pairs:
            taken |= {first, second}
            whole = [p for p in pairs if ZERO in (knot.values[p[0]], knot.values[p[1]])] or pairs
            cells = tuple(cell for pair in whole for cell in pair)
            yield Explanation(Slip.MOVED, cells, frozenset((first, second)))


def _can_move(knot: Knot, pair: tuple[int, int], first: int, second: int, residuals: Residuals) -> bool:
    here, there = pair
    excess = residuals[first] * knot.sign(first, here)
    values = (knot.values[here], knot.values[there])
    if None in values or not knot.possible(here, values[0] - excess):  # type: ignore[operator]
        return False
    if not knot.possible(there, values[1] + excess):  # type: ignore[operator]
        return False
    changed = list(knot.values)
    changed[here], changed[there] = values[0] - excess, values[1] + excess  # type: ignore[operator]
    touched = {*knot.sums_of[here], *knot.sums_of[there]} - {first, second}
    return all(knot.residual(index, changed) == residuals.get(index, ZERO) for index in touched)
