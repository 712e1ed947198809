"""A database of three agencies over three years, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.report import Scope
from tests.pipeline.reports import SLIP, small_report, stored

POLICE, SCHOOLS, CITY = "中卫市公安局", "中卫市教育局", "中卫市人民政府"


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Police: 2020, 2021 (a slip in its sum), 2022 (its carry contradicts 2021). Schools: 2021. City: 2021, both scopes."""
    new, total = "requests/received.new/total", "requests/outcome.total/total"
    granted, forward = "requests/outcome.granted/total", "requests/carried_forward/total"
    return stored(
        tmp_path_factory.mktemp("database") / "test.db",
        small_report(POLICE, 2020, {new: 3, total: 3, granted: 3}),
        small_report(POLICE, 2021, {new: 5, total: 4, granted: 1, forward: 1}, findings=(SLIP,)),
        small_report(POLICE, 2022, {new: 6, "requests/received.carried_over/total": 2}),
        small_report(SCHOOLS, 2021, {new: "", "proactive/rules/issued": "/", "proactive/fees/amount": "?"}),
        small_report(CITY, 2021, {new: 7}),
        small_report(CITY, 2021, {new: 70}, scope=Scope.AREA),
    )
