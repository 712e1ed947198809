"""A table that is there and shows no figure."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.checks.rule import CodeRule, Example
from parsers.checks.subject import Subject, places
from parsers.forms.grade import Grade
from parsers.report import CellState, Finding, Whose


def find(subject: Subject) -> Iterator[Finding]:
    """One finding a table that has blanks and neither a number nor a dash nor anything unreadable.

    Where every cell that the table has was seen to be empty, the page really shows none. Where rows end before their
    cells, figures that were all lost would look the same.
    """
    for table, keys, states in subject.tables():
        if CellState.BLANK in states and all(state in (CellState.BLANK, CellState.ABSENT) for state in states):
            blank = [key for key, state in zip(keys, states, strict=True) if state is CellState.BLANK]
            seen = all(cell is not None and cell.evidence is not None for cell in map(subject.cell, blank))
            yield Finding(
                rule=RULE.code,
                severity=RULE.grade.severity,
                whose=Whose.AGENCY if seen else Whose.READING,
                message=f"The table {table.label} holds no figure at all: "
                + ("nothing was filled in" if seen else "nothing was filled in, or nothing could be read"),
                where=places(keys),
            )


RULE = CodeRule(
    code="table.blank",
    sentence="A table of the form shows at least one figure or dash.",
    source="the form: blanks stand for 0 beside printed figures; where nothing is printed they state nothing",
    grade=Grade.EXPECTED,
    find=find,
    holds=Example("2021", {"review_litigation/*": "/"}),
    breaks=Example("2021", {"review_litigation/*": ""}),
)
