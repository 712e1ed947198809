"""A PDF page through pypdfium2: the same content as from :mod:`.mupdf`, faster where fonts are Type 3 programs.

PDFium gives characters and paths; words and marks are put together here. Its coordinates are those of the
unrotated page with the origin at the bottom left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ctypes import byref, c_float, c_int
from functools import partial
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pypdfium2 import PdfiumError

from parsers.readers.pdf.page import Mark, PageContent, Rectangle, Word

__all__ = ["PdfiumError", "open_pdf", "read_page", "shown_place", "words_of"]

WORD_GAP = 0.15
"""A gap wider than this part of the line's height ends a word; a blank is 0.25 at least."""
FLAT = 2.0
"""A character so many times wider than high is a stroke in the middle of its line."""
DEEPEST = 8
"""Form objects nested deeper are not looked into; producers nest one or two."""
MOST_OBJECTS = 200_000
"""Page objects looked at; a densely ruled page has a few thousand."""
MOST_SEGMENTS = 20_000
"""Segments of one path looked at; a whole dashed table drawn as one path has a few thousand."""


def open_pdf(data: bytes) -> Any:
    """The opened file; raises PdfiumError when it is none."""
    return pypdfium2.PdfDocument(data)


def read_page(document: Any, index: int) -> PageContent:
    """What the page (from 0) holds."""
    page = document[index]
    width, height = page.get_size()
    shown = shown_place(page.get_rotation(), page.get_bbox())
    text = page.get_textpage()
    try:
        characters = [
            c for c in _characters(text, shown) if c.x1 >= 0 and c.x0 <= width and c.y1 >= 0 and c.y0 <= height
        ]
        marks: list[Mark] = []
        surfaces: list[Rectangle] = []
        images: list[Rectangle] = []
        hidden = True
        for count, item in enumerate(page.get_objects(max_depth=DEEPEST)):
            if count >= MOST_OBJECTS:
                break
            if item.type == pdfium.FPDF_PAGEOBJ_PATH:
                marks += _marks(item, shown, surfaces)
            elif item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                left, bottom, right, top = item.get_bounds()
                images.append(_rectangle(shown, left, bottom, right, top).clipped(width, height))
            elif item.type == pdfium.FPDF_PAGEOBJ_TEXT:
                hidden &= pdfium.FPDFTextObj_GetTextRenderMode(item.raw) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    finally:
        text.close()
        page.close()
    return PageContent(
        number=index + 1,
        width=width,
        height=height,
        words=words_of(characters),
        marks=marks,
        images=images,
        surfaces=surfaces,
        characters=partial(_without_blanks, characters),
        hidden=bool(characters) and hidden,
    )


Shown = Callable[[float, float], tuple[float, float]]


def shown_place(rotation: int, bounds: tuple[float, float, float, float]) -> Shown:
    """The function from a point of the unrotated page (origin bottom left) to the point where it is shown (origin top
    left), for a page turned clockwise by ``rotation`` degrees and cropped to ``bounds`` (left, bottom, right, top)."""
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


def words_of(characters: list[Word]) -> list[Word]:
    """Characters in the order of the page put together to words: side by side on one line without a blank. A
    character that is printed again in its own place (bold by double printing) is dropped."""
    words: list[Word] = []
    pieces: list[str] = []
    x0 = y0 = x1 = y1 = 0.0
    previous: Word | None = None
    for character in characters:
        left, top, right, bottom, text = character
        if text.isspace():
            previous = None
            continue
        height = bottom - top
        if previous is not None:
            middle = (top + bottom) / 2
            if text == previous.text and abs(left - previous.x0) < 0.25 * (right - left) and y0 <= middle <= y1:
                continue
            if abs(left - previous.x1) <= WORD_GAP * height and y0 <= middle <= y1:
                pieces.append(text)
                x1, y0, y1 = max(x1, right), min(y0, top), max(y1, bottom)
                previous = character
                continue
        if pieces:
            words.append(Word(x0, y0, x1, y1, "".join(pieces)))
        pieces, (x0, y0, x1, y1) = [text], (left, top, right, bottom)
        previous = character
    if pieces:
        words.append(Word(x0, y0, x1, y1, "".join(pieces)))
    return words


