"""A table of the form that was not found in the document at all."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.checks.rule import CodeRule, Example
from parsers.checks.subject import Subject, places
from parsers.forms.form import Grade
from parsers.report import CellState, Finding, Whose


def find(subject: Subject) -> Iterator[Finding]:
    """One finding a table whose every cell is absent, unless the reading has already said so of all of them."""
    for table, keys, states in subject.tables():
        if any(state is not CellState.ABSENT for state in states) or subject.doubts.issuperset(keys):
            continue
        yield Finding(
            rule=RULE.code,
            severity=RULE.grade.severity,
            whose=Whose.READING,
            message=f"The table {table.label} was not found; if it stands in the document as a picture, "
            "the document needs text recognition",
            where=places(keys),
        )


RULE = CodeRule(
    code="table.absent",
    sentence="The document holds every table of the form.",
    source="the form; published pages are known whose headings follow each other with nothing between",
    grade=Grade.EXPECTED,
    find=find,
    holds=Example("2021", {}),
    breaks=Example("2021", {"review_litigation/*": None}),
)
