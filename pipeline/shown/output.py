"""What the commands print: rows as a table, CSV, JSON or Markdown on standard output, messages on standard error.

The table is laid out by display width, so that Chinese text (two columns a character) stays aligned in a terminal
and in a file; on a terminal that is too narrow it is folded. Colour is used on a terminal only, and never when ``NO_COLOR`` is set.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import zip_longest
from typing import TextIO

from parsers.report import Cell, CellState
from pipeline.shown.fitting import BETWEEN, blocks, fitted, folded, width

_FIGURE = re.compile(r"(?:[+-]?\d+(?:\.\d+)?(?:e[+-]\d+)?%?|[/?·–≠])(?: \[[\d,]+\]|[*†‡]+)?")
"""What stands at the right of its column: figures, the signs for cells without one, and marks behind either."""

_BREAK = re.compile(r"\s*[\r\n]+\s*|\t")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
"""What a terminal obeys instead of showing it; a document may hold any sign."""

SIGNS = {CellState.BLANK: "·", CellState.DASH: "/", CellState.UNREADABLE: "?", CellState.ABSENT: "–"}
"""What stands for a cell without a value, wherever figures are shown to people."""
DISAGREEING = "≠"
"""What stands for several figures of the prose that do not add up."""
SIGNS_EXPLAINED = "· blank   / dash   ? unreadable   – not in the document"


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"


def print_rows(
    columns: Sequence[str], rows: Iterable[Sequence[object]], form: Format = Format.TABLE, *, to: TextIO | None = None
) -> None:
    """Prints rows under their column names; CSV, JSON and Markdown are written as the rows come."""
    out = to or sys.stdout
    match form:
        case Format.TABLE:
            _print_table(list(map(shown, columns)), [[shown(value) for value in row] for row in rows], out)
        case Format.CSV:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([plain(value) for value in row] for row in rows)
        case Format.JSON:
            _print_json(columns, rows, out)
        case Format.MARKDOWN:
            _print_markdown(columns, rows, out)


def print_block(columns: Sequence[str], row: Sequence[object]) -> None:
    """Prints one row as people read it where it has room to itself: a line a column."""
    lines = blocks(columns, [[shown(value) for value in row]], shutil.get_terminal_size().columns)
    sys.stdout.writelines(f"{line}\n" for line in lines)


def say(message: str = "") -> None:
    """A line for the person at the terminal, on standard error."""
    print(message, file=sys.stderr)  # noqa: T201


def counted(number: int, what: str) -> str:
    """A number of things, as a sentence says it.

    >>> counted(1, "finding"), counted(2, "finding")
    ('1 finding', '2 findings')
    """
    return f"{number} {what}{'' if number == 1 else 's'}"


def coloured(stream: TextIO) -> bool:
    """Whether colour may be used on a stream: a terminal that understands it, and ``NO_COLOR`` not set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled up with blanks to a display width; ``right`` puts the blanks in front.

    >>> padded("年报", 6) + "|"
    '年报  |'
    """
    blanks = " " * max(columns - width(text), 0)
    return blanks + text if right else text + blanks


def plain(value: object) -> object:
    """A value as CSV and JSON write it: exact decimals as numbers, dates as ISO text, bytes as hexadecimal. A sum of a
    database ends where its digits are certain: 15 of them in a number of eight bytes.

    >>> plain(Decimal("3.0")), plain(Decimal("2.5")), plain(0.1 + 0.2), plain(b"\\x01")
    (3, 2.5, 0.3, '01')
    """
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else float(f"{value:.15g}")
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, date):
        return value.isoformat()
    return value


def shown(value: object) -> str:
    """A value as a table shows it: nothing for None, no line breaks. A figure is shown whole, with as many decimals as an
    amount of 万元 has to the cent; of what is smaller still, six digits. Signs that a terminal would obey are not let through.

    >>> shown(None), shown(Decimal("12.50")), shown(1234567.8912), shown(2 / 3), shown(0.0000123), shown("a\\nb")
    ('', '12.5', '1234567.8912', '0.666667', '1.23e-05', 'a b')
    >>> shown("\\x1b[2J年报")
    '�[2J年报'
    """
    if value is None:
        return ""
    value = plain(value)
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".") if 1e-3 <= abs(value) < 1e15 else f"{value:.6g}"
    return _CONTROL.sub("\ufffd", _BREAK.sub(" ", value)) if isinstance(value, str) else str(value)


def shown_reading(cell: Cell | None) -> str:
    """What was read in a cell, as a person is shown it: the figure, the sign of its state, and what is printed."""
    if cell is None:
        return ""
    text = SIGNS.get(cell.state) or shown(cell.value)
    return f"{text} ({cell.raw})" if cell.raw and cell.raw != text else text


def print_title(text: str, out: TextIO | None = None) -> None:
    """A heading between tables, bold on a terminal."""
    stream = out or sys.stdout
    stream.write(_bold(text) + "\n" if coloured(stream) else text + "\n")


def marked(text: str, spans: Iterable[tuple[int, int]], stream: TextIO | None) -> str:
    """The text with stretches of it (start and end, in order and apart) set off: bold and underlined where ``stream`` is
    a terminal with colour, in 【】 elsewhere.

    >>> marked("发布80条", [(2, 5)], None)
    '发布【80条】'
    """
    before, behind = ("\x1b[1;4m", "\x1b[0m") if stream is not None and coloured(stream) else ("【", "】")
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += (text[at:start], before, text[start:end], behind)
        at = end
    return "".join([*pieces, text[at:]])


def _print_table(columns: Sequence[str], rows: list[list[str]], out: TextIO) -> None:
    widths = [max([width(name), *(width(row[i]) for row in rows)]) for i, name in enumerate(columns)]
    numeric = [bool(rows) and all(_is_number(row[i]) for row in rows if row[i]) for i in range(len(columns))]
    if out.isatty() and sum(widths) + BETWEEN * len(widths) > (terminal := shutil.get_terminal_size().columns):
        fitting = fitted(widths, numeric, terminal)
        if fitting is None:
            out.writelines(f"{line}\n" for line in blocks(columns, rows, terminal))
            return
        rows = [line for row in rows for line in _lines_of(row, fitting)]
        widths = fitting
    header = _line(columns, widths, numeric)
    out.write((_bold(header) if coloured(out) else header) + "\n")
    out.write((" " * BETWEEN).join("─" * columns_wide for columns_wide in widths) + "\n")
    for row in rows:
        out.write(_line(row, widths, numeric) + "\n")


def _lines_of(row: Sequence[str], widths: Sequence[int]) -> list[list[str]]:
    """The lines of a row that is folded to these widths, and an empty one where else nobody could tell where the next begins."""
    lines = [list(line) for line in zip_longest(*map(folded, row, widths), fillvalue="")]
    return [*lines, [""] * len(row)] if len(lines) > 1 else lines


def _line(values: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    fields = (padded(value, w, right=r) for value, w, r in zip(values, widths, right, strict=True))
    return (" " * BETWEEN).join(fields).rstrip()


def _is_number(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


def _print_json(columns: Sequence[str], rows: Iterable[Sequence[object]], out: TextIO) -> None:
    before = "[\n"
    for row in rows:
        record = dict(zip(columns, map(plain, row), strict=True))
        out.write(before + "  " + json.dumps(record, ensure_ascii=False))
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")


def _print_markdown(columns: Sequence[str], rows: Iterable[Sequence[object]], out: TextIO) -> None:
    out.write("| " + " | ".join(columns) + " |\n")
    out.write("|" + " --- |" * len(columns) + "\n")
    for row in rows:
        out.write("| " + " | ".join(shown(value).replace("|", "\\|") for value in row) + " |\n")


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m"