def _without_blanks(characters: list[Word]) -> list[Word]:
    return [character for character in characters if not character.text.isspace()]


def _rectangle(shown: Shown, left: float, bottom: float, right: float, top: float) -> Rectangle:
    (x0, y0), (x1, y1) = shown(left, bottom), shown(right, top)
    return Rectangle(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _characters(text: Any, shown: Shown) -> Iterator[Word]:
    box = pdfium.FS_RECTF()
    high = 0
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code in (0, 0xFFFE):  # PDFium's signs for "no Unicode value" and for a hyphen at a line's end
            code = 0xFFFD if code == 0 else 0x2D
        pdfium.FPDFText_GetLooseCharBox(text.raw, index, byref(box))
        yield _upright(Word(*_rectangle(shown, box.left, box.bottom, box.right, box.top), chr(code)))


def _upright(character: Word) -> Word:
    """The character in a box as high as wide where its own is flat: the box of a Type 3 glyph is its ink, and a dash or
    the sign for one would stand on no line."""
    x0, y0, x1, y1, text = character
    if x1 - x0 <= FLAT * (y1 - y0):
        return character
    middle, half = (y0 + y1) / 2, (x1 - x0) / 2
    return Word(x0, middle - half, x1, middle + half, text)


def _marks(path: Any, shown: Shown, surfaces: list[Rectangle]) -> Iterator[Mark]:
    """The straight strokes and the rectangles that a path draws; curves and slants rule no table. Rectangles that are
    merely filled are added to ``surfaces``."""
    fill, stroke = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(path.raw, byref(fill), byref(stroke))
    if not (fill.value or stroke.value):
        return
    segment_count = pdfium.FPDFPath_CountSegments(path.raw)
    if segment_count <= 5 and path.container is None:
        bounds = _rectangle(shown, *path.get_bounds())
        if bounds.is_thin:
            yield Mark(*bounds, bool(stroke.value))
            return
    outer: Rectangle | None = None
    for points in _straight_parts(path, min(segment_count, MOST_SEGMENTS), shown):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        rectangle = Rectangle(min(xs), min(ys), max(xs), max(ys))
        corners = all(
            min(abs(x - rectangle.x0), abs(x - rectangle.x1)) < 0.5
            and min(abs(y - rectangle.y0), abs(y - rectangle.y1)) < 0.5
            for x, y in points
        )
        if rectangle.is_thin:
            yield Mark(*rectangle, bool(stroke.value))
        elif corners and len(points) >= 4 and stroke.value:
            yield Mark(*rectangle, True)
        elif corners and len(points) >= 4:
            if outer and outer.frames(rectangle):
                yield Mark(*outer, True)
            surfaces.append(rectangle)
            outer = rectangle
        elif stroke.value:
            for (x0, y0), (x1, y1) in pairwise(points):
                if abs(x1 - x0) < 0.5 or abs(y1 - y0) < 0.5:
                    yield Mark(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), True)


def _straight_parts(path: Any, segment_count: int, shown: Shown) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path that has no curve."""
    transform = _transform(path)
    x, y = c_float(), c_float()
    points: list[tuple[float, float]] = []
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


def _transform(item: Any) -> Callable[[float, float], tuple[float, float]]:
    """From the item's own coordinates to the page's, through the forms that hold it."""
    matrix = item.get_matrix()
    while item.container is not None:
        item = item.container
        matrix = matrix.multiply(item.get_matrix())
    a, b, c, d, e, f = matrix.get()
    return lambda x, y: (a * x + c * y + e, b * x + d * y + f)
