"""JSON, one object a line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.shown.output import plain

if TYPE_CHECKING:
    from pipeline.shown.exports import Rows

SUFFIX = ".jsonl"


def write(path: Path, columns: Sequence[str], rows: Rows) -> int:
    """Writes the rows as objects of all columns; gives their number."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for row in rows():
            count += 1
            out.write(json.dumps(dict(zip(columns, map(plain, row), strict=True)), ensure_ascii=False) + "\n")
    return count
