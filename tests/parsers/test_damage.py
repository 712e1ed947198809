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
