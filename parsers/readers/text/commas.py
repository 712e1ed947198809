"""Tables as spreadsheet programs save them in plain text: rows of fields parted by commas or semicolons, some of
them in quotes."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from parsers.figures import content_of
from parsers.readers.blocks import MAX_COLUMNS, Block
from parsers.readers.canonical import clean

_LEAST_ROWS = 3
_LEAST_FIELDS = 4  # the narrowest statutory table has four columns; sentences of prose rarely agree in three commas
_HEADER_ROWS = 40  # rows without any figure after which it is no table; titles and prose of a sheet take some ten
_MOST_LINES = 12  # of one row; a label that is broken over lines has five


def read_commas(lines: Sequence[str], start: int) -> tuple[list[Block], int]:
    """The blocks of the rows of fields that begin at ``lines[start]``, and the index of the line behind them; none, and
    ``start``, when no such rows begin there: all have as many fields, and a figure, or a sign that there is none, stands in
    one of them at least."""
    sign = next((sign for sign in ",;" if lines[start].count(sign) >= _LEAST_FIELDS - 1), None)
    if sign is None:
        return [], start
    rows: list[list[str]] = []
    end, figures = start, False
    while end < len(lines):
        row, behind = _row(lines, end, sign)
        if not _LEAST_FIELDS <= len(row) <= MAX_COLUMNS or (rows and len(row) != len(rows[0])):
            break
        rows.append(row)
        end = behind
        figures = figures or any(content_of(clean(field)).is_value for field in row)
        if not figures and len(rows) == _HEADER_ROWS:
            return [], start
    if len(rows) < _LEAST_ROWS or not figures:
        return [], start
    return _laid_out(rows), end


def _row(lines: Sequence[str], start: int, sign: str) -> tuple[list[str], int]:
    """The fields of the row that begins at ``lines[start]``, and the index of the line behind it: a field in quotes may
    go on over some lines."""
    quotes = 0
    for end in range(start, min(start + _MOST_LINES, len(lines))):
        quotes += lines[end].count('"')
        if quotes % 2 == 0:
            try:
                return next(csv.reader(["\n".join(lines[start : end + 1])], delimiter=sign), []), end + 1
            except csv.Error:
                break
    return [], start


def _laid_out(rows: Sequence[Sequence[str]]) -> list[Block]:
    """The rows as a sheet has them: titles and prose stand in it among the tables."""
    from parsers.readers.sheets.layout import Sheet, blocks_of

    texts = {(at, column): text for at, row in enumerate(rows) for column, text in enumerate(row) if clean(text)}
    return blocks_of(Sheet(texts=texts))[0]
