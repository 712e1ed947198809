"""Names of agencies, years, rules and indicators mean the same in every command; nearly right ones are answered."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.pipeline.commands.conftest import Run
from tests.pipeline.conftest import POLICE, SCHOOLS


@pytest.mark.parametrize("verb", ["check", "review", "facts", "search", "compare"])
def test_agencies_and_years_are_named_alike_everywhere(nianbao: Run, verb: str) -> None:
    arguments = {"compare": ("compare", "received.new"), "search": ("search", "总体")}.get(verb, (verb,))
    for years in ("2021", "2020-2022", "2020,2022"):
        for option in ("--year", "--years"):
            for agency in (POLICE, "公安", f"{POLICE}@640500"):
                status, _, err = nianbao(*arguments, "--agency", agency, option, years)
                assert status in {0, 1}, err
    several = [
        nianbao(*arguments, *years, "-f", "csv")[:2] for years in (("-y", "2020", "-y", "2022"), ("-y", "2020,2022"))
    ]
    assert several[0] == several[1]
    status, _, err = nianbao(*arguments, "--agency", "海关总署")
    assert (status, err.startswith("nianbao: no report of an agency called 海关总署")) == (2, True)


@pytest.mark.parametrize("verb", ["check", "review"])
@pytest.mark.parametrize(
    ("rule", "near"), [("row_sum", "req.row_sum"), ("y.cary", "y.carry"), ("nosuch", "there are cell.negative")]
)
def test_a_rule_that_there_is_not_is_answered_with_near_ones(nianbao: Run, verb: str, rule: str, near: str) -> None:
    status, out, err = nianbao(verb, "--rule", rule)
    assert (status, out) == (2, "")
    assert near in err


def test_indicators_can_be_searched(nianbao: Run) -> None:
    _, out, _ = nianbao("indicators", "不予公开", "总计", "--format", "csv")
    keys = [row[0] for row in csv.reader(io.StringIO(out))][1:]
    assert "requests/outcome.denied.state_secret/total" in keys
    assert "requests/outcome.denied/total" in keys
    assert all(key.startswith("requests/outcome.denied") for key in keys)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("新收", "requests/received.new/total?"),
        ("received", "requests/received.new/total or requests/received.carried_over/total?"),
        ("licences", "proactive/licensing/decisions?"),
        ("收费", "proactive/fees/amount or requests/outcome.other.fee_unpaid/total?"),
        ("recieved.new", "requests/received.new/total"),
    ],
)
def test_an_indicator_that_there_is_not_is_answered_with_what_its_labels_hold(
    nianbao: Run, name: str, meant: str
) -> None:
    status, _, err = nianbao("compare", name)
    assert status == 2
    assert f"{name}: no such indicator; did you mean {meant}" in err


@pytest.mark.parametrize("verb", ["check", "review", "compare"])
def test_where_no_report_is_stored_nothing_is_said_to_be_well(nianbao: Run, verb: str) -> None:
    arguments = (verb, "received.new") if verb == "compare" else (verb,)
    for choice in (("--years", "2035"), ("--agency", SCHOOLS, "--years", "2009")):
        status, out, err = nianbao(*arguments, *choice)
        assert (status, out) == (2, "")
        assert "no report is stored for this choice of agencies and years" in err


def test_an_alias_joins_an_old_name_with_the_new_one(nianbao: Run, database: Path) -> None:
    """The stored reports move, and what only several years show is looked at again."""
    copy = database.with_name("renamed.db")
    with closing(sqlite3.connect(database)) as given, closing(sqlite3.connect(copy)) as taken:
        given.backup(taken)
    here = ("--db", str(copy))
    assert nianbao("alias", SCHOOLS, POLICE, *here)[0] == 0
    _, out, _ = nianbao("alias", "--format", "csv", *here)
    assert out.splitlines()[1].startswith(f"{SCHOOLS},{POLICE}")
    _, out, _ = nianbao("sql", "SELECT DISTINCT agency FROM report_overview ORDER BY 1", "-f", "csv", *here)
    assert SCHOOLS not in out
    assert nianbao("alias", "某局", "没有的机关", *here)[0] == 2
