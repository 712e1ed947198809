"""The lines of print on a picture, cell by cell in tables and line by line outside, before anything is recognised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import inf
from statistics import median
from typing import NamedTuple

import cv2
import numpy as np

from parsers.readers.ocr.components import components_of
from parsers.readers.ocr.ink import Pixels
from parsers.readers.ocr.lines import (
    LEAST_HEIGHT,
    MINUS,
    blocks_of,
    is_empty,
    is_even,
    printed_lines,
    usual_height,
    widest_gap,
    with_whole_characters,
    without_dust,
)
from parsers.readers.ocr.picture import Picture, is_plain, lost_ink, specks_in, without_edges
from parsers.readers.ocr.rulings import Area
from parsers.readers.ocr.walls import area_of, overlap
from parsers.readers.pdf.page import Rectangle
from parsers.readers.pdf.ruled.lattice import Lattice
from parsers.readers.pdf.sheet import GUTTER

INSET = 1.2
"""Points inside of the walls of a cell where its print begins; half of a thick rule."""
EDGE = 3
"""Pixels: the uneven edge of a rule is thinner, a part of a figure is not."""
SMEARED = 3.0
"""Points around a seal in which print may be damaged."""
REMAINS = 0.5
"""What is lower than so much of the highest line of its cell is left of the seal over it."""
APART = 0.8
"""Digits of one figure are no further apart than this part of their height; those of two cells are."""
CLOSE = 0.5
"""The same where no wall stands between cells: a 1 leaves a third of its height on either side."""
WHOLE = 1.15
"""A line of print is so many times as high at most as most of those that stand alone in a cell of the table."""
LINE = 0.95
"""The same of a line of print that is no half of a character: the half of one is lower than a digit of the same type."""
LOW, NEAR, NEARER = 2.5, 2.0, 0.25
"""Points: a dash is not so high, and is further away from the walls above and below, or than so much of the height of a low row."""
FOLD, FEWEST_LINES = 8.0, 10
"""Points: what is printed in the middle of a page is not all as narrow; so many lines stand on each page of an open book."""

DOT = 0.4
"""What is smaller both ways than so much of a character, and no dash, is no line of print: dust, however large."""
HOLE, UNROUND, ROUND = 9.0, 0.2, 0.9
"""Points: a hole for a binder is wider; about as wide as high, and so much of its place is as in that of a disc."""


class Piece(NamedTuple):
    """A line of print. ``alone``: it stands whole and alone, between the walls of a cell where there are such. An ``empty`` one
    is a cell in which there is some ink and nothing that could be read; in a ``parted`` one there is a blank."""

    area: Area
    alone: bool = False
    empty: bool = False
    parted: bool = False


def pieces_of(picture: Picture, lattices: Sequence[Lattice], seals: Sequence[Area], inset: float) -> list[Piece]:
    """The lines of print in the cells of ``lattices``, ``inset`` points inside of their walls, and those outside. What lies
    under one of the ``seals`` stands not alone. No table goes over the fold of a book: its middle column is no shadow."""
    pieces = [piece for lattice in lattices for piece in _cell_pieces(picture, lattice, seals, inset)]
    pieces += (_open_piece(picture, line, seals) for line in _prose_lines(picture, lattices))
    middle = picture.ink.shape[1] / 2 / picture.scale
    across = any(lattice.columns[0] < middle < lattice.columns[-1] for lattice in lattices)
    return pieces if across else without_fold(picture, pieces)


def without_fold(picture: Picture, pieces: list[Piece]) -> list[Piece]:
    """The lines of print without what the shadow in the fold of an open book leaves: nothing but narrow pieces between the
    lines of two pages."""
    height, width = picture.ink.shape
    middle, reach = width / 2, GUTTER * picture.scale
    left = sum(piece.area.x1 <= middle - reach for piece in pieces)
    right = sum(piece.area.x0 >= middle + reach for piece in pieces)
    folded = [piece for piece in pieces if piece.area.x0 < middle + reach and piece.area.x1 > middle - reach]
    narrow = all(piece.area.x1 - piece.area.x0 <= FOLD * picture.scale for piece in folded)
    is_book = width > height and narrow and min(left, right) >= FEWEST_LINES
    return [piece for piece in pieces if piece not in folded] if is_book and folded else pieces


def _cell_pieces(picture: Picture, lattice: Lattice, seals: Sequence[Area], inset: float) -> Iterator[Piece]:
    """What is printed in the cells of a table, ``inset`` points inside of the walls."""
    slack = round(SMEARED * picture.scale)
    ink, scale = picture.ink, picture.scale
    cells = [_inside(lattice.rectangle_of(place), inset, picture) for place in lattice.places]
    printed = [printed_lines(without_edges(ink, inside, scale), inside, scale) for inside in cells]
    heights = high_enough((lines[0].height for lines in printed if len(lines) == 1), scale)
    usual = median(heights or [0])
    for place, inside, parts in zip(lattice.places, cells, printed, strict=True):
        lines = with_whole_characters(_whole(parts, WHOLE * usual), LINE * usual or inf)
        middle = _inside(lattice.rectangle_of(place), INSET, picture)
        stamped = any(overlap(inside, seal, slack) for seal in seals)
        seen = _without_remains(lines) if stamped else lines
        clean = [line for each in seen if (line := without_dust(ink, each, scale)) is not None]
        dusty, lines = bool(clean) and clean != seen, clean or seen
        intact = not (stamped or dusty) and is_empty(lost_ink(picture, middle), EDGE)
        if not lines:
            specks = specks_in(picture, middle)
            if intact and len(specks) == 1 and (dash := specks[0]).x1 - dash.x0 > dash.height:
                yield Piece(dash, alone=place.closed)
            elif specks or not intact or not is_plain(picture, middle):
                yield Piece(inside, empty=True)
        for line in lines:
            whole = not _goes_on(picture.all_ink, line, inside)
            close = widest_gap(ink, line) <= APART * line.height
            whole = whole and not _lies_at_wall(line, inside, scale)
            alone = intact and whole and close and is_even(ink, line) and place.closed and len(lines) == 1
            yield Piece(line, alone, parted=not close)


def high_enough(heights: Iterable[int], scale: float) -> list[int]:
    """Those of the heights of lines that are not of dashes alone: half of a table may be dashes."""
    return [height for height in heights if height >= LEAST_HEIGHT * scale]


def _without_remains(lines: Sequence[Area]) -> list[Area]:
    """The lines of a cell under a seal without what is left of the seal: it is not nearly as high as a line of print."""
    high = max((line.height for line in lines), default=0)
    return [line for line in lines if line.height >= REMAINS * high]


def _open_piece(picture: Picture, line: Area, seals: Sequence[Area]) -> Piece:
    """A line of print that stands in no cell. Its digits are those of one figure where they stand closer together than the figures
    of two columns do."""
    stamped = any(overlap(line, seal, round(SMEARED * picture.scale)) for seal in seals)
    close = widest_gap(picture.ink, line) <= CLOSE * line.height
    return Piece(line, not stamped and close and is_even(picture.ink, line))


def _goes_on(ink: Pixels, line: Area, inside: Area) -> bool:
    """Whether a line of print may go on outside a part of the page: it begins or ends at its edge, and there is ink beyond."""
    beyond = (
        (line.x0 <= inside.x0, ink[line.y0 : line.y1, line.x0 - 1 : line.x0]),
        (line.y0 <= inside.y0, ink[line.y0 - 1 : line.y0, line.x0 : line.x1]),
        (line.x1 >= inside.x1, ink[line.y0 : line.y1, line.x1 : line.x1 + 1]),
        (line.y1 >= inside.y1, ink[line.y1 : line.y1 + 1, line.x0 : line.x1]),
    )
    return any(at_edge and bool(outside.any()) for at_edge, outside in beyond)


def _lies_at_wall(line: Area, inside: Area, scale: float) -> bool:
    """Whether a stroke lies as low or as high in its cell as no dash does: it may be the end of a digit that a line cuts."""
    gap = min(line.y0 - inside.y0, inside.y1 - line.y1)
    return line.height < LOW * scale and gap < min(NEAR * scale, NEARER * inside.height)


def _whole(lines: Sequence[Area], high: float) -> list[Area]:
    """The lines of a cell, those put together that are not as high together as one line: a thin stroke is lost, and a 5
    falls into a bar and a bow."""
    whole: list[Area] = []
    for line in lines:
        if whole and line.y1 - whole[-1].y0 <= high:
            above = whole.pop()
            line = Area(min(above.x0, line.x0), above.y0, max(above.x1, line.x1), line.y1)
        whole.append(line)
    return whole


def _inside(walls: Rectangle, inset: float, picture: Picture) -> Area:
    x0, y0, x1, y1 = walls
    return area_of(Rectangle(x0 + inset, y0 + inset, x1 - inset, y1 - inset), picture)


def _prose_lines(picture: Picture, lattices: Sequence[Lattice]) -> Iterator[Area]:
    """The lines of print above, between and below the tables, and in them parts that stand far apart."""
    ink = picture.ink.copy()
    for lattice in lattices:
        x0, y0, x1, y1 = area_of(lattice.rectangle, picture)
        ink[y0:y1, x0:x1] = 0
    _fill_holes(ink, picture.scale)
    page = Area(0, 0, ink.shape[1], ink.shape[0])
    usual = usual_height(ink, picture.scale)
    for line in blocks_of(ink, page, usual, picture.scale):
        wide = line.x1 - line.x0
        if max(wide, line.height) > DOT * usual or wide >= MINUS[0] * line.height:
            yield line


def _fill_holes(ink: Pixels, scale: float) -> None:
    """Takes the holes that a punch made out of ``ink``: larger than characters, and as round as none is, however blurred."""
    _, labels, stats = components_of(ink)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    square = (np.minimum(wide, high) > HOLE * scale) & (np.abs(wide - high) < UNROUND * np.maximum(wide, high))
    square[0] = False
    for index in np.flatnonzero(square).tolist():
        x, y, width, height, _ = stats[index].tolist()
        place = np.s_[y : y + height, x : x + width]
        hole = labels[place] == index
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, height))
        if float((hole == disc).mean()) > ROUND:
            ink[place][hole] = 0
