"""Reports of 2014 to 2018, and the table of statistics that may be attached to one: in every format, and beside other tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook

from parsers import parse_report
from parsers.errors import NotAReport
from parsers.forms import form_of
from parsers.report import CellState, Report, Whose

pymupdf: Any = pytest.importorskip("pymupdf")

TITLE = "岚平县水务局2016年政府信息公开工作年度报告"
PROSE = (
    "根据《中华人民共和国政府信息公开条例》编制本报告，所列数据的统计期限自2016年1月1日起至2016年12月31日止。",
    "一、概述",
    "2016年，我局主动公开政府信息1286条，没有因政府信息公开被申请行政复议。",
    "二、存在的主要问题",
    "公开的时效有待加强。",
)
NAME = "附件：政府信息公开情况统计表（2016年度）"
ROWS = [
    ("统计指标", "单位", "统计数"),
    ("一、主动公开情况", "——", "——"),
    ("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "1286"),
    ("其中：主动公开规范性文件数", "条", "14"),
    ("制发规范性文件总数", "件", "15"),
    ("三、依申请公开情况", "——", "——"),
    ("（一）收到申请数", "件", "5"),
    ("1.当面申请数", "件", "1"),
    ("2.传真申请数", "件", "0"),
    ("3.网络申请数", "件", "4"),
    ("4.信函申请数", "件", "0"),
    ("四、行政复议数量", "件", "1"),
    ("（一）维持具体行政行为数", "件", "0"),
    ("（二）被依法纠错数", "件", "1"),
    ("（三）其他情形数", "件", "0"),
    ("五、行政诉讼数量", "件", "2"),
    ("（一）维持具体行政行为或者驳回原告诉讼请求数", "件", "2"),
    ("（二）被依法纠错数", "件", "0"),
    ("（三）其他情形数", "件", "0"),
    ("七、依申请公开信息收取的费用", "万元", "0.35"),
    ("（三）接受培训人员数", "人次", "127"),
]
READ = {
    "disclosed": "1286",
    "disclosed.normative_documents": "14",
    "normative_documents.issued": "15",
    "received": "5",
    "received.in_person": "1",
    "received.fax": "0",
    "received.online": "4",
    "received.mail": "0",
    "review": "1",
    "review.upheld": "0",
    "review.corrected": "1",
    "review.other": "0",
    "litigation": "2",
    "litigation.upheld": "2",
    "litigation.corrected": "0",
    "litigation.other": "0",
    "request_fees": "0.35",
    "trainees": "127",
}


def web_page() -> bytes:
    paragraphs = "".join(f"<p>{text}</p>" for text in (*PROSE, NAME))
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in ROWS)
    return f"<h1>{TITLE}</h1>{paragraphs}<table>{rows}</table>".encode()


def word_file() -> bytes:
    def paragraph(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    rows = "".join(f"<w:tr>{''.join(f'<w:tc>{paragraph(text)}</w:tc>' for text in row)}</w:tr>" for row in ROWS)
    body = "".join(map(paragraph, (TITLE, *PROSE, NAME))) + f"<w:tbl>{rows}</w:tbl>"
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {namespace}><w:body>{body}</w:body></w:document>")
    return stream.getvalue()


def workbook() -> bytes:
    book = Workbook()
    for row in ((TITLE,), *((text,) for text in PROSE), (NAME,), *ROWS):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def pdf(*, with_lines: bool) -> bytes:
    document = pymupdf.open()
    sheet = document.new_page()
    for number, text in enumerate((TITLE, *PROSE, NAME)):
        sheet.insert_text((50, 50 + 20 * number), text, fontname="china-s", fontsize=9)
    for number, row in enumerate(ROWS):
        y = 210 + 20 * number
        for x, text in zip((54, 404, 464), row, strict=True):
            sheet.insert_text((x, y), text, fontname="china-s", fontsize=9)
        if with_lines:
            for left, right in ((50, 400), (400, 460), (460, 540)):
                sheet.draw_rect(pymupdf.Rect(left, y - 14, right, y + 6))
    return bytes(document.tobytes())


def text_of(separator: str) -> bytes:
    rows = [separator.join(row) for row in ROWS]
    return "\n".join([TITLE, "", *PROSE, "", NAME, *rows]).encode()


FORMATS: dict[str, Callable[[], bytes]] = {
    "a.html": web_page,
    "a.docx": word_file,
    "a.xlsx": workbook,
    "ruled.pdf": lambda: pdf(with_lines=True),
    "unruled.pdf": lambda: pdf(with_lines=False),
    "tabs.txt": lambda: text_of("\t"),
    "one cell a line.txt": lambda: text_of("\n"),
    "columns.txt": lambda: text_of("      "),
}


def figures(report: Report) -> dict[str, str]:
    return {
        cell.key.row: f"{cell.value.normalize():f}" if cell.value else "0"
        for cell in report.cells
        if cell.state is CellState.NUMBER
    }


@pytest.mark.parametrize("name", FORMATS)
def test_the_table_is_read_in_every_format(name: str) -> None:
    report = parse_report(FORMATS[name](), name=name)
    identity = report.identity
    assert (identity.agency, identity.year, identity.edition) == ("岚平县水务局", 2016, "2014")
    assert figures(report) == READ
    assert [finding.message for finding in report.findings if finding.whose is Whose.READING] == []


def test_rows_that_the_list_does_not_have_are_absent_and_nobody_s_slip() -> None:
    report = parse_report(web_page(), name="a.html")
    absent = [cell for cell in report.cells if cell.state is CellState.ABSENT]
    assert len(absent) == len(report.cells) - len(READ)
    assert [f.rule for f in report.findings] == []


def test_every_figure_has_its_unit_and_its_place() -> None:
    cells = {cell.key.row: cell for cell in parse_report(web_page(), name="a.html").cells}
    assert {row: cells[row].unit for row in ("disclosed", "received", "request_fees", "trainees")} == {
        "disclosed": "条",
        "received": "件",
        "request_fees": "万元",
        "trainees": "人次",
    }
    assert cells["disclosed"].raw == "1286"
    assert cells["disclosed"].evidence is not None


def broken(*changes: tuple[str, str]) -> list[tuple[str, Whose]]:
    page = web_page().decode()
    for before, after in changes:
        assert before in page
        page = page.replace(before, after)
    return [(finding.rule, finding.whose) for finding in parse_report(page.encode(), name="a.html").findings]


def test_sums_of_the_list_are_checked() -> None:
    assert broken(("<td>3.网络申请数</td><td>件</td><td>4</td>", "<td>3.网络申请数</td><td>件</td><td>3</td>")) == [
        ("stat.received_sum", Whose.AGENCY)
    ]


def test_a_row_of_the_agency_s_own_may_be_what_a_sum_lacks() -> None:
    found = broken(
        (
            "<tr><td>3.网络申请数</td><td>件</td><td>4</td></tr>",
            "<tr><td>3.网络申请数</td><td>件</td><td>3</td></tr><tr><td>电邮方式</td><td>件</td><td>1</td></tr>",
        )
    )
    assert found == [("left_over.row", Whose.READING), ("stat.received_sum", Whose.READING)]


@pytest.mark.parametrize(
    "more",
    [
        (),
        ("附件：政府信息公开情况统计表（略）",),
        ("全年主动公开政府信息数1286条，其中主动公开规范性文件数14条，按时办结数5件。",),
        ("1.主动公开政府信息数：1286条", "2.主动公开规范性文件数为14条", "3.按时办结数5件"),
        ("依据国办发〔2014〕32号文件统计。",),
    ],
)
def test_a_report_without_the_table_is_in_prose_and_lacks_nothing(more: tuple[str, ...]) -> None:
    report = parse_report("\n".join([TITLE, *PROSE, *more]).encode(), name="a.txt")
    assert (report.identity.edition, report.cells, report.findings) == ("legacy", (), ())


def later_tables() -> str:
    """Tables of 2021 as the form's own examples have them."""
    form = form_of("2021")
    assert form is not None
    grids = [example.grid.strip().split("\n") for example in form.examples]
    rows = [["".join(f"<td>{text}</td>" for text in row.split("|")) for row in grid] for grid in grids]
    return "".join(f"<table>{''.join(f'<tr>{row}</tr>' for row in each)}</table>" for each in rows)


def test_a_later_report_that_attaches_the_table_keeps_its_edition_and_its_cells() -> None:
    page = web_page().decode().replace("2016", "2022").replace("<table>", f"{later_tables()}<table>", 1)
    report = parse_report(page.encode(), name="a.html")
    alone = parse_report(page.replace(page[page.index("<table><tr><td>统计指标") :], "").encode(), name="a.html")
    assert report.identity.edition == alone.identity.edition == "2021"
    assert [(c.key, c.state, c.value) for c in report.cells] == [(c.key, c.state, c.value) for c in alone.cells]
    assert any(cell.value for cell in report.cells)


def test_the_table_in_a_file_of_its_own_is_no_report() -> None:
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in ROWS)
    with pytest.raises(NotAReport):
        parse_report(f"<h1>政府信息公开情况统计表</h1><table>{rows}</table>".encode(), name="附件.html")
