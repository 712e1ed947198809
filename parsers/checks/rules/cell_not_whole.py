"""A count is a whole number."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.checks.rule import CodeRule, Example
from parsers.checks.subject import Subject
from parsers.forms.form import Numbers
from parsers.forms.grade import Grade
from parsers.report import Finding


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each figure with decimals in a column that counts."""
    for key, column, value in subject.printed():
        if column.numbers is not Numbers.DECIMAL and value != value.to_integral_value():
            yield Finding(
                rule=RULE.code,
                severity=RULE.grade.severity,
                whose=subject.whose([key]),
                message=f"{subject.name(key)}: {value} is printed where only whole numbers can stand",
                where=(str(key),),
                actual=value,
            )


RULE = CodeRule(
    code="cell.not_whole",
    sentence="Every figure is a whole number, but for amounts of money.",
    source="the form: only the fees (and in 2019 the procurement) are amounts",
    grade=Grade.HARD,
    find=find,
    holds=Example("2021", {"proactive/fees/amount": "4.4025"}),
    breaks=Example("2021", {"proactive/licensing/decisions": "3.5"}),
)
