"""What a page cannot tell for certain, as notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import regex

from parsers.document import Box, GridKind, Note
from parsers.readers.pdf.orientation import runs_sideways
from parsers.readers.pdf.page import MOST_MARKS, PageContent, Word, pictured
from parsers.readers.pdf.pictures import pictures_of
from parsers.readers.pdf.table import PageTable
from parsers.text import HAN, MEANINGLESS

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
AT_EDGE, CLOSES = 9.0, 4.0
"""Points: a table that ends so close to the lower edge of the page may go on beyond; a line so close to its end closes it."""
_STRANGE = regex.compile(r"[[\p{L}\p{M}]--[\p{Han}\p{Latin}\p{Greek}]]", regex.VERSION1)


def notes_of(content: PageContent) -> Iterator[Note]:
    """What a page as a whole cannot tell for certain."""
    number, page_area = content.number, content.width * content.height
    signs = Counter("".join([word.text for word in content.words]))
    if content.damaged:
        yield Note("damaged", "A part of the page is damaged and could not be read.", number)
    if len(content.marks) > MOST_MARKS:
        yield Note("left_out", f"More than {MOST_MARKS} lines are drawn on the page; they were left out.", number)
    if signs.total() >= FEW_CHARACTERS:
        yield from _notes_of_text(content, signs)
    elif pictured(content.images) > SCAN * page_area or len(content.marks) > OUTLINES:
        yield Note("needs_ocr", "The page is a picture without text.", number)


def _notes_of_text(content: PageContent, signs: Counter[str]) -> Iterator[Note]:
    """What the text of a page cannot tell for certain; ``signs`` are how often each of its signs stands there."""
    number = content.number
    lost = _count(MEANINGLESS, signs)
    illegible = lost + _count(_STRANGE, signs)
    if illegible >= FEWEST_LOST and _count(HAN, signs) < LEGIBLE * illegible:
        yield Note("needs_ocr", "The fonts of the page do not say which characters they show.", number)
    if content.hidden:
        yield Note("recognised_text", "The text is an invisible layer over a picture: somebody's OCR.", number)
    elif pictures_of(content):
        yield Note("image_table", "A picture stands on the page where a table could be.", number)
    if content.turned or runs_sideways(content.words):
        yield Note("turned_text", "The text runs up or down the page; its order is uncertain.", number)
    if content.left_out:
        message = "Text that nobody sees, or a watermark, was left out."
        yield Note("hidden_text", message, number, tuple(place.box(number) for place in content.left_out))
    if content.struck:
        yield Note(
            "struck_text",
            "Text that is struck through was left out.",
            number,
            tuple(place.box(number) for place in content.struck),
        )
    if lost:
        yield Note("characters_lost", f"{lost} of {signs.total()} characters could not be decoded.", number)


def notes_of_tables(tables: Sequence[PageTable], words: Sequence[Word], content: PageContent) -> Iterator[Note]:
    """What the tables of a page cannot tell for certain; ``words`` are those outside of them. The boxes are places of the page as it was
    read."""
    ruled = [table for table in tables if table.kind is GridKind.RULED]
    for table in ruled:
        if cut := _cut_off(table, content):
            message = "A table runs out of the page; what its last row holds may lie beyond."
            yield Note("cut_by_edge", message, content.number, cut)
    for table in tables:
        if table.crossed:
            message = (
                "Text runs over a line between cells; it may belong to either side."
                if table.kind is GridKind.RULED
                else "Text stands across two columns of a table."
            )
            yield Note("crossed_ruling", message, content.number, table.crossed)
    if blank := tuple(box for table in ruled for box in _blank_beside(table, words)):
        message = "A figure stands beside a table; the wall that parts it from the rest of the page may not be drawn."
        yield Note("crossed_ruling", message, content.number, blank)


def _cut_off(table: PageTable, content: PageContent) -> tuple[Box, ...]:
    """The cells of the last row of a ruled table that the edge of the page cuts: its walls end there, no line closes it, and nothing
    is below."""
    bottom = table.rectangle.y1
    if content.height - bottom > AT_EDGE:
        return ()
    last_lines = [mark for mark in content.marks if mark.y1 > bottom - CLOSES]
    if not last_lines or any(mark.x1 - mark.x0 > mark.y1 - mark.y0 for mark in last_lines):
        return ()
    last = max((cell.row + cell.row_span for cell in table.cells), default=0)
    return tuple(cell.box for cell in table.cells if cell.box is not None and cell.row + cell.row_span == last)


def _blank_beside(table: PageTable, words: Sequence[Word]) -> Iterator[Box]:
    """The blank cells of a ruled table at whose height a figure stands right of the table: it may be theirs."""
    beside = [word for word in words if word.x0 >= table.rectangle.x1 and word.text.isdecimal()]
    heights = [word.middle for word in beside]
    for cell in table.cells if heights else ():
        if cell.box is not None and not cell.text and any(cell.box.y0 < y < cell.box.y1 for y in heights):
            yield cell.box


def _count(kind: regex.Pattern[str], signs: Counter[str]) -> int:
    """How many of the signs of a text are of one kind."""
    return sum(signs[sign] for sign in kind.findall("".join(signs)))
