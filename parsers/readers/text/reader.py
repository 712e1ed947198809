"""Plain text and Markdown: paragraphs, headings, and tables of tabs, pipes or columns.

A table that fell apart to one cell a line stays a run of short lines; whoever knows the form can still read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

import regex

from parsers.document import Document, Metadata, Note
from parsers.errors import LimitExceeded, Unreadable
from parsers.figures import Content, content_of
from parsers.readers.blocks import Block, Paragraph, Table, document, text_of
from parsers.readers.canonical import clean
from parsers.readers.charset import decode
from parsers.readers.text.lines import LINK, blocks_of_lines

VERSION = 10
MAX_BYTES = 64 * 1024 * 1024
"""The longest report of a province has some 100 KB of text."""
_GAP = regex.compile(r"[^\s|｜][ \u3000]{2,}+[^\s|｜]")
_FEWEST_GAPS = 20
"""Between the columns of the smallest statutory table are as many. Beside a pipe blanks only fill up a cell."""
_MORE = 1.1
"""A text is a printout if its tables have so many times more figures than when each of its lines is a row."""
_TABLE = regex.compile(r"<table\b.*?</table\s*>", regex.DOTALL | regex.IGNORECASE)


def read_text(data: bytes, name: str, *, media_type: str = "text/plain") -> Document:
    """The document that plain text or Markdown is. Raises :class:`Unreadable` when it holds no text."""
    if len(data) > MAX_BYTES:
        raise LimitExceeded(f"{name}: {len(data) >> 20} MB of text; at most {MAX_BYTES >> 20} MB are read")
    text, notes = decode(data)
    blocks, pictures = blocks_of(text)
    if len(_GAP.findall(text)) >= _FEWEST_GAPS:
        printed = _as_printout(text)
        blocks = printed if _figures(printed) > _MORE * _figures(blocks) else blocks
    if pictures:
        notes.append(Note("image_table", f"{pictures} pictures in the text; one of them may be a table"))
    if not blocks:
        raise Unreadable(f"{name}: the file holds no text; download it again")
    if not text.endswith(("\n", "\r")) and _is_broken_row(blocks[-1]):
        notes.append(Note("truncated", "The text ends in the middle of a row of a table; what is there was read."))
    # A title set in two headings is one title.
    opening = takewhile(lambda block: isinstance(block, Paragraph) and 0 < block.heading < 3, blocks[:3])
    title = "".join(text_of(opening))
    return document(
        blocks,
        data=data,
        name=name,
        media_type=media_type,
        reader="text",
        metadata=Metadata(title=clean(title) or None),
        notes=notes,
    )


def _as_printout(text: str) -> list[Block]:
    from parsers.readers.text.printout import read_printout  # such a text is rare, and what reads its tables is much

    return read_printout(text)


def _figures(blocks: Sequence[Block]) -> int:
    """How many figures stand in cells of their own."""
    tables = (block for block in blocks if isinstance(block, Table))
    return sum(content_of(cell.text) is Content.FIGURE for table in tables for cell in table.cells)


def _is_broken_row(block: Block) -> bool:
    """Whether this is a table whose last row has fewer cells than the one before."""
    if not isinstance(block, Table):
        return False
    last = max(cell.row for cell in block.cells)
    return sum(cell.row == last for cell in block.cells) < sum(cell.row == last - 1 for cell in block.cells)


def blocks_of(text: str) -> tuple[list[Block], int]:
    """The blocks of a text, and how many pictures Markdown shows in it."""
    blocks: list[Block] = []
    at = 0
    for match in _TABLE.finditer(text) if "</table" in text.lower() else ():
        from parsers.readers.html.flow import blocks_of_fragment  # a text that holds a table of HTML is rare

        blocks += blocks_of_lines(text[at : match.start()])
        blocks += blocks_of_fragment(match[0])
        at = match.end()
    blocks += blocks_of_lines(text[at:])
    pictures = sum(match[1] == "!" for match in LINK.finditer(text)) if "![" in text else 0
    return blocks, pictures
