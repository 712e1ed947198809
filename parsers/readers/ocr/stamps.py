"""Coloured scans to grey ones, the seals of agencies and other stamps taken off: they lie over figures and signatures."""

from __future__ import annotations

import cv2
import numpy as np

from parsers.readers.ocr.components import components_of
from parsers.readers.ocr.ink import FAINT, Pixels
from parsers.readers.ocr.rulings import Area

REDDER = 32
"""Grey levels by which a seal's red is above its green and blue, or its blue above the others; the paper of old sheets has 15."""
FRINGE = 9
"""Pixels around which colour is smeared: JPEG keeps colours at half the resolution, in blocks."""
LIGHT, AROUND = 0.25, 16.0
"""What is darker than the paper around it, in so many points, by less than so much of what black print is, is the seal."""
STROKE, MIDDLE, MORE = 1.8, 0.8, 1.1
"""Points: the strokes of a seal are thicker than those of small print; on a grey copy they are less dark than so much of
what black print is, and no darker than what most of them are by this factor."""
RIM, SECTOR, MOST = 0.75, 10, 0.6
"""Further from its middle than this part of its radius is the rim of a seal: most of its strokes, in most directions of so
many degrees."""
BEYOND, CORNERS = 1.03, 0.06
"""Further away than so many times its radius there is hardly anything of a seal; of a block of print a fifth is."""
EDGE = 0.7
"""Points around the dark middle of a printed stroke in which its edges are."""
SEAL = (60.0, 200.0)
"""Points: a seal is 42 mm wide, that of a government 50. A line of red print is not as high, a red rule neither."""
ROUND = 0.6
"""A seal is about as wide as high."""
STAMP, BLACK, OVER = (18.0, 220.0), 110, 0.005
"""Points: the sides of a stamp of any shape. One that lies over print is told from a letterhead by so much of its place that is darker
than this grey level in all colours."""
CLOSE, CROSSED = 4.0, 12.0
"""Points between the strokes of one red seal; and of a grey one, in which black print leaves gaps."""


def without_seals(colours: Pixels, scale: float) -> tuple[Pixels, list[Area]]:
    """The grey picture of a page (red, green and blue; ``scale`` pixels per point) without its seals, and where they were:
    red or blue ones, or grey ones where the page has no colours. What else has a colour, such as a letterhead, stays."""
    grey: Pixels = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)
    seals, is_coloured = [], False
    for own, *others in ((0, 1, 2), (2, 0, 1)):
        light, other = colours[..., own], cv2.max(colours[..., others[0]], colours[..., others[1]])
        tinted = (cv2.subtract(light, other) > REDDER).astype(np.uint8)
        if not tinted.any():
            continue
        is_coloured = True
        marks = _marks(tinted, CLOSE * scale, scale)
        found = [mark for mark in marks if _is_seal(mark, scale) or _is_stamp(mark, colours, scale)]
        for place in (mark.place for mark in found):
            near = cv2.dilate(tinted[place], np.ones((FRINGE, FRINGE), np.uint8)) > 0
            seen = np.ascontiguousarray(light[place])
            darker = cv2.subtract(_paper(seen, scale), seen)
            grey[place] = np.where(near, _seen_through(seen, darker, LIGHT * _black(darker)), seen)
        seals += found
    return (grey, seals) if is_coloured else _without_grey_seals(grey, scale)


def _without_grey_seals(grey: Pixels, scale: float) -> tuple[Pixels, list[Area]]:
    """The page without the grey seals of a copy: strokes thicker than those of print, and not as dark."""
    afar = cv2.resize(grey, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)
    darker = cv2.subtract(cv2.resize(_paper(afar, 1.0), grey.shape[::-1]), grey)
    black = _black(darker)
    middle = cv2.inRange(darker, LIGHT * black, MIDDLE * black)
    size = round(STROKE * scale)
    strokes = cv2.morphologyEx(middle, cv2.MORPH_OPEN, np.ones((size, size), np.uint8)) // 255
    marks = _marks(strokes, CROSSED * scale, scale)
    seals = [mark for mark in marks if _is_seal(mark, scale) and _is_ring(strokes[mark.place])]
    for place in (seal.place for seal in seals):
        level = float(np.percentile(darker[place][strokes[place] > 0], 90))
        core = (darker[place] > min(level * MORE, MIDDLE * black)).astype(np.uint8)
        reach = 2 * round(EDGE * scale) + 1
        print_ = cv2.dilate(core, np.ones((reach, reach), np.uint8)) > 0
        grey[place] = np.where(print_, grey[place], cv2.add(grey[place], darker[place]))
    return grey, seals


def _marks(marked: Pixels, apart: float, scale: float) -> list[Area]:
    """Where marked strokes (1), so many pixels ``apart`` at most, stand together, and a little around them."""
    reach = round(apart / 2)
    joined = cv2.dilate(marked, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
    count, _, stats = components_of(joined)
    edge = round(CLOSE * scale / 2) - reach
    height, width = marked.shape
    return [
        Area(max(x - edge, 0), max(y - edge, 0), min(x + w + edge, width), min(y + h + edge, height))
        for x, y, w, h, _ in stats[1:count].tolist()
    ]


def _sides(mark: Area, scale: float) -> tuple[float, float]:
    """The shorter and the longer side of a mark, in points."""
    first, second = sorted((mark.x1 - mark.x0, mark.y1 - mark.y0))
    return first / scale - CLOSE, second / scale - CLOSE


def _is_seal(mark: Area, scale: float) -> bool:
    """Whether a mark is a seal by its size and shape."""
    short, long = _sides(mark, scale)
    return SEAL[0] <= short >= ROUND * long and long <= SEAL[1]


def _is_stamp(mark: Area, colours: Pixels, scale: float) -> bool:
    """Whether a coloured mark is a stamp of any shape that lies over print."""
    short, long = _sides(mark, scale)
    return STAMP[0] <= short and long <= STAMP[1] and bool((colours[mark.place].max(axis=2) < BLACK).mean() > OVER)


def _is_ring(strokes: Pixels) -> bool:
    """Whether strokes (1) stand around a middle, nearly all the way: print does not."""
    rows, columns = np.nonzero(strokes)
    height, width = strokes.shape
    y, x = 2 * rows / height - 1, 2 * columns / width - 1
    away = np.hypot(x, y)
    outer = away > RIM
    around = np.unique((np.degrees(np.arctan2(y[outer], x[outer])) // SECTOR).astype(int))
    is_round = outer.mean() > MOST and (away > BEYOND).mean() < CORNERS
    return bool(is_round and len(around) > MOST * 360 / SECTOR)


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
