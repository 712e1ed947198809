"""A scanned page, made here: printed by PyMuPDF, laid aslant, with noise, saved as JPEG in a PDF without text."""

from __future__ import annotations

import socket
from dataclasses import replace
from decimal import Decimal
from typing import Any

import cv2
import numpy as np
import pytest

from parsers.align import align
from parsers.assemble import report_of
from parsers.document import Document, GridKind
from parsers.errors import NeedsOcr
from parsers.forms import form_of
from parsers.readers import ocr
from parsers.readers.ocr.engine import Text, recognise
from parsers.readers.ocr.flat import bend_of
from parsers.readers.ocr.ink import darker
from parsers.readers.ocr.lines import blocks_of, without_dust
from parsers.readers.ocr.page import Scan
from parsers.readers.ocr.picture import Picture, is_plain, picture_of
from parsers.readers.ocr.pictures import read_picture
from parsers.readers.ocr.pieces import Piece, without_fold
from parsers.readers.ocr.posture import upright
from parsers.readers.ocr.reverse import without_reverse
from parsers.readers.ocr.rulings import Area, is_broken, is_wall, lying_strokes
from parsers.readers.ocr.scan import read_scan
from parsers.readers.ocr.stamps import without_seals
from parsers.readers.pdf import read_pdf
from parsers.readers.pdf.libraries.mupdf import pymupdf, read_page
from parsers.recognised import settled, suspects
from parsers.report import CellKey, CellState
from tests.parsers.readers.invariants import check

TITLE = "云溪县水利局2022年政府信息公开工作年度报告"
HEADERS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
FIGURES = ("1", "0", "0", "2", "3", "0", "0", "10", "0", "10", "0", "", "8", "0", "8")


def page_with_a_table(figures: tuple[str, ...] = FIGURES, dashes: str | None = None, apart: float = 0.0) -> object:
    """A page with the table of reviews and lawsuits: three groups of five columns, one row of figures. Its rules may be
    dashed, as PDF writes ``dashes``, or doubled, their strokes so many points ``apart``."""
    document = pymupdf.open()
    page = document.new_page(width=640, height=320)
    page.insert_text((120, 50), TITLE, fontname="china-s", fontsize=16)
    page.insert_text((40, 80), "四、政府信息公开行政复议、行政诉讼情况", fontname="china-s", fontsize=13)
    left, wide = 20, 40

    def rule(x0: float, y0: float, x1: float, y1: float) -> None:
        for shift in (0.0, apart) if apart else (0.0,):
            across = (shift, 0.0) if x0 == x1 else (0.0, shift)
            ends = [(x + across[0], y + across[1]) for x, y in ((x0, y0), (x1, y1))]
            page.draw_line(*ends, width=0.7, dashes=dashes)

    right = left + 15 * wide
    for y, x0 in ((100, left), (120, left), (140, left + 5 * wide), (180, left), (204, left)):
        rule(x0, y, right, y)
    for number in range(16):
        top = 100 if number in (0, 5, 15) else 120 if number in (1, 2, 3, 4, 10) else 140
        rule(left + number * wide, top, left + number * wide, 204)
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


def scan_of(
    page: object,
    slant: float = 0.7,
    turn: int = 0,
    layer: str = "",
    enlarged: float = 1.0,
    lid: int = 0,
    specks: int = 0,
    streak: float = 0.0,
) -> bytes:
    """The scan of a page, laid aslant and turned clockwise by degrees, with a text that a scanner laid under it, larger than
    the sheet was; beside it so many pixels of the black ``lid`` of the scanner, on it ``specks`` of dust, and down the sheet,
    so many points from its left, the ``streak`` that dust on the glass leaves."""
    pixels = page.get_pixmap(dpi=170, colorspace=pymupdf.csGRAY)  # type: ignore[attr-defined]
    drawn = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width)
    matrix = cv2.getRotationMatrix2D((pixels.width / 2, pixels.height / 2), slant, 1.0)
    grey = cv2.warpAffine(drawn, matrix, (pixels.width, pixels.height), borderValue=255)
    noisy = grey * 0.9 + np.random.default_rng(1).normal(10, 5, grey.shape)
    chance = np.random.default_rng(2)
    for y, x in zip(
        chance.integers(0, len(noisy) - 2, specks), chance.integers(0, noisy.shape[1] - 2, specks), strict=True
    ):
        noisy[y : y + 2, x : x + 2] = 0
    noisy[:, :lid] = noisy[:lid] = 20
    if streak:
        noisy[:, round(streak / 72 * 170)] *= 0.6
    picture = np.rot90(noisy.clip(0, 255).astype(np.uint8), -turn // 90)
    _, jpeg = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 60])
    scan = pymupdf.open()
    width, height = (640 * enlarged, 320 * enlarged) if turn % 180 == 0 else (320 * enlarged, 640 * enlarged)
    target = scan.new_page(width=width, height=height)
    target.insert_image(target.rect, stream=jpeg.tobytes())
    if layer:
        target.insert_text((40, 80), layer, fontname="china-s", render_mode=3)
    return bytes(scan.tobytes())


def figures_in(document: Document) -> tuple[str, ...]:
    (grid,) = document.grids
    return tuple(cell.text for cell in grid.cells if cell.row == grid.row_count - 1)


def doubted(document: Document) -> set[str]:
    return {key for finding in report_of(document).findings if finding.whose == "reading" for key in finding.where}


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
    assert {"review_litigation/review/total", "review_litigation/review/pending"} <= doubted(slip)
    assert not [
        finding for finding in report_of(slip).findings if finding.rule == "rl.sum" and finding.whose == "agency"
    ]
    # A plain 0 is like no other digit, and is not the reason.
    assert "review_litigation/review/other" not in doubted(slip)


