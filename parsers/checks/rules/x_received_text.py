"""Requests received, as the prose tells them and as the form does."""

from __future__ import annotations

from parsers.checks.prose import rule_of_claims
from parsers.checks.rule import Example
from parsers.forms.grade import Grade

RULE = rule_of_claims(
    code="x.received_text",
    sentence="The number of requests received that the prose gives is the form's 本年新收 (or with those carried over, or those "
    "handled, or handled and carried forward: agencies mean any of these).",
    source="practice: the two are written by different hands",
    grade=Grade.EXPECTED,
    holds=Example("2021", {"requests/received.new/total": "3"}, prose="全年共收到政府信息公开申请3件。"),
    breaks=Example("2021", {"requests/received.new/total": "3"}, prose="全年共收到政府信息公开申请2件。"),
)
