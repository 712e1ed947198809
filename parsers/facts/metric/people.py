"""Figures of people and of bodies, which mostly count for what they came to or what was done to them."""

from __future__ import annotations

from parsers.facts.clauses import Phrase
from parsers.facts.counted import Memory
from parsers.facts.families import HELD
from parsers.facts.lexicon import Lexicon, Word
from parsers.facts.phrases import NOUN_REACH, verb_of

BODY_REACH = 8
"""How far behind the measure word the name of a kind of body may end: 家市级政府部门."""


def metric_of_people(phrase: Phrase, memory: Memory, noun: Word | None, known: Lexicon) -> str:
    """The metric of a figure of people: those who came, asked or read count for what they came to; staff is
    ``other``."""
    around = phrase.near.text + phrase.tail.text[:12]
    if memory.metric in HELD and known.holds(phrase.near.text, "reaching"):
        return str(memory.metric)  # 开展培训2次，覆盖工作人员86人次
    if noun is None and memory.metric and phrase.near.has("gained", "lost", "compared"):
        return memory.metric
    if memory.whole in HELD:
        return memory.whole  # 参训150人，其中信息员96人
    if noun is not None and noun.text in known.lists["audiences"] and memory.activity and memory.metric in HELD:
        return memory.activity  # 组织宣讲12场，受众1.1万人次
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


def metric_of_body(phrase: Phrase, memory: Memory, published: bool, known: Lexicon) -> str | None:
    """Bodies: those that were inspected count the inspection, those that do something are counted themselves."""
    head = phrase.tail.text[:BODY_REACH]
    if published or phrase.figure.unit not in known.lists["bodies"]:
        return None
    informs = any(
        "information" in word.sense.marks for word in phrase.tail.words if word.start <= phrase.tail.start + 6
    )
    if not known.holds(head, "body_nouns") or informs:
        return None
    around = phrase.near.text + phrase.after
    if known.holds(phrase.after, "attendance"):
        return memory.activity or "events"
    return "events" if known.holds(around, "inspections") else "other"
