"""What was read of a text so far: its facts, and beside each of them what the figures behind it need to know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from parsers.facts.channels import Place
from parsers.facts.counted import Counted
from parsers.report import Fact, FactRole

RECENT = 40
"""Figures that are looked back at for a whole; the longest breakdown in the reports read has twenty-three parts."""


@dataclass(frozen=True, slots=True)
class Member:
    """A figure as the search for wholes sees it. ``index`` is its place among the facts."""

    index: int
    metric: str
    unit: str
    value: Decimal
    role: FactRole
    lead: str
    core: str
    segment: int
    part_of: int | None
    sentence: int
    ratio: bool = False
    bracketed: bool = False

    def is_like(self, other: Member) -> bool:
        """Whether both count the same in one stretch of a sentence."""
        return (self.unit, self.metric, self.segment) == (other.unit, other.metric, other.segment)


@dataclass(slots=True)
class Record:
    """The facts in the order of the text, and in step with them what each counts, where, and how it was told."""

    facts: list[Fact] = field(default_factory=list)
    told: list[Counted] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    before: int = 0
    """Where the facts of the sentence before this one start."""
    first: int = 0
    """Where the facts of this sentence start."""

    def new_sentence(self) -> None:
        """The figures from here on stand in another sentence."""
        self.before, self.first = self.first, len(self.facts)

    def opens(self) -> bool:
        """Whether the next figure is the first of its sentence."""
        return len(self.facts) == self.first

    def last(self) -> Fact | None:
        """The figure before, where it stands in the same sentence."""
        return None if self.opens() else self.facts[-1]

    def back_to(self, start: int) -> Iterator[int]:
        """The indices of the facts from the last one back to ``start``, as far as a figure is looked back for."""
        return iter(range(len(self.facts) - 1, max(start, len(self.facts) - RECENT) - 1, -1))

    def revise(self, index: int, **changes: Any) -> None:
        """Say of a fact what the figures behind it showed."""
        self.facts[index] = replace(self.facts[index], **changes)
