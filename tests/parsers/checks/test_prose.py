"""What the prose says against what the form says: sentences of published reports, and what else they may mean."""

from __future__ import annotations

import pytest

from corpus.published import PublishedReport, published_reports
from parsers import parse_report
from parsers.checks import check_prose
from parsers.checks.rule import Example
from parsers.facts import extract_facts
from parsers.report import Severity
from tests.parsers.checks.test_rules import findings_of

NEW, OVER = "requests/received.new/total", "requests/received.carried_over/total"
ALL, FORWARD = "requests/outcome.total/total", "requests/carried_forward/total"
COUNTED = {NEW: "12", OVER: "2", ALL: "11", FORWARD: "3"}
REVIEWS = {
    "review_litigation/review/total": "5",
    "review_litigation/review/pending": "1",
    "review_litigation/litigation.direct/total": "2",
    "review_litigation/litigation.after_review/total": "1",
}


def rules(prose: str, rule: str, cells: dict[str, str]) -> list[Severity]:
    return [finding.severity for finding in findings_of(Example("2021", {**cells}, prose=prose), rule)]


@pytest.mark.parametrize(
    "prose",
    [
        "全年共收到政府信息公开申请12件。",
        "全年共收到政府信息公开申请14件（含上年结转2件）。",
        "全年共受理政府信息公开申请11件，均已办结。",
        "全年通过网络收到政府信息公开申请9件。",
        "收到政府信息公开申请约20件。",
        "收到政府信息公开申请20余件。",
        "2021年收到政府信息公开申请7件。",
        "上半年收到政府信息公开申请7件。",
        "其中市政府办公室收到政府信息公开申请7件。",
        "全市各级行政机关收到政府信息公开申请700件。",
        "收到自然人政府信息公开申请8件。",
        "收到涉及土地征收的申请6件。",
        "收到政府信息公开申请7件；另通过信函收到政府信息公开申请5件，全年共收到政府信息公开申请12件。",
        "收到政府信息公开申请1.2万件。",
        "收到人大代表建议7件。",
        "收到政府信息公开行政复议申请7件。",
    ],
)
def test_a_figure_that_may_mean_something_else_is_no_contradiction(prose: str) -> None:
    assert rules(prose, "x.received_text", COUNTED) == []


@pytest.mark.parametrize(
    "prose",
    [
        "全年共收到政府信息公开申请13件。",
        "2022年，我局受理政府信息公开申请7件，均在法定期限内答复。",
        "全年接到依申请公开事项0件。",
        "我局收到1份政府信息公开申请。",
    ],
)
def test_a_plain_figure_that_is_nowhere_in_the_form_is_one(prose: str) -> None:
    assert rules(prose, "x.received_text", COUNTED) == [Severity.WARNING]


def test_a_form_that_states_nothing_contradicts_nothing() -> None:
    for raw in ("", "?", None):
        assert findings_of(Example("2021", {NEW: raw}, prose="收到政府信息公开申请7件。"), "x.received_text") == []


OUTCOMES = {
    NEW: "12",
    ALL: "11",
    "requests/outcome.granted/total": "5",
    "requests/outcome.granted/natural_person": "4",
    "requests/outcome.partial/total": "2",
    "requests/outcome.denied.state_secret/total": "1",
    "requests/outcome.unable.not_held/total": "3",
}


@pytest.mark.parametrize(
    ("prose", "findings"),
    [
        ("收到政府信息公开申请12件，其中予以公开5件，部分公开2件，不予公开1件，无法提供3件。", 0),
        ("收到政府信息公开申请12件，其中予以公开4件。", 0),
        ("收到政府信息公开申请12件，其中予以公开6件，部分公开2件。", 1),
        ("收到政府信息公开申请12件，其中予以公开6件，部分公开9件。", 2),
        ("网上申请9件，其中予以公开3件。", 0),
        ("收到政府信息公开申请12件，办结11件。", 0),
        ("收到政府信息公开申请12件，办结12件。", 0),
        ("收到政府信息公开申请12件，办结9件。", 1),
    ],
)
def test_outcomes_are_held_against_their_groups(prose: str, findings: int) -> None:
    assert len(rules(prose, "x.outcome_text", OUTCOMES)) == findings


@pytest.mark.parametrize(
    ("prose", "findings"),
    [
        ("上年结转政府信息公开申请2件，结转下年度继续办理3件。", 0),
        ("收到政府信息公开申请12件，上年结转2件，结转下年度继续办理3件。", 0),
        ("收到政府信息公开申请12件，上年结转4件，结转下年度继续办理3件。", 1),
    ],
)
def test_what_was_carried_over_and_forward(prose: str, findings: int) -> None:
    assert len(rules(prose, "x.carried_text", COUNTED)) == findings


