"""What decides when the witnesses disagree, and what a person is told then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.document import Document, Metadata
from parsers.errors import NotAReport
from parsers.identity import identify, normalise_agency, require_report
from tests.parsers.documents import document_of

TITLE = "澜平市公安局2021年政府信息公开工作年度报告"
PERIOD = "统计期限自2021年1月1日起至2021年12月31日止。"
HEADER_2021 = "信息内容|本年制发件数|本年废止件数|现行有效件数"
HEADER_2019 = "信息内容|本年新制作数量|本年新公开数量|对外公开总数量"


def rules(document: Document) -> set[str]:
    return {finding.rule for finding in identify(document)[1]}


def test_period_and_text_together_overrule_the_title() -> None:
    made = document_of(
        TITLE, "统计期限自2020年1月1日起至2020年12月31日止。", "2020年，我局受理。2020年召开。2020年举办。"
    )

    identity, findings = identify(made)

    assert identity.year == 2020
    assert [(f.rule, f.severity.value, f.whose.value) for f in findings] == [
        ("identity.year_disagrees", "warning", "agency")
    ]
    assert "2021" in findings[0].message


def test_period_alone_does_not_overrule_the_title() -> None:
    made = document_of(
        TITLE, "统计期限自2020年1月1日起至2020年12月31日止。", "2021年，我局受理。2021年召开。2021年举办。"
    )

    assert identify(made)[0].year == 2021
    assert "identity.year_disagrees" in rules(made)


def test_the_preamble_speaks_for_a_text_that_names_no_year_most_often() -> None:
    made = document_of(
        TITLE,
        "现公布《澜平市公安局2020年政府信息公开工作年度报告》，统计期限自2020年1月1日起至2020年12月31日止。",
        "2021年，继续。",
    )

    assert identify(made)[0].year == 2020


def test_lost_characters_of_a_period_are_forgiven() -> None:
    made = document_of("澜平市公安局政府信息公开工作年度报告", "统计期限自201911日起至20191231日。")

    assert identify(made)[0].year == 2019


@pytest.mark.parametrize(
    "name", ["report_17.pdf", "t20220119_16101.html", "附件1.docx", "P020220119.pdf", "20220119.pdf"]
)
def test_numbers_in_a_file_name_are_no_year(name: str) -> None:
    identity, findings = identify(replace(document_of("澜平市公安局", "一、总体情况"), name=name))

    assert identity.year is None
    assert "identity.year_missing" in {finding.rule for finding in findings}


@pytest.mark.parametrize(
    "name", ["中卫市公安局-2021.md", "中卫市公安局2021年年度报告.docx", "中卫市公安局2021年年报.pdf"]
)
def test_the_file_name_helps_when_nothing_else_does(name: str) -> None:
    identity, _ = identify(replace(document_of("一、总体情况", "我局认真贯彻。"), name=name))

    assert (identity.agency, identity.year) == ("中卫市公安局", 2021)


def test_a_file_name_that_contradicts_the_page_is_a_hint() -> None:
    identity, findings = identify(replace(document_of(TITLE, PERIOD), name="中卫市教育局-2020.md"))

    assert (identity.agency, identity.year) == ("澜平市公安局", 2021)
    assert {(f.rule, f.severity.value, f.whose.value) for f in findings} == {
        ("identity.agency_disagrees", "hint", "reading"),
        ("identity.year_disagrees", "hint", "reading"),
    }


def test_a_preamble_that_names_another_body_is_reported() -> None:
    made = document_of(TITLE, f"现公布中卫市教育局2021年政府信息公开工作年度报告。{PERIOD}")

    identity, findings = identify(made)

    assert identity.agency == "澜平市公安局"
    assert [(f.rule, f.whose.value) for f in findings] == [("identity.agency_disagrees", "agency")]


def test_a_cell_of_a_table_is_no_signature() -> None:
    broken_label = "3.其他|0\n政机关不再处理其政府|申请人情况"
    document = document_of(
        "2021年政府信息公开工作年度报告\n如有疑问，请与赣州市林业局办公室联系（电话：0797-8391234）。", broken_label
    )
    assert identify(document)[0].agency == "赣州市林业局"


def test_the_office_that_compiles_is_not_the_government_that_acted() -> None:
    text = """
