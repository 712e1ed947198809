"""Figures that only their sentence shows to be no facts: structure, scope, back-references."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.facts.clauses import Phrase
from parsers.facts.lexicon import Lexicon, lexicon
from parsers.facts.names import Reason

NOUN_REACH = 10
"""How far behind a measure word its noun may end: 个基层政务公开试点领域 is ten characters."""

_THINGS = frozenset({"个", "项", "条", "大", "家", "所", "处"})


def reasons_aside(phrases: Sequence[Phrase]) -> list[Reason | None]:
    """For each phrase of a sentence the reason why its figure is no fact, or None when it counts."""
    known = lexicon()
    reasons = [_reason(phrase, known) for phrase in phrases]
    for index in range(len(phrases) - 1, 0, -1):
        # 6大类30条109项任务: figures that touch share their fate.
        if not phrases[index].gap.strip() and reasons[index] is Reason.STRUCTURE:
            reasons[index - 1] = Reason.STRUCTURE
    for index in range(1, len(phrases)):
        if reasons[index] is None and _repeats(phrases[index], phrases[index - 1]):
            reasons[index] = Reason.BACK_REFERENCE
    return reasons


def _reason(phrase: Phrase, known: Lexicon) -> Reason | None:
    near, tail, unit = phrase.near.text, phrase.tail.text, phrase.figure.unit
    if known.ends_with(near, "negated"):
        return Reason.NEGATED
    if known.ends_with(near, "back_before") and not phrase.figure.ratio:
        return Reason.BACK_REFERENCE
    if near.endswith("的") and tail.startswith("中"):
        return Reason.BACK_REFERENCE
    if unit not in _THINGS:
        return None
    head = tail[:NOUN_REACH]
    if any(noun in head for noun in known.lists["structure_nouns"]) and not _counted(phrase):
        return Reason.STRUCTURE
    if known.ends_with(near, "scope_before") and any(
        noun in head for noun in (*known.lists["scope_nouns"], *known.lists["body_nouns"])
    ):
        return Reason.SCOPE
    nouns = [word.sense.noun for word in phrase.tail.words if word.sense.noun]
    if nouns[:1] == ["accounts"] and nouns[1:2] and nouns[1] in ("followers", "views", "interactions"):
        return Reason.IN_SUBJECT
    return None


def _counted(phrase: Phrase) -> bool:
    """Whether the noun behind the measure word is one that the lexicon counts: 项行政权力事项."""
    for word in phrase.tail.words:
        if word.end > phrase.figure.end + NOUN_REACH + 2:
            return False
        if word.sense.noun and word.sense.noun not in ("other", "events"):
            return True
    return False


def _repeats(phrase: Phrase, before: Phrase) -> bool:
    """来看，2件均为…: the figure just given once more, as the subject of what is said about it."""
    figure, earlier = phrase.figure, before.figure
    return (
        not phrase.core
        and bool(phrase.back)
        and (figure.value, figure.unit) == (earlier.value, earlier.unit)
        and phrase.tail.text[:1] in ("均", "都", "全", "已", "皆")
    )
