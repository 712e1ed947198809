"""Totals without their parts."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.checks.not_stated import parts_not_stated
from parsers.checks.rule import CodeRule, Example
from parsers.checks.subject import Subject, places
from parsers.forms.grade import Grade
from parsers.report import Finding, Whose


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each identity whose parts are all left blank; its sums are not tested."""
    for unstated in parts_not_stated(subject):
        keys = [key for key in unstated.keys(subject) if key not in subject.doubts]
        if not keys:
            continue
        yield Finding(
            rule=RULE.code,
            severity=RULE.grade.severity,
            whose=Whose.AGENCY,
            message=f"{subject.form.table(keys[0].table).label}: totals are printed and all that they are made of is left "
            f"blank; the parts are taken as not stated ({unstated.identity.code} was not tested)",
            where=places(keys),
        )


RULE = CodeRule(
    code="parts.not_stated",
    sentence="Totals are broken down: parts that are blank throughout, under printed totals, state nothing, and are not 0.",
    source="practice: some agencies fill in 总计 only",
    grade=Grade.PLAUSIBLE,
    find=find,
    holds=Example("2021", {"review_litigation/review/upheld": "1", "review_litigation/review/total": "1"}, rest=""),
    breaks=Example("2021", {"review_litigation/review/total": "1"}, rest=""),
)