2021年政府信息公开工作年度报告
本报告由柯桥区人民政府办公室汇总各部门的年度报告编制。
2021年，柯桥区人民政府坚持以公开为常态。
"""
    assert identify(document_of(text))[0].agency == "柯桥区人民政府"


def test_the_end_of_a_name_that_a_line_cut_gives_way_to_the_whole_name_of_the_signature() -> None:
    preamble = ["根据《国务院办公厅政府信息与政务公", "开办公室关于政府信息公开工作年度报告有关事项的通知》编制。"]
    made = document_of("2019年政府信息公开工作年度报告", *preamble, "歙县交通运输局", "2020年1月20日")

    assert identify(made)[0].agency == "歙县交通运输局"


def test_our_bureau_is_no_name() -> None:
    identity, findings = identify(document_of("我局2021年政府信息公开工作年度报告", PERIOD))

    assert identity.agency is None
    assert [finding.rule for finding in findings] == ["identity.agency_missing"]


def test_the_page_title_stands_in_for_a_title_that_the_text_lacks() -> None:
    made = replace(document_of("一、总体情况", "我局认真贯彻。"), metadata=Metadata(f"{TITLE}_澜平市人民政府"))

    identity, _ = identify(made)

    assert (identity.agency, identity.year) == ("澜平市公安局", 2021)


@pytest.mark.parametrize(
    ("year", "header", "notice", "edition", "found"),
    [
        (2021, HEADER_2021, "", "2021", set()),
        (2020, HEADER_2019, "", "2019", set()),
        (2021, HEADER_2021, "（国办公开办函〔2019〕60号）", "2021", set()),
        (2020, HEADER_2021, "", "2021", {"identity.edition_of_another_year"}),
        (2022, HEADER_2019, "", "2019", {"identity.edition_of_another_year"}),
        (2021, None, "国办公开办函〔202130号", "2021", set()),
        (2022, None, "（国办公开办函〔2019〕60号）", "2021", set()),
        (2017, None, "", "legacy", set()),
        (2017, "统计指标|单位|统计数", "", "2014", set()),
        (2017, "按时办结数|延期办结数|其他", "", "2014", set()),
        (2020, "统计指标|单位|统计数", "", "2014", {"identity.edition_of_another_year"}),
        (2012, "统计指标|单位|统计数", "", "2014", {"identity.edition_of_another_year"}),
    ],
)
def test_labels_decide_the_edition_then_notice_and_year(
    year: int, header: str | None, notice: str, edition: str, found: set[str]
) -> None:
    table = [f"{header}\n规章|0|0|0"] if header else []
    made = document_of(f"澜平市公安局{year}年政府信息公开工作年度报告", f"依据{notice}编制。", *table)

    assert identify(made)[0].edition == edition
    assert rules(made) == found


def test_labels_of_a_table_that_fell_apart_still_decide() -> None:
    made = document_of(
        "澜平市公安局2021年政府信息公开工作年度报告", "信息内容\n本年新\n制作数量\n本年新\n公开数量\n对外公开总数量"
    )

    assert identify(made)[0].edition == "2019"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("石狮市人民政府信访局", "石狮市信访局"),
        ("济南市历下区人民政府大明湖街道办事处", "济南市历下区大明湖街道"),
        ("平罗县城关镇政府", "平罗县 城关镇"),
        ("澜平市人民政府（本级）", "澜平市政府"),
        ("瑞安市公安局", "瑞安市“公安局”"),
        ("宣恩縣教育局", "宣恩县教育局"),
        ("中卫市政府办公室", "中卫市人民政府办公室"),
        ("福州市晋安区", "福州市晋安区人民政府"),
        ("澜平市发改委(粮食局)", "澜平市发改委（粮食局）"),
    ],
)
def test_spellings_of_one_agency_meet(one: str, other: str) -> None:
    assert normalise_agency(one) == normalise_agency(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中卫市人民政府", "中卫市人民政府办公室"),
        ("中卫市公安局", "中卫市公安局沙坡头区分局"),
        ("澜平市发改局", "澜平市发改委"),
        ("澜平市发改委（粮食局）", "澜平市发改委"),
        ("上海市", "上海市人民政府办公厅"),
        ("城关镇人民政府", "城关街道办事处"),
    ],
)
def test_two_agencies_never_become_one(one: str, other: str) -> None:
    assert normalise_agency(one) != normalise_agency(other)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("澜平市公安局政府信息公开指南\n一、主动公开\n二、依申请公开\n如需申请请填表。", "guide"),
        ("关于做好2021年政府信息公开工作年度报告编制发布工作的通知\n各部门：\n一、总体情况\n二、主动公开", "notice"),
        (
            "关于印发《中华人民共和国政府信息公开工作\n年度报告格式》的通知\n国办公开办函〔2021〕30号\n一、报告内容",
            "form",
        ),
        ("澜平市公安局2021年第一季度政府信息公开工作报告\n一、总体情况\n二、主动公开", "part of a year"),
        ("文字解读：澜平市公安局2021年政府信息公开工作年度报告\n一、编制背景", "explains"),
        ("澜平市公安局2021年部门预算\n一、收支情况", "nothing about"),
        ("政府信息公开工作年度报告\n一、总体情况\n二、主动公开政府信息情况", "no agency and no year"),
        ("我市召开政府信息公开工作会议\n2021年3月，全市会议召开，部署政府信息公开年度报告工作。", "news"),
        (
            "澜平市水务局2021年法治政府建设情况报告\n一、基本情况\n公布了2020年政府信息公开年报。\n二、存在的问题",
            "something else",
        ),
        ("公开事项\n公开年报\n本部门政府信息公开工作年度报告\n每年1月31日前", "no agency and no year"),
        ("", "no text"),
    ],
)
def test_look_alikes_are_refused_with_the_reason(text: str, reason: str) -> None:
    made = document_of(text)

    with pytest.raises(NotAReport, match=reason):
        require_report(made, identify(made)[0])


def test_a_filled_form_is_a_report_whatever_stands_above_it() -> None:
    made = document_of(
        "政府信息公开指南\n政府信息公开制度\n关于报送年度报告的通知",
        "2021年，澜平市公安局认真贯彻。",
        f"{HEADER_2021}\n规章|0|0|0\n行政规范性文件|1|0|3",
    )

    require_report(made, identify(made)[0])


def test_a_hostile_text_is_read_to_its_end_and_names_no_agency() -> None:
    made = document_of("政府信息公开工作" * 20_000, "2021年" * 20_000, "由" * 50_000, "(" * 50_000)

    assert identify(made)[0].agency is None


WORDS = [
    "政府",
    "信息公开",
    "工作",
    "年度报告",
    "澜平市",
    "人民",
    "公安局",
    "由",
    "编制",
    "现公布",
    "本局",
    "公开办函",
    "更正",
]
DATES = ["2021年", "二〇二", "1月1日", "至", "12月31日", "20", "号"]
SIGNS = ["(", ")", "《", "》", "，", "|", "-", ">", "ﷺ", "①", "\n"]
PIECES = st.sampled_from([*WORDS, *DATES, *SIGNS])


@given(st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=8).map("".join))
@settings(max_examples=300, deadline=None)
def test_no_text_and_no_name_is_too_odd(text: str, name: str) -> None:
    made = replace(document_of(text or "。"), name=f"{name}.html", metadata=Metadata(name))

    identity, findings = identify(made)

    assert all(witness.span is None or witness.span.of(made.text) for witness in identity.witnesses)
    assert identity.agency is not None or "identity.agency_missing" in {finding.rule for finding in findings}
    assert identity.year is not None or "identity.year_missing" in {finding.rule for finding in findings}


PREAMBLE = (
    "根据《中华人民共和国政府信息公开条例》和国务院办公厅有关通知的要求，由澜平市公安局编制本年度报告。"
    "全文包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六个部分。"
)


def test_a_link_of_a_sites_navigation_is_no_title_of_the_report_below() -> None:
    """政务服务, and below it last year's reports: together they would name an agency and a year."""
    made = document_of("首页", "政务服务", "2020年政府信息公开年报", "2021年政府信息公开工作年度报告", PREAMBLE)

    assert (identify(made)[0].agency, identify(made)[0].year) == ("澜平市公安局", 2021)


