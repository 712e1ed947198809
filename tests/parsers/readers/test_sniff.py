"""What bytes look like, whatever the file is called."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.errors import Encrypted, LimitExceeded, NianbaoError, Unreadable
from parsers.readers import read, reader_versions
from parsers.readers.sniff import Format, sniff
from tests.parsers.readers.invariants import check

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def _zip(*names: str, content: str = "x") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


ZIP_OF_PDFS = _zip("1.pdf", "2.pdf", content="%PDF-1.7\n")
"""Two files that are stored as they are, so that the first one's beginning stands near the archive's."""


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.7\n", "report.docx", Format.PDF),
        (b"\r\n%PDF-1.4", "report", Format.PDF),
        (b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4", "report.pdf", Format.PDF),
        (b"\xef\xbb\xbf%PDF-1.4", "report.pdf", Format.PDF),
        (_zip("[Content_Types].xml", "word/document.xml"), "report.pdf", Format.DOCX),
        (b"<!DOCTYPE html><p>x", "report.doc", Format.HTML),
        (b"\xef\xbb\xbf<html xmlns:o='urn:schemas-microsoft-com:office:office'>", "report.doc", Format.HTML),
        ("<p>年报</p>".encode("utf-16"), "report.htm", Format.HTML),
        ("年报 <p>一、总体情况</p>".encode("gbk"), "report.shtml", Format.HTML),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x", "report.doc", Format.HTML),
        ("# 年报\n\n<table><tr><td>1</td></tr></table>".encode(), "report.md", Format.MARKDOWN),
        ("年报\n规章\t0\t0".encode(), "report.txt", Format.TEXT),
        ("年报".encode("gbk"), "report", Format.TEXT),
    ],
)
def test_what_the_bytes_are_decides_and_not_the_name(data: bytes, name: str, expected: Format) -> None:
    assert sniff(data, name) is expected


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", Unreadable, "empty"),
        (b"\0\0 \n", Unreadable, "empty"),
        (OLE + "WordDocument\0".encode("utf-16-le"), Unreadable, "old Word document"),
        (OLE + "Workbook\0".encode("utf-16-le"), Unreadable, "Excel"),
        (OLE + "EncryptedPackage\0".encode("utf-16-le"), Encrypted, "password"),
        (b"{\\rtf1\\ansi", Unreadable, "RTF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Unreadable, "picture is damaged"),
        (b"Rar!\x1a\x07\0", Unreadable, "RAR"),
        (_zip("2021/report.pdf"), Unreadable, "zip archive of 1 files"),
        (_zip("xl/workbook.xml"), Unreadable, "Excel"),
        (_zip("OFD.xml"), Unreadable, "OFD"),
        (_zip("word/document.xml")[:40], Unreadable, "ends too early"),
        (ZIP_OF_PDFS, Unreadable, r"zip archive of 2 files \(1.pdf, 2.pdf\); unpack it, or give it .* ends in .zip"),
        (ZIP_OF_PDFS[:-50], Unreadable, "damaged zip archive"),
        (OLE + bytes(100) + b"%PDF-1.7\n", Unreadable, "old Office file"),
        (b"1.pdf".ljust(257, b"\0") + b"ustar".ljust(255, b"\0") + b"%PDF-1.7\n", Unreadable, "tar archive"),
        (b"\0\1\2\3 a container \0 %PDF-1.7\n1 0 obj", Unreadable, "binary"),
        (b'{"title": "x"}', Unreadable, "JSON"),
        (b"<?xml version='1.0'?><data/>", Unreadable, "XML"),
        (bytes(range(256)) * 8, Unreadable, "binary"),
    ],
)
def test_what_is_not_read_is_named(data: bytes, error: type[Unreadable], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        read(data, "报告.doc")
    assert str(caught.value).startswith("报告.doc")


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parsers.readers.MAX_BYTES", 10)
    with pytest.raises(LimitExceeded, match="make it smaller"):
        read(b"x" * 11, "a.txt")


def test_the_versions_of_all_readers_are_one_text() -> None:
    assert reader_versions().startswith("pdf ")


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.html", "a.docx", "a.md", "a"]))
def test_any_bytes_have_an_outcome(data: bytes, name: str) -> None:
    with suppress(NianbaoError):
        check(read(data, name))
