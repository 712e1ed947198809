"""What a figure counts: the noun wins where it has a metric of its own, else the verb, else what was said before."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.facts.clauses import Phrase
from parsers.facts.lexicon import Lexicon, Word
from parsers.facts.phrases import NOUN_REACH, noun_behind, noun_of, verb_of

BODY_REACH = 8
"""How far behind the measure word the name of a kind of body may end: 家市级政府部门."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What a sentence has said so far, and what the sentences before it were about."""

    metric: str | None = None
    verb: str | None = None
    whole: str | None = None
    published: str | None = None
    topic: str | None = None
    activity: str | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """The metric of a figure and what told it: the noun, the governing verb, and the place of the noun."""

    metric: str
    noun: Word | None = None
    verb: str | None = None
    verb_word: Word | None = None
    own_verb: bool = False
    from_tail: bool = False


def counted(phrase: Phrase, memory: Memory, known: Lexicon) -> Counted:
    """The metric of the phrase's figure."""
    unit = phrase.figure.unit
    if unit in known.metrics["gazettes"].units and any(word.sense.channel == "gazette" for word in phrase.near.words):
        return Counted("gazettes")
    if unit in known.lists["money"]:
        return Counted("fees", noun_of(phrase.near, phrase, known)[0])
    verb_word, own = verb_of(phrase, known)
    verb = verb_word.sense.verb if verb_word else memory.verb
    noun, information = noun_of(phrase.near, phrase, known)
    from_tail = False
    if not information and (noun is None or phrase.near.text.rstrip(" ").endswith("等")):
        after = noun_behind(phrase, known)
        if after is not None:
            noun, from_tail = after, True
    if not phrase.core and noun is None and not information:
        for clause in reversed(phrase.back):
            noun, information = noun_of(clause, phrase, known)
            if noun or information or clause.words:
                break
    compares = any(phrase.near.has(mark) for mark in ("gained", "lost", "compared"))
    if noun is None and not information and not own and compares and memory.metric:
        return Counted(memory.metric, verb=verb)
    metric = _metric(phrase, memory, noun, information, verb, own, known, from_tail=from_tail)
    return Counted(metric, noun, verb, verb_word, own, from_tail)


def _metric(
    phrase: Phrase,
    memory: Memory,
    noun: Word | None,
    information: bool,
    verb: str | None,
    own: bool,
    known: Lexicon,
    *,
    from_tail: bool,
) -> str:
    unit = phrase.figure.unit
    verb_word, _ = verb_of(phrase, known)
    publishing = verb is not None and known.metrics[verb].publishing
    if phrase.figure.ratio:
        return _of_ratio(noun, memory, verb if own and phrase.near.words else None)
    if unit in known.lists["people"]:
        return _of_people(phrase, memory, noun, known)
    asked = {"mailbox", "hotline"} & {word.sense.channel for word in phrase.near.words}
    if asked and not (own and publishing) and not information and (noun is None or noun.sense.weak) and unit != "个":
        return "inquiries"
    if noun is not None and not information:
        name = str(noun.sense.noun)
        yields = noun.sense.weak or (name == "opinions" and not own)
        if (yields and memory.whole in _INFORMING and unit in known.lists["notices"]) or (
            name == "documents" and _is_information(phrase, memory, known)
        ):
            information = True
        elif name == "documents" and own and verb == "interpretations":
            return verb
        elif (
            not noun.sense.weak
            or from_tail
            or (name == "other" and own and verb_word is not None and verb_word.text in known.lists["makes"])
        ):
            return name
        elif name == "disclosures" and verb is not None and known.metrics[verb].handling:
            return "applications"
        elif (name == "accounts" and unit in ("个", "家", "处") and not (own and publishing)) or (
            name != "accounts" and not publishing
        ):
            return name
    if information:
        if publishing and verb is not None:
            return verb
        if memory.whole in _INFORMING:
            return memory.whole
        head = phrase.near.words[-1].sense.verb if phrase.near.words else None
        if head is not None and known.metrics[head].publishing:
            return head
        return verb if verb and own and verb not in ("inquiries", "events", "other") else _published(phrase, memory)
    if (body := _of_body(phrase, own and publishing, known)) is not None:
        return body
    if verb is not None and known.metrics[verb].handling:
        return _of_handling(phrase, memory, verb, own, known)
    if own and verb is not None:
        return verb
    if unit in ("个", "家", "处") and not publishing and _is_channel(phrase):
        return "accounts"
    holds = memory.metric is None or (verb is not None and known.metrics[verb].publishing)
    if verb is not None and holds and not (memory.whole and memory.verb is None):
        return verb
    return memory.whole or memory.metric or "other"


