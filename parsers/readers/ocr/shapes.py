"""A second opinion on digits, from the page itself: the same digit of the same print looks the same everywhere on it.

Each digit of a figure is compared with those of all other figures of the page, by what these were read as. It costs a
hundredth of a second reading by the model, and does not share its errors: a 3 that was read as an 8 looks like no other 8.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

import cv2
import numpy as np

from parsers.readers.ocr.ink import Pixels, level_of
from parsers.readers.ocr.rulings import Area

SIDE = 20
"""Pixels of the square in which digits are compared."""
SOFT = 1.0
"""Pixels (standard deviation) by which they are blurred: what is left of noise and of halves of pixels."""
LOW, LOW_SIGNS = 0.6, "-—+.,"
"""A part of a figure that is not as high as so much of it is no digit, but one of these."""
NEAREST = 2
"""The digits that look most like one tell what it is."""
FEWEST = 2
"""So many others of a digit are at least needed to tell it."""
ALIKE, APART = 0.9, 0.05
"""Correlation with those of its kind, at least, and by how much it is higher than with those of any other."""
SPREAD = 0.04
"""By how much less it may be than is usual among its kind: on a blurred page all digits are alike."""


FLAT, SOLID, DASHES, WIDE = 2.0, 0.6, frozenset("-—"), (0.3, 2.5)
"""A dash is so many times as wide as high, and fills so much of its place, without a gap; and it is so many times as wide as
digits are high, when it is nothing that is left of a rule."""
SHORT, FILLED, LIKE = 1.3, 0.5, 1.5
"""A short dash of a blurred page is so many times as wide as high, and fills so much of its place; dashes of one type are as wide
and as high as each other to so many pixels."""
LOW_STROKE = 0.4
"""A dash is no higher than so much of a digit."""
TOLD, SHARE, UNREAD = 3, 0.1, 8
"""So many of the strokes of one size on a page, and so much of them, were read as dashes where all of them are; or there are so many
of them, and none was read as anything else."""
AS_DASH = DASHES | {"", ".", ","}
"""What the model takes a short dash for."""
LEAN, STRAIGHT = 0.2, 0.09
"""A slash moves to the right by so much of its height or more, and its ink is off a straight line by less than so much of
it; a 1 has 0.05 and, with its foot and flag, 0.08, a 7 is off by 0.15."""
STEEPER, UPRIGHT, SOME, STEEPEST = 0.12, frozenset("0138"), 2, 0.45
"""A slash leans by so much more than any of these of the page, of which it takes so many to tell: those of slanted type lean
too, about as much as a 1 of it. None leans by as much as the last."""
SLASH, AS_SLASH, AS_TALL_SLASH, TALL = "/", frozenset("/1"), frozenset("/17"), 1.2
"""A slash, and what the model takes it for; a 7 whose bar is lost looks like one, but is not so many times as high as digits."""
ASLANT, WIDEST, AS_ASLANT = 0.6, 1.3, AS_TALL_SLASH | AS_DASH
"""A full-width slash leans by more than so much of its height, as no digit does, and is at most so many times as wide as high; and
what the model takes it for, which has seen few."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure on a page: where it is, and what it was read as; ``certain``: its digits may serve as examples."""

    area: Area
    digits: str
    certain: bool


class Look(NamedTuple):
    """What a figure is by its look, empty where that does not tell. ``mistaken``: it is that though it be read as one of
    these, which is what the model takes it for."""

    text: str
    mistaken: frozenset[str] = frozenset()


def looks_like(grey: Pixels, ink: Pixels, figures: Sequence[Figure]) -> list[Look]:
    """What each figure is by the look of its digits, or of its stroke. ``ink`` is 1 where there is print on the ``grey``
    page."""
    high = median([each.area.height for each in figures if each.certain and each.digits not in DASHES] or [0])
    # A hole in the sheet is read as a 0, and is higher than digits are.
    examples = [figure for figure in figures if figure.certain and figure.area.height <= TALL * high]
    leaning = [_leaning(ink, area) for figure in examples for area in _upright_digits(ink, figure)]
    # A slash that was taken for a 1 tells nothing of how upright digits are.
    upright = [lean for lean, off in leaning if lean <= LEAN or off >= STRAIGHT]
    steep = max(upright) + STEEPER if len(upright) >= SOME else None
    digits = _digits(grey, ink, figures)
    dashes = _dashes(ink, figures, high)
    return [
        dashes.get(place) or _stroke(ink, figure, steep, high) or Look(look)
        for place, (figure, look) in enumerate(zip(figures, digits, strict=True))
    ]


