"""Excel workbooks. A table that is longer than a sheet may be goes on in the next sheet of its workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parsers.errors import BadInput
from pipeline.shown.output import plain

if TYPE_CHECKING:
    from pipeline.shown.exports import Rows

SUFFIX = ".xlsx"
SHEET_ROWS = 1_048_576
"""Rows of a sheet, the header among them (Excel's limit)."""
CELL_CHARACTERS = 32_767
"""Characters of a cell (Excel's limit); longer texts are cut and end in ``CUT``. The other formats hold them whole."""
CUT = "…[cut]"
EXACT = 2**53
"""Excel's numbers are doubles: larger whole numbers are written as text."""


def write(path: Path, columns: Sequence[str], rows: Rows, sheet_rows: int = SHEET_ROWS) -> int:
    """Writes a header to each sheet, and the rows; gives their number."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise BadInput("xlsx needs the extra: pip install 'nianbao[export]'") from error
    settings = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    count = 0
    with xlsxwriter.Workbook(str(path), settings) as book:
        sheet = _sheet(book, columns)
        for count, row in enumerate(rows(), 1):
            line = (count - 1) % (sheet_rows - 1) + 1
            if line == 1 and count > 1:
                sheet = _sheet(book, columns)
            sheet.write_row(line, 0, [_fitting(value) for value in row])
    return count


def _sheet(book: Any, columns: Sequence[str]) -> Any:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
    sheet.freeze_panes(1, 0)
    return sheet


def _fitting(value: object) -> object:
    value = plain(value)
    if isinstance(value, str) and len(value) > CELL_CHARACTERS:
        return value[: CELL_CHARACTERS - len(CUT)] + CUT
    if isinstance(value, int) and abs(value) > EXACT:
        return str(value)
    return value
