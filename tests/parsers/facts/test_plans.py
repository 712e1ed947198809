"""What is only intended is set aside; what was done beside it is a fact."""

from __future__ import annotations

import pytest

from parsers.facts import Reason, extract_facts, set_aside


def deeds(text: str) -> list[str]:
    return [fact.surface for fact in extract_facts(text, report_year=2021)]


def plans(text: str) -> list[str]:
    return [text[name.start : name.end] for name in set_aside(text) if name.reason is Reason.PLAN]


@pytest.mark.parametrize(
    ("text", "intended"),
    [
        ("下一步，我局计划全年开展督查不少于6次。", ["6次"]),
        ("2022年，我局将举办业务培训10期，培训人员500人次。", ["10期", "500人次"]),
        ("力争全年发布政务信息1000条。", ["1000条"]),
        ("办件按时答复率目标达到100%。", ["100%"]),
        ("要求各单位全年更新信息30条。", ["30条"]),
        ("拟于明年开展政府开放日活动4次。", ["4次"]),
        ("希望各科室密切配合，全年报送信息50条以上。", ["50条"]),
        ("争取2022年底前粉丝突破10万人。", ["10万人"]),
        ("确保全年公开信息不少于200条。", ["200条"]),
        ("我县将打造示范点5个，推动基层公开。", ["5个"]),
        ("全年计划公开事项120项。", ["120项"]),
        ("我局拟制定规范性文件6件。", ["6件"]),
        ("力争到2022年底，微信公众号粉丝达到5万人。", ["5万人"]),
        ("目标：一是发布信息500条，二是举办培训4次。", ["500条", "4次"]),
        ("下一步，一是加强培训，举办培训班2期；二是优化栏目，新增专栏3个。", ["2期", "3个"]),
    ],
)
def test_what_is_intended_is_no_fact(text: str, intended: list[str]) -> None:
    assert plans(text) == intended
    assert deeds(text) == []


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("按计划举办培训3期。", ["3期"]),
        ("计划内完成检查6次。", ["6次"]),
        ("全年举办培训12期，超额完成计划。", ["12期"]),
        ("政务公开目标任务完成率100%。", ["100%"]),
        ("力争信息发布及时准确，全年发布信息1000条。", ["1000条"]),
        ("要求各单位及时更新信息，全年共更新信息3条。", ["3条"]),
        ("按照年初计划，全年共举办业务培训5期，参训320人次。", ["5期", "320人次"]),
        ("主动公开工作计划3条、工作总结4条。", ["3条", "4条"]),
        ("制定培训计划，举办培训班3期。", ["3期"]),
        ("将公开栏延伸到村，设置公开栏15个。", ["15个"]),
        ("将公开事项录入系统，录入256条。", ["256条"]),
        ("拟审批公示信息19条，审批决定公告信息13条。", ["19条", "13条"]),
        ("发布招录计划信息3条，拟录用人员公示5条。", ["3条", "5条"]),
        ("计划生育信息公开32条。", ["32条"]),
        ("办理群众诉求36件，确保办结率100%。", ["36件", "100%"]),
    ],
)
def test_what_was_done_is_a_fact_beside_words_of_planning(text: str, done: list[str]) -> None:
    assert deeds(text) == done
    assert plans(text) == []


@pytest.mark.parametrize(
    ("text", "intended", "done"),
    [
        ("原计划举办培训6期，实际举办培训8期。", ["6期"], ["8期"]),
        ("全年共开展培训6期，下一步将开展培训10期。", ["10期"], ["6期"]),
        ("2021年公开信息1200条，2022年计划公开1500条。", ["1500条"], ["1200条"]),
        ("市政府要求各部门全年举办发布会不少于2场，我局实际举办3场。", ["2场"], ["3场"]),
        ("已建成公开专区3个，计划再建设2个。", ["2个"], ["3个"]),
    ],
)
def test_plans_and_deeds_stand_in_one_sentence(text: str, intended: list[str], done: list[str]) -> None:
    assert plans(text) == intended
    assert deeds(text) == done


def test_a_heading_turns_what_follows_to_the_future_up_to_the_next_heading() -> None:
    text = "（三）下一步工作打算\n一是开展培训2次。\n二是更新专栏4个。\n（四）收费情况\n收取信息处理费0元。"
    assert plans(text) == ["2次", "4个"]
    assert deeds(text) == ["0元"]


def test_the_problems_of_the_year_are_not_turned_to_the_future_by_a_heading_that_names_plans_too() -> None:
    assert deeds("五、存在的问题及下一步打算\n全年公开信息较少，公开信息5条。") == ["5条"]


def test_a_sentence_that_opens_with_the_next_step_holds_for_its_paragraph() -> None:
    text = "下一步，我局将加强培训。一是举办培训班2期。\n收到申请3件。"
    assert plans(text) == ["2期"]
    assert deeds(text) == ["3件"]
