"""What a page cannot tell for certain, as notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import regex

from parsers.document import Box, Note
from parsers.readers.pdf.page import MOST_MARKS, PageContent, Rectangle, pictured, runs_sideways
from parsers.readers.pdf.pictures import pictures_of

FEW_CHARACTERS = 10
"""A page with fewer has no text worth the name: a page number on a scan."""
SCAN = 0.4
"""A picture that covers this part of a page without text is a scan of it."""
FEWEST_LOST, LEGIBLE = 20, 0.5
"""A page on which so many characters could not be decoded, or are letters of scripts that no report is written in (numbers of
glyphs taken for characters), and where there are not even half as many Chinese ones, is a picture of text: its fonts do not
say what they show."""
OUTLINES = 400
"""So many marks on a page without text are letters drawn as shapes."""
_LOST = regex.compile(r"[\ufffd\p{Cc}\p{Co}\p{Cn}\p{Cs}]")
_CHINESE = regex.compile(r"\p{Han}")
_STRANGE = regex.compile(r"[[\p{L}\p{M}]--[\p{Han}\p{Latin}\p{Greek}]]", regex.VERSION1)


def notes_of(content: PageContent) -> Iterator[Note]:
    number, page_area = content.number, content.width * content.height
    signs = Counter("".join([word.text for word in content.words]))
    if content.damaged:
        yield Note("damaged", "A part of the page is damaged and could not be read.", number)
    if len(content.marks) > MOST_MARKS:
        yield Note("left_out", f"More than {MOST_MARKS} lines are drawn on the page; they were left out.", number)
    if signs.total() < FEW_CHARACTERS:
        if pictured(content.images) > SCAN * page_area or len(content.marks) > OUTLINES:
            yield Note("needs_ocr", "The page is a picture without text.", number)
        return
    lost = _count(_LOST, signs)
    illegible = lost + _count(_STRANGE, signs)
    if illegible >= FEWEST_LOST and _count(_CHINESE, signs) < LEGIBLE * illegible:
        yield Note("needs_ocr", "The fonts of the page do not say which characters they show.", number)
    if content.hidden:
        yield Note("recognised_text", "The text is an invisible layer over a picture: somebody's OCR.", number)
    elif pictures_of(content):
        yield Note("image_table", "A picture stands on the page where a table could be.", number)
    if content.turned or runs_sideways(content.words):
        yield Note("turned_text", "The text runs up or down the page; its order is uncertain.", number)
    if content.left_out:
        message = "Text that nobody sees, or a watermark, was left out."
        yield Note("hidden_text", message, number, boxes_of(content.left_out, number))
    if content.struck:
        yield Note(
            "struck_text", "Text that is struck through was left out.", number, boxes_of(content.struck, number)
        )
    if lost:
        yield Note("characters_lost", f"{lost} of {signs.total()} characters could not be decoded.", number)


def _count(kind: regex.Pattern[str], signs: Counter[str]) -> int:
    """How many of the signs of a text are of one kind."""
    return sum(signs[sign] for sign in kind.findall("".join(signs)))


def boxes_of(places: Sequence[Rectangle], number: int) -> tuple[Box, ...]:
    return tuple(Box(number, *(round(edge, 1) for edge in place)) for place in places)
