"""Outcomes of requests, as the prose tells them and as the form does."""

from __future__ import annotations

from parsers.checks.prose import rule_of_claims
from parsers.checks.rule import Example
from parsers.forms.grade import Grade

RULE = rule_of_claims(
    code="x.outcome_text",
    sentence="What the prose says of outcomes (予以公开, 部分公开, 不予公开, 无法提供, …, 办结) is what the form says; of all "
    "applicants or of natural persons, and of neighbouring kinds together where agencies take them together.",
    source="practice: the two are written by different hands",
    grade=Grade.EXPECTED,
    holds=Example(
        "2021",
        {"requests/outcome.denied.state_secret/total": "1", "requests/outcome.denied.enforcement_files/total": "2"},
        prose="政府信息公开申请答复情况：不予公开3件。",
    ),
    breaks=Example(
        "2021",
        {"requests/outcome.denied.state_secret/total": "1", "requests/outcome.denied.enforcement_files/total": "2"},
        prose="政府信息公开申请答复情况：不予公开5件。",
    ),
)
