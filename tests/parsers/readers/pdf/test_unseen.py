"""Text that nobody reads as part of the page: both libraries leave it out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from parsers.readers.pdf import read_pdf
from parsers.readers.pdf.libraries import mupdf, pdfium
from parsers.readers.pdf.page import PageContent

pymupdf: Any = pytest.importorskip("pymupdf")


def by_mupdf(data: bytes) -> PageContent:
    with mupdf.open_pdf(data) as document:
        return mupdf.read_page(document, 0)


def by_pdfium(data: bytes) -> PageContent:
    return pdfium.read_page(pdfium.open_pdf(data), 0)


both = pytest.mark.parametrize("read", [by_mupdf, by_pdfium])
Read = Callable[[bytes], PageContent]


def sheet() -> tuple[Any, Any]:
    document = pymupdf.open()
    return document, document.new_page(width=400, height=300)


def words(read: Read, document: Any) -> list[str]:
    return [word.text for word in read(bytes(document.tobytes())).words]


@both
def test_a_figure_without_ink_is_none_of_the_cell_on_which_it_lies(read: Read) -> None:
    document, page = sheet()
    page.insert_text((100, 100), "683", fontsize=9, render_mode=3)
    page.insert_text((112, 100), "0", fontsize=9)
    assert words(read, document) == ["0"]


@both
def test_a_figure_that_was_painted_over_is_not_read(read: Read) -> None:
    document, page = sheet()
    page.insert_text((100, 100), "490", fontsize=9)
    page.draw_rect(pymupdf.Rect(50, 50, 350, 250), color=None, fill=(1, 1, 1))
    page.insert_text((112, 100), "0", fontsize=9)
    assert words(read, document) == ["0"]


@both
def test_a_white_ground_below_the_text_hides_nothing(read: Read) -> None:
    document, page = sheet()
    page.draw_rect(pymupdf.Rect(0, 0, 400, 300), color=None, fill=(1, 1, 1))
    page.insert_text((100, 100), "490", fontsize=9)
    assert words(read, document) == ["490"]


@both
def test_a_watermark_across_the_table_is_none_of_its_figures(read: Read) -> None:
    document, page = sheet()
    page.insert_text((100, 100), "12", fontsize=9)
    mark = pymupdf.TextWriter(page.rect, color=(0.8, 0.8, 0.8))
    mark.append((60, 160), "2022", font=pymupdf.Font("helv"), fontsize=30)
    mark.write_text(page, morph=(pymupdf.Point(60, 160), pymupdf.Matrix(35)))
    page.insert_text((200, 200), "2023", fontsize=40, color=(0.8, 0.8, 0.8))
    assert words(read, document) == ["12"]


@both
def test_a_large_title_in_ink_is_read(read: Read) -> None:
    document, page = sheet()
    page.insert_text((100, 100), "2022", fontsize=36, color=(0.8, 0, 0))
    assert words(read, document) == ["2022"]


def test_a_page_that_was_put_in_upside_down_is_turned() -> None:
    upright, page = sheet()
    for row, text in enumerate(("行政许可 12 3 4", "行政处罚 5 6 7", "行政强制 8 9 10")):
        for column, word in enumerate(text.split()):
            page.insert_text((40 + 90 * column, 100 + 20 * row), word, fontname="china-s", fontsize=9)
    document = pymupdf.open()
    document.new_page(width=400, height=300).show_pdf_page(pymupdf.Rect(0, 0, 400, 300), upright, 0, rotate=180)
    read = read_pdf(bytes(document.tobytes()), "报告.pdf")
    assert read.text.split("\n")[:3] == ["行政许可\t12\t3\t4", "行政处罚\t5\t6\t7", "行政强制\t8\t9\t10"]


@both
@pytest.mark.parametrize(("hidden", "shown"), [("0", "0"), ("1", "1"), ("2", "268"), ("12", "12"), ("31", "12")])
def test_a_figure_is_read_whose_first_sign_stands_already_there_without_ink(
    read: Read, hidden: str, shown: str
) -> None:
    """Libraries take the second of two equal signs in one place for the shadow of the first."""
    document, page = sheet()
    page.insert_text((100, 100), hidden, fontsize=9, render_mode=3)
    page.insert_text((100, 100), shown, fontsize=9)
    assert words(read, document) == [shown]


@both
def test_a_figure_is_read_that_was_written_again_over_a_white_box(read: Read) -> None:
    document, page = sheet()
    page.insert_text((100, 100), "7", fontsize=9)
    page.insert_text((200, 100), "35", fontsize=9)
    page.draw_rect(pymupdf.Rect(90, 85, 220, 110), color=None, fill=(1, 1, 1))
    page.insert_text((100, 100), "7", fontsize=9)
    assert words(read, document) == ["7"]
