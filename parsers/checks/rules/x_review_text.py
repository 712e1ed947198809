"""Reviews and lawsuits, as the prose tells them and as the form does."""

from __future__ import annotations

from parsers.checks.prose import rule_of_claims
from parsers.checks.rule import Example
from parsers.forms.grade import Grade

RULE = rule_of_claims(
    code="x.review_text",
    sentence="Administrative reviews and lawsuits about information disclosure that the prose counts are the form's totals, with or "
    "without those still pending; the prose may count the two kinds together.",
    source="practice: the two are written by different hands",
    grade=Grade.EXPECTED,
    holds=Example("2021", {"review_litigation/review/total": "2"}, prose="因政府信息公开被申请行政复议2件。"),
    breaks=Example("2021", {"review_litigation/review/total": "2"}, prose="因政府信息公开被申请行政复议5件。"),
)
