"""What is painted on a page in PDFium's order of painting, and which of its characters nobody reads: without ink, white on white
paper, under a white sheet, or a watermark (:mod:`..watermarks`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from ctypes import byref, c_uint, c_void_p, cast
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from parsers.readers.pdf.libraries.pdfium.paths import draws, marks_of
from parsers.readers.pdf.libraries.pdfium.places import Shown, bounds_of
from parsers.readers.pdf.libraries.watermarks import FAINT, PALE, TALL, is_tile, tiles_of
from parsers.readers.pdf.page import DARK, WHITE, Mark, Rectangle, Word

DEEPEST = 8
"""Form objects nested deeper are not looked into; producers nest one or two."""
MOST_OBJECTS = 200_000
"""Page objects looked at; a densely ruled page has a few thousand."""
INK, TOUCH = 0.33, 0.15
"""The ink of a sign takes up more than this part of its room; signs beside each other overlap by less than that."""

Colour = tuple[int, ...]
"""Red, green, blue and how opaque it is, each of 255."""
_OPAQUE_WHITE = (255, 255, 255, 255)


@dataclass(slots=True)
class Painted:
    """What is painted on a page: its ``marks``, ``surfaces`` and ``images``; ``texts`` by their places in the order of painting,
    those ``without_ink``, and the white ``sheets`` painted after some text. ``white`` says that some text is white."""

    marks: list[Mark] = field(default_factory=list)
    surfaces: list[Rectangle] = field(default_factory=list)
    images: list[Rectangle] = field(default_factory=list)
    texts: dict[int, int] = field(default_factory=dict)
    without_ink: set[int] = field(default_factory=set)
    sheets: list[tuple[int, Rectangle]] = field(default_factory=list)
    white: bool = False

    def covers(self, address: int, character: Word) -> bool:
        """Whether a sheet was painted over a character of the text at this address."""
        count = self.texts.get(address, MOST_OBJECTS)
        return any(count < later and sheet.shades(character) for later, sheet in self.sheets)

    def hides(self, text: Any, number: int, character: Word) -> bool:
        """Whether nobody sees a character (and its number in the text of the page)."""
        address = _address(pdfium.FPDFText_GetTextObject(text.raw, number))
        return address in self.without_ink or self.covers(address, character)


def painted_on(page: Any, shown: Shown, width: float, height: float) -> Painted:
    """What is painted on a page of this size, in points."""
    painted = Painted()
    for count, item in enumerate(page.get_objects(max_depth=DEEPEST)):
        if count >= MOST_OBJECTS:
            break
        if item.type == pdfium.FPDF_PAGEOBJ_PATH:
            before = len(painted.surfaces)
            painted.marks += marks_of(item, shown, painted.surfaces)
            if painted.texts and len(painted.surfaces) > before and _fill_of(item) == _OPAQUE_WHITE:
                painted.sheets.extend((count, surface) for surface in painted.surfaces[before:])
        elif item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            painted.images.append(bounds_of(item, shown).clipped(width, height))
        elif item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            painted.white = painted.white or _is_light(_fill_of(item), WHITE)
            painted.texts[_address(item.raw)] = count
            if pdfium.FPDFTextObj_GetTextRenderMode(item.raw) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
                painted.without_ink.add(_address(item.raw))
    return painted


def left_out(
    text: Any, page: Any, characters: Mapping[int, Word], painted: Painted, shown: Shown, *, hidden: bool
) -> set[int]:
    """The numbers of the characters that nobody sees, or only as a watermark. Of a page whose text is all ``hidden``, as it is
    under a scan, the text is kept."""
    unseen = _white_on_white(text, characters, page, shown) if painted.white else set()
    if painted.sheets or (painted.without_ink and not hidden):
        unseen |= {number for number, c in characters.items() if painted.hides(text, number, c)}
    if unseen:
        places = {number: c for number, c in characters.items() if number in unseen}
        unseen -= _overprinted(page, places, characters, painted, shown)
    pale = {n for n, c in characters.items() if c.height > TALL and _is_pale(_colour_of(text, n))}
    return unseen | pale


def tiled(text: Any, characters: Mapping[int, Word], height: float) -> set[int]:
    """The numbers of the characters of a text that is laid all over the page."""
    spans: list[dict[str, Any]] = []
    for number, character in characters.items():
        red, green, blue, alpha = _colour_of(text, number) or (0, 0, 0, 0)
        size = pdfium.FPDFText_GetFontSize(text.raw, number)
        style = {"font": "", "size": size, "color": red << 16 | green << 8 | blue, "alpha": alpha}
        last = spans[-1] if spans else None
        if last is None or any(last[key] != value for key, value in style.items()) or not _follows(last, character):
            spans.append({**style, "text": "", "bbox": character[:4], "numbers": []})
        spans[-1]["text"] += character.text
        spans[-1]["numbers"].append(number)
        spans[-1]["end"] = character
    tiles = tiles_of(spans, height)
    return {number for span in spans if is_tile(span, span["text"], tiles) for number in span["numbers"]}


def _follows(span: Mapping[str, Any], character: Word) -> bool:
    """Whether a character stands on the same line behind a span, not further than a blank is wide."""
    end: Word = span["end"]
    beside = -end.height < character.x0 - end.x1 < end.height
    return beside and abs(character.y1 - end.y1) < end.height / 2


def _white_on_white(text: Any, characters: Mapping[int, Word], page: Any, shown: Shown) -> set[int]:
    """The numbers of the characters that are white on nothing but white paper."""
    shades = [bounds_of(item, shown) for item in page.get_objects(max_depth=DEEPEST) if _shows_white(item)]
    return {
        number
        for number, character in characters.items()
        if character.text.strip()
        and _is_light(_colour_of(text, number), WHITE)
        and not any(shade.shades(character) for shade in shades)
    }


def _shows_white(item: Any) -> bool:
    """Whether white text can be seen on an object of the page."""
    if item.type == pdfium.FPDF_PAGEOBJ_PATH:
        return draws(item)[0] and not _is_light(_fill_of(item), DARK)
    return bool(item.type == pdfium.FPDF_PAGEOBJ_IMAGE)


def _overprinted(
    page: Any, unseen: Mapping[int, Word], characters: Mapping[int, Word], painted: Painted, shown: Shown
) -> set[int]:
    """Those of the ``unseen`` characters in whose places a text is seen none of whose characters is there: of two equal signs in
    one place PDFium gives the first."""
    inked = [
        place
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=DEEPEST)
        if _address(item.raw) not in painted.without_ink
        and not _is_light(_fill_of(item), WHITE)
        and not painted.covers(_address(item.raw), Word(*(place := bounds_of(item, shown)), ""))
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


def _fill_of(item: Any) -> Colour | None:
    return _read(pdfium.FPDFPageObj_GetFillColor, item.raw)


def _colour_of(text: Any, number: int) -> Colour | None:
    return _read(pdfium.FPDFText_GetFillColor, text.raw, number)


def _read(colour_of: Callable[..., Any], *thing: Any) -> Colour | None:
    """The colour that PDFium tells of a thing; None where it tells none."""
    parts = c_uint(), c_uint(), c_uint(), c_uint()
    return tuple(part.value for part in parts) if colour_of(*thing, *map(byref, parts)) else None


def _is_light(colour: Colour | None, least: int) -> bool:
    """Whether the red, green and blue of a colour are at least so much."""
    return colour is not None and min(colour[:3]) >= least


def _is_pale(colour: Colour | None) -> bool:
    """Whether a colour is that of a watermark: light, or one that lets through what is behind it."""
    return _is_light(colour, PALE) or (colour is not None and colour[3] < FAINT)


def _address(thing: Any) -> int:
    return cast(thing, c_void_p).value or 0
