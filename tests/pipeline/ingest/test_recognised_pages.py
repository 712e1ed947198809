"""Recognised pages, kept between two readings of a scan."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.document import Document
from parsers.readers import ocr
from parsers.readers.ocr import remembering
from parsers.readers.pdf import read_pdf
from pipeline.ingest.recognised_pages import PageFolder, pages_folder
from tests.parsers.readers.test_ocr import page_with_a_table, scan_of


def read(data: bytes, folder: Path, name: str = "scan.pdf") -> tuple[Document, int]:
    """The document, and how many pages had to be recognised."""
    recognised: list[None] = []
    with remembering(PageFolder(folder, lambda: recognised.append(None))):
        return read_pdf(data, name), len(recognised)


@pytest.fixture(scope="module")
def scan() -> bytes:
    return scan_of(page_with_a_table())


def test_a_page_is_recognised_once(scan: bytes, tmp_path: Path) -> None:
    first, recognised = read(scan, tmp_path)
    again, recognised_again = read(scan, tmp_path)
    assert (recognised, recognised_again) == (1, 0)
    assert first == again


def test_another_version_of_the_reader_recognises_it_anew(
    scan: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(scan, tmp_path)
    monkeypatch.setattr(ocr, "VERSION", ocr.VERSION + 1)
    assert read(scan, tmp_path)[1] == 1


def test_what_is_damaged_is_recognised_anew_and_mended(scan: bytes, tmp_path: Path) -> None:
    first, _ = read(scan, tmp_path)
    (kept,) = tmp_path.rglob("*.json.gz")
    kept.write_bytes(kept.read_bytes()[:40])
    assert read(scan, tmp_path) == (first, 1)
    assert read(scan, tmp_path) == (first, 0)


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.touch()
    folder = PageFolder(file / "ocr")
    folder.put("00ff", b"{}")
    assert folder.get("00ff") is None


def test_the_folder_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NIANBAO_CACHE", str(tmp_path))
    assert pages_folder() == tmp_path / "ocr"
    monkeypatch.setenv("NIANBAO_CACHE", "")
    assert pages_folder() is None
    monkeypatch.delenv("NIANBAO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert pages_folder() == tmp_path / "nianbao" / "ocr"
