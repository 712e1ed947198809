"""The sums of one report, with what each search for slips asks of them, and what such a search finds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from parsers.checks.equations import ZERO, Equation, System, holds, sides
from parsers.forms.form import Numbers


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


class Knot:
    """The sums of one report, with what the search asks of them again and again."""

    def __init__(self, system: System, values: Sequence[Decimal | None], doubts: Collection[int]) -> None:
        self.system = system
        self.values = values
        self.doubts = doubts
        testable = {i for i, equation in enumerate(system.equations) if sides(equation, values) is not None}
        self.sums_of = [tuple(i for i in indices if i in testable) for indices in system.equations_of]
        self.steps = 0

    def sign(self, index: int, cell: int) -> int:
        """With which sign a cell stands in an equation."""
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

    def residual(self, index: int, values: Sequence[Decimal | None]) -> Decimal:
        """By how much an equation would be off with other values."""
        return residual_of(self.system.equations[index], values)

    def holds(self, index: int, values: Sequence[Decimal | None]) -> bool:
        """Whether an equation would hold with other values, or cannot be tested."""
        sums = sides(self.system.equations[index], values)
        return sums is None or holds(self.system.equations[index].identity.relation, *sums)


def residual_of(equation: Equation, values: Sequence[Decimal | None]) -> Decimal:
    """By how much the sides of an equation differ; 0 where it cannot be tested."""
    sums = sides(equation, values)
    return ZERO if sums is None else sums[0] - sums[1]
