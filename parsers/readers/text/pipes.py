"""Rows of pipes in plain text, and rows with a frame drawn around them."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from parsers.readers.blocks import MAX_COLUMNS, Block, delimited
from parsers.readers.canonical import join_wrapped

MAX_CELL = 400  # characters; a longer "cell" is a paragraph that happens to hold a tab or a pipe
PIPE = regex.compile(r"(?<!\\)(?:\\\\)*+\K\|")
_RULE = regex.compile(r"[\s|:+=_-]*--[\s|:+=_-]*|\s*\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*")
FRAME = regex.compile(r"\s*\+(?:[-=:]+\+)+\s*")
_MOST_DRAWN = 1000  # lines of one table with frames; the longest statutory one takes some 150
_BREAK = regex.compile(r"<br\s*/?>", regex.IGNORECASE)


def pipe_cells(line: str, *, left: bool = True, right: bool = True) -> tuple[str, ...] | None:
    """The cells of a row of pipes; () for the rule under a header; None for another line. ``left`` and ``right`` tell
    whether the rows have pipes around them there: if not, a pipe at the edge stands beside an empty cell.

    >>> pipe_cells("| 规章 | 0 | |"), pipe_cells("许可|", right=False), pipe_cells("|---|--:|")
    (('规章', '0', ''), ('许可', ''), ())
    """
    if "|" not in line:
        return None
    if _RULE.fullmatch(line):
        return ()
    parts = PIPE.split(line.strip())
    if len(parts) < 2:
        return None
    if left and not parts[0].strip():
        parts = parts[1:]
    if right and len(parts) > 1 and not parts[-1].strip():
        parts = parts[:-1]
    cells = tuple(join_wrapped(_BREAK.split(part.replace("\\|", "|"))) for part in parts)
    return None if len(cells) > MAX_COLUMNS or any(len(cell) > MAX_CELL for cell in cells) else cells


def dashes(line: str, width: int) -> tuple[str, ...]:
    """The cells of a row that says in each of them that there is nothing (``| - | -- |``); () for a rule."""
    cells = tuple(part.strip() for part in line.strip().strip("|").split("|"))
    return cells if len(cells) == width and all(cell in ("-", "--") for cell in cells) else ()


def read_drawn(lines: Sequence[str], start: int) -> tuple[Block | None, int]:
    """Rows with a frame drawn around them: the lines between two rules are one row, whose cells go on line by line."""
    rows: list[tuple[str, ...]] = []
    pieces: list[tuple[str, ...]] = []
    end = start
    for index in range(start, min(start + _MOST_DRAWN, len(lines))):
        if FRAME.fullmatch(lines[index]):
            if pieces:
                rows.append(tuple(map(join_wrapped, zip(*pieces, strict=True))))
            pieces, end = [], index + 1
            continue
        cells = pipe_cells(lines[index])
        if not cells:
            break
        if pieces and len(cells) != len(pieces[0]):
            return None, start  # cells are merged in the drawing
        pieces.append(cells)
    return (delimited(rows), end) if len(rows) > 1 else (None, start)
