"""Several documents that are each the report of one agency for one year, and do not say the same."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.forms.grade import Grade
from pipeline.checks.rule import Break, Example, Rule, Year

MOST_NAMED = 3
"""Figures that the sentence names; all are in ``where``."""


def breaks_of(this: Year, _last: Year | None) -> Iterator[Break]:
    """One break for each other version that prints other figures than the current one in cells where both print a number."""
    for file, figures in this.versions.items():
        differ = [
            (key, own, other) for key, other in figures.items() if (own := this.printed(key)) not in (None, other)
        ]
        if not differ:
            continue
        named = ", ".join(
            f"{this.name(key)} is {own} here and {other} there" for key, own, other in differ[:MOST_NAMED]
        )
        count = f"{len(differ)} figure{'s' if len(differ) > 1 else ''}"
        more = ", …" if len(differ) > MOST_NAMED else ""
        _, own, other = differ[0]
        yield Break(
            f"Another document that is stored for this report, {file}, prints {count} otherwise: {named}{more}",
            tuple(key for key, _, _ in differ),
            (),
            other,
            own,
        )


RULE = Rule(
    code="x.versions_differ",
    sentence="Documents that are each the report of one agency, year and scope print the same figures.",
    source="an agency reports once for a year; one document of them is current, and the others are kept (see the data dictionary)",
    grade=Grade.EXPECTED,
    reasons="published again with other figures and not called a correction; a draft beside what was published; a report for "
    "itself beside one for its area that does not say so. A report whose title says that it is a corrected edition, and a file that "
    "another one replaced at its place, are not set against the current one: there the difference is what was meant",
    breaks_of=breaks_of,
    holds=Example(
        {"requests/received.new/total": 12},
        None,
        versions={"年报.pdf": {"requests/received.new/total": 12}},
    ),
    breaks=Example(
        {"requests/received.new/total": 12},
        None,
        versions={"年报.pdf": {"requests/received.new/total": 21}},
    ),
)
