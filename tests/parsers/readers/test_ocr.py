"""A scanned page, made here: printed by PyMuPDF, laid aslant, with noise, saved as JPEG in a PDF without text."""

from __future__ import annotations

import socket
from decimal import Decimal

import cv2
import numpy as np
import pytest

from parsers.assemble import report_of
from parsers.document import Document, GridKind
from parsers.errors import NeedsOcr
from parsers.forms import form_of
from parsers.readers import ocr
from parsers.readers.pdf import read_pdf
from parsers.readers.pdf.mupdf import pymupdf
from parsers.recognised import suspects
from parsers.report import CellKey, CellState
from tests.parsers.readers.invariants import check

TITLE = "云溪县水利局2022年政府信息公开工作年度报告"
HEADERS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
FIGURES = ("1", "0", "0", "2", "3", "0", "0", "10", "0", "10", "0", "", "8", "0", "8")


def page_with_a_table(figures: tuple[str, ...] = FIGURES) -> object:
    """A page with the table of reviews and lawsuits: three groups of five columns, one row of figures."""
    document = pymupdf.open()
    page = document.new_page(width=640, height=320)
    page.insert_text((120, 50), TITLE, fontname="china-s", fontsize=16)
    page.insert_text((40, 80), "四、政府信息公开行政复议、行政诉讼情况", fontname="china-s", fontsize=13)
    left, wide = 20, 40
    right = left + 15 * wide
    for y, x0 in ((100, left), (120, left), (140, left + 5 * wide), (180, left), (204, left)):
        page.draw_line((x0, y), (right, y), width=0.7)
    for number in range(16):
        top = 100 if number in (0, 5, 15) else 120 if number in (1, 2, 3, 4, 10) else 140
        page.draw_line((left + number * wide, top), (left + number * wide, 204), width=0.7)
    for x, y, text in (
        (95, 114, "行政复议"),
        (395, 114, "行政诉讼"),
        (270, 134, "未经复议直接起诉"),
        (480, 134, "复议后起诉"),
    ):
        page.insert_text((x, y), text, fontname="china-s", fontsize=10)
    for number in range(15):
        x = left + number * wide
        header = HEADERS[number % 5]
        page.insert_text((x + 9, 156), header[:2], fontname="china-s", fontsize=10)
        page.insert_text((x + 9, 172), header[2:], fontname="china-s", fontsize=10)
        page.insert_text((x + 14, 196), figures[number], fontname="helv", fontsize=10)
    return page


def scan_of(page: object, slant: float = 0.7) -> bytes:
    pixels = page.get_pixmap(dpi=170, colorspace=pymupdf.csGRAY)  # type: ignore[attr-defined]
    drawn = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width)
    turn = cv2.getRotationMatrix2D((pixels.width / 2, pixels.height / 2), slant, 1.0)
    grey = cv2.warpAffine(drawn, turn, (pixels.width, pixels.height), borderValue=255)
    noisy = grey * 0.9 + np.random.default_rng(1).normal(10, 5, grey.shape)
    _, jpeg = cv2.imencode(".jpg", noisy.clip(0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 60])
    scan = pymupdf.open()
    target = scan.new_page(width=640, height=320)
    target.insert_image(target.rect, stream=jpeg.tobytes())
    return bytes(scan.tobytes())


@pytest.fixture(scope="module")
def scanned() -> Document:
    """The page, read while nothing can reach the network: the models come with the package."""

    def refuse(*_: object) -> None:
        raise OSError("no network")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        return check(read_pdf(scan_of(page_with_a_table()), "scan.pdf"))


def test_a_scanned_page_reads_as_a_page_with_text(scanned: Document) -> None:
    assert scanned.text.startswith(TITLE)
    assert scanned.reader == "rapidocr"
    assert [note.code for note in scanned.notes] == ["recognised_page"]


def test_its_ruling_lines_make_the_table(scanned: Document) -> None:
    (grid,) = scanned.grids
    assert (grid.kind, grid.row_count, grid.column_count) == (GridKind.RULED, 4, 15)
    assert tuple(cell.text for cell in grid.cells if cell.row == 3) == FIGURES
    merged = next(cell for cell in grid.cells if cell.text == "行政复议")
    assert merged.column_span == 5


def test_boxes_are_in_points_near_the_print(scanned: Document) -> None:
    ten = next(cell for cell in scanned.grids[0].cells if cell.text == "10")
    assert ten.box is not None
    assert (ten.box.x0, ten.box.y0) == pytest.approx((314, 189), abs=4)


def test_its_figures_become_cells_of_the_form(scanned: Document) -> None:
    cells = {cell.key: cell for cell in report_of(scanned).cells}
    read = cells[CellKey("review_litigation", "litigation.direct", "other")]
    assert (read.state, read.value) == (CellState.NUMBER, Decimal(10))
    blank = cells[CellKey("review_litigation", "litigation.after_review", "corrected")]
    assert blank.state is CellState.BLANK


def test_figures_that_break_a_sum_are_suspect_even_if_read_alike_twice(scanned: Document) -> None:
    form = form_of("2021")
    assert form is not None
    assert suspects(scanned, form, report_of(scanned).cells) == ()
    slip = read_pdf(scan_of(page_with_a_table(("1", "0", "0", "2", "4", *FIGURES[5:]))), "scan.pdf")
    doubted = {key for finding in report_of(slip).findings if finding.whose == "reading" for key in finding.where}
    assert "review_litigation/review/total" in doubted


def test_without_the_recogniser_a_scan_needs_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    with pytest.raises(NeedsOcr, match=r"nianbao\[ocr\]"):
        read_pdf(scan_of(page_with_a_table()), "scan.pdf")
