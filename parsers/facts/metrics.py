"""What a figure counts: the noun wins where it has a metric of its own, else the verb, else what was said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.facts.clauses import Clause, Phrase
from parsers.facts.lexicon import Lexicon, Word

_SEPARATED = re.compile(r"[、和及与]")
JOINT = 4
"""Longest text between two joined nouns: 及配套 is three characters."""
_BINDERS = frozenset({"", "和", "并", "、", "及", "与", "或", "以及", "后"})
NOUN_REACH = 18
"""How far behind the measure word a noun may start that says what is counted: 个不同主题的系列活动."""


QUALIFIER = 4
"""Characters that may stand between 依申请公开 and its head: 政务信息 has two before the head 信息."""


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
        after = _noun_behind(phrase, known)
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
        if yields and memory.whole in _INFORMING and unit in known.lists["notices"]:
            information = True
        elif name == "documents" and _is_information(phrase, memory, own, known):
            information = True
        elif name == "documents" and own and verb == "interpretations":
            return verb
        elif not noun.sense.weak or from_tail:
            return name
        elif name == "other" and own and verb_word is not None and verb_word.text in known.lists["makes"]:
            return name
        elif name == "disclosures" and verb is not None and known.metrics[verb].handling:
            return "applications"
        elif name == "accounts" and unit in ("个", "家", "处") and not (own and publishing):
            return name
        elif name != "accounts" and not publishing:
            return name
    if information:
        if publishing and verb is not None:
            return verb
        if memory.whole in _INFORMING:
            return memory.whole
        head = phrase.near.words[-1].sense.verb if phrase.near.words else None
        if head is not None and known.metrics[head].publishing:
            return head
        return (
            verb
            if verb and own and verb not in ("inquiries", "events", "other")
            else _published(phrase, memory, known)
        )
    if (body := _of_body(phrase, own and publishing, known)) is not None:
        return body
    if verb is not None and known.metrics[verb].handling:
        return _of_handling(phrase, memory, verb, own, known)
    if own and verb is not None:
        return verb
    if unit in ("个", "家", "处") and not publishing and _is_channel(phrase):
        return "accounts"
    if verb is not None and (memory.metric is None or known.metrics[verb].publishing):
        if not (memory.whole and memory.verb is None):
            return verb
    return memory.whole or memory.metric or "other"


_INFORMING = frozenset({"posts", "disclosures", "documents", "interpretations", "media_coverage"})
"""Metrics whose parts are kinds of information."""


def _published(phrase: Phrase, memory: Memory, known: Lexicon) -> str:
    if memory.metric in ("posts", "disclosures", "media_coverage"):
        return memory.metric
    if any(word.sense.channel for clause in phrase.clauses for word in clause.words):
        return "posts"
    return memory.published or "disclosures"


def _is_information(phrase: Phrase, memory: Memory, own: bool, known: Lexicon) -> bool:
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
        trained = any(word.sense.noun == "trainings" for word in (*phrase.near.words, *phrase.tail.words))
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


def verb_of(phrase: Phrase, known: Lexicon) -> tuple[Word | None, bool]:
    """The governing verb: the nearest group of verbs before the figure, and of that group the first (主动公开和转发
    is 主动公开). The flag says whether it stands in the figure's own clause or in one since the figure before."""
    for clause in phrase.clauses:
        found = _verb_group(clause, phrase, known)
        if found is not None:
            return found, True
    return None, False


def _verb_group(clause: Clause, phrase: Phrase, known: Lexicon) -> Word | None:
    first: Word | None = None
    end = clause.start + len(phrase.core) if clause is phrase.near else clause.end
    for word in reversed(clause.words):
        if word.sense.verb and word.end == end and word.start > clause.start and _is_nominal(word, phrase, known):
            continue
        if word.sense.verb is None or (word.sense.noun and not word.sense.weak and first is None):
            if first is not None and not _binds(clause, word, first):
                break
            continue
        if first is not None and not _binds(clause, word, first):
            break
        first = word
    if first is not None and first.sense.verb == "documents":
        for word in clause.words:
            if word.sense.verb and known.metrics[word.sense.verb].publishing and word.end < first.start:
                return word  # 公开本局印发文件2份: published, whoever made it
    return first