_INFORMING = frozenset({"posts", "disclosures", "documents", "interpretations", "media_coverage"})
"""Metrics whose parts are kinds of information."""


def _published(phrase: Phrase, memory: Memory) -> str:
    if memory.metric in ("posts", "disclosures", "media_coverage"):
        return memory.metric
    if any(word.sense.channel for clause in phrase.clauses for word in clause.words):
        return "posts"
    return memory.published or "disclosures"


def _is_information(phrase: Phrase, memory: Memory, known: Lexicon) -> bool:
    """文件 in 条 or 篇 among other kinds of information is information; so is what is passed on."""
    if phrase.figure.unit in known.lists["notices"] and (
        memory.whole or memory.metric in _INFORMING - {"documents", "interpretations"}
    ):
        return True
    word, _ = verb_of(phrase, known)
    return word is not None and word.text in known.lists["relays"]


def _of_ratio(noun: Word | None, memory: Memory, verb: str | None) -> str:
    if noun is not None and not (noun.sense.weak and memory.metric) and noun.sense.noun != "other":
        return str(noun.sense.noun)
    return memory.metric or (noun.sense.noun if noun else None) or verb or "other"


def _of_people(phrase: Phrase, memory: Memory, noun: Word | None, known: Lexicon) -> str:
    around = phrase.near.text + phrase.tail.text[:12]
    if noun is None and memory.metric and any(phrase.near.has(mark) for mark in ("gained", "lost", "compared")):
        return memory.metric
    verb, own = verb_of(phrase, known)
    behind = noun is not None and noun.start >= phrase.figure.end
    staffed = known.holds(phrase.tail.text[:NOUN_REACH], "person_nouns")
    if noun is not None and noun.sense.noun not in ("other", "events", "services") and not (behind and staffed):
        return str(noun.sense.noun)
    if known.holds(around, "attendance") or (noun is not None and noun.sense.noun == "events"):
        trained = known.holds(phrase.near.text + phrase.after, "training")
        return "trainings" if trained else memory.activity or "events"
    if own and verb is not None and verb.sense.verb in ("trainings", "inquiries"):
        return str(verb.sense.verb)
    if known.holds(around, "person_nouns"):
        return "other"
    if noun is not None and noun.sense.noun == "services":
        return "services"
    if (
        phrase.figure.unit in ("人次", "人")
        and memory.metric
        and known.metrics[memory.metric].people
        and not phrase.core
    ):
        return memory.metric
    if own and verb is not None and known.metrics[str(verb.sense.verb)].people and verb.sense.verb != "other":
        return str(verb.sense.verb)
    return "other"


def _of_handling(phrase: Phrase, memory: Memory, verb: str, own: bool, known: Lexicon) -> str:
    if verb != "inquiries":
        return verb
    if memory.metric and (known.metrics[memory.metric].handling or memory.metric in ("opinions", "proposals")):
        return memory.metric
    channels = {word.sense.channel for clause in phrase.clauses for word in clause.words}
    if channels & {"mailbox", "hotline"}:
        return "inquiries"
    if memory.topic:
        return memory.topic
    return "inquiries" if own and _object(phrase) else "applications"


def _object(phrase: Phrase) -> str:
    """What stands between the last verb of ``near`` and the figure."""
    verbs = [word for word in phrase.near.words if word.sense.verb]
    return phrase.core[verbs[-1].end - phrase.near.start :] if verbs else phrase.core


def _is_channel(phrase: Phrase) -> bool:
    return any(word.sense.channel for word in (*phrase.near.words, *phrase.tail.words[:2]))


def _of_body(phrase: Phrase, published: bool, known: Lexicon) -> str | None:
    """Bodies: those that were inspected count the inspection, those that do something are counted themselves."""
    head = phrase.tail.text[:BODY_REACH]
    if published or phrase.figure.unit not in ("个", "家", "所"):
        return None
    if not known.holds(head, "body_nouns") or phrase.tail.has("information"):
        return None
    around = phrase.near.text + phrase.after
    return "events" if known.holds(around, "inspections") else "other"
