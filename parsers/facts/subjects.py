"""The phrase that the report itself uses for what is counted, where it narrows the metric."""

from __future__ import annotations

import re

from parsers.facts.channels import SEVERAL, Place
from parsers.facts.clauses import Phrase, core_of
from parsers.facts.lexicon import Lexicon
from parsers.facts.metrics import Counted

_EDGES = ' 　“”"、，,：:；;（）()《》了的'
_BRACKET = re.compile(r"[（(][^（()）]*[)）]")

LONGEST = 40
"""Characters of the longest subject; a longer stretch is a sentence that the grammar did not cut."""


def subject_of(phrase: Phrase, counted: Counted, place: Place, known: Lexicon) -> str | None:
    """The noun phrase before the figure without its verb and channel; behind the figure where it stands there."""
    own = any(word.sense.channel for clause in phrase.clauses for word in clause.words)
    named = place.named if place.channel == SEVERAL and own else None
    if named and counted.noun is None:
        return named
    near = phrase.near
    text = near.text[: len(phrase.core)] if phrase.core else ""
    cut = 0
    for word in near.words:
        at = word.end - near.start
        if at > len(text):
            break
        if (
            (word.sense.verb and not word.sense.noun)
            or (word.sense.channel and not word.sense.noun)
            or word.sense.marks & {"gained", "lost", "of_which", "respectively", "cumulative", "total"}
        ):
            cut = at
    for word in phrase.near.words:
        if word.end - near.start == len(text) and word.sense.verb and counted.noun is not None and cut >= len(text):
            cut = max(0, counted.noun.start - near.start) if counted.noun.start >= near.start else cut
    subject = core_of(_BRACKET.sub("", text[cut:]).strip(_EDGES), known).strip(_EDGES)
    if not subject and counted.from_tail and counted.noun is not None:
        subject = phrase.tail.text[: counted.noun.end - phrase.tail.start].strip(_EDGES)
    if not subject and counted.metric == "other":
        subject = phrase.tail.text[:12].strip(_EDGES)
    if not subject or subject in known.lists["nothing_said"]:
        return named
    return subject[-LONGEST:]
