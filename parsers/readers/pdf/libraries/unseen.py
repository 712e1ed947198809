"""What stands in a page's text and is not what its readers read: text without ink, white text on white paper, text that was
painted over, and what is printed across the page or large and pale behind everything (watermarks).

Looking at every character costs as much as reading the page once more, so a glance tells first whether there may be any.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import regex

from parsers.readers.pdf.page import DARK, THIN, WHITE, Rectangle, Word

TALL = 24.0
"""Points: words as high as this are large, or run across the page. Titles of reports are set in 22 points or less."""
LARGE = 20.0
"""Points: the size of such letters."""
SLANTED = 0.1
"""Text whose direction differs from both edges of the page by more than this (a sine: 6 degrees) runs across it."""
PALE = 160
"""A colour with no component below this, of 255, is that of a watermark when the text is large."""
FAINT = 160
"""So is a colour that lets through what is behind it: of 255, which are opaque."""

_IMAGE, _VECTOR = 1, 3
_WHITE_PAINT = re.compile(rb"1(?:\.0*)?\s+(?:g|rg|scn?)\b"), re.compile(rb"\.9[89]\d*\s+(?:g|rg|scn?)\b")
_NO_INK = b"0 0 0 0 k"
"""What sets a colour that may be white: one whose last component is, or no ink at all. On every page the standard library's
patterns are three times faster here, and two that begin with what they look for than one."""
_RENDERING, _INVISIBLE = b"Tr", re.compile(rb"\b[37]\s+Tr\b")
_PAPER = "filled, color: #ffffff, alpha: 255, is-rect: true"
_COLOUR = regex.compile(r"color: #(..)(..)(..), alpha: (?!0,)")


class Legible(NamedTuple):
    """The characters of a page that are read, in its order, and the places of those that are not."""

    characters: list[Word]
    left_out: list[Rectangle]


def legible(
    content: bytes, textpage: Any, words: Sequence[Word], blocks: Sequence[tuple[Any, ...]]
) -> Legible | None:
    """The legible characters of a page interpreted by PyMuPDF, with its words and blocks, whose commands are ``content``; None
    where all are."""
    sheets = _sheets(blocks)
    if not (sheets or _may_be_unread(content) or any(word[3] - word[1] > TALL for word in words)):
        return None
    lines = [(block["number"], line) for block in textpage.extractDICT()["blocks"] for line in block.get("lines", ())]
    shades = [
        Rectangle(*block[:4])
        for block in blocks
        if block[6] == _IMAGE or (block[6] == _VECTOR and _is_dark(block[4]))
    ]
    inked = any(span["alpha"] for _, line in lines for span in line["spans"])
    unread = _unread(sheets, shades, inked=inked)
    if not any(unread(number, line, span) for number, line in lines for span in line["spans"]):
        return None
    found = Legible([], [])
    for block in textpage.extractRAWDICT()["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                if unread(block["number"], line, span):
                    if any(char["c"].strip() for char in span["chars"]):
                        found.left_out.append(Rectangle(*span["bbox"]))
                else:
                    found.characters.extend(Word._make((*char["bbox"], char["c"])) for char in span["chars"])
    return found


def _may_be_unread(content: bytes) -> bool:
    """Whether the commands of a page may paint text white or not at all, or call what does."""
    return (
        _NO_INK in content
        or b" Do" in content
        or any(paint.search(content) for paint in _WHITE_PAINT)
        or (_RENDERING in content and _INVISIBLE.search(content) is not None)
    )


Unread = Callable[[int, Mapping[str, Any], Mapping[str, Any]], bool]
"""Whether nobody reads a span of a line, of the block with this number."""


def _unread(sheets: Sequence[tuple[int, Rectangle]], shades: Sequence[Rectangle], *, inked: bool) -> Unread:
    """What tells whether a span is read. Where nothing is ``inked``, the text is the layer of a scan."""

    def unread(number: int, line: Mapping[str, Any], span: Mapping[str, Any]) -> bool:
        place = Word._make((*span["bbox"], ""))
        if (inked and span["alpha"] == 0) or min(map(abs, line["dir"])) > SLANTED:
            return True
        if span["size"] > LARGE and (_lightest(span["color"]) >= PALE or span["alpha"] < FAINT):
            return True
        if _lightest(span["color"]) >= WHITE and not any(shade.shades(place) for shade in shades):
            return True
        return any(number < later and sheet.shades(place) for later, sheet in sheets)

    return unread


def _sheets(blocks: Sequence[tuple[Any, ...]]) -> list[tuple[int, Rectangle]]:
    """White rectangles painted over text that was there before, each with its number in the order of painting."""
    texts: list[Rectangle] = []
    sheets = []
    for x0, y0, x1, y1, text, number, kind in blocks:
        if kind not in (_IMAGE, _VECTOR):
            texts.append(Rectangle(x0, y0, x1, y1))
        elif kind == _VECTOR and texts and x1 - x0 > THIN and y1 - y0 > THIN and _PAPER in text:
            sheet = Rectangle(x0, y0, x1, y1)
            if any(_meet(sheet, other) for other in texts):
                sheets.append((number, sheet))
    return sheets


def _meet(a: Rectangle, b: Rectangle) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.y0 < b.y1 and b.y0 < a.y1


def _lightest(colour: int) -> int:
    """The darkest component of a colour."""
    return min(colour >> 16 & 255, colour >> 8 & 255, colour & 255)


def _is_dark(vector: str) -> bool:
    colour = _COLOUR.search(vector)
    return colour is not None and min(int(part, 16) for part in colour.groups()) < DARK