@pytest.mark.parametrize(
    ("of_two", "of_total", "doubts"), [("7", (), False), ("7", ("8",), True), ("/", ("1",), True)]
)
def test_a_sum_that_would_hold_with_the_other_readings_too_settles_neither(
    scanned: Document, of_two: str, of_total: tuple[str, ...], doubts: bool
) -> None:
    """Reviews: 1 + 0 + 0 + 2 = 3. Where the 2 may be a 7 and the 3 an 8, nothing is said by 3; nor where they may be / and 1."""
    form = form_of("2021")
    assert form is not None
    others = {"2": (of_two,), "3": of_total}
    unsure = tuple(
        replace(read, sure=False, others=others[text]) if (text := read.span.of(scanned.text)) in others else read
        for read in scanned.recognised
    )
    document = replace(scanned, recognised=unsure)
    pending = CellKey("review_litigation", "review", "pending")
    found = settled(document, form, align(document, form)).doubts
    assert any(pending in doubt.cells for doubt in found) is doubts


def test_a_total_that_looks_like_its_only_term_is_doubted_with_it(scanned: Document) -> None:
    """Lawsuits: 0 + 0 + 10 + 0 = 10. Where the first 10 may be a slash, the second may be one as well, however surely it was read."""
    form = form_of("2021")
    assert form is not None
    tens = [read.span for read in scanned.recognised if read.span.of(scanned.text) == "10"]
    unsure = tuple(
        replace(read, sure=read.span != tens[0], others=("/",)) if read.span in tens else read
        for read in scanned.recognised
    )
    document = replace(scanned, recognised=unsure)
    found = {key.column for doubt in settled(document, form, align(document, form)).doubts for key in doubt.cells}
    assert found == {"other", "total"}


def test_a_dash_beside_a_line_looks_like_a_numeral_in_words_and_is_no_figure(scanned: Document) -> None:
    form = form_of("2021")
    assert form is not None
    pending = CellKey("review_litigation", "review", "pending")
    aligned = align(scanned, form)
    words = tuple(replace(cell, raw="二") if cell.key == pending else cell for cell in aligned.cells)
    found = settled(scanned, form, replace(aligned, cells=words))
    (cell,) = (cell for cell in found.cells if cell.key == pending)
    assert (cell.state, cell.value) == (CellState.UNREADABLE, None)
    assert any(pending in doubt.cells for doubt in found.doubts)


def test_a_point_before_three_digits_of_a_count_is_a_comma() -> None:
    """Sums confirm it in the first group; in the second there is another slip, and the figure is doubted as any other."""
    figures = ("1.250", "0", "0", "2", "1.252", "1.300", "0", "10", "0", "10", *FIGURES[10:])
    document = read_pdf(scan_of(page_with_a_table(figures)), "scan.pdf")
    cells = {str(cell.key): cell for cell in report_of(document).cells}
    named = ("review/upheld", "review/total", "litigation.direct/upheld")
    upheld, total, other = (f"review_litigation/{name}" for name in named)
    assert [cells[key].value for key in (upheld, total, other)] == [1250, 1252, 1300]
    assert {upheld, total, other} & doubted(document) == {other}


def test_a_blank_among_dashes_may_be_a_dash_that_the_scanner_lost() -> None:
    blank = "review_litigation/litigation.direct/corrected"
    amid_dashes = read_pdf(scan_of(page_with_a_table(("2", "-", "-", "-", "2", "-", "", *("-",) * 8))), "scan.pdf")
    assert blank in doubted(amid_dashes)
    amid_blanks = read_pdf(scan_of(page_with_a_table(("2", "", "-", "", "2", "-", "", *("",) * 8))), "scan.pdf")
    assert blank not in doubted(amid_blanks)


@pytest.mark.parametrize(("rest", "doubts"), [("", True), ("0", True), ("-", False)])
def test_a_sign_that_was_not_surely_read_may_be_dirt_where_no_others_stand(rest: str, doubts: bool) -> None:
    form = form_of("2021")
    assert form is not None
    figures = ("2", "-", rest, rest, "2", *(rest,) * 10)
    document = read_pdf(scan_of(page_with_a_table(figures)), "scan.pdf")
    corrected = CellKey("review_litigation", "review", "corrected")
    (sign,) = (cell.evidence for cell in align(document, form).cells if cell.key == corrected)
    assert sign is not None
    unsure = tuple(replace(read, sure=read.sure and read.span != sign.span) for read in document.recognised)
    document = replace(document, recognised=unsure)
    found = settled(document, form, align(document, form)).doubts
    assert any(corrected in doubt.cells for doubt in found) is doubts


def test_what_two_readings_give_alike_is_not_doubted(scanned: Document) -> None:
    assert not {key for key in doubted(scanned) if key.startswith("review_litigation")}
    assert all(cell.sure for cell in scanned.recognised if cell.span.of(scanned.text) in ("", "0", "2", "3", "8"))


@pytest.mark.parametrize(
    ("dashes", "apart"), [("[4 3] 0", 0.0), ("[1 1.5] 0", 0.0), (None, 2.2), (None, 3.6)], ids=str
)
def test_rules_are_found_however_they_are_drawn(dashes: str | None, apart: float) -> None:
    document = read_pdf(scan_of(page_with_a_table(dashes=dashes, apart=apart)), "scan.pdf")
    assert figures_in(document) == FIGURES


@pytest.mark.parametrize("pieces", ["[30 6 14 8] 0", "[25 12 14 9] 0"])
def test_rules_may_be_broken_into_pieces(pieces: str) -> None:
    document = read_pdf(scan_of(page_with_a_table(dashes=pieces)), "scan.pdf")
    assert figures_in(document) == FIGURES


def page_with_rows(label: str = "") -> object:
    """A page with six rows of five figures between walls, and a row in the middle that is one wide cell with a ``label``, if
    it is given one."""
    page = pymupdf.open().new_page(width=640, height=320)
    rows, columns = range(60, 241, 30), range(60, 561, 100)
    for y in rows:
        page.draw_line((60, y), (560, y), width=0.7)
    for x in columns:
        for y in rows[:-1]:
            if not label or y != 120 or x in (60, 560):
                page.draw_line((x, y), (x, y + 30), width=0.7)
    for x in columns[:-1]:
        for y in rows[:-1]:
            if not label or y != 120:
                page.insert_text((x + 48, y + 19), "0", fontname="helv", fontsize=10)
    page.insert_text((250, 139), label, fontname="china-s", fontsize=10)
    return page


