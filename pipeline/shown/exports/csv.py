"""CSV in UTF-8 with a byte order mark, without which Excel takes Chinese for something else: a missing value is an empty
field. (What commands print as CSV has no mark: it goes to programs.)"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.shown.output import plain

if TYPE_CHECKING:
    from pipeline.shown.exports import Rows

SUFFIX = ".csv"


def write(path: Path, columns: Sequence[str], rows: Rows) -> int:
    """Writes a header and the rows; gives their number."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(columns)
        for row in rows():
            count += 1
            writer.writerow([plain(value) for value in row])
    return count
