"""PDFs of real producers read exactly; broken, locked and empty ones told apart."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.document import Document, Grid, GridKind
from parsers.errors import BadInput, Encrypted, NeedsOcr, NianbaoError, Unreadable
from parsers.readers.pdf import read_pdf
from parsers.readers.pdf.debug import draw_reading
from parsers.readers.pdf.gather import gathered
from parsers.readers.pdf.libraries import mupdf, pdfium
from parsers.readers.pdf.page import PageContent, Word
from tests.parsers.readers.invariants import check, places, read_twice, texts

pymupdf: Any = pytest.importorskip("pymupdf")  # its functions carry no types
DATA = Path(__file__).parents[1] / "data" / "pdf"
PRODUCERS = ["narrow-2021.chromium", "report-2021.weasyprint"]


def read(name: str) -> Document:
    return read_pdf((DATA / f"{name}.pdf").read_bytes(), f"{name}.pdf")


def figures_of(grid: Grid) -> list[list[str]]:
    """The rows of the large table that have figures in all of its last seven columns."""
    rows = [row[-7:] for row in texts(grid) if 7 < len(row) < 12]
    return [row for row in rows if all(text.isdigit() for text in row)]


def figures_of_source(name: str) -> list[list[str]]:
    source = (DATA / f"{name.partition('.')[0]}.html").read_text(encoding="utf-8")
    rows = [re.findall(r'<td class="n">(\d+)</td>', row) for row in source.split("<tr>")]
    return [row for row in rows if row]


def page_with(
    *printed: tuple[float, float, str], lines: list[tuple[float, float, float, float]] | None = None
) -> bytes:
    """A PDF of one page: texts at their left end and base line, and lines from point to point."""
    document = pymupdf.open()
    page = document.new_page(width=400, height=500)
    for x, y, text in printed:
        page.insert_text((x, y), text, fontname="helv" if text.isascii() else "china-s", fontsize=10)
    for x0, y0, x1, y1 in lines or []:
        page.draw_line((x0, y0), (x1, y1), width=0.5)
    data: bytes = document.tobytes()
    return data


def ruled(columns: list[float], rows: list[float]) -> list[tuple[float, float, float, float]]:
    return [(columns[0], y, columns[-1], y) for y in rows] + [(x, rows[0], x, rows[-1]) for x in columns]


class TestRealProducers:
    @pytest.mark.parametrize("name", PRODUCERS)
    def test_every_figure_stands_in_its_row_and_column(self, name: str) -> None:
        printed = figures_of_source(name)
        assert len(printed) == 25
        assert [row for grid in read(name).grids for row in figures_of(grid)] == printed

    @pytest.mark.parametrize("name", [*PRODUCERS, "report-2021.libreoffice", "type3.chromium"])
    def test_the_document_keeps_its_promises(self, name: str) -> None:
        document = read_twice(read_pdf, (DATA / f"{name}.pdf").read_bytes(), name)
        assert all(grid.kind is GridKind.RULED for grid in document.grids)
        pages = {cell.box.page for grid in document.grids for cell in grid.cells if cell.box}
        assert pages <= set(range(1, document.page_count + 1))

    def test_a_figure_that_wraps_in_its_narrow_cell_keeps_a_blank_where_it_was_broken(self) -> None:
        grid = read("report-2021.libreoffice").grids[1]
        assert texts(grid)[3] == [
            "一、本年新收政府信息公开申请数量",
            "1",
            "74",
            "10021",
            "10000 04",
            "5",
            "222",
            "10049",
        ]

    def test_merged_cells_span_what_they_span_on_paper(self) -> None:
        proactive = read("report-2021.weasyprint").grids[0]
        spans = places(proactive)
        assert spans["第二十条第（一）项"] == (0, 0, 1, 4)
        assert spans["行政规范性文件"] == (3, 0, 1, 1)
        assert spans["35671"] == (6, 1, 1, 3)

    def test_a_group_that_goes_on_after_the_page_break_keeps_its_empty_cell(self) -> None:
        continued = read("report-2021.weasyprint").grids[2]
        assert [(cell.row_span, cell.text) for cell in continued.cells[:2]] == [(7, ""), (3, "")]

    def test_a_table_over_three_page_breaks_is_four_grids_and_a_cut_row_is_in_two(self) -> None:
        document = read("narrow-2021.chromium")
        boxes = [grid.cells[0].box for grid in document.grids]
        assert [box.page for box in boxes if box] == [1, 2, 3, 4]
        before, after = document.grids[-2], document.grids[-1]
        last = [cell.text for cell in before.cells if cell.row == before.row_count - 1]
        first = [cell.text for cell in after.cells if cell.row == 0]
        assert last == ["2.申请人逾期未按收费通知", "5476", "11043", "1000150", "151", "5624", "11071", "1000154"]
        assert first[2:] == ["要求缴纳费用、行政机关不再处理其政府信息公开申请", "", "", "", "", "", "", ""]

    def test_type3_fonts_are_read_by_the_other_library(self) -> None:
        document = read("type3.chromium")
        assert document.reader == "pypdfium2"
        assert [cell.text for cell in document.grids[0].cells[-15:]] == [str(figure) for figure in range(11, 26)]
        assert document.text.startswith("行政复议情况：2021年共3件。\n")

    def test_wrapped_lines_make_one_paragraph_and_headings_stay_apart(self) -> None:
        paragraphs = read("report-2021.weasyprint").text.split("\n")
        assert paragraphs[0] == "示例市公安局2021年政府信息公开工作年度报告"
        assert paragraphs[1].endswith("如有疑问请与办公室联系（电话：0955-7067517）。")
        assert paragraphs[2] == "一、总体情况"
        assert [line.heading for line in read("report-2021.weasyprint").lines][:3] == [1, 0, 0]

    def test_the_title_that_the_file_states_is_kept_and_its_date_is_not_taken_for_publication(self) -> None:
        metadata = read("report-2021.weasyprint").metadata
        assert metadata.title == "示例市公安局2021年年度报告"
        assert metadata.published is None


class TestCells:
    def test_two_figures_that_touch_across_a_ruling_are_two(self) -> None:
        # Figures of 10 points are 5.6 wide: "507" ends at the wall, "2" begins right behind it.
        data = page_with(
            (83, 115, "507"), (100.2, 115, "2"), (60, 135, "甲"), (110, 135, "乙"), (20, 30, "本页共有两列数字，并无空隙"),
            lines=ruled([50, 100, 150], [100, 120, 140]),
        )  # fmt: skip
        document = read_pdf(data, "a.pdf")
        assert [cell.text for cell in document.grids[0].cells] == ["507", "2", "甲", "乙"]
        assert document.notes == ()

    def test_a_wide_blank_that_fills_the_cell_before_is_no_part_of_a_figure(self) -> None:
        data = page_with(
            (87, 115, "\u30008"), (60, 135, "甲"), (110, 135, "乙"), (20, 30, "本页有一个空格，用全角空格填写"),
            lines=ruled([50, 96, 150], [100, 120, 140]),
        )  # fmt: skip
        document = read_pdf(data, "a.pdf")
        assert [cell.text for cell in document.grids[0].cells] == ["", "8", "甲", "乙"]
        assert document.notes == ()

    def test_a_figure_too_long_for_its_cell_stays_whole_and_is_noted(self) -> None:
        data = page_with(
            (80.5, 115, "50705888"),
            (20, 30, "本页有一个数字写到了格子外面"),
            lines=ruled([50, 100, 150], [100, 120, 140]),
        )
        document = read_pdf(data, "a.pdf")
        assert sorted(cell.text for cell in document.grids[0].cells) == ["", "", "", "50705888"]
        assert [note.code for note in document.notes] == ["crossed_ruling"]

    @pytest.mark.parametrize("x", [133.3, 139.0, 144.6])
    def test_a_figure_that_runs_out_of_the_table_stays_whole_and_is_noted(self, x: float) -> None:
        """The outer wall passes behind the third digit, through one, behind the first; nothing of the figure may be lost."""
        data = page_with(
            (x, 115, "507"), (60, 115, "8"), (20, 30, "本页最后一列的数字写到了表格外面"),
            lines=ruled([50, 100, 150], [100, 120, 140]),
        )  # fmt: skip
        document = read_pdf(data, "a.pdf")
        assert [cell.text for cell in document.grids[0].cells] == ["8", "507", "", ""]
        assert [note.code for note in document.notes] == (["crossed_ruling"] if x > 135 else [])

    @pytest.mark.parametrize("closed", [False, True])
    def test_a_table_that_runs_out_of_the_page_may_lose_what_its_last_row_holds(self, closed: bool) -> None:
        """The label stands above the edge of the paper; the figure, in the middle of its high cell, would stand below."""
        data = page_with(
            (55, 430, "总计"), (110, 430, "8"), (55, 475, "上年结转"), (20, 30, "本页的表格比纸长"),
            lines=ruled([50, 100, 150], [400, 440, 496] if closed else [400, 440, 540]),
        )  # fmt: skip
        document = read_pdf(data, "a.pdf")
        (grid,) = document.grids
        assert [cell.text for cell in grid.cells] == ["总计", "8", "上年结转", ""]
        cut = [box for note in document.notes if note.code == "cut_by_edge" for box in note.boxes]
        assert cut == ([] if closed else [cell.box for cell in grid.cells[2:]])

    def test_a_cut_without_a_blank_is_noted_since_it_may_be_one_figure(self) -> None:
        data = page_with(
            (83.3, 115, "507888"), (20, 30, "本页有一个数字恰好在两位之间越过格线"),
            lines=ruled([50, 100, 150], [100, 120, 140]),
        )  # fmt: skip
        document = read_pdf(data, "a.pdf")
        assert [cell.text for cell in document.grids[0].cells] == ["507", "888", "", ""]
        assert [note.code for note in document.notes] == ["crossed_ruling"]

    def test_two_figures_one_above_the_other_are_not_glued(self) -> None:
        data = page_with(
            (60, 112, "50705"), (60, 124, "8"), (110, 118, "0"), (20, 30, "本页有一个格子里有两行数字"),
            lines=ruled([50, 100, 150], [100, 130]),
        )  # fmt: skip
        assert [cell.text for cell in read_pdf(data, "a.pdf").grids[0].cells] == ["50705 8", "0"]

    def test_figures_printed_twice_to_look_bold_are_read_once(self) -> None:
        data = page_with(
            (60, 115, "507"), (110, 115, "8"), (60.3, 115, "507"), (110.3, 115, "8"), (20, 30, "本页的数字印了两遍"),
            lines=ruled([50, 100, 150], [100, 130]),
        )  # fmt: skip
        assert [cell.text for cell in read_pdf(data, "a.pdf").grids[0].cells] == ["507", "8"]


class TestDottedBorders:
    def test_a_table_ruled_with_dots_is_a_table(self) -> None:
        document = pymupdf.open(stream=page_with((60, 115, "507"), (110, 115, "8"), (20, 30, "2021 table")))
        posts = [(x, y) for x in (50, 100, 150) for y in range(100, 121, 2)]
        dots = posts + [(x, y) for y in (100, 120) for x in range(50, 152, 2)]
        document[0].clean_contents()
        xref = document[0].get_contents()[0]
        drawn = "".join(f"{x} {500 - y} 1 1 re f " for x, y in dots)
        document.update_stream(xref, document.xref_stream(xref) + b" " + drawn.encode())
        assert [texts(grid) for grid in read_pdf(document.tobytes(), "a.pdf").grids] == [[["507", "8"]]]


class TestLostCharacters:
    def test_a_page_whose_fonts_tell_nothing_is_a_picture_of_text(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("parsers.readers.ocr.is_available", lambda: False)
        document = pymupdf.open(DATA / "report-2021.weasyprint.pdf")
        for xref in range(1, document.xref_length()):
            if document.xref_get_key(xref, "ToUnicode")[0] == "xref":
                document.xref_set_key(xref, "ToUnicode", "null")
        notes = read_pdf(document.tobytes(), "a.pdf").notes
        codes = ("needs_ocr", "characters_lost")
        assert [(note.code, note.page) for note in notes] == [(code, page) for page in (1, 2) for code in codes]

    @pytest.mark.parametrize(
        ("text", "codes"),
        [
            pytest.param("ᵝ֒তྫྷଭᗓ෨ႼዢỺᤝౘ᫓ೣᦓ⃁ం֓ᛉ劫" * 2, ["needs_ocr"], id="numbers of glyphs taken for characters"),
            pytest.param("行政许可" * 8, [], id="Chinese"),
            pytest.param("government information" * 3, [], id="English"),
        ],
    )
    def test_a_page_in_scripts_that_no_report_is_written_in_is_a_picture_of_text(
        self, text: str, codes: list[str]
    ) -> None:
        words = [Word(10, 10, 300, 20, text)]
        content = PageContent(1, 400, 500, words, [], [], lambda: words)
        assert [note.code for note in gathered(content, "pypdfium2").notes] == codes


class TestRotation:
    @pytest.mark.parametrize("rotation", [0, 90, 180, 270])
    def test_both_libraries_give_places_as_the_page_is_shown(self, rotation: int) -> None:
        document = pymupdf.open(stream=page_with((20, 30, "2021"), lines=[(20, 40, 120, 40)]))
        document[0].set_rotation(rotation)
        data = document.tobytes()
        one = mupdf.read_page(mupdf.open_pdf(data), 0)
        two = pdfium.read_page(pdfium.open_pdf(data), 0)
        assert (one.width, one.height) == (two.width, two.height) == ((400, 500), (500, 400))[rotation % 180 == 90]
        (mark,) = one.marks
        assert tuple(two.marks[0][:4]) == pytest.approx(mark[:4], abs=1)
        assert {0: mark.y0 < 50, 90: mark.x0 > 400, 180: mark.y0 > 400, 270: mark.x0 < 50}[rotation]
        shown = [word for word in one.words if word.text == "2021"]
        if rotation == 0:
            assert tuple(two.words[0][:1]) == pytest.approx(shown[0][:1], abs=2)

    def test_dotted_lines_of_a_turned_page_are_lines(self) -> None:
        document = pymupdf.open()
        sheet = document.new_page(width=400, height=500)
        for y in (50, 80, 110):
            for step in range(100):
                sheet.draw_rect(pymupdf.Rect(50 + 2 * step, y, 51 + 2 * step, y + 1), color=None, fill=(0, 0, 0))
        sheet.set_rotation(90)
        (content,) = [mupdf.read_page(document, 0)]
        assert {round(mark.x0) for mark in content.marks} == {389, 419, 449}

    def test_the_end_of_a_figure_that_runs_over_the_foot_of_the_table_stays_in_its_cell(self) -> None:
        document = pymupdf.open()
        sheet = document.new_page(width=400, height=500)
        for x0, y0, x1, y1 in ruled([50, 150, 250], [50, 80, 102]):
            sheet.draw_line((x0, y0), (x1, y1), width=0.5)
        for x, y, text in [(55, 70, "11"), (155, 70, "12"), (55, 92, "5023"), (60, 107, "8"), (155, 92, "0")]:
            sheet.insert_text((x, y), text, fontsize=10)
        (grid,) = check(read_pdf(document.tobytes(), "a.pdf")).grids
        assert texts(grid) == [["11", "12"], ["5023 8", "0"]]

    def test_figures_below_the_last_walls_of_a_page_stand_in_the_columns_above_them(self) -> None:
        """A page break cut the last row: the walls of its group are drawn, those between its figures are not."""
        document = pymupdf.open()
        sheet = document.new_page(width=400, height=500)
        for x0, y0, x1, y1 in ruled([50, 150, 200, 250], [50, 80, 110]):
            sheet.draw_line((x0, y0), (x1, y1), width=0.5)
        for x in (50, 150):
            sheet.draw_line((x, 110), (x, 135), width=0.5)
        for x, y, text in [
            (55, 70, "信访举报投诉类"),
            (155, 70, "1"),
            (205, 70, "2"),
            (155, 100, "3"),
            (205, 100, "4"),
        ]:
            sheet.insert_text((x, y), text, fontsize=10, fontname="china-s")
        for x, text in [(155, "0"), (205, "45")]:
            sheet.insert_text((x, 130), text, fontsize=10)
        (grid,) = check(read_pdf(document.tobytes(), "a.pdf")).grids
        assert texts(grid)[-1] == ["", "0", "45"]

    def test_a_line_drawn_to_another_scale_is_as_thin_as_it_shows(self) -> None:
        document = pymupdf.open()
        sheet = document.new_page(width=400, height=500)
        sheet.draw_line((50, 80), (250, 80), width=0.5)
        (contents,) = sheet.get_contents()
        strokes = b"q 0.1 0 0 0.1 0 0 cm 5 w 1 J 0 G 500 4200 m 2500 4200 l S 500 4000 m 2500 4000 l S Q"
        document.update_stream(contents, strokes)
        content = mupdf.read_page(document, 0)
        assert [(round(mark.y0), round(mark.y1)) for mark in content.marks] == [(80, 80), (100, 100)]

    def test_a_cell_drawn_to_another_scale_is_as_large_as_it_shows(self) -> None:
        document = pymupdf.open()
        sheet = document.new_page(width=400, height=500)
        sheet.draw_line((50, 80), (250, 80), width=0.5)
        (contents,) = sheet.get_contents()
        document.update_stream(
            contents, b"q .1 0 0 .1 0 0 cm 5 w 0 G 500 4000 1000 300 re S 1500 4000 400 300 re S Q"
        )
        content = mupdf.read_page(document, 0)
        assert [[round(edge) for edge in mark[:4]] for mark in content.marks] == [
            [50, 70, 150, 100],
            [150, 70, 190, 100],
        ]

    def test_a_low_box_stays_a_box_and_strokes_of_letters_are_no_lines(self) -> None:
        document = pymupdf.open()
        sheet = document.new_page(width=400, height=500)
        sheet.draw_rect(pymupdf.Rect(50, 80, 150, 94), width=0.5)
        sheet.draw_polyline([(60, 84), (68, 84), (60, 90), (68, 90)], width=0.5)  # the outline of a Z, set bold
        (mark,) = mupdf.read_page(document, 0).marks
        assert [round(edge) for edge in mark[:4]] == [50, 80, 150, 94]

    def test_a_table_on_a_turned_page_is_read(self) -> None:
        document = pymupdf.open()
        page = document.new_page(width=400, height=500)
        for x0, y0, x1, y1 in ruled([50, 80, 110], [50, 150, 250]):
            page.draw_line((x0, y0), (x1, y1), width=0.5)
        for x, y, text in [(70, 140, "11"), (70, 240, "21"), (100, 140, "12"), (100, 240, "22")]:
            page.insert_text((x, y), text, fontsize=10, rotate=90)
        page.insert_text((30, 300), "shown in landscape", fontsize=10, rotate=90)
        page.set_rotation(90)
        (grid,) = check(read_pdf(document.tobytes(), "a.pdf")).grids
        assert texts(grid) == [["21", "11"], ["22", "12"]]

    @pytest.mark.parametrize("degrees", [-2.0, 0.8, 1.5])
    def test_a_page_that_was_put_in_askew_is_read_upright_and_cells_know_where_they_are_shown(
        self, degrees: float
    ) -> None:
        printed = [(55 + 60 * column, 70 + 30 * row, f"{row}{column}") for row in range(4) for column in range(5)]
        lines = ruled([50 + 60.0 * column for column in range(6)], [50 + 30.0 * row for row in range(5)])
        straight = page_with(*printed, lines=lines)
        with pymupdf.open(stream=straight) as document:
            (xref, *_) = document[0].get_contents()
            turn = pymupdf.Matrix(degrees)
            document[0].wrap_contents()
            contents = document[0].read_contents()
            document.update_stream(xref, b"q %f %f %f %f 20 0 cm " % tuple(turn)[:4] + contents + b" Q")
            document[0].set_contents(xref)
            tilted = document.tobytes()
        (grid,), (whole,) = (check(read_pdf(data, "a.pdf")).grids for data in (tilted, straight))
        assert texts(grid) == texts(whole)
        boxes = [cell.box for cell in grid.cells if cell.box]
        rising = boxes[0].y0 - boxes[4].y0
        assert rising * degrees > 0

    def test_text_that_runs_up_the_page_is_noted(self) -> None:
        document = pymupdf.open()
        page = document.new_page(width=400, height=500)
        page.insert_text((30, 300), "printed sideways on an upright page", fontsize=10, rotate=90)
        assert [note.code for note in read_pdf(document.tobytes(), "a.pdf").notes] == ["turned_text"]


class TestTrouble:
    def test_what_is_no_pdf_is_said_to_be_none(self) -> None:
        with pytest.raises(Unreadable, match=r"^年报\.pdf: this is not a PDF"):
            read_pdf(b"<html>404</html>", "年报.pdf")

    def test_a_locked_file_asks_for_a_password_unless_it_is_empty(self) -> None:
        document = pymupdf.open(stream=page_with((20, 30, "二〇二一年政府信息公开年报")))
        locked = document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="geheim", owner_pw="o")
        with pytest.raises(Encrypted):
            read_pdf(locked, "a.pdf")
        no_copying = document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="", owner_pw="o")
        assert "年报" in read_pdf(no_copying, "a.pdf").text

    def test_an_empty_picture_of_a_page_is_noted(self) -> None:
        document = pymupdf.open(stream=page_with((20, 30, "二〇二一年政府信息公开工作年度报告")))
        picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 40, 50))
        picture.clear_with(255)
        page = document.new_page(width=400, height=500)
        page.insert_image(page.rect, pixmap=picture)
        assert [(note.code, note.page) for note in read_pdf(document.tobytes(), "a.pdf").notes] == [("needs_ocr", 2)]
        document.delete_page(0)
        with pytest.raises(NeedsOcr):
            read_pdf(document.tobytes(), "a.pdf")

    def test_an_invisible_layer_over_a_scan_is_read_and_noted(self) -> None:
        document = pymupdf.open()
        page = document.new_page(width=400, height=500)
        paper = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 40, 50))
        paper.clear_with(255)
        page.insert_image(page.rect, pixmap=paper)
        page.insert_text((20, 30), "二〇二一年政府信息公开年报", fontname="china-s", render_mode=3)
        read_document = read_pdf(document.tobytes(), "a.pdf")
        assert "年报" in read_document.text
        assert [note.code for note in read_document.notes] == ["recognised_text"]
        assert not any(each.sure for each in read_document.recognised)
        assert len(read_document.recognised) == len(read_document.lines)

    def test_a_picture_of_table_size_is_noted(self) -> None:
        document = pymupdf.open(stream=page_with((20, 30, "三、收到和处理政府信息公开申请情况")))
        picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 40, 50))
        picture.clear_with(128)
        document[0].insert_image((50, 100, 350, 300), pixmap=picture, keep_proportion=False)
        assert [note.code for note in read_pdf(document.tobytes(), "a.pdf").notes] == ["image_table"]

    def test_a_file_cut_short_is_read_as_far_as_it_goes_and_says_so(self) -> None:
        data = (DATA / "report-2021.libreoffice.pdf").read_bytes()
        assert "truncated" in {note.code for note in read_pdf(data[:-100], "a.pdf").notes}

    def test_an_empty_page_is_no_scan(self) -> None:
        with pytest.raises(Unreadable, match="none of the 1 pages holds text"):
            read_pdf(page_with(), "a.pdf")

    def test_nothing_is_printed_by_the_libraries(self, capfd: pytest.CaptureFixture[str]) -> None:
        data = (DATA / "report-2021.libreoffice.pdf").read_bytes()
        read_pdf(data.replace(b"endobj", b"endobx", 3), "a.pdf")
        assert capfd.readouterr() == ("", "")

    @settings(max_examples=40, deadline=None)
    @given(st.sampled_from(["report-2021.libreoffice", "type3.chromium"]), st.data())
    def test_any_bytes_have_an_outcome(self, name: str, data: st.DataObject) -> None:
        damaged = bytearray((DATA / f"{name}.pdf").read_bytes())
        start = data.draw(st.integers(0, len(damaged)))
        length = data.draw(st.sampled_from([1, 10, 500, 20_000]))
        damaged[start : start + length] = data.draw(st.binary(max_size=20))
        try:
            document = read_pdf(bytes(damaged), "a.pdf")
        except NianbaoError as error:
            message = str(error)
        else:
            message = check(document).name
        assert message.startswith("a.pdf")


def test_the_reading_of_a_page_can_be_seen() -> None:
    data = (DATA / "report-2021.weasyprint.pdf").read_bytes()
    picture = pymupdf.Pixmap(draw_reading(data, 1, resolution=50))
    assert any(red > 180 and green < 120 for red, green, _ in zip(*[iter(picture.samples)] * 3, strict=True))
    with pytest.raises(BadInput, match="there is no page 9"):
        draw_reading(data, 9)


def test_the_outlines_of_bold_letters_are_no_lines() -> None:
    """A program without the bold face draws the outline of each letter too; 目 has rectangles in it."""
    document = pymupdf.open()
    page = document.new_page(width=400, height=200)
    page.insert_text((40, 100), "项目情况及其他说明事项", fontname="china-s", fontsize=20)
    shape = page.new_shape()
    for rectangle in [(62, 86, 78, 88), (62, 92, 78, 94), (62, 98, 78, 100)]:
        shape.draw_rect(pymupdf.Rect(rectangle))
    shape.draw_bezier((40, 84), (50, 90), (52, 96), (60, 104))
    shape.finish(width=0.7, color=(0, 0, 0))
    shape.commit()
    data = bytes(document.tobytes())
    read = read_pdf(data, "a.pdf")
    assert read.text.strip() == "项目情况及其他说明事项"
    assert read.grids == ()
    assert read.notes == ()
    assert pdfium.read_page(pdfium.open_pdf(data), 0).marks == []


def test_a_dash_whose_outline_is_drawn_is_not_struck_through() -> None:
    data = page_with(
        (60, 115, "—"), (110, 115, "8"), (20, 30, "本页有一个格子里的横线描了边"),
        lines=[*ruled([50, 100, 150], [100, 120, 140]), (60.5, 111.5, 69.5, 111.5)],
    )  # fmt: skip
    assert [cell.text for cell in read_pdf(data, "a.pdf").grids[0].cells] == ["—", "8", "", ""]


def test_a_figure_that_a_tracked_change_struck_through_is_withdrawn() -> None:
    document = pymupdf.open()
    sheet = document.new_page(width=400, height=200)
    for y in (40, 60, 80):
        sheet.draw_line((40, y), (240, y))
    for x in (40, 140, 240):
        sheet.draw_line((x, 40), (x, 80))
    for y, label, figure in ((54, "规章", "350"), (74, "规范性文件", "12")):
        sheet.insert_text((50, y), label, fontname="china-s", fontsize=9)
        sheet.insert_text((180, y), figure, fontname="helv", fontsize=9)
    width = pymupdf.get_text_length("35", fontname="helv", fontsize=9)
    sheet.draw_line((180, 51), (180 + width, 51), width=0.6)
    read = read_pdf(bytes(document.tobytes()), "报告.pdf")
    (grid,) = read.grids
    assert [cell.text for cell in grid.cells] == ["规章", "0", "规范性文件", "12"]
    assert [note.code for note in read.notes] == ["struck_text"]


def test_the_wall_of_a_cell_strikes_nothing_through() -> None:
    document = pymupdf.open()
    sheet = document.new_page(width=400, height=200)
    for y in (40, 60, 80):
        sheet.draw_line((170, y), (202, y))
    for x in (170, 202):
        sheet.draw_line((x, 40), (x, 80))
    sheet.insert_text((176, 63), "3750", fontname="helv", fontsize=9)
    sheet.insert_text((40, 120), "主动公开政府信息情况如下", fontname="china-s", fontsize=9)
    assert "3750" in read_pdf(bytes(document.tobytes()), "报告.pdf").text