def test_a_list_of_other_reports_in_front_of_the_title_or_behind_the_text_names_no_agency() -> None:
    others = ["平罗县财政局2020年政府信息公开工作年度报告", "歙县水利局2020年政府信息公开工作年度报告2021-01-10"]
    title = ["澜平市公安局", "政府信息公开工作年度报告"]
    period = "统计期限自2021年1月1日起至2021年12月31日止。"

    for made in (
        document_of(*others, *title, PREAMBLE + period),
        document_of("2021年政府信息公开工作年度报告", PREAMBLE + period, *others),
    ):
        assert (identify(made)[0].agency, identify(made)[0].year) == ("澜平市公安局", 2021)


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        (("国家税务总局绩", "溪县税务局2021年政府信息公开工作年度", "报告"), "国家税务总局绩溪县税务局"),
        (("国家税务总局", "绩溪县税务局2021年政府信息公开工作年度报告"), "国家税务总局绩溪县税务局"),
        (("丹东市振安区", "太平湾街道办事处2021年政府信息公开工作年度报告"), "丹东市振安区太平湾街道办事处"),
        (("2021年政府信息公开工作年度报告——滁州市第一人", "民医院"), "滁州市第一人民医院"),
        (("附件2", "江西省地震局2021年政府信息公开工作年度报告"), "江西省地震局"),
        (("复旦大学附属中山医院2021年信息公开工作年度报告",), "复旦大学附属中山医院"),
    ],
)
def test_a_name_that_a_narrow_title_breaks_is_read_whole(title: tuple[str, ...], agency: str) -> None:
    preamble = (
        f"本年度报告由{agency}根据《中华人民共和国政府信息公开条例》编制。全文包括总体情况、主动公开政府信息情况等。"
    )

    assert identify(document_of(*title, preamble))[0].agency == agency


