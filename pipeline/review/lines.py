"""A file of corrections, ready to be filled in: a line a doubtful cell, with what was read and why it is doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from parsers.errors import BadInput
from parsers.report import CellState
from pipeline.ingest.corrections import COLUMNS, written
from pipeline.review.doubts import Doubt, place_of
from pipeline.shown.output import shown, shown_reading

FOR_PEOPLE = ("agency", "year", "row_label", "column_label", "read", "place", "picture", "reason")
"""Columns that nothing reads: they tell a person what the line is about. They come first."""
DECIDED = ("printed", "value", "state", "verdict", "who", "when", "why")


def fill_in(doubts: Sequence[Doubt], pictures: Sequence[str], path: Path) -> int:
    """Writes the doubtful cells into a new CSV file, verdict, name, day and reason open; the number of lines written.

    ``value`` and ``state`` hold what was read, so that little is left to write where that is right; ``printed`` is
    open too, because only a person can say it. Raises BadInput
    when the file exists (it may hold verdicts) or cannot be written.
    """
    lines = [_line(*pair) for pair in zip(doubts, pictures, strict=True) if pair[0].key is not None]
    identity = tuple(name for name in COLUMNS if name not in DECIDED)
    try:
        with path.open("xb") as file:
            file.write(written(lines, (*FOR_PEOPLE, *DECIDED, *identity, "file")))
    except FileExistsError as error:
        raise BadInput(f"{path} exists already, and may hold verdicts; name another file") from error
    except OSError as error:
        raise BadInput(f"{path}: cannot be written ({error.strerror or error})") from error
    return len(lines)


def _line(doubt: Doubt, picture: str) -> dict[str, str]:
    assert doubt.key is not None
    cell = doubt.cell
    return {
        "agency": doubt.agency or "",
        "year": str(doubt.year or ""),
        "row_label": doubt.row_label,
        "column_label": doubt.column_label,
        "read": shown_reading(cell),
        "place": place_of(doubt),
        "picture": picture,
        "reason": doubt.finding.message,
        "value": "" if cell is None or cell.value is None else format(cell.value, "f"),
        "state": "" if cell is None or cell.state is CellState.NUMBER else cell.state.value,
        "sha256": doubt.sha256,
        "table": doubt.key.table,
        "row": doubt.key.row,
        "column": doubt.key.column,
        "file": shown(doubt.file),
    }
