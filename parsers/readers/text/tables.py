"""Tables in plain text: rows of tabs, of pipes or of commas, and cells one a line with pipes behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import regex

from parsers.figures import Content, content_of
from parsers.readers.blocks import MAX_COLUMNS, Block, Paragraph, delimited
from parsers.readers.canonical import clean, join_wrapped
from parsers.readers.text.copied import read_copied
from parsers.readers.text.merges import with_merges
from parsers.readers.words import words
from parsers.text import fold, without_numbering

_MAX_CELL = 400  # characters; a longer "cell" is a paragraph that happens to hold a tab or a pipe
_LONGEST_FIELD = 60  # characters of a label; a longer text between commas is prose
_MAX_PIECE = 11
"""Characters of a piece of a label that was broken over lines; headings of sections have twelve and more."""
_FIGURE = regex.compile(r"[+-]?\d[\d,.]*")
_CHAPTER = regex.compile("[一二三四五六七八九十]、")
_PIPE = regex.compile(r"(?<!\\)(?:\\\\)*+\K\|")
_COMMA = regex.compile(r",(?![^（(]*[）)])")
"""A comma that does not stand in brackets, as one of a label may."""
_IN_THOUSANDS = regex.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
"""One figure, whose commas part no cells."""
_FEWEST_FIGURES = 6
"""Cells of a figure alone, or of nothing, which prose between commas has not."""
_RULE = regex.compile(r"[\s|:+=_-]*--[\s|:+=_-]*|\s*\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*")
_FRAME = regex.compile(r"\s*\+(?:[-=:]+\+)+\s*")
_MOST_DRAWN = 1000  # lines of one table with frames; the longest statutory one takes some 150
_BREAK = regex.compile(r"<br\s*/?>", regex.IGNORECASE)

Rows = list[tuple[str, ...]]


def read_rows(lines: Sequence[str], start: int) -> tuple[Block | None, int]:
    """The table that begins at ``lines[start]``, and the index of the line behind it; None and ``start`` when no table
    begins there."""
    line = lines[start]
    if "\t" in line:
        block, end = read_copied(lines, start) if line.rstrip(" \r\n").endswith("\t") else (None, start)
        return (block, end) if block else _read(lines, start, tab_cells, banners=True)
    if "|" in line:
        block, end = _read_drawn(lines, start) if start and _FRAME.fullmatch(lines[start - 1]) else (None, start)
        if block is None:
            block, end = _read_fallen(lines, start)
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
    return None if len(cells) > MAX_COLUMNS or any(len(cell) > _MAX_CELL for cell in cells) else cells


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
    parts = _PIPE.split(line.strip())
    if len(parts) < 2:
        return None
    if left and not parts[0].strip():
        parts = parts[1:]
    if right and len(parts) > 1 and not parts[-1].strip():
        parts = parts[:-1]
    cells = tuple(join_wrapped(_BREAK.split(part.replace("\\|", "|"))) for part in parts)
    return None if len(cells) > MAX_COLUMNS or any(len(cell) > _MAX_CELL for cell in cells) else cells


def _read(
    lines: Sequence[str], start: int, cells_of: Callable[[str], tuple[str, ...] | None], *, banners: bool = False
) -> tuple[Block | None, int]:
    rows: Rows = []
    spaced = [False, False]  # whether a blank line stands before the second and the third row
    index, end = start, start
    while index < len(lines):
        gap = index > start and not lines[index].strip()
        at = index + gap
        cells = cells_of(lines[at]) if at < len(lines) else None
        if cells is None and banners and rows and not gap and _is_banner(lines, at, cells_of):
            cells = (clean(lines[at]),)
        # A blank line before every row is a way of writing rows; a blank line now and then parts two tables.
        if cells is None or (gap and len(rows) > 1 and not spaced[0]):
            break
        if not cells and len(rows) > 1:
            cells = _dashes(lines[at], len(rows[-1]))
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


def _dashes(line: str, width: int) -> tuple[str, ...]:
    """The cells of a row that says in each of them that there is nothing (``| - | -- |``); () for a rule."""
    cells = tuple(part.strip() for part in line.strip().strip("|").split("|"))
    return cells if len(cells) == width and all(cell in ("-", "--") for cell in cells) else ()


def _is_banner(lines: Sequence[str], index: int, cells_of: Callable[[str], tuple[str, ...] | None]) -> bool:
    """Whether a line between two rows is a row of one cell whose trailing tabs were trimmed, and not a heading."""
    text = clean(lines[index]) if index < len(lines) else ""
    if not 0 < len(text) <= 60 or index + 1 >= len(lines) or cells_of(lines[index + 1]) is None:
        return False
    folded = fold(text)
    return without_numbering(folded) == folded and not any(sign in text for sign in words("text")["prose"] + "#|")


def _read_drawn(lines: Sequence[str], start: int) -> tuple[Block | None, int]:
    """Rows with a frame drawn around them: the lines between two rules are one row, whose cells go on line by line."""
    rows: Rows = []
    pieces: list[tuple[str, ...]] = []
    end = start
    for index in range(start, min(start + _MOST_DRAWN, len(lines))):
        if _FRAME.fullmatch(lines[index]):
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


def _read_fallen(lines: Sequence[str], start: int) -> tuple[Block | None, int]:
    """Rows that are opened by a line ``|``, with a cell and a pipe on each line that follows, and pipes behind the last
    one that fill the row up. A cell may be broken over lines; a blank before a lone pipe makes it an empty cell. Anything
    less plain is left as lines."""
    if lines[start].rstrip() != "|":
        return _read_poured(lines, start)
    rows: list[list[str]] = []
    pieces: list[str] = []
    index = opened = end = start
    while index < len(lines):
        line = lines[index].rstrip()
        if line == "|":
            if pieces or (rows and not rows[-1]):
                if pieces and len(rows) > 1 and rows[-1] and len(rows[-1]) < max(map(len, rows[:-1])):
                    rows.pop()  # a pipe is lost behind the last of its cells: all of them stay lines
                    end = opened
                break
            opened = index
            rows.append([])
        elif line.endswith("|") and not any(map(str.strip, _PIPE.split(line)[1:])):
            rows[-1] += [join_wrapped([*pieces, _PIPE.split(line)[0]]), *[""] * (len(_PIPE.findall(line)) - 1)]
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
        *parts, rest = _PIPE.split(line)
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
    cell, *others = _PIPE.split(line.strip())
    return bool(cell) and bool(others) and not any(map(str.strip, others))


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
