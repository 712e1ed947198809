"""Followers and the like: where this year's growth starts from, and what last year's report said there were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from parsers.forms.grade import Grade
from parsers.report import Bound, Fact, FactKind, FactRole
from pipeline.checks.rule import Break, Example, Rule, Year, following

LOOSE = Decimal("0.1")
"""How far apart two figures may be when one says that it is about, over or under: a tenth."""


def breaks_of(this: Year, last: Year | None) -> Iterator[Break]:
    """Each starting figure (从 …) of a metric and channel of which each report speaks once: where a report has several
    accounts of a kind, nobody can tell which is meant."""
    if last is None or not following(this, last):
        return
    for index, start in enumerate(this.facts):
        if start.role is not FactRole.FROM or start.kind is not FactKind.STOCK:
            continue
        starts = [f for f in _about(start, this.facts) if f.role is FactRole.FROM]
        ends = [
            f for f in _about(start, last.facts) if f.role in {FactRole.TO, FactRole.LEVEL} and f.year == last.year
        ]
        if len(starts) != 1 or len({end.value for end in ends}) != 1 or _same(start, ends[0]):
            continue
        end = ends[0]
        what = f"{start.metric}{f' ({start.channel})' if start.channel else ''}"
        message = f"{what}: {this.year} starts from {start.surface.strip()}, but {last.year} ended with {end.surface.strip()}"
        yield Break(message, (), (), end.value, start.value, facts=(index,))


def _about(fact: Fact, facts: Sequence[Fact]) -> list[Fact]:
    """The stocks of the same metric, channel and unit."""
    return [
        other
        for other in facts
        if (other.metric, other.channel, other.unit, other.kind) == (fact.metric, fact.channel, fact.unit, fact.kind)
    ]


def _same(start: Fact, end: Fact) -> bool:
    """Whether two printed figures can be one number, each being right to its last printed digit."""
    difference = abs(start.value - end.value)
    if start.bound is not Bound.EXACT or end.bound is not Bound.EXACT:
        return difference <= LOOSE * max(abs(start.value), abs(end.value))
    return difference < max(_last_digit(start.value), _last_digit(end.value))


def _last_digit(value: Decimal) -> Decimal:
    """What the last printed digit counts; zeros at the end are taken as not printed (1.7万)."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


RULE = Rule(
    code="y.stock_text",
    sentence="A stock that the prose says it grew from (从 … 增至 …) is the stock that the report of the year before ended with.",
    source="a stock at the turn of the year is one number",
    grade=Grade.PLAUSIBLE,
    reasons="accounts opened, closed or merged; other accounts counted; counted on another day",
    breaks_of=breaks_of,
    holds=Example({}, {}, prose=("微博粉丝从1.7万人增长到2.6万人。", "微博粉丝16985人。")),
    breaks=Example({}, {}, prose=("微博粉丝从1.7万人增长到2.6万人。", "微博粉丝从1.1万人增长到2.1万人。")),
)