def test_a_wall_of_which_nothing_is_left_is_told_by_its_neighbours() -> None:
    page = page_with_rows()
    page.draw_rect((257, 121, 263, 149), color=(1, 1, 1), fill=(1, 1, 1))  # type: ignore[attr-defined]
    (grid,) = read_pdf(scan_of(page), "scan.pdf").grids
    assert [cell.text for cell in grid.cells] == ["0"] * 30


def test_a_cell_as_wide_as_its_row_is_not_cut_where_lines_above_and_below_go_on() -> None:
    (grid,) = read_pdf(scan_of(page_with_rows("第二十条第（五）项")), "scan.pdf").grids
    assert [cell.text for cell in grid.cells] == ["0"] * 10 + ["第二十条第（五）项"] + ["0"] * 15


def test_a_stroke_of_print_that_fills_a_low_row_is_no_wall() -> None:
    page = pymupdf.open().new_page(width=640, height=320)
    lines = [60 + 9.8 * number for number in range(7)]
    for y in lines:
        page.draw_line((60, y), (560, y), width=0.7)
    for x, ends in ((60, ((0, 6),)), (310, ((0, 2), (3, 6))), (560, ((0, 6),))):
        for first, last in ends:
            page.draw_line((x, lines[first]), (x, lines[last]), width=0.7)
    for number, y in enumerate(lines[1:]):
        if number == 2:
            page.insert_text((250, y - 1.4), "第二十条第（五）项", fontname="china-s", fontsize=9)
        else:
            for x in (180, 430):
                page.insert_text((x, y - 1.6), "0", fontname="helv", fontsize=9)
    (grid,) = read_pdf(scan_of(page, slant=0.0), "scan.pdf").grids
    assert [cell.text for cell in grid.cells] == ["0"] * 4 + ["第二十条第（五）项"] + ["0"] * 6


def test_walls_stand_close_to_the_figures_of_a_row_that_is_alone_on_its_page() -> None:
    page = pymupdf.open().new_page(width=640, height=320)
    for y in (100, 118):
        page.draw_line((20, y), (620, y), width=0.7)
    for number in range(16):
        page.draw_line((20 + 40 * number, 100), (20 + 40 * number, 118), width=0.7)
    for number in range(15):
        page.insert_text((21.6 + 40 * number, 113), str(11 * number), fontname="tiro", fontsize=10)
    assert figures_in(read_pdf(scan_of(page, slant=0.0), "scan.pdf")) == tuple(
        str(11 * number) for number in range(15)
    )


def test_a_page_of_the_web_may_be_one_long_picture() -> None:
    pixels = page_with_a_table().get_pixmap(dpi=90, colorspace=pymupdf.csGRAY)  # type: ignore[attr-defined]
    grey = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width)
    paper = np.full((3000, pixels.width), 255, np.uint8)
    paper[1600 : 1600 + pixels.height] = grey
    picture = cv2.imencode(".png", paper)[1].tobytes()
    assert figures_in(read_picture(picture, "report.png", "image/png")) == FIGURES


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_otherwise_is_turned(turn: int) -> None:
    document = check(read_pdf(scan_of(page_with_a_table(), turn=turn), "scan.pdf"))
    assert figures_in(document) == FIGURES
    ten = next(cell for cell in document.grids[0].cells if cell.text == "10")
    assert ten.box is not None
    upright = (320, 193)  # where the middle of the print is on the page that is not turned
    x, y = {90: (320 - upright[1], upright[0]), 180: (640 - upright[0], 320 - upright[1])}.get(
        turn, (upright[1], 640 - upright[0])
    )
    assert ((ten.box.x0 + ten.box.x1) / 2, (ten.box.y0 + ten.box.y1) / 2) == pytest.approx((x, y), abs=4)


def test_a_scanner_may_count_a_pixel_as_a_point() -> None:
    document = check(read_pdf(scan_of(page_with_a_table(), enlarged=170 / 72 * 1.3), "scan.pdf"))
    assert figures_in(document) == FIGURES
    ten = next(cell for cell in document.grids[0].cells if cell.text == "10")
    assert ten.box is not None
    assert (ten.box.x0, ten.box.y0) == pytest.approx((314 * 170 / 72 * 1.3, 189 * 170 / 72 * 1.3), abs=12)


def test_the_black_lid_of_the_scanner_is_no_ruling_line() -> None:
    assert figures_in(read_pdf(scan_of(page_with_a_table(), lid=20), "scan.pdf")) == FIGURES


def test_a_streak_of_dust_down_the_sheet_is_no_wall_and_hides_no_figure() -> None:
    document = read_pdf(scan_of(page_with_a_table(), streak=37.0), "scan.pdf")
    assert figures_in(document) == FIGURES
    assert not {key for key in doubted(document) if key.startswith("review_litigation")}


def test_the_walls_of_a_table_that_fills_its_picture_are_no_streaks() -> None:
    page = page_with_a_table()
    pixels = page.get_pixmap(dpi=100, clip=pymupdf.Rect(16, 97, 624, 207))  # type: ignore[attr-defined]
    assert figures_in(read_picture(pixels.tobytes("png"), "table.png", "image/png")) == FIGURES


def test_a_figure_beside_the_wall_at_the_edge_of_a_picture_is_whole() -> None:
    page: Any = pymupdf.open().new_page(width=640, height=320)
    for y in (100, 120, 140):
        page.draw_line((20, y), (420, y), width=0.7)
    for x in range(20, 421, 100):
        page.draw_line((x, 100), (x, 140), width=0.7)
        page.insert_text((x + 3, 114), "行政许可决定数量", fontname="china-s", fontsize=10)
        page.insert_text((x + 1.8, 134), "0", fontname="helv", fontsize=10)
    pixels = page.get_pixmap(dpi=120, clip=pymupdf.Rect(18, 98, 422, 142))
    (grid,) = read_picture(pixels.tobytes("png"), "table.png", "image/png").grids
    assert [cell.text for cell in grid.cells] == ["行政许可决定数量"] * 4 + ["0"] * 4


