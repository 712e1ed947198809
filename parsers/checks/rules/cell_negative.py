"""A count is never negative."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.checks.rule import CodeRule, Example
from parsers.checks.subject import Subject
from parsers.forms.form import Numbers
from parsers.forms.grade import Grade
from parsers.report import Finding


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each negative figure in a column that takes none."""
    for key, column, value in subject.printed():
        if value < 0 and column.numbers is not Numbers.SIGNED:
            yield Finding(
                rule=RULE.code,
                severity=RULE.grade.severity,
                whose=subject.whose([key]),
                message=f"{subject.name(key)}: {value} is printed, and the form takes no negative figure here",
                where=(str(key),),
                actual=value,
            )


RULE = CodeRule(
    code="cell.negative",
    sentence="Every figure is 0 or more, but for columns that state a change.",
    source="the form: it counts pieces and money; only 本年增/减 has a sign",
    grade=Grade.HARD,
    find=find,
    holds=Example("2019", {"proactive/licensing/items_change": "-2", "proactive/licensing/items_previous_year": "5"}),
    breaks=Example("2019", {"proactive/licensing/decisions": "-2"}),
)
