"""Figures that a narrow cell broke over two lines, or whose digits are set apart: read as one figure where every sum that it
is a term of confirms it, or where the break cut a group of three digits behind a comma."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import regex

from parsers.arbiter.sums import Cells, confirmed
from parsers.checks.equations import System
from parsers.numerals import parse_numeral
from parsers.report import Cell, CellKey, CellState
from parsers.text import is_wide

TWO_LINES = 1.3
"""A text whose box is this many times as high as two of its digits are wide stands on two lines. One line is a little higher
than its letters, and a digit between a half and two thirds as wide; two figures on one line are wider than they are high."""
FEWEST_SPACED = 3
"""So many figures whose digits are set apart, confirmed by sums and none refuted, show that all those of the document are."""

_BROKEN = regex.compile(r"\d[\d,，]* [\d,，]*\d")
_SPACED = regex.compile(r"[+-]?(?:\d[ ,，.]{0,3})+\d")
_CUT_GROUP = regex.compile(r"\d{1,3}(?:[,，]\d{3})*[,，](?:\d \d\d|\d\d \d)(?:[,，]\d{3})*")
"""16,0 38: no figure ends so, nor begins a new one behind it."""
_DIGITS = regex.compile(r"\d\d")


def joined(system: System, cells: Cells, *, in_pictures: bool = False) -> dict[CellKey, Cell]:
    """Those of the unreadable cells that are broken figures which the sums confirm, read as one figure each. Of what was
    recognised ``in_pictures`` the boxes are those of its ink, or not known."""
    whole = {
        key: replace(cell, state=CellState.NUMBER, value=value)
        for key, cell in cells.items()
        if cell.state is CellState.UNREADABLE
        and (_is_spaced(cell) or _stands_on_two_lines(cell, in_pictures=in_pictures))
        and (value := parse_numeral(cell.raw.replace(" ", ""))) is not None
    }
    if not whole:
        return {}
    sure = confirmed(system, {**cells, **whole}, whole)
    if not in_pictures:
        sure |= {key for key in whole if _CUT_GROUP.fullmatch(cells[key].raw)}
    if not in_pictures and _are_spaced(system, cells, whole, sure):
        sure |= {key for key, cell in whole.items() if _is_spaced(cell)}
    return {key: whole[key] for key in sure}


def _are_spaced(system: System, cells: Cells, whole: Cells, sure: Collection[CellKey]) -> bool:
    """Whether the digits of all figures of a document are set apart: sums confirm those that they can test, and no figure of
    several digits is set otherwise in any table that has such figures."""
    spaced = {key for key in whole if _is_spaced(cells[key])}
    tables = {key.table for key in spaced}
    close = any(
        _DIGITS.search(cell.raw)
        for key, cell in cells.items()
        if key.table in tables and cell.state is CellState.NUMBER
    )
    tested = {key for key in spaced if system.equations_of[system.position[key]]}
    return not close and len(tested) >= FEWEST_SPACED and tested <= set(sure)


def _is_spaced(cell: Cell) -> bool:
    """Whether what is printed are single digits with a blank between any two."""
    return _SPACED.fullmatch(cell.raw) is not None and _DIGITS.search(cell.raw) is None


def _stands_on_two_lines(cell: Cell, *, in_pictures: bool) -> bool:
    """Whether what is printed are digits on two lines, the first of them full: a figure too wide for its cell."""
    box = cell.evidence.box if cell.evidence else None
    if (box is None and not in_pictures) or not _BROKEN.fullmatch(cell.raw):
        return False
    pieces = cell.raw.split(" ")
    if box is None:
        return len(pieces) == 2 and len(pieces[1]) <= len(pieces[0])
    # A digit is about half as wide as the letters are high, a full-width one twice that.
    letter = 2 * (box.x1 - box.x0) / sum(2 if is_wide(digit) else 1 for digit in pieces[0])
    return len(pieces) == 2 and len(pieces[1]) <= len(pieces[0]) and box.y1 - box.y0 >= TWO_LINES * letter