def test_a_link_beside_the_title_is_no_part_of_the_agencys_name() -> None:
    """Two columns of a printed page run together: the beginning of a link, and the title."""
    preamble = "本年度报告由湖北省烟草专卖局编制。" + PREAMBLE
    made = document_of("歙县财政局2021年政府信", "湖北省烟草专卖局2022年政府信息公开工作年度报告", preamble)

    assert (identify(made)[0].agency, identify(made)[0].year) == ("湖北省烟草专卖局", 2022)


@pytest.mark.parametrize(
    "preamble",
    [
        "现予公布澜平市公安局2021年政府信息公开工作年度报告。",
        "由澜平市公安局编制的2021年政府信息公开年度报告包括六个部分。",
        "本报告由澜平市公安局编写，所用数据的统计期限自2021年1月1日起至12月31日止。",
    ],
)
def test_a_preamble_that_says_so_makes_a_report_of_a_text_without_title(preamble: str) -> None:
    made = document_of(preamble, "我局做了下面的政务公开工作。")
    identity, _ = identify(made)

    require_report(made, identity)
    assert (identity.agency, identity.year) == ("澜平市公安局", 2021)


def test_last_years_report_that_was_published_is_not_this_one() -> None:
    assert (
        rules(document_of(TITLE, PERIOD, "一、总体情况", "我局按时公布2020年度政府信息公开工作年度报告。")) == set()
    )
    assert rules(document_of(TITLE, "一、总体情况", "公开信息9条，其中2020年信息公开年报1条。")) == set()


def test_the_name_of_a_file_beside_the_text_announces_nothing() -> None:
    link = "附件：岚平县财政局2021年政府信息公开工作年度报告.pdf"
    made = document_of(
        "2021年政府信息公开年报", f"本报告由澜平市公安局编制。{PERIOD}", "一、总体情况", "我局公开信息。", link
    )

    assert identify(made)[0].agency == "澜平市公安局"
    assert not [w for w in identify(made)[0].witnesses if "岚平" in w.value]


