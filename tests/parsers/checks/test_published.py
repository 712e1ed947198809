"""True tables of published reports: the rules say what a person would say of them, and nothing else."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from parsers.checks import check
from parsers.report import Identity
from tests.parsers.checks.tables import cells_of, form

REPORTS = tomllib.loads(files("tests.parsers.checks").joinpath("published.toml").read_text(encoding="utf-8"))[
    "report"
]


def printed(report: dict[str, Any]) -> dict[str, str]:
    return {table: report[table] for table in ("proactive", "requests", "review_litigation")}


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: str(report["name"]))
def test_a_published_report_gives_the_findings_that_it_deserves(report: dict[str, Any]) -> None:
    edition = report["edition"]
    agency = Identity(None, None, None, None, edition, level=report["level"])
    findings = check(form(edition), cells_of(edition, printed(report)), identity=agency)
    assert [[finding.rule, finding.whose.value] for finding in findings] == report["findings"]
