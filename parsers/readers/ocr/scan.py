"""From the picture of a page to what a page with text holds: words in their places, and ruling lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from statistics import median
from typing import Any

import numpy as np

from parsers.readers.ocr.engine import Text, recognise
from parsers.readers.ocr.page import Print, Scan
from parsers.readers.ocr.picture import (
    Area,
    Picture,
    is_clear,
    is_wall,
    picture_of,
    pieces_of,
    printed_lines,
    without_edges,
)
from parsers.readers.pdf.lattice import Lattice, lattice_of
from parsers.readers.pdf.page import Mark, PageContent, Rectangle, Word
from parsers.readers.pdf.rulings import frameworks, rulings_of

INSET = 1.2
"""Points inside of the walls of a cell where its print begins; half of a thick rule."""
MARGINS = (0.18, 0.34)
"""The paper left around a line for its first and its second reading, as a part of its height."""
CERTAIN = 0.8
"""A reading whose least certain character the model gives less than this is not certain."""
SHORT = 6.0
"""A line no wider than so many times the usual height may be a figure, and is read twice."""
USUAL_HEIGHT = 9.0
"""Points: the height of print where a page does not tell."""
BESIDE = 2.5
"""Points on either side of a wall that are looked at to tell whether it is there; print keeps that far away."""
MOST_WALLS = 4000
"""Walls of one table that are looked for; the largest statutory table has 600."""
MOST_RULINGS = 400
"""Ruling lines of one direction on a scan; more are a photograph or a pattern."""


def read_scan(grey: np.ndarray[Any, Any], number: int, width: float, height: float) -> Scan:
    """The page ``number`` from its picture (grey, 0 black); ``width`` and ``height`` are its size in points.

    Places are those on the page made straight, so they are off by the slant of the sheet.
    """
    scale = grey.shape[1] / width
    picture = picture_of(grey, scale)
    marks = _marks(picture)
    marks += _missing_walls(picture, marks)
    lattices = _lattices(marks)
    places = [area for lattice in lattices for area in _cell_lines(picture, lattice)]
    places += _prose_lines(picture, lattices)
    usual = median([area.height for area in places]) if places else USUAL_HEIGHT * scale
    prints = tuple(_recognised(picture, places, usual))
    content = PageContent(
        number=number,
        width=width,
        height=height,
        words=[each.word for each in prints if each.word.text],
        marks=marks,
        images=[],
        characters=list,
    )
    return Scan(content, prints)


def _marks(picture: Picture) -> list[Mark]:
    """The ruling lines in points, each as thin as can be."""
    scale = picture.scale
    if max(len(picture.lying), len(picture.standing)) > MOST_RULINGS:
        return []
    marks = []
    for x0, y0, x1, y1 in picture.lying:
        middle = (y0 + y1) / 2 / scale
        marks.append(Mark(x0 / scale, middle, x1 / scale, middle, True))
    for x0, y0, x1, y1 in picture.standing:
        middle = (x0 + x1) / 2 / scale
        marks.append(Mark(middle, y0 / scale, middle, y1 / scale, True))
    return marks


def _missing_walls(picture: Picture, marks: Sequence[Mark]) -> Iterator[Mark]:
    """The walls between neighbouring lines of a table that were too short or too faint to be found as lines."""
    for lying, standing in frameworks(rulings_of(marks)):
        rows, columns = sorted({line.at for line in lying}), sorted({line.at for line in standing})
        if len(rows) * len(columns) > MOST_WALLS:
            continue
        for x, (y0, y1) in product(columns, pairwise(rows)):
            drawn = any(line.at == x and line.start - BESIDE <= y0 and line.end + BESIDE >= y1 for line in standing)
            place = Rectangle(x - BESIDE, y0 + 0.5, x + BESIDE, y1 - 0.5)
            thin = _area(Rectangle(x - 1, y0 + 0.5, x + 1, y1 - 0.5), picture)
            if drawn or not is_clear(picture.ink, thin, picture.scale):
                continue
            if is_wall(picture.straight, _area(place, picture), True):
                yield Mark(x, y0, x, y1, True)
        for y, (x0, x1) in product(rows, pairwise(columns)):
            drawn = any(line.at == y and line.start - BESIDE <= x0 and line.end + BESIDE >= x1 for line in lying)
            place = Rectangle(x0 + 0.5, y - BESIDE, x1 - 0.5, y + BESIDE)
            if not drawn and is_wall(picture.straight, _area(place, picture), False):
                yield Mark(x0, y, x1, y, True)


def _lattices(marks: Sequence[Mark]) -> list[Lattice]:
    return [lattice for framework in frameworks(rulings_of(marks)) if (lattice := lattice_of(framework))]


def _cell_lines(picture: Picture, lattice: Lattice) -> Iterator[Area]:
    """The lines of print in the cells of a table."""
    for place in lattice.places:
        x0, y0, x1, y1 = lattice.rectangle_of(place)
        inside = _area(Rectangle(x0 + INSET, y0 + INSET, x1 - INSET, y1 - INSET), picture)
        yield from printed_lines(without_edges(picture.ink, inside, picture.scale), inside, picture.scale)


def _prose_lines(picture: Picture, lattices: Sequence[Lattice]) -> Iterator[Area]:
    """The lines of print above, between and below the tables, and in them parts that stand far apart."""
    ink = picture.ink.copy()
    for lattice in lattices:
        x0, y0, x1, y1 = _area(lattice.rectangle, picture)
        ink[y0:y1, x0:x1] = 0
    page = Area(0, 0, ink.shape[1], ink.shape[0])
    for line in printed_lines(ink, page, picture.scale):
        yield from pieces_of(ink, line)


def _area(rectangle: Rectangle, picture: Picture) -> Area:
    height, width = picture.ink.shape
    x0, y0, x1, y1 = (round(value * picture.scale) for value in rectangle)
    return Area(max(x0, 0), max(y0, 0), min(x1, width), min(y1, height))


def _recognised(picture: Picture, places: Sequence[Area], usual: float) -> Iterator[Print]:
    first = recognise([_crop(picture, area, usual, MARGINS[0]) for area in places])
    again = [
        index
        for index, (area, text) in enumerate(zip(places, first, strict=True))
        if area.x1 - area.x0 <= SHORT * usual and text.is_figure
    ]
    second = dict(
        zip(again, recognise([_crop(picture, places[index], usual, MARGINS[1]) for index in again]), strict=True)
    )
    for index, (area, text) in enumerate(zip(places, first, strict=True)):
        yield _settled(area, text, second.get(index), picture.scale)


def _settled(area: Area, first: Text, second: Text | None, scale: float) -> Print:
    x0, y0, x1, y1 = (value / scale for value in area)
    if second is None:
        return Print(Word(x0, y0, x1, y1, first.text), False)
    best, other = (first, second) if first.figure_confidence >= second.figure_confidence else (second, first)
    agree = first.figure == second.figure and min(first.figure_confidence, second.figure_confidence) >= CERTAIN
    others = (other.figure,) if other.figure not in ("", best.figure) else ()
    return Print(Word(x0, y0, x1, y1, best.figure), agree, others)


def _crop(picture: Picture, area: Area, usual: float, margin: float) -> np.ndarray[Any, Any]:
    """The print of a line on paper of its own: nothing of its neighbours, and as high as a line even where its ink is
    not, since a dash is no digit seen from near."""
    part = picture.grey[area.y0 : area.y1, area.x0 : area.x1]
    paper = int(np.percentile(part, 95)) if part.size > 64 else 255
    height = max(area.height, round(usual))
    edge = max(round(margin * height), 2)
    above = (height - area.height) // 2 + edge
    below = height - area.height - (above - edge) + edge
    return np.pad(part, ((above, below), (edge, edge)), constant_values=paper)
