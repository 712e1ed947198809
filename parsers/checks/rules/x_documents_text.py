"""Normative documents made, as the prose tells them and as the form does."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.checks.prose import contradictions
from parsers.checks.rule import CodeRule, Example
from parsers.checks.subject import Subject
from parsers.forms.grade import Grade
from parsers.report import Finding


def find(subject: Subject) -> Iterator[Finding]:
    """At most one finding: the prose gives another number of documents, and nowhere the form's."""
    return contradictions(subject, RULE.code, RULE.grade.severity)


RULE = CodeRule(
    code="x.documents_text",
    sentence="The number of normative documents that the prose says were made is the form's.",
    source="practice; the prose often counts documents of other kinds as well",
    grade=Grade.PLAUSIBLE,
    find=find,
    holds=Example("2021", {"proactive/normative_documents/issued": "4"}, prose="全年制发行政规范性文件4件。"),
    breaks=Example("2021", {"proactive/normative_documents/issued": "4"}, prose="全年制发行政规范性文件6件。"),
)
