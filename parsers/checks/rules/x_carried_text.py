"""Requests carried over and carried forward, as the prose tells them and as the form does."""

from __future__ import annotations

from parsers.checks.prose import rule_of_claims
from parsers.checks.rule import Example
from parsers.forms.grade import Grade

RULE = rule_of_claims(
    code="x.carried_text",
    sentence="Requests that the prose says were carried over (上年结转) or carried forward (结转下年度) are the form's.",
    source="practice: the two are written by different hands",
    grade=Grade.EXPECTED,
    holds=Example(
        "2021", {"requests/carried_forward/total": "1"}, prose="办结政府信息公开申请3件，结转下年度继续办理1件。"
    ),
    breaks=Example(
        "2021", {"requests/carried_forward/total": "1"}, prose="办结政府信息公开申请3件，结转下年度继续办理4件。"
    ),
)
