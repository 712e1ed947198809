"""Every rule over the years, run over its own two examples; and what the rules say when a figure is in doubt."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from db import Correction, Store, Verdict
from parsers.report import Cell, CellKey, CellState, Finding, Place, Scope, Severity, Whose
from pipeline.checks import all_rules, check_year
from pipeline.checks.rule import Example, Rule, Year, requests
from pipeline.ingest.years import check_years
from tests.pipeline.reports import small_report, stored

CARRIED, FORWARD = requests("received.carried_over"), requests("carried_forward")


def carry() -> Rule:
    return next(rule for rule in all_rules() if rule.code == "y.carry")


def test_every_rule_that_the_form_gives_is_there_under_a_code_of_its_own() -> None:
    codes = [rule.code for rule in all_rules()]
    assert {"y.carry", "y.in_force", "y.items", "y.disclosed", "y.pending", "y.jump", "y.first_year"} <= {*codes}
    assert len({*codes}) == len(codes)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_rule_holds_and_breaks_where_it_says(rule: Rule) -> None:
    assert list(rule.findings(*rule.holds.years())) == []
    (finding,) = rule.findings(*rule.breaks.years())
    assert (finding.rule, finding.severity, finding.whose) == (rule.code, rule.severity, Whose.AGENCY)
    facts = {f"fact:{index}" for index in range(len(rule.breaks.years()[0].facts))}
    assert set(finding.where) <= set(rule.breaks.this) | facts
    assert finding.where


def test_a_figure_that_may_be_misread_is_not_blamed_on_the_agency() -> None:
    this, last = carry().breaks.years()
    assert last is not None
    doubtful = replace(last, doubtful=frozenset({FORWARD}))
    assert [finding.whose for finding in carry().findings(this, doubtful)] == [Whose.READING]


def test_a_gap_of_two_years_is_not_compared() -> None:
    this, last = carry().breaks.years()
    assert last is not None
    assert check_year(replace(this, year=last.year + 2), last) == ()


def test_a_blank_counts_as_nothing_and_an_unreadable_cell_as_not_stated() -> None:
    this, last = carry().holds.years()
    assert last is not None
    blank = replace(this, cells={CARRIED: Cell(CARRIED, CellState.BLANK)})
    assert [finding.actual for finding in carry().findings(blank, last)] == [Decimal(0)]
    unreadable = replace(this, cells={CARRIED: Cell(CARRIED, CellState.UNREADABLE, raw="3 5")})
    assert list(carry().findings(unreadable, last)) == []


def test_a_total_left_blank_beside_figures_is_not_a_zero() -> None:
    person = CellKey("requests", "received.carried_over", "natural_person")
    cells = {CARRIED: Cell(CARRIED, CellState.BLANK), person: Cell(person, CellState.NUMBER, Decimal(3))}
    assert Year(2022, "2021", cells).number(CARRIED) is None


@pytest.mark.parametrize(
    ("this", "last", "speaks"),
    [
        ("微博粉丝从1.7万余人增长到2.6万余人。", "微博粉丝达17463人。", False),
        ("微博粉丝从1.7万余人增长到2.6万余人。", "微博粉丝达8463人。", True),
        ("微博粉丝从17000人增长到26000人。", "微信粉丝达8463人。", False),
        ("微博粉丝从17000人增长到26000人。", "甲号微博粉丝8000人，乙号微博粉丝9000人。", False),
        ("微博粉丝26000人。", "微博粉丝8000人。", False),
        ("微博粉丝从约1.7万人增长到2.6万人。", "微博粉丝达18000人。", False),
        ("微博粉丝从1.7万人增长到2.6万人。", "微博粉丝达18000人。", True),
    ],
    ids=["rounded", "another", "another channel", "several accounts", "no start", "about as many", "one digit more"],
)
def test_growth_starts_where_last_year_ended(this: str, last: str, speaks: bool) -> None:
    (rule,) = [rule for rule in all_rules() if rule.code == "y.stock_text"]
    found = list(rule.findings(*Example({}, {}, prose=(this, last)).years()))
    assert bool(found) == speaks


@pytest.mark.parametrize(
    ("before", "now", "jumps"),
    [(21, 210, True), (21, 209, False), (20, 2000, False), (210, 21, True), (209, 21, False), (2000, 20, False)],
)
def test_a_jump_is_tenfold_and_between_figures_above_twenty(before: int, now: int, jumps: bool) -> None:
    (rule,) = [rule for rule in all_rules() if rule.code == "y.jump"]
    decisions = "proactive/licensing/decisions"
    assert bool(list(rule.findings(*Example({decisions: now}, {decisions: before}).years()))) == jumps


@pytest.mark.parametrize(
    ("code", "this", "last", "year", "speaks"),
    [
        ("y.jump", {"requests/received.new/total": 4000}, {"requests/received.new/total": 40}, 2022, True),
        ("y.jump", {"requests/received.new/business": 4000}, {"requests/received.new/business": 40}, 2022, False),
        ("y.jump", {"proactive/licensing/items_change": 900}, {"proactive/licensing/items_change": 30}, 2020, False),
        (
            "y.pending",
            {"review_litigation/review/upheld": 1, "review_litigation/review/total": 2},
            {"review_litigation/review/pending": 2},
            2022,
            False,
        ),
    ],
    ids=["all requests", "those of one applicant", "a change", "cases upheld"],
)
def test_a_rule_speaks_of_the_figures_that_it_names(
    code: str, this: dict[str, int], last: dict[str, int], year: int, speaks: bool
) -> None:
    (rule,) = [rule for rule in all_rules() if rule.code == code]
    assert bool(list(rule.findings(*Example(this, last, year=year).years()))) == speaks


def _reported(path: Path, rule: str = "x.area") -> list[tuple[str | None, str]]:
    with Store.open_readonly(f"sqlite:///{path}") as store:
        return [(found.agency, found.finding.message) for found in store.findings(rule=rule)]


def test_an_area_has_no_less_than_the_bodies_within_it(tmp_path: Path) -> None:
    new = "requests/received.new/total"
    area = small_report("中卫市人民政府", 2022, {new: 6}, scope=Scope.AREA)
    bodies = [small_report(name, 2022, {new: count}) for name, count in (("中卫市水利局", 4), ("中卫市公安局", 3))]
    office = small_report("中卫市人民政府", 2022, {new: 90})
    earlier = small_report("中卫市水利局", 2021, {new: 80})

    (found,) = _reported(stored(tmp_path / "less.db", area, *bodies, office, earlier))

    assert found == (
        "中卫市人民政府",
        "一、本年新收政府信息公开申请数量 · 总计: the whole area has 6 in 2022, but 2 bodies within it have 7",
    )
    assert not _reported(
        stored(tmp_path / "all.db", small_report("中卫市人民政府", 2022, {new: 7}, scope=Scope.AREA), *bodies)
    )


def test_a_figure_of_a_body_that_may_have_been_misread_is_not_held_against_its_area(tmp_path: Path) -> None:
    new = "requests/received.new/total"
    area = small_report("中卫市人民政府", 2022, {new: 6}, scope=Scope.AREA)
    doubt = Finding("reading.doubtful", Severity.WARNING, Whose.READING, "Is it 4?", (new,))
    body = small_report("中卫市水利局", 2022, {new: 41}, findings=(doubt,))
    path = stored(tmp_path / "a.db", area, body)
    assert not _reported(path)
    with Store.open(f"sqlite:///{path}") as store:
        seen = Correction(
            body.source.sha256,
            CellKey.parse(new),
            Verdict.CORRECTED,
            CellState.NUMBER,
            Decimal(40),
            "",
            "李敏",
            date(2024, 3, 1),
            "a smudge",
        )
        store.apply_corrections("corrections.csv", "0" * 64, [seen])
        check_years(store, store.corrected_agencies())
    assert [message.rpartition(", ")[2] for _, message in _reported(path)] == ["but 中卫市水利局 alone has 40"]


def test_a_body_that_comes_later_is_compared_with_its_area(tmp_path: Path) -> None:
    new = "requests/received.new/total"
    path = stored(tmp_path / "a.db", small_report("中卫市人民政府", 2022, {new: 6}, scope=Scope.AREA))
    assert not _reported(path)
    stored(path, small_report("中卫市水利局", 2022, {new: 9}))
    assert [message for _, message in _reported(path)] == [
        "一、本年新收政府信息公开申请数量 · 总计: the whole area has 6 in 2022, but 中卫市水利局 alone has 9"
    ]


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (
            "y.carry",
            "二、上年结转政府信息公开申请数量 · 总计 of 2022 is 2, but 四、结转下年度继续办理 · 总计 of 2021 is 3",
        ),
        ("y.in_force", "第二十条第（一）项/规章 · 现行有效件数 of 2022 is 12"),
        ("y.items", "第二十条第（五）项/行政许可 · 上一年项目数量 of 2020 is 14"),
        ("y.jump", "第二十条第（五）项/行政许可 · 本年处理决定数量: 40 in 2021, 4000 in 2022"),
        ("y.pending", "行政复议 · 尚未审结 of 2021 is 2"),
    ],
)
def test_a_sentence_names_the_cell_as_the_form_does(code: str, says: str) -> None:
    (rule,) = [rule for rule in all_rules() if rule.code == code]
    (finding,) = rule.findings(*rule.breaks.years())
    assert finding.message.startswith(says)


def test_what_shifted_between_applicants_names_them_in_chinese() -> None:
    key = "requests/{}/business"
    years = Example({key.format("received.carried_over"): 1}, {key.format("carried_forward"): 0}).years()
    (finding,) = carry().findings(*years)
    assert "二、上年结转政府信息公开申请数量 · 法人或其他组织/商业企业 of 2022 is 1" in finding.message
    assert "business" not in finding.message


def test_agencies_of_one_name_at_two_places_are_compared_each_with_itself(tmp_path: Path) -> None:
    carried, forward = "requests/received.carried_over/total", "requests/carried_forward/total"
    nanjing, fuzhou = Place("320106", "江苏省", "南京市", "鼓楼区"), Place("350102", "福建省", "福州市", "鼓楼区")
    path = stored(
        tmp_path / "a.db",
        small_report("鼓楼区公安局", 2021, {forward: 3}, place=nanjing),
        small_report("鼓楼区公安局", 2021, {forward: 0}, place=fuzhou),
        small_report("鼓楼区公安局", 2022, {carried: 3}, place=nanjing),
        small_report("鼓楼区公安局", 2022, {carried: 4}, place=fuzhou),
    )
    with Store.open_readonly(f"sqlite:///{path}") as store:
        found = [(f.place_code, f.finding.expected, f.finding.actual) for f in store.findings(rule="y.carry")]
    assert found == [("350102", Decimal(0), Decimal(4))]


def test_two_documents_of_one_report_that_differ_are_told(tmp_path: Path) -> None:
    new, granted = "requests/received.new/total", "requests/outcome.granted/total"
    web = small_report("中卫市水利局", 2022, {new: 9, granted: 4})
    paper = replace(
        small_report("中卫市水利局", 2022, {new: 6, granted: 4}),
        source=replace(web.source, name="年报.pdf", sha256="f" * 64, media_type="application/pdf"),
    )
    path = stored(tmp_path / "a.db", web)
    assert not _reported(path, "x.versions_differ")
    stored(path, paper)
    ((_, message),) = _reported(path, "x.versions_differ")
    assert re.fullmatch(
        r"Another document that is stored for this report, .+, prints 1 figure otherwise: "
        r"一、本年新收政府信息公开申请数量 · 总计 is \d here and \d there",
        message,
    )


def test_a_corrected_edition_and_a_file_replaced_at_its_place_are_meant_to_differ(tmp_path: Path) -> None:
    new = "requests/received.new/total"
    first = small_report("中卫市水利局", 2022, {new: 9})
    corrected = small_report("中卫市水利局", 2022, {new: 6}, corrected=True)
    elsewhere = replace(corrected, source=replace(corrected.source, name="更正.html"))
    assert not _reported(stored(tmp_path / "corrected.db", first, elsewhere), "x.versions_differ")
    replaced = small_report("中卫市水利局", 2022, {new: 7})  # at the place of the first
    assert not _reported(stored(tmp_path / "replaced.db", first, replaced), "x.versions_differ")
