"""Reports that are pictures, and reports that hold their tables as pictures."""

from __future__ import annotations

import base64
import io
import os
from pathlib import Path
from typing import Any

import cv2
import docx
import numpy as np
import pytest
from docx.oxml import OxmlElement

from parsers import parse_report
from parsers.errors import NeedsOcr, Unreadable
from parsers.readers import ocr, read
from parsers.readers.ocr.pictures import pictures_beside
from parsers.readers.pdf.libraries.mupdf import pymupdf
from parsers.report import CellKey, Report
from tests.parsers.readers.test_ocr import FIGURES, TITLE, page_with_a_table

OPENING = f"<h1>{TITLE}</h1><p>一、总体情况</p><p>主动公开信息31条。</p>"


def pixels() -> Any:
    """The page with the table, 640 by 320 points, at 150 pixels per inch."""
    shown = page_with_a_table().get_pixmap(dpi=150)  # type: ignore[attr-defined]
    return np.frombuffer(shown.samples, np.uint8).reshape(shown.height, shown.width, 3)


def packed(page: Any, kind: str = "png") -> bytes:
    return bytes(cv2.imencode(f".{kind}", np.ascontiguousarray(page))[1].tobytes())


def picture(kind: str = "png") -> bytes:
    return packed(pixels(), kind)


def word_file_with(page: Any, *, cut: dict[str, int] | None = None, degrees: int = 0) -> bytes:
    """A report as a Word file that shows a picture turned, clockwise, and cut at its sides by so many thousandths of a percent."""
    file, word = io.BytesIO(), docx.Document()
    for text in (TITLE, "一、总体情况", "主动公开信息31条。"):
        word.add_paragraph(text)
    word.add_picture(io.BytesIO(packed(page)), width=docx.shared.Cm(15))
    drawing = word.element.body.xpath(".//pic:pic")[0]
    drawing.blipFill.blip.addnext(shown := OxmlElement("a:srcRect"))
    for side, part in (cut or {}).items():
        shown.set(side, str(part))
    drawing.spPr.xfrm.set("rot", str(degrees * 60_000))
    word.save(file)
    return file.getvalue()


def figures(report: Report) -> tuple[str, ...]:
    return tuple(cell.raw for cell in report.cells if cell.key.table == "review_litigation")


def is_doubted(report: Report, key: str) -> bool:
    return any(key in finding.where for finding in report.findings if finding.whose == "reading")


@pytest.mark.parametrize(
    ("kind", "media_type"), [("png", "image/png"), ("jpeg", "image/jpeg"), ("webp", "image/webp")]
)
def test_a_picture_given_as_a_report_is_read_as_a_page(kind: str, media_type: str) -> None:
    document = read(picture(kind), "报告.doc")
    assert (document.media_type, document.reader, document.page_count) == (media_type, "rapidocr", 1)
    assert document.text.startswith(TITLE)


def test_a_damaged_picture_is_told_as_one() -> None:
    with pytest.raises(Unreadable, match="picture is damaged"):
        read(picture()[:200], "报告.png")


def test_without_the_recogniser_a_picture_needs_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    with pytest.raises(NeedsOcr, match=r"PNG.*nianbao\[ocr\]"):
        read(picture(), "报告.png")


def test_a_table_that_is_a_picture_in_a_word_file_is_read() -> None:
    report = parse_report(word_file_with(pixels()), name="报告.docx")
    assert figures(report) == FIGURES
    assert [note.code for note in report.notes] == ["recognised_picture"]
    cell = next(cell for cell in report.cells if cell.key == CellKey("review_litigation", "review", "upheld"))
    assert cell.evidence is not None
    assert cell.evidence.span.of(report.text) == "1"