def _dashes(ink: Pixels, figures: Sequence[Figure], high: float) -> dict[int, Look]:
    """The figures that are a dash of their page, by their places: flat strokes of the size of those that were read as one, each table
    having type of its own size. Of a stroke of few pixels the model mostly makes nothing at all: many of one size are no dust."""
    flat = [place for place, figure in enumerate(figures) if _is_flat(ink, figure.area, high)]
    flat = [place for place in flat if figures[place].digits in AS_DASH]
    found: dict[int, Look] = {}
    while flat:
        told = [place for place in flat if figures[place].digits in DASHES]
        told = told if len(told) >= TOLD else flat
        wide, low = (median(side) for side in zip(*(_size(figures[place].area) for place in told), strict=True))
        alike = [place for place in flat if _is_of_size(figures[place].area, wide, low)]
        signs = Counter(sign for place in alike if (sign := figures[place].digits) in DASHES)
        if signs.total() >= max(TOLD, SHARE * len(alike)) or len(alike) >= UNREAD:
            found |= dict.fromkeys(alike, Look(max(signs, key=signs.__getitem__, default="-"), AS_DASH))
        if not alike:
            break
        flat = [place for place in flat if place not in alike]
    return found


def _is_of_size(area: Area, wide: float, low: float) -> bool:
    return all(abs(side - usual) <= LIKE for side, usual in zip(_size(area), (wide, low), strict=True))


def _size(area: Area) -> tuple[int, int]:
    return area.x1 - area.x0, area.height


def _is_flat(ink: Pixels, area: Area, high: float) -> bool:
    """Whether print is one low stroke that is wider than high; ``high``: how high digits are, 0 where there are none."""
    wide, height = _size(area)
    part = ink[area.place]
    low = not high or height <= LOW_STROKE * high
    return low and wide >= SHORT * height and float(part.mean()) >= FILLED and bool(part.any(axis=0).all())


def _stroke(ink: Pixels, figure: Figure, steep: float | None, high: float) -> Look | None:
    """The sign that a single straight stroke is: a slash leans, which a 1 does not, and a dash lies. Any dash is the one
    that it was read as. ``steep``: what leans so much is no 1 of this page, where it tells; ``high``: how high its digits are."""
    x0, y0, x1, y1 = figure.area
    if x1 - x0 >= FLAT * (y1 - y0):
        solid = float(ink[y0:y1, x0:x1].mean()) > SOLID and bool(ink[y0:y1, x0:x1].any(axis=0).all())
        usual = WIDE[0] * high <= x1 - x0 <= WIDE[1] * high
        return Look(figure.digits, DASHES if usual else frozenset()) if solid and figure.digits in DASHES else None
    if not LEAN * (y1 - y0) <= x1 - x0 <= WIDEST * (y1 - y0):
        return None
    lean, off = _leaning(ink, figure.area)
    if lean <= LEAN or off >= STRAIGHT:
        return None
    if lean >= ASLANT:
        return Look(SLASH, AS_ASLANT)
    if x1 - x0 > y1 - y0:
        return None
    if lean <= (STEEPEST if steep is None else steep):
        return Look(SLASH)
    return Look(SLASH, AS_TALL_SLASH if high and y1 - y0 >= TALL * high else AS_SLASH)


def _leaning(ink: Pixels, area: Area) -> tuple[float, float]:
    """By how much of its height print moves to the right, and how far its ink is off a straight line on average."""
    rows, columns = np.nonzero(ink[area.place])
    if len(rows) < FEWEST or np.ptp(rows) == 0:
        return 0.0, 1.0
    lean, start = np.polyfit(rows, columns, 1)
    return -float(lean), float(np.abs(columns - start - lean * rows).mean()) / area.height


def _upright_digits(ink: Pixels, figure: Figure) -> Iterator[Area]:
    """Where those digits of a figure stand that lean as little as the type that they are of."""
    x0, y0, x1, y1 = figure.area
    parts = _parts(ink[y0:y1, x0:x1])
    if len(parts) == len(figure.digits):
        yield from (
            Area(x0 + left, y0, x0 + right, y1)
            for (left, right), digit in zip(parts, figure.digits, strict=True)
            if digit in UPRIGHT
        )


