"""An amount of fees that only makes sense in another unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from parsers.checks.rule import CodeRule, Example
from parsers.checks.subject import Subject
from parsers.forms.grade import Grade
from parsers.report import CellKey, Finding

AMOUNT = CellKey("proactive", "fees", "amount")
LARGEST = Decimal(10_000_000)
"""In 万元, that is 100 billion 元. The area report of a provincial capital states 316441, and all the country's
administrative fees of a year are some 40 million: no single report comes near."""


def find(subject: Subject) -> Iterator[Finding]:
    """One finding when the fees are of a size that no body collects."""
    amount = subject.value(AMOUNT)
    if amount is not None and amount >= LARGEST:
        yield Finding(
            rule=RULE.code,
            severity=RULE.grade.severity,
            whose=subject.whose([AMOUNT]),
            message=f"{subject.name(AMOUNT)}: {amount} is more than any body collects in fees; "
            "the figure may be in 元 under a header that says 万元",
            where=(str(AMOUNT),),
            actual=amount,
        )


RULE = CodeRule(
    code="pro.fee_unit",
    sentence="Fees are stated in 万元: an amount of ten million or more is suspected to be in 元.",
    source="the form's header (单位：万元) and the largest amounts in published reports",
    grade=Grade.PLAUSIBLE,
    find=find,
    holds=Example("2021", {str(AMOUNT): "316441"}),
    breaks=Example("2021", {str(AMOUNT): "44025000"}),
)
