"""Which format some bytes are: the first bytes, what a zip archive holds, then the structure. A file's name lies too
often (HTML named .doc, Word named .pdf) to count for more than a hint between HTML and text."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath

import regex

from parsers.errors import Encrypted, NeedsConversion, Unreadable
from parsers.readers.charset import decode
from parsers.text import LOST


class Format(StrEnum):
    """The formats that we read; the value is the media type."""

    PDF = "application/pdf"
    HTML = "text/html"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    XLS = "application/vnd.ms-excel"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    BMP = "image/bmp"
    GIF = "image/gif"
    WEBP = "image/webp"
    MARKDOWN = "text/markdown"
    TEXT = "text/plain"


EXTENSIONS = {
    ".pdf": Format.PDF,
    ".htm": Format.HTML,
    ".html": Format.HTML,
    ".shtml": Format.HTML,
    ".xhtml": Format.HTML,
    ".mht": Format.HTML,
    ".mhtml": Format.HTML,
    ".docx": Format.DOCX,
    ".docm": Format.DOCX,
    ".doc": Format.HTML,  # HTML or DOCX under an old name; a true .doc, .wps or .rtf needs to be converted
    ".wps": Format.DOCX,
    ".rtf": Format.DOCX,
    ".odt": Format.DOCX,
    ".xlsx": Format.XLSX,
    ".xlsm": Format.XLSX,
    ".xls": Format.XLS,
    ".et": Format.XLS,
    ".ods": Format.ODS,
    ".txt": Format.TEXT,
    ".csv": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
}
"""What files of an extension mostly hold: a hint where their content can be read as more than one format."""

_TO_CONVERT = {
    ".doc": ("an old Word document (.doc)", "application/msword"),
    ".wps": ("an old WPS document (.wps)", "application/vnd.ms-works"),
    ".rtf": ("a rich text file (RTF)", "application/rtf"),
    ".xml": ("a Word document saved as XML", "application/xml"),
    ".odt": ("an OpenDocument text", "application/vnd.oasis.opendocument.text"),
    ".xlsb": ("a binary Excel workbook (XLSB)", "application/vnd.ms-excel.sheet.binary.macroenabled.12"),
}
"""Formats that LibreOffice converts, by their usual extension: what to call them, and their media type."""
_CONVERT = "convert it to DOCX or PDF, for example with LibreOffice: soffice --convert-to docx"
_MAGIC = (
    (b"Rar!\x1a\x07", "a RAR archive; unpack it, or give the archive to ingest"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it first"),
    (b"\x1f\x8b", "gzip-compressed data; unpack it first"),
    (b"BZh", "bzip2-compressed data; unpack it first"),
    (b"\xfd7zXZ\x00", "xz-compressed data; unpack it first"),
    (b"MZ", "a program, not a document"),
    (b"\x7fELF", "a program, not a document"),
    (b"SQLite format 3\x00", "a SQLite database, not a document"),
    (b"%!PS", "a PostScript file; convert it to PDF"),
    (b"MSCF", "a cabinet archive (CAB); unpack it first"),
    (b"!<arch>", "an archive (ar); unpack it first"),
    (b"AT&TFORM", "a DjVu file; convert it to PDF"),
)
_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"\xff\xd8\xff", Format.JPEG),
    (b"GIF8", Format.GIF),
    (b"BM", Format.BMP),
    (b"II*\x00", Format.TIFF),
    (b"MM\x00*", Format.TIFF),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00")
"""What a zip archive begins with: a file, its end where it is empty, or the mark of one made in parts."""
_TAR = slice(257, 262)
"""Where a tar archive says ``ustar``."""
_MOST_NAMES = 5
"""Files of an archive that a message names."""
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
_PAGE = regex.compile(r"<!doctype\s+html|<html\b|<head\b|<body\b", regex.IGNORECASE)
_ELEMENT = regex.compile(
    r"<(?:meta|title|style|script|link|table|div|p|span|font|center|section|article|h[1-6]|ul|ol|br|a|b|strong)\b[^<>]*>",
    regex.IGNORECASE,
)
_CONTROL = regex.compile(r"[\x00-\x08\x0b\x0e-\x19\x1c-\x1f]")
_CLOSED = regex.compile(r"</(?:p|div|td|tr|table|span|html|body)\s*>", regex.IGNORECASE)


def sniff(data: bytes, name: str) -> Format:
    """The format of the bytes of the file called ``name``.

    Raises :class:`Unreadable` (or :class:`Encrypted`) with a line that says what the bytes look like
    and what to do, when they are none of the formats that we read.
    """
    head = data[:1024]
    if not head.strip(b"\0 \t\r\n"):
        raise Unreadable(f"{name}: the file is empty; download it again")
    if head.startswith(_ZIP):
        return _of_zip(data, name)
    if head.startswith(_OLE):
        return _of_ole(data, name)
    if head.startswith(b"{\\rtf"):
        raise _needs_conversion(name, ".rtf")
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise Unreadable(f"{name}: looks like {what}")
    for magic, picture in _IMAGES:
        if head.startswith(magic) and b"\0" in data[:64]:
            return picture
    if head[_TAR] == b"ustar":
        raise Unreadable(f"{name}: looks like a tar archive; unpack it first")
    if _is_pdf(head):
        return Format.PDF
    if is_webp(head):
        return Format.WEBP
    if head[4:8] == b"ftyp":
        raise Unreadable(f"{name}: looks like a picture or a film, not a document")
    return _of_text(data, name)


def is_webp(head: bytes) -> bool:
    """Whether a picture of the kind WebP begins here."""
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _is_pdf(head: bytes) -> bool:
    """Whether a PDF begins here. In front of it may stand blanks, a byte order mark, or text that a server put there. A PDF
    inside something binary is a member of a container: read as if it were all, the others would be lost without a word."""
    before, found, _ = head.partition(b"%PDF-")
    return bool(found) and (not before.strip(b"\0 \t\r\n\xef\xbb\xbf") or _NO_TEXT.search(before) is None)


def _of_text(data: bytes, name: str) -> Format:
    start, _ = decode(data[:65536])
    controls = len(_CONTROL.findall(start))
    if controls * 50 > len(start) or start.count(LOST) * 4 > len(start):
        raise Unreadable(
            f"{name}: binary data of an unknown kind; open it in the program that made it and save it as DOCX or PDF"
        )
    expected = EXTENSIONS.get(PurePath(name).suffix.lower())
    opening = start.lstrip("\ufeff \t\r\n\0")
    if opening.startswith(("{", "[{")) and opening.rstrip().endswith(("}", "]")):
        raise Unreadable(f"{name}: looks like JSON; save the page or the attachment that it describes instead")
    if (
        'progid="Word.Document"' in opening[:500]
        or "<w:wordDocument" in opening[:5000]
        or "<pkg:package" in opening[:2000]
    ):
        raise _needs_conversion(name, ".xml")
    if is_mhtml(opening):
        return Format.HTML
    if _PAGE.search(opening[:4096]) and opening.startswith("<"):
        return Format.HTML
    marks = len(_CLOSED.findall(opening))
    if expected not in (Format.TEXT, Format.MARKDOWN) and marks and _ELEMENT.search(opening[:4096]):
        return Format.HTML
    if opening.startswith("<") and _ELEMENT.match(opening) and marks > 2 and _ELEMENT.search(opening[-4096:]):
        return Format.HTML
    if opening.startswith("<?xml"):
        raise Unreadable(
            f"{name}: looks like XML that is no web page; open it in the program that made it and save it as DOCX or PDF"
        )
    return Format.MARKDOWN if expected is Format.MARKDOWN else Format.TEXT


def is_mhtml(opening: str) -> bool:
    """Whether a text begins like a web page saved with its pictures in one file (MIME HTML)."""
    head = opening[:2000].lower()
    return "mime-version:" in head and "multipart/related" in head


def _of_zip(data: bytes, name: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            encrypted = any(info.flag_bits & 1 for info in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, RecursionError) as error:
        what = "a Word or zip file that ends too early" if b"word/" in data[:65536] else "a damaged zip archive"
        raise Unreadable(f"{name}: looks like {what}; download it again") from error
    if any(entry.lower() == "word/document.xml" for entry in names) or (
        "[Content_Types].xml" in names and any(entry.startswith("word/") for entry in names)
    ):
        if encrypted:
            raise Encrypted(f"{name}: the Word file asks for a password; save it without one")
        return Format.DOCX
    if "xl/workbook.bin" in names:
        raise _needs_conversion(name, ".xlsb")
    if any(entry.startswith("xl/") for entry in names):
        if encrypted:
            raise Encrypted(f"{name}: the Excel workbook asks for a password; save it without one")
        return Format.XLSX
    if "content.xml" in names and "mimetype" in names:
        if b"opendocument.spreadsheet" in data[:200]:
            return Format.ODS
        raise _needs_conversion(name, ".odt")
    known = (
        ("ppt/", "a PowerPoint presentation; save it as PDF"),
        ("OFD.xml", "an OFD document; convert it to PDF with an OFD reader"),
    )
    for start, what in known:
        if any(entry.startswith(start) for entry in names):
            raise Unreadable(f"{name}: looks like {what}")
    files = sorted(entry for entry in names if not entry.endswith("/"))
    listed = ", ".join(files[:_MOST_NAMES]) + (", …" if len(files) > _MOST_NAMES else "")
    raise Unreadable(
        f"{name}: is a zip archive of {len(files)} files{f' ({listed})' if files else ''}; unpack it, or give it to nianbao ingest"
        f"{'' if name.lower().endswith('.zip') else ' under a name that ends in .zip'}"
    )


def _of_ole(data: bytes, name: str) -> Format:
    """An OLE compound file names its streams in UTF-16 in a directory that may stand anywhere in it."""

    def holds(stream: str) -> bool:
        return f"{stream}\0".encode("utf-16-le") in data

    if holds("EncryptedPackage") or (holds("WordDocument") and _asks_for_password(data)):
        raise Encrypted(f"{name}: the document asks for a password; save it without one")
    if holds("WpsDocument") or (holds("WordDocument") and name.lower().endswith(".wps")):
        raise _needs_conversion(name, ".wps")
    if holds("WordDocument"):
        raise _needs_conversion(name, ".doc")
    if holds("Workbook") or holds("Book"):
        return Format.XLS
    if holds("PowerPoint Document"):
        what = "an old PowerPoint presentation (.ppt); save it as PDF"
    else:
        what = f"an old Office file; {_CONVERT}"
    raise Unreadable(f"{name}: looks like {what}")


def _asks_for_password(data: bytes) -> bool:
    """Whether the header of a Word 97 stream, which begins at a sector, says so: [MS-DOC] 2.5.2, bit ``fEncrypted``."""
    start = data.find(b"\xec\xa5")
    while start > 0:
        if start % 512 == 0:
            return bool(data[start + 11 : start + 12] and data[start + 11] & 1)
        start = data.find(b"\xec\xa5", start + 1)
    return False


def _needs_conversion(name: str, suffix: str) -> NeedsConversion:
    what, media_type = _TO_CONVERT[suffix]
    return NeedsConversion(f"{name}: looks like {what}; {_CONVERT}", suffix, media_type)
