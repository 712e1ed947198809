"""Coloured scans to grey ones, the red seals of agencies taken off: they lie over figures and signatures."""

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
SEAL = (60.0, 200.0)
"""Points: a seal is 42 mm wide, that of a government 50. A line of red print is not as high, a red rule neither."""
ROUND = 0.6
"""A seal is about as wide as high."""
CLOSE = 4.0
"""Points between the strokes of one seal; what is left of it at a distance is small."""


def without_seals(colours: Pixels, scale: float) -> tuple[Pixels, list[Area]]:
    """The grey picture of a page (red, green and blue; ``scale`` pixels per point) without its red seals, and where they
    were. What else is red, such as a letterhead, stays."""
    grey: Pixels = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)
    red, other = colours[..., 0], cv2.max(colours[..., 1], colours[..., 2])
    reddish = (cv2.subtract(red, other) > REDDER).astype(np.uint8)
    seals: list[Area] = []
    if not reddish.any():
        return grey, seals
    size = round(CLOSE * scale) | 1
    joined = cv2.morphologyEx(reddish, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    for x, y, width, height, _ in stats[1:count].tolist():
        least, most = (each * scale for each in SEAL)
        if min(width, height) < least or max(width, height) > most or min(width, height) < ROUND * max(width, height):
            continue
        edge = size // 2
        place = np.s_[max(y - edge, 0) : y + height + edge, max(x - edge, 0) : x + width + edge]
        near = cv2.dilate(reddish[place], np.ones((FRINGE, FRINGE), np.uint8)) > 0
        seals.append(Area(x, y, x + width, y + height))
        grey[place] = _seen_through(np.ascontiguousarray(red[place]), near, scale)
    return grey, seals


def _seen_through(red: Pixels, near: Pixels, scale: float) -> Pixels:
    """The picture as through a red glass, in which a seal is nearly as bright as paper: what is little darker than what is
    around it becomes paper where there is a seal ``near``, what is printed under it stays."""
    size = round(AROUND * scale) | 1
    paper = cv2.medianBlur(red, size)
    darker = cv2.subtract(paper, red).astype(np.float32)
    light = LIGHT * float(np.percentile(darker, 99))
    seen = paper - np.maximum(darker - light, 0) / (1 - LIGHT)
    return np.where(near, seen, red).clip(0, 255).astype(np.uint8)
