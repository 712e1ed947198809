"""The catalogue of items: what last year's form added up to is where this year's starts."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.forms.grade import Grade
from pipeline.checks.rule import Break, Example, Rule, Year, following, proactive


def breaks_of(this: Year, last: Year | None) -> Iterator[Break]:
    """Every row of the 2019 form that counts items."""
    if last is None or not following(this, last):
        return
    for key in this.cells:
        if key.column != "items_previous_year":
            continue
        change = proactive(key.row, "items_change")
        before, changed, actual = last.number(key), last.number(change), this.number(key)
        if before is None or changed is None or actual is None or before + changed == actual:
            continue
        message = f"{this.name(key)} of {this.year} is {actual}, but {before} {changed:+} in {last.year} is {before + changed}"
        yield Break(message, (key,), (key, change), before + changed, actual)


RULE = Rule(
    code="y.items",
    sentence="Items of the previous year equal that report's own previous items plus its change.",
    source="a stock and its change; table two of the 2019 form, blocks 第二十条第（五）（六）（八）项",
    grade=Grade.EXPECTED,
    reasons="catalogue re-numbered; sub-items counted or not",
    breaks_of=breaks_of,
    holds=Example(
        {"proactive/licensing/items_previous_year": 12},
        {"proactive/licensing/items_previous_year": 14, "proactive/licensing/items_change": -2},
        year=2020,
    ),
    breaks=Example(
        {"proactive/licensing/items_previous_year": 14},
        {"proactive/licensing/items_previous_year": 14, "proactive/licensing/items_change": -2},
        year=2020,
    ),
)
