"""A PDF page through pypdfium2: the same content as from :mod:`.mupdf`, faster where fonts are Type 3 programs.

PDFium gives characters and paths; words and marks are put together here. Its coordinates are those of the
unrotated page with the origin at the bottom left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from ctypes import byref, c_double, c_float, c_int, c_uint, c_void_p, cast
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pypdfium2 import PdfiumError

from parsers.readers.pdf.libraries.unseen import PALE, SLANTED, TALL, is_tile, may_be_tiled, tiles_of
from parsers.readers.pdf.lines import words_of
from parsers.readers.pdf.page import DARK, WHITE, Mark, PageContent, Rectangle, Word

__all__ = ["PdfiumError", "open_pdf", "read_page", "shown_place"]

ABOVE, BELOW = 0.86, 0.14
"""The parts of the size of the letters that a line takes above and below its base: those of the square of a Chinese sign."""
DEEPEST = 8
"""Form objects nested deeper are not looked into; producers nest one or two."""
MOST_OBJECTS = 200_000
"""Page objects looked at; a densely ruled page has a few thousand."""
INK, TOUCH = 0.33, 0.15
"""The ink of a sign takes up more than this part of its room; signs beside each other overlap by less than that."""
TALLEST_LETTERS = 60.0
"""Points; a stroked path with curves no higher than this is a line of letters, not lines of a table."""
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
        across: set[int] = set()
        characters = {
            index: c
            for index, c in _characters(text, shown, across)
            if c.x1 >= 0 and c.x0 <= width and c.y1 >= 0 and c.y0 <= height
        }
        painted = _painted(page, shown, width, height)
        hidden = bool(characters) and len(painted.without_ink) == len(painted.texts)
        unseen = _left_out(text, page, characters, painted, shown, hidden=hidden) | (across & characters.keys())
        seen = _without_overhang([c for number, c in characters.items() if number not in unseen])
        words = words_of(seen)
        if may_be_tiled(words) and (tiled := _tiled(text, characters, height)):
            unseen |= tiled
            seen = _without_overhang([c for number, c in characters.items() if number not in unseen])
            words = words_of(seen)
    finally:
        text.close()
        page.close()
    return PageContent(
        number=index + 1,
        width=width,
        height=height,
        words=words,
        marks=painted.marks,
        images=painted.images,
        surfaces=painted.surfaces,
        characters=partial(_without_blanks, seen),
        left_out=[Rectangle(*characters[index][:4]) for index in unseen],
        hidden=hidden,
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


def _is_light(colour_of: Callable[..., Any], *what: Any) -> bool:
    """Whether a thing is painted in a colour all of whose components, of 255, are at least the last argument."""
    *thing, least = what
    parts = c_uint(), c_uint(), c_uint(), c_uint()
    return bool(colour_of(*thing, *map(byref, parts))) and min(part.value for part in parts[:3]) >= least


@dataclass(slots=True)
class _Painted:
    """What is painted on a page: its ``marks``, ``surfaces`` and ``images``; ``texts`` by their places in the order of painting,
    those ``without_ink``, and the white ``sheets`` painted after some text. ``white`` says that some text is white."""

    marks: list[Mark] = field(default_factory=list)
    surfaces: list[Rectangle] = field(default_factory=list)
    images: list[Rectangle] = field(default_factory=list)
    texts: dict[int, int] = field(default_factory=dict)
    without_ink: set[int] = field(default_factory=set)
    sheets: list[tuple[int, Rectangle]] = field(default_factory=list)
    white: bool = False

    def hides(self, text: Any, index: int, character: Word) -> bool:
        """Whether nobody sees a character (and its number in the text of the page)."""
        address = _address(pdfium.FPDFText_GetTextObject(text.raw, index))
        count = self.texts.get(address, MOST_OBJECTS)
        return address in self.without_ink or any(
            count < later and sheet.shades(character) for later, sheet in self.sheets
        )


def _painted(page: Any, shown: Shown, width: float, height: float) -> _Painted:
    """What is painted on a page of this size, in points."""
    painted = _Painted()
    for count, item in enumerate(page.get_objects(max_depth=DEEPEST)):
        if count >= MOST_OBJECTS:
            break
        if item.type == pdfium.FPDF_PAGEOBJ_PATH:
            before = len(painted.surfaces)
            painted.marks += _marks(item, shown, painted.surfaces)
            if painted.texts and len(painted.surfaces) > before and _is_opaque_white(item.raw):
                painted.sheets.extend((count, surface) for surface in painted.surfaces[before:])
        elif item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            painted.images.append(_rectangle(shown, left, bottom, right, top).clipped(width, height))
        elif item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            painted.white = painted.white or _is_light(pdfium.FPDFPageObj_GetFillColor, item.raw, WHITE)
            painted.texts[_address(item.raw)] = count
            if pdfium.FPDFTextObj_GetTextRenderMode(item.raw) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
                painted.without_ink.add(_address(item.raw))
    return painted


def _left_out(
    text: Any, page: Any, characters: Mapping[int, Word], painted: _Painted, shown: Shown, *, hidden: bool
) -> set[int]:
    """The numbers of the characters that nobody sees, or only as a watermark. Of a page whose text is all ``hidden``, as it is
    under a scan, the text is kept."""
    unseen = _unseen(text, characters, page, shown) if painted.white else set()
    if painted.sheets or (painted.without_ink and not hidden):
        unseen |= {index for index, c in characters.items() if painted.hides(text, index, c)}
    if unseen:
        places = {number: c for number, c in characters.items() if number in unseen}
        unseen -= _overprinted(page, places, characters, painted, shown)
    return unseen | {index for index, c in characters.items() if c.height > TALL and _is_pale(text, index)}


def _address(thing: Any) -> int:
    return cast(thing, c_void_p).value or 0


def _is_filled(path: Any) -> bool:
    fill, stroke = c_int(), c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke))) and fill.value != 0


def _is_opaque_white(path: Any) -> bool:
    parts = c_uint(), c_uint(), c_uint(), c_uint()
    return bool(pdfium.FPDFPageObj_GetFillColor(path, *map(byref, parts))) and all(
        part.value == 255 for part in parts
    )


def _is_pale(text: Any, index: int) -> bool:
    return _is_light(pdfium.FPDFText_GetFillColor, text.raw, index, PALE)


def _tiled(text: Any, characters: Mapping[int, Word], height: float) -> set[int]:
    """The numbers of the characters of a text that is laid all over the page."""
    spans: list[dict[str, Any]] = []
    parts = c_uint(), c_uint(), c_uint(), c_uint()
    for index, character in characters.items():
        pdfium.FPDFText_GetFillColor(text.raw, index, *map(byref, parts))
        red, green, blue, alpha = (part.value for part in parts)
        size = pdfium.FPDFText_GetFontSize(text.raw, index)
        style = {"font": "", "size": size, "color": red << 16 | green << 8 | blue, "alpha": alpha}
        last = spans[-1] if spans else None
        if last is None or any(last[key] != value for key, value in style.items()) or not _follows(last, character):
            spans.append({**style, "text": "", "bbox": character[:4], "indices": []})
        spans[-1]["text"] += character.text
        spans[-1]["indices"].append(index)
        spans[-1]["end"] = character
    tiles = tiles_of(spans, height)
    return {index for span in spans if is_tile(span, span["text"], tiles) for index in span["indices"]}


def _follows(span: Mapping[str, Any], character: Word) -> bool:
    """Whether a character stands on the same line behind a span, not further than a blank is wide."""
    end: Word = span["end"]
    beside = -end.height < character.x0 - end.x1 < end.height
    return beside and abs(character.y1 - end.y1) < end.height / 2


def _unseen(text: Any, characters: Mapping[int, Word], page: Any, shown: Shown) -> set[int]:
    """The numbers of the characters that are white on nothing but white paper."""
    shades = [
        _rectangle(shown, *item.get_bounds())
        for item in page.get_objects(max_depth=DEEPEST)
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE
        or (
            item.type == pdfium.FPDF_PAGEOBJ_PATH
            and _is_filled(item.raw)
            and not _is_light(pdfium.FPDFPageObj_GetFillColor, item.raw, DARK)
        )
    ]
    return {
        index
        for index, character in characters.items()
        if character.text.strip()
        and _is_light(pdfium.FPDFText_GetFillColor, text.raw, index, WHITE)
        and not any(shade.shades(character) for shade in shades)
    }


def _overprinted(
    page: Any, unseen: Mapping[int, Word], characters: Mapping[int, Word], painted: _Painted, shown: Shown
) -> set[int]:
    """Those of the ``unseen`` characters in whose places a text is seen none of whose characters is there: of two equal signs in
    one place PDFium gives the first."""
    inked = [
        _rectangle(shown, *item.get_bounds())
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=DEEPEST)
        if _address(item.raw) not in painted.without_ink
        and not _is_light(pdfium.FPDFPageObj_GetFillColor, item.raw, WHITE)
        and not any(
            painted.texts.get(_address(item.raw), MOST_OBJECTS) < later and _holds(sheet, item, shown)
            for later, sheet in painted.sheets
        )
    ]
    seen = [c for number, c in characters.items() if number not in unseen and c.text.strip()]
    return {
        number
        for number, c in unseen.items()
        if any(_covers(place, c) > INK for place in inked) and not any(_covers(other, c) > TOUCH for other in seen)
    }


def _covers(other: Rectangle | Word, character: Word) -> float:
    """Which part of the width of a character another thing on its line covers."""
    if other.y0 >= character.y1 or character.y0 >= other.y1:
        return 0.0
    return (min(other.x1, character.x1) - max(other.x0, character.x0)) / max(character.x1 - character.x0, 0.1)


def _holds(sheet: Rectangle, item: Any, shown: Shown) -> bool:
    return sheet.shades(Word(*_rectangle(shown, *item.get_bounds()), ""))


def _without_blanks(characters: list[Word]) -> list[Word]:
    return [character for character in characters if not character.text.isspace()]


def _rectangle(shown: Shown, left: float, bottom: float, right: float, top: float) -> Rectangle:
    (x0, y0), (x1, y1) = shown(left, bottom), shown(right, top)
    return Rectangle(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _characters(text: Any, shown: Shown, across: set[int]) -> Iterator[tuple[int, Word]]:
    """The characters, each with its number in the text of the page. Those that run across the page are added to ``across``."""
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = c_double(), c_double()
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
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if code > 0x20:
            # The box of a Type 3 glyph is its ink, or that of the other glyphs of its font; lines have a height of their own.
            pdfium.FPDFText_GetMatrix(text.raw, index, byref(matrix))
            pdfium.FPDFText_GetCharOrigin(text.raw, index, byref(x), byref(y))
            size = pdfium.FPDFText_GetFontSize(text.raw, index)
            if min(abs(matrix.a), abs(matrix.b)) > SLANTED * max(abs(matrix.a), abs(matrix.b)):
                across.add(index)
            if abs(matrix.d) > abs(matrix.c):
                left = x.value if left < x.value < right and matrix.a > 0 else left
                bottom, top = y.value - BELOW * size * matrix.d, y.value + ABOVE * size * matrix.d
            elif matrix.c:
                left, right = x.value - BELOW * size * matrix.c, x.value + ABOVE * size * matrix.c
        yield index, Word(*_rectangle(shown, left, bottom, right, top), chr(code))


def _without_overhang(characters: list[Word]) -> list[Word]:
    """The characters, each ending where the next one on its line begins: the box of a Type 3 glyph is often wider than its room.
    Where the next one begins in the first half of a character, it is printed over it, and both stay as they are."""
    return [
        Word(c.x0, c.y0, after.x0, c.y1, c.text)
        if after.x0 < c.x1 and 2 * after.x0 > c.x0 + c.x1 and after.y0 < (c.y0 + c.y1) / 2 < after.y1
        else c
        for c, after in pairwise([*characters, *characters[-1:]])
    ]


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
    parts = list(_straight_parts(path, min(segment_count, MOST_SEGMENTS), shown))
    if stroke.value and parts and _is_curved(path, min(segment_count, MOST_SEGMENTS)):
        bounds = _rectangle(shown, *path.get_bounds())
        if bounds.y1 - bounds.y0 <= TALLEST_LETTERS:
            return  # outlines of letters
    outer: Rectangle | None = None
    for points in parts:
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


def _is_curved(path: Any, segment_count: int) -> bool:
    return any(
        pdfium.FPDFPathSegment_GetType(pdfium.FPDFPath_GetPathSegment(path.raw, index))
        == pdfium.FPDF_SEGMENT_BEZIERTO
        for index in range(segment_count)
    )


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
