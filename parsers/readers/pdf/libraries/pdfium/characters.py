"""The characters of a page, each with a place that lines and words can be made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ctypes import byref, c_double
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from parsers.readers.pdf.libraries.pdfium.places import Shown, rectangle
from parsers.readers.pdf.libraries.watermarks import SLANTED
from parsers.readers.pdf.page import NO_BLANKS, Word

_NO_CHARACTERS = frozenset((0, *map(ord, NO_BLANKS)))
"""PDFium's sign for "no Unicode value", and codes of glyphs in a font without a map that would pass for blanks."""
_LOST, _HYPHEN, _BLANK = 0xFFFD, 0x2D, 0x20
_HYPHEN_AT_END = 0xFFFE
"""PDFium's sign for a hyphen at a line's end."""
ABOVE, BELOW = 0.86, 0.14
"""The parts of the size of the letters that a line takes above and below its base: those of the square of a Chinese sign."""


def characters_of(text: Any, shown: Shown) -> Iterator[tuple[int, Word, bool]]:
    """The characters of the text of a page: the number of each, where it is shown, and whether it runs across the page."""
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = c_double(), c_double()
    for number, code in _codes(text):
        pdfium.FPDFText_GetLooseCharBox(text.raw, number, byref(box))
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        is_across = False
        if code > _BLANK:
            # The box of a Type 3 glyph is its ink, or that of the other glyphs of its font; lines have a height of their own.
            pdfium.FPDFText_GetMatrix(text.raw, number, byref(matrix))
            pdfium.FPDFText_GetCharOrigin(text.raw, number, byref(x), byref(y))
            size = pdfium.FPDFText_GetFontSize(text.raw, number)
            is_across = min(abs(matrix.a), abs(matrix.b)) > SLANTED * max(abs(matrix.a), abs(matrix.b))
            if abs(matrix.d) > abs(matrix.c):
                left = x.value if left < x.value < right and matrix.a > 0 else left
                bottom, top = y.value - BELOW * size * matrix.d, y.value + ABOVE * size * matrix.d
            elif matrix.c:
                left, right = x.value - BELOW * size * matrix.c, x.value + ABOVE * size * matrix.c
        yield number, Word(*rectangle(shown, left, bottom, right, top), chr(code)), is_across


def _codes(text: Any) -> Iterator[tuple[int, int]]:
    """The number of each character and its code point; of the two halves that PDFium gives of some, the number is the second one's."""
    high = 0
    for number in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, number)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        yield number, _LOST if code in _NO_CHARACTERS else _HYPHEN if code == _HYPHEN_AT_END else code


def without_overhang(characters: Sequence[Word]) -> list[Word]:
    """The characters, each ending where the next one on its line begins: the box of a Type 3 glyph is often wider than its room.
    Where the next one begins in the first half of a character, it is printed over it, and both stay as they are."""
    return [
        Word(c.x0, c.y0, after.x0, c.y1, c.text)
        if after.x0 < c.x1 and 2 * after.x0 > c.x0 + c.x1 and after.y0 < c.middle < after.y1
        else c
        for c, after in pairwise([*characters, *characters[-1:]])
    ]


def without_blanks(characters: Sequence[Word]) -> list[Word]:
    """The characters that print something."""
    return [character for character in characters if not character.text.isspace()]
