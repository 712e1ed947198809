"""Reviews and lawsuits, as the prose tells them and as the form does."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.checks.prose import contradictions
from parsers.checks.rule import CodeRule, Example
from parsers.checks.subject import Subject
from parsers.forms.grade import Grade
from parsers.report import Finding


def find(subject: Subject) -> Iterator[Finding]:
    """At most one finding for reviews, and one for lawsuits."""
    return contradictions(subject, RULE.code, RULE.grade.severity)


RULE = CodeRule(
    code="x.review_text",
    sentence="Administrative reviews and lawsuits about information disclosure that the prose counts are the form's totals, with or "
    "without those still pending; the prose may count the two kinds together.",
    source="practice: the two are written by different hands",
    grade=Grade.EXPECTED,
    find=find,
    holds=Example("2021", {"review_litigation/review/total": "2"}, prose="因政府信息公开被申请行政复议2件。"),
    breaks=Example("2021", {"review_litigation/review/total": "2"}, prose="因政府信息公开被申请行政复议5件。"),
)
