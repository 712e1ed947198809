"""Figures that go on to count applications, though they name something else: what was asked for, or what became of them."""

from __future__ import annotations

from parsers.facts.families import LODGED
from parsers.facts.metric.evidence import Evidence

APPLICATIONS = "applications"
_TOPICS = frozenset({"documents", "enforcement", "services", "disclosures"})
"""What an application may be about, or ask for."""


def are_applications(evidence: Evidence) -> bool:
    """Whether the figure counts the applications of which the whole, or the figure before, speaks."""
    memory = evidence.memory
    if memory.whole == APPLICATIONS and _tells_application(evidence):
        return True
    if memory.metric != APPLICATIONS:
        return False
    way = evidence.noun is not None and evidence.noun.text in evidence.known.lists["letters"]
    return (way and not evidence.own) or _is_granted(evidence)  # 信函申请39件，电子邮件7件


def _tells_application(evidence: Evidence) -> bool:
    """Whether a part of applications tells their outcome, way or topic, and is counted as applications:
    受理申请13件，其中依法公开8件，规划类5件."""
    noun = evidence.noun.sense.noun if evidence.noun is not None else None
    if noun in LODGED or evidence.unit in evidence.known.lists["people"]:
        return False
    # 其中涉及审批的1件: what is only said of them is no verb of theirs.
    said = evidence.phrase.near.text.endswith("的") and (
        noun in _TOPICS or (noun is None and evidence.verb in _TOPICS)
    )
    topic = said or (not evidence.own and noun in _TOPICS)
    return evidence.verb == "disclosures" or noun == "inquiries" or topic


def _is_granted(evidence: Evidence) -> bool:
    """Whether 公开 is the outcome of an application: nothing but the verb, counted like the cases before
    (收到申请3件，公开2件)."""
    if evidence.verb_word is None or not evidence.own or evidence.verb != "disclosures":
        return False
    return evidence.phrase.core == evidence.verb_word.text and evidence.unit in evidence.known.lists["case_units"]
