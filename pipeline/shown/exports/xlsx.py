"""Excel workbooks. A table that is longer than a sheet may be goes on in the next sheet of its workbook."""

from __future__ import annotations

import io
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    """Writes a header to each sheet, and the rows; gives their number. Raises OSError when they cannot be written."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    with tempfile.TemporaryDirectory(prefix="nianbao-") as parts, _Disk(path, "w") as file:
        settings = {
            "constant_memory": True,
            "tmpdir": parts,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        try:
            with xlsxwriter.Workbook(file, settings) as book:
                return _write_sheets(book, columns, rows, sheet_rows)
        except FileCreateError as error:
            (reason,) = error.args
            traceback.clear_frames(reason.__traceback__)  # the archive is forgotten while its file is still open
            raise reason from None


class _Disk(io.FileIO):
    """A file that takes all or nothing, and after a failure the rest in silence: a zip archive that could not be written
    is given an end when it is forgotten, and Python would print that this fails as well."""

    failed = False

    def write(self, data: Any) -> int:
        rest = memoryview(data)
        try:
            while rest and not self.failed:
                rest = rest[super().write(rest) or 0 :]  # a disk that is nearly full takes a part
        except OSError:
            self.failed = True
            raise
        return len(data)


def _write_sheets(book: Any, columns: Sequence[str], rows: Rows, sheet_rows: int) -> int:
    count = 0
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
