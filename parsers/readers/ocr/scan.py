"""From the picture of a page to what a page with text holds: words in their places, and ruling lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from statistics import median

import numpy as np

from parsers.readers.ocr.flat import Bend, bend_of
from parsers.readers.ocr.ink import Pixels, without_lid, without_streaks
from parsers.readers.ocr.page import Scan
from parsers.readers.ocr.picture import Picture, picture_of, picture_with
from parsers.readers.ocr.pieces import INSET, high_enough, pieces_of
from parsers.readers.ocr.posture import Posture, straightened, upright
from parsers.readers.ocr.prints import prints_of
from parsers.readers.ocr.reverse import without_reverse
from parsers.readers.ocr.rulings import Area
from parsers.readers.ocr.walls import missing_walls, walls_of, without_remains
from parsers.readers.pdf.page import Mark, PageContent
from parsers.readers.pdf.ruled.lattice import Lattice, lattice_of
from parsers.readers.pdf.ruled.rulings import Ruling, edges_of, frameworks, rulings_of

DRAWN_INSET, STROKE = 0.5, 1.4
"""Points: what is left of a cell beside its walls (INSET) where these are known to half a point, and how thick they are taken to be."""
USUAL_HEIGHT = 9.0
"""Points: the height of print where a page does not tell."""


def read_scan(
    grey: Pixels,
    number: int,
    width: float,
    height: float,
    seals: Sequence[Area] = (),
    closer: Callable[[], Pixels] | None = None,
    drawn: Sequence[Mark] = (),
) -> Scan:
    """The page ``number`` from its picture (grey, 0 black); ``width`` and ``height`` are its size in points, ``seals`` the
    places from which seals were taken: no figure there is sure. ``closer`` gives the same picture at a higher resolution,
    where there is one: it is asked for when figures are not certain. ``drawn`` are the lines of a page that is no sheet
    of paper, in points: they need not be looked for, and the page lies as it should.

    Places are those on the page turned and made straight and flat, so they are off by the slant and the bend of the sheet.
    """
    scale = grey.shape[1] / width
    if drawn:
        known = _Layout(_picture_with(grey, drawn, scale), drawn, drawn=True)
        return _scan_of(known, number, (width, height), closer)
    grey = without_streaks(without_lid(grey, scale), scale)
    posture, page = upright(grey, scale)
    across = width
    if posture.turned in (90, 270):
        width, height = height, width
    bend = bend_of(page, scale)
    flat = _flattened(page, bend)
    # What shows through is no print; a blank cell in which it does may hold something as pale nevertheless.
    picture = replace(picture_of(without_reverse(flat, scale), scale), straight=flat)
    under = [_lying(seal, posture, grey) for seal in seals]
    if bend is not None:
        under = [bend.moved(seal, page.shape) for seal in under]
    marks = walls_of(picture)
    marks += missing_walls(picture, marks, under)
    layout = _Layout(without_remains(picture, marks), marks, under)

    def sharp(closer: Callable[[], Pixels]) -> Pixels:
        return _flattened(straightened(_closely(closer, across), posture), bend)

    return _scan_of(layout, number, (width, height), partial(sharp, closer) if closer else None, posture.turned)


def _scan_of(
    layout: _Layout,
    number: int,
    size: tuple[float, float],
    sharp: Callable[[], Pixels] | None,
    turned: int = 0,
) -> Scan:
    prints = tuple(prints_of(layout.picture, layout.pieces, layout.usual, sharp))
    content = PageContent(
        number=number,
        width=size[0],
        height=size[1],
        words=[each.word for each in prints if each.word.text],
        marks=layout.marks,
        images=[],
        characters=list,
        turned=turned,
    )
    return Scan(content, prints)


def _picture_with(grey: Pixels, drawn: Sequence[Mark], scale: float) -> Picture:
    height, width = grey.shape
    lines_lying, lines_standing = edges_of(drawn)
    half = round(STROKE / 2 * scale)

    def across(line: Ruling, size: int) -> tuple[int, int]:
        middle = round(line.at * scale)
        return max(middle - half, 0), min(middle + half + 1, size)

    def along(line: Ruling, size: int) -> tuple[int, int]:
        return max(round(line.start * scale), 0), min(round(line.end * scale), size)

    lying = [(along(line, width), across(line, height)) for line in lines_lying]
    standing = [(across(line, width), along(line, height)) for line in lines_standing]
    areas = [tuple(Area(x[0], y[0], x[1], y[1]) for x, y in lines) for lines in (lying, standing)]
    return picture_with(grey, areas[0], areas[1], scale)


def _closely(closer: Callable[[], Pixels], width: float) -> Pixels:
    page = closer()
    return without_streaks(page, page.shape[1] / width)


def _flattened(page: Pixels, bend: Bend | None) -> Pixels:
    return bend.flattened(page) if bend is not None else page


def _lying(area: Area, posture: Posture, page: Pixels) -> Area:
    """A place of the page as it is shown, as that of the page put upright."""
    turned, slant = posture
    height, width = page.shape
    sine, cosine = np.sin(np.radians(slant)), np.cos(np.radians(slant))
    # From the middle of the page, about which it is turned.
    x, y = (area.x0 + area.x1 - width) / 2, (area.y0 + area.y1 - height) / 2
    x, y = x * cosine + y * sine, y * cosine - x * sine
    half_wide, half_high = (area.x1 - area.x0) / 2, (area.y1 - area.y0) / 2
    if turned in (90, 270):
        x, y = (-y, x) if turned == 90 else (y, -x)
        half_wide, half_high, height, width = half_high, half_wide, width, height
    elif turned == 180:
        x, y = -x, -y
    x, y = x + width / 2, y + height / 2
    return Area(*map(round, (x - half_wide, y - half_high, x + half_wide, y + half_high)))


class _Layout:
    """Where ruling lines and lines of print are on a picture, before anything is recognised."""

    def __init__(
        self, picture: Picture, marks: Sequence[Mark], seals: Sequence[Area] = (), *, drawn: bool = False
    ) -> None:
        self.picture = picture
        self.marks = marks
        lattices = _lattices(self.marks)
        inset = DRAWN_INSET if drawn else INSET
        self.pieces = pieces_of(picture, lattices, seals, inset)
        heights = high_enough((piece.area.height for piece in self.pieces if not piece.empty), picture.scale)
        self.usual = median(heights) if heights else USUAL_HEIGHT * picture.scale


def _lattices(marks: Sequence[Mark]) -> list[Lattice]:
    return [lattice for framework in frameworks(rulings_of(marks)) if (lattice := lattice_of(framework))]
