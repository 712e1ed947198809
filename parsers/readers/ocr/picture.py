"""The picture of a page that was made straight: its ruling lines, its ink, its lines of print. Pixels throughout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy import ndarray

from parsers.readers.ocr.ink import darker
from parsers.readers.ocr.rulings import (
    DASH,
    Area,
    Strokes,
    is_dashed,
    is_print,
    lying_strokes,
    standing_strokes,
)

Pixels = ndarray[Any, Any]

LONG = 60.0
"""Points: a straight lying run of ink of this length is a ruling line; no print has one."""
PIECE, BREAK, IN_PIECES, THICK, BESIDE, HARDLY = 12.0, 20.0, (40.0, 24.0), 3.2, 1.3, 0.2
"""Points: a lying run of this length, no thicker and with nothing so close to it but for so much of it, is a piece of a broken
line if it is with others that are no further away as long as a line: strokes of small characters are shorter."""
SURE = 120.0
"""Points: a standing run of this length is one whatever is beside it."""
SHORT = 9.0
"""Points: a standing run of this length is one if it leads from one lying line to the next, and nothing is beside it."""
INNER = 5.0
"""Points: the lowest of rows has so much between its lines."""
STACKED = 3
"""Strokes of so many rows do not stand one above the other by chance."""
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
DUST = 0.6
"""Square points: ink of less is noise; a decimal point has 1."""
EDGE = 4.0
"""Points from the wall of a cell in which the second line of a double rule may stand."""
WHOLE = 0.9
"""What is left of a rule runs all along the cell; a digit 1 in the lowest of rows does not."""
GRAIN = 5
"""Pixels: more ink than this in one place of a cell may be what is left of a figure; a decimal point has as much."""
DIGIT, UNEVEN = (0.6, 0.9), 1.3
"""A digit is at least so high and at most so wide as parts of the height of its line; the distances between the middles of
digits differ by less than this factor. A blank adds a half to one."""
BORDER, AROUND, FAINT, OUTSTANDING = 2.0, 12.0, 14.0, 7.0
"""Points from its walls in which a cell is not looked at for faint print, and around a place with which it is compared;
such print is darker by so many grey levels, and by so many standard deviations of the noise."""
MINUS = (1.2, 1.5)
"""A dash is at least so many times as wide as high, and so many points wide."""
SHORT_DASH = 1.2
"""Points: a cell with a speck so wide is not surely blank."""
SPECK = 2.0
"""Points: what is smaller both ways is dust or a decimal point, never a figure on its own."""
DIRT = 2.6
"""Points: what is smaller both ways at the end of a line of print belongs to none of its signs; a fragment of a digit is higher."""
LONELY = 4.0
"""Points: a speck with nothing larger so near is dust."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A straightened page: as it is (``straight``), ``grey`` with its ruling lines painted over, ``ink`` (1 where
    something is printed that is no ruling line), ``all_ink`` with these, what was taken for dust and may be ``dashes``, the
    ruling lines as areas, how dark they and other places are (``strokes``: lying, then standing), and how many pixels make
    a point."""

    straight: Pixels
    grey: Pixels
    ink: Pixels
    all_ink: Pixels
    dashes: Pixels
    lying: tuple[Area, ...]
    standing: tuple[Area, ...]
    strokes: tuple[Strokes, Strokes]
    scale: float


LEAST_HEIGHT, MOST_HEIGHT = 4.0, 30.0
"""Points: digits of the smallest print, characters of the largest title."""
ASIDE = 0.8
"""Points beside a standing line in which both ends of a stroke across it are seen: it is one of a character then."""
CUT, OVERHANG = 0.7, 16.0
"""Where the last part of a line, as far as the line that it meets next before its end, has less ink than so much of what
the rest has, it is print beyond the end of the line; points of such a part at most: a row of small print."""
STAGGERED, NARROW = 1.5, 0.4
"""What is higher than so many characters is more than one line; a blank through all of it is as narrow as so much of one."""
ON_LINE, SIGN = 0.7, 0.45
"""Two pieces of one line share so much of their height; a bracket or a comma is narrower than so much of a character."""
PARTED = 1.2
"""A blank so many times as wide as print is high parts a line; full stops and brackets leave up to one."""


def picture_of(grey: Pixels, scale: float) -> Picture:
    """The straightened page taken apart; ``scale`` is pixels per point."""
    ink = _ink(grey, scale)
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
            if standing_mask[(place := _place(wall))].mean() < HALF:
                standing = (*standing, wall)
                standing_mask[place] = 1
    for wall in _broken_walls(ink, lying, scale):
        if standing_mask[(place := _place(wall))].max(axis=1).mean() < HALF:
            standing = (*standing, wall)
            standing_mask[place] = cv2.bitwise_or(standing_mask[place], ink[place])
    for wall in _dashed_walls(ink, lying_mask, standing_mask, scale):
        standing = (*standing, wall)
        standing_mask[_place(wall)] = 1
    return _without_lines(grey, ink, cv2.bitwise_or(lying_mask, standing_mask), (lying, standing), strokes, scale)


def picture_with(grey: Pixels, lying: tuple[Area, ...], standing: tuple[Area, ...], scale: float) -> Picture:
    """The same of a page whose ruling lines are known."""
    ink = _ink(grey, scale)
    lines, nothing = np.zeros_like(ink), Strokes((), np.zeros_like(ink), np.zeros_like(grey))
    for line in (*lying, *standing):
        lines[_place(line)] = 1
    return _without_lines(grey, ink, lines, (lying, standing), (nothing, nothing), scale)


def _without_lines(
    grey: Pixels,
    ink: Pixels,
    lines: Pixels,
    areas: tuple[tuple[Area, ...], tuple[Area, ...]],
    strokes: tuple[Strokes, Strokes],
    scale: float,
) -> Picture:
    """The picture once it is known where its ``lines`` are (1)."""
    lines = cv2.dilate(lines, np.ones((3, 3), np.uint8))
    all_ink = ink.copy()
    ink[lines > 0] = 0
    specks = cv2.subtract(ink, _without_specks(ink, scale))
    ink, all_ink = cv2.subtract(ink, specks), cv2.subtract(all_ink, specks)
    dashes = _like_dashes(specks, scale)
    straight, grey = grey, grey.copy()
    grey[lines > 0] = int(np.percentile(grey, 75))
    return Picture(straight, grey, ink, all_ink, dashes, *areas, strokes, scale)


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


def _ink(grey: Pixels, scale: float) -> Pixels:
    """The ink of a page without grains."""
    ink = darker(grey, scale)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    dust = stats[:, cv2.CC_STAT_AREA] < DUST * scale * scale
    ink[dust[labels]] = 0
    return ink


def _without_specks(ink: Pixels, scale: float) -> Pixels:
    """The ink without specks that stand alone, as a decimal point never does. What is wider than high may be a dash."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    dash = (wide >= MINUS[0] * high) & (wide >= MINUS[1] * scale)
    speck = (np.maximum(wide, high) <= SPECK * scale) & ~dash
    larger = ~speck
    larger[0] = False
    reach = 2 * round(LONELY * scale) + 1
    near = cv2.dilate(larger[labels].astype(np.uint8), np.ones((reach, reach), np.uint8))
    beside = np.zeros(count, bool)
    beside[labels[near > 0]] = True
    return np.where((speck & ~beside)[labels], 0, ink).astype(np.uint8)


