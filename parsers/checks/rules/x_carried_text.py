"""Requests carried over and carried forward, as the prose tells them and as the form does."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.checks.prose import contradictions
from parsers.checks.rule import CodeRule, Example
from parsers.checks.subject import Subject
from parsers.forms.grade import Grade
from parsers.report import Finding


def find(subject: Subject) -> Iterator[Finding]:
    """At most one finding for those carried over, and one for those carried forward."""
    return contradictions(subject, RULE.code, RULE.grade.severity)


RULE = CodeRule(
    code="x.carried_text",
    sentence="Requests that the prose says were carried over (上年结转) or carried forward (结转下年度) are the form's.",
    source="practice: the two are written by different hands",
    grade=Grade.EXPECTED,
    find=find,
    holds=Example(
        "2021", {"requests/carried_forward/total": "1"}, prose="办结政府信息公开申请3件，结转下年度继续办理1件。"
    ),
    breaks=Example(
        "2021", {"requests/carried_forward/total": "1"}, prose="办结政府信息公开申请3件，结转下年度继续办理4件。"
    ),
)