def test_the_shadow_in_the_fold_of_a_book_is_no_print() -> None:
    ink = np.zeros((400, 800), np.uint8)
    sheet = Picture(ink, ink, ink, ink, ink, (), (), (lying_strokes(ink, ink, 1.0),) * 2, 1.0)
    lines = [Piece(Area(x, y, x + 200, y + 8)) for x in (50, 500) for y in range(20, 380, 30)]
    shadow = [Piece(Area(398, y, 402, y + 60)) for y in (40, 200)]
    assert without_fold(sheet, [*lines, *shadow]) == lines
    across = Piece(Area(300, 5, 500, 15))
    assert without_fold(sheet, [across, *lines, *shadow]) == [across, *lines, *shadow]


def test_the_middle_column_of_a_table_on_a_lying_sheet_is_no_fold_of_a_book() -> None:
    (grid,) = read_pdf(scan_of(page_with_rows()), "scan.pdf").grids
    assert [cell.text for cell in grid.cells] == ["0"] * 30


def test_a_sheet_that_curled_is_made_flat() -> None:
    pixels = page_with_a_table().get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)  # type: ignore[attr-defined]
    grey = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width)
    assert bend_of(grey, 200 / 72) is None
    y, x = np.mgrid[0 : pixels.height, 0 : pixels.width].astype(np.float32)
    down = 18 * np.sin(3.5 * x / pixels.width) + 12 * x / pixels.width * y / pixels.height
    curled = cv2.remap(grey, x + 9 * np.sin(3 * y / pixels.height), y + down, cv2.INTER_CUBIC, borderValue=255)
    scan = read_scan(curled, 1, 640, 320)
    figures = [read.word.text for read in scan.prints if 178 < read.word.y0 < 200]
    assert figures == [figure for figure in FIGURES if figure]


def test_a_sheet_may_be_cut_into_strips() -> None:
    with pymupdf.open(stream=scan_of(page_with_a_table())) as scan, pymupdf.open() as cut:
        sheet: Any = cv2.imdecode(np.frombuffer(scan.extract_image(scan[0].get_images()[0][0])["image"], np.uint8), 0)
        page = cut.new_page(width=640, height=320)
        for rows in np.array_split(np.arange(len(sheet)), 9):
            place = pymupdf.Rect(0, rows[0] * 320 / len(sheet), 640, (rows[-1] + 1) * 320 / len(sheet))
            page.insert_image(place, stream=cv2.imencode(".png", sheet[rows])[1].tobytes(), keep_proportion=False)
        document = read_pdf(cut.tobytes(), "scan.pdf")
    assert figures_in(document) == FIGURES


def test_a_page_with_dashed_rules_that_lies_sideways_is_turned() -> None:
    document = read_pdf(scan_of(page_with_a_table(dashes="[2.2 2.2] 0"), turn=90), "scan.pdf")
    assert figures_in(document) == FIGURES


