"""Downloads that broke off, and files with a hole: what is left is read, and nobody takes it for the whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parsers import parse_report
from parsers.errors import Unreadable
from parsers.report import CellState, Finding, Report, Whose

PDFS = Path(__file__).parent / "readers" / "data" / "pdf"
LIBREOFFICE = (PDFS / "report-2021.libreoffice.pdf").read_bytes()
WEASYPRINT = (PDFS / "report-2021.weasyprint.pdf").read_bytes()


def damage(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == "reading.file_damaged"]


def holed(data: bytes, number: int) -> bytes:
    """The file with the second half of one of its streams (of page 1, 2, …) lost."""
    start, end = list(re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL))[number - 1].span(1)
    middle = (start + end) // 2
    return data[:middle] + bytes(end - 2 - middle) + data[end - 2 :]


def test_a_report_that_lost_its_end_says_that_it_is_damaged() -> None:
    (finding,) = damage(parse_report(LIBREOFFICE[:-100], name="a.pdf"))
    assert finding.whose is Whose.READING
    assert finding.message.endswith("fetch it again: The file ends too early; what could be found in it was read.")
    assert damage(parse_report(LIBREOFFICE, name="a.pdf")) == []


def test_a_wrong_list_of_objects_is_no_damage() -> None:
    report = parse_report(LIBREOFFICE.replace(b"startxref\n", b"startxref\n9"), name="a.pdf")
    assert [note.code for note in report.notes] == ["repaired"]
    assert damage(report) == []


@pytest.mark.parametrize("page", [2, 3])
def test_where_a_page_has_a_hole_an_empty_cell_may_have_lost_its_figure(page: int) -> None:
    whole = {cell.key: cell for cell in parse_report(LIBREOFFICE, name="a.pdf").cells}
    report = parse_report(holed(LIBREOFFICE, page), name="a.pdf")
    (finding,) = damage(report)
    lost = {str(c.key) for c in report.cells if c.state is CellState.BLANK and whole[c.key].state is not c.state}
    assert len(lost) > 5
    assert lost <= set(finding.where)
    wrong = {str(c.key) for c in report.cells if c.value is not None and c.value != whole[c.key].value}
    assert wrong <= {place for each in report.findings if each.whose is Whose.READING for place in each.where}


def test_a_damaged_file_of_which_no_report_is_left_is_not_called_another_kind_of_document() -> None:
    with pytest.raises(Unreadable, match="damaged, and no report can be read in what is left of it"):
        parse_report(WEASYPRINT[:-1000], name="a.pdf")


ROWS = [
    ("第二十条第（一）项",),
    ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"),
    ("规章", "1", "0", "12"),
    ("规范性文件", "3", "3", "45"),
    ("第二十条第（五）项",),
    ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"),
    ("行政许可", "31", "2", "816"),
    ("其他对外管理服务事项", "8", "0", "77"),
    ("第二十条第（六）项",),
    ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"),
    ("行政处罚", "19", "5", "45"),
    ("行政强制", "7", "1", "233"),
]
LAST = "proactive/coercive_measures/decisions"
OPENING = ("云溪县水利局2020年政府信息公开工作年度报告", "二、主动公开政府信息情况")
TABLE = "".join(f"<tr>{''.join(f'<td>{field}</td>' for field in row)}</tr>" for row in ROWS)
PAGE = f"<html><body><h1>{OPENING[0]}</h1><p>{OPENING[1]}</p><table>{TABLE}</table></body></html>"
TEXT = "\n".join([*OPENING, *("\t".join(row) for row in ROWS)])


def unflagged(cut: Report, whole: Report) -> set[str]:
    """Cells that a cut has changed and that look right: read, and named by no doubt."""
    before = {cell.key: (cell.state, cell.value) for cell in whole.cells}
    named = {place for finding in cut.findings if finding.whose is Whose.READING for place in finding.where}
    lost = (CellState.ABSENT, CellState.UNREADABLE)
    changed = (cell for cell in cut.cells if cell.state not in lost and (cell.state, cell.value) != before[cell.key])
    return {str(cell.key) for cell in changed} - named


@pytest.mark.parametrize("last", ["行政强制", "7", "1", "233"])
@pytest.mark.parametrize(("page", "name"), [(PAGE, "a.html"), (TEXT, "a.txt")])
def test_the_row_in_which_a_file_breaks_off_does_not_look_right(page: str, name: str, last: str) -> None:
    whole = parse_report(page.encode(), name=name)
    assert damage(whole) == []
    end = page.rindex(last) + len(last)
    # A text that lost the end of its very last figure is seen by nobody but the sums.
    seen_by_nobody = {LAST} if page is TEXT and last == "233" else set()
    for cut in (page[: end - 1], page[:end]):
        assert unflagged(parse_report(cut.encode(), name=name), whole) <= seen_by_nobody


def test_a_careless_page_without_the_end_of_its_table_is_not_cut_off() -> None:
    assert damage(parse_report(PAGE.replace("</table>", "").encode(), name="a.html")) == []