def test_a_notice_about_reports_names_no_agency() -> None:
    made = document_of(
        "根据《岚东省人民政府办公厅关于政府信息公开工作年度报告编制要求的通知》，现公布区水利局2021年政府信息公开工作年度报告。"
    )

    assert identify(made)[0].agency == "区水利局"


def test_what_is_asked_of_reports_and_a_notices_number_are_no_witnesses() -> None:
    made = document_of(
        "根据岚东省水利厅关于政府信息公开工作年度报告的有关要求，现公布《澜平市水利局2021年政府信息公开工作年度报告》。",
        PERIOD,
    )
    assert identify(made)[0].agency == "澜平市水利局"
    numbered = document_of(TITLE, "按照市政府文件（岚政办〔2022〕15号）编制政府信息公开工作年度报告。", PERIOD)
    assert rules(numbered) == set()


def test_a_numbered_heading_says_nothing_of_the_kind_of_text() -> None:
    made = document_of("现予公布澜平市公安局2021年政府信息公开工作年度报告。", "一、总体情况", "（一）补充公开制度")

    require_report(made, identify(made)[0])


def test_the_only_year_of_a_text_is_taken_with_a_word_of_doubt() -> None:
    identity, findings = identify(document_of("一、总体情况", "2021年度，澜平市公安局持续公开信息。"))

    assert identity.year == 2021
    assert [(f.rule, f.severity.value) for f in findings] == [("identity.year_missing", "warning")]


def test_of_a_period_over_two_years_the_one_that_the_text_speaks_of_is_taken() -> None:
    made = document_of(
        "本报告数据的统计期限自2020年1月1日起至2021年12月31日止。", "一、概述", "2020年，我局公开信息。"
    )

    assert identify(made)[0].year == 2020
    assert "identity.year_disagrees" in rules(made)


def test_the_way_through_a_site_is_no_title() -> None:
    way = "当前位置：首页 > 政府信息公开 > 政府信息公开年报 > 关区年报"

    identity, _ = identify(document_of(way, f"依据条例，梳理编制澜平海关2021年政府信息公开工作年度报告。{PERIOD}"))

    assert (identity.title, identity.agency) == (None, "澜平海关")


def test_a_word_of_the_agency_said_again_behind_the_year_is_no_part_of_its_name() -> None:
    identity, _ = identify(document_of("澜平海关2010年海关信息公开工作年度报告"))

    assert (identity.agency, identity.year) == ("澜平海关", 2010)


@pytest.mark.parametrize(
    "sentence",
    [
        "为扎实做好澜平市公安局政府信息公开工作，我局安排专人。",
        "根据2021年澜平市公安局信息公开工作实际编制。",
        "按照规定，澜平市公安局编制了2021年度政府信息公开工作年度报告。",
        "依照条例，澜平市公安局现向社会公开《2021年政府信息公开工作年度报告》。",
        "按照条例，特编制澜平市公安局2021年政府信息公开工作年度报告。",
        "现就澜平市公安局2021年度政府信息公开工作情况报告如下。",
        "如有疑问，请联系：澜平市公安局党政办公室，电话：0955-7012345。",
        "如有疑问，请与澜平市公安局政府信息公开工作办公室联系。",
        "澜平市公安局2021年政府信息公开年度报告（以下简称年报）是根据条例编制的。全文有六个部分。",
    ],
)
def test_a_sentence_of_the_preamble_names_the_agency(sentence: str) -> None:
    assert identify(document_of(sentence, PERIOD))[0].agency == "澜平市公安局"


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("本报告结合各乡镇人民政府和县政府各工作部门的年度报告编制。", "area"),
        ("本报告根据全县各乡镇（街道）和县政府各部门报送的数据汇总编制。", "area"),
        ("本报告数据包括县政府各部门、各乡镇（街道）。", "area"),
        ("本报告数据不包括县政府各部门、各乡镇（街道）。", "agency"),
        ("县政府办公室指导各部门按时公开信息，编制本报告。", "agency"),
    ],
)
def test_a_report_made_of_those_of_all_parts_is_for_the_area(sentence: str, scope: str) -> None:
    made = document_of("岚平县2014年政府信息公开工作年度报告", sentence)

    assert identify(made)[0].scope.value == scope