def _digits(grey: Pixels, ink: Pixels, figures: Sequence[Figure]) -> list[str]:
    """What each figure is by the look of its digits."""
    owners: list[int] = []
    shapes: list[Pixels] = []
    for index, figure in enumerate(figures):
        glyphs = _glyphs(grey, ink, figure.area)
        owners += [index] * len(glyphs)
        shapes += glyphs
    if not shapes:
        return [""] * len(figures)
    parts = np.bincount(owners, minlength=len(figures))
    labels = _labels(figures, parts, owners)
    alike = np.stack(shapes) @ np.stack(shapes).T
    same = np.asarray(owners)
    alike[same[:, None] == same[None, :]] = -1.0
    kinds = {digit: [at for at, label in enumerate(labels) if label == digit] for digit in "0123456789"}
    known = {digit: np.asarray(places) for digit, places in kinds.items() if len(places) > FEWEST}
    if not known:
        return [""] * len(figures)
    likeness = {
        digit: np.sort(alike[:, places], axis=1)[:, -NEAREST:].mean(axis=1) for digit, places in known.items()
    }
    least = {digit: max(ALIKE, float(np.median(likeness[digit][places])) - SPREAD) for digit, places in known.items()}
    read = [""] * len(figures)
    lost: set[int] = set()
    for at, owner in enumerate(owners):
        (best, digit), *others = sorted(((float(likeness[digit][at]), digit) for digit in known), reverse=True)
        if best >= least[digit] and (not others or best - others[0][0] >= APART):
            read[owner] += digit
        else:
            lost.add(owner)
    return ["" if index in lost else digits for index, digits in enumerate(read)]


def has_lost_sign(ink: Pixels, area: Area, read: str) -> bool:
    """Whether a figure has more low parts, such as a sign or a point, than it was read with."""
    part = ink[area.place]
    low = 0
    for x0, x1 in _parts(part):
        rows = np.flatnonzero(part[:, x0:x1].any(axis=1))
        low += int(rows[-1]) + 1 - int(rows[0]) < LOW * area.height
    return low > sum(sign in LOW_SIGNS for sign in read)


def _parts(ink: Pixels) -> list[tuple[int, int]]:
    """Where print stands apart from left to right."""
    edges = np.flatnonzero(np.diff(ink.any(axis=0).astype(np.int8), prepend=0, append=0))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _labels(figures: Sequence[Figure], parts: Pixels, owners: Sequence[int]) -> list[str]:
    """What each part of a figure was read as; nothing where parts and digits are not equally many, or not certain."""
    labels: list[str] = []
    for index in dict.fromkeys(owners):
        figure, count = figures[index], int(parts[index])
        usable = figure.certain and len(figure.digits) == count and figure.digits.isdecimal()
        labels += figure.digits if usable else [""] * count
    return labels


def _glyphs(grey: Pixels, ink: Pixels, area: Area) -> list[Pixels]:
    """The digits of a figure, left to right, each as a vector of length 1; none where they touch, or something is no digit."""
    place = area.place
    found = []
    for x0, x1 in _parts(ink[place]):
        rows = np.flatnonzero(ink[place][:, x0:x1].any(axis=1))
        y0, y1 = int(rows[0]), int(rows[-1]) + 1
        if y1 - y0 < LOW * area.height or x1 - x0 > y1 - y0:
            return []
        found.append(_shape(grey[place][y0:y1, x0:x1]))
    return found


def _shape(glyph: Pixels) -> Pixels:
    """The digit as high as a square, in its middle, dark and light as it is, as a vector of length 1."""
    height, width = glyph.shape
    wide = min(max(round(width * SIDE / height), 1), SIDE)
    paper = level_of(glyph, 95)
    scaled = cv2.resize(paper - glyph.astype(np.float32), (wide, SIDE), interpolation=cv2.INTER_AREA)
    square = np.zeros((SIDE + 4, SIDE + 4), np.float32)
    left = (SIDE + 4 - wide) // 2
    square[2 : SIDE + 2, left : left + wide] = scaled
    vector = cv2.GaussianBlur(square, (0, 0), SOFT).ravel()
    vector -= vector.mean()
    return vector / max(float(np.linalg.norm(vector)), 1e-6)
