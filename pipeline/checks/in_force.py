"""Documents in force: last year's, and those issued, less those repealed."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.forms.grade import Grade
from pipeline.checks.rule import Break, Example, Rule, Year, following, proactive


def breaks_of(this: Year, last: Year | None) -> Iterator[Break]:
    """Each of the two rows of the 2021 form; 2020 printed no stock, so 2021 cannot be tested."""
    if last is None or not following(this, last):
        return
    for row in ("rules", "normative_documents"):
        stock, issued, repealed = (proactive(row, column) for column in ("in_force", "issued", "repealed"))
        before, actual = last.number(stock), this.number(stock)
        new, gone = this.number(issued), this.number(repealed)
        if before is None or actual is None or new is None or gone is None or before + new - gone == actual:
            continue
        expected = before + new - gone
        change = f"{before} of {last.year} + {new} issued - {gone} repealed"
        message = f"{this.name(stock)} of {this.year} is {actual}, but {change} is {expected}"
        yield Break(message, (stock, issued, repealed), (stock,), expected, actual)


RULE = Rule(
    code="y.in_force",
    sentence="Documents in force equal those of the year before plus those issued less those repealed.",
    source="a stock and its flows; table two of the 2021 form, block 第二十条第（一）项",
    grade=Grade.EXPECTED,
    reasons="clean-ups in bulk; expiry not counted as repeal; another issuing body; no longer held to be normative",
    breaks_of=breaks_of,
    holds=Example(
        {
            "proactive/rules/in_force": 11,
            "proactive/rules/issued": 2,
            "proactive/rules/repealed": 1,
        },
        {"proactive/rules/in_force": 10},
    ),
    breaks=Example(
        {
            "proactive/rules/in_force": 12,
            "proactive/rules/issued": 2,
            "proactive/rules/repealed": 1,
        },
        {"proactive/rules/in_force": 10},
    ),
)
