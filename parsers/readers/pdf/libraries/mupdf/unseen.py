"""What stands in a page's text and is not what its readers read: text without ink, white text on white paper, text that was
painted over, and watermarks (:mod:`..watermarks`).

Looking at every character costs as much as reading the page once more, so a glance tells first whether there may be any.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import regex

from parsers.readers.pdf.libraries.mupdf.vectors import IMAGE, VECTOR
from parsers.readers.pdf.libraries.watermarks import (
    TALL,
    Style,
    is_across_or_pale,
    is_tile,
    lightest,
    may_be_tiled,
    tiles_of,
)
from parsers.readers.pdf.page import DARK, THIN, WHITE, Rectangle, Word

_IGNORED, _INKS = 3, 4
"""What is printed without ink, and how many parts a colour has that is mixed of inks."""
_WHITE_PAINT = re.compile(rb"1(?:\.0*)?\s+(?:g|rg|scn?)\b"), re.compile(rb"\.9[89]\d*\s+(?:g|rg|scn?)\b")
_NO_INK = b"0 0 0 0 k"
"""What sets a colour that may be white: one whose last component is, or no ink at all. On every page the standard library's
patterns are three times faster here, and two that begin with what they look for than one."""
_RENDERING, _INVISIBLE = b"Tr", re.compile(rb"\b[37]\s+Tr\b")
_PAPER = "filled, color: #ffffff, alpha: 255, is-rect: true"
_COLOUR = regex.compile(r"color: #(..)(..)(..), alpha: (?!0,)")
SAME_PLACE = 1.0
"""Points between the origins of two equal signs, of which a library takes the second for the shadow of the first."""


class Legible(NamedTuple):
    """The characters of a page that are read, in its order, and the places of those that are not."""

    characters: list[Word]
    left_out: list[Rectangle]


class Hidden(NamedTuple):
    """Why nobody sees a text: it has no colour that shows, or a sheet was painted over it."""

    sheet: Rectangle | None


WATERMARK = Hidden(None)
"""What is printed across the page, or large and pale: seen, and no part of the text."""

Seen = Callable[[str, tuple[float, float], Rectangle | None], bool]
"""Whether a sign is painted in ink with its origin at a place, after a sheet was painted there (where one was)."""


def legible(
    content: bytes,
    textpage: Any,
    words: Sequence[Word],
    blocks: Sequence[tuple[Any, ...]],
    painted: Callable[[], Seen],
) -> Legible | None:
    """The legible characters of a page interpreted by PyMuPDF, with its words and blocks, whose commands are ``content``; None
    where all are. ``painted`` is asked where some are not: of two equal signs in one place the library gives the first, and
    where nobody sees that one, the second may be there to be seen."""
    sheets = _sheets(blocks)
    if not (
        sheets or _may_be_unread(content) or any(word[3] - word[1] > TALL for word in words) or may_be_tiled(words)
    ):
        return None
    read = textpage.extractDICT()
    lines = [(block["number"], line) for block in read["blocks"] for line in block.get("lines", ())]
    tiles = tiles_of([span for _, line in lines for span in line["spans"]], read["height"])
    shades = [
        Rectangle(*block[:4]) for block in blocks if block[6] == IMAGE or (block[6] == VECTOR and _is_dark(block[4]))
    ]
    inked = any(span["alpha"] for _, line in lines for span in line["spans"])
    hidden = _hidden(sheets, shades, inked=inked)
    if not any(
        is_across_or_pale(line, span) or hidden(number, span) or is_tile(span, span["text"], tiles)
        for number, line in lines
        for span in line["spans"]
    ):
        return None
    found = Legible([], [])
    seen: Seen | None = None
    spans = list(_spans(textpage, hidden, tiles))
    given = {(char["c"], *_place(char)) for span, why in spans if why is None for char in span["chars"]}
    for span, why in spans:
        chars = span["chars"]
        if why is not None and why is not WATERMARK:
            seen = seen or painted()
            lost = [char for char in chars if not _around(char) & given]
            chars = [char for char in lost if seen(char["c"], char["origin"], why.sheet)]
        if why is None or (why is not WATERMARK and chars):
            found.characters.extend(Word._make((*char["bbox"], char["c"])) for char in chars)
        elif any(char["c"].strip() for char in span["chars"]):
            found.left_out.append(Rectangle(*span["bbox"]))
    return found


def _spans(
    textpage: Any, hidden: Callable[[int, Mapping[str, Any]], Hidden | None], tiles: Mapping[Style, str]
) -> Iterator[tuple[Any, Hidden | None]]:
    """The spans of a page with their characters, each with the reason for which nobody reads it."""
    for block in textpage.extractRAWDICT()["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                text = "".join(char["c"] for char in span["chars"]) if tiles else ""
                is_mark = is_across_or_pale(line, span) or is_tile(span, text, tiles)
                yield span, WATERMARK if is_mark else hidden(block["number"], span)


def _place(char: Mapping[str, Any]) -> tuple[int, int]:
    x, y = char["origin"]
    return int(x // SAME_PLACE), int(y // SAME_PLACE)


def _around(char: Mapping[str, Any]) -> set[tuple[str, int, int]]:
    """A character's place, and the eight beside it."""
    x, y = _place(char)
    return {(char["c"], column, row) for column in (x - 1, x, x + 1) for row in (y - 1, y, y + 1)}


