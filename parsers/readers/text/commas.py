"""Tables as spreadsheet programs save them in plain text: rows of fields parted by commas or semicolons, some of
them in quotes."""

from __future__ import annotations

import csv
from collections.abc import Sequence

import regex

from parsers.readers.blocks import MAX_COLUMNS, Block
from parsers.readers.canonical import clean

_LEAST_ROWS = 3
_LEAST_FIELDS = 4  # the narrowest statutory table has four columns; sentences of prose rarely agree in three commas
_FIGURE = regex.compile(r"-?\d[\d.]*%?")


def read_commas(lines: Sequence[str], start: int) -> tuple[list[Block], int]:
    """The blocks of the rows of fields that begin at ``lines[start]``, and the index of the line behind them; none, and
    ``start``, when no such rows begin there: all have as many fields, and a figure stands in one of them at least."""
    sign = next((sign for sign in ",;" if lines[start].count(sign) >= _LEAST_FIELDS - 1), None)
    if sign is None:
        return [], start
    rows: list[list[str]] = []
    source = csv.reader(lines[start:], delimiter=sign)
    end = start
    try:
        for row in source:
            if len(row) != (len(rows[0]) if rows else len(row)):
                break
            rows.append(row)
            end = start + source.line_num
    except csv.Error:
        return [], start
    if len(rows) < _LEAST_ROWS or not _LEAST_FIELDS <= len(rows[0]) <= MAX_COLUMNS:
        return [], start
    if not any(_FIGURE.fullmatch(field.strip()) for row in rows for field in row):
        return [], start
    return _laid_out(rows), end


def _laid_out(rows: Sequence[Sequence[str]]) -> list[Block]:
    """The rows as a sheet has them: titles and prose stand in it among the tables."""
    from parsers.readers.sheets.layout import Sheet, blocks_of

    texts = {(at, column): text for at, row in enumerate(rows) for column, text in enumerate(row) if clean(text)}
    return blocks_of(Sheet(texts=texts))[0]
