"""A report whose chapter on reviews and lawsuits is a sentence, where the form has a table."""

from __future__ import annotations

from typing import Any

import pytest

from parsers import parse_report
from parsers.report import Report, Whose

pymupdf: Any = pytest.importorskip("pymupdf")

TITLE = "云溪县水利局2022年政府信息公开工作年度报告"
PROACTIVE = """<p>二、主动公开政府信息情况</p><table>
<tr><td colspan=2>第二十条第（五）项</td></tr><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>3</td></tr>
<tr><td colspan=2>第二十条第（六）项</td></tr><tr><td>信息内容</td><td>本年处理决定数量</td></tr>
<tr><td>行政处罚</td><td>1</td></tr><tr><td>行政强制</td><td>0</td></tr>
<tr><td colspan=2>第二十条第（八）项</td></tr><tr><td>信息内容</td><td>本年收费金额（单位：万元）</td></tr>
<tr><td>行政事业性收费</td><td>0</td></tr></table>"""
HEADING = "四、政府信息公开行政复议、行政诉讼情况"
NOTHING = "2022年度没有发生因政府信息公开引起的行政复议和行政诉讼。"
NEXT = "五、存在的主要问题及改进情况"


def of_reviews(report: Report) -> list[tuple[str, Whose]]:
    """The findings about the whole table of reviews and lawsuits."""
    return [
        (finding.rule, finding.whose)
        for finding in report.findings
        if len(finding.cells) == 15 and all(key.table == "review_litigation" for key in finding.cells)
    ]


def page_with(chapter: str) -> Report:
    text = f"<meta charset=utf-8><h1>{TITLE}</h1><p>一、总体情况</p><p>主动公开信息31条。</p>{PROACTIVE}"
    return parse_report(f"{text}{chapter}<p>{NEXT}</p><p>公开内容有待丰富。</p>".encode(), name="年报.html")


def test_a_chapter_of_prose_in_the_place_of_its_table_is_the_agency_s() -> None:
    report = page_with(f"<p>{HEADING}</p><p>{NOTHING}</p>")
    assert of_reviews(report) == [("table.left_out", Whose.AGENCY)]
    assert {str(cell.state) for cell in report.cells if cell.key.table == "review_litigation"} == {"absent"}


@pytest.mark.parametrize(
    "chapter",
    [
        f"<p>{HEADING}</p>",
        f"<p>{NOTHING}</p>",
        f"<p>{HEADING}</p><p>（该部分以表格形式报告。表格如下：）</p><p>{NOTHING}</p>",
        f"<p>{HEADING}</p><p>行政复议、行政诉讼情况详见附件。</p>",
        f"<p>{HEADING}</p><p>{NOTHING}</p><p><img src='table.png'></p>",
        f"<p>{HEADING}</p><p>{NOTHING}<br><img src='table.png'></p>",
        f"<p>{HEADING}</p><p>{NOTHING}</p><iframe src='table.htm'></iframe>",
        f"<p>{HEADING}</p><p>{NOTHING}</p><div style='height: 200px; background: #fff url(table.png)'></div>",
        f"<p>{HEADING}</p><p>本年度情况报告。</p><p>1</p><p>0</p>",
        f"<p>{HEADING}</p><p>{NOTHING}</p><table><tr><td>件数</td><td>1</td></tr></table>",
    ],
)
def test_a_table_that_may_stand_where_nobody_looked_is_a_doubt_of_the_reading(chapter: str) -> None:
    assert of_reviews(page_with(chapter)) == [("reading.table_absent", Whose.READING)]


@pytest.mark.parametrize(
    ("gap", "rule"), [(22, ("table.left_out", Whose.AGENCY)), (150, ("reading.table_absent", Whose.READING))]
)
def test_on_a_page_a_table_may_be_drawn_between_two_lines_that_stand_apart(gap: int, rule: tuple[str, Whose]) -> None:
    document = pymupdf.open()
    page = document.new_page()
    rows = [("行政许可", "3"), ("行政处罚", "1"), ("行政强制", "0"), ("行政事业性收费", "0")]
    heads = ["第二十条第（五）项", "第二十条第（六）项", None, "第二十条第（八）项"]
    texts = [(60, 60, TITLE), (60, 90, "二、主动公开政府信息情况")]
    y, ruled = 120, []
    for head, (label, figure) in zip(heads, rows, strict=True):
        if head:
            texts += [(60, y, head), (60, y + 20, "信息内容"), (240, y + 20, "本年处理决定数量")]
            ruled += [y, y + 20]
            y += 40
        texts += [(60, y, label), (240, y, figure)]
        ruled.append(y)
        y += 20
    for line in (*ruled, y):
        page.draw_line((55, line - 14), (400, line - 14))
    for x in (55, 235, 400):
        page.draw_line((x, ruled[0] - 14), (x, y - 14))
    texts += [
        (60, y + 30, HEADING),
        (60, y + 52, NOTHING),
        (60, y + 52 + gap, NEXT),
        (60, y + 74 + gap, "内容不多。"),
    ]
    for x, height, text in texts:
        page.insert_text((x, height), text, fontname="china-s", fontsize=10)
    assert of_reviews(parse_report(bytes(document.tobytes()), name="年报.pdf")) == [rule]
