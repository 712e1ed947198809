"""Rows or columns of a table that the document does not have."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.checks.rule import CodeRule, Example
from parsers.checks.subject import Subject, places
from parsers.forms.form import Grade
from parsers.report import CellState, Finding, Whose


def find(subject: Subject) -> Iterator[Finding]:
    """One finding a table that was found and lacks cells which no other finding names."""
    for table, keys, states in subject.tables():
        absent = [key for key, state in zip(keys, states, strict=True) if state is CellState.ABSENT]
        missing = [key for key in absent if key not in subject.doubts]
        if not missing or len(absent) == len(keys):
            continue
        rows = dict.fromkeys(subject.row(key).leaf for key in missing)
        yield Finding(
            rule=RULE.code,
            severity=RULE.grade.severity,
            whose=Whose.READING,
            message=f"The table {table.label} was read without {len(missing)} of its {len(keys)} cells, "
            f"in the rows {', '.join(rows)}; the sums that need them were not tested",
            where=places(missing),
        )


RULE = CodeRule(
    code="cells.absent",
    sentence="A table has all the rows and columns of the form.",
    source="the form",
    grade=Grade.EXPECTED,
    find=find,
    holds=Example("2021", {}),
    breaks=Example("2021", {"requests/outcome.other.rest/*": None}),
)