def _like_dashes(specks: Pixels, scale: float) -> Pixels:
    """Where dust is, those specks of it that are wider than high, and may be short dashes."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(specks)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    like = (wide > high) & (wide >= SHORT_DASH * scale)
    like[0] = False
    found: Pixels = like[labels].astype(np.uint8)
    return found


def specks_in(picture: Picture, within: Area) -> list[Area]:
    """What there is in a place but grains of noise, and what was taken for dust and may be dashes."""
    x0, y0, x1, y1 = within
    place = np.s_[y0:y1, x0:x1]
    count, _, stats, _ = cv2.connectedComponentsWithStats(cv2.bitwise_or(picture.ink[place], picture.dashes[place]))
    return [
        Area(x0 + x, y0 + y, x0 + x + w, y0 + y + h)
        for x, y, w, h, grains in stats[1:count].tolist()
        if grains >= GRAIN
    ]


def _rulings(ink: Pixels, width: int, height: int) -> tuple[tuple[Area, ...], Pixels]:
    """The straight runs of ink of at least this width (or height), and where they are. A line that still slants by a
    pixel, or that noise interrupts, is one line: it is thickened before it is looked for."""
    lies = width > height
    thick = cv2.dilate(ink, np.ones((3, 1) if lies else (1, 3), np.uint8))
    gap = 3
    thick = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, gap) if lies else (gap, 1), np.uint8))
    mask = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((height, width), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
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
        if sum(piece.x1 - piece.x0 for piece in line) >= least * scale:
            found.append(
                Area(line[0].x0, min(piece.y0 for piece in line), line[-1].x1, max(piece.y1 for piece in line))
            )
            for piece in line:
                mask[_place(piece)] = 1
    return found, mask


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
    filled = np.flatnonzero(ink[_place(part)].mean(axis=0) > MOSTLY)
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
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    reach = round(MEETS * scale)
    for x, y, width, height, _ in stats[1:count].tolist():
        wall = Area(x, top + y, x + width, top + y + height)
        above, below = lying[max(wall.y0 - reach, 0) : wall.y0], lying[wall.y1 : wall.y1 + reach]
        met = all(bool(line[:, x : x + width].any()) for line in (above, below))
        if met and is_dashed(ink[_place(wall)], scale) and _is_clear(ink, wall, scale):
            yield wall


def _place(area: Area) -> tuple[slice, slice]:
    return np.s_[area.y0 : area.y1, area.x0 : area.x1]


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


def without_edges(ink: Pixels, cell: Area, scale: float) -> Pixels:
    """The ink without what is left of ruling lines close to the walls of a cell: straight, and as long as the cell. They
    are taken out of ``ink`` itself, which is large."""
    part = ink[cell.y0 : cell.y1, cell.x0 : cell.x1]
    edge = round(EDGE * scale)
    if min(part.shape, default=0) <= 2 * edge:
        return ink
    for view in (part, part.T):
        long = view.mean(axis=0) > WHOLE
        long[edge : len(long) - edge] = False
        if long.any():
            view[:, cv2.dilate(long.astype(np.uint8).reshape(-1, 1), np.ones((5, 1), np.uint8)).ravel() > 0] = 0
    return ink


def printed_lines(ink: Pixels, within: Area, scale: float) -> list[Area]:
    """The lines of print inside an area, top to bottom, each as wide and high as its ink; none where only dust is."""
    part = ink[within.y0 : within.y1, within.x0 : within.x1]
    if part.size == 0 or not part.any():
        return []
    filled = np.flatnonzero(part.any(axis=1))
    runs = _runs(filled, 1)
    heights = [end - start for start, end in runs]
    usual = float(np.percentile(heights, 75))
    runs = _joined(runs, usual)
    found = []
    for top, bottom in runs:
        columns = np.flatnonzero(part[top:bottom].any(axis=0))
        left, right = int(columns[0]), int(columns[-1]) + 1
        if max(right - left, bottom - top) > SPECK * scale and has_print(part[top:bottom, left:right], scale):
            found.append(Area(within.x0 + left, within.y0 + top, within.x0 + right, within.y0 + bottom))
    return found


def blocks_of(ink: Pixels, within: Area, usual: float, scale: float) -> Iterator[Area]:
    """The lines of print of an area, parted by blanks, and what stands side by side parted into lines of its own. Cells of a
    table without lines stand higher and lower than their neighbours, so that no row of paper lies between their lines: such a
    block is parted by narrower blanks, which run through all of it."""
    for line in printed_lines(ink, within, scale):
        pieces = pieces_of(ink, line, PARTED * usual)
        if len(pieces) > 1:
            for piece in pieces:
                yield from blocks_of(ink, piece, usual, scale)
        elif line.height > STAGGERED * _height_in(ink, line, scale):
            pieces = pieces_of(ink, line, NARROW * usual)
            lines = [each for piece in pieces for each in printed_lines(ink, piece, scale)]
            yield from _without_cuts_at_signs(ink, lines, usual) if len(pieces) > 1 else lines
        else:
            yield line


def _without_cuts_at_signs(ink: Pixels, lines: Sequence[Area], usual: float) -> list[Area]:
    """Lines of print that were parted by narrow blanks, those that a blank parts which belongs to a sign put together again: a
    bracket or a comma fills half of its place."""
    whole: list[Area] = []
    for line in sorted(lines):
        before = next((each for each in reversed(whole) if _goes_on_with(ink, each, line, usual)), None)
        if before is not None:
            whole.remove(before)
            line = Area(before.x0, min(before.y0, line.y0), line.x1, max(before.y1, line.y1))
        whole.append(line)
    return whole


def _goes_on_with(ink: Pixels, before: Area, line: Area, usual: float) -> bool:
    """Whether a line of print stands behind another, and a narrow sign at the end of the one or the beginning of the other."""
    beside = min(before.y1, line.y1) - max(before.y0, line.y0) > ON_LINE * max(before.height, line.height)
    if not beside or not 0 <= line.x0 - before.x1 <= PARTED * usual:
        return False
    last, first = (_columns(ink, area) for area in (before, line))
    return min(last[-1][1] - last[-1][0], first[0][1] - first[0][0]) < SIGN * usual


def _columns(ink: Pixels, line: Area) -> list[tuple[int, int]]:
    """The columns of a line with ink, as runs."""
    return _runs(np.flatnonzero(ink[line.y0 : line.y1, line.x0 : line.x1].any(axis=0)), 1)


def _height_in(ink: Pixels, line: Area, scale: float) -> float:
    return usual_height(ink[line.y0 : line.y1, line.x0 : line.x1], scale)


def usual_height(ink: Pixels, scale: float) -> float:
    """How high most characters are, in pixels."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    heights = stats[1:count, cv2.CC_STAT_HEIGHT]
    heights = heights[(heights > LEAST_HEIGHT * scale) & (heights < MOST_HEIGHT * scale)]
    return float(np.percentile(heights, 75)) if len(heights) else LEAST_HEIGHT * scale


