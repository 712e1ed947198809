"""Rows of pipes that fell apart: cells one a line, with pipes behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from parsers.figures import Content, content_of
from parsers.readers.blocks import Block, delimited
from parsers.readers.canonical import clean, join_wrapped
from parsers.readers.text.pipes import PIPE

_MAX_PIECE = 11
"""Characters of a piece of a label that was broken over lines; headings of sections have twelve and more."""
_FIGURE = regex.compile(r"[+-]?\d[\d,.]*")
_CHAPTER = regex.compile("[一二三四五六七八九十]、")


def read_fallen(lines: Sequence[str], start: int) -> tuple[Block | None, int]:
    """Rows that are opened by a line ``|``, with a cell and a pipe on each line that follows, and pipes behind the last
    one that fill the row up. A cell may be broken over lines; a blank before a lone pipe makes it an empty cell, and of two
    lone pipes behind a row that is too short the first is one. Anything less plain is left as lines."""
    if lines[start].rstrip() != "|":
        return _read_poured(lines, start)
    rows: list[list[str]] = []
    pieces: list[str] = []
    index = opened = end = start
    while index < len(lines):
        line = lines[index].rstrip()
        if line == "|":
            if not pieces and len(rows) > 2 and not rows[-1] and len(rows[-2]) < max(map(len, rows[:-2])):
                rows[-2].append("")
            elif pieces or (rows and not rows[-1]):
                if pieces and len(rows) > 1 and rows[-1] and len(rows[-1]) < max(map(len, rows[:-1])):
                    rows.pop()  # a pipe is lost behind the last of its cells: all of them stay lines
                    end = opened
                break
            else:
                rows.append([])
            opened = index
        elif line.endswith("|") and not any(map(str.strip, PIPE.split(line)[1:])):
            rows[-1] += [join_wrapped([*pieces, PIPE.split(line)[0]]), *[""] * (len(PIPE.findall(line)) - 1)]
            pieces = []
            end = index + 1
        elif line.strip() and "|" not in line and len(line) <= 30 and len(pieces) < 3:
            pieces.append(line)
        elif line.strip() or pieces:
            break
        index += 1
    rows = [row for row in rows if row]
    if len(rows) < 2 or any(
        _FIGURE.fullmatch(row[0]) and len(row) < longest for row, longest in _longest_others(rows)
    ):
        return None, start  # a row that begins with a figure was opened by a blank cell of a row without opening
    if any(_has_label_behind_figure(row) for row in rows):
        return None, start  # so was one in which a label stands behind figures: the next row, which nothing opened
    return delimited(rows), end


def _has_label_behind_figure(row: Sequence[str]) -> bool:
    """Whether a row begins with a figure, and words follow."""
    first, *others = map(content_of, row)
    return first is Content.FIGURE and Content.WORDS in others


def _longest_others(rows: Sequence[list[str]]) -> Iterator[tuple[list[str], int]]:
    """Each row, and how many cells the longest of the others has. The row of figures of the short table has no label, and is
    longer than each row of its header."""
    lengths = sorted(map(len, rows), reverse=True)
    return ((row, lengths[1] if len(row) == lengths[0] else lengths[0]) for row in rows)


def _read_poured(lines: Sequence[str], start: int) -> tuple[Block | None, int]:
    """Rows whose cells end in a pipe and a line break, filled up with pipes to the width of the table:
    ``规章 |``, ``0 |``, ``||`` (or ``0 | ||``). The rows that are filled up tell the width; where they do not agree, another table begins.
    A cell may be broken over lines."""
    if not _ends_in_pipe(lines[start]):
        return None, start
    cells: list[str] = []
    fillings: dict[int, int] = {}  # by how many cells there are when a row was filled up: how many of them fill it up
    ends = {0: start}  # by how many cells there are: the line behind them
    pieces: list[str] = []
    width = 0
    for index in range(start, len(lines)):
        line = lines[index].strip()
        *parts, rest = PIPE.split(line)
        if parts and not rest:
            if any(map(str.strip, parts[1:])):
                return None, start  # a row on a line of its own
            count = len(cells) + len(parts)
            fills = len(parts) > 1 and not parts[-1].strip()
            if fills and width and count % width:
                break  # another table, of another width
            cells += [join_wrapped([*pieces, parts[0]]), *map(clean, parts[1:])]
            pieces = []
            ends[count] = index + 1
            if fills:
                width = width or count
                fillings[count] = len(parts) - bool(parts[0].strip())
        elif line and width and len(line) > _MAX_PIECE and (len(cells) % width == 0 or _CHAPTER.match(line)):
            break  # a heading between two tables; in the midst of a row no label begins with 三、
        elif line and "|" not in line and len(line) <= 30 and len(pieces) < 3:
            pieces.append(line)
        elif line:
            break
    else:
        line = ""
    whole = len(cells) if _CHAPTER.match(line) else len(cells) - len(cells) % width if width else 0
    if width < 3 or len(fillings) < 2 or whole not in ends:
        return None, start
    rows = [tuple(cells[at : min(at + width, whole)]) for at in range(0, whole, width)]
    used = width if any(row[-1] for row in rows) else width - 1  # a single pipe that fills up looks like a blank cell
    printed = [row[: min(used, width - fillings.get(number * width, 0))] for number, row in enumerate(rows, 1)]
    return delimited(printed), ends[whole]


def _ends_in_pipe(line: str) -> bool:
    """Whether a line is one cell and the pipe behind it, or those that fill its row up."""
    cell, *others = PIPE.split(line.strip())
    return bool(cell) and bool(others) and not any(map(str.strip, others))
