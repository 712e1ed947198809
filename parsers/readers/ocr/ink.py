"""What on a page is ink: darker than the paper around it, however grey or noisy that is, and no edge of the scanner."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy import ndarray

Pixels = ndarray[Any, Any]

NEIGHBOURHOOD = 15.0
"""Points: ink is darker than its surroundings of this size, however grey the paper is there."""
DARKER = 18.0
"""Grey levels by which ink is at least darker than its surroundings; the paper of a usual scan varies by 10."""
NOISE = 3.5
"""Standard deviations of the noise of the paper by which it is darker."""
FAINT = 25
"""Grey levels by which print is at least darker than paper."""
AFAR = 1.0
"""Pixels per point at which the edges of the scanner are looked for."""
BLACK, THICK = 0.5, 4.0
"""The lid of a scanner is darker than this part of the paper, and shows in strips of so many points or more."""
LONG = 0.3
"""Its strips run along so much of the page."""
ROUGHLY = 8.0
"""Points of paper whose light is taken for that of the paper beside them."""
STREAK, STREAK_FAINT = 1.0, 5.0
"""Points that a streak of dust is wide at most, and grey levels by which it is darker than what is beside it, on average and
more than other places of the page."""
BANDS, HIDDEN, MOST_STREAKS = 40, 1, 6
"""Parts of the page, from edge to edge, in which a streak is seen, but for so many of them: no line that is printed goes on
into the margins. And how many streaks there are at most."""
RULE, SEEN = 0.3, 0.5
"""A row of the page of which so much is dark is a lying line of a table; beyond it, at both ends, a streak is so much as dark as
it is all along. The columns of a table that fills its picture end there."""


def without_lid(grey: Pixels, scale: float) -> Pixels:
    """The page with paper where the black inside of the scanner shows beside the sheet."""
    factor = min(AFAR / scale, 1.0)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    paper = level_of(small, 75)
    size = round(THICK * scale * factor)
    black = cv2.morphologyEx(
        (small < BLACK * paper).astype(np.uint8), cv2.MORPH_OPEN, np.ones((size, size), np.uint8)
    )
    count, labels, stats, _ = cv2.connectedComponentsWithStats(black)
    height, width = small.shape
    edges = {*labels[0].tolist(), *labels[-1].tolist(), *labels[:, 0].tolist(), *labels[:, -1].tolist()} - {0}
    long = [
        each
        for each in edges
        if max(stats[each, cv2.CC_STAT_WIDTH] / width, stats[each, cv2.CC_STAT_HEIGHT] / height) > LONG
    ]
    if not long or count < 2:
        return grey
    lid = cv2.dilate(np.isin(labels, long).astype(np.uint8), np.ones((2 * size + 1, 2 * size + 1), np.uint8))
    paper_beside = _goes_on_under(small, lid, scale * factor)
    paper_beside, lid = (cv2.resize(each, grey.shape[::-1]) for each in (paper_beside, lid))
    return np.where(lid > 0, paper_beside, grey)


def _goes_on_under(page: Pixels, lid: Pixels, scale: float) -> Pixels:
    """The page with its paper going on where the ``lid`` (1) is, as light as the sheet is beside it: in the dark corner of a photograph
    the edge of the sheet would be a rule else."""
    step = 1 / (ROUGHLY * scale)
    rough = cv2.resize(page, None, fx=step, fy=step, interpolation=cv2.INTER_AREA)
    hidden = cv2.resize(255 * lid, rough.shape[::-1], interpolation=cv2.INTER_AREA)
    known = cv2.inpaint(rough, (hidden > 0).astype(np.uint8), 2, cv2.INPAINT_TELEA)
    return cv2.resize(known, page.shape[::-1])


def without_streaks(grey: Pixels, scale: float) -> Pixels:
    """The page without the thin lines that dust on the glass of a feeder leaves from one edge of the sheet to the other. What
    is printed under them stays."""
    return _without_standing_streaks(_without_standing_streaks(grey, scale).T, scale).T


def _without_standing_streaks(grey: Pixels, scale: float) -> Pixels:
    size = 2 * round(STREAK * scale) + 1
    page = np.ascontiguousarray(grey)
    dark = cv2.morphologyEx(page, cv2.MORPH_BLACKHAT, np.ones((1, size), np.uint8))
    bands = cv2.resize(dark, (dark.shape[1], BANDS), interpolation=cv2.INTER_AREA).astype(np.float32)
    outstanding = np.sort(bands - np.median(bands, axis=1, keepdims=True), axis=0)
    streaks = np.flatnonzero(outstanding[HIDDEN] >= STREAK_FAINT)
    if not 0 < len(streaks) <= MOST_STREAKS * size:
        return grey
    margins = _margins(page)
    level = dark[:, streaks].astype(np.float32) - np.median(dark, axis=1, keepdims=True)
    for rows in margins:
        goes_on = level[rows].sum(axis=0) > SEEN * len(level[rows]) * level.mean(axis=0)
        streaks, level = streaks[goes_on], level[:, goes_on]
    if not len(streaks):
        return grey
    reach = size // 2
    near = np.unique((streaks[:, None] + np.arange(-reach, reach + 1)).clip(0, page.shape[1] - 1))
    cleaned = page.copy()
    cleaned[:, near] = cv2.add(
        page[:, near], np.broadcast_to(np.median(dark[:, near], axis=0), (len(page), len(near))).astype(np.uint8)
    )
    return cleaned


def _margins(page: Pixels) -> tuple[slice, slice]:
    """The rows above the first and below the last lying line of a table; the halves of the page where there is none."""
    paper = level_of(page[::7, ::7], 75)
    lines = np.flatnonzero((page < paper - DARKER).mean(axis=1) > RULE)
    middle = len(page) // 2
    top, bottom = (int(lines[0]), int(lines[-1])) if len(lines) else (middle, middle - 1)
    return slice(0, top), slice(bottom + 1, len(page))


def darker(grey: Pixels, scale: float) -> Pixels:
    """1 where the page (0 black, 255 white; ``scale`` pixels per point) is darker than around."""
    size = round(NEIGHBOURHOOD * scale) | 1
    smooth = cv2.GaussianBlur(grey, (3, 3), 0)
    levels = max(DARKER, NOISE * noise_of(smooth))
    return cv2.adaptiveThreshold(smooth, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, size, levels)


def level_of(grey: Pixels, percent: float) -> float:
    """The grey level that so many of a hundred pixels are no lighter than, as ``numpy.percentile`` gives it: counted, and not
    sorted, which takes a tenth of the time."""
    counts = cv2.calcHist([np.ascontiguousarray(grey)], [0], None, [256], [0, 256])
    upto = np.cumsum(counts, dtype=np.float64)
    place = (grey.size - 1) * percent / 100
    below, above = np.searchsorted(upto, (np.floor(place), np.ceil(place)), side="right").tolist()
    return float(below + (above - below) * (place % 1))


def noise_of(grey: Pixels) -> float:
    """The standard deviation of the paper's noise in grey levels: most of a page is paper, so the median tells."""
    some = grey.astype(np.float32)
    return 1.4826 * float(np.median(np.abs(some - cv2.blur(some, (5, 5)))[::3, ::3]))
