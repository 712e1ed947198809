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
from parsers.readers.pdf.unruled.vocabulary import columns, rows

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
WORDY, HIGH, WORDS = 2.5, (5.0, 24.0), 8.0
"""Print so many times as wide as high is a line of words; how high such a line is, in points; and so much of it, in times
its height, is enough to tell whether it can be read."""
SAMPLE = 3
"""So many lines tell for all."""
LEGIBLE = 0.75
"""So many of the characters for which a line has room are read, and surely, in lines that are upright."""
KNOWN = 3
"""So many pairs of characters that stand beside each other in labels of the forms are no chance."""


class Posture(NamedTuple):
    """By how many degrees (0, 90, 180, 270), clockwise, a page is to be turned for its print to stand upright; and by how many,
    counter-clockwise, for its lines to be level."""

    turned: int
    slant: float


def upright(grey: Pixels, scale: float) -> tuple[Posture, Pixels]:
    """How a page lies (0 black, 255 white; ``scale`` pixels per point), and the page put upright."""
    factor = min(AFAR / scale, 1.0)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    seen = scale * factor
    ink = darker(small, seen)
    height, width = ink.shape
    y, x = (round(MARGIN * each) for each in (height, width))
    ink[:y], ink[height - y :], ink[:, :x], ink[:, width - x :] = 0, 0, 0, 0
    slant = slant_of(ink)
    print_ = _without_rulings(_turned(ink, slant, cv2.INTER_NEAREST, 0), seen)
    level = _levelled(grey, slant)
    posture = Posture(_turn_of(print_, seen, level, scale), slant)
    return posture, np.ascontiguousarray(np.rot90(level, -posture.turned // 90))


def straightened(grey: Pixels, posture: Posture) -> Pixels:
    """A page whose posture is known, put upright."""
    return np.ascontiguousarray(np.rot90(_levelled(grey, posture.slant), -posture.turned // 90))


def _turn_of(print_: Pixels, seen: float, level: Pixels, scale: float) -> int:
    """How a levelled page is to be turned for its print to be read, ``seen`` from afar and as it is. Its ink says along which
    sides lines probably run; a few of them are read, from the likeliest side first, until they can be and are words of the
    forms. The model also reads characters that lie, as those of lines that run down the page: then only words tell."""
    likely = _is_sideways(print_, seen)
    found: dict[int, tuple[bool, int, float]] = {}
    for sideways in (likely, not likely):
        turn = 90 if sideways else 0
        lines = _lines(np.rot90(print_, -turn // 90), seen)
        crops = [crop for line in lines if (crop := _crop(np.rot90(level, -turn // 90), line, scale)).size]
        room = sum(crop.shape[1] / crop.shape[0] for crop in crops)
        for upside_down in (False, True):
            read = recognise([np.ascontiguousarray(crop[::-1, ::-1]) if upside_down else crop for crop in crops])
            legible = sum(text.legible for text in read) / max(room, 1.0)
            known = sum(_known(text.text) for text in read)
            # Of lines that cannot be read a pair is known by chance.
            found[turn + 180 * upside_down] = legible >= LEGIBLE, known, legible
            if known >= KNOWN:
                return turn + 180 * upside_down
            if legible >= LEGIBLE:
                break
    return max(found, key=lambda each: found[each])


def _known(text: str) -> int:
    """How many neighbouring characters are neighbours in labels of the forms."""
    pairs = (a + b for a, b in pairwise(text) if a.isalpha() and b.isalpha())
    return sum(rows().holds(pair) or columns().holds(pair) for pair in pairs)


def _crop(page: Pixels, line: Rectangle, scale: float) -> Pixels:
    x0, y0, x1, y1 = (max(round(value * scale), 0) for value in (line.x0 - 1, line.y0 - 1, line.x1 + 1, line.y1 + 1))
    return page[y0:y1, x0:x1]


def _levelled(grey: Pixels, slant: float) -> Pixels:
    return _turned(grey, slant, cv2.INTER_CUBIC, int(level_of(grey[::7, ::7], 75)))


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
    """Whether more print joins up and down the page than along it."""
    near = round(NEXT * scale) | 1
    along, across = (
        cv2.connectedComponents(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(shape, np.uint8)))[0]
        for shape in ((1, near), (near, 1))
    )
    return FEW < across < along


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
