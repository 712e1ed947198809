"""Readers: from the bytes of a published file to a :class:`parsers.document.Document`, whatever the format."""

from __future__ import annotations

from parsers.document import Document
from parsers.errors import LimitExceeded, NeedsOcr
from parsers.readers.sniff import Format, sniff

MAX_BYTES = 256 * 1024 * 1024
"""A report of a hundred scanned pages has some 50 MB; nothing that is a report has five times as much."""


def check_size(size: int, name: str) -> None:
    """Raises LimitExceeded for a file of more bytes than one may have."""
    if size > MAX_BYTES:
        most = MAX_BYTES >> 20
        raise LimitExceeded(
            f"{name}: {size >> 20} MB; one file may have {most} MB, and a report needs few: make it smaller"
        )


def read(data: bytes, name: str) -> Document:
    """The document that ``data``, the content of the file called ``name``, is. The content decides the format.

    Raises :class:`parsers.errors.Unreadable` when it is none that we read, or damaged, and
    :class:`parsers.errors.LimitExceeded` when it is larger or deeper than one file may be. What an office suite must
    convert first raises :class:`parsers.errors.NeedsConversion`.
    """
    check_size(len(data), name)
    match sniff(data, name):
        case Format.PDF:
            from parsers.readers.pdf import read_pdf

            return read_pdf(data, name)
        case Format.DOCX:
            from parsers.readers.docx import read_docx

            return read_docx(data, name)
        case Format.HTML:
            from parsers.readers.html import read_html

            return read_html(data, name)
        case Format.XLSX:
            from parsers.readers.sheets import read_xlsx

            return read_xlsx(data, name)
        case Format.ODS:
            from parsers.readers.sheets import read_ods

            return read_ods(data, name)
        case Format.XLS:
            from parsers.readers.sheets import read_xls

            return read_xls(data, name)
        case Format.PNG | Format.JPEG | Format.TIFF | Format.BMP | Format.GIF | Format.WEBP as form:
            from parsers.readers import ocr

            if not ocr.is_available():
                raise NeedsOcr(f"{name}: is a picture ({form.name}). {ocr.advice()}")
            from parsers.readers.ocr.pictures import read_picture

            return read_picture(data, name, form.value)
        case Format.MARKDOWN | Format.TEXT as form:
            from parsers.readers.text import read_text

            return read_text(data, name, media_type=form.value)


def reader_versions() -> str:
    """The versions of all readers in one short text, as ``pdf 1, html 1, docx 1, sheets 1, text 1``. The one for
    pictures (``ocr``) is among them where its extra is installed: with it, scans are read that were refused."""
    from parsers.readers import docx, html, ocr, pdf, sheets, text

    readers = {"pdf": pdf, "html": html, "docx": docx, "sheets": sheets, "text": text}
    if ocr.is_available():
        readers["ocr"] = ocr
    return ", ".join(f"{name} {reader.VERSION}" for name, reader in readers.items())