def test_a_department_without_its_place_is_completed_by_the_text() -> None:
    made = document_of("应急管理局2021年政府信息公开工作年度报告", "请联系中卫市应急管理局政务公开办公室。", PERIOD)

    assert identify(made)[0].agency == "中卫市应急管理局"


NAMELESS = "根据条例要求，编制本报告。统计期限自2021年1月1日起至2021年12月31日止。"


@pytest.mark.parametrize(
    ("sites", "publisher", "text", "name", "agency"),
    [
        # Only the site is the body's own; the text calls it by its short name.
        (("仁怀市茅台镇人民政府",), None, "2021年，茅台镇坚持公开。", "1.html", "仁怀市茅台镇人民政府"),
        # The site is the county's, and the page says who published it.
        (
            ("池州市人民政府",),
            "九华山风景区管理委员会",
            "2021年，管委会坚持公开。",
            "1.html",
            "九华山风景区管理委员会",
        ),
        # The file's name speaks of a body elsewhere.
        (
            ("和县乌江镇人民政府门户网站",),
            None,
            "2021年，我镇坚持公开。",
            "平罗县卫生健康局.html",
            "和县乌江镇人民政府",
        ),
        # The file's name speaks of a body of the same place, and tells more than the site does.
        (("平罗县人民政府",), None, "2021年，我局坚持公开。", "平罗县卫生健康局.html", "平罗县卫生健康局"),
        # Neither is the town that the page calls its publisher by its short name.
        (("奉化区溪口镇人民政府",), "溪口镇", "", "临泉县人民政府办公室.html", "奉化区溪口镇人民政府"),
        # A branch on the site of the body that it belongs to.
        (("海东市生态环境局乐都分局",), "海东市生态环境局", "", "1.html", "海东市生态环境局乐都分局"),
    ],
)
def test_a_page_that_nobody_signs_is_told_by_what_stands_around_it(
    sites: tuple[str, ...], publisher: str | None, text: str, name: str, agency: str
) -> None:
    made = document_of("政府信息公开工作年度报告", NAMELESS, *([text] if text else []))
    made = replace(made, name=name, metadata=Metadata(publisher=publisher, sites=sites))

    assert identify(made)[0].agency == agency


