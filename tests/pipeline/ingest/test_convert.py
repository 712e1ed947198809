"""Formats that LibreOffice converts; tests of the conversion itself are skipped where it is not installed."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from db.records import Outcome
from parsers import parse_report
from parsers.errors import LimitExceeded, NeedsConversion, Unreadable
from pipeline.ingest import convert
from pipeline.ingest.convert import converted, libreoffice, parse
from pipeline.ingest.reading import Task, read

DOC = Path(__file__).parents[1] / "data" / "office" / "report-2021.doc"
SAME_REPORT = Path(__file__).parents[2] / "parsers" / "readers" / "data" / "pdf" / "report-2021.html"
PROSE = ("云溪县水利局2012年政府信息公开工作年度报告", "一、主动公开情况", "2012年主动公开政府信息31条。")
needs_libreoffice = pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed")


def _rtf() -> bytes:
    text = "\\par ".join("".join(f"\\u{ord(c)}?" for c in line) for line in PROSE)
    return f"{{\\rtf1\\ansi {text}\\par}}".encode()


def _odt() -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in PROSE)
    media_type = "application/vnd.oasis.opendocument.text"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", media_type)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{office}:manifest:1.0"><m:file-entry m:full-path="/" m:media-type="{media_type}"/>'
            '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:text="{office}:text:1.0"'
            f' office:version="1.2"><office:body><office:text>{paragraphs}</office:text></office:body>'
            "</office:document-content>",
        )
    return stream.getvalue()


def _word_xml() -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in PROSE)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?><w:wordDocument'
        ' xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">'
        f"<w:body>{paragraphs}</w:body></w:wordDocument>"
    ).encode()


@pytest.fixture
def stubborn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ``soffice`` on the path that never ends; the file has the number of its process, and of its child."""
    started = tmp_path / "started"
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(
        f"#!/bin/sh\n/bin/sleep 60 &\necho $$ $! > {started}.part\n/bin/mv {started}.part {started}\nwait\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return started


def _is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in ("Z", "X")


def _ends(process: int) -> bool:
    end = time.monotonic() + 5
    while _is_running(process) and time.monotonic() < end:
        time.sleep(0.02)
    return not _is_running(process)


class TestWithLibreOffice:
    pytestmark = needs_libreoffice

    def test_an_old_word_document_has_all_its_cells(self) -> None:
        content = DOC.read_bytes()
        report, same = parse(content, "年报.doc"), parse_report(SAME_REPORT)
        assert {cell.key: cell.value for cell in report.cells} == {cell.key: cell.value for cell in same.cells}
        assert report.text == same.text
        assert report.source.sha256 == hashlib.sha256(content).hexdigest()
        assert (report.source.name, report.source.media_type) == ("年报.doc", "application/msword")
        assert report.source.reader == "docx (LibreOffice)"

    @pytest.mark.parametrize(
        ("content", "name"),
        [(_rtf(), "a.doc"), (_odt(), "a.wps"), (_word_xml(), "a.doc")],
        ids=["rtf", "odt", "xml"],
    )
    def test_content_decides_what_is_converted_and_nothing_is_left_behind(
        self, content: bytes, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        report = parse(content, name)
        assert report.text.splitlines() == list(PROSE)
        assert (report.identity.agency, report.identity.year) == ("云溪县水利局", 2012)
        assert list(tmp_path.iterdir()) == []

    def test_damage_is_an_outcome(self) -> None:
        content = DOC.read_bytes()[:9000]
        reading = read(Task("a.doc", "a.doc", content=content))
        assert reading.outcome is Outcome.FAILED
        assert reading.reason is not None
        assert reading.reason.startswith("a.doc: ")


def test_without_libreoffice_the_outcome_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(convert, "_ALSO", ())
    reading = read(Task("a.doc", "a.doc", content=DOC.read_bytes()))
    assert reading.outcome is Outcome.FAILED
    assert reading.sha256 is not None
    assert "old Word document" in str(reading.reason)
    assert "With LibreOffice installed" in str(reading.reason)


def test_a_conversion_that_does_not_end_is_ended_with_its_children(
    stubborn: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert, "SECONDS", 0.5)
    with pytest.raises(LimitExceeded, match="within"):
        converted(b"", "a.doc", NeedsConversion("a.doc", ".doc"))
    for process in stubborn.read_text().split():
        assert _ends(int(process))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_conversion_ends_when_the_worker_is_killed(
    stubborn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    code = (
        "from parsers.errors import NeedsConversion; from pipeline.ingest.convert import converted;"
        "converted(b'', 'a.doc', NeedsConversion('a.doc', '.doc'))"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as worker:
        while not stubborn.exists():
            assert worker.poll() is None
            time.sleep(0.02)
        worker.send_signal(signal.SIGKILL)
    converter, child = map(int, stubborn.read_text().split())
    assert _ends(converter)
    os.kill(child, signal.SIGKILL)  # of the shell script; LibreOffice itself is one process


def test_a_program_that_makes_nothing_is_an_outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable, match="ended with code 3"):
        converted(b"", "a.doc", NeedsConversion("a.doc", ".doc"))
