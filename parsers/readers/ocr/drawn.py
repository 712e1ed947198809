"""The ruling lines of a straight page, whole, in pieces or dashed, told from the strokes of its print. Pixels throughout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from parsers.readers.ocr.components import components_of
from parsers.readers.ocr.ink import Pixels
from parsers.readers.ocr.rulings import (
    DASH,
    Area,
    Strokes,
    is_dashed,
    is_print,
    lying_strokes,
    standing_strokes,
)

LONG = 60.0
"""Points: a straight lying run of ink of this length is a ruling line; no print has one."""
PIECE, BREAK, IN_PIECES, THICK, BESIDE, HARDLY = 12.0, 20.0, (40.0, 24.0), 3.2, 1.3, 0.2
"""Points: a lying run of this length, no thicker and with nothing so close to it but for so much of it, is a piece of a broken
line if it is with others that are no further away as long as a line: strokes of small characters are shorter."""
EVEN = 1.0
"""Points by which dashes of one type differ; what is left of a line is of any length, and no dashed one has dashes so long."""
SURE = 120.0
"""Points: a standing run of this length is one whatever is beside it."""
SHORT = 9.0
"""Points: a standing run of this length is one if it leads from one lying line to the next, and nothing is beside it."""
INNER = 5.0
"""Points: the lowest of rows has so much between its lines."""
STACKED = 3
"""Strokes of so many rows do not stand one above the other by chance, nor are so many as long as one another."""
MEETS, LOOSE = 0.6, 1.5
"""Points by which its end may miss the lying line; print keeps further away. What misses both by more has no end there."""
SOLID = 12.5
"""Points: beside a standing run of this length from one lying line to the next there may be print on one side; strokes of print
are not as long."""
HALF = 0.5
"""A run of which so much is known to be a line is known."""
MOSTLY, HARDLY_ANY, JOINED = 0.7, 0.12, 0.05
"""The stroke of a run fills so much of the columns that it stands in; print beside it in less than so much of the rows is none,
and what lies between the two strokes of a double rule is less than so much of them."""
WIDE = 4.0
"""Points: no wall is wider, nor slants so much; the edge of a stamp does, and so does a slanting stroke of a character."""
CLEAR = 2.5
"""Points on either side of it that are clear."""
ASIDE = 0.8
"""Points beside a standing line in which both ends of a stroke across it are seen: it is one of a character then."""
CUT, OVERHANG = 0.7, 16.0
"""Where the last part of a line, as far as the line that it meets next before its end, has less ink than so much of what
the rest has, it is print beyond the end of the line; points of such a part at most: a row of small print."""


class Drawn(NamedTuple):
    """The ruling lines as areas, ``lying`` and ``standing``; where they are (``mask``: 1), and how dark they and other places are
    (``strokes``: lying, then standing)."""

    lying: tuple[Area, ...]
    standing: tuple[Area, ...]
    mask: Pixels
    strokes: tuple[Strokes, Strokes]


def drawn_lines(grey: Pixels, ink: Pixels, scale: float) -> Drawn:
    """The ruling lines of a straight page; ``scale`` is pixels per point."""
    strokes = lying_strokes(grey, ink, scale), standing_strokes(grey, ink, scale)
    lying, standing = (each.areas for each in strokes)
    lying_mask, standing_mask = (each.mask for each in strokes)
    solid, solid_mask = _rulings(ink, round(LONG * scale), 1)
    lying, lying_mask = (*lying, *solid), cv2.bitwise_or(lying_mask, solid_mask)
    pieces, pieces_mask = _broken_lines(ink, IN_PIECES[0], scale)
    lying, lying_mask = (*lying, *pieces), cv2.bitwise_or(lying_mask, pieces_mask)
    print_ = [line for line in standing if is_print(line, lying_mask, ink, scale)]
    for x0, y0, x1, y1 in print_:
        standing_mask[y0:y1, x0:x1] = 0
    standing = tuple(_cut(line, standing_mask, lying_mask, ink, scale) for line in standing if line not in print_)
    for run in _rulings(ink, 1, round(SHORT * scale))[0]:
        if run.height > SURE * scale:
            walls = [_cut(run, standing_mask, lying_mask, ink, scale)]
        else:
            walls = list(_walls_in(run, lying_mask, ink, scale))
        for wall in walls:
            if standing_mask[wall.place].mean() < HALF:
                standing = (*standing, wall)
                standing_mask[wall.place] = 1
    for wall in _broken_walls(ink, lying, scale):
        if standing_mask[wall.place].max(axis=1).mean() < HALF:
            standing = (*standing, wall)
            standing_mask[wall.place] = cv2.bitwise_or(standing_mask[wall.place], ink[wall.place])
    for wall in _dashed_walls(ink, lying_mask, standing_mask, scale):
        standing = (*standing, wall)
        standing_mask[wall.place] = 1
    return Drawn(lying, standing, cv2.bitwise_or(lying_mask, standing_mask), strokes)


def _cut(line: Area, own: Pixels, crossing: Pixels, ink: Pixels, scale: float) -> Area:
    """A standing line without the print beyond its ends, which is taken out of its mask (``own``) too."""
    x0, y0, x1, y1 = line
    strip = ink[y0:y1, x0:x1]
    centre = int(strip.mean(axis=0).argmax())
    inked: Pixels = strip[:, max(centre - 1, 0) : centre + 2].max(axis=1) > 0
    met: Pixels = crossing[y0:y1, x0:x1].max(axis=1) > 0
    reach, aside = round(OVERHANG * scale), round(ASIDE * scale)
    usual = float(inked.mean())
    sides = ink[y0:y1, max(x0 - aside, 0) : x0], ink[y0:y1, x1 : x1 + aside]
    crossed: Pixels = np.logical_and(*(side.max(axis=1, initial=0) > 0 for side in sides))

    def overhang(inked: Pixels, met: Pixels, crossed: Pixels) -> int:
        crossings = np.flatnonzero(met[:reach])
        end = int(crossings[0]) if len(crossings) else 0
        if end <= MEETS * scale:
            return 0
        share = float(inked[:end].mean())
        is_print = crossed[round(MEETS * scale) : max(end - round(MEETS * scale), 0)].any()
        return end if is_print or share < CUT * usual or share > usual + 1 - CUT else 0

    top, bottom = overhang(inked, met, crossed), overhang(inked[::-1], met[::-1], crossed[::-1])
    own[y0 : y0 + top, x0:x1] = 0
    own[y1 - bottom : y1, x0:x1] = 0
    return Area(x0, y0 + top, x1, y1 - bottom)


def _rulings(ink: Pixels, width: int, height: int) -> tuple[tuple[Area, ...], Pixels]:
    """The straight runs of ink of at least this width (or height), and where they are. A line that still slants by a
    pixel, or that noise interrupts, is one line: it is thickened before it is looked for."""
    lies = width > height
    thick = cv2.dilate(ink, np.ones((3, 1) if lies else (1, 3), np.uint8))
    gap = 3
    thick = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, gap) if lies else (gap, 1), np.uint8))
    mask = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((height, width), np.uint8))
    count, _, stats = components_of(mask)
    areas = [Area(x, y, x + w, y + h) for x, y, w, h, _ in stats[1:count].tolist()]
    return tuple(areas), mask


def _broken_lines(ink: Pixels, least: float, scale: float) -> tuple[list[Area], Pixels]:
    """The lying lines that are in pieces, too short each to be one for sure, and where the pieces are: as many stand one behind
    the other, close together, as make a line, and nothing is printed beside them."""
    runs, _ = _rulings(ink, round(PIECE * scale), 1)
    pieces = sorted(run for run in runs if run.height <= THICK * scale and _is_bare(ink, run, scale))
    lines: list[list[Area]] = []
    for piece in pieces:
        for line in lines:
            last = line[-1]
            level = piece.y0 < last.y1 and last.y0 < piece.y1
            if level and piece.x0 - last.x1 <= BREAK * scale:
                line.append(piece)
                break
        else:
            lines.append([piece])
    found, mask = [], np.zeros_like(ink)
    for line in lines:
        long = sum(piece.x1 - piece.x0 for piece in line) >= least * scale
        if long and not _are_in_cells(ink, line, scale):
            found.append(
                Area(line[0].x0, min(piece.y0 for piece in line), line[-1].x1, max(piece.y1 for piece in line))
            )
            for piece in line:
                mask[piece.place] = 1
    return found, mask


def _are_in_cells(ink: Pixels, pieces: Sequence[Area], scale: float) -> bool:
    """Whether pieces on one level are the dashes of cells: they are all as long as one another, or a line runs across between each
    two of them and touches neither."""
    apart, beyond = round(MEETS * scale), round(INNER * scale)
    lengths = [piece.x1 - piece.x0 for piece in pieces]
    if len(pieces) >= STACKED and max(lengths) - min(lengths) <= EVEN * scale:
        return True

    def is_parted(left: Area, right: Area) -> bool:
        top = max(min(left.y0, right.y0) - beyond, 0)
        across = ink[top : max(left.y1, right.y1) + beyond, left.x1 + apart : right.x0 - apart]
        return bool(across.size) and float(across.mean(axis=0).max()) > MOSTLY

    return len(pieces) > 1 and all(is_parted(left, right) for left, right in pairwise(pieces))


def _broken_walls(ink: Pixels, lying: Sequence[Area], scale: float) -> Iterator[Area]:
    """The standing lines that are in pieces, and meet a lying one."""
    reach = round(MEETS * scale)
    for x0, y0, x1, y1 in _broken_lines(np.ascontiguousarray(ink.T), IN_PIECES[1], scale)[0]:
        wall = Area(y0, x0, y1, x1)
        if any(
            line.x0 - reach < wall.x1
            and wall.x0 < line.x1 + reach
            and wall.y0 - reach < line.y1
            and line.y0 < wall.y1 + reach
            for line in lying
        ):
            yield wall


def _is_bare(ink: Pixels, run: Area, scale: float) -> bool:
    """Whether nothing is printed close above or below a lying run."""
    reach = round(BESIDE * scale)
    sides = ink[max(run.y0 - reach, 0) : run.y0, run.x0 : run.x1], ink[run.y1 : run.y1 + reach, run.x0 : run.x1]
    return all(float(side.any(axis=0).mean()) <= HARDLY for side in sides if side.size)


def _walls_in(run: Area, lying: Pixels, ink: Pixels, scale: float) -> Iterator[Area]:
    """The parts of a standing run that lead from one lying line to another: the ends beyond are print. A short one has
    nothing beside it."""
    reach = round(MEETS * scale)
    top = max(run.y0 - reach, 0)
    met = np.flatnonzero(lying[top : run.y1 + reach, run.x0 : run.x1].max(axis=1))
    if not len(met):
        return
    first, last = top + int(met[0]), top + int(met[-1]) + 1
    if last - first < SHORT * scale or max(first - run.y0, run.y1 - last) > OVERHANG * scale:
        return
    if min(first - run.y0, run.y1 - last) > LOOSE * scale:  # the edge of a stamp
        return
    # Strokes of print in two rows meet at the line between them, or one meets a wall: each part of the run is looked at alone.
    parts = [
        _stroke_in(run._replace(y0=top + int(start), y1=top + int(end) + 1), ink)
        for start, end in pairwise(met)
        if end - start > INNER * scale
    ]
    for group in _stacked(parts):
        left, right = min(part.x0 for part in group), max(part.x1 for part in group)
        if right - left > WIDE * scale:
            continue
        whole = [part for part in group if _is_whole(ink, part)]
        if len(group) >= STACKED or any(_is_clear(ink, part, scale) for part in whole):
            y0, y1 = group[0].y0, group[-1].y1
            yield Area(left, first if group[0] is parts[0] else y0, right, last if group[-1] is parts[-1] else y1)


def _is_whole(ink: Pixels, part: Area) -> bool:
    """Whether a stroke begins and ends at the lying lines, as print in the lowest of rows does not."""
    inked: Pixels = ink[part.y0 + 1 : part.y1 - 1, part.x0 : part.x1].max(axis=1)
    return bool(len(inked) and inked[0] and inked[-1])


def _stroke_in(part: Area, ink: Pixels) -> Area:
    """The columns of a part of a run in which a stroke goes through most of it; all where it slants from one to the next."""
    filled = np.flatnonzero(ink[part.place].mean(axis=0) > MOSTLY)
    if not len(filled):
        return part
    return part._replace(x0=part.x0 + max(int(filled[0]) - 1, 0), x1=min(part.x0 + int(filled[-1]) + 2, part.x1))


def _stacked(parts: Sequence[Area]) -> list[list[Area]]:
    """The parts of a run, those together that stand one above the other."""
    groups: list[list[Area]] = []
    for part in parts:
        if groups and part.x0 + 1 < groups[-1][-1].x1 and groups[-1][-1].x0 + 1 < part.x1:
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def _dashed_walls(ink: Pixels, lying: Pixels, known: Pixels, scale: float) -> Iterator[Area]:
    """The walls of single rows that are dashes from one lying line to the next."""
    inside = np.flatnonzero(lying.any(axis=1))
    if not len(inside):
        return
    top, bottom = int(inside[0]), int(inside[-1]) + 1
    unknown = ink[top:bottom].copy()
    unknown[cv2.dilate(known[top:bottom], np.ones((1, 5), np.uint8)) > 0] = 0
    joined = cv2.morphologyEx(unknown, cv2.MORPH_CLOSE, np.ones((round(DASH * scale), 1), np.uint8))
    joined[lying[top:bottom] > 0] = 0
    joined = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((round(SHORT * scale), 1), np.uint8))
    count, _, stats = components_of(joined)
    reach = round(MEETS * scale)
    for x, y, width, height, _ in stats[1:count].tolist():
        wall = Area(x, top + y, x + width, top + y + height)
        above, below = lying[max(wall.y0 - reach, 0) : wall.y0], lying[wall.y1 : wall.y1 + reach]
        met = all(bool(line[:, x : x + width].any()) for line in (above, below))
        if met and is_dashed(ink[wall.place], scale) and _is_clear(ink, wall, scale):
            yield wall


def _is_clear(ink: Pixels, line: Area, scale: float) -> bool:
    """Whether nothing is printed close to a standing line on either side, the lines across and a second line left aside, or
    on one where it is longer than a stroke. Strokes of characters that stand one above the other have others beside them."""
    clear = round(CLEAR * scale)
    before, behind = (
        ink[line.y0 : line.y1, max(line.x0 - clear, 0) : max(line.x0 - 1, 0)][:, ::-1],
        ink[line.y0 : line.y1, line.x1 + 1 : line.x1 + clear],
    )
    if _is_crossed(ink, line, scale):
        return False
    bare = [_is_bare_side(side) for side in (before, behind)]
    if line.height > SOLID * scale:
        return any(bare)
    return any(bare) and all(is_bare or _is_line(side) for is_bare, side in zip(bare, (before, behind), strict=True))


def _is_bare_side(side: Pixels) -> bool:
    return not side.size or float(side.any(axis=1).mean()) < HARDLY_ANY


def _is_line(side: Pixels) -> bool:
    """Whether beside a line, from near to far, there is a blank and then a second line: strokes of one character are joined, be
    it at one end only, and a thick one has no blank beside it."""
    filled = side.mean(axis=0)
    solid = np.flatnonzero(filled > MOSTLY)
    return len(solid) > 0 and int(solid[0]) > 1 and float(filled[: int(solid[0]) - 1].max()) < JOINED


def _is_crossed(ink: Pixels, line: Area, scale: float) -> bool:
    """Whether a stroke runs across a standing line between its ends, where lying lines are: it is one of a character."""
    aside = round(ASIDE * scale)
    rows = slice(line.y0 + aside, line.y1 - aside)
    sides = ink[rows, max(line.x0 - 1 - aside, 0) : max(line.x0 - 1, 0)], ink[rows, line.x1 + 1 : line.x1 + 1 + aside]
    return bool(np.logical_and(*(side.max(axis=1, initial=0) > 0 for side in sides)).any())
