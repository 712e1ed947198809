"""``nianbao check``: findings by rule, and each."""

from __future__ import annotations

import csv
import io
import json

from tests.pipeline.commands.conftest import Run, records
from tests.pipeline.conftest import CITY, POLICE, SCHOOLS


def test_check_groups_findings_and_fails_on_errors(nianbao: Run) -> None:
    status, out, _ = nianbao("check", "--format", "csv")
    assert status == 1
    assert list(csv.reader(io.StringIO(out)))[1:] == [
        ["error", "req.row_sum", "agency", "1", "1"],
        ["warning", "x.area", "agency", "1", "2"],
        ["warning", "y.carry", "agency", "1", "1"],
    ]
    status, out, _ = nianbao("check", "--rule", "y.carry", "--severity", "warning", "--details", "--format", "json")
    assert status == 0
    (finding,) = json.loads(out)
    assert (finding["agency"], finding["year"], finding["rule"]) == (POLICE, 2022, "y.carry")
    assert nianbao("check", "--agency", SCHOOLS)[0] == 0


def test_details_tell_whose_report_a_finding_is_about(nianbao: Run) -> None:
    found = records(nianbao, "check", "--rule", "x.area", "--details")
    assert {(row["agency"], row["place_code"], row["scope"], row["file"]) for row in found} == {
        (CITY, "640500", "area", f"{CITY}2021area.html")
    }
    assert all(row["where"] and row["expected"] > row["actual"] for row in found)
    _, out, _ = nianbao("check", "--rule", "x.area", "--details")
    assert out.splitlines()[0].split() == [
        *("agency", "place_code", "year", "scope", "severity", "whose", "rule", "message", "cell", "file")
    ]
