"""Decisions that were challenged, and decisions that there are."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.forms.grade import Grade
from parsers.report import CellKey
from pipeline.checks.rule import TOTAL, Break, Example, Rule, Year, following, requests

REVIEWS = CellKey("review_litigation", "review", TOTAL)
LAWSUITS = CellKey("review_litigation", "litigation.direct", TOTAL)
"""Lawsuits after a review are the same dispute again, and are left out."""


def breaks_of(this: Year, last: Year | None) -> Iterator[Break]:
    """One break when more was challenged than this year and the year before decided together."""
    if last is None or not following(this, last):
        return
    outcomes = requests("outcome.total")
    reviews, lawsuits = this.number(REVIEWS), this.number(LAWSUITS)
    now, before = this.number(outcomes), last.number(outcomes)
    if reviews is None or lawsuits is None or now is None or before is None:
        return
    challenged, decided = reviews + lawsuits, now + before
    if challenged > decided:
        message = f"{challenged} reviews and direct lawsuits in {this.year}, but {last.year} and {this.year} decided {decided} requests"
        yield Break(message, (REVIEWS, LAWSUITS, outcomes), (outcomes,), decided, challenged)


RULE = Rule(
    code="x.challenge_size",
    sentence="Reviews and direct lawsuits are no more than the requests decided in the year and in the year before.",
    source="a review or lawsuit is about a decision on a request",
    grade=Grade.PLAUSIBLE,
    reasons="several people challenge one decision; disputes about disclosure without a request; late challenges",
    breaks_of=breaks_of,
    holds=Example(
        {
            "review_litigation/review/total": 3,
            "review_litigation/litigation.direct/total": 1,
            "requests/outcome.total/total": 2,
        },
        {"requests/outcome.total/total": 2},
    ),
    breaks=Example(
        {
            "review_litigation/review/total": 3,
            "review_litigation/litigation.direct/total": 2,
            "requests/outcome.total/total": 2,
        },
        {"requests/outcome.total/total": 2},
    ),
)
