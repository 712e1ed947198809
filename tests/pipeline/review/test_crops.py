"""Places in documents without pages: rows of text, or the page that LibreOffice prints."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from parsers.document import Span
from parsers.report import Cell, CellState, Finding, Report, Severity, Whose
from pipeline.ingest.convert import libreoffice, parse
from pipeline.review import Doubt, write_pictures
from pipeline.review.crops import crop_of, page
from pipeline.review.doubts import _around

pymupdf: Any = pytest.importorskip("pymupdf")  # its functions carry no types
DOC = Path(__file__).parents[1] / "data" / "office" / "report-2021.doc"
TABLE = "\n".join(f"row {n}\t{n}0\t{n}1\t" for n in range(9))
TEXT = f"before\n{TABLE}\nbehind, 5 posts"


def span(part: str, start: int = 0) -> Span:
    """Where a part of the text stands."""
    at = TEXT.index(part, start)
    return Span(at, at + len(part))


def test_a_crop_shows_the_head_of_the_table_and_the_rows_around() -> None:
    crop = crop_of(TEXT, span("71"))
    assert [row[0] if row else "…" for row in crop.rows] == [
        *("row 0", "row 1", "…"),
        *("row 4", "row 5", "row 6", "row 7", "row 8"),
    ]
    assert (crop.rows[crop.row][crop.column], crop.span) == ("71", Span(0, 2))
    assert [row[0] for row in crop_of(TEXT, span("10")).rows] == ["row 0", "row 1", "row 2", "row 3", "row 4"]


def test_an_empty_cell_and_a_figure_in_a_sentence_have_their_places_too() -> None:
    end = span("41\t").end
    empty = crop_of(TEXT, Span(end, end))
    assert (empty.rows[empty.row], empty.column) == (("row 4", "40", "41", ""), 3)
    sentence = crop_of(TEXT, span("5", TEXT.index("behind")))
    assert sentence.rows[sentence.row] == ("behind, 5 posts",)
    assert "behind, <mark>5</mark> posts" in page(sentence, "title", ())


def test_what_a_document_says_is_shown_and_not_run() -> None:
    text = "a\t<script>alert(1)</script>"
    shown = page(crop_of(text, Span(2, len(text))), "<b>", ["<i>"])
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert '<td class="here">&lt;script&gt;' in shown


@pytest.fixture(scope="module")
def word() -> Report:
    if libreoffice() is None:
        pytest.skip("LibreOffice is not installed")
    return parse(DOC.read_bytes(), DOC.name)


def doubt_of(report: Report, cell: Cell, location: Path) -> Doubt:
    assert cell.evidence is not None
    return Doubt(
        report_id=1,
        agency="示例市公安局",
        year=2021,
        sha256=hashlib.sha256(DOC.read_bytes()).hexdigest(),
        file=DOC.name,
        locations=(str(location),),
        finding=Finding("reading.figure_doubtful", Severity.WARNING, Whose.READING, "is it so?"),
        key=cell.key,
        cell=cell,
        around=_around(report.text, cell.evidence.span),
        crop=crop_of(report.text, cell.evidence.span),
        media_type=report.source.media_type,
    )


def test_a_word_file_is_shown_as_a_page_where_that_says_the_same_and_as_rows_where_not(
    word: Report, tmp_path: Path
) -> None:
    cell = next(c for c in word.cells if c.state is CellState.NUMBER and c.value)
    assert cell.value is not None
    other = replace(cell, value=cell.value + 1)
    gone = replace(doubt_of(word, cell, tmp_path / "gone.doc"), sha256="0" * 64)
    given = [doubt_of(word, cell, DOC), doubt_of(word, other, DOC), gone]
    problems: list[str] = []
    names = write_pictures(given, tmp_path / "places", problems.append)
    assert [Path(name).suffix for name in names] == [".png", ".html", ".html"]
    shown = pymupdf.Pixmap(str(tmp_path / "places" / names[0]))
    colours = {shown.pixel(x, y)[:3] for x in range(0, shown.width, 2) for y in range(shown.height)}
    assert any(red > 200 and green < 120 for red, green, _ in colours), "the cell is framed"
    assert f'<td class="here">{cell.raw}</td>' in (tmp_path / "places" / names[1]).read_text("utf-8")
    assert problems == [f"{DOC.name}: no longer where it was read, or changed since (nianbao ingest)"]
