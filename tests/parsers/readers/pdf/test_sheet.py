"""Several pages printed on one sheet are read one after the other."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest

from parsers.readers.pdf import read_pdf

pymupdf: Any = pytest.importorskip("pymupdf")

ORDER = "甲乙丙丁"


def pages(count: int) -> Any:
    """Pages filled with one sign each."""
    document = pymupdf.open()
    for sign in ORDER[:count]:
        page = document.new_page(width=595, height=842)
        for line in range(12):
            page.insert_text((60, 80 + 40 * line), sign * 30, fontsize=14, fontname="china-s")
    return document


def printed(count: int, width: float, height: float, places: list[tuple[float, float, float, float]]) -> bytes:
    """The pages on one sheet of this size, each in its place."""
    sheet = pymupdf.open()
    page = sheet.new_page(width=width, height=height)
    for number, place in enumerate(places):
        page.show_pdf_page(pymupdf.Rect(*place), pages(count), number)
    return bytes(sheet.tobytes())


def order_of(data: bytes) -> str:
    return "".join(sign for sign, _ in groupby(read_pdf(data, "made.pdf").text.replace("\n", "")))


def test_two_pages_side_by_side() -> None:
    assert order_of(printed(2, 842, 595, [(0, 0, 421, 595), (421, 0, 842, 595)])) == "甲乙"


def test_three_pages_side_by_side() -> None:
    places = [(400.0 * n, 0.0, 400.0 * (n + 1), 566.0) for n in range(3)]
    assert order_of(printed(3, 1200, 566, places)) == "甲乙丙"


@pytest.mark.parametrize("count", [2, 3, 4])
def test_four_pages_in_two_rows_of_which_the_last_may_be_empty(count: int) -> None:
    places = [(297.5 * (n % 2), 421.0 * (n // 2), 297.5 * (n % 2 + 1), 421.0 * (n // 2 + 1)) for n in range(count)]
    assert order_of(printed(count, 595, 842, places)) == ORDER[:count]


def test_a_page_whose_lines_run_over_its_middle_is_one_page() -> None:
    assert order_of(bytes(pages(1).tobytes())) == "甲"
