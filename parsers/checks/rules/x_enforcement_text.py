"""Licences, penalties and coercive measures decided on, as the prose tells them and as the form does."""

from __future__ import annotations

from parsers.checks.prose import rule_of_claims
from parsers.checks.rule import Example
from parsers.forms.grade import Grade

RULE = rule_of_claims(
    code="x.enforcement_text",
    sentence="The number of licensing, penalty or coercion decisions that the prose says were made is the form's.",
    source="practice; the prose may count decisions of bodies that report for themselves as well",
    grade=Grade.PLAUSIBLE,
    holds=Example("2021", {"proactive/penalties/decisions": "67"}, prose="全年作出行政处罚决定67件。"),
    breaks=Example("2021", {"proactive/penalties/decisions": "67"}, prose="全年作出行政处罚决定76件。"),
)
