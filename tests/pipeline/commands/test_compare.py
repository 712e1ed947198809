"""``nianbao compare``: agencies beside years, for people and for programs."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from parsers.report import CellKey, Place
from pipeline.cli import run
from tests.pipeline.commands.conftest import Run, records
from tests.pipeline.conftest import CITY, POLICE, SCHOOLS
from tests.pipeline.reports import small_report, stored


def test_compare_puts_agencies_beside_years(nianbao: Run) -> None:
    status, out, err = nianbao("compare", "received.new")
    assert status == 0
    table = [line.split() for line in out.splitlines()]
    assert table[0] == ["agency", "2020", "2021", "2022"]
    assert [POLICE, "3", "5*", "6"] in table
    assert [SCHOOLS, "·"] in table
    assert ["中卫市人民政府（area）", "70"] in table
    assert "本年新收政府信息公开申请数量" in err


def test_compare_takes_sums_and_ratios(nianbao: Run) -> None:
    _, out, _ = nianbao("compare", "rate.disclosure", "--agency", "公安", "--years", "2020-2021", "--format", "csv")
    assert [(row["year"], row["value"]) for row in csv.DictReader(io.StringIO(out))] == [
        ("2020", "1"),
        ("2021", "0.25"),
    ]
    _, out, _ = nianbao("compare", "outcome.denied", "--agency", POLICE)
    assert out.splitlines()[2].split() == [POLICE, "0", "0", "0"]


@pytest.mark.parametrize(
    ("indicator", "key"),
    [
        ("requests/received.new/total", "requests/received.new/total"),
        ("granted", "requests/outcome.granted/total"),
        ("licensing", None),
        ("licensing.decisions", "proactive/licensing/decisions"),
        ("予以公开", "requests/outcome.granted/total"),
        ("received.new/natural_person", "requests/received.new/natural_person"),
        ("公开率", "rate.disclosure"),
    ],
)
def test_indicators_have_short_names(nianbao: Run, indicator: str, key: str | None) -> None:
    status, _, err = nianbao("compare", indicator)
    assert (status, err.split(" · ")[0]) == (0, key) if key else "licensing/decisions" in err


def test_for_programs_compare_says_in_words_what_the_table_says_in_signs(nianbao: Run) -> None:
    first, *_ = records(nianbao, "compare", "received.new")
    assert list(first) == [
        *("agency", "place_code", "scope", "year", "indicator", "value", "unit", "state", "flagged", "corrected")
    ]
    found = [
        (row["agency"], row["scope"], row["year"], row["value"], row["unit"], row["state"], row["flagged"])
        for row in records(nianbao, "compare", "received.new")
    ]
    assert found == [
        (CITY, "agency", 2021, 7, "件", "number", 0),
        (CITY, "area", 2021, 70, "件", "number", 0),
        (POLICE, "agency", 2020, 3, "件", "number", 0),
        (POLICE, "agency", 2021, 5, "件", "number", 1),
        (POLICE, "agency", 2022, 6, "件", "number", 0),
        (SCHOOLS, "agency", 2021, None, None, "blank", 0),
    ]
    fees = records(nianbao, "compare", "fees.amount", "--agency", SCHOOLS, "--agency", POLICE)
    assert [(row["year"], row["state"]) for row in fees] == [
        *((2021, "unreadable"), (2020, "not_stated"), (2021, "number"), (2022, "number"))
    ]
    (dash,) = records(nianbao, "compare", "rules.issued", "--agency", SCHOOLS)
    assert (dash["value"], dash["state"]) == (None, "dash")


def test_money_without_a_unit_is_marked_and_not_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    amount = "proactive/central_procurement/amount"
    path = stored(
        tmp_path / "a.db",
        small_report(POLICE, 2019, {amount: 3267890}, units={amount: None}),
        small_report(POLICE, 2020, {amount: 326}, units={amount: "万元"}),
    )
    monkeypatch.setenv("NIANBAO_DB", str(path))
    assert run(["compare", amount, "--chart", str(tmp_path / "a.html")]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[-1].split() == [POLICE, "3267890‡", "326"]
    assert "‡ the page names no unit" in said.err
    assert "1 figures of unknown unit are left out" in said.err
    assert f"<th>{POLICE}</th><td></td><td>326</td>" in (tmp_path / "a.html").read_text()
    assert run(["compare", amount, "--format", "csv"]) == 0
    units = [row["unit"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))]
    assert units == ["", "万元"]
    assert run(["check", "--rule", "y.jump"]) == 0
    assert "0 findings" in capsys.readouterr().err, "nobody knows whether it is a jump"


def test_a_unit_that_the_label_says_is_not_said_twice(nianbao: Run) -> None:
    assert nianbao("compare", "fees.amount")[2].count("单位：万元") == 1


def test_agencies_of_one_name_at_two_places_are_two_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    new = "requests/received.new/total"
    reports = [
        small_report("鼓楼区公安局", 2021, {new: count}, place=Place(code, *place))
        for code, place, count in (
            ("320106", ("江苏省", "南京市", "鼓楼区"), 3),
            ("350102", ("福建省", "福州市", "鼓楼区"), 8),
        )
    ]
    monkeypatch.setenv("NIANBAO_DB", str(stored(tmp_path / "a.db", *reports)))
    assert run(["compare", "received.new", "--agency", "鼓楼区公安局"]) == 0
    lines = capsys.readouterr().out.splitlines()[2:]
    assert [line.split() for line in lines] == [["鼓楼区公安局@320106", "3"], ["鼓楼区公安局@350102", "8"]]


def test_a_chart_is_drawn_beside_the_table(nianbao: Run, tmp_path: Path) -> None:
    status, _, _ = nianbao("compare", "received.new", "--chart", str(tmp_path / "a.svg"))
    assert status == 0
    assert "<svg" in (tmp_path / "a.svg").read_text()


def test_a_figure_of_an_attached_table_is_named_with_its_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = [
        small_report("云溪县水利局", year, {"statistics/received/count": count}, edition="2014")
        for year, count in ((2016, 5), (2017, 8))
    ]
    monkeypatch.setenv("NIANBAO_DB", str(stored(tmp_path / "a.db", *reports)))
    assert run(["compare", "statistics/received"]) == 0
    assert [line.split() for line in capsys.readouterr().out.splitlines()[2:]] == [["云溪县水利局", "5", "8"]]


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("recieved.new", "requests/received.new/total"),
        ("received", "requests/received.new/total or requests/received.carried_over/total"),
        ("fees", "proactive/fees/amount, or prose.fees"),
        ("prose.nothing", "nianbao indicators"),
    ],
    ids=["misspelt", "a group of rows", "form and prose", "no metric"],
)
def test_what_is_no_indicator_or_several_is_answered_with_those_meant(nianbao: Run, asked: str, named: str) -> None:
    status, _, err = nianbao("compare", asked)
    assert status == 2
    assert named in err


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("reviews", "no report of this choice says it in its prose; what the forms print has other names"),
        ("rules.produced", "the forms of this choice do not ask for it"),
    ],
    ids=["the prose's word for review/total", "asked for until 2020 only"],
)
def test_an_empty_table_says_why(nianbao: Run, asked: str, why: str) -> None:
    status, out, err = nianbao("compare", asked, "--agency", SCHOOLS)
    assert (status, [line.split() for line in out.splitlines()[2:]]) == (0, [[SCHOOLS]])
    assert why in err


def test_an_amount_is_shown_to_the_cent_however_large_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fees of 12 345 678 912 yuan are 1234567.8912万元, and neither 1.23457e+06 nor 1234568."""
    fees = small_report(POLICE, 2021, {})
    amount = CellKey.parse("proactive/fees/amount")
    cells = tuple(
        replace(c, value=Decimal("1234567.8912"), raw="1234567.8912") if c.key == amount else c for c in fees.cells
    )
    monkeypatch.setenv("NIANBAO_DB", str(stored(tmp_path / "a.db", replace(fees, cells=cells))))
    query = "SELECT value, 0.1 + 0.2 AS sum FROM cell_detail WHERE row_key = 'fees'"
    for arguments in (
        ["show", POLICE, "2021"],
        ["compare", str(amount)],
        ["sql", query],
        ["sql", query, "-f", "csv"],
    ):
        assert run(arguments) == 0
        printed = capsys.readouterr().out
        assert "1234567.8912" in printed
        assert "0.30000000000000004" not in printed
