"""The picture of a page made straight: its slant, its ruling lines, its ink, its lines of print. Pixels throughout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy import ndarray

Pixels = ndarray[Any, Any]

STEEPEST = 4.0
"""Degrees: a sheet lies no more aslant on a scanner with a feeder."""
NEIGHBOURHOOD = 15.0
"""Points: ink is darker than its surroundings of this size, however grey the paper is there."""
DARKER = 18
"""Grey levels by which ink is darker than its surroundings; the paper of a noisy scan varies by 10."""
LONG = (60.0, 24.0)
"""Points: a straight run of ink of this length is a ruling line, if it lies and if it stands. No print has one: the
strokes of neighbouring characters run together in lying lines only."""
SURE = 120.0
"""Points: a standing run of this length is one whatever is beside it."""
SHORT = 9.0
"""Points: a standing run of this length is one if it leads from one lying line to the next, and nothing is beside it."""
MEETS = 1.2
"""Points by which its end may miss the lying line; print keeps further away."""
CLEAR = 2.5
"""Points on either side of it that are clear."""
DUST = 0.6
"""Square points: ink of less is noise; a decimal point has 1."""
FAINT = 5
"""The same for ruling lines, which may be thin and grey: along a line noise averages out."""
ALONG = 10.0
"""Points along which it is averaged."""
WALL = 10
"""Grey levels by which a wall is darker than what is beside it, nearly all along."""
EDGE = 4.0
"""Points from the wall of a cell in which the second line of a double rule may stand."""
SPECK = 2.0
"""Points: what is smaller both ways is dust or a decimal point, never a figure on its own."""


class Area(NamedTuple):
    """A rectangle of pixels: ``picture[y0:y1, x0:x1]``."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def height(self) -> int:
        """Pixels."""
        return self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Picture:
    """A straightened page: as it is (``straight``), ``grey`` with its ruling lines painted over, ``ink`` (1 where
    something is printed that is no ruling line), the ruling lines as areas, and how many pixels make a point."""

    straight: Pixels
    grey: Pixels
    ink: Pixels
    lying: tuple[Area, ...]
    standing: tuple[Area, ...]
    scale: float


def picture_of(grey: Pixels, scale: float) -> Picture:
    """The page made straight and taken apart; ``scale`` is pixels per point."""
    grey = straightened(grey)
    ink = _ink(grey, scale)
    lies, stands = _faint(grey, ink, scale)
    lying, lying_mask = _rulings(lies, round(LONG[0] * scale), 1)
    standing, standing_mask = _rulings(stands, 1, round(LONG[1] * scale))
    standing = tuple(line for line in standing if line.height > SURE * scale or is_clear(ink, line, scale))
    standing_mask = _only(standing_mask, standing)
    for short in _rulings(ink, 1, round(SHORT * scale))[0]:
        if not standing_mask[short.y0 : short.y1, short.x0 : short.x1].any() and _leads(
            short, lying_mask, ink, scale
        ):
            standing = (*standing, short)
            standing_mask[short.y0 : short.y1, short.x0 : short.x1] = 1
    lines = cv2.dilate(cv2.bitwise_or(lying_mask, standing_mask), np.ones((3, 3), np.uint8))
    ink[lines > 0] = 0
    straight, grey = grey, grey.copy()
    grey[lines > 0] = int(np.percentile(grey, 75))
    return Picture(straight, grey, ink, lying, standing, scale)


def straightened(grey: Pixels) -> Pixels:
    """The page turned so that its lines of print lie level: at the right angle the sums of its rows differ most."""
    small_width = 800
    factor = small_width / grey.shape[1]
    small = 255 - cv2.resize(grey, (small_width, max(round(grey.shape[0] * factor), 1)), interpolation=cv2.INTER_AREA)
    small = np.where(small > 60, small, 0).astype(np.float32)

    def sharpness(angle: float) -> float:
        rows = _turned(small, angle, 0).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    best = max(np.arange(-STEEPEST, STEEPEST + 0.1, 0.5), key=sharpness)
    best = max(np.arange(best - 0.4, best + 0.41, 0.1), key=sharpness)
    best = max(np.arange(best - 0.08, best + 0.081, 0.02), key=sharpness)
    return grey if abs(best) < 0.03 else _turned(grey, float(best), int(np.percentile(grey, 75)))


def _turned(grey: Pixels, degrees: float, paper: int) -> Pixels:
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper)


def _ink(grey: Pixels, scale: float) -> Pixels:
    ink = _darker(grey, scale, DARKER)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    dust = stats[:, cv2.CC_STAT_AREA] < DUST * scale * scale
    ink[dust[labels]] = 0
    return ink