def painted_on(page: Any, shown: Any) -> Seen:
    """What tells which signs of a page are painted in ink, also of those that stand twice in one place. ``shown`` is the matrix that
    turns a place of the page to where it was read."""
    places: dict[str, list[tuple[float, float, int]]] = {}
    for span in page.get_texttrace():
        if span["type"] == _IGNORED or not span["opacity"] or _is_blank(span["color"]):
            continue
        for code, _, (x, y), _ in span["chars"]:
            at = x * shown.a + y * shown.c + shown.e, x * shown.b + y * shown.d + shown.f
            places.setdefault(chr(code), []).append((*at, span["seqno"]))
    fills: list[tuple[int, Rectangle]] | None = None

    def seen(sign: str, origin: tuple[float, float], sheet: Rectangle | None) -> bool:
        nonlocal fills
        orders = [
            order
            for x, y, order in places.get(sign, ())
            if abs(x - origin[0]) < SAME_PLACE and abs(y - origin[1]) < SAME_PLACE
        ]
        if sheet is None or not orders:
            return bool(orders)
        if fills is None:
            fills = [
                (order, _turned(bounds, shown))
                for order, (kind, bounds) in enumerate(page.get_bboxlog())
                if kind == "fill-path"
            ]
        last = max(orders)
        return last > max((order for order, fill in fills if _is_same(fill, sheet)), default=last)

    return seen


def _turned(bounds: tuple[float, float, float, float], shown: Any) -> Rectangle:
    corners = [
        (x * shown.a + y * shown.c + shown.e, x * shown.b + y * shown.d + shown.f)
        for x, y in ((bounds[0], bounds[1]), (bounds[2], bounds[3]))
    ]
    (x0, y0), (x1, y1) = map(min, zip(*corners, strict=True)), map(max, zip(*corners, strict=True))
    return Rectangle(x0, y0, x1, y1)


def _is_blank(colour: Sequence[float]) -> bool:
    """Whether a colour, given by its parts between 0 and 1, leaves white paper white."""
    return not any(colour) if len(colour) == _INKS else all(255 * part >= WHITE for part in colour)


def _may_be_unread(content: bytes) -> bool:
    """Whether the commands of a page may paint text white or not at all, or call what does."""
    return (
        _NO_INK in content
        or b" Do" in content
        or any(paint.search(content) for paint in _WHITE_PAINT)
        or (_RENDERING in content and _INVISIBLE.search(content) is not None)
    )


def _hidden(
    sheets: Sequence[tuple[int, Rectangle]], shades: Sequence[Rectangle], *, inked: bool
) -> Callable[[int, Mapping[str, Any]], Hidden | None]:
    """What tells why a span, of the block with this number, is not seen. Where nothing is ``inked``, the text is the layer of a scan."""

    def hidden(number: int, span: Mapping[str, Any]) -> Hidden | None:
        place = Word._make((*span["bbox"], ""))
        if inked and span["alpha"] == 0:
            return Hidden(None)
        if lightest(span["color"]) >= WHITE and not any(shade.shades(place) for shade in shades):
            return Hidden(None)
        over = [sheet for later, sheet in sheets if number < later and sheet.shades(place)]
        return Hidden(over[-1]) if over else None

    return hidden


def _sheets(blocks: Sequence[tuple[Any, ...]]) -> list[tuple[int, Rectangle]]:
    """White rectangles painted over text that was there before, each with its number in the order of painting."""
    texts: list[Rectangle] = []
    sheets = []
    for x0, y0, x1, y1, text, number, kind in blocks:
        if kind not in (IMAGE, VECTOR):
            texts.append(Rectangle(x0, y0, x1, y1))
        elif kind == VECTOR and texts and x1 - x0 > THIN and y1 - y0 > THIN and _PAPER in text:
            sheet = Rectangle(x0, y0, x1, y1)
            if any(map(sheet.overlaps, texts)):
                sheets.append((number, sheet))
    return sheets


def _is_same(a: Rectangle, b: Rectangle) -> bool:
    return all(abs(one - other) < 2 * SAME_PLACE for one, other in zip(a, b, strict=True))


def _is_dark(vector: str) -> bool:
    """Whether a drawing is a surface on which white shows. A frame is drawn around what stands on the paper."""
    if "filled" not in vector:
        return False
    colour = _COLOUR.search(vector)
    return colour is not None and min(int(part, 16) for part in colour.groups()) < DARK
