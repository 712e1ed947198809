"""Percentages of the prose and the figures that they are made from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from parsers.checks.prose import quoted, rounded
from parsers.checks.rule import CodeRule, Example
from parsers.checks.subject import Subject
from parsers.forms.grade import Grade
from parsers.report import Bound, Fact, FactRole, Finding, Whose


def find(subject: Subject) -> Iterator[Finding]:
    """One finding for each share (占 …%) behind a part whose whole stands in the same sentence, when no two figures of
    the sentence give it, rounded or cut to the digits that are printed."""
    facts = subject.facts
    for index in range(1, len(facts)):
        share, part = facts[index], facts[index - 1]
        if share.role is not FactRole.SHARE or share.bound is not Bound.EXACT or share.unit != "%":
            continue
        if part.role is not FactRole.LEVEL or part.part_of is None or part.sentence != share.sentence:
            continue
        whole = facts[part.part_of]
        near = [fact for fact in facts if fact.sentence == share.sentence and fact.role is FactRole.LEVEL]
        if not whole.value or whole not in near or not all(map(_exact, near)):
            continue
        if any(_gives(a.value, b.value, share.value) for a in near for b in near if b.value):
            continue
        expected = (100 * part.value / whole.value).quantize(share.value.normalize(), ROUND_HALF_UP)
        yield Finding(
            rule=RULE.code,
            severity=RULE.grade.severity,
            whose=Whose.AGENCY,
            message=f"The prose says {share.surface.strip()} ({quoted(subject, share)}), but {part.value:f} of {whole.value:f} "
            f"is {expected:f} %",
            where=(f"fact:{index}", f"fact:{index - 1}", f"fact:{part.part_of}"),
            expected=expected,
            actual=share.value,
        )


def _exact(fact: Fact) -> bool:
    return fact.bound is Bound.EXACT and not rounded(fact)


def _gives(part: Decimal, whole: Decimal, percent: Decimal) -> bool:
    """Whether part of whole is the percentage, within one of its last printed digit."""
    exponent = percent.as_tuple().exponent
    digit = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
    return abs(100 * part / whole - percent) <= digit


RULE = CodeRule(
    code="x.percent_text",
    sentence="A percentage that the prose gives of a part is the part over its whole, to the digits that are printed.",
    source="arithmetic",
    grade=Grade.PLAUSIBLE,
    find=find,
    holds=Example("2021", {}, prose="全年收到政府信息公开申请40件，其中网上申请22件，占55%。"),
    breaks=Example("2021", {}, prose="全年收到政府信息公开申请40件，其中网上申请22件，占65%。"),
    prose_alone=True,
)