@pytest.mark.parametrize(
    ("prose", "findings"),
    [
        ("本年度作出行政许可决定318件、行政处罚决定42件。", 0),
        ("本年度作出行政许可决定318件、行政处罚决定45件。", 1),
        ("本年度作出行政许可决定301件、行政处罚决定45件。", 2),
        ("网上公示行政处罚决定书39份。", 0),
        ("公开行政许可信息290条、行政处罚信息39条。", 0),
        ("作出不予行政处罚决定3件。", 0),
        ("交警支队作出行政处罚决定20件。", 0),
        ("全市各级行政机关作出行政处罚决定4200件。", 0),
    ],
)
def test_decisions_on_licences_and_penalties(prose: str, findings: int) -> None:
    decided = {"proactive/licensing/decisions": "318", "proactive/penalties/decisions": "42"}
    assert len(rules(prose, "x.enforcement_text", decided)) == findings


@pytest.mark.parametrize(
    ("prose", "findings"),
    [
        ("因政府信息公开被申请行政复议5件，被提起行政诉讼3件。", 0),
        ("因政府信息公开被申请行政复议4件。", 0),  # without the pending one
        ("因政府信息公开被申请行政复议9件，被提起行政诉讼3件。", 1),
        ("因政府信息公开引发的行政复议、行政诉讼案件8件。", 0),
        ("全年办理行政复议案件120件，行政应诉案件60件。", 0),  # the agency's own work
        ("因政府信息公开被申请行政复议结果维持4件。", 0),
    ],
)
def test_reviews_and_lawsuits_about_disclosure(prose: str, findings: int) -> None:
    assert len(rules(prose, "x.review_text", REVIEWS)) == findings


@pytest.mark.parametrize(
    ("prose", "findings"),
    [
        ("本年度未收到政府信息公开申请。", 1),
        ("2022年没有收到公民、法人或者其他组织的政府信息公开申请。", 1),
        ("本年度未收到个人、法人或者其他组织向本机关申请公开政府信息。", 1),
        ("2021年未收到政府信息公开申请。", 0),
        ("上半年未收到政府信息公开申请。", 0),
        ("未收到信函形式的政府信息公开申请。", 0),
        ("未收到因政府信息公开申请引起的行政复议。", 0),
        ("未收到对政府信息公开申请答复的投诉。", 0),
        ("未收取政府信息公开申请费用。", 0),
    ],
)
def test_no_request_said_over_a_form_that_counts_some(prose: str, findings: int) -> None:
    assert len(rules(prose, "x.no_request", COUNTED)) == findings


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("公开政府信息372条，其中网站公开331条，微信公开61条。", [Severity.WARNING]),
        ("公开政府信息400条，其中网站公开331条，微信公开61条。", []),
        ("公开政府信息400条，其中网站公开331条，其他信息61条。", [Severity.HINT]),
        ("公开政府信息约372条，其中网站公开331条，微信公开61条。", []),
        ("收到政府信息公开申请23件，其中网上申请22件，信函申请1件，自然人申请20件，法人申请3件。", []),
        ("公开政府信息100条，其中政策文件60条、其他重点信息20条、工作动态10条。", []),
        ("举办培训4期，其中参训80人。", []),
    ],
    ids=["too much", "not all", "the rest is told", "about", "cut twice", "not the rest", "people are no courses"],
)
def test_listed_parts_are_no_more_than_their_whole(prose: str, found: list[Severity]) -> None:
    assert rules(prose, "x.parts_text", {}) == found


@pytest.mark.parametrize(
    ("prose", "findings"),
    [
        ("收到政府信息公开申请39件，其中网上申请21件，占53.8%。", 0),
        ("收到政府信息公开申请39件，其中网上申请21件，占53.84%。", 0),
        ("收到政府信息公开申请39件，其中网上申请21件，占54%。", 0),
        ("收到政府信息公开申请39件，其中网上申请21件，占63.8%。", 1),
        ("收到政府信息公开申请约39件，其中网上申请21件，占63.8%。", 0),
    ],
)
def test_percentages_are_their_part_over_their_whole(prose: str, findings: int) -> None:
    assert len(rules(prose, "x.percent_text", {})) == findings


@pytest.mark.parametrize("document", published_reports(), ids=lambda document: document.name)
def test_the_prose_of_the_published_reports_contradicts_nothing(document: PublishedReport) -> None:
    found = parse_report(document.path).findings
    assert [finding for finding in found if finding.rule.startswith("x.")] == []


def test_prose_without_a_form_is_checked_by_its_own_figures() -> None:
    prose = (
        "2012年公开政府信息80条，其中概况信息7条，公告信息14条，其他信息49条。收到申请40件，其中网上申请22件，占65%。"
    )
    facts = extract_facts(prose, report_year=2012)
    assert [finding.rule for finding in check_prose(facts, prose)] == ["x.parts_text", "x.percent_text"]
    assert not check_prose(extract_facts("全年收到申请3件。", report_year=2012), "全年收到申请3件。")


def test_a_text_with_more_figures_than_any_report_gives_none_and_says_so() -> None:
    title = "中卫市公安局2021年政府信息公开工作年度报告\n一、总体情况\n"
    read, unread = (
        parse_report((title + "发布信息1条。\n" * count).encode(), name="报告.txt") for count in (50, 7000)
    )
    assert len(read.facts) == 50
    assert not unread.facts
    assert "reading.prose_endless" in {finding.rule for finding in unread.findings}
