"""The words that speak for the metric of one figure."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.facts.clauses import Phrase
from parsers.facts.counted import Memory
from parsers.facts.lexicon import Lexicon, Word


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the phrase of a figure names, and what was said before it. ``noun`` is what it may count, ``verb`` the metric of the
    verb that governs it, ``verb_word`` that verb where it stands since the figure before."""

    phrase: Phrase
    memory: Memory
    noun: Word | None
    verb: str | None
    verb_word: Word | None
    own: bool
    """Whether the verb stands in the figure's phrase; otherwise it is carried."""
    from_tail: bool
    """Whether the noun stands behind the figure."""
    known: Lexicon

    @property
    def publishing(self) -> bool:
        """Whether the verb puts information out."""
        return self.known.publishes(self.verb)

    @property
    def unit(self) -> str:
        """The measure word."""
        return self.phrase.figure.unit
