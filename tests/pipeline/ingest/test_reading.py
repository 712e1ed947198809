"""Pages saved by a browser: the pictures in the folder beside them are read, and nothing outside of it is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import Outcome
from parsers.report import Report
from pipeline.ingest.reading import Task, parse_within, read
from pipeline.ingest.workers import Limits
from tests.parsers.readers.test_ocr import FIGURES
from tests.parsers.readers.test_pictures import OPENING, figures, picture


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A page whose table is a picture in the folder beside it."""
    folder = tmp_path / "网页" / "报告_files"
    folder.mkdir(parents=True)
    (folder / "1.png").write_bytes(picture())
    page = folder.parent / "报告.html"
    page.write_text(f"{OPENING}<p><img src='%E6%8A%A5%E5%91%8A_files/1.png'></p>", encoding="utf-8")
    return page


def test_ingest_and_parse_both_read_the_picture_beside_a_page(saved: Path) -> None:
    ingested = read(Task(str(saved), saved.name, path=saved)).report
    assert isinstance(ingested, Report)
    assert figures(ingested) == FIGURES
    assert figures(parse_within(saved.read_bytes(), saved, Limits())) == FIGURES


@pytest.mark.parametrize("address", ["../1.png", "/1.png", "网页/../../1.png", "file:///1.png"])
def test_a_picture_outside_of_the_folder_is_left_alone(saved: Path, address: str) -> None:
    (saved.parent.parent / "1.png").write_bytes(picture())
    saved.write_text(f"{OPENING}<p><img src='{address}'></p>", encoding="utf-8")
    report = read(Task(str(saved), saved.name, path=saved)).report
    assert isinstance(report, Report)
    assert [note.code for note in report.notes] == ["image_table"]


def test_a_file_of_hundreds_of_megabytes_is_refused_unread_and_told_what_to_do(tmp_path: Path) -> None:
    huge = tmp_path / "年报.pdf"
    with huge.open("wb") as file:
        file.truncate(300 << 20)  # a hole: it takes no room
    reading = read(Task(str(huge), huge.name, huge))
    assert (reading.outcome, reading.sha256) == (Outcome.FAILED, None)
    assert reading.reason == "年报.pdf: 300 MB; one file may have 256 MB, and a report needs few: make it smaller"
