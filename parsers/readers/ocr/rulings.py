"""The ruling lines of a scan: solid, dashed, dotted, doubled, or so thin that they are barely darker than the paper.

Along a line the page is averaged, which leaves a dash darker than its surroundings and noise level; across it, what is dark
and thin is kept. Rows of print have such places too, but not all along, and strokes stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from parsers.readers.ocr.components import components_of
from parsers.readers.ocr.ink import Pixels

ALONG = 8.0
"""Points along which the page is averaged: a dash and its gap."""
THICK = 3.2
"""Points: no ruling line is thicker; headings in heavy type have thicker strokes."""
FAINT = 6
"""Grey levels by which an averaged line is darker than what is beside it; noise that is left has 2."""
LONG = (60.0, 36.0)
"""Points that a lying and a standing line run at least: strokes of neighbouring characters line up more often."""
EVEN, NOISE = 0.55, 2.0
"""A line is nowhere less dark than so much of what it is on average, less the noise; few rows of print are."""
WIDE, NARROW, FEW = 4.0, 3.0, 3
"""Points to either side of a standing line that are looked at; points that it is wide at most; and cells that are too few
to tell a column of digits."""
MOST = 1000
"""Candidates of one direction; the largest statutory table has 100. More are a photograph or a pattern."""
DASH, THIN, FILLED, UNEVEN = 5.0, 2.0, 0.35, 1.0
"""Points that a dash is long at most, and from the next; how thick it is; how much of the line dashes are together, which the
two dots of a colon are not; and points by which they differ at most."""
SAME = 0.5
"""Another part of a line is no less dark than so much of the first, and no darker than the inverse."""
CLEAR = 1.3
"""Points beside a line in which nothing is printed."""
HARDLY = 0.2
"""The part of that which print may fill nevertheless: it touches a line now and then, or a stamp does."""
LEFT, END, DIGIT = 0.35, 1.5, 10.0
"""So much at least is left of a line that is broken, and begins so many points from one of its ends, or is in one piece longer
than digits are high."""
BARE, MOSTLY = 12.0, 0.5
"""Rows of small print may come so close to a lying line that they touch it all along their words. Then it runs on, with
nothing beside it, in the rest of the row: in stretches of so many points, longer than a stroke of print, and for so much of it."""
DOUBLE = 4.5
"""Points between the two strokes of a double rule, or between the borders of neighbouring cells."""


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

    @property
    def place(self) -> tuple[slice, slice]:
        """What it is of a picture: ``picture[area.place]``."""
        return slice(self.y0, self.y1), slice(self.x0, self.x1)


@dataclass(frozen=True, slots=True)
class Strokes:
    """The ruling lines of one direction: as areas, where they are (1), and how much darker than what is beside it, in
    grey levels and averaged along the direction, every place of the page is."""

    areas: tuple[Area, ...]
    mask: Pixels
    darkness: Pixels


def lying_strokes(grey: Pixels, ink: Pixels, scale: float) -> Strokes:
    """The lying lines of a straightened page; ``ink`` is 1 where something is printed, ``scale`` pixels per point."""
    return _strokes(grey, ink, scale, LONG[0], BARE)


def standing_strokes(grey: Pixels, ink: Pixels, scale: float) -> Strokes:
    """The standing ones."""
    turned = _strokes(np.ascontiguousarray(grey.T), np.ascontiguousarray(ink.T), scale, LONG[1], None)
    areas = tuple(Area(y0, x0, y1, x1) for x0, y0, x1, y1 in turned.areas)
    return Strokes(areas, np.ascontiguousarray(turned.mask.T), np.ascontiguousarray(turned.darkness.T))


def is_print(line: Area, lying: Pixels, ink: Pixels, scale: float) -> bool:
    """Whether a standing line is really a column of digits: between the lying lines that it crosses stand characters,
    which are wider than a line."""
    reach = round(WIDE * scale)
    x0, x1 = max(line.x0 - reach, 0), line.x1 + reach
    place = np.s_[line.y0 : line.y1, x0:x1]
    rules = cv2.dilate(lying[place], np.ones((3, 1), np.uint8)).max(axis=1) > 0
    strip = ink[place].copy()
    strip[rules] = 0
    count, _, stats = components_of(strip)
    edges = np.flatnonzero(np.diff(rules.astype(np.int8), prepend=1, append=1))
    cells = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    characters = set()
    for x, y, width, _, _ in stats[1:count].tolist():
        inside = x < line.x1 - x0 and x + width > line.x0 - x0
        cell = next((cell for cell in cells if cell[0] <= y < cell[1]), None)
        if inside and cell is not None and width > NARROW * scale:
            characters.add(cell)
    return len(cells) >= FEW and len(characters) > len(cells) / 2


def _strokes(grey: Pixels, ink: Pixels, scale: float, least: float, bare: float | None) -> Strokes:
    """The lying lines of at least so many points; ``bare``: such as have print beside them, but not in stretches of so many."""
    along, across, long = round(ALONG * scale) | 1, round(THICK * scale) | 1, round(least * scale)
    level = cv2.blur(grey, (along, 1))
    dark = cv2.morphologyEx(level, cv2.MORPH_BLACKHAT, np.ones((across, 1), np.uint8))
    dark = cv2.dilate(dark, np.ones((3, 1), np.uint8))  # what still slants moves over by a pixel now and then
    lowest = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    usual = cv2.blur(dark, (long, 1)).astype(np.float32)
    candidates = ((lowest >= FAINT) & (lowest >= EVEN * usual - NOISE)).astype(np.uint8)
    count, labels, stats = components_of(candidates)
    wide = [index for index in range(1, count) if stats[index, cv2.CC_STAT_WIDTH] >= long]
    wide = wide if len(wide) <= MOST else []
    boxes = {index: Area(x, y, x + w, y + h) for index in wide for x, y, w, h, _ in [stats[index].tolist()]}
    mask = np.zeros_like(ink)
    areas, blurred = [], round((ALONG / 2 - 1) * scale)
    for index in _clear(labels, boxes, ink, scale, bare):
        x0, y0, x1, y1 = boxes[index]
        x0, x1 = x0 + blurred, x1 - blurred
        mask[y0:y1, x0:x1] |= labels[y0:y1, x0:x1] == index
        areas.append(Area(x0, y0, x1, y1))
    return Strokes(tuple(areas), mask, dark)


def _clear(labels: Pixels, boxes: dict[int, Area], ink: Pixels, scale: float, bare: float | None) -> Iterator[int]:
    """The candidates beside which nothing is printed, alone or as one half of a double line, or in most ``bare`` stretches."""
    sides = {index: _sides(labels, index, box, ink, scale) for index, box in boxes.items()}
    clear = {index: tuple(float(side.mean()) <= HARDLY for side in both) for index, both in sides.items()}
    for index, (above, below) in clear.items():
        if (above and below) or (bare is not None and _is_bare(sides[index], round(bare * scale))):
            yield index
        elif above or below:
            box = boxes[index]
            for other, (other_above, other_below) in clear.items():
                gap = boxes[other].y0 - box.y1 if above else box.y0 - boxes[other].y1
                both = min(box.x1, boxes[other].x1) - max(box.x0, boxes[other].x0)
                near = -2 <= gap <= DOUBLE * scale and both > 0.8 * (box.x1 - box.x0)
                if other != index and near and (other_below if above else other_above):
                    yield index
                    break


def _is_bare(sides: tuple[Pixels, Pixels], least: int) -> bool:
    """Whether nothing is printed on either side of a candidate in stretches of so many pixels, which are most of it."""
    bare = (~(sides[0] | sides[1])).astype(np.uint8)
    return float(cv2.morphologyEx(bare, cv2.MORPH_OPEN, np.ones((least, 1), np.uint8)).mean()) >= MOSTLY


def _sides(labels: Pixels, index: int, box: Area, ink: Pixels, scale: float) -> tuple[Pixels, Pixels]:
    """Where along a candidate there is print above, and below, it."""
    reach = round(CLEAR * scale)
    y0, y1 = max(box.y0 - reach - 1, 0), min(box.y1 + reach + 1, len(ink))
    stroke = labels[y0:y1, box.x0 : box.x1] == index
    print_ = ink[y0:y1, box.x0 : box.x1] > 0
    columns = np.arange(stroke.shape[1])
    top, bottom = stroke.argmax(axis=0), len(stroke) - 1 - stroke[::-1].argmax(axis=0)
    covered = stroke.any(axis=0)

    def along(edge: Pixels, way: int) -> Pixels:
        found = np.zeros(len(columns), bool)
        for step in range(1, reach + 1):
            rows = (edge + way * step).clip(0, len(stroke) - 1)
            found |= print_[rows, columns]
        beside: Pixels = found[covered]
        return beside

    return along(top, -1), along(bottom, 1)


def is_wall(
    strokes: Strokes, ink: Pixels, area: Area, stands: bool, usual: float, scale: float, touched: bool = False
) -> bool:
    """Whether a line runs all along the middle of an area: as dark as the rest of that line (``usual``), or half so, or in
    dashes, and with nothing printed beside it, unless print may have ``touched`` it."""
    dark, print_ = (picture[area.place] for picture in (strokes.darkness, ink))
    if min(dark.shape, default=0) < 3:
        return False
    if stands:
        dark, print_ = dark.T, print_.T
    least, most = np.percentile(dark, (3, 97), axis=1)
    reach = round(CLEAR * scale)
    not_darker = most <= max(usual, FAINT) / SAME
    rows = np.flatnonzero((least >= max(SAME * usual, FAINT)) & not_darker)
    if not len(rows):
        dashed = (dark.mean(axis=1) >= max(SAME * usual, FAINT)) & not_darker
        rows = reach + np.flatnonzero(dashed[reach : len(dashed) - reach])
        if not len(rows) or not is_dashed(print_[rows[0] : rows[-1] + 1].T, scale):
            return False
    if touched:
        return True
    above, below = (
        print_[max(rows[0] - 1 - reach, 0) : max(rows[0] - 1, 0)],
        print_[rows[-1] + 2 : rows[-1] + 2 + reach],
    )
    return all(float(side.any(axis=0).mean()) <= HARDLY for side in (above, below) if side.size)


def is_broken(ink: Pixels, area: Area, stands: bool, scale: float) -> bool:
    """Whether what is left of a line stands in an area from one end of it to the other (``ink``: 1 where there is some): pieces
    of a thin stroke, with nothing printed beside them, that are more than a digit 1 in the middle of a cell would be. At the
    edges of the area, so wide as a line is clear, it is asked only what crosses it."""
    part: Pixels = ink[area.place] > 0
    part = part if stands else part.T
    length, width = part.shape
    half, clear = round(THIN / 2 * scale), round(CLEAR * scale)
    middle = slice(width // 2 - half, width // 2 + half + 1)
    if not length or width <= 2 * (half + 1):
        return False
    centre = middle.start + int(cv2.blur(part[:, middle].mean(axis=0, dtype=np.float32)[None], (3, 1)).argmax())
    left, right = max(centre - half, 0), centre + half + 1
    before, behind = part[:, max(left - clear, 0) : left].any(axis=1), part[:, right : right + clear].any(axis=1)
    sides = part[:, clear:left].any(axis=1) | part[:, right : width - clear].any(axis=1)
    if float(sides.mean()) > HARDLY or bool((before & behind).any()):  # what crosses it makes it a character
        return False
    stroke: Pixels = part[:, centre - 1 : centre + 2].max(axis=1) & ~sides
    edges: Pixels = np.flatnonzero(np.diff(stroke.astype(np.int8), prepend=0, append=0))
    longest = int((edges[1::2] - edges[::2]).max(initial=0))
    reach = round(END * scale)
    from_end = bool(stroke[:reach].any() or stroke[-reach:].any())
    return float(stroke.mean()) >= LEFT and (from_end or longest > DIGIT * scale)


def is_dashed(line: Pixels, scale: float) -> bool:
    """Whether a standing line (1 where there is ink) is dashes from one end to the other, as long as one another and as far
    apart. A digit is one stroke, in the middle; the strokes of a character are uneven."""
    if line.shape[1] > THIN * scale:
        return False
    inked = np.asarray(line.any(axis=1))
    edges = np.flatnonzero(np.diff(inked.astype(np.int8), prepend=0, append=0))
    starts, ends = edges[::2], edges[1::2]
    if len(starts) < 2 or float(inked.mean()) < FILLED:
        return False
    whole = (starts > 1) & (ends < len(inked) - 1)
    lengths, gaps, slack = ends - starts, starts[1:] - ends[:-1], UNEVEN * scale
    longest, widest = int(lengths.max()), int(gaps.max())
    even = bool((lengths[whole] >= longest - slack).all()) and int(gaps.min()) >= widest - slack
    reaches = max(int(starts[0]), len(inked) - int(ends[-1])) <= widest + slack
    return even and reaches and max(longest, widest) <= DASH * scale
