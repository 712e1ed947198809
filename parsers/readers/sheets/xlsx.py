"""Workbooks of the newer format (XLSX, XLSM): a package of XML parts."""

from __future__ import annotations

from posixpath import dirname, join, normpath

import regex
from lxml import etree

from parsers.errors import LimitExceeded, Unreadable
from parsers.readers.docx.package import Package, child, local, number, tag, value
from parsers.readers.sheets.layout import MAX_TEXTS, Merge, Place, Sheet
from parsers.readers.sheets.shown import BUILT_IN, shown

_PLACE = regex.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383  # ECMA-376 sets no bound; these are Excel's
_ESCAPED = regex.compile(r"_x([0-9A-Fa-f]{4})_")


class Workbook:
    """A workbook; ``sheets`` are those that are shown, in order, ``hidden_sheets`` the number of the others."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.package = Package(data, name, what="Excel workbook")
        self.hidden_sheets = 0
        self._texts_left = MAX_TEXTS
        main = self.package.main_part() or ""
        if main.startswith("word/") or (root := self.package.part(main)) is None:
            main = "xl/workbook.xml"
            root = self.package.part(main)
        if root is None:
            raise Unreadable(f"{name}: the Excel workbook has no list of sheets; open it in Excel and save it again")
        self._folder = dirname(main)
        self._epoch_1904 = _is_true(child(root, "workbookPr"), "date1904")
        self._targets = self._relations(main)
        self._strings = self._read_strings()
        self._formats, self._borders = self._read_styles()
        self.sheets = [sheet for element in root.iter("{*}sheet") if (sheet := self._sheet(element)) is not None]

    def _relations(self, main: str) -> dict[str, str]:
        root = self.package.part(f"{self._folder}/_rels/{main.rpartition('/')[2]}.rels".lstrip("/"))
        if root is None:
            return {}
        return {str(relation.get("Id")): str(relation.get("Target", "")) for relation in root}

    def _path(self, target: str) -> str:
        return target.lstrip("/") if target.startswith("/") else normpath(join(self._folder, target))

    def _read_strings(self) -> list[str]:
        root = self.package.part(self._path("sharedStrings.xml"))
        return [_text(item) for item in root if tag(item) == "si"] if root is not None else []

    def _read_styles(self) -> tuple[list[str], list[bool]]:
        """By number of a cell's style: its format code, and whether it draws a border."""
        root = self.package.part(self._path("styles.xml"))
        if root is None:
            return [], []
        codes = dict(BUILT_IN)
        for element in root.iter("{*}numFmt"):
            codes[number(element, "numFmtId", -1)] = element.get("formatCode") or "General"
        borders = [
            any(side.get("style") not in (None, "none") for side in border)
            for border in _children(child(root, "borders"))
            if tag(border) == "border"
        ]
        styles = [style for style in _children(child(root, "cellXfs")) if tag(style) == "xf"]
        drawn = [number(style, "borderId") for style in styles]
        return (
            [codes.get(number(style, "numFmtId"), "General") for style in styles],
            [0 <= at < len(borders) and borders[at] for at in drawn],
        )

    def _sheet(self, element: etree._Element) -> Sheet | None:
        if element.get("state") in ("hidden", "veryHidden"):
            self.hidden_sheets += 1
            return None
        target = next((text for key, text in element.attrib.items() if local(str(key)) == "id"), "")
        if target not in self._targets:
            return None
        root = self.package.part(self._path(self._targets[target]))
        return self._read(root) if root is not None and tag(root) == "worksheet" else None

    def _read(self, root: etree._Element) -> Sheet:
        sheet = Sheet()
        view = child(root, "sheetViews", "sheetView")
        shows_zeros = view is None or view.get("showZeros", "1") not in ("0", "false")
        for column in _children(child(root, "cols")):
            if _is_true(column, "hidden") or column.get("width") == "0":
                last = min(number(column, "max"), _LAST_COLUMN + 1)
                sheet.hidden_columns |= set(range(max(number(column, "min"), 1) - 1, last))
        at = -1
        for row in _children(child(root, "sheetData")):
            if tag(row) != "row":
                continue
            at = min(number(row, "r", at + 2) - 1, _LAST_ROW)
            if _is_true(row, "hidden") or row.get("ht") == "0":
                sheet.hidden_rows.add(at)
            self._read_row(row, at, sheet, shows_zeros)
        for merge in _children(child(root, "mergeCells")):
            corners = [_place(corner) for corner in str(merge.get("ref", "")).split(":")]
            if len(corners) == 2 and (start := corners[0]) and (end := corners[1]):
                sheet.merges.append(Merge(*start, *end))
        return sheet

    def _read_row(self, row: etree._Element, at: int, sheet: Sheet, shows_zeros: bool) -> None:
        column = -1
        for cell in row:
            if tag(cell) != "c":
                continue
            place = _place(str(cell.get("r", ""))) or (at, column + 1)
            column = min(place[1], _LAST_COLUMN)
            if text := self._shown(cell, shows_zeros):
                self._texts_left -= 1
                if self._texts_left < 0:
                    raise LimitExceeded(
                        f"{self.name}: the workbook holds more than {MAX_TEXTS} cells; no report does"
                    )
                sheet.texts[at, column] = text
            style = number(cell, "s")
            if 0 <= style < len(self._borders) and self._borders[style] and len(sheet.bordered) < 4 * MAX_TEXTS:
                sheet.bordered.add((at, column))

    def _shown(self, cell: etree._Element, shows_zeros: bool) -> str:
        """What a cell shows. A formula whose result the file lacks shows itself: never nothing, and no figure."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = child(cell, "is")
            return _text(inline) if inline is not None else ""
        stored = child(cell, "v")
        content = (stored.text or "") if stored is not None else ""
        text = content.strip()
        if not text:
            formula = child(cell, "f")
            return f"={formula.text or '?'}" if formula is not None and kind != "str" else ""
        if kind == "s":
            index = int(text) if text.isdecimal() and len(text) < 10 else -1
            return self._strings[index] if 0 <= index < len(self._strings) else f"[text {text} is missing]"
        if kind != "n":
            return {"0": "FALSE", "1": "TRUE"}.get(text, text) if kind == "b" else content
        try:
            figure = float(text)
        except ValueError:
            return text
        if figure == 0 and not shows_zeros:
            return ""
        style = number(cell, "s")
        code = self._formats[style] if 0 <= style < len(self._formats) else "General"
        return shown(figure, code, epoch_1904=self._epoch_1904) if abs(figure) < 1e300 else text


def _text(item: etree._Element) -> str:
    """The text of a string: its runs, without the reading aids above the characters (``rPh``)."""
    pieces = [child(run, "t") if tag(run) == "r" else run for run in item if tag(run) in ("r", "t")]
    text = "".join(piece.text or "" for piece in pieces if piece is not None)
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _children(element: etree._Element | None) -> list[etree._Element]:
    return [] if element is None else list(element)


def _place(reference: str) -> Place | None:
    """Row and column, from 0, of a reference like ``AB12``; None where it is none."""
    match = _PLACE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2]) - 1
    return (row, column - 1) if 0 <= row <= _LAST_ROW and column - 1 <= _LAST_COLUMN else None


def _is_true(element: etree._Element | None, name: str) -> bool:
    return element is not None and value(element, name) in ("1", "true", "on")
