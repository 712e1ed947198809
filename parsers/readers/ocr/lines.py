"""Lines of print in the ink of a picture: where they are, how high, and the pieces that stand apart on one. Pixels throughout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf

import cv2
import numpy as np

from parsers.readers.ocr.components import components_of
from parsers.readers.ocr.ink import Pixels
from parsers.readers.ocr.rulings import Area

GRAIN = 5
"""Pixels: more ink than this in one place of a cell may be what is left of a figure; a decimal point has as much."""
DIGIT, UNEVEN = (0.6, 0.9), 1.3
"""A digit is at least so high and at most so wide as parts of the height of its line; the distances between the middles of
digits differ by less than this factor. A blank adds a half to one."""
MINUS = (1.2, 1.5)
"""A dash is at least so many times as wide as high, and so many points wide."""
SPECK = 2.0
"""Points: what is smaller both ways is dust or a decimal point, never a figure on its own."""
DIRT = 2.6
"""Points: what is smaller both ways at the end of a line of print belongs to none of its signs; a fragment of a digit is higher."""
AWAY, LARGE, LONG = 1.0, 0.5, 1.6
"""The same for what is further from the rest of its line than so many times its height, and smaller than this part of it; a dash
there is at least so many times as wide as high."""
LEAST_HEIGHT, MOST_HEIGHT = 4.0, 30.0
"""Points: digits of the smallest print, characters of the largest title."""
STAGGERED, NARROW = 1.5, 0.4
"""What is higher than so many characters is more than one line; a blank through all of it is as narrow as so much of one."""
ON_LINE, SIGN = 0.7, 0.45
"""Two pieces of one line share so much of their height; a bracket or a comma is narrower than so much of a character."""
HALVES, SQUARE = 0.12, (0.75, 1.25)
"""Between the halves of a character is less paper than this part of its height; it is about as wide as high."""
PARTED = 1.2
"""A blank so many times as wide as print is high parts a line; full stops and brackets leave up to one."""


def printed_lines(ink: Pixels, within: Area, scale: float) -> list[Area]:
    """The lines of print inside an area, top to bottom, each as wide and high as its ink; none where only dust is."""
    part = ink[within.y0 : within.y1, within.x0 : within.x1]
    if part.size == 0 or not part.any():
        return []
    filled = np.flatnonzero(part.any(axis=1))
    runs = _runs(filled, 1)
    heights = [end - start for start, end in runs]
    usual = float(np.percentile(heights, 75))
    found = []
    for top, bottom in _joined(runs, usual):
        columns = np.flatnonzero(part[top:bottom].any(axis=0))
        left, right = int(columns[0]), int(columns[-1]) + 1
        if max(right - left, bottom - top) > SPECK * scale and has_print(part[top:bottom, left:right], scale):
            found.append(Area(within.x0 + left, within.y0 + top, within.x0 + right, within.y0 + bottom))
    return found


def with_whole_characters(lines: Sequence[Area], whole: float = inf) -> list[Area]:
    """Lines of print, those put together that are the upper and the lower half of one character: a 告 that is alone on the
    last line of a title falls apart, and each half is as high as a line of the text. What is as high as a ``whole`` line is no half,
    though two short lines be as wide together as they are high."""
    found: list[Area] = []
    for line in lines:
        if found and max(line.height, found[-1].height) < whole:
            above = found[-1]
            both = Area(min(above.x0, line.x0), above.y0, max(above.x1, line.x1), line.y1)
            is_square = SQUARE[0] * both.height < both.x1 - both.x0 < SQUARE[1] * both.height
            if is_square and line.y0 - above.y1 < HALVES * both.height:
                found[-1] = both
                continue
        found.append(line)
    return found


def blocks_of(ink: Pixels, within: Area, usual: float, scale: float) -> Iterator[Area]:
    """The lines of print of an area, parted by blanks, and what stands side by side parted into lines of its own. Cells of a
    table without lines stand higher and lower than their neighbours, so that no row of paper lies between their lines: such a
    block is parted by narrower blanks, which run through all of it."""
    for line in with_whole_characters(printed_lines(ink, within, scale)):
        pieces = pieces_of(ink, line, PARTED * usual)
        if len(pieces) > 1:
            for piece in pieces:
                yield from blocks_of(ink, piece, usual, scale)
        elif line.height > STAGGERED * _height_in(ink, line, scale):
            pieces = pieces_of(ink, line, NARROW * usual)
            lines = [each for piece in pieces for each in with_whole_characters(printed_lines(ink, piece, scale))]
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
    count, _, stats = components_of(ink)
    heights = stats[1:count, cv2.CC_STAT_HEIGHT]
    heights = heights[(heights > LEAST_HEIGHT * scale) & (heights < MOST_HEIGHT * scale)]
    return float(np.percentile(heights, 75)) if len(heights) else LEAST_HEIGHT * scale


def is_empty(ink: Pixels, thinnest: int = 1) -> bool:
    """Whether there is no ink at all, or single grains of noise only, or what is thinner than so many pixels."""
    count, _, stats = components_of(ink)
    grains = stats[1:count]
    thin = grains[:, (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT)].min(axis=1) < thinnest
    return bool((thin | (grains[:, cv2.CC_STAT_AREA] < GRAIN)).all())


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
    count, _, stats = components_of(ink)
    return any(max(w, h) > SPECK * scale for _, _, w, h, _ in stats[1:count].tolist())


def without_dust(ink: Pixels, line: Area, scale: float) -> Area | None:
    """A line of print without the specks before and behind it: a decimal point stands between digits, and nothing of a figure
    stands far from it. None where it is nothing else. What is wider than high may be a sign."""
    runs = [run for run in _columns(ink, line) if not _is_speck(ink, line, run, DIRT * scale, MINUS[0], scale)]
    away, large = AWAY * line.height, LARGE * line.height
    while len(runs) > 1 and runs[1][0] - runs[0][1] > away and _is_speck(ink, line, runs[0], large, LONG, scale):
        del runs[0]
    while len(runs) > 1 and runs[-1][0] - runs[-2][1] > away and _is_speck(ink, line, runs[-1], large, LONG, scale):
        del runs[-1]
    if not runs:
        return None
    part = ink[line.y0 : line.y1, line.x0 + runs[0][0] : line.x0 + runs[-1][1]]
    rows = np.flatnonzero(part.any(axis=1))
    return Area(line.x0 + runs[0][0], line.y0 + int(rows[0]), line.x0 + runs[-1][1], line.y0 + int(rows[-1]) + 1)


def _is_speck(ink: Pixels, line: Area, run: tuple[int, int], most: float, long: float, scale: float) -> bool:
    """Whether what stands in some columns of a line is no larger than so many pixels, and no dash, which is so many times as wide as
    high."""
    rows = np.flatnonzero(ink[line.y0 : line.y1, line.x0 + run[0] : line.x0 + run[1]].any(axis=1))
    wide, high = run[1] - run[0], int(rows[-1]) + 1 - int(rows[0])
    is_dash = wide >= long * high and wide >= MINUS[1] * scale
    return max(wide, high) <= most and not is_dash


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
