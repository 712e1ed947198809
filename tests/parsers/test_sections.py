"""Where each chapter of a report stands, however its headings are written."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.document import Document
from parsers.report import Section
from parsers.sections import sections_of
from tests.parsers.documents import document_of

TITLE = "澜平市公安局2021年政府信息公开工作年度报告"
PROACTIVE = "信息内容|本年制发件数|本年废止件数|现行有效件数\n规章|0|0|0\n行政规范性文件|1|0|3"
REQUESTS = "一、本年新收政府信息公开申请数量|2|2\n二、上年结转政府信息公开申请数量|0|0\n（一）予以公开|2|2\n四、结转下年度继续办理|0|0"
REVIEW = "行政复议|行政诉讼\n未经复议直接起诉|复议后起诉\n结果维持|结果纠正|其他结果|尚未审结|总计\n0|0|0|0|0"
OUTLINE = ["overview", "proactive", "requests", "review_litigation", "problems", "other"]


def outline(document: Document, level: int = 1) -> list[str]:
    return [section.key for section in sections_of(document) if section.level == level]


def section(document: Document, key: str) -> Section:
    return next(found for found in sections_of(document) if found.key == key)


def test_the_statutory_outline() -> None:
    document = document_of(
        TITLE,
        "根据条例编制本报告。",
        "一、总体情况\n（一）主动公开情况。一是发布信息。\n（二）依申请公开情况\n受理2件。",
        "二、主动公开政府信息情况",
        PROACTIVE,
        "三、收到和处理政府信息公开申请情况",
        REQUESTS,
        "四、政府信息公开行政复议、行政诉讼情况",
        REVIEW,
        "五、存在的主要问题及改进情况\n（一）存在的主要问题\n不足。\n（二）改进情况\n改进。",
        "六、其他需要报告的事项\n（一）信息处理费情况\n未收取。",
    )

    assert outline(document) == ["preamble", *OUTLINE]
    assert outline(document, 2) == [
        "overview.proactive",
        "overview.requests",
        "problems.found",
        "problems.remedies",
        "other.processing_fees",
    ]
    assert section(document, "overview.proactive").heading == "主动公开情况"
    assert section(document, "preamble").span.of(document.text) == "根据条例编制本报告。\n"
    assert section(document, "review_litigation").heading == "政府信息公开行政复议、行政诉讼情况"


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("二、行政机关主动公开政府信息情况", "proactive"),
        ("二、主动公开政府信息的情况", "proactive"),
        ("二、主动公开情况", "proactive"),
        ("三、行政机关收到和处理政府信息公开申请情况", "requests"),
        ("三、 收到和处理政府信息公开申请的情况（该部分以表格形式报告。表格如下：）", "requests"),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "review_litigation"),
        ("四、政府信息公开行政复议行政诉讼情况", "review_litigation"),
        ("## **五、政府信息公开工作存在的问题及改进情况**", "problems"),
        ("五、存在的主要问题和改进措施", "problems"),
        ("第五部分 存在问题及改进情况", "problems"),
        ("六、其他需要报告的情况", "other"),
        ("六、需要报告的其它事项", "other"),
        ("三、依申请公开政府信息和不予公开政府信息的情况", "requests"),
        ("四、政府信息公开的收费及减免情况", "fees"),
        ("二、回应解读情况", "response"),
    ],
)
def test_a_heading_is_known_by_its_words(heading: str, key: str) -> None:
    document = document_of(TITLE, "一、总体情况\n2021年，我局贯彻。", heading, "正文。")

    assert outline(document) == ["overview", key]


def test_headings_that_miscount_are_known_by_words_or_table() -> None:
    document = document_of(
        TITLE,
        "一、总体情况\n正文。\n三、主动公开政府信息情况",
        PROACTIVE,
        "四、第三部分内容",
        REQUESTS,
        "五、存在问题及改进情况\n不足。",
    )

    assert outline(document) == ["overview", "proactive", "requests", "problems"]


def test_tables_without_any_heading_begin_their_chapters() -> None:
    document = document_of(
        TITLE, "一、总体情况\n正文。", PROACTIVE, REQUESTS, REVIEW, "五、存在的主要问题及改进情况\n不足。"
    )

    assert outline(document) == ["overview", "proactive", "requests", "review_litigation", "problems"]
    assert section(document, "requests").heading == ""


def test_prose_behind_a_table_without_heading_is_not_said_to_be_about_it() -> None:
    document = document_of(TITLE, "（一）主动公开。发布80条。", PROACTIVE, REQUESTS, REVIEW, "工作还有不足。")

    assert outline(document) == ["overview", "proactive", "requests", "review_litigation", "unnamed"]
    assert sections_of(document)[-1].span.of(document.text) == "工作还有不足。\n"


def test_unknown_words_are_named_by_number_in_a_statutory_outline() -> None:
    document = document_of(
        TITLE,
        "一、总体情况\n正文。\n二、主动公开政府信息情况",
        PROACTIVE,
        "三、收到和处理政府信息公开申请情况",
        REQUESTS,
        "五、短板与努力方向\n不足。",
    )

    assert outline(document)[-1] == "problems"


def test_a_heading_runs_into_its_paragraph() -> None:
    document = document_of(
        TITLE,
        "一、总体情况2021年，我局认真贯彻条例，公开信息80条。",
        "（一）加强政府信息管理工作。严格审核，及时更新。\n（二）依申请公开情况2021年，受理2件。",
    )

    assert section(document, "overview").heading == "总体情况"
    assert section(document, "overview.management").heading == "加强政府信息管理工作"
    assert section(document, "overview.requests").heading == "依申请公开情况"


def test_a_heading_stands_in_the_middle_of_a_paragraph() -> None:
    document = document_of(TITLE, "如有疑问，请联系我局（电话：0577-65855059）。 一、总体情况2021年，我局认真贯彻。")

    assert outline(document) == ["preamble", "overview"]
    assert section(document, "overview").span.of(document.text).startswith("一、总体情况")


def test_a_list_of_contents_in_the_preamble_is_no_outline() -> None:
    document = document_of(
        TITLE,
        "本报告由一、总体情况；二、主动公开政府信息情况；三、其他需要报告的事项组成。",
        "一、总体情况\n正文。\n二、主动公开政府信息情况",
        PROACTIVE,
        "三、其他需要报告的事项\n无。",
    )

    assert outline(document) == ["preamble", "overview", "proactive", "other"]


def test_a_table_of_contents_is_no_outline() -> None:
    document = document_of(
        TITLE,
        "目录\n一、总体情况......1\n二、主动公开政府信息情况......3\n",
        "一、总体情况\n正文。\n二、主动公开政府信息情况",
        PROACTIVE,
    )

    assert outline(document) == ["preamble", "overview", "proactive"]
    assert "正文" in section(document, "overview").span.of(document.text)


def test_rows_of_a_table_that_fell_apart_are_no_headings() -> None:
    document = document_of(
        TITLE,
        "三、收到和处理政府信息公开申请情况",
        "一、本年新收政府信息公开申请数量 2 0 0 0 0 0 2\n三、本年度办理结果\n（一）予以公开\n0\n（三）不予公开\n四、结转下年度继续办理",
        "五、存在的主要问题及改进情况\n不足。",
    )

    assert outline(document) == ["requests", "problems"]
    assert outline(document, 2) == []


def test_headings_that_a_reader_took_for_rows_of_one_long_table() -> None:
    rows = f"二、主动公开政府信息情况|\n{PROACTIVE}\n三、收到和处理政府信息公开申请情况|\n{REQUESTS}"
    document = document_of(TITLE, "一、总体情况\n正文。", rows)

    assert outline(document) == ["overview", "proactive", "requests"]
    assert outline(document, 2) == []


def test_chapters_numbered_with_brackets() -> None:
    document = document_of(
        TITLE, "（一）总体情况\n正文。\n（二）主动公开政府信息情况", PROACTIVE, "（三）其他需要报告的事项\n无。"
    )

    assert outline(document) == ["overview", "proactive", "other"]


def test_chapters_without_numbers() -> None:
    document = document_of(
        TITLE, "总体情况\n正文。\n主动公开政府信息情况", PROACTIVE, "存在的主要问题及改进情况\n不足。"
    )

    assert outline(document) == ["overview", "proactive", "problems"]


def test_the_outline_of_a_report_before_2019() -> None:
    document = document_of(
        "澜平市公安局2016年政府信息公开工作年度报告",
        "根据条例编制。",
        "一、概述\n正文。\n（一）机构建设\n正文。\n二、主动公开政府信息情况\n正文。\n三、依申请公开政府信息情况\n正文。",
        "四、收费及减免情况\n无。\n五、复议、诉讼和申诉情况\n无。\n六、存在的主要问题和改进措施\n不足。\n七、附表\n",
    )

    assert outline(document) == [
        "preamble",
        "overview",
        "proactive",
        "requests",
        "fees",
        "review_litigation",
        "problems",
        "unnamed",
    ]


def test_a_page_without_headings_is_one_section() -> None:
    document = document_of("2021年，我局公开信息80条。")

    assert [(found.key, found.span.of(document.text)) for found in sections_of(document)] == [
        ("unnamed", document.text)
    ]


def test_a_hostile_paragraph_takes_no_time() -> None:
    sections = sections_of(document_of("。一、总体情况" * 30_000, "（一）主动公开" * 30_000, "#" * 100_000))

    assert sections[-1].span.end > 300_000


LINES = st.sampled_from(
    [
        "一、总体情况",
        "（一）主动公开情况。发布80条。",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况2021年",
        "（二）依申请公开",
        "六、别的",
        "正文。二、主动公开政府信息情况",
        "1.存在问题",
        "正文，80条。",
        PROACTIVE,
        REQUESTS,
    ]
)


@given(st.lists(LINES, max_size=12), st.booleans())
@settings(max_examples=150, deadline=None)
def test_chapters_cover_the_text_and_parts_lie_inside(blocks: list[str], titled: bool) -> None:
    document = document_of(*([TITLE] if titled else []), *blocks)
    sections = sections_of(document)
    chapters = [found for found in sections if found.level == 1]
    parts = [found for found in sections if found.level == 2]

    start = len(TITLE) + 1 if titled else 0
    assert [found.span.start for found in chapters] == ([start] if chapters else []) + [
        found.span.end for found in chapters[:-1]
    ]
    assert not chapters or chapters[-1].span.end == len(document.text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(parts))
    for part in parts:
        assert any(c.span.start <= part.span.start and part.span.end <= c.span.end for c in chapters)
    assert list(sections) == sorted(sections, key=lambda found: (found.span.start, found.level))
    keys = [found.key for found in chapters if found.key != "unnamed"]
    assert len(keys) == len(set(keys))


def test_chapters_that_run_on_in_one_paragraph_are_told_by_their_numbers() -> None:
    document = document_of(
        TITLE,
        "一、总体情况。2021年我局公开。二、主动公开政府信息情况。制发文件1件。三、收到和处理政府信息公开申请情况。收到2件。"
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况。无。五、存在的主要问题及改进情况。不足。六、其他需要报告的事项。无。",
    )
    assert outline(document) == OUTLINE


def test_members_joined_by_a_comma_of_lists_are_one_heading() -> None:
    document = document_of(
        TITLE,
        "一、主动公开政府信息情况\n公开9条。",
        "二、因信息公开被申请行政复议、提起行政诉讼的情况\n没有发生。",
        "三、加强领导、落实责任\n成立小组。",
    )

    assert [(found.key, found.heading) for found in sections_of(document)] == [
        ("proactive", "主动公开政府信息情况"),
        ("review_litigation", "因信息公开被申请行政复议、提起行政诉讼的情况"),
        ("unnamed", "加强领导、落实责任"),
    ]


def test_the_old_outline_inside_the_first_chapter_is_its_parts() -> None:
    document = document_of(
        TITLE,
        "一、总体情况",
        "（一）主动公开政府信息情况\n公开9条。\n（二）政府信息依申请公开情况\n没有。\n（三）政府信息公开的收费情况\n没有。",
        "（四）行政复议、行政诉讼情况\n没有。",
        "二、主动公开政府信息情况",
        PROACTIVE,
    )

    assert outline(document) == ["overview", "proactive"]
