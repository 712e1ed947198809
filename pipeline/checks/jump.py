"""A figure that grows or shrinks more than tenfold within a year."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.forms.grade import Grade
from pipeline.checks.rule import REQUESTS, TOTAL, Break, Example, Rule, Year, following

FACTOR = 10
FLOOR = 20
"""Both figures must be above this: small counts jump by nature."""


def breaks_of(this: Year, last: Year | None) -> Iterator[Break]:
    """Every quantity that both years state; of the requests the totals only, as the columns follow them.
    Money whose unit one of the pages leaves open is not compared."""
    if last is None or not following(this, last):
        return
    for key in this.cells:
        if (key.table == REQUESTS and key.column != TOTAL) or key.column == "items_change":
            continue
        if this.unit(key) is None or this.unit(key) != last.unit(key):
            continue
        before, now = last.number(key), this.number(key)
        if before is None or now is None or min(before, now) <= FLOOR or before < FACTOR * now < FACTOR**2 * before:
            continue
        yield Break(
            f"{this.name(key)}: {before} in {last.year}, {now} in {this.year}: tenfold or more",
            (key,),
            (key,),
            before,
            now,
        )


RULE = Rule(
    code="y.jump",
    sentence="No figure changes tenfold within a year (both above 20).",
    source="experience: mostly a mixed-up unit, another definition or a reorganisation",
    grade=Grade.PLAUSIBLE,
    reasons="definitions of 2021; 元 under 万元; reorganised agencies",
    breaks_of=breaks_of,
    holds=Example({"proactive/licensing/decisions": 300}, {"proactive/licensing/decisions": 40}),
    breaks=Example({"proactive/licensing/decisions": 4000}, {"proactive/licensing/decisions": 40}),
)
