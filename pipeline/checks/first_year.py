"""An agency that appears for the first time and already brings requests with it."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.forms.grade import Grade
from pipeline.checks.rule import Break, Example, Rule, Year, requests


def breaks_of(this: Year, last: Year | None) -> Iterator[Break]:
    """The total only, and never for 2019, when the form began and every agency appears first."""
    carried = this.number(requests("received.carried_over"))
    if last is None and this.first and this.year > 2019 and carried:
        message = (
            f"{this.name(requests('received.carried_over'))} is {carried}, but no earlier report is stored: "
            f"the report of {this.year - 1} is missing, or the agency had another name"
        )
        yield Break(message, (requests("received.carried_over"),), (), None, carried)


RULE = Rule(
    code="y.first_year",
    sentence="An agency that appears for the first time has nothing carried over.",
    source="experience: a new name after a reform should be linked to its predecessor",
    grade=Grade.PLAUSIBLE,
    reasons="renamed in a reform; last year's report not ingested yet",
    breaks_of=breaks_of,
    holds=Example({"requests/received.carried_over/total": 0}, None),
    breaks=Example({"requests/received.carried_over/total": 2}, None),
)