def test_a_page_with_nothing_but_narrow_columns_is_turned_too() -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=640, height=320)
        for row, label in enumerate(("申请内容", "要另行", "制作信息", "属于行政", "查询事项")):
            page.insert_text((40, 40 + 60 * row), label, fontname="china-s", fontsize=12)
            for column in range(1, 7):
                page.insert_text((40 + 85 * column, 40 + 60 * row), "0", fontname="helv", fontsize=12)
        read = read_pdf(scan_of(page, turn=180), "scan.pdf")
    assert "申请内容" in read.text


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_labels_of_a_narrow_column_that_stand_close_below_each_other_do_not_turn_a_page(turn: int) -> None:
    page = pymupdf.open().new_page(width=300, height=400)
    labels = ("行政机关", "不再处理", "公开申请", "补正之后", "内容仍然", "不能明确", "另行制作", "信息数量")
    for row in range(12):
        for column, sign in enumerate(label for place in range(3) for label in labels[(row + place) % 8]):
            x, y = 50 + 14 * column + 60 * (column // 4), 50 + 14 * row + 60 * (row // 4)
            page.insert_text((x, y), sign, fontname="china-s", fontsize=12)
    posture, _ = upright(np.ascontiguousarray(np.rot90(grey_of(page), -turn // 90)), 200 / 72)
    assert (posture.turned + turn) % 360 == 0


def grey_of(page: object) -> Any:
    """The picture of a page that lies well."""
    pixels = page.get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)  # type: ignore[attr-defined]
    return np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width)


def row_of(page: object) -> list[str]:
    """What is recognised in the row of figures of a page that lies well."""
    return [read.word.text for read in read_scan(grey_of(page), 1, 640, 320).prints if 182 < read.word.y0 < 200]


@pytest.mark.parametrize("dashes", ["[2 2] 0", "[4 3] 0", "[1 1.5] 0"])
def test_dashed_walls_may_be_as_short_as_one_row(dashes: str) -> None:
    page = page_with_a_table(figures=("",) * 15)
    for number in range(15):  # a figure on either side of the middle of each cell
        x = 40 * (number + 1)
        page.draw_line((x, 180), (x, 204), width=0.7, dashes=dashes)  # type: ignore[attr-defined]
        for shift, figure in ((-12, str(number % 10)), (6, "1")):
            page.insert_text((x + shift, 196), figure, fontname="helv", fontsize=9)  # type: ignore[attr-defined]
    assert row_of(page) == [figure for number in range(15) for figure in (str(number % 10), "1")]


def test_a_line_is_one_though_words_touch_it() -> None:
    page = page_with_a_table(figures=("7",) * 15, dashes="[2.2 2.2] 0")
    for number in range(6):
        page.insert_text((22 + 40 * number, 185.6), "结果维持", fontname="china-s", fontsize=9)  # type: ignore[attr-defined]
    with_words = read_pdf(scan_of(page), "scan.pdf")
    assert with_words.grids[0].row_count == 4


def test_a_wall_that_words_touch_is_one_where_the_rest_of_it_is_drawn() -> None:
    grey = np.full((120, 300), 230, np.uint8)
    grey[60:62] = 60
    cv2.putText(grey, "HEEH", (40, 83), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 60, 2)
    ink = darker(grey, 2.8)
    ink[59:63] = 0
    strokes, place = lying_strokes(grey, ink, 2.8), Area(40, 53, 120, 69)
    assert not is_wall(strokes, ink, place, False, 170.0, 2.8)
    assert is_wall(strokes, ink, place, False, 170.0, 2.8, touched=True)


def test_a_digit_whose_thin_stroke_is_lost_is_one_digit() -> None:
    page = page_with_a_table(figures=("5", "2") * 7 + ("7",))
    page.draw_line((20, 191.2), (620, 191.2), width=1.5, color=(1, 1, 1))  # type: ignore[attr-defined]
    for number in range(16):
        x = 20 + 40 * number
        page.draw_line((x, 180), (x, 204), width=0.7)  # type: ignore[attr-defined]
    assert row_of(page) == ["5", "2"] * 7 + ["7"]


def test_cells_without_walls_are_told_apart_though_their_lines_stand_higher_and_lower() -> None:
    ink = np.zeros((120, 300), np.uint8)

    def characters(x: int, y: int, count: int) -> Area:
        for number in range(count):
            ink[y : y + 18, x + 20 * number : x + 20 * number + 18] = 1
        return Area(x, y, x + 20 * count - 2, y + 18)

    group = [characters(20, y, 3) for y in (10, 35, 60)]
    rows = [characters(90, y, 2) for y in (22, 47)] + [characters(145, y, 4) for y in (8, 33, 58)]
    assert set(blocks_of(ink, Area(0, 0, 300, 120), 18, 2.0)) == {*group, *rows}


@pytest.mark.parametrize(("crossed", "walls"), [(False, 1), (True, 0)])
def test_a_stroke_from_line_to_line_that_another_one_crosses_is_no_wall(crossed: bool, walls: int) -> None:
    grey = np.full((200, 700), 240, np.uint8)
    for y in (80, 112):  # a row as low as its characters are high
        grey[y : y + 2, 40:660] = 20
    grey[80:114, 300:302] = 20
    if crossed:
        grey[94:96, 290:312] = 20
    assert len(picture_of(grey, 2.78).standing) == walls


def test_a_stroke_of_print_close_to_a_wall_of_the_next_row_does_not_lengthen_it() -> None:
    grey = np.full((300, 700), 240, np.uint8)
    for y in (80, 112, 150):
        grey[y : y + 2, 40:660] = 20
    grey[112:152, 300:302] = 20  # a wall of the second row
    grey[84:112, 294:296] = grey[94:97, 285:310] = 20  # a character of the first one
    (wall,) = picture_of(grey, 2.78).standing
    assert wall.y0 >= 108
    assert wall.x0 >= 297


def test_a_stroke_as_high_as_its_row_that_does_not_reach_the_lines_is_no_wall() -> None:
    grey = np.full((200, 700), 240, np.uint8)
    for y in (80, 112):
        grey[y : y + 2, 40:660] = 20
    grey[85:108, 300:303] = grey[92:94, 303:312] = 20
    assert picture_of(grey, 2.4).standing == ()


def test_pieces_of_a_line_are_a_wall_unless_another_stroke_crosses_them() -> None:
    ink = np.zeros((60, 19), np.uint8)
    ink[2:20, 8:11] = ink[34:58, 8:11] = 1
    assert is_broken(ink, Area(0, 0, 19, 60), True, 2.78)
    ink[12:14, 2:17] = 1
    assert not is_broken(ink, Area(0, 0, 19, 60), True, 2.78)


def test_specks_before_and_behind_a_figure_belong_to_none_of_its_digits() -> None:
    ink = np.zeros((30, 100), np.uint8)
    ink[5:25, 40:50] = ink[5:25, 56:66] = 1
    ink[21:25, 52:54] = 1  # a decimal point
    ink[8:12, 30:34] = ink[18:22, 72:76] = 1
    assert without_dust(ink, Area(30, 5, 76, 25), 2.0) == Area(40, 5, 66, 25)


def test_a_table_without_lines_is_read_by_how_its_figures_stand() -> None:
    document = pymupdf.open()
    page = document.new_page(width=640, height=320)
    page.insert_text((120, 50), TITLE, fontname="china-s", fontsize=16)
    page.insert_text((40, 80), "二、主动公开政府信息情况", fontname="china-s", fontsize=13)
    rows = (
        ("", "第二十条第（一）项"),
        ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        ("规章", "0", "0", "0"),
        ("行政规范性文件", "12", "3", "45"),
        ("", "第二十条第（五）项"),
        ("信息内容", "本年处理决定数量"),
        ("行政许可", "208"),
    )
    for number, row in enumerate(rows):
        for x, text in zip((60, 220, 360, 500), row, strict=False):
            font = "china-s" if x == 60 or not text.isdecimal() else "helv"
            page.insert_text((x, 110 + 26 * number), text, fontname=font, fontsize=11)
    read = report_of(read_pdf(scan_of(page), "scan.pdf"))
    cells = {str(cell.key): cell.value for cell in read.cells if cell.key.row == "normative_documents"}
    assert cells == {
        "proactive/normative_documents/issued": 12,
        "proactive/normative_documents/repealed": 3,
        "proactive/normative_documents/in_force": 45,
    }
    assert not any(key in f.where for f in read.findings if f.whose == "reading" for key in cells)


def test_zeros_may_have_a_dot_inside() -> None:
    page = page_with_a_table(figures=("0", "0", "", "0", "") * 3)
    for number in range(15):
        if number % 5 not in (2, 4):
            middle = (20 + 40 * number + 14 + 2.8, 192.4)
            page.draw_circle(middle, 0.6, color=(0, 0, 0), fill=(0, 0, 0))  # type: ignore[attr-defined]
    assert row_of(page) == ["0"] * 9


def test_a_blank_between_digits_makes_a_figure_doubtful() -> None:
    figures = (*FIGURES[:7], "12 3", "0", "123", "111", *FIGURES[11:])
    document = read_pdf(scan_of(page_with_a_table(figures)), "scan.pdf")
    assert [read.sure for read in document.recognised[-15:]] == [figure != "12 3" for figure in figures]


def test_a_speck_alone_in_a_cell_is_dust() -> None:
    document = read_pdf(scan_of(page_with_a_table(), specks=100), "scan.pdf")
    assert figures_in(document) == FIGURES
    assert not {key for key in doubted(document) if key.startswith("review_litigation")}


@pytest.mark.parametrize(
    ("level", "grains", "plain"), [(90, [(40, 30)], True), (90, [(40, 30), (52, 24)], False), (205, [], False)]
)
def test_a_grain_of_dust_in_a_blank_cell_hides_nothing_and_faint_print_does(
    level: int, grains: list[tuple[int, int]], plain: bool
) -> None:
    paper = np.full((60, 100), 235, np.uint8)
    for x, y in grains:
        cv2.circle(paper, (x, y), 2, level, -1)
    if not grains:
        cv2.putText(paper, "8", (40, 40), cv2.FONT_HERSHEY_COMPLEX, 0.8, level, 2, cv2.LINE_AA)
    noisy = (paper + np.random.default_rng(4).normal(0, 1, paper.shape)).clip(0, 255).astype(np.uint8)
    assert is_plain(picture_of(noisy, 200 / 72), Area(2, 2, 98, 58)) is plain


def test_a_speck_is_no_zero_whatever_it_is_read_as() -> None:
    page = page_with_a_table(figures=("7", "", "1") * 5)
    for number in (1, 4, 7):
        page.draw_circle((20 + 40 * number + 20, 193), 1.1, color=(0, 0, 0), width=0.5)  # type: ignore[attr-defined]
    document = read_pdf(scan_of(page), "scan.pdf")
    assert "0" not in figures_in(document)


def test_what_shows_through_from_the_back_of_the_sheet_is_no_print() -> None:
    page: Any = page_with_a_table()
    under: Any = {"color": (0.8, 0.8, 0.8), "overlay": False}
    for y in range(90, 300, 16):
        page.insert_text((30, y), "据定规例条开公息信府政" * 5, fontname="china-s", fontsize=11, **under)
    page.draw_line((10, 190), (630, 190), width=0.8, **under)
    document = read_pdf(scan_of(page), "scan.pdf")
    assert figures_in(document) == FIGURES
    assert "信府政" not in document.text


def test_what_is_hardly_darker_than_paper_is_noise_and_nothing_that_shows_through() -> None:
    page = np.full((400, 600), 220, np.uint8)
    for number in range(40):
        x, y = 20 + 28 * (number % 20), 40 + 60 * (number // 20)
        page[y : y + 20, x : x + 8] = 60
        page[y + 150 : y + 170, x : x + 8] = 198
    page[330:333, 100:108] = 185  # a faint dash
    assert (without_reverse(page, 2.78) == page).all()


def test_short_dashes_of_a_coarse_scan_are_dashes() -> None:
    page = page_with_a_table(figures=("",) * 15)
    for number in range(15):
        x = 39 + 40 * number
        page.draw_line((x, 193), (x + (2.4 if number % 5 else 1.9), 193), width=1.1)  # type: ignore[attr-defined]
    assert set(figures_in(read_pdf(scan_of(page), "scan.pdf"))) == {"-"}


def test_a_sign_among_figures_is_a_figure_that_cannot_be_read() -> None:
    """A broken 4 is read as +."""
    page: Any = page_with_rows()
    page.draw_rect((100, 125, 120, 145), color=(1, 1, 1), fill=(1, 1, 1))
    page.insert_text((107, 139), "+", fontname="helv", fontsize=11)
    (grid,) = read_pdf(scan_of(page), "scan.pdf").grids
    assert [cell.text for cell in grid.cells] == ["0"] * 10 + ["\ufffd"] + ["0"] * 19


def test_the_end_of_a_digit_that_a_line_cuts_is_no_dash_for_sure() -> None:
    page = page_with_a_table(figures=("1",) + ("",) * 14)
    for number in range(1, 15):
        page.draw_line((45 + 40 * number, 181.8), (50 + 40 * number, 181.8), width=0.9)  # type: ignore[attr-defined]
    document = read_pdf(scan_of(page, slant=0.0), "scan.pdf")
    assert not [each for each in document.recognised if each.sure and each.span.of(document.text) == "-"]


def test_a_layer_of_somebody_elses_ocr_is_not_trusted() -> None:
    document = read_pdf(scan_of(page_with_a_table(), layer="五湖四海皆兄弟也五湖四海"), "scan.pdf")
    assert "五湖四海" not in document.text
    assert figures_in(document) == FIGURES


def test_a_layer_that_lies_under_the_picture_is_not_trusted_either() -> None:
    with pymupdf.open(stream=scan_of(page_with_a_table())) as scan, pymupdf.open() as covered:
        picture = scan.extract_image(scan[0].get_images()[0][0])["image"]
        page = covered.new_page(width=640, height=320)
        for number in range(15):
            page.insert_text((34 + 40 * number, 196), "88", fontname="helv", fontsize=10)
        page.insert_image(page.rect, stream=picture)
        page.insert_text((300, 312), "- 3 -", fontname="helv", fontsize=9)
        document = read_pdf(covered.tobytes(), "scan.pdf")
    assert figures_in(document) == FIGURES


def test_a_seal_over_figures_is_taken_off_and_they_are_doubted_unless_sums_confirm_them() -> None:
    pixels = page_with_a_table().get_pixmap(dpi=200)  # type: ignore[attr-defined]
    page = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width, 3).copy()
    seal = np.full_like(page, 255)
    cv2.circle(seal, (480, 500), 150, (220, 40, 50), 9)
    grey, seals = without_seals(np.minimum(page, seal), 200 / 72)
    assert abs(seals[0].x0 - 325) < 12
    assert abs(grey.astype(int) - cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)).max() < 90
    scan = read_scan(grey, 1, 640, 320, seals)
    under = [read for read in scan.prints if 117 < read.word.x0 < 226 and 182 < read.word.y0 < 200]
    assert [read.word.text for read in under] == ["2", "3"]
    assert not any(read.sure for read in under)


@pytest.mark.parametrize("colour", [(220, 40, 50), (40, 60, 190)])
def test_a_stamp_of_another_shape_is_taken_off_where_it_lies_over_print(colour: tuple[int, int, int]) -> None:
    pixels = page_with_a_table().get_pixmap(dpi=200)  # type: ignore[attr-defined]
    page = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width, 3).copy()
    stamp = np.full_like(page, 255)
    cv2.rectangle(stamp, (300, 440), (640, 560), colour, 6)
    cv2.line(stamp, (330, 525), (610, 545), colour, 5)
    grey, (found,) = without_seals(np.minimum(page, stamp), 200 / 72)
    assert abs(found.x0 - 297) < 12
    scan = read_scan(grey, 1, 640, 320, [found])
    assert [read.word.text for read in scan.prints if 182 < read.word.y0 < 200] == [each for each in FIGURES if each]


