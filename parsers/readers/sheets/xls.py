"""Workbooks of the older, binary format (XLS), through xlrd."""

from __future__ import annotations

import io
import struct
from typing import Any

from parsers.errors import Encrypted, LimitExceeded, Unreadable
from parsers.readers.sheets.layout import MAX_TEXTS, Merge, Sheet
from parsers.readers.sheets.shown import shown

_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
"""What xlrd lets through, besides its own error, when a file is damaged."""


def read_sheets(data: bytes, name: str) -> tuple[list[Sheet], int]:
    """The sheets that a workbook shows, and the number of those that it hides."""
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        sheets = [_sheet(book, sheet, name) for sheet in book.sheets() if not sheet.visibility]
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, *_DAMAGE) as error:
        if "encrypted" in str(error):
            raise Encrypted(f"{name}: the workbook asks for a password; save it without one") from error
        raise Unreadable(
            f"{name}: the Excel workbook (.xls) is damaged or of an unusual kind; open it in Excel and save it as XLSX"
        ) from error
    return sheets, book.nsheets - len(sheets)


def _sheet(book: Any, source: Any, name: str) -> Sheet:
    import xlrd

    sheet = Sheet()
    if source.nrows and sum(source.row_len(row) for row in range(source.nrows)) > 4 * MAX_TEXTS:
        raise LimitExceeded(f"{name}: the workbook holds more than {4 * MAX_TEXTS} cells; no report does")
    sheet.merges = [
        Merge(top, left, end_row - 1, end_column - 1) for top, end_row, left, end_column in source.merged_cells
    ]
    sheet.hidden_rows = {row for row, info in source.rowinfo_map.items() if info.hidden}
    sheet.hidden_columns = {column for column, info in source.colinfo_map.items() if info.hidden or not info.width}
    for row in range(source.nrows):
        for column in range(source.row_len(row)):
            kind = source.cell_type(row, column)
            if kind == xlrd.XL_CELL_EMPTY:
                continue
            style = book.xf_list[source.cell_xf_index(row, column)]
            content = source.cell_value(row, column)
            if kind == xlrd.XL_CELL_TEXT:
                sheet.texts[row, column] = content
            elif kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                if content or source.show_zero_values:
                    code = book.format_map[style.format_key].format_str
                    sheet.texts[row, column] = shown(content, code, epoch_1904=bool(book.datemode))
            elif kind == xlrd.XL_CELL_BOOLEAN:
                sheet.texts[row, column] = "TRUE" if content else "FALSE"
            elif kind == xlrd.XL_CELL_ERROR:
                sheet.texts[row, column] = xlrd.error_text_from_code.get(content, "#?")
            border = style.border
            if any(
                (
                    border.left_line_style,
                    border.right_line_style,
                    border.top_line_style,
                    border.bottom_line_style,
                )
            ):
                sheet.bordered.add((row, column))
    return sheet
