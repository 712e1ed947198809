"""The picture of a page that was made straight: its ruling lines, its ink, and what there may be besides. Pixels throughout."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from parsers.readers.ocr.components import components_of
from parsers.readers.ocr.drawn import Drawn, drawn_lines
from parsers.readers.ocr.ink import Pixels, darker, level_of
from parsers.readers.ocr.lines import GRAIN, MINUS, SPECK
from parsers.readers.ocr.rulings import ALONG, THICK, Area, Strokes

DUST = 0.6
"""Square points: ink of less is noise; a decimal point has 1."""
EDGE = 4.0
"""Points from the wall of a cell in which the second line of a double rule may stand."""
WHOLE = 0.9
"""What is left of a rule runs all along the cell; a digit 1 in the lowest of rows does not."""
BORDER, AROUND, FAINT, OUTSTANDING = 2.0, 12.0, 14.0, 7.0
"""Points from its walls in which a cell is not looked at for faint print, and around a place with which it is compared;
such print is darker by so many grey levels, and by so many standard deviations of the noise."""
SHORT_DASH = 1.2
"""Points: a cell with a speck so wide is not surely blank."""
HAIRLINE, PALE, GRAINY = 12.0, 6.0, 3.0
"""Points for which a stroke is seen that is averaged over the length of ``ALONG``, grey levels by which it is darker at least, and
how many times as dark as the middle of its cell."""
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


def picture_of(grey: Pixels, scale: float) -> Picture:
    """The straightened page taken apart; ``scale`` is pixels per point."""
    ink = _ink(grey, scale)
    return _without_lines(grey, ink, drawn_lines(grey, ink, scale), scale)


def picture_with(grey: Pixels, lying: tuple[Area, ...], standing: tuple[Area, ...], scale: float) -> Picture:
    """The same of a page whose ruling lines are known."""
    ink = _ink(grey, scale)
    mask, nothing = np.zeros_like(ink), Strokes((), np.zeros_like(ink), np.zeros_like(grey))
    for line in (*lying, *standing):
        mask[line.place] = 1
    return _without_lines(grey, ink, Drawn(lying, standing, mask, (nothing, nothing)), scale)


def _without_lines(grey: Pixels, ink: Pixels, drawn: Drawn, scale: float) -> Picture:
    """The picture once it is known where its lines are."""
    lines = cv2.dilate(drawn.mask, np.ones((3, 3), np.uint8))
    all_ink = ink.copy()
    ink[lines > 0] = 0
    specks = cv2.subtract(ink, _without_specks(ink, scale))
    ink, all_ink = cv2.subtract(ink, specks), cv2.subtract(all_ink, specks)
    dashes = _like_dashes(specks, scale)
    straight, grey = grey, grey.copy()
    grey[lines > 0] = int(level_of(grey, 75))
    return Picture(straight, grey, ink, all_ink, dashes, drawn.lying, drawn.standing, drawn.strokes, scale)


def _ink(grey: Pixels, scale: float) -> Pixels:
    """The ink of a page without grains."""
    ink = darker(grey, scale)
    _, labels, stats = components_of(ink)
    dust = stats[:, cv2.CC_STAT_AREA] < DUST * scale * scale
    ink[dust[labels]] = 0
    return ink


def _without_specks(ink: Pixels, scale: float) -> Pixels:
    """The ink without specks that stand alone, as a decimal point never does. What is wider than high may be a dash."""
    count, labels, stats = components_of(ink)
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
    _, labels, stats = components_of(specks)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    like = (wide > high) & (wide >= SHORT_DASH * scale)
    like[0] = False
    found: Pixels = like[labels].astype(np.uint8)
    return found


def specks_in(picture: Picture, within: Area) -> list[Area]:
    """What there is in a place but grains of noise, and what was taken for dust and may be dashes."""
    x0, y0, x1, y1 = within
    place = np.s_[y0:y1, x0:x1]
    count, _, stats = components_of(cv2.bitwise_or(picture.ink[place], picture.dashes[place]))
    return [
        Area(x0 + x, y0 + y, x0 + x + w, y0 + y + h)
        for x, y, w, h, grains in stats[1:count].tolist()
        if grains >= GRAIN
    ]


def without_edges(ink: Pixels, cell: Area, scale: float) -> Pixels:
    """The ink without what is left of ruling lines close to the walls of a cell: straight, and as long as the cell. They
    are taken out of ``ink`` itself, which is large."""
    part = ink[cell.place]
    edge = round(EDGE * scale)
    if min(part.shape, default=0) <= 2 * edge:
        return ink
    for view in (part, part.T):
        long = view.mean(axis=0) > WHOLE
        long[edge : len(long) - edge] = False
        if long.any():
            view[:, cv2.dilate(long.astype(np.uint8).reshape(-1, 1), np.ones((5, 1), np.uint8)).ravel() > 0] = 0
    return ink


def is_plain(picture: Picture, within: Area) -> bool:
    """Whether the middle of a blank cell is paper and nothing else: not even faint print, fainter than noise may be. A grain of
    dust that is alone is none: what is left of a figure is longer, or in pieces."""
    if _has_hairline(picture, within):
        return False
    edge = round(BORDER * picture.scale)
    cell = picture.straight[within.y0 + edge : within.y1 - edge, within.x0 + edge : within.x1 - edge]
    if min(cell.shape) < 2 * edge:
        return True
    smooth = cv2.medianBlur(np.ascontiguousarray(cell), 5).astype(np.float32)
    size = round(AROUND * picture.scale) | 1
    darker = cv2.blur(smooth, (size, size)) - smooth
    noise = 1.4826 * float(np.median(np.abs(darker - np.median(darker))))
    outstanding = (darker >= max(FAINT, OUTSTANDING * noise)).astype(np.uint8)
    if not outstanding.any():
        return True
    count, _, stats = components_of(outstanding)
    wide, high = stats[-1, cv2.CC_STAT_WIDTH], stats[-1, cv2.CC_STAT_HEIGHT]
    is_dash = wide >= MINUS[0] * high and wide >= MINUS[1] * picture.scale
    return bool(count == 2 and max(wide, high) <= SPECK * picture.scale and not is_dash)


def _has_hairline(picture: Picture, within: Area) -> bool:
    """Whether in the middle of a cell lies a stroke that is too thin and pale to be ink, as that of a dash on a faint copy: it is
    darker than the paper beside it on average, longer than a speck that is averaged out."""
    (x0, y0, x1, y1), scale = within, picture.scale
    aside, edge, long = round(ALONG / 2 * scale), round(THICK * scale), round(HAIRLINE * scale)
    cell = picture.strokes[0].darkness[y0 + edge : y1 - edge, x0 + aside : x1 - aside]
    if min(cell.shape, default=0) < 2 or cell.shape[1] < long:
        return False
    seen = (cell >= max(PALE, GRAINY * float(np.median(cell)))).astype(np.uint8)
    return bool(seen.any() and cv2.morphologyEx(seen, cv2.MORPH_OPEN, np.ones((1, long), np.uint8)).any())


def lost_ink(picture: Picture, within: Area) -> Pixels:
    """Where, inside a cell, there is ink that was taken for ruling lines and does not run all along its walls: a part of a
    figure may have been taken with it."""
    place = within.place
    part = picture.all_ink[place].copy()
    without_edges(part, Area(0, 0, part.shape[1], part.shape[0]), picture.scale)
    return cv2.subtract(part, picture.ink[place])