def _darker(grey: Pixels, scale: float, levels: int) -> Pixels:
    """1 where the page is darker than around by so many grey levels."""
    size = round(NEIGHBOURHOOD * scale) | 1
    smooth = cv2.GaussianBlur(grey, (3, 3), 0)
    return cv2.adaptiveThreshold(smooth, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, size, levels)


def _faint(grey: Pixels, ink: Pixels, scale: float) -> tuple[Pixels, Pixels]:
    """1 where the page is darker, along a lying and along a standing line, than the paper around: where there is ink in
    long runs, and where there are lines too faint to be ink, print left aside."""
    length = round(LONG[1] * scale)
    lying, standing = (
        cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8)) for shape in ((1, length), (length, 1))
    )
    size, along = round(NEIGHBOURHOOD * scale) | 1, round(ALONG * scale) | 1

    def mean(paper: Pixels, width: int, height: int) -> Pixels:
        weight = cv2.blur(paper, (width, height))
        level: Pixels = np.where(
            weight > 0.3, cv2.blur(grey * paper, (width, height)) / np.maximum(weight, 0.01), 255
        )
        return level

    found = []
    for run, window in ((lying, (along, 1)), (standing, (1, along))):
        here = cv2.dilate(run, np.ones((3, 3), np.uint8))
        others = cv2.bitwise_and(cv2.dilate(cv2.subtract(ink, run), np.ones((5, 5), np.uint8)), 1 - here)
        paper = (1 - others).astype(np.float32)
        dark = mean(paper, size, size) - mean(paper, *window) >= FAINT
        found.append(cv2.bitwise_or(cv2.bitwise_and(dark.astype(np.uint8), 1 - others), run))
    return found[0], found[1]


def is_wall(straight: Pixels, area: Area, stands: bool) -> bool:
    """Whether a ruling line runs all along the middle of an area of the straightened page: nearly everywhere along it the
    page is darker there than beside it. Print in the way is not as long."""
    part = straight[area.y0 : area.y1, area.x0 : area.x1]
    if part.size == 0 or min(part.shape) < 5:
        return False
    profile = np.percentile(part, 92, axis=0 if stands else 1)
    quarter = len(profile) // 4
    return bool(np.median(profile) - profile[quarter : len(profile) - quarter].min() >= WALL)


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


def _leads(run: Area, lying: Pixels, ink: Pixels, scale: float) -> bool:
    """Whether a standing run leads from one lying line to another, with nothing beside it."""
    x0, y0, x1, y1 = run
    reach = round(MEETS * scale)
    ends = lying[max(y0 - reach, 0) : y0 + reach, x0:x1], lying[max(y1 - reach, 0) : y1 + reach, x0:x1]
    return all(end.any() for end in ends) and is_clear(ink, run, scale)


def is_clear(ink: Pixels, line: Area, scale: float) -> bool:
    """Whether nothing is printed close to a standing line on either side, the lines across and a second line left aside.
    Strokes of characters that stand one above the other have others beside them."""
    clear = round(CLEAR * scale)
    sides = (
        ink[line.y0 : line.y1, max(line.x0 - clear, 0) : max(line.x0 - 1, 0)],
        ink[line.y0 : line.y1, line.x1 + 1 : line.x1 + clear],
    )
    shares = [float(side.any(axis=1).mean()) if side.size else 0.0 for side in sides]
    return all(share < 0.25 or share > 0.93 for share in shares) and min(shares) < 0.25


def _only(mask: Pixels, areas: Sequence[Area]) -> Pixels:
    """The mask within the areas."""
    kept = np.zeros_like(mask)
    for x0, y0, x1, y1 in areas:
        kept[y0:y1, x0:x1] = mask[y0:y1, x0:x1]
    return kept


def without_edges(ink: Pixels, cell: Area, scale: float) -> Pixels:
    """The ink without what is left of ruling lines close to the walls of a cell: straight, and as long as the cell. They
    are taken out of ``ink`` itself, which is large."""
    part = ink[cell.y0 : cell.y1, cell.x0 : cell.x1]
    edge = round(EDGE * scale)
    if min(part.shape, default=0) <= 2 * edge:
        return ink
    for view in (part, part.T):
        long = view.mean(axis=0) > 0.7
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


def has_print(ink: Pixels, scale: float) -> bool:
    """Whether there is more than dust."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    return any(max(w, h) > SPECK * scale for _, _, w, h, _ in stats[1:count].tolist())


def pieces_of(ink: Pixels, line: Area) -> list[Area]:
    """The pieces of a line of print, parted where the blank is three times as wide as the line is high."""
    part = ink[line.y0 : line.y1, line.x0 : line.x1]
    runs = _runs(np.flatnonzero(part.any(axis=0)), 3 * line.height)
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
