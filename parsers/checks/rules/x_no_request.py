"""Prose that says that no request came, over a form that counts some."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.checks.prose import CLAUSE_ENDS, holds_any, words
from parsers.checks.rule import CodeRule, Example
from parsers.checks.subject import Subject
from parsers.forms.grade import Grade
from parsers.report import CellKey, Finding, Scope

RECEIVED = CellKey("requests", "received.new", "total")
_ANOTHER_YEAR = re.compile(r"(?:19|20)\d\d")


def find(subject: Subject) -> Iterator[Finding]:
    """One finding when a clause says that no request for information was received, of whatever kind, by whatever way
    and at whatever time of the year, and the form counts new requests."""
    received = subject.value(RECEIVED)
    year = subject.identity.year if subject.identity is not None else None
    if not received or year is None:
        return
    clauses = filter(None, CLAUSE_ENDS.split(subject.prose))
    said = next(filter(None, (_says(subject, part, year) for part in clauses)), None)
    if said is not None:
        yield Finding(
            rule=RULE.code,
            severity=RULE.grade.severity,
            whose=subject.whose([RECEIVED]),
            message=f"The prose says {said}, and the form counts {received:f} ({subject.name(RECEIVED)})",
            where=(str(RECEIVED),),
            actual=received,
        )


def _says(subject: Subject, clause: str, year: int) -> str | None:
    """The clause without blanks when it says that there was no request."""
    known = words()["no_request"]
    if not holds_any(clause, known["signs"]):
        return None
    said = re.sub(r"\s+", "", clause)
    if not holds_any(said, known["negations"]) or not holds_any(said, known["needs"]):
        return None
    rest = said
    for word in known["needs"]:
        rest = rest.replace(word, "")
    years = {int(found) for found in _ANOTHER_YEAR.findall(said)}
    area = subject.identity is not None and subject.identity.scope is Scope.AREA
    of_some = holds_any(rest, known["unless"]) or holds_any(rest, known["other_times"])
    of_others = holds_any(rest, _narrower()) or (area and not holds_any(rest, words()["wider"]))
    return None if years - {year} or of_some or of_others else said


def _narrower() -> list[str]:
    """Words that narrow; who did not apply (公民、法人或者其他组织) narrows nothing."""
    return [word for word in words()["narrower"] if word not in words()["no_request"]["everybody"]]


RULE = CodeRule(
    code="x.no_request",
    sentence="Where the prose says that no request was received, the form counts none.",
    source="practice: last year's sentence is left standing",
    grade=Grade.EXPECTED,
    find=find,
    holds=Example("2021", {}, prose="本年度未收到政府信息公开申请。"),
    breaks=Example("2021", {str(RECEIVED): "3"}, prose="本年度未收到政府信息公开申请。"),
)
