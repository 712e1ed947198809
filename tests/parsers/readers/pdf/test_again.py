"""The same pages through three programs: what is printed does not depend on who reads it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from parsers.align import align
from parsers.document import Document
from parsers.errors import Unreadable
from parsers.forms import form_of
from parsers.readers.pdf import read_pdf
from parsers.readers.pdf.again import SecondLook
from parsers.readers.pdf.libraries import Readers
from parsers.readers.plumber import Plumber, Strategy
from tests.parsers.readers.invariants import texts

pymupdf: Any = pytest.importorskip("pymupdf")

DATA = Path(__file__).parents[1] / "data" / "pdf"


def data_of(name: str) -> bytes:
    return (DATA / f"{name}.pdf").read_bytes()


@pytest.mark.parametrize("name", ["narrow-2021.chromium", "report-2021.weasyprint", "report-2021.libreoffice"])
def test_all_programs_print_the_same_tables(name: str) -> None:
    first = read_pdf(data_of(name), name)
    pages = range(1, first.page_count + 1)
    with SecondLook(data_of(name), name) as look:
        other = look.tables_by_library(pages)
        plumber = look.tables_by_plumber(pages, "lines")
    assert other is not None
    assert plumber is not None
    assert other.reader == "pypdfium2"
    assert [texts(grid) for grid in other.grids] == [texts(grid) for grid in first.grids]
    ours, theirs = figures(first), figures(plumber)
    assert len(theirs) > 100
    assert theirs.items() <= ours.items()


def figures(document: Document) -> dict[str, Decimal]:
    """The figures of the table of requests; pdfplumber does not join a row that a page break cut."""
    form = form_of("2021")
    assert form is not None
    cells = (cell for cell in align(document, form).cells if cell.key.table == "requests")
    return {str(cell.key): cell.value for cell in cells if cell.value is not None}


def test_what_the_one_library_read_is_read_by_the_other() -> None:
    with SecondLook(data_of("type3.chromium"), "type3.pdf") as look:
        again = look.tables_by_library([1])
    assert again is not None
    assert again.reader == "pymupdf"
    assert [cell.text for cell in again.grids[0].cells[-15:]] == [str(figure) for figure in range(11, 26)]


def test_only_the_pages_asked_for_are_read() -> None:
    with SecondLook(data_of("narrow-2021.chromium"), "narrow.pdf") as look:
        for again in (look.tables_by_library([2, 3]), look.tables_by_plumber([2, 3], "lines")):
            assert again is not None
            assert {cell.box.page for grid in again.grids if (cell := grid.cells[0]).box} == {2, 3}


def test_a_page_without_a_drawn_line_holds_no_table_for_pdfplumber() -> None:
    document = pymupdf.open()
    document.new_page().insert_text((40, 40), "12 0 3", fontname="helv")
    data = bytes(document.tobytes())
    with SecondLook(data, "plain.pdf") as look:
        again = look.tables_by_plumber([1], "text")
        assert again is not None
        assert not again.grids


def test_pages_that_have_to_be_turned_are_not_read_again_as_they_lie() -> None:
    """Figures in rows would come as figures in columns, and contradict the first reading."""
    with pymupdf.open(stream=data_of("report-2021.libreoffice")) as document:
        for page in document:
            page.set_rotation(90)
        data = bytes(document.tobytes())
    with SecondLook(data, "turned.pdf") as look:
        assert look.tables_by_library([2]) is None
        again = look.tables_by_plumber([2], "lines")
    assert again is not None
    assert not again.grids


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"%PDF-1.4\n1 0 obj\n<<"])
def test_a_file_that_the_other_library_cannot_read_gives_nothing(data: bytes) -> None:
    with SecondLook(data, "broken.pdf") as look:
        assert look.tables_by_library([1]) is None
        assert look.tables_by_plumber([1], "lines") is None
        assert look.digits_look_right(), "nothing can be told"


def test_letters_of_type_3_fonts_in_a_form_are_placed_by_the_library_that_places_them_right() -> None:
    plain = pymupdf.open()
    plain.new_page().insert_text((100, 100), "2023")
    moved = pymupdf.open()
    moved.new_page().show_pdf_page(pymupdf.Rect(20, 20, 400, 600), plain, 0)
    drawn = [dict.fromkeys(range(20), "Type3")]
    with Readers(plain, plain.tobytes(), drawn) as readers:
        assert readers.read(0)[1] == "pypdfium2"
    with Readers(moved, moved.tobytes(), drawn) as readers:
        assert readers.read(0)[1] == "pymupdf"
        with pytest.raises(Unreadable):
            readers.read_otherwise(0)


def test_a_file_that_pdfplumber_cannot_open_is_closed_without_a_word() -> None:
    with pymupdf.open() as made:
        made.new_page()
        data = made.tobytes(use_objstms=0).replace(b"/Rotate 0", b"/Odd     ", 1)
    with Plumber(data) as plumber, pytest.raises(Exception, match="Invalid dictionary"):
        list(plumber.tables(1, Strategy.LINES))
