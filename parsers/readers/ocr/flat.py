"""A sheet that was photographed, or curled under the lid, made flat: its ruling lines tell how it is bent.

Seen by a telephone, or over a fold, lines that are level on paper are so on the picture in one place and aslant in another, by
more than a line is thick. Each long line is followed from end to end; a smooth bend that makes them all straight, the lying ones level
and the standing ones upright, is that of the sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from parsers.readers.ocr.components import components_of
from parsers.readers.ocr.ink import Pixels, darker, level_of
from parsers.readers.ocr.rulings import Area

AFAR = 1.4
"""Pixels per point at which lines are followed."""
STRETCH = 12.0
"""Points: a line goes straight on for so long, to a pixel; strokes of print are shorter."""
LONG, THICK = 60.0, 3.0
"""Points that a line is long at least, and thick at most."""
STEEP = 0.06
"""A line that is lying rises by less than so much of its length."""
STEP = 6.0
"""Points between the places at which a line is looked at."""
FEWEST, MOST = 4, 400
"""Lines of one direction that tell how a sheet is bent; more are a pattern."""
OFF = 2.0
"""Points by which places on a line may be off the bend that the others tell: it is an edge of the sheet, or no line."""
BENT, TOLD = 0.7, 0.5
"""Points that a place on a line is moved by, that it is worth the trouble; and of how much lines are off their straight course
the bend tells so much at least: what is left is noise."""
POWERS = ((1, 0), (1, 1), (2, 0), (3, 0), (2, 1), (1, 2))
"""The powers of the places along and across a line of which a bend is made; none that moves all of a line."""
COMMON, ENOUGH = 4, 12
"""The first of these are a bend that all lines share, and a sheet that is seen from one side; fewer lines than so many tell no
more."""


@dataclass(frozen=True, slots=True)
class Bend:
    """By how much of the page's longer side each place moves down, and to the right, to be where it was on paper: the weights
    of POWERS of its place, which is counted from the middle of the page in halves of the longer side. ``known``: the least and
    the most of these, across and down, between which there are lines; beyond, a place moves as the nearest one there."""

    down: tuple[float, ...]
    right: tuple[float, ...]
    known: tuple[tuple[float, float], tuple[float, float]]

    def moved(self, area: Area, shape: tuple[int, ...]) -> Area:
        """Where a place of the bent page is on the flat one."""
        x, y = (area.x0 + area.x1) / 2, (area.y0 + area.y1) / 2
        across, along = self._shift(np.array([x]), np.array([y]), shape)
        right, down = round(float(across[0])), round(float(along[0]))
        return Area(area.x0 + right, area.y0 + down, area.x1 + right, area.y1 + down)

    def flattened(self, grey: Pixels) -> Pixels:
        """The page with its lines straight."""
        height, width = grey.shape
        # The bend is smooth, so a coarse raster of it is enough.
        raster = [np.linspace(0, size - 1, max(size // 32, 2)) for size in (width, height)]
        x, y = np.meshgrid(*raster)
        across, along = self._shift(x.ravel(), y.ravel(), grey.shape)
        across, along = (shift.reshape(x.shape).astype(np.float32) for shift in (across, along))
        columns, rows = (np.arange(size, dtype=np.float32) for size in (width, height))
        across, along = (_spread(shift, grey.shape) for shift in (across, along))
        source = columns[None, :] - across, rows[:, None] - along
        paper = int(level_of(grey[::7, ::7], 75))
        return cv2.remap(grey, *source, cv2.INTER_CUBIC, borderValue=paper)

    def _shift(self, x: Pixels, y: Pixels, shape: tuple[int, ...]) -> tuple[Pixels, Pixels]:
        u, v, half = _places(x, y, shape)
        u, v = u.clip(*self.known[0]), v.clip(*self.known[1])
        return _powers(v, u) @ np.asarray(self.right) * half, _powers(u, v) @ np.asarray(self.down) * half


def bend_of(grey: Pixels, scale: float) -> Bend | None:
    """How the sheet on a page whose lines lie level on the whole is bent; None where it is not. ``scale``: pixels per point."""
    factor = min(AFAR / scale, 1.0)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    seen = scale * factor
    ink = darker(small, seen)
    lying = _lines(ink, seen)
    if len(lying) < FEWEST:
        return None
    standing = [np.ascontiguousarray(line[:, ::-1]) for line in _lines(np.ascontiguousarray(ink.T), seen)]
    half = max(ink.shape) / 2
    level = [_placed(line, ink.shape) for line in lying]
    upright = [_placed(line, ink.shape)[:, ::-1] for line in standing]
    down, across = _weights(level, OFF * seen / half)
    right, along = _weights(upright, OFF * seen / half)
    if max(across, along) * half < BENT * seen:
        return None
    places = np.concatenate([*level, *(line[:, ::-1] for line in upright)])
    (left, top), (last, bottom) = places.min(axis=0).tolist(), places.max(axis=0).tolist()
    return Bend(down, right, ((left, last), (top, bottom)))


def _lines(ink: Pixels, scale: float) -> list[Pixels]:
    """The lying lines, each as places on it: x and y."""
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, round(STRETCH * scale)), np.uint8))
    count, labels, stats = components_of(runs)
    lines = []
    for index in range(1, count):
        x, y, width, height, area = stats[index].tolist()
        if width < LONG * scale or height > STEEP * width + THICK * scale or area > width * (THICK * scale + 2):
            continue
        part = labels[y : y + height, x : x + width] == index
        columns = np.arange(0, width, max(round(STEP * scale), 1))
        filled = part[:, columns].sum(axis=0)
        columns, filled = columns[filled > 0], filled[filled > 0]
        rows = (part[:, columns] * np.arange(height)[:, None]).sum(axis=0) / filled
        lines.append(np.stack([columns + x, rows + y], axis=1).astype(np.float64))
    return lines if len(lines) <= MOST else []


def _weights(lines: Sequence[Pixels], off: float) -> tuple[tuple[float, ...], float]:
    """The weights of the bend that makes lines level (places along and across them, counted from the middle), those left
    aside that do not go with the others; and by how much it moves their places at most."""
    nothing = (0.0,) * len(POWERS), 0.0
    for _ in range(3):
        if len(lines) < FEWEST:
            return nothing
        # Of each line the mean is taken off: how high it stands is not asked.
        powers = [_powers(line[:, 0], line[:, 1]) for line in lines]
        left = np.concatenate([power - power.mean(axis=0) for power in powers])
        across = np.concatenate([line[:, 1] - line[:, 1].mean() for line in lines])
        if len(lines) < ENOUGH:
            left[:, COMMON:] = 0.0
        weights = np.linalg.lstsq(left, -across, rcond=1e-4)[0]
        told = left @ weights
        rest = across + told
        ends = np.cumsum([len(line) for line in lines])[:-1]
        kept = [line for line, part in zip(lines, np.split(rest, ends), strict=True) if np.abs(part).max() <= off]
        if len(kept) == len(lines):
            is_told = float(np.abs(rest).mean()) < TOLD * float(np.abs(across).mean())
            return (tuple(weights.tolist()), float(np.abs(told).max())) if is_told else nothing
        lines = kept
    return nothing


def _placed(line: Pixels, shape: tuple[int, ...]) -> Pixels:
    u, v, _ = _places(line[:, 0], line[:, 1], shape)
    return np.stack([u, v], axis=1)


def _places(x: Pixels, y: Pixels, shape: tuple[int, ...]) -> tuple[Pixels, Pixels, float]:
    """Places of a page counted from its middle in halves of its longer side, and such a half in pixels."""
    half = max(shape) / 2
    return (x - shape[1] / 2) / half, (y - shape[0] / 2) / half, half


def _powers(along: Pixels, across: Pixels) -> Pixels:
    return np.stack([along**first * across**second for first, second in POWERS], axis=1)


def _spread(raster: Pixels, shape: tuple[int, ...]) -> Pixels:
    """A raster whose outermost places are the corners of the page, at every pixel of it."""
    height, width = shape
    rows, columns = raster.shape
    x = np.linspace(0, columns - 1, width, dtype=np.float32)
    y = np.linspace(0, rows - 1, height, dtype=np.float32)
    return cv2.remap(raster, *np.meshgrid(x, y), cv2.INTER_LINEAR)
