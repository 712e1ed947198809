"""Figures that a narrow cell broke over two lines: read as one figure where every sum that it is a term of confirms it."""

from __future__ import annotations

from dataclasses import replace

import regex

from parsers.arbiter.sums import Cells, confirmed
from parsers.checks.equations import System
from parsers.numerals import parse_numeral
from parsers.report import Cell, CellKey, CellState

TWO_LINES, TWO_LINES_OF_INK = 1.7, 1.35
"""A text whose box is this many times as high as its letters stands on two lines; a box around ink alone is less high."""

_BROKEN = regex.compile(r"\d[\d,，]* [\d,，]*\d")


def joined(system: System, cells: Cells, *, in_pictures: bool = False) -> dict[CellKey, Cell]:
    """Those of the unreadable cells that are broken figures which the sums confirm, read as one figure each. Of what was
    recognised ``in_pictures`` the boxes are those of its ink, or not known."""
    whole = {
        key: replace(cell, state=CellState.NUMBER, value=value)
        for key, cell in cells.items()
        if cell.state is CellState.UNREADABLE
        and _stands_on_two_lines(cell, in_pictures=in_pictures)
        and (value := parse_numeral(cell.raw.replace(" ", ""))) is not None
    }
    sure = confirmed(system, {**cells, **whole}, whole) if whole else set()
    return {key: whole[key] for key in sure}


def _stands_on_two_lines(cell: Cell, *, in_pictures: bool) -> bool:
    """Whether what is printed are digits on two lines, the first of them full: a figure too wide for its cell."""
    box = cell.evidence.box if cell.evidence else None
    if (box is None and not in_pictures) or not _BROKEN.fullmatch(cell.raw):
        return False
    pieces = cell.raw.split(" ")
    if box is None:
        return len(pieces) == 2 and len(pieces[1]) <= len(pieces[0])
    lines = TWO_LINES_OF_INK if in_pictures else TWO_LINES
    letter = 2 * (box.x1 - box.x0) / len(pieces[0])  # a digit is half as wide as the letters are high
    return len(pieces) == 2 and len(pieces[1]) <= len(pieces[0]) and box.y1 - box.y0 >= lines * letter
