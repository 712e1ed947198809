"""Every format under every name: the content decides."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pymupdf as untyped_pymupdf
import pytest

from parsers.errors import Encrypted, NeedsConversion, Unreadable
from parsers.readers import read
from parsers.readers.sniff import EXTENSIONS, Format

pymupdf: Any = untyped_pymupdf
DATA = Path(__file__).parent / "data"
TITLE = "云溪县水利局2021年政府信息公开工作年度报告"
PAGE = f"<html><head><title>x</title></head><body><h1>{TITLE}</h1><p>主动公开政府信息31条。</p></body></html>"


def _pdf(encryption: int = pymupdf.PDF_ENCRYPT_NONE, password: str = "") -> bytes:
    document = pymupdf.open()
    document.new_page().insert_text((72, 72), TITLE, fontname="china-s", fontsize=11)
    data: bytes = document.tobytes(encryption=encryption, user_pw=password, owner_pw="owner", no_new_id=True)
    return data


def _docx() -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _mht() -> bytes:
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html; charset="gbk"\n'
    return f"{head}Content-Transfer-Encoding: 8bit\n\n{PAGE}\n--b--\n".encode("gbk")


CONTENTS: dict[str, tuple[Format, Callable[[], bytes]]] = {
    "pdf": (Format.PDF, _pdf),
    "docx": (Format.DOCX, _docx),
    "xlsx": (Format.XLSX, (DATA / "sheets" / "report-2021.xlsx").read_bytes),
    "xls": (Format.XLS, (DATA / "sheets" / "report-2021.xls").read_bytes),
    "html": (Format.HTML, PAGE.encode),
    "html in GBK": (Format.HTML, lambda: PAGE.encode("gbk")),
    "mht": (Format.HTML, _mht),
    "text": (Format.TEXT, lambda: f"{TITLE}\n\n主动公开政府信息31条。\n".encode("gbk")),
}
"""What a file holds: its format, and how it is made."""


@pytest.mark.parametrize("kind", CONTENTS)
def test_content_decides_whatever_the_file_is_called(kind: str) -> None:
    media_type, make = CONTENTS[kind]
    content = make()
    for extension in (*EXTENSIONS, ".rar", ".jpg", ""):
        document = read(content, f"年报{extension}")
        assert document.media_type in (media_type, "text/markdown" if kind == "text" else media_type), extension
        assert "年政府信息公开工作年度报告" in document.text


@pytest.mark.parametrize(
    ("head", "suffix"),
    [
        (b"{\\rtf1\\ansi", ".rtf"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>', ".xml"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument\0".encode("utf-16-le"), ".doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WpsDocument\0".encode("utf-16-le"), ".wps"),
    ],
    ids=["rtf", "xml", "doc", "wps"],
)
@pytest.mark.parametrize("extension", [".doc", ".pdf", ".txt", ".html", ".xls", ""])
def test_what_needs_to_be_converted_is_known_by_its_content(head: bytes, suffix: str, extension: str) -> None:
    with pytest.raises(NeedsConversion) as caught:
        read(head, f"年报{extension}")
    assert caught.value.suffix == suffix
    assert caught.value.media_type
    assert "LibreOffice" in str(caught.value)


class TestPasswords:
    @pytest.mark.parametrize(
        "method", [pymupdf.PDF_ENCRYPT_RC4_40, pymupdf.PDF_ENCRYPT_RC4_128, pymupdf.PDF_ENCRYPT_AES_256]
    )
    def test_a_pdf_locked_against_changes_is_read(self, method: int) -> None:
        assert TITLE in read(_pdf(method), "a.pdf").text

    def test_a_pdf_with_a_password_says_so(self) -> None:
        with pytest.raises(Encrypted, match="password"):
            read(_pdf(pymupdf.PDF_ENCRYPT_AES_256, "secret"), "a.pdf")

    @pytest.mark.parametrize("extension", [".docx", ".xlsx", ".doc"])
    def test_an_office_file_with_a_password_says_so(self, extension: str) -> None:
        package = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage\0".encode("utf-16-le")
        with pytest.raises(Encrypted, match="password"):
            read(package, f"a{extension}")

    @pytest.mark.parametrize(("flags", "error"), [(0x00, NeedsConversion), (0x01, Encrypted)])
    def test_an_old_word_file_says_it_in_its_header(self, flags: int, error: type[Unreadable]) -> None:
        content = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2040) + "WordDocument\0".encode("utf-16-le"))
        content[512:524] = b"\xec\xa5\xc1\x00" + bytes(7) + bytes([flags])
        with pytest.raises(Unreadable) as caught:
            read(bytes(content), "a.doc")
        assert type(caught.value) is error
