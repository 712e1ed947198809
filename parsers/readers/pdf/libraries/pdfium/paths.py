"""The ruling lines and surfaces that a path draws. Curves and slants rule no table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from ctypes import byref, c_float, c_int
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from parsers.readers.pdf.libraries.pdfium.places import Shown, bounds_of
from parsers.readers.pdf.page import Mark, Rectangle

FEW_SEGMENTS = 5
"""Segments of a path that is a line or a rectangle and nothing else."""
MOST_SEGMENTS = 20_000
"""Segments of one path looked at; a whole dashed table drawn as one path has a few thousand."""
TALLEST_LETTERS = 60.0
"""Points; a stroked path with curves no higher than this is a line of letters, not lines of a table."""
STRAIGHT = 0.5
"""Points by which the ends of a straight line may stand beside it."""

_Point = tuple[float, float]


def marks_of(path: Any, shown: Shown, surfaces: list[Rectangle]) -> Iterator[Mark]:
    """The straight strokes and the rectangles that a path draws. Rectangles that are merely filled are added to ``surfaces``."""
    is_filled, is_stroked = draws(path)
    if not (is_filled or is_stroked):
        return
    count = pdfium.FPDFPath_CountSegments(path.raw)
    if count <= FEW_SEGMENTS and path.container is None and (bounds := bounds_of(path, shown)).is_thin:
        yield Mark(*bounds, is_stroked)
        return
    parts = list(_straight_parts(path, min(count, MOST_SEGMENTS), shown))
    if not (is_stroked and parts and _draws_letters(path, min(count, MOST_SEGMENTS), shown)):
        yield from _stroked(parts) if is_stroked else _filled(parts, surfaces)


def draws(path: Any) -> tuple[bool, bool]:
    """Whether a path is filled, and whether its edges are drawn."""
    fill, stroke = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(path.raw, byref(fill), byref(stroke))
    return bool(fill.value), bool(stroke.value)


def _draws_letters(path: Any, segment_count: int, shown: Shown) -> bool:
    bounds = bounds_of(path, shown)
    return bounds.y1 - bounds.y0 <= TALLEST_LETTERS and any(
        pdfium.FPDFPathSegment_GetType(pdfium.FPDFPath_GetPathSegment(path.raw, index))
        == pdfium.FPDF_SEGMENT_BEZIERTO
        for index in range(segment_count)
    )


def _stroked(parts: Sequence[Sequence[_Point]]) -> Iterator[Mark]:
    """What parts of a path are whose edges are drawn: lines, rectangles, and the straight ones of other edges."""
    for points in parts:
        around = _around(points)
        if around.is_thin or _is_rectangle(points, around):
            yield Mark(*around, True)
        else:
            edges = (_around(ends) for ends in pairwise(points))
            yield from (Mark(*edge, True) for edge in edges if min(edge.x1 - edge.x0, edge.y1 - edge.y0) < STRAIGHT)


def _filled(parts: Sequence[Sequence[_Point]], surfaces: list[Rectangle]) -> Iterator[Mark]:
    """The lines among the parts of a path that is merely filled, and the frames that two rectangles leave; all rectangles are added to
    ``surfaces``."""
    outer: Rectangle | None = None
    for points in parts:
        around = _around(points)
        if around.is_thin:
            yield Mark(*around, False)
        elif _is_rectangle(points, around):
            if outer and outer.frames(around):
                yield Mark(*outer, True)
            surfaces.append(around)
            outer = around


def _around(points: Sequence[_Point]) -> Rectangle:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rectangle(min(xs), min(ys), max(xs), max(ys))


def _is_rectangle(points: Sequence[_Point], around: Rectangle) -> bool:
    """Whether points are the corners of the rectangle around them."""
    return len(points) >= 4 and all(
        min(abs(x - around.x0), abs(x - around.x1)) < STRAIGHT
        and min(abs(y - around.y0), abs(y - around.y1)) < STRAIGHT
        for x, y in points
    )


def _straight_parts(path: Any, segment_count: int, shown: Shown) -> Iterator[list[_Point]]:
    """The corners of each part of a path that has no curve."""
    transform = _transform(path)
    x, y = c_float(), c_float()
    points: list[_Point] = []
    curved = False
    for index in range(segment_count):
        segment = pdfium.FPDFPath_GetPathSegment(path.raw, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        points.append(shown(*transform(x.value, y.value)))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points


def _transform(item: Any) -> Callable[[float, float], _Point]:
    """From the item's own coordinates to the page's, through the forms that hold it."""
    matrix = item.get_matrix()
    while item.container is not None:
        item = item.container
        matrix = matrix.multiply(item.get_matrix())
    a, b, c, d, e, f = matrix.get()
    return lambda x, y: (a * x + c * y + e, b * x + d * y + f)