def _is_nominal(verb: Word, phrase: Phrase, known: Lexicon) -> bool:
    """人事调整1条, 资料下载1条: behind its object and counted like information, a verb names a column."""
    if "information" in verb.sense.marks:
        return True
    metric = known.metrics[str(verb.sense.verb)]
    return phrase.figure.unit in known.lists["notices"] and not metric.publishing and not metric.handling


def _binds(clause: Clause, left: Word, right: Word) -> bool:
    return clause.text[left.end - clause.start : right.start - clause.start] in _BINDERS


def noun_of(clause: Clause, phrase: Phrase, known: Lexicon) -> tuple[Word | None, bool]:
    """The noun with a metric that a clause's figure counts, and whether the head is a word for information."""
    core = phrase.core if clause is phrase.near else clause.text.rstrip(" ")
    end = clause.start + len(core)
    words = [word for word in clause.words if word.start < end]
    head = words[-1] if words and words[-1].end >= end else None
    if head is not None and "information" in head.sense.marks:
        kept = head if head.sense.noun and known.metrics[head.sense.noun].even_as_information else None
        for word in reversed(words[:-1]):
            seen = word.sense.noun in ("views", "interactions") and phrase.figure.unit not in known.lists["notices"]
            if seen and fits(word, phrase.figure.unit, known):
                return word, False
            if word.sense.verb and not word.sense.noun:
                break
            near_head = head.start - word.end <= QUALIFIER
            if word.sense.noun and known.metrics[word.sense.noun].even_as_information and near_head:
                kept = word
        return kept, kept is None
    for index, word in enumerate(reversed(words)):
        sense = word.sense
        if sense.noun and fits(word, phrase.figure.unit, known):
            word = _first_of_list(clause, words[: len(words) - index], word, phrase.figure.unit, known)
            if word.sense.noun != "other" and _in_mixed_list(clause, words[: len(words) - index], word, known):
                return None, True
            return word, False
        if sense.verb and known.metrics[sense.verb].publishing and word.end < end:
            break
    return None, False


def _first_of_list(clause: Clause, words: Sequence[Word], last: Word, unit: str, known: Lexicon) -> Word:
    """Of nouns that are joined (政策文件及配套解读) the first says what is counted."""
    first = last
    for word in reversed(words[:-1]):
        joint = clause.text[word.end - clause.start : first.start - clause.start]
        if not joint or len(joint) > JOINT or not _SEPARATED.search(joint):
            break
        if word.sense.verb and not word.sense.noun:
            break
        if word.sense.noun and not word.sense.weak and fits(word, unit, known):
            first = word
    return first


def _in_mixed_list(clause: Clause, words: Sequence[Word], noun: Word, known: Lexicon) -> bool:
    """政策法规、政策解读20条: a list that starts with something else counts information."""
    start = max((word.end for word in words if word.sense.verb and not word.sense.noun), default=clause.start)
    listed = clause.text[start - clause.start : noun.start - clause.start]
    first, separator, _ = listed.partition("、")
    if not separator or noun.sense.noun not in ("interpretations", "documents", "proposals", "enforcement"):
        return False
    return not any(word.sense.noun == noun.sense.noun for word in words if start <= word.start < start + len(first))


def _noun_behind(phrase: Phrase, known: Lexicon) -> Word | None:
    """The last noun of the noun phrase behind the measure word: 7起依申请公开案件."""
    found: Word | None = None
    for word in phrase.tail.words:
        if word.start > phrase.figure.end + NOUN_REACH:
            break
        if word.sense.noun and fits(word, phrase.figure.unit, known):
            if found is not None and word.start - found.end > 1:
                break
            found = word
        elif word.sense.verb or word.sense.marks & {
            "information",
            "gained",
            "lost",
            "reaches",
            "compared",
            "all_alike",
            "standing",
        }:
            if "information" in word.sense.marks:
                found = None
            break
    return found


def fits(word: Word, unit: str, known: Lexicon) -> bool:
    """Whether what the noun names is counted in this measure word."""
    name = str(word.sense.noun)
    if unit in known.lists["people"] and not known.metrics[name].people:
        return False
    metric = known.metrics[name]
    return (not metric.units or unit in metric.units) and unit not in metric.not_units
