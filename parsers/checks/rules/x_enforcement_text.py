"""Licences, penalties and coercive measures decided on, as the prose tells them and as the form does."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.checks.prose import contradictions
from parsers.checks.rule import CodeRule, Example
from parsers.checks.subject import Subject
from parsers.forms.grade import Grade
from parsers.report import Finding


def find(subject: Subject) -> Iterator[Finding]:
    """A finding for each kind of decision of which the prose gives another number, and nowhere the form's."""
    return contradictions(subject, RULE.code, RULE.grade.severity)


RULE = CodeRule(
    code="x.enforcement_text",
    sentence="The number of licensing, penalty or coercion decisions that the prose says were made is the form's.",
    source="practice; the prose may count decisions of bodies that report for themselves as well",
    grade=Grade.PLAUSIBLE,
    find=find,
    holds=Example("2021", {"proactive/penalties/decisions": "67"}, prose="全年作出行政处罚决定67件。"),
    breaks=Example("2021", {"proactive/penalties/decisions": "67"}, prose="全年作出行政处罚决定76件。"),
)
