"""The page without what is printed on the back of the sheet and shows through: print so much paler than the rest that no
toner is as uneven."""

from __future__ import annotations

import cv2
import numpy as np

from parsers.readers.ocr.components import components_of
from parsers.readers.ocr.ink import FAINT, Pixels, darker

PALE = 0.35
"""What shows through is darker than paper by less than so much of what black print is."""
STROKE, AROUND = 5, 17
"""Points between which and the next stroke there is paper, and around a place in which it is looked for."""
HIGH = (4.0, 30.0)
"""Points: digits of the smallest print, characters of the largest title."""
FEWEST, SHARE = 15, 0.02
"""So many pale characters, and so many for one that is black, are the back of a sheet; fewer are a faint figure, or a stamp."""
EDGE = 0.8
"""Points around black print in which its edges are pale."""


def without_reverse(grey: Pixels, scale: float) -> Pixels:
    """The page (0 black, 255 white; ``scale`` pixels per point) with paper where pale print shows through, if it does."""
    afar = cv2.resize(grey, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)
    between = cv2.morphologyEx(afar, cv2.MORPH_CLOSE, np.ones((STROKE, STROKE), np.uint8))
    paper = cv2.resize(cv2.medianBlur(between, AROUND), grey.shape[::-1])
    depth = cv2.subtract(paper, grey)
    ink = darker(grey, scale)
    print_ = depth[(ink > 0) & (depth > FAINT)]
    if not print_.size:
        return grey
    black = (depth >= PALE * float(np.percentile(print_, 95))).astype(np.uint8)
    count, labels, stats = components_of(ink)
    high = stats[:, cv2.CC_STAT_HEIGHT]
    is_character = (high >= HIGH[0] * scale) & (high <= HIGH[1] * scale)
    is_black = np.zeros(count, bool)
    is_black[labels[(black & ink) > 0]] = True
    is_print = np.zeros(count, bool)
    is_print[labels[(depth > FAINT) & (ink > 0)]] = True  # what is less dark is noise of the paper
    pale = int((is_character & is_print & ~is_black)[1:].sum())
    if pale < FEWEST or pale < SHARE * int((is_character & is_black)[1:].sum()):
        return grey
    reach = 2 * round(EDGE * scale) + 1
    near = cv2.dilate(black, np.ones((reach, reach), np.uint8))
    cleaned: Pixels = np.where(near > 0, grey, cv2.max(grey, paper))
    return cleaned
