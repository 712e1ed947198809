"""Coloured scans to grey ones, the seals of agencies taken off: they lie over figures and signatures."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy import ndarray

from parsers.readers.ocr.rulings import Area

Pixels = ndarray[Any, Any]

REDDER = 32
"""Grey levels by which a seal's red is above its green and blue; the paper of old sheets has 15."""
FRINGE = 9
"""Pixels around which red is smeared: JPEG keeps colours at half the resolution, in blocks."""
LIGHT, AROUND = 0.25, 16.0
"""What is darker than the paper around it, in so many points, by less than so much of what black print is, is the seal."""
FAINT = 25
"""Grey levels by which print is at least darker than paper."""
STROKE, MIDDLE, MORE = 1.8, 0.8, 1.1
"""Points: the strokes of a seal are thicker than those of small print; on a grey copy they are less dark than so much of
what black print is, and no darker than what most of them are by this factor."""
RIM, SECTOR, MOST = 0.75, 10, 0.6
"""Further from its middle than this part of its radius is the rim of a seal: most of its strokes, in most directions of so
many degrees."""
EDGE = 0.7
"""Points around the dark middle of a printed stroke in which its edges are."""
SEAL = (60.0, 200.0)
"""Points: a seal is 42 mm wide, that of a government 50. A line of red print is not as high, a red rule neither."""
ROUND = 0.6
"""A seal is about as wide as high."""
CLOSE, CROSSED = 4.0, 12.0
"""Points between the strokes of one red seal; and of a grey one, in which black print leaves gaps."""


def without_seals(colours: Pixels, scale: float) -> tuple[Pixels, list[Area]]:
    """The grey picture of a page (red, green and blue; ``scale`` pixels per point) without its seals, and where they were:
    red ones, or grey ones where the page has no colours. What else is red, such as a letterhead, stays."""
    grey: Pixels = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)
    red, other = colours[..., 0], cv2.max(colours[..., 1], colours[..., 2])
    reddish = (cv2.subtract(red, other) > REDDER).astype(np.uint8)
    if not reddish.any():
        return _without_grey_seals(grey, scale)
    seals = _seals(reddish, CLOSE * scale, scale)
    for place in map(_place, seals):
        near = cv2.dilate(reddish[place], np.ones((FRINGE, FRINGE), np.uint8)) > 0
        seen = np.ascontiguousarray(red[place])
        darker = cv2.subtract(_paper(seen, scale), seen)
        grey[place] = np.where(near, _seen_through(seen, darker, LIGHT * _black(darker)), seen)
    return grey, seals


def _without_grey_seals(grey: Pixels, scale: float) -> tuple[Pixels, list[Area]]:
    """The page without the grey seals of a copy: strokes thicker than those of print, and not as dark."""
    afar = cv2.resize(grey, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)
    darker = cv2.subtract(cv2.resize(_paper(afar, 1.0), grey.shape[::-1]), grey)
    black = _black(darker)
    middle = cv2.inRange(darker, LIGHT * black, MIDDLE * black)
    size = round(STROKE * scale)
    strokes = cv2.morphologyEx(middle, cv2.MORPH_OPEN, np.ones((size, size), np.uint8)) // 255
    seals = [seal for seal in _seals(strokes, CROSSED * scale, scale) if _is_ring(strokes[_place(seal)])]
    for place in map(_place, seals):
        level = float(np.percentile(darker[place][strokes[place] > 0], 90))
        core = (darker[place] > min(level * MORE, MIDDLE * black)).astype(np.uint8)
        reach = 2 * round(EDGE * scale) + 1
        print_ = cv2.dilate(core, np.ones((reach, reach), np.uint8)) > 0
        grey[place] = np.where(print_, grey[place], cv2.add(grey[place], darker[place]))
    return grey, seals


def _seals(marked: Pixels, apart: float, scale: float) -> list[Area]:
    """Where marked strokes (1), so many pixels ``apart`` at most, are a seal by their size and shape."""
    reach = round(apart / 2)
    joined = cv2.dilate(marked, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    boxes = [Area(x + reach, y + reach, x + w - reach, y + h - reach) for x, y, w, h, _ in stats[1:count].tolist()]
    least, most = (each * scale for each in SEAL)
    edge = round(CLOSE * scale / 2)
    return [
        Area(max(x0 - edge, 0), max(y0 - edge, 0), x1 + edge, y1 + edge)
        for x0, y0, x1, y1 in boxes
        if least <= min(x1 - x0, y1 - y0) >= ROUND * max(x1 - x0, y1 - y0) and max(x1 - x0, y1 - y0) <= most
    ]


def _is_ring(strokes: Pixels) -> bool:
    """Whether strokes (1) stand around a middle, nearly all the way: print does not."""
    rows, columns = np.nonzero(strokes)
    height, width = strokes.shape
    y, x = 2 * rows / height - 1, 2 * columns / width - 1
    outer = np.hypot(x, y) > RIM
    around = np.unique((np.degrees(np.arctan2(y[outer], x[outer])) // SECTOR).astype(int))
    return bool(outer.mean() > MOST and len(around) > MOST * 360 / SECTOR)


def _place(area: Area) -> tuple[slice, slice]:
    return np.s_[area.y0 : area.y1, area.x0 : area.x1]


def _paper(grey: Pixels, scale: float) -> Pixels:
    """How bright the paper is around every place."""
    around: Pixels = cv2.medianBlur(grey, round(AROUND * scale) | 1)
    return around


def _black(darker: Pixels) -> float:
    """By how many grey levels black print is darker than paper."""
    print_ = darker[darker > FAINT]
    return float(np.percentile(print_, 95)) if print_.size else 255.0


def _seen_through(level: Pixels, darker: Pixels, light: float) -> Pixels:
    """The picture (``darker`` than the paper around it by so much) with what is darker by less than ``light`` as bright as
    paper: a seal. What is printed under it stays."""
    most = max(_black(darker), light + 1.0)
    left = np.maximum(darker.astype(np.float32) - light, 0) * (most / (most - light))
    seen: Pixels = (level.astype(np.float32) + darker - left).clip(0, 255).astype(np.uint8)
    return seen
