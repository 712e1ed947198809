"""The ruling lines, surfaces and pictures of a page, as MuPDF tells them beside the text, and mended where it tells them wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from parsers.readers.pdf.libraries.mupdf.library import pymupdf
from parsers.readers.pdf.page import THIN, Mark, Rectangle

IMAGE, VECTOR = 1, 3
"""The kinds of blocks of a text page that are no text."""
_DOTS = 8
"""So many dots, and more of them than lines, are dotted lines (office programs put a dot at each corner of a cell).
MuPDF 1.28 loses most dots when it collects vectors with the text, 1,720 of 1,733 on a page with dotted borders:
the drawings of such a page are asked for once more."""
_TALLEST_LETTERS = 60.0
"""Points; a path no higher than this that has a part which is no rectangle is a line of letters, not lines of a table."""
_SCALE = re.compile(rb"(-?(?:\d+\.?\d*|\.\d+)) 0 0 -?[\d.]+ -?[\d.]+ -?[\d.]+ cm\b")
_EVEN = 0.3
"""MuPDF 1.28 takes the width of a stroke for points where the page is drawn to another scale (Ghostscript draws ten times as
large as it shows): a line of half a point comes as a box of five, a cell as a box that overlaps its neighbours. Points by which
the border that is too wide may differ from side to side."""


def drawn_on(
    page: Any, blocks: Sequence[tuple[Any, ...]], content: bytes, shown: Any
) -> tuple[list[Mark], list[Rectangle], list[Rectangle]]:
    """The ruling lines, the surfaces without edges and the pictures of a page, whose text page has these blocks and whose commands are
    ``content``; ``shown`` is the matrix that turns a place to where it is shown."""
    marks, surfaces, images = _marks_and_images(blocks)
    if _is_dotted(marks):
        marks = _marks_of_drawings(page.get_cdrawings(), shown)
    elif _may_be_thickened(content, marks):
        marks = _as_drawn(marks, _marks_of_drawings(page.get_cdrawings(), shown))
    return marks, surfaces, [image.clipped(page.rect.width, page.rect.height) for image in images]


def _marks_and_images(blocks: Sequence[tuple[Any, ...]]) -> tuple[list[Mark], list[Rectangle], list[Rectangle]]:
    """The drawn rectangles, those merely filled, and the pictures among the blocks of a text page. A drawing comes as a line such as
    ``<vector stroked, color: #000000, alpha: 255, is-rect: true, continues: false>``. Where a path that goes on from rectangles ends
    in what is none, and is no higher than a line of text, these are the holes of letters (口, 目) whose outlines are drawn."""
    marks: list[Mark] = []
    surfaces: list[Rectangle] = []
    images: list[Rectangle] = []
    outer: Rectangle | None = None
    before = 0
    for x0, y0, x1, y1, text, _, kind in blocks:
        if kind == VECTOR:
            thin = x1 - x0 <= THIN or y1 - y0 <= THIN
            outlined = "stroked" in text
            if "alpha: 0," in text or not (thin or "is-rect: true" in text):
                if y1 - y0 <= _TALLEST_LETTERS:
                    del marks[before:]
            elif thin or outlined:
                marks.append(Mark(x0, y0, x1, y1, outlined))
            else:
                surface = Rectangle(x0, y0, x1, y1)
                surfaces.append(surface)
                if outer and outer.frames(surface):
                    marks.append(Mark(*outer, True))
                outer = surface if "continues: true" in text else None
            if "continues: false" in text:
                before = len(marks)
        elif kind == IMAGE:
            images.append(Rectangle(x0, y0, x1, y1))
    return marks, surfaces, images


def _is_dotted(marks: Sequence[Mark]) -> bool:
    dots = sum(mark.is_dot for mark in marks)
    return dots >= _DOTS and 2 * dots > len(marks)


def _may_be_thickened(content: bytes, marks: Sequence[Mark]) -> bool:
    """Whether boxes among the marks may be larger than drawn: a part of the page is drawn to another scale."""
    if not any(mark.outlined and not mark.is_thin for mark in marks):
        return False
    return b" Do" in content or any(float(scale) not in (1.0, -1.0) for scale in _SCALE.findall(content))


def _as_drawn(marks: Sequence[Mark], drawn: Sequence[Mark]) -> list[Mark]:
    """The marks, those as large as they are drawn that the library made larger by as much in height as in width."""
    places: dict[tuple[int, int], list[Mark]] = {}
    for mark in drawn:
        places.setdefault((round(mark.x0 + mark.x1), round(mark.y0 + mark.y1)), []).append(mark)
    return [
        next((other for other in _at_middle(places, mark) if _is_core(other, mark)), mark) if mark.outlined else mark
        for mark in marks
    ]


def _at_middle(places: dict[tuple[int, int], list[Mark]], mark: Mark) -> Iterator[Mark]:
    x, y = round(mark.x0 + mark.x1), round(mark.y0 + mark.y1)
    for place in ((x + a, y + b) for a in (-1, 0, 1) for b in (-1, 0, 1)):
        yield from places.get(place, ())


def _is_core(core: Mark, mark: Mark) -> bool:
    """Whether a mark is another one with a border of even width around it."""
    borders = (core.x0 - mark.x0, core.y0 - mark.y0, mark.x1 - core.x1, mark.y1 - core.y1)
    return min(borders) >= 0 and max(borders) - min(borders) < _EVEN


def _marks_of_drawings(drawings: Sequence[dict[str, Any]], shown: Any) -> list[Mark]:
    """The same marks, out of the library's slower list of drawings, which knows nothing of the page's rotation: ``shown`` is
    the matrix that turns a place to where it is shown."""
    marks = []
    for drawing in drawings:
        outlined = "s" in drawing["type"]
        for item in drawing["items"]:
            if item[0] == "re":
                place = pymupdf.Rect(item[1]) * shown
            elif item[0] == "l":
                (x0, y0), (x1, y1) = (pymupdf.Point(point) * shown for point in item[1:3])
                place = pymupdf.Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            else:
                continue
            mark = Mark._make((*place, outlined))
            if mark.is_thin or (outlined and item[0] == "re"):
                marks.append(mark)
    return marks
