"""Cases that were pending at the end of last year turn up among this year's."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.forms.grade import Grade
from parsers.report import CellKey
from pipeline.checks.rule import TOTAL, Break, Example, Rule, Year, following


def breaks_of(this: Year, last: Year | None) -> Iterator[Break]:
    """Reviews, direct lawsuits and lawsuits after review, each for itself."""
    if last is None or not following(this, last):
        return
    for key in this.cells:
        if key.table != "review_litigation" or key.column != TOTAL:
            continue
        pending = CellKey(key.table, key.row, "pending")
        least, actual = last.number(pending), this.number(key)
        if least is None or actual is None or least <= actual:
            continue
        message = f"{last.name(pending)} of {last.year} is {least}, but {this.year} counts only {actual} in all"
        yield Break(message, (key,), (pending,), least, actual)


RULE = Rule(
    code="y.pending",
    sentence="Cases pending at the end of the year before are no more than all cases of the year.",
    source="a pending case goes on in the next year; table four",
    grade=Grade.PLAUSIBLE,
    reasons="many agencies count a case in the year of filing only",
    breaks_of=breaks_of,
    holds=Example({"review_litigation/review/total": 2}, {"review_litigation/review/pending": 2}),
    breaks=Example({"review_litigation/review/total": 1}, {"review_litigation/review/pending": 2}),
)
