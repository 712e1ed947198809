"""Procurement has a number of projects and an amount, or neither."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.checks.rule import CodeRule, Example
from parsers.checks.subject import Subject, places
from parsers.forms.grade import Grade
from parsers.report import CellKey, Finding

PROJECTS = CellKey("proactive", "central_procurement", "projects")
AMOUNT = CellKey("proactive", "central_procurement", "amount")


def find(subject: Subject) -> Iterator[Finding]:
    """One finding when exactly one of the two figures is 0."""
    projects, amount = subject.value(PROJECTS), subject.value(AMOUNT)
    if projects is None or amount is None or (projects == 0) == (amount == 0):
        return
    missing, stated = (PROJECTS, AMOUNT) if projects == 0 else (AMOUNT, PROJECTS)
    yield Finding(
        rule=RULE.code,
        severity=RULE.grade.severity,
        whose=subject.whose((PROJECTS, AMOUNT)),
        message=f"{subject.name(stated)} is {subject.value(stated)}, and {subject.name(missing)} is 0",
        where=places((missing, stated)),
        actual=subject.value(missing),
    )


RULE = CodeRule(
    code="pro.procurement_pair",
    sentence="Where there are procurement projects there is an amount, and where there is an amount there are projects.",
    source="meaning of 采购项目数量 and 采购总金额 in the form of 2019",
    grade=Grade.EXPECTED,
    find=find,
    holds=Example("2019", {str(PROJECTS): "2", str(AMOUNT): "35.6"}),
    breaks=Example("2019", {str(PROJECTS): "2"}),
)