def test_a_letterhead_in_red_stays() -> None:
    page = np.full((600, 1700, 3), 255, np.uint8)
    cv2.putText(page, "WENJIAN", (700, 200), cv2.FONT_HERSHEY_SIMPLEX, 4.0, (220, 40, 50), 14)
    assert without_seals(page, 200 / 72)[1] == []


def test_the_grey_seal_of_a_copy_is_taken_off_too_and_rules_go_on_under_it() -> None:
    pixels = page_with_a_table().get_pixmap(dpi=200)  # type: ignore[attr-defined]
    page = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width, 3).copy()
    seal = np.full_like(page, 255)
    cv2.circle(seal, (620, 500), 150, (110, 110, 110), 10)
    grey, seals = without_seals(np.minimum(page, seal), 200 / 72)
    assert len(seals) == 1
    document = read_scan(grey, 1, 640, 320, seals)
    figures = [read.word.text for read in document.prints if 182 < read.word.y0 < 200]
    assert figures == [figure for figure in FIGURES if figure]
    assert without_seals(page, 200 / 72)[1] == []


def test_a_block_of_small_print_that_is_not_sharp_is_no_grey_seal() -> None:
    page = pymupdf.open().new_page(width=300, height=300)
    page.insert_text((30, 30), "报告", fontname="china-s", fontsize=20)
    for line in range(8):
        page.insert_text((100, 100 + 9 * line), "申请人逾期未按收费", fontname="china-s", fontsize=9)
    drawn = page.get_pixmap(dpi=150)
    sharp = np.frombuffer(drawn.samples, np.uint8).reshape(drawn.height, drawn.width, 3)
    pale = cv2.GaussianBlur((60 + sharp * 0.75).astype(np.uint8), (0, 0), 1.0)
    assert without_seals(cv2.resize(pale, None, fx=4 / 3, fy=4 / 3), 200 / 72)[1] == []


