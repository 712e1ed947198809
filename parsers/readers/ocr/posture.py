"""How a sheet lies under the scanner: sideways, upside down, and by how many degrees aslant. Its ink, seen from afar, tells,
and what can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from parsers.readers.ocr.components import components_of
from parsers.readers.ocr.engine import recognise
from parsers.readers.ocr.ink import Pixels, darker, level_of
from parsers.readers.pdf.page import Rectangle

AFAR = 1.4
"""Pixels per point at which the sheet is looked at: 100 per inch, a character has 14."""
STEEPEST = 4.0
"""Degrees: a sheet lies no more aslant on a scanner with a feeder."""
STEPS = (0.25, 0.05, 0.02)
"""Degrees between the angles that are tried, around the best so far."""
LEVEL = 0.03
"""Degrees: what lies less aslant is not turned."""
MARGIN = 0.04
"""Part of the sheet along each edge that is not looked at: the scanner's own edges and shadows stand there."""
POINTS = 60_000
"""So much ink tells the angle."""
LONG = 24.0
"""Points: a straight run of ink of this length is a ruling line, or a shadow."""
NEXT = 3.6
"""Points between characters of a line at most; most lines are further apart."""
FEW = 10
"""Pieces of ink that are too few to tell."""
SIDEWAYS = 0.85
"""On a sheet that is higher than wide, lines that run up and down leave no more than so much of the pieces: labels of a narrow column
stand as close below each other as their characters do, and seldom is a lying sheet turned. Sheets that do lie so have up to 0.75."""
WORDY, HIGH, WORDS = 2.5, (5.0, 24.0), 8.0
"""Print so many times as wide as high is a line of words; how high such a line is, in points; and so much of it, in times
its height, is enough to tell whether it can be read."""
SAMPLE = 3
"""So many lines tell for all."""
LEGIBLE = 0.75
"""So many of the characters for which a line has room are read, and surely, in lines that are upright."""


class Posture(NamedTuple):
    """Whether lines of print run up or down; by how many degrees, counter-clockwise, the sheet is to be turned for them to
    be level; and the place of some longer ones on the sheet so turned, clockwise by 90 degrees first where it lies sideways."""

    sideways: bool
    slant: float
    lines: tuple[Rectangle, ...]


def straightened(grey: Pixels, posture: Posture) -> Pixels:
    """The page with its lines level; they may be upside down."""
    page = np.ascontiguousarray(np.rot90(grey, -1)) if posture.sideways else grey
    return _turned(page, posture.slant, cv2.INTER_CUBIC, int(level_of(page[::7, ::7], 75)))


def is_upside_down(straight: Pixels, posture: Posture, scale: float) -> bool:
    """Whether the lines of a straightened page can be read better from the other side."""
    crops = []
    for x0, y0, x1, y1 in posture.lines:
        x0, y0, x1, y1 = (max(round(value * scale), 0) for value in (x0 - 1, y0 - 1, x1 + 1, y1 + 1))
        crops.append(straight[y0:y1, x0:x1])
    room = sum(crop.shape[1] / crop.shape[0] for crop in crops if crop.size)
    crops = [crop for crop in crops if crop.size]
    seen = sum(text.legible for text in recognise(crops))
    if seen >= LEGIBLE * room:
        return False
    return sum(text.legible for text in recognise([np.ascontiguousarray(crop[::-1, ::-1]) for crop in crops])) > seen


def posture_of(grey: Pixels, scale: float) -> Posture:
    """How a page lies (0 black, 255 white; ``scale`` pixels per point)."""
    factor = min(AFAR / scale, 1.0)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    seen = scale * factor
    ink = darker(small, seen)
    height, width = ink.shape
    y, x = (round(MARGIN * each) for each in (height, width))
    ink[:y], ink[height - y :], ink[:, :x], ink[:, width - x :] = 0, 0, 0, 0
    slant = slant_of(ink)
    print_ = _without_rulings(_turned(ink, slant, cv2.INTER_NEAREST, 0), seen)
    sideways = _is_sideways(print_, seen)
    if sideways:
        print_ = np.ascontiguousarray(np.rot90(print_, -1))
    return Posture(sideways, slant, tuple(_lines(print_, seen)))


def slant_of(ink: Pixels) -> float:
    """By how many degrees ink is to be turned for its lines to lie level, or stand: at the right angle it falls into the
    fewest rows and columns."""
    rows, columns = (each.astype(np.float32) for each in np.nonzero(ink))
    if len(rows) > POINTS:
        some = np.random.default_rng(0).choice(len(rows), POINTS, replace=False)
        rows, columns = rows[some], columns[some]
    if not len(rows):
        return 0.0
    rows -= ink.shape[0] / 2
    columns -= ink.shape[1] / 2
    reach = int(np.hypot(*ink.shape)) // 2 + 2

    def sharpness(angle: float) -> float:
        sine, cosine = np.sin(np.radians(angle)), np.cos(np.radians(angle))
        across = np.bincount((rows * cosine - columns * sine + reach).astype(np.int32)).astype(np.float64)
        along = np.bincount((columns * cosine + rows * sine + reach).astype(np.int32)).astype(np.float64)
        return float(across @ across + along @ along)

    best = _best(sharpness, 0.0, STEEPEST, STEPS[0])
    for wide, step in pairwise(STEPS):
        best = _best(sharpness, best, wide, step)
    return 0.0 if abs(best) < LEVEL else best


def _best(sharpness: Callable[[float], float], middle: float, reach: float, step: float) -> float:
    angles = middle + np.arange(-reach, reach + step / 2, step)
    return float(max(angles, key=sharpness))


def _turned(page: Pixels, degrees: float, way: int, paper: int) -> Pixels:
    """The page turned counter-clockwise."""
    if not degrees:
        return page
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(page, matrix, (width, height), flags=way, borderValue=paper)


def _without_rulings(ink: Pixels, scale: float) -> Pixels:
    """The ink without ruling lines, be they solid, dashed or dotted."""
    long = round(LONG * scale)
    thick = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    lines = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    posts = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((long, 1), np.uint8))
    rest = np.where((lines > 0) | (posts > 0), 0, ink).astype(np.uint8)
    _, labels, stats = components_of(rest)
    dash = stats[:, (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT)].max(axis=1) < HIGH[0] * scale
    rest[dash[labels]] = 0
    return rest


def _is_sideways(ink: Pixels, scale: float) -> bool:
    """Whether more print joins up and down the page than along it, and clearly more on an upright sheet."""
    near = round(NEXT * scale) | 1
    along, across = (
        cv2.connectedComponents(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(shape, np.uint8)))[0]
        for shape in ((1, near), (near, 1))
    )
    upright = ink.shape[0] > ink.shape[1]
    return FEW < across < along * (SIDEWAYS if upright else 1.0)


def _lines(ink: Pixels, scale: float) -> Iterator[Rectangle]:
    """The beginnings of the longest and highest lines of print, in points."""
    near = round(2 * NEXT * scale) | 1
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, near), np.uint8))
    count, _, stats = components_of(joined)
    least, most = (each * scale for each in HIGH)
    wide = [
        (h * min(w, WORDS * h), h, x, y)
        for x, y, w, h, _ in stats[1:count].tolist()
        if least <= h <= most and w > WORDY * h
    ]
    for area, h, x, y in sorted(wide, reverse=True)[:SAMPLE]:
        yield Rectangle(*(value / scale for value in (x, y, x + area / h, y + h)))
