"""Totals that nobody filled in, and totals that stand alone: a column left blank states nothing, so it is one hint
and not one contradiction for every row.

Where whole lines of figures slid sideways, totals that look blank are no statement of the page, and none is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from parsers.checks.equations import Equation, sides
from parsers.checks.subject import Subject
from parsers.forms.form import Identity, Relation
from parsers.report import CellKey, CellState

FEWEST = 3
"""Lines of a large table that lack their total: an agency with a single request has it in three (received, outcome, all outcomes)."""


@dataclass(frozen=True, slots=True)
class NotStated:
    """The cells that an identity needs and that the page leaves blank, as positions in the form."""

    identity: Identity
    cells: tuple[int, ...]

    def keys(self, subject: Subject) -> list[CellKey]:
        """The cells by name."""
        return [subject.system.keys[place] for place in self.cells]


def totals_not_stated(subject: Subject) -> list[NotStated]:
    """Totals left blank in most of the lines whose parts are not 0, where most totals of the table are blank too.

    A single blank among totals that are filled in is no such case: there, blank reads as 0; nor are one or two figures that
    stand alone in a large table, and may be none of it.
    """
    return list(_each(subject, _blank_totals))


def parts_not_stated(subject: Subject) -> list[NotStated]:
    """Parts left blank in every line of an identity, although totals are printed."""
    return list(_each(subject, _blank_parts))


def _each(subject: Subject, find: Callable[[Subject, list[Equation]], list[int]]) -> Iterator[NotStated]:
    broken = {id(each.equation.identity) for each in subject.broken}
    if not broken or subject.slid:
        return
    for _, group in groupby(subject.system.equations, key=lambda equation: id(equation.identity)):
        equations = list(group)
        identity = equations[0].identity
        if id(identity) in broken and identity.relation is Relation.EQUAL and len(identity.left) == 1:
            cells = find(subject, equations)
            if cells:
                yield NotStated(identity, tuple(dict.fromkeys(cells)))


def _blank_totals(subject: Subject, equations: list[Equation]) -> list[int]:
    needed, lacking, printed = 0, [], 0
    for equation in equations:
        sums = sides(equation, subject.values)
        blank = _blank(subject, equation.left[0])
        printed += not blank
        if sums is not None and sums[1] != 0:
            needed += 1
            if blank:
                lacking.append(equation.left[0])
    enough = len(lacking) >= min(FEWEST, len(equations) // 2)
    return lacking if enough and 2 * len(lacking) > needed and 2 * printed < len(equations) else []


def _blank_parts(subject: Subject, equations: list[Equation]) -> list[int]:
    stated = [equation for equation in equations if subject.values[equation.left[0]]]
    # A row that the page leaves out states nothing either.
    nothing = (CellState.BLANK, CellState.ABSENT)
    if not all(subject.state(place) in nothing for equation in equations for place in equation.right):
        return []
    return [place for equation in stated for place in equation.right]


def _blank(subject: Subject, place: int) -> bool:
    return subject.state(place) is CellState.BLANK