def is_empty(ink: Pixels, thinnest: int = 1) -> bool:
    """Whether there is no ink at all, or single grains of noise only, or what is thinner than so many pixels."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    grains = stats[1:count]
    thin = grains[:, (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT)].min(axis=1) < thinnest
    return bool((thin | (grains[:, cv2.CC_STAT_AREA] < GRAIN)).all())


def is_plain(picture: Picture, within: Area) -> bool:
    """Whether the middle of a blank cell is paper and nothing else: not even faint print, fainter than noise may be."""
    edge = round(BORDER * picture.scale)
    cell = picture.straight[within.y0 + edge : within.y1 - edge, within.x0 + edge : within.x1 - edge]
    if min(cell.shape) < 2 * edge:
        return True
    smooth = cv2.medianBlur(np.ascontiguousarray(cell), 5).astype(np.float32)
    size = round(AROUND * picture.scale) | 1
    darker = cv2.blur(smooth, (size, size)) - smooth
    noise = 1.4826 * float(np.median(np.abs(darker - np.median(darker))))
    return float(darker.max()) < max(FAINT, OUTSTANDING * noise)


def lost_ink(picture: Picture, within: Area) -> Pixels:
    """Where, inside a cell, there is ink that was taken for ruling lines and does not run all along its walls: a part of a
    figure may have been taken with it."""
    place = np.s_[within.y0 : within.y1, within.x0 : within.x1]
    part = picture.all_ink[place].copy()
    without_edges(part, Area(0, 0, part.shape[1], part.shape[0]), picture.scale)
    return cv2.subtract(part, picture.ink[place])


def widest_gap(ink: Pixels, line: Area) -> int:
    """The widest blank inside a line of print, in pixels."""
    filled = np.flatnonzero(ink[line.y0 : line.y1, line.x0 : line.x1].any(axis=0))
    return int(np.diff(filled).max(initial=1)) - 1


def is_even(ink: Pixels, line: Area) -> bool:
    """Whether the digits of a figure stand at even distances, as far as they are three and do not touch: a blank between
    them makes two figures."""
    part = ink[line.y0 : line.y1, line.x0 : line.x1]
    runs = _runs(np.flatnonzero(part.any(axis=0)), 1)
    for start, end in runs:
        rows = np.flatnonzero(part[:, start:end].any(axis=1))
        high = int(rows[-1]) + 1 - int(rows[0])
        if high < DIGIT[0] * line.height or end - start > DIGIT[1] * line.height:
            return True
    middles = np.array([start + end for start, end in runs]) / 2
    steps = np.diff(middles)
    return len(steps) < 2 or float(steps.max()) <= UNEVEN * float(steps.min())


def has_print(ink: Pixels, scale: float) -> bool:
    """Whether there is more than dust."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    return any(max(w, h) > SPECK * scale for _, _, w, h, _ in stats[1:count].tolist())


