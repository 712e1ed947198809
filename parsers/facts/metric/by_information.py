"""The metric of a figure that counts pieces of information: what was done with them."""

from __future__ import annotations

from parsers.facts.clauses import Phrase
from parsers.facts.counted import Memory
from parsers.facts.families import INFORMATION
from parsers.facts.lexicon import Lexicon
from parsers.facts.metric.evidence import Evidence


def metric_of_information(evidence: Evidence) -> str:
    """The metric of a figure that counts pieces of information: what was done with them decides."""
    verb, memory, known = evidence.verb, evidence.memory, evidence.known
    if evidence.own and verb == "inquiries":
        asked = any(word.sense.noun == verb for word in evidence.phrase.near.words)
        listed = memory.metric in INFORMATION and not evidence.phrase.near.has("through")
        told = known.lists["received"] | (frozenset() if listed else known.lists["responding"])
        came = any(word.text in told for word in evidence.phrase.near.words)
        if evidence.unit in known.lists["times"] or (asked and (came or evidence.unit not in known.lists["notices"])):
            return verb
    if memory.whole is not None and memory.whole not in INFORMATION and not (evidence.own and evidence.publishing):
        return memory.whole  # 受理诉求3256件，其中投诉类986件
    head = evidence.phrase.near.words[-1].sense.verb if evidence.phrase.near.words else None
    put_out = known.publishes(head)
    if head is not None and not evidence.own and evidence.phrase.near.words[-1].text in known.lists["posting"]:
        return head  # 公众号共推文62篇
    if verb is not None and evidence.publishing:
        return verb
    if memory.whole in INFORMATION:
        return memory.whole
    if head is not None and put_out:
        return head
    if verb is not None and evidence.own and verb not in ("inquiries", "events", "other"):
        return verb
    verbs = [word.sense.verb for word in evidence.phrase.near.words if word.sense.verb]
    if verbs and known.publishes(verbs[0]):
        return verbs[0]  # 公开意见征集及反馈信息11件
    return _published(evidence.phrase, memory, known)


def _published(phrase: Phrase, memory: Memory, known: Lexicon) -> str:
    """The metric of pieces of information of which nothing says how they were put out."""
    if memory.metric is not None and known.publishes(memory.metric):
        return memory.metric
    if any(word.sense.channel for clause in phrase.clauses for word in clause.words):
        return "posts"
    return memory.published or "disclosures"
