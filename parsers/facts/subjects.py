"""The phrase that the report itself uses for what is counted, where it narrows the metric."""

from __future__ import annotations

import re

from parsers.facts.channels import MASS, SEVERAL, Place
from parsers.facts.clauses import Phrase, core_of
from parsers.facts.counted import Counted
from parsers.facts.lexicon import Lexicon, Word
from parsers.facts.segment import segmenter

SHORT = 2
"""Characters of a noun that says too little by itself (结果, 情况)."""
NAME = 10
"""Characters of a subject that is taken as it stands; a longer one without any word of the lexicon is searched for
the noun phrase that it ends with."""

_EDGES = ' 　"、，,：:；;（）()了的着“”'
_BRACKET = re.compile(r"[（(][^（()）]*[)）]")
_SPEAKING = frozenset(
    {"gained", "lost", "of_which", "respectively", "cumulative", "total", "departs", "standing", "share", "compared"}
)

_TIME = re.compile(r"^(?:[较比与由从]?(?:19|20)\d\d\s*年(?:度|底|末)?|年初|年内|全年|本年度|今年|本年)+")
TAIL = 10
"""How far behind the measure word the noun of a subject may end."""
LONGEST = 40
"""Characters of the longest subject; a longer stretch is a sentence that the grammar did not cut."""


def subject_of(phrase: Phrase, counted: Counted, place: Place, known: Lexicon) -> str | None:
    """The noun phrase before the figure without verb, channel and counting words, or the one behind the figure;
    the verb where it is all that tells two figures apart (办结1件); the channels where several are named."""
    own = any(word.sense.channel for clause in phrase.clauses for word in clause.words)
    channels = place.named if place.channel in (SEVERAL, MASS) and own else None
    if channels and place.channel == SEVERAL and (counted.noun is None or counted.metric == "followers"):
        return channels
    subject = _before(phrase, counted, known)
    if (not subject and counted.from_tail) or counted.metric == "other":
        subject = _behind(phrase, counted, known) or subject
    if not subject and not phrase.core and phrase.tail.has("information"):
        subject = phrase.tail.text  # 35条政务动态信息
    if _is_untold(phrase, counted, subject):
        subject = _segmented(phrase, subject)
    if not subject or subject in known.lists["nothing_said"]:
        return channels
    return subject[-LONGEST:]


def _is_untold(phrase: Phrase, counted: Counted, subject: str) -> bool:
    """Whether the lexicon has no word for what is counted, and the phrase is not simply its name."""
    if counted.noun is not None or phrase.figure.ratio or phrase.near.has("gained") or phrase.near.has("lost"):
        return False
    words = (*phrase.near.words, *phrase.tail.words)
    told = any(word.sense.noun or word.sense.channel or "information" in word.sense.marks for word in words)
    return not told and (
        len(subject) > NAME or (not subject and counted.metric == "other" and bool(phrase.tail.text))
    )


def _segmented(phrase: Phrase, subject: str) -> str:
    """The noun phrase at the end of what was taken for the subject, or the one behind the measure word."""
    if not subject:
        return segmenter().noun_at_start(phrase.tail.text[:LONGEST])
    noun = segmenter().noun_at_end(subject[-LONGEST:])
    return noun if len(noun) > SHORT else subject


def _before(phrase: Phrase, counted: Counted, known: Lexicon) -> str:
    """The noun phrase in front of the figure; empty where there is none."""
    near, text = phrase.near, phrase.near.text[: len(phrase.core)]
    end = near.start + len(text)
    cut = near.start
    governing = counted.verb_word
    for word in near.words:
        if word.end > end:
            break
        sense = word.sense
        channel = sense.channel and not sense.noun
        verb = sense.verb and not sense.noun and not phrase.figure.ratio
        if verb and word is not governing and word.start != cut:
            verb = known.publishes(sense.verb) or known.handles(sense.verb)
        announces = sense.noun == "disclosures" and sense.weak
        if sense.marks & _SPEAKING or channel or announces or (verb and word.end < end):
            cut = word.end
        elif verb:
            cut = _verb_alone(phrase, word, cut, counted, known)
    subject = core_of(_TIME.sub("", _BRACKET.sub("", text[cut - near.start :]).strip(_EDGES)), known)
    while opening := known.starts_with(subject, "openings"):
        subject = subject.removeprefix(opening)
    return subject.strip(_EDGES)


def _behind(phrase: Phrase, counted: Counted, known: Lexicon) -> str:
    """The noun behind the measure word: 名专职咨询人员, 个街道镇."""
    tail = phrase.tail
    if counted.noun is not None and counted.noun.start >= tail.start:
        return tail.text[: counted.noun.end - tail.start].strip(_EDGES)
    verb = next((word.start - tail.start for word in tail.words if word.sense.verb), TAIL)
    ends = [
        match.end()
        for names in ("person_nouns", "body_nouns")
        for match in known.lists[names].pattern.finditer(tail.text[: min(verb, TAIL)])
    ]
    return tail.text[: max(ends)].strip(_EDGES) if ends else ""


def _verb_alone(phrase: Phrase, verb: Word, cut: int, counted: Counted, known: Lexicon) -> int:
    """Where the subject starts when the clause ends in its verb: at the noun that the verb follows (规章制定6件),
    else at the verb (办结1件); a verb of publishing or receiving says no more than the metric."""
    silent = known.publishes(counted.metric) and verb.text not in known.lists["telling_verbs"]
    if silent or verb.text in known.lists["received"]:
        return verb.end
    named = any(word.sense.noun and cut <= word.start < verb.start for word in phrase.near.words)
    return cut if named else verb.start
