"""How firmly an identity of a form holds, and how much it matters when one does not."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: ``error`` is a contradiction, ``warning`` is unexpected, ``hint`` is odd."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """Place in the order from the worst, which has 0."""
        return list(Severity).index(self)


class Grade(StrEnum):
    """How firmly an identity holds: ``hard`` is printed on the form or true by definition, ``expected`` is
    broken with good reason now and then, ``plausible`` is a hint only."""

    HARD = "hard"
    EXPECTED = "expected"
    PLAUSIBLE = "plausible"

    @property
    def severity(self) -> Severity:
        """The severity of a finding that reports such an identity broken."""
        return {"hard": Severity.ERROR, "expected": Severity.WARNING, "plausible": Severity.HINT}[self.value]
