"""Workbooks to documents: every sheet that is shown, one below the other."""

from __future__ import annotations

from parsers.document import Document, Note
from parsers.errors import NeedsOcr, Unreadable
from parsers.readers.blocks import Block, document
from parsers.readers.sheets.layout import Sheet, blocks_of
from parsers.readers.sheets.ods import OpenWorkbook
from parsers.readers.sheets.xls import read_sheets
from parsers.readers.sheets.xlsx import Workbook
from parsers.readers.sniff import Format

VERSION = 3


def read_xlsx(data: bytes, name: str) -> Document:
    """The document that a workbook is: cells as they are shown, formulas by the results that the file keeps.

    Hidden rows, columns and sheets are left out. Raises :class:`Unreadable` for damaged and empty workbooks,
    :class:`NeedsOcr` for pictures alone and :class:`parsers.errors.LimitExceeded` for what is too large to be a report.
    """
    workbook = Workbook(data, name)
    notes = []
    if workbook.package.damaged:
        notes.append(Note("damaged", "the workbook is damaged; what could be read was read"))
    pictures = workbook.package.count("xl/media/")
    if pictures:
        notes.append(Note("image_table", f"{pictures} pictures in the workbook; one of them may be a table"))
    return _document(data, name, workbook.sheets, workbook.hidden_sheets, Format.XLSX, notes, pictures)


def read_xls(data: bytes, name: str) -> Document:
    """The document that a workbook of the older format is; as :func:`read_xlsx`, and :class:`Encrypted`."""
    sheets, hidden = read_sheets(data, name)
    return _document(data, name, sheets, hidden, Format.XLS, [], 0)


def read_ods(data: bytes, name: str) -> Document:
    """The document that an OpenDocument workbook is; as :func:`read_xlsx`, and :class:`parsers.errors.Encrypted`."""
    workbook = OpenWorkbook(data, name)
    pictures = workbook.package.count("Pictures/")
    notes = [Note("image_table", f"{pictures} pictures in the workbook; one of them may be a table")] * bool(pictures)
    return _document(data, name, workbook.sheets, workbook.hidden_sheets, Format.ODS, notes, pictures)


def _document(
    data: bytes, name: str, sheets: list[Sheet], hidden_sheets: int, form: Format, notes: list[Note], pictures: int
) -> Document:
    blocks: list[Block] = []
    hidden = 0
    for sheet in sheets:
        shown, left_out = blocks_of(sheet)
        blocks += shown
        hidden += left_out
    if hidden:
        notes.append(Note("hidden_text", f"{hidden} characters in hidden rows, columns and cells were left out"))
    if hidden_sheets:
        notes.append(Note("hidden_text", f"{hidden_sheets} hidden sheets were left out"))
    if not blocks and pictures:
        raise NeedsOcr(f"{name}: the workbook holds {pictures} pictures and no text; recognise them (OCR) first")
    if not blocks:
        raise Unreadable(f"{name}: the workbook shows no text; is it the right one?")
    reader = form.name.lower()
    return document(blocks, data=data, name=name, media_type=form.value, reader=reader, notes=notes)