def test_holes_and_dust_beside_the_lines_of_a_title_are_no_print_and_its_last_character_is_whole() -> None:
    page = pymupdf.open().new_page(width=640, height=320)
    for y, size, text in (
        (60, 22, "县教育体育局2021年政府信息公开工作年度报"),
        (200, 14, "坚持以公开为常态，不公开为例外"),
    ):
        page.insert_text((90, y), text, fontname="china-ss", fontsize=size)
    page.insert_text((300, 100), "告", fontname="china-ss", fontsize=22)
    for y in (195, 280):
        page.draw_circle((24, y), 8, fill=(0.2, 0.2, 0.2))
    for x, y in ((500, 120), (60, 20), (320, 150)):
        page.draw_circle((x, y), 1.6, fill=(0, 0, 0))
    scan = read_scan(grey_of(page), 1, 640, 320)
    assert [read.word.text for read in scan.prints] == [
        "县教育体育局2021年政府信息公开工作年度报",
        "告",
        "坚持以公开为常态，不公开为例外",
    ]


def test_two_short_lines_of_a_narrow_label_are_no_halves_of_one_character() -> None:
    page = pymupdf.open().new_page(width=640, height=320)
    for x in (20, 60, 320, 620):
        page.draw_line((x, 20), (x, 260), width=0.8)
    for y in (20, 90, 160, 260):
        page.draw_line((20, y), (620, y), width=0.8)
    for row, label in enumerate(("本年度办理结", "政府信息公开")):
        for line in range(3):
            page.insert_text((28, 38 + 70 * row + 12 * line), label[2 * line : 2 * line + 2], fontname="china-s")
        for column in range(2):
            page.insert_text((180 + 300 * column, 56 + 70 * row), "27", fontname="helv")
    page.insert_text((20, 290), "坚持以公开为常态，不公开为例外，全年公开政府信息", fontname="china-s", fontsize=14)
    scan = read_scan(grey_of(page), 1, 640, 320)
    labels = [read.word.text for read in scan.prints if read.word.x1 < 60]
    assert labels == ["本年", "度办", "理结", "政府", "信息", "公开"]


@pytest.mark.parametrize("ruled", [True, False])
def test_the_dashes_of_a_row_are_no_line_in_pieces(ruled: bool) -> None:
    page = pymupdf.open().new_page(width=640, height=320)
    columns = range(200, 425, 32)
    for x in (20, *columns) if ruled else ():
        page.draw_line((x, 20), (x, 260), width=0.8)
    for y in (20, 80, 140, 200, 260):
        page.draw_line((20, y), (424, y), width=0.8)
    for row, label in enumerate(("予以公开", "部分公开", "重复申请", "属于国家秘密")):
        page.insert_text((28, 55 + 60 * row), label, fontname="china-s", fontsize=14)
        for x in columns[:-1]:
            page.draw_line((x + 16, 50 + 60 * row), (x + 29, 50 + 60 * row), width=1.1)
    page.insert_text((20, 290), "坚持以公开为常态，不公开为例外，全年公开政府信息", fontname="china-s", fontsize=14)
    scan = read_scan(grey_of(page), 1, 640, 320)
    dashes = [read for read in scan.prints if read.word.x0 > 200 and read.word.y1 < 260]
    assert [read.word.text for read in dashes] == ["-"] * 28


def test_the_edge_of_a_sheet_in_the_shade_is_no_print() -> None:
    page = pymupdf.open().new_page(width=640, height=900)
    text = "坚持以公开为常态，不公开为例外"
    for y in range(80, 800, 60):
        page.insert_text((90, y), text, fontname="china-ss", fontsize=16)
    sheet = grey_of(page)
    rows, columns = np.mgrid[0 : sheet.shape[0], 0 : sheet.shape[1]] / max(sheet.shape)
    shaded = sheet * (1 - 0.5 * (rows + columns) / 2)
    turned = cv2.getRotationMatrix2D((sheet.shape[1] / 2, sheet.shape[0] / 2), 1.7, 0.92)
    photograph = cv2.warpAffine(shaded.astype(np.uint8), turned, sheet.shape[::-1], borderValue=(45,))
    scan = read_scan(photograph, 1, 640, 900)
    assert [read.word.text for read in scan.prints if read.word.text] == [text] * 12


