"""Documents that are open to the public: last year's, and those opened this year."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.forms.grade import Grade
from pipeline.checks.rule import Break, Example, Rule, Year, following, proactive


def breaks_of(this: Year, last: Year | None) -> Iterator[Break]:
    """Each of the two rows of the 2019 form."""
    if last is None or not following(this, last):
        return
    for row in ("rules", "normative_documents"):
        total, newly = proactive(row, "disclosed_total"), proactive(row, "newly_disclosed")
        before, new, actual = last.number(total), this.number(newly), this.number(total)
        if before is None or new is None or actual is None or before + new == actual:
            continue
        message = f"{this.name(total)} of {this.year} is {actual}, but {before} of {last.year} + {new} newly disclosed is {before + new}"
        yield Break(message, (total, newly), (total,), before + new, actual)


RULE = Rule(
    code="y.disclosed",
    sentence="Documents disclosed in all equal those of the year before plus those newly disclosed.",
    source="a stock and its flow; table two of the 2019 form, block 第二十条第（一）项",
    grade=Grade.PLAUSIBLE,
    reasons="documents withdrawn or repealed",
    breaks_of=breaks_of,
    holds=Example(
        {"proactive/rules/disclosed_total": 7, "proactive/rules/newly_disclosed": 2},
        {"proactive/rules/disclosed_total": 5},
        year=2020,
    ),
    breaks=Example(
        {"proactive/rules/disclosed_total": 4, "proactive/rules/newly_disclosed": 2},
        {"proactive/rules/disclosed_total": 5},
        year=2020,
    ),
)