def without_dust(ink: Pixels, line: Area, scale: float) -> Area | None:
    """A line of print without the specks before and behind it: a decimal point stands between digits. None where it is
    nothing else. What is wider than high may be a sign."""
    runs = [run for run in _columns(ink, line) if not _is_speck(ink, line, run, scale)]
    if not runs:
        return None
    part = ink[line.y0 : line.y1, line.x0 + runs[0][0] : line.x0 + runs[-1][1]]
    rows = np.flatnonzero(part.any(axis=1))
    return Area(line.x0 + runs[0][0], line.y0 + int(rows[0]), line.x0 + runs[-1][1], line.y0 + int(rows[-1]) + 1)


def _is_speck(ink: Pixels, line: Area, run: tuple[int, int], scale: float) -> bool:
    rows = np.flatnonzero(ink[line.y0 : line.y1, line.x0 + run[0] : line.x0 + run[1]].any(axis=1))
    wide, high = run[1] - run[0], int(rows[-1]) + 1 - int(rows[0])
    is_dash = wide >= MINUS[0] * high and wide >= MINUS[1] * scale
    return max(wide, high) <= DIRT * scale and not is_dash


def pieces_of(ink: Pixels, line: Area, blank: float) -> list[Area]:
    """The pieces of a line of print, parted where a blank is wider than so many pixels: columns of a table without lines."""
    part = ink[line.y0 : line.y1, line.x0 : line.x1]
    runs = _runs(np.flatnonzero(part.any(axis=0)), round(blank))
    return [Area(line.x0 + start, line.y0, line.x0 + end, line.y1) for start, end in runs]


def _runs(places: Pixels, gap: int) -> list[tuple[int, int]]:
    """Ascending places as half-open runs; places no further apart than ``gap`` are of one run."""
    breaks = np.flatnonzero(np.diff(places) > gap)
    starts = [int(places[0]), *places[breaks + 1].tolist()]
    ends = [*(places[breaks] + 1).tolist(), int(places[-1]) + 1]
    return list(zip(starts, ends, strict=True))


def _joined(runs: Sequence[tuple[int, int]], usual: float) -> list[tuple[int, int]]:
    """Runs of rows with ink to lines: characters such as 二 fall apart into runs that are low and close together."""
    lines = [runs[0]]
    for start, end in runs[1:]:
        top, bottom = lines[-1]
        low = min(bottom - top, end - start) < 0.6 * usual
        if low and start - bottom < 0.45 * usual and end - top < 1.4 * usual:
            lines[-1] = (top, end)
        else:
            lines.append((start, end))
    return lines
