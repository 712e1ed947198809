"""Only some governments may make 规章, and no department below the State Council may."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.checks.rule import CodeRule, Example
from parsers.checks.subject import Subject, places
from parsers.forms.grade import Grade
from parsers.report import Finding

WITHOUT_POWER = frozenset({"county", "township"})
"""Levels none of whose bodies may make 规章 (立法法, articles 91 and 93). At the levels of city and province the
government may and its departments may not; departments often report the government's 规章 that they carry out, and
a government's office reports for the government, so that nothing is said there."""


def find(subject: Subject) -> Iterator[Finding]:
    """One finding when a body of a county or township states 规章 of its own."""
    if subject.identity is None or subject.identity.level not in WITHOUT_POWER:
        return
    keys = [
        key for key, _, value in subject.printed() if (key.table, key.row) == ("proactive", "rules") and value > 0
    ]
    if keys:
        stated = ", ".join(f"{subject.name(key)} {subject.value(key)}" for key in keys)
        yield Finding(
            rule=RULE.code,
            severity=RULE.grade.severity,
            whose=subject.whose(keys),
            message=f"{stated}: a body of this level ({subject.identity.level}) cannot make rules of this kind, "
            "so something else was probably counted",
            where=places(keys),
            actual=subject.value(keys[0]),
        )


RULE = CodeRule(
    code="pro.rules_power",
    sentence="规章 are made only by the State Council's departments and by the governments of provinces, of cities "
    "with districts and of autonomous prefectures: bodies of counties and townships have none.",
    source="立法法 (2023), articles 91 and 93",
    grade=Grade.EXPECTED,
    find=find,
    holds=Example("2021", {"proactive/rules/in_force": "3"}, level="city"),
    breaks=Example("2021", {"proactive/rules/in_force": "3"}, level="township"),
)
