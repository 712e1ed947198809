"""Workbooks of OpenDocument (ODS): one part of XML in which every cell carries the text that it shows.

Names of elements and attributes are those of OpenDocument 1.3 part 3, 9.1 and 19.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from parsers.errors import Encrypted, LimitExceeded, Unreadable
from parsers.readers.docx.package import Package, child, number, tag, value
from parsers.readers.sheets.layout import MAX_ROWS, MAX_TEXTS, Merge, Sheet

_GROUPS = ("table-row-group", "table-header-rows", "table-rows", "table-column-group", "table-header-columns")
_MAX_COLUMNS = 16_384
_OFTEN = 100  # repetitions; a statutory table has 15 columns and 28 rows


class OpenWorkbook:
    """A workbook; ``sheets`` are those that are shown, in order, ``hidden_sheets`` the number of the others."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.package = Package(data, name, what="OpenDocument sheet")
        self.hidden_sheets = 0
        self._texts_left = MAX_TEXTS
        root = self.package.part("content.xml")
        if root is None:
            manifest = self.package.part("META-INF/manifest.xml")
            if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
                raise Encrypted(f"{name}: the sheet asks for a password; save it without one")
            raise Unreadable(
                f"{name}: the OpenDocument sheet has no content; open it in LibreOffice and save it again"
            )
        styles = {value(style, "name"): style for style in root.iter("{*}style")}
        self._bordered = {key for key, style in styles.items() if _has_border(style)}
        self._unshown = {key for key, style in styles.items() if _is_unshown(style)}
        body = child(root, "body", "spreadsheet")
        tables = [] if body is None else [element for element in body if tag(element) == "table"]
        self.sheets = [self._sheet(table) for table in tables if not self._is_hidden(table)]

    def _is_hidden(self, table: etree._Element) -> bool:
        hidden = value(table, "style-name") in self._unshown
        self.hidden_sheets += hidden
        return hidden

    def _sheet(self, table: etree._Element) -> Sheet:
        sheet = Sheet()
        at = 0
        for column in _parts(table, "table-column"):
            count = _times(column, "number-columns-repeated", _MAX_COLUMNS)
            if value(column, "visibility") in ("collapse", "filter"):
                sheet.hidden_columns.update(range(at, min(at + count, _MAX_COLUMNS)))
            at += count
        at = 0
        for row in _parts(table, "table-row"):
            count = _times(row, "number-rows-repeated", 2**31)
            cells = list(self._cells(row))
            # Rows without text that are repeated often are the empty rest of the sheet.
            if any(text for _, text, *_ in cells) or count < _OFTEN:
                for place in range(at, min(at + count, MAX_ROWS) if cells else at):
                    self._place(sheet, place, cells)
                    if value(row, "visibility") in ("collapse", "filter"):
                        sheet.hidden_rows.add(place)
            at += count
        return sheet

    def _place(self, sheet: Sheet, row: int, cells: list[tuple[int, str, bool, int, int]]) -> None:
        for column, text, bordered, row_span, column_span in cells:
            if text:
                self._texts_left -= 1
                if self._texts_left < 0:
                    raise LimitExceeded(f"{self.name}: more than {MAX_TEXTS} cells with text; this is no report")
                sheet.texts[row, column] = text
            if bordered:
                sheet.bordered.add((row, column))
            if row_span > 1 or column_span > 1:
                sheet.merges.append(Merge(row, column, row + row_span - 1, column + column_span - 1))

    def _cells(self, row: etree._Element) -> Iterator[tuple[int, str, bool, int, int]]:
        """Column, text, whether it has a border, row and column span, of the cells that hold or show anything."""
        at = 0
        for cell in row:
            if tag(cell) not in ("table-cell", "covered-table-cell"):
                continue
            count = _times(cell, "number-columns-repeated", _MAX_COLUMNS)
            text = "" if tag(cell) == "covered-table-cell" else _text(cell)
            bordered = value(cell, "style-name") in self._bordered
            spans = (number(cell, "number-rows-spanned", 1), number(cell, "number-columns-spanned", 1))
            # A cell that is repeated often is the empty rest of its row.
            if text or spans != (1, 1) or (bordered and count < _OFTEN):
                for column in range(at, min(at + count, _MAX_COLUMNS)):
                    yield column, text, bordered, *spans
            at += count


def _parts(table: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows or the columns of a table, those in groups too."""
    for element in table:
        if tag(element) == name:
            yield element
        elif tag(element) in _GROUPS:
            yield from _parts(element, name)


def _times(element: etree._Element, name: str, most: int) -> int:
    return min(max(number(element, name, 1), 1), most)


def _text(cell: etree._Element) -> str:
    return "\n".join(_line(paragraph) for paragraph in cell if tag(paragraph) == "p")


def _line(paragraph: etree._Element) -> str:
    pieces = [paragraph.text or ""]
    for element in paragraph:
        match tag(element):
            case "s":
                pieces.append(" " * min(number(element, "c", 1), 100))
            case "tab":
                pieces.append("\t")
            case "line-break":
                pieces.append("\n")
            case "annotation" | "note":
                pass
            case _:
                pieces.append(_line(element))
        pieces.append(element.tail or "")
    return "".join(pieces)


def _has_border(style: etree._Element) -> bool:
    properties = child(style, "table-cell-properties")
    if properties is None:
        return False
    borders = [value(properties, side) for side in ("border", "border-top", "border-bottom", "border-left")]
    return any(border not in (None, "none") for border in borders)


def _is_unshown(style: etree._Element) -> bool:
    return value(child(style, "table-properties"), "display") == "false"
