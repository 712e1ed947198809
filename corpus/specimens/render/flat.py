"""Tables without spans: what is left of them when an editor, a copy or a converter throws the merges away."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from corpus.specimens.sheet import SheetTable

Rows: TypeAlias = list[list[str]]


class Flat(StrEnum):
    """How a merged cell is written once there are no merges."""

    PADDED = "padded"
    """Its text in the first place, the other places empty: every row has all columns."""
    RAGGED = "ragged"
    """Places below it stay as empty cells, places to its right are gone: rows differ in length."""
    BARE = "bare"
    """Only the cells that begin in a row: a row below a group starts further left than it should."""


def flat_rows(table: SheetTable, flat: Flat) -> Rows:
    """The texts of the table's rows, written as ``flat`` says."""
    if flat is Flat.BARE:
        return [[cell.text for cell in row] for row in table.rows]
    width = len(table.widths)
    rows = [[""] * width for _ in table.rows]
    for index, row in enumerate(table.placed()):
        for column, cell in row:
            rows[index][column] = cell.text
            if flat is Flat.RAGGED:
                for down in range(cell.row_span):
                    rows[index + down][column + 1 : column + cell.column_span] = [_GONE] * (cell.column_span - 1)
    return [[text for text in row if text != _GONE] for row in rows]


_GONE = "\0"
"""Marks a place that is not written at all; no cell can hold it."""


def with_lost_group(table: SheetTable, rows: Rows) -> Rows:
    """The rows with the last child of each group fallen to the left margin, its empty cells gone and one empty cell
    behind its label: what a group span that is one row short leaves."""
    ends: set[int] = set()
    for index, row in enumerate(table.rows):
        if table.header_rows <= index and len(row) > 1:
            group = max((cell.row_span for cell in row if cell.key is None), default=1)
            inner = min((cell.row_span for cell in row if cell.key is None and cell.row_span > 1), default=group)
            if 1 < inner < 10:
                ends.add(index + inner - 1)
    fallen = max(ends, default=-1)
    return [_fall(row) if index == fallen else row for index, row in enumerate(rows)]


def _fall(row: list[str]) -> list[str]:
    first = next((index for index, text in enumerate(row) if text), 0)
    return [row[first], "", *row[first + 1 :]]
