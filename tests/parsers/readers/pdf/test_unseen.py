"""Text that nobody reads as part of the page: both libraries leave it out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from parsers.readers.pdf import read_pdf
from parsers.readers.pdf.libraries import mupdf, pdfium
from parsers.readers.pdf.page import PageContent
from parsers.readers.pdf.shadows import without_shadows

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
def test_a_watermark_in_a_strong_colour_that_lets_the_figures_through_is_none_of_them(read: Read) -> None:
    document, page = sheet()
    page.insert_text((100, 100), "12", fontsize=9)
    page.insert_text((90, 110), "2023", fontsize=40, color=(1, 0, 0), fill_opacity=0.2, stroke_opacity=0.2)
    assert words(read, document) == ["12"]


@both
def test_a_large_grey_text_over_the_table_is_none_of_its_figures(read: Read) -> None:
    document, page = sheet()
    page.insert_text((100, 100), "12", fontsize=9)
    page.insert_text((90, 110), "2023", fontsize=40, color=(0.5, 0.5, 0.5))
    assert words(read, document) == ["12"]


def tiled(document: Any, text: str, colour: tuple[float, float, float]) -> Any:
    """A page whose rows say how many cases there were, with a text laid all over it."""
    page = document[0]
    for row in range(5):
        page.insert_text((20, 50 + 48 * row), "不予公开", fontname="china-s", fontsize=9)
        page.insert_text((205, 50 + 48 * row), str(row), fontsize=9)
        for x in (40, 160, 280):
            page.insert_text((x, 54 + 48 * row), text, fontname="china-s", fontsize=11, color=colour)
    return document


@both
def test_a_text_that_is_laid_all_over_the_page_is_none_of_its_figures(read: Read) -> None:
    """Office programs print who opened a report, and when, in rows over every page: 2023 beside a 0 is no 20230."""
    document = tiled(sheet()[0], "公开 2023", (0.7, 0.7, 0.7))
    assert sorted(words(read, document)) == [*"01234", *["不予公开"] * 5]


@both
def test_cells_that_say_everywhere_that_there_is_nothing_are_read(read: Read) -> None:
    document = tiled(sheet()[0], "不适用", (0.7, 0.7, 0.7))
    assert words(read, document).count("不适用") == 15


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


@both
def test_white_text_within_the_frame_of_a_cell_is_not_read(read: Read) -> None:
    """A frame is no dark ground on which white shows."""
    document, page = sheet()
    page.draw_rect(pymupdf.Rect(80, 80, 160, 110), color=(0, 0, 0), width=0.5)
    page.insert_text((103, 100), "16", fontsize=9, color=(1, 1, 1))
    page.insert_text((100, 100), "7", fontsize=9)
    assert words(read, document) == ["7"]


@both
@pytest.mark.parametrize("figure", ["9", "45", "11"])
@pytest.mark.parametrize("away", [0.5, 1.1])
def test_the_pale_shadow_of_a_figure_is_no_figure(read: Read, figure: str, away: float) -> None:
    document, page = sheet()
    page.insert_text((100 + away, 100 + away), figure, fontsize=10, color=(0.73, 0.73, 0.73))
    page.insert_text((100, 100), figure, fontsize=10)
    content = without_shadows(read(bytes(document.tobytes())))
    assert [word.text for word in content.words] == [figure]
