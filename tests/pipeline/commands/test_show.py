"""``nianbao show``: one report as a person would read it."""

from __future__ import annotations

import json

from tests.pipeline.commands.conftest import Run
from tests.pipeline.conftest import CITY, POLICE, SCHOOLS


def test_show_prints_the_form_with_states_and_findings_at_their_cells(nianbao: Run) -> None:
    status, out, _ = nianbao("show", POLICE, "2021")
    assert status == 0
    lines = out.splitlines()
    assert lines[0] == "中卫市公安局 · 2021"
    assert "第二十条第（一）项" in out
    row = next(line for line in lines if line.startswith("一、本年新收政府信息公开申请数量"))
    assert row.split()[-2:] == ["5", "[1]"]
    assert any(line.startswith("    1.属于国家秘密") for line in lines), "inside its two groups"
    assert "[1] error · agency · req.row_sum: 总计 is 5, but the parts add up to 4" in lines
    _, out, _ = nianbao("show", SCHOOLS, "2021")
    rules = next(line for line in out.splitlines() if line.startswith("规章"))
    assert rules.split() == ["规章", "/", "0", "0"]


def test_show_prints_a_group_of_rows_once_and_what_is_in_it_indented(nianbao: Run) -> None:
    lines = nianbao("show", POLICE, "2021")[1].splitlines()
    group = lines.index("三、本年度办理结果")
    assert lines[group + 1].startswith("  （一）予以公开  ")
    assert lines[group + 3] == "  （三）不予公开"
    assert lines[group + 4].startswith("    1.属于国家秘密  ")
    assert lines[group + 5].startswith("    2.其他法律行政法规禁止公开  "), "without its group once more"


def test_show_gives_the_json_of_the_contract(nianbao: Run) -> None:
    _, out, _ = nianbao("show", POLICE, "2021", "--format", "json")
    record = json.loads(out)
    assert (record["agency"], record["year"], len(record["cells"])) == (POLICE, 2021, 200)


def test_show_says_which_years_there_are(nianbao: Run) -> None:
    status, out, err = nianbao("show", POLICE, "1999")
    assert (status, out) == (2, "")
    assert "2020" in err
    assert err.count("\n") == 1


def test_a_part_of_a_name_shows_the_one_report_that_it_means(nianbao: Run) -> None:
    assert nianbao("show", "公安", "2021")[1].startswith(f"{POLICE} · 2021")
    status, out, err = nianbao("show", "中卫市", "2021")
    assert (status, out) == (2, "")
    assert err.startswith(f"nianbao: 中卫市 may mean 3 agencies: {CITY}@640500, {POLICE}@640500, {SCHOOLS}@640500")
