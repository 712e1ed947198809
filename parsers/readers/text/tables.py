"""Tables in plain text: which lines are the rows of one, of tabs, of pipes or of commas."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from parsers.figures import Content, content_of
from parsers.readers.blocks import MAX_COLUMNS, Block, Paragraph, delimited
from parsers.readers.canonical import clean
from parsers.readers.text.copied import read_copied
from parsers.readers.text.fallen import read_fallen
from parsers.readers.text.merges import with_merges
from parsers.readers.text.pipes import FRAME, MAX_CELL, dashes, pipe_cells, read_drawn
from parsers.readers.words import words
from parsers.text import fold, without_numbering

_LONGEST_FIELD = 60  # characters of a label; a longer text between commas is prose
_COMMA = regex.compile(r",(?![^（(]*[）)])")
"""A comma that does not stand in brackets, as one of a label may."""
_IN_THOUSANDS = regex.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
"""One figure, whose commas part no cells."""
_FEWEST_FIGURES = 6
"""Cells of a figure alone, or of nothing, which prose between commas has not."""

Rows = list[tuple[str, ...]]


def read_rows(lines: Sequence[str], start: int) -> tuple[Block | None, int]:
    """The table that begins at ``lines[start]``, and the index of the line behind it; None and ``start`` when no table
    begins there."""
    line = lines[start]
    if "\t" in line:
        block, end = read_copied(lines, start) if line.rstrip(" \r\n").endswith("\t") else (None, start)
        return (block, end) if block else _read(lines, start, tab_cells, banners=True)
    if "|" in line:
        block, end = read_drawn(lines, start) if start and FRAME.fullmatch(lines[start - 1]) else (None, start)
        if block is None:
            block, end = read_fallen(lines, start)
        if block:
            return block, end
        head = [line.strip() for line in lines[start : start + 5] if "|" in line][:3]
        left, right = all(line[0] == "|" for line in head), all(line[-1] == "|" for line in head)
        return _read(lines, start, lambda line: pipe_cells(line, left=left, right=right))
    if "," in line and comma_cells(line) is not None:
        block, end = _read(lines, start, comma_cells, banners=True)
        cells = [cell for line in lines[start:end] for cell in comma_cells(line) or ()]
        if sum(content_of(cell) is not Content.WORDS for cell in cells) >= _FEWEST_FIGURES:
            return block, end
    return None, start


def tab_cells(line: str) -> tuple[str, ...] | None:
    """The cells of a row of tabs, as many as it has tabs and one; None for another line.

    >>> tab_cells("规章\\t0\\t\\t")
    ('规章', '0', '', '')
    """
    if "\t" not in line.strip(" \r\n") or not line.strip():
        return None
    cells = tuple(clean(cell) for cell in line.strip(" \r\n").split("\t"))
    # A paragraph that is indented by a tab is no row.
    if sum(map(bool, cells)) == 1 and cells[-1] and len(cells[-1]) > 15:
        return None
    return None if len(cells) > MAX_COLUMNS or any(len(cell) > MAX_CELL for cell in cells) else cells


def comma_cells(line: str) -> tuple[str, ...] | None:
    """The cells of a row of commas, however many; None for another line. (Rows that are all as long are those of a sheet.)

    >>> comma_cells("（二）部分公开(区分处理的,只计这一情形),1,0,")
    ('（二）部分公开(区分处理的,只计这一情形)', '1', '0', '')
    """
    cells = tuple(clean(cell).strip('"') for cell in _COMMA.split(line))
    if not 2 <= len(cells) <= MAX_COLUMNS or any(len(cell) > _LONGEST_FIELD for cell in cells):
        return None
    if _IN_THOUSANDS.fullmatch(line.strip()):
        return None
    return None if any(sign in cell for cell in cells for sign in "。；;？！") else cells


def _read(
    lines: Sequence[str], start: int, cells_of: Callable[[str], tuple[str, ...] | None], *, banners: bool = False
) -> tuple[Block | None, int]:
    rows: Rows = []
    spaced = [False, False]  # whether a blank line stands before the second and the third row
    index, end = start, start
    while index < len(lines):
        empty = _empty_cells(lines[index], rows)
        gap = index > start and not empty and not lines[index].strip()
        at = index + gap
        cells = empty or (cells_of(lines[at]) if at < len(lines) else None)
        if cells is None and banners and rows and not gap and _is_banner(lines, at, cells_of):
            cells = (clean(lines[at]),)
        # A blank line before every row is a way of writing rows; a blank line now and then parts two tables.
        if cells is None or (gap and len(rows) > 1 and not spaced[0]):
            break
        if not cells and len(rows) > 1:
            cells = dashes(lines[at], len(rows[-1]))
        if cells:
            if 1 <= len(rows) <= 2:
                spaced[len(rows) - 1] = gap
            rows.append(cells)
        index = end = at + 1
        if len(rows) == 3 and spaced == [True, False]:
            rows, end = rows[:1], start + 1
            break
    if not rows or max(map(len, rows)) < (3 if len(rows) == 1 else 2):
        return None, start  # cells one a line with a pipe behind each are lines: nothing tells how many make a row
    return with_merges(rows) or delimited(rows), end


def _empty_cells(line: str, rows: Rows) -> tuple[str, ...]:
    """The cells of a row of tabs in which every cell is empty; () for a line with fewer than the longest row above has."""
    count = line.count("\t") + 1
    is_row = rows and count > 2 and not line.strip() and count >= max(map(len, rows))
    return ("",) * count if is_row and count <= MAX_COLUMNS else ()


def _is_banner(lines: Sequence[str], index: int, cells_of: Callable[[str], tuple[str, ...] | None]) -> bool:
    """Whether a line between two rows is a row of one cell whose trailing tabs were trimmed, and not a heading."""
    text = clean(lines[index]) if index < len(lines) else ""
    if not 0 < len(text) <= 60 or index + 1 >= len(lines) or cells_of(lines[index + 1]) is None:
        return False
    folded = fold(text)
    return without_numbering(folded) == folded and not any(sign in text for sign in words("text")["prose"] + "#|")


def with_pipe_tables(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a page, paragraphs that are rows of pipes put together to tables: what a reader mode leaves."""
    if not any(isinstance(block, Paragraph) and any("|" in line for line in block.lines) for block in blocks):
        return list(blocks)
    found: list[Block] = []
    run: list[Paragraph] = []
    for block in [*blocks, None]:
        if isinstance(block, Paragraph) and not block.heading:
            run.append(block)
            continue
        found += _tables_among(run)
        run = []
        if block is not None:
            found.append(block)
    return found


def _tables_among(run: Sequence[Paragraph]) -> list[Block]:
    lines = [paragraph.text for paragraph in run]
    blocks: list[Block] = []
    index = 0
    while index < len(run):
        table, end = read_rows(lines, index)
        if table is None:
            table, end = run[index], index + 1
        blocks.append(table)
        index = end
    return blocks