@pytest.mark.parametrize(("darker", "doubted"), [(0, 0), (16, 3)])
def test_a_cell_in_which_a_pale_dash_lies_is_not_surely_blank(darker: int, doubted: int) -> None:
    page = pymupdf.open().new_page(width=640, height=320)
    for x in (20, 320, 420, 520, 620):
        page.draw_line((x, 20), (x, 260), width=0.8)
    for y in (20, 80, 140, 200, 260):
        page.draw_line((20, y), (620, y), width=0.8)
    for row, label in enumerate(("予以公开", "部分公开", "重复申请", "属于国家秘密")):
        page.insert_text((28, 55 + 60 * row), label, fontname="china-s", fontsize=14)
    page.insert_text((20, 290), "坚持以公开为常态，不公开为例外，全年公开政府信息", fontname="china-s", fontsize=14)
    grey = grey_of(page).copy()
    for x in (360, 460, 560):
        grey[round(50 * 200 / 72), round(x * 200 / 72) : round((x + 13) * 200 / 72)] -= np.uint8(darker)
    noisy = (grey + np.random.default_rng(5).normal(0, 4, grey.shape)).clip(0, 255).astype(np.uint8)
    scan = read_scan(noisy, 1, 640, 320)
    assert len([read for read in scan.prints if not read.word.text and not read.sure]) == doubted


def test_a_page_of_prose_that_can_be_read_is_not_turned_for_a_word_that_hardly_can(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = pymupdf.open().new_page(width=640, height=320)
    for y in (60, 120, 180):
        page.insert_text((90, y), "一是强化业务培训，二是压实责任，三是工作落实", fontname="china-s", fontsize=14)
    page.insert_text((600, 250), "中管理", fontname="china-s", fontsize=20, rotate=90)
    faint = Text("中管理", 0.3, "", 0.0, legible=0.9)
    monkeypatch.setattr(
        "parsers.readers.ocr.posture.recognise",
        lambda lines: recognise(lines) if len(lines) > 1 else [faint for _ in lines],
    )
    posture, _ = upright(grey_of(page), 200 / 72)
    assert posture.turned == 0


def test_a_blot_of_a_character_is_no_punch_hole() -> None:
    page = pymupdf.open().new_page(width=640, height=320)
    for y in (60, 120, 180):
        page.insert_text(
            (90, y), "其他需要报告的事项", fontname="china-s", fontsize=14, render_mode=2, border_width=0.1
        )
    blurred = cv2.GaussianBlur(grey_of(page), (0, 0), 2.2)
    scan = read_scan(blurred, 1, 640, 320)
    assert [read.word.text for read in scan.prints] == ["其他需要报告的事项"] * 3


def test_dust_far_beside_a_figure_in_its_cell_is_no_part_of_it_and_leaves_it_unsure() -> None:
    page = pymupdf.open().new_page(width=640, height=320)
    for x in (20, 320, 620):
        page.draw_line((x, 100), (x, 140), width=0.7)
    for y in (100, 120, 140):
        page.draw_line((20, y), (620, y), width=0.7)
    for x, y, text in ((60, 114, "行政许可"), (460, 114, "35"), (60, 134, "行政处罚"), (460, 134, "7")):
        page.insert_text((x, y), text, fontname="china-s", fontsize=9)
    page.draw_oval((540, 129.5, 543, 132), fill=(0.2, 0.2, 0.2))
    figures = [read for read in read_scan(grey_of(page), 1, 640, 320).prints if read.word.x0 > 320]
    assert [(read.word.text, read.sure) for read in figures] == [("35", True), ("7", False)]


def test_figures_close_to_dashed_walls_are_read_between_the_lines_that_a_page_draws() -> None:
    """A page whose fonts do not say what they show: its text is a picture, its lines are not."""
    page = page_with_a_table(figures=("",) * 15, dashes="[3 2] 0")
    for number in range(15):
        page.insert_text((60 - 6.2 + number * 40, 190), "7", fontname="helv", fontsize=10)  # type: ignore[attr-defined]
    content = read_page(page.parent, 0)  # type: ignore[attr-defined]
    pixels = page.get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)  # type: ignore[attr-defined]
    grey = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width)
    scan = read_scan(grey, 1, 640, 320, drawn=content.marks)
    close = [read.word.text for read in scan.prints if 182 < read.word.y0 < 186 and read.word.text]
    assert close == ["7"] * 15


def test_without_the_recogniser_a_scan_needs_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    with pytest.raises(NeedsOcr, match=r"nianbao\[ocr\]"):
        read_pdf(scan_of(page_with_a_table()), "scan.pdf")


def test_figures_that_are_not_certain_are_looked_at_more_closely_where_the_picture_allows() -> None:
    page = page_with_a_table()

    def picture(dpi: int) -> np.ndarray:
        pixels = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)  # type: ignore[attr-defined]
        return np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width)

    blurred = cv2.GaussianBlur(picture(200), (0, 0), 4.5)
    looked: list[int] = []

    def closer() -> np.ndarray:
        looked.append(300)
        return picture(300)

    def figures(scan: Scan) -> list[str]:
        return [read.word.text for read in scan.prints if 182 < read.word.y0 < 200]

    assert "2" not in figures(read_scan(blurred, 1, 640, 320))
    assert "2" in figures(read_scan(blurred, 1, 640, 320, (), closer))
    assert looked == [300]
    read_scan(picture(200), 1, 640, 320, (), closer)
    assert looked == [300]


def test_a_sign_that_looks_like_a_traditional_one_is_read_as_the_simplified_one() -> None:
    font = pymupdf.Font("china-s")
    document = pymupdf.open()
    page = document.new_page(width=18 + 24 * 5, height=48)
    writer = pymupdf.TextWriter(page.rect)
    writer.append((9, 34), "黃埔区政府", font=font, fontsize=24)
    writer.write_text(page)
    pixels = page.get_pixmap(dpi=100, colorspace=pymupdf.csGRAY)
    line = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width)
    assert [text.text for text in recognise([line])] == ["黄埔区政府"]