@pytest.mark.parametrize(
    ("lines", "agency"),
    [
        (["【字体：大 中 小】", "2021年政府信息公开工作年度报告（国家药品监督管理局）"], "国家药品监督管理局"),
        (["首页 >> 政府信息公开 >> 正文", "2021年政府信息公开工作年度报告", "由国家能源局南方监管局编制本报告。"], "国家能源局南方监管局"),
        (["索引号：1/2022-02770组配分类：政府信息公开年报发布机构：盘州市石桥镇人民政府主题分类：综合政务"], "盘州市石桥镇人民政府"),
        (["2021年政府信息公开年报", "由琼中县综合行政执法局编制本年度报告。"], "琼中县综合行政执法局"),
        (["2021年信息公开年报", "2021年，奥运村街道坚持，更新《朝阳区奥运村街道办事处政府信息公开指南》。"], "朝阳区奥运村街道办事处"),
        (["2021年政府信息公开年报", "发文机关", "盘州市人民政府", "本报告由盘州市石桥镇人民政府编制。"], "盘州市石桥镇人民政府"),
        (["发布机构：盘州市石桥镇人民政府", "2021年度政府信息公开年报"], "盘州市石桥镇人民政府"),
        (["组配分类：政府信息公开年报", "发布机构：盘州市石桥镇人民政府"], "盘州市石桥镇人民政府"),
        (["第三师五十一团：2021年政府信息公开工作年度报告"], "第三师五十一团"),
        (["静安区人民政府公布2021年政府信息公开工作年度报告"], "静安区人民政府"),
        (["天长市档案馆关于2021年政府信息公开工作开展情况的报告"], "天长市档案馆"),
        (["天长市水利局文件 天水〔2022〕17号 天长市水利局2021年政府信息公开工作年度报告"], "天长市水利局"),
        (["2021年政府信息公开年报", "由中共宁县委网络安全和信息化委员会办公室编制。"], "中共宁县委网络安全和信息化委员会办公室"),
        (["2021年政府信息公开工作年度报告", "第七师胡杨河市一三〇团"], "第七师胡杨河市一三〇团"),
        (["2021年政府信息公开年报", "本报告由墨玉县国防动员办公室办公室编制。"], "墨玉县国防动员办公室"),
        (["2021年政府信息公开年报", "如有疑问，请与天长市城市管理局（综合行政执法局）办公室联系。"], "天长市城市管理局（综合行政执法局）"),
        (["2021年政府信息公开年报", "根据条例，歙县应急管理局结合工作实际，编制了2021年度报告。"], "歙县应急管理局"),
        (["2021年政府信息公开年报", "如有疑问，请与安康市粮食和\n物资储备局办公室联系。"], "安康市粮食和物资储备局"),
        (["2021年政府信息公开年报-墨玉县园林绿化局"], "墨玉县园林绿化局"),
        (["科尔沁右翼前旗", "巴彦塔拉苏木人民政府2021年政府信息公开年报"], "科尔沁右翼前旗巴彦塔拉苏木人民政府"),
        (["2021年政府信息公开年报", "（中共岢岚县委宣传部）"], "中共岢岚县委宣传部"),
        (["2021年政府信息公开年报（天长市农业农村局（乡村振兴局））"], "天长市农业农村局（乡村振兴局）"),
        (["鸡公山—灵山管理局2021年政府信息公开年报", "本报告由鸡公山—灵山管理局编制。"], "鸡公山—灵山管理局"),
        (["2021年信息公开年报", "根据规定，现编制2020—2021学年澜平大学信息公开年度报告。"], "澜平大学"),
        (["通知公告—天长市水利局2021年政府信息公开年报", "本报告由天长市水利局编制。"], "天长市水利局"),
        (["天长市水利局文件", "天水〔2022〕17号", "关于2021年政府信息公开工作年度报告的公告"], "天长市水利局"),
        (["天长市水利局文件", "2021年政府信息公开年报", "由琼中县教育局编制本年度报告。"], "琼中县教育局"),
        (["天长市水利局2021年政府信息主动公开基本情况及年度报告"], "天长市水利局"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_name_is_no_part_of_it(lines: list[str], agency: str) -> None:
    assert identify(document_of(*lines, NAMELESS))[0].agency == agency


def test_the_pages_own_title_and_the_signature_outvote_a_link_printed_above_the_text() -> None:
    made = document_of(
        "岚平县教育局2021年政府信息公开工作年度报告",
        f"我局坚持公开。{PERIOD}",
        "一、总体情况",
        "我局认真贯彻。",
        "澜平市公安局",
        "2022年1月10日",
    )
    made = replace(made, metadata=Metadata("澜平市公安局2021年政府信息公开工作年度报告"))

    assert identify(made)[0].agency == "澜平市公安局"
    assert "identity.agency_disagrees" in rules(made)


def _links(*bodies: str, year: int = 2020) -> list[str]:
    return [f"{body}{year}年政府信息公开工作年度报告" for body in bodies]


def test_links_to_the_reports_of_other_bodies_stand_beside_the_text() -> None:
    beside = _links("岚平县教育局", "岚平县财政局", "澜平市水利局")
    told = ["澜平市公安局坚持公开。" * 8, PERIOD, "一、总体情况", "澜平市公安局", "2022年1月10日"]
    of_page = Metadata("澜平市公安局2021年政府信息公开工作年度报告")

    with_title = replace(
        document_of(*beside, "澜平市公安局2021年政府信息公开工作年度报告", "2022年1月10日"), metadata=of_page
    )
    without_name = document_of(*beside, "政府信息公开工作年度报告", *told)
    in_one_line = document_of("　".join(beside), "政府信息公开工作年度报告", *told)

    for made in (with_title, without_name, in_one_line):
        assert (identify(made)[0].agency, identify(made)[0].year) == ("澜平市公安局", 2021)


def test_a_list_of_years_is_no_line_of_the_title() -> None:
    made = document_of(
        "2020年", "2021年", "2022年", "政府信息公开工作年度报告", "现将澜平市公安局2021年度政府信息公开工作报告如下。"
    )

    assert identify(made)[0].year == 2021


@pytest.mark.parametrize(
    ("title", "text", "agency"),
    [
        ("2021年政府信息公开年报", ["本报告由呼玛县人民政府办公室编制。", "呼玛县人民政府", "2022年3月1日"], "呼玛县人民政府"),
        ("2021年政府信息公开年报", ["由呼玛县人民政府办公室编制。2021年，县政府加快电子政务建设。"], "呼玛县人民政府"),
        ("2021年政府信息公开年报", ["兴安盟行政公署结合实际，编制本报告。本报告由兴安盟行署办公室编制。"], "兴安盟行政公署"),
        ("2021年政府信息公开年报", ["由呼玛县人民政府办公室根据全县各乡镇报送的数据汇总编制。"], "呼玛县人民政府"),
        ("2021年政府信息公开年报", ["由呼玛县人民政府办公室编制。2021年，我办加强管理。"], "呼玛县人民政府办公室"),
        ("2021年政府信息公开年报", ["本报告由普宁市里湖镇党政综合办公室编制。", "普宁市里湖镇人民政府"], "普宁市里湖镇人民政府"),
    ],
)  # fmt: skip
def test_an_office_compiles_for_the_body_that_the_report_speaks_of(title: str, text: list[str], agency: str) -> None:
    assert identify(document_of(title, *text))[0].agency == agency


def test_a_name_is_spelt_as_the_page_spells_it() -> None:
    name = "酒泉市城市建设投资（集团）有限公司"
    made = replace(document_of("一、总体情况", PERIOD), metadata=Metadata(f"{name}2021年政府信息公开工作年度报告"))

    assert identify(made)[0].agency == name


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        ((TITLE, "发布时间：2022-01-31 09:30 来源：澜平市公安局", PERIOD), date(2022, 1, 31)),
        ((TITLE, PERIOD, "澜平市公安局", "2022年1月28日"), date(2022, 1, 28)),
        ((TITLE, PERIOD, "澜平市公安局", "二〇二二年十二月二十一日"), date(2022, 12, 21)),
        ((TITLE, PERIOD, "澜平市公安局", "二〇二二年二月三十日"), None),
        ((TITLE, PERIOD, "澜平市公安局（2022年1月29日）"), date(2022, 1, 29)),
        ((TITLE, PERIOD, "本报告于2022年1月29日公布，数据截至2021年12月31日"), None),
        ((TITLE, PERIOD), None),
    ],
)
def test_the_day_of_publication_stands_under_the_title_or_in_the_signature(
    lines: tuple[str, ...], day: date | None
) -> None:
    assert identify(document_of(*lines))[0].published == day


def test_the_form_of_the_tables_speaks_for_the_period_against_a_title_with_the_year_of_publication() -> None:
    period = "统计期限自2020年1月1日起至2020年12月31日止。"

    assert identify(document_of(TITLE, period, HEADER_2019))[0].year == 2020
    assert identify(document_of(TITLE, period, HEADER_2021))[0].year == 2021


def test_preamble_and_contact_together_outvote_a_link_to_the_report_of_another_place() -> None:
    made = document_of(
        "平罗县卫生健康局2016年政府信息公开工作年度报告",
        "2021年政府信息公开工作年度报告",
        f"由国家能源局南方监管局编制。{PERIOD}如有疑问，请联系国家能源局南方监管局办公室（电话：0828-4814613）。",
    )

    assert (identify(made)[0].agency, identify(made)[0].year) == ("国家能源局南方监管局", 2021)


def test_what_a_header_calls_the_year_before_is_not_the_year_of_the_report() -> None:
    header = "信息内容|上一年项目数量（指2018年事项数）|本年增/减|处理决定数量"
    page = document_of("政府信息公开工作年度报告", "\n".join([header, "行政许可|3|0|3"] * 3))
    identity, findings = identify(replace(page, name="浦东新区粮食和物资储备局2019年政府信息公开工作年度报告.txt"))
    assert identity.year == 2019
    assert not [finding for finding in findings if "year" in finding.rule]