def test_a_picture_in_a_word_file_is_read_as_it_is_shown_turned_and_cut() -> None:
    hidden = np.full_like(pixels(), 255)
    cv2.putText(hidden, "58", (200, 200), cv2.FONT_HERSHEY_SIMPLEX, 2, (0, 0, 0), 4)
    below_what_is_cut_away = np.vstack([hidden, pixels()])
    report = parse_report(word_file_with(below_what_is_cut_away, cut={"t": 50_000}), name="报告.docx")
    assert figures(report) == FIGURES
    assert "58" not in report.text
    lying = np.rot90(below_what_is_cut_away)
    report = parse_report(word_file_with(lying, cut={"l": 50_000}, degrees=90), name="报告.docx")
    assert figures(report) == FIGURES
    assert "58" not in report.text


@pytest.mark.parametrize("between", ["", "<br>", "</p><p>"])
def test_a_table_whose_picture_was_cut_into_strips_is_read_as_one(between: str) -> None:
    strips = np.array_split(pixels(), 7)
    addresses = ["data:image/png;base64," + base64.b64encode(packed(strip)).decode() for strip in strips]
    shown = between.join(f"<img src='{address}'>" for address in addresses)
    report = parse_report(f"{OPENING}<p>{shown}</p>".encode(), name="报告.html")
    assert figures(report) == FIGURES


@pytest.mark.parametrize("about", ["", ";name=dot"])
def test_a_table_that_is_a_picture_within_a_page_is_read_whatever_its_bytes_spell(about: str) -> None:
    address = f"data:image/png{about};base64," + base64.b64encode(picture()).decode()
    report = parse_report(f"{OPENING}<p><img src='{address}'></p>".encode(), name="报告.html")
    assert figures(report) == FIGURES


def test_a_table_that_is_a_picture_beside_a_page_is_read_where_it_can_be_had() -> None:
    page = f"{OPENING}<p><img src='报告_files/1.png'></p>".encode()
    with pictures_beside({"报告_files/1.png": picture()}.get):
        assert figures(parse_report(page, name="报告.html")) == FIGURES
    alone = parse_report(page, name="报告.html")
    assert [note.code for note in alone.notes] == ["image_table"]


def test_a_page_given_by_its_path_is_read_with_the_pictures_in_the_folder_beside_it(tmp_path: Path) -> None:
    (tmp_path / "报告_files").mkdir()
    (tmp_path / "报告_files" / "1.png").write_bytes(picture())
    page = tmp_path / "报告.html"
    page.write_text(f"{OPENING}<p><img src='./报告_files/1.png'></p>", encoding="utf-8")
    assert figures(parse_report(page)) == FIGURES


def test_a_table_that_is_a_picture_on_a_page_with_text_is_read_at_its_place() -> None:
    with pymupdf.open() as printed:
        page = printed.new_page()
        for y, text in ((60, TITLE), (90, "一、总体情况"), (120, "主动公开信息31条。"), (420, "五、存在的主要问题")):
            page.insert_text((72, y), text, fontname="china-s", fontsize=12)
        page.insert_image(pymupdf.Rect(72, 150, 522, 375), stream=picture())
        report = parse_report(printed.tobytes(), name="报告.pdf")
    assert figures(report) == FIGURES
    assert [note.code for note in report.notes] == ["recognised_picture"]
    cell = next(cell for cell in report.cells if cell.key == CellKey("review_litigation", "review", "upheld"))
    assert cell.evidence is not None
    assert cell.evidence.box is not None
    assert abs(cell.evidence.box.x0 - (72 + 34 * 450 / 640)) < 3
    assert abs(cell.evidence.box.y1 - (150 + 196 * 450 / 640)) < 3
    assert not is_doubted(report, "fact:0")


def test_a_picture_of_nothing_is_left_alone() -> None:
    address = "data:image/png;base64," + base64.b64encode(os.urandom(3000)).decode()
    report = parse_report(f"{OPENING}<p><img src='{address}'></p>".encode(), name="报告.html")
    assert [note.code for note in report.notes] == ["image_table"]
    assert is_doubted(report, "review_litigation/review/upheld")
