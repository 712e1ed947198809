"""Tables that are set in columns by runs of blanks, as a typewriter does."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from parsers.document import GridKind
from parsers.readers.blocks import Cell, Table
from parsers.readers.words import words
from parsers.text import is_wide

_LONGEST = 45  # characters of a cell; the longest label of the statutory tables has 42
_LEAST_ROWS = 3
_DIGIT = regex.compile(r"\d")

Token = tuple[int, int, str]
"""A cell of such a row: where it begins and ends, in half-width characters from the left, and its text."""


def tokens(line: str) -> list[Token] | None:
    """The cells of a line, parted by two blanks or more (an ideographic blank counts two); None when it reads like prose."""
    found: list[Token] = []
    at, start, end, piece, blanks = 0, 0, 0, "", 2
    for character in line.rstrip():
        if character.isspace():
            blanks += 2 if character == "\u3000" else 1
        else:
            if blanks >= 2:
                if piece:
                    found.append((start, end, piece))
                start, piece = at, ""
            elif blanks:
                piece += " "
            piece += character
            blanks = 0
            end = at + 1 + is_wide(character)
        at += 1 + is_wide(character)
    if piece:
        found.append((start, end, piece))
    if any(len(text) > _LONGEST or text[-1] in words("text")["prose"] for _, _, text in found):
        return None
    return found


def read_columns(lines: Sequence[str], start: int) -> tuple[Table | None, int]:
    """The table in columns that begins at ``lines[start]``, and the index of the line behind it. None, and the index
    behind the lines that were tried, when there is none: fewer than three rows, no figures, or cells that do not stand
    under one another."""
    rows: list[list[Token]] = []
    index = start
    while index < len(lines) and "  " in lines[index].strip().replace("\u3000", "  "):
        row = tokens(lines[index])
        if row is None or len(row) < 2:
            break
        rows.append(row)
        index += 1
    if len(rows) < _LEAST_ROWS or not any(_DIGIT.search(text) for row in rows for _, _, text in row[1:]):
        return None, index
    widest = max(map(len, rows))
    columns: list[tuple[int, int]] = []
    for begin, end in sorted((begin, end) for row in rows if len(row) == widest for begin, end, _ in row):
        if columns and begin < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(end, columns[-1][1]))
        else:
            columns.append((begin, end))
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        free = 0
        for begin, end, text in row:
            under = [column for column, (left, right) in enumerate(columns) if begin < right and left < end]
            if not under or under[0] < free:
                return None, index
            free = under[-1] + 1
            cells.append(Cell(number, under[0], 1, len(under), text))
    if len(columns) != widest:
        return None, index
    return Table(GridKind.DELIMITED, tuple(cells)), index
