"""Normative documents made, as the prose tells them and as the form does."""

from __future__ import annotations

from parsers.checks.prose import rule_of_claims
from parsers.checks.rule import Example
from parsers.forms.grade import Grade

RULE = rule_of_claims(
    code="x.documents_text",
    sentence="The number of normative documents that the prose says were made is the form's.",
    source="practice; the prose often counts documents of other kinds as well",
    grade=Grade.PLAUSIBLE,
    holds=Example("2021", {"proactive/normative_documents/issued": "4"}, prose="全年制发行政规范性文件4件。"),
    breaks=Example("2021", {"proactive/normative_documents/issued": "4"}, prose="全年制发行政规范性文件6件。"),
)
