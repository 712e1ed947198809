"""From PDFium's places to those of the page as it is shown.

PDFium's coordinates are those of the unrotated page, in points, with the origin at the bottom left; ours begin at the top left of
the page as it is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from parsers.readers.pdf.page import Rectangle

Shown = Callable[[float, float], tuple[float, float]]
"""From a point of PDFium's to the point where it is shown."""


def shown_place(rotation: int, bounds: tuple[float, float, float, float]) -> Shown:
    """For a page turned clockwise by ``rotation`` degrees and cropped to ``bounds`` (left, bottom, right, top)."""
    left, bottom, right, top = bounds
    match rotation % 360:
        case 90:
            return lambda x, y: (y - bottom, x - left)
        case 180:
            return lambda x, y: (right - x, y - bottom)
        case 270:
            return lambda x, y: (top - y, right - x)
        case _:
            return lambda x, y: (x - left, top - y)


def rectangle(shown: Shown, left: float, bottom: float, right: float, top: float) -> Rectangle:
    """Where a rectangle of PDFium's is shown."""
    (x0, y0), (x1, y1) = shown(left, bottom), shown(right, top)
    return Rectangle(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def bounds_of(item: Any, shown: Shown) -> Rectangle:
    """Where an object of the page is shown."""
    return rectangle(shown, *item.get_bounds())
