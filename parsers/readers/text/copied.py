"""Rows copied out of a browser whose cells hold paragraphs: each cell stands on lines of its own, with the tab behind it that
parts it from the next, or with this tab on a line between the two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from parsers.readers.blocks import Block, delimited
from parsers.readers.canonical import clean, join_wrapped
from parsers.readers.words import words
from parsers.text import fold, without_numbering

_LONGEST = 60
"""Characters of what stands alone in a row; a longer text is a paragraph."""
_FEWEST = 3
"""Rows of two cells or more that make a table."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """The text between two empty lines, or an empty cell: whether a tab stands behind it, and the line behind it."""

    text: str
    goes_on: bool
    end: int


def with_tabs_behind_cells(lines: Sequence[str]) -> list[str]:
    """The lines, tabs that stand alone between two cells behind the first of these, as other browsers write them. What
    stands before a tab of which only empty cells are told keeps its lines."""
    if not any(map(_is_lone_tab, lines)) or any(line.strip() and line.rstrip(" \r").endswith("\t") for line in lines):
        return list(lines)
    moved: list[str] = []
    for line in lines:
        if _is_lone_tab(line):
            cell = next((n for n in reversed(range(len(moved))) if moved[n].strip(" \r")), None)
            if cell is not None and not moved[cell].endswith("\t"):
                moved[cell:] = [moved[cell] + "\t"]
                continue
        moved.append(line)
    return moved


def with_empty_cells_joined(lines: Sequence[str]) -> list[str]:
    """The lines, each row as one line whose empty cells hold a line break, as editors of pages leave it there: behind such a cell the
    row goes on with a tab at the start of the next line. Where several stand side by side, a tab is alone on its line, and a row that
    begins with a tab follows."""
    if not any(_is_lone_tab(above) and _goes_on(below) for above, below in pairwise(lines)):
        return list(lines)
    joined: list[str] = []
    for line in lines:
        kept = line.rstrip(" \r\n")
        if joined and joined[-1].endswith("\t") and kept.startswith("\t"):
            joined[-1] += kept
        else:
            joined.append(kept)
    return joined


def _goes_on(line: str) -> bool:
    return line.startswith("\t") and bool(line.strip())


def _is_lone_tab(line: str) -> bool:
    return line.strip(" \r\n") == "\t"


def read_copied(lines: Sequence[str], start: int) -> tuple[Block | None, int]:
    """The table of such cells that begins at ``lines[start]``, and the index of the line behind it; None and ``start`` when none does.

    A row ends with the cell that has no tab behind it. As many empty lines stand between two cells everywhere, so where more than
    these stand behind a tab, the last cell of the row is blank.
    """
    rows: list[tuple[str, ...]] = []
    end, open_row = start, False
    for piece, following in pairwise(chain(_pieces(lines, start, _gap(lines, start)), (None,))):
        if piece is None:
            break
        if open_row:
            rows[-1] = (*rows[-1], piece.text)
        elif piece.goes_on or _is_title(piece, following):
            rows.append((piece.text,))
        else:
            break
        open_row, end = piece.goes_on, piece.end
    if open_row or sum(len(row) > 1 for row in rows) < _FEWEST:
        return None, start
    return delimited(rows), end


def _gap(lines: Sequence[str], start: int) -> int:
    """How many empty lines stand behind the first cell that has a tab behind it."""
    first = next((n for n in range(start, len(lines)) if lines[n].rstrip(" \r\n").endswith("\t")), start)
    return next((n for n, line in enumerate(lines[first + 1 :]) if _is_cell(line)), 0)


def _is_cell(line: str) -> bool:
    """Whether a line is not empty; a tab and a no-break blank are the signs of an empty cell."""
    return bool(line.strip(" \r\n"))


def _pieces(lines: Sequence[str], start: int, gap: int) -> Iterator[_Piece]:
    """The cells from a line on, until one that holds tabs of its own. Where lines between them are empty, a cell may have several."""
    above: _Piece | None = None
    for text, goes_on, end, empty in _runs(lines, start, several=gap > 0):
        if "\t" in text:
            break
        if above is not None and above.goes_on and empty > gap:
            yield _Piece("", False, above.end)
        above = _Piece(text, goes_on, end)
        yield above


def _runs(lines: Sequence[str], start: int, *, several: bool) -> Iterator[tuple[str, bool, int, int]]:
    """Each run of lines: its text, whether a tab ends it, the line behind it, and the empty lines above it."""
    held: list[str] = []
    empty = 0
    for index in range(start, len(lines)):
        line = lines[index].strip(" \r\n")
        if not line:
            if held:
                yield _joined(held), False, index, empty
                held, empty = [], 0
            empty += 1
            continue
        held.append(line.removesuffix("\t"))
        if line.endswith("\t") or not several:
            yield _joined(held), line.endswith("\t"), index + 1, empty
            held, empty = [], 0
    if held:
        yield _joined(held), False, len(lines), empty


def _joined(held: Sequence[str]) -> str:
    return "\t" if any("\t" in line for line in held) else join_wrapped(held)


def _is_title(piece: _Piece, following: _Piece | None) -> bool:
    """Whether a text that is a row by itself stands above another one of its table: no heading, and no prose."""
    text = clean(piece.text)
    folded = fold(text)
    return (
        len(text) <= _LONGEST
        and following is not None
        and following.goes_on
        and without_numbering(folded) == folded
        and not any(sign in text for sign in words("text")["prose"])
    )
