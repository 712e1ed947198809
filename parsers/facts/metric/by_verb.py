"""The metric of a figure without a noun that tells it: by its verb, else by what was said before."""

from __future__ import annotations

from parsers.facts.clauses import Phrase
from parsers.facts.counted import Memory
from parsers.facts.families import CASES, HELD
from parsers.facts.lexicon import Lexicon
from parsers.facts.metric.evidence import Evidence
from parsers.facts.metric.people import metric_of_body


def metric_by_verb(evidence: Evidence) -> str:
    """The metric of a figure without a noun that tells it: the one that its verb is of, where it has one."""
    phrase, memory, verb, known = evidence.phrase, evidence.memory, evidence.verb, evidence.known
    people = evidence.unit in known.lists["people"]
    if memory.whole in HELD and not people and evidence.own and verb == "events" and evidence.noun is None:
        return memory.whole  # 新闻发布会112场，其中负责人出席39场
    here = evidence.verb_word is not None and evidence.verb_word.start >= phrase.near.start
    body = metric_of_body(
        phrase, memory, evidence.own and evidence.publishing and (here or not phrase.near.text), known
    )
    if body is not None:
        return body
    if verb is not None and known.handles(verb):
        return _of_handling(phrase, memory, verb, evidence.verb_word.text if evidence.verb_word else "", known)
    return verb if evidence.own and verb is not None else _by_what_was_said(evidence)


def _by_what_was_said(evidence: Evidence) -> str:
    """The metric of a figure in whose phrase neither a noun nor a verb tells it: that of the figures before, or what is
    usually counted in its measure word."""
    phrase, memory, verb, known = evidence.phrase, evidence.memory, evidence.verb, evidence.known
    if memory.metric and phrase.near.has("since") and not evidence.own:
        return memory.metric  # 发布文件21份，历年累计592份
    if memory.metric == "gazettes" and evidence.unit in known.lists["copies"]:
        return memory.metric  # 编印公报12期，发行4.8万份
    if evidence.unit in evidence.known.lists["bodies"] and not evidence.publishing and _is_channel(phrase):
        return "accounts"
    reaches = verb is not None and not (memory.whole and not memory.verb)
    if evidence.publishing:
        reaches = reaches and evidence.unit not in known.lists["unpublished"]
    elif memory.metric is not None:
        reaches = False
    if verb is not None and reaches:
        return verb
    if memory.metric is None and evidence.unit in known.lists["issues"] and _in_mass_media(phrase, known):
        return "media_coverage"
    if memory.metric is None and evidence.unit in known.lists["notices"] and _is_channel(phrase):
        return memory.published or "posts"  # 通过门户网站236条
    bulletin = evidence.unit == "期" and phrase.near.text.rstrip("共计 ").endswith("》")
    if bulletin and memory.metric in (None, "posts"):
        return "posts"  # 编印《信息》30期: a bulletin of one's own
    said = memory.whole or memory.metric
    if said is None and evidence.unit in known.lists["notices"] and phrase.core:
        return memory.published or "disclosures"  # 产业促进161条, where nothing says what was done
    return said if said is not None and evidence.unit not in known.metrics[said].not_units else "other"


def _of_handling(phrase: Phrase, memory: Memory, verb: str, verb_text: str, known: Lexicon) -> str:
    """The metric of what was handled: a verb that fits every kind of case (答复, 办理) means the kind that was
    spoken of."""
    if verb != "inquiries" or verb_text in known.lists["responding"]:
        return verb
    if memory.metric is not None and (memory.metric in CASES or memory.metric == "opinions"):
        return memory.metric
    words = [word.sense for clause in phrase.clauses for word in clause.words]
    asked = any(sense.channel in ("mailbox", "hotline") or sense.noun == "inquiries" for sense in words)
    if asked:
        return "inquiries"
    if memory.topic:
        return memory.topic
    return "inquiries" if verb_text and _object(phrase) else "applications"


def _object(phrase: Phrase) -> str:
    """What stands between the last verb of ``near`` and the figure."""
    verbs = [word for word in phrase.near.words if word.sense.verb]
    return phrase.core[verbs[-1].end - phrase.near.start :] if verbs else phrase.core


def _is_channel(phrase: Phrase) -> bool:
    """Whether a channel is named right beside the figure."""
    return any(word.sense.channel for word in (*phrase.near.words, *phrase.tail.words[:2]))


def _in_mass_media(phrase: Phrase, known: Lexicon) -> bool:
    """Whether a paper or a station is named, which carried what is counted though no verb says so:
    完成市电台4期《民情热线》."""
    return any(word.sense.channel in known.channel_classes["media"] for word in phrase.near.words)
