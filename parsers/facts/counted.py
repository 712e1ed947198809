"""What one figure counts, and what a sentence passes on to the next: the two values that the grammar works on."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.facts.lexicon import Word


@dataclass(frozen=True, slots=True)
class Memory:
    """What a sentence has said so far, and what the sentences before it were about."""

    metric: str | None = None
    verb: str | None = None
    whole: str | None = None
    published: str | None = None
    topic: str | None = None
    activity: str | None = None
    compared: str | None = None
    """What a comparison that opens the sentence is about, if it names nothing."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The metric of a figure and what told it: the noun, the governing verb, and the place of the noun."""

    metric: str
    noun: Word | None = None
    verb: str | None = None
    verb_word: Word | None = None
    own_verb: bool = False
    from_tail: bool = False
