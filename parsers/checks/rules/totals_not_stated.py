"""A total column or row that was left blank."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.checks.not_stated import totals_not_stated
from parsers.checks.rule import CodeRule, Example
from parsers.checks.subject import Subject, places
from parsers.forms.grade import Grade
from parsers.report import Finding, Whose


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each identity whose totals are left blank; its sums are not tested there."""
    for unstated in totals_not_stated(subject):
        keys = [key for key in unstated.keys(subject) if key not in subject.doubts]
        if not keys:
            continue
        label = subject.column(keys[0]) if unstated.identity.across == "rows" else subject.row(keys[0])
        yield Finding(
            rule=RULE.code,
            severity=RULE.grade.severity,
            whose=Whose.AGENCY,
            message=f"{subject.form.table(keys[0].table).label}: {label.leaf} is left blank in {len(keys)} places "
            f"whose parts are not 0; it is taken as not stated ({unstated.identity.code} was not tested there)",
            where=places(keys),
        )


RULE = CodeRule(
    code="totals.not_stated",
    sentence="Totals are filled in: a column of totals left blank states nothing, and is not 0.",
    source="practice: some agencies fill in the applicants and leave 总计 to the reader",
    grade=Grade.PLAUSIBLE,
    find=find,
    holds=Example("2021", {"review_litigation/review/upheld": "1", "review_litigation/review/total": "1"}, rest=""),
    breaks=Example("2021", {"review_litigation/review/upheld": "1"}, rest=""),
)
