"""Rules that need several reports of one agency: last year against this year. One rule a file; a new file is a new rule."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from parsers.report import Finding
from pipeline.checks.rule import Rule, Year


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of this folder, by code."""
    modules = (
        importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__) if m.name != "rule"
    )
    return tuple(sorted((module.RULE for module in modules), key=lambda rule: rule.code))


def check_year(this: Year, last: Year | None) -> tuple[Finding, ...]:
    """What the rules find in a report, given the report of the year before (None when it is not stored)."""
    return tuple(finding for rule in all_rules() for finding in rule.findings(this, last))
