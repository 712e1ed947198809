"""A government's report for its whole area, and the reports of the bodies that it governs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from parsers.forms.grade import Grade
from parsers.report import CellKey
from pipeline.checks.rule import TOTAL, Break, Example, Rule, Year, proactive, requests

COUNTED = (
    *(requests(row) for row in ("received.new", "outcome.granted", "outcome.total")),
    CellKey("review_litigation", "review", TOTAL),
    CellKey("review_litigation", "litigation.direct", TOTAL),
    *(proactive(row, "decisions") for row in ("licensing", "penalties", "coercive_measures")),
)
"""What every body counts for itself and the area adds up. Requests carried over are left out: a body hands on to another
what the area has had all the time; and so are documents, which one body makes for others."""


def breaks_of(this: Year, _: Year | None) -> Iterator[Break]:
    """One break for each figure of the area that is less than that of the bodies within it."""
    for key in COUNTED:
        whole = this.number(key)
        parts = {name: part for name, body in this.within.items() if (part := body.get(key)) is not None}
        if whole is None or not parts or (held := sum(parts.values(), Decimal(0))) <= whole:
            continue
        name, largest = max(parts.items(), key=lambda part: (part[1], part[0]))
        alone = f"{name} alone has {largest}" if largest > whole else f"{len(parts)} bodies within it have {held}"
        yield Break(
            f"{this.name(key)}: the whole area has {whole} in {this.year}, but {alone}", (key,), (), held, whole
        )


RULE = Rule(
    code="x.area",
    sentence="A figure of the report for a whole area is no less than the figures of the bodies within it.",
    source="the report for the area adds up the reports of its departments and of the governments below",
    grade=Grade.EXPECTED,
    reasons="bodies that report to a ministry and not to the government; reports handed in late; a report of the government "
    "for itself taken for one of the area",
    breaks_of=breaks_of,
    holds=Example(
        {"requests/received.new/total": 12},
        None,
        within={"甲县水利局": {"requests/received.new/total": 7}, "甲县公安局": {"requests/received.new/total": 5}},
    ),
    breaks=Example(
        {"requests/received.new/total": 12},
        None,
        within={"甲县水利局": {"requests/received.new/total": 7}, "甲县公安局": {"requests/received.new/total": 6}},
    ),
)
