"""What was carried forward last year arrives this year."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.forms.grade import Grade
from pipeline.checks.rule import REQUESTS, Break, Example, Rule, Year, following, requests


def breaks_of(this: Year, last: Year | None) -> Iterator[Break]:
    """Every column in which the two figures differ; when the totals agree, a shift between applicants is one break
    for each column concerned."""
    if last is None or not following(this, last):
        return
    columns = [key.column for key in this.cells if key.table == REQUESTS and key.row == "received.carried_over"]
    for column in columns:
        over, forward = requests("received.carried_over", column), requests("carried_forward", column)
        actual, expected = this.number(over), last.number(forward)
        if actual is None or expected is None or actual == expected:
            continue
        message = (
            f"{this.name(over)} of {this.year} is {actual}, but {last.name(forward)} of {last.year} is {expected}"
        )
        yield Break(message, (over,), (forward,), expected, actual)


RULE = Rule(
    code="y.carry",
    sentence="Requests carried over equal those carried forward in the report of the year before.",
    source="the form: what row 四 hands on, row 二 of the next year takes over",
    grade=Grade.EXPECTED,
    reasons="agencies merged or reorganised; applicants re-classified; last year corrected later; counted on another day",
    breaks_of=breaks_of,
    holds=Example({"requests/received.carried_over/total": 3}, {"requests/carried_forward/total": 3}),
    breaks=Example({"requests/received.carried_over/total": 2}, {"requests/carried_forward/total": 3}),
)
