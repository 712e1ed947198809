"""A PDF page through pypdfium2: the same content as from :mod:`..mupdf`, faster where fonts are Type 3 programs.

PDFium gives characters (:mod:`.characters`) and paths (:mod:`.paths`); words and marks are put together here.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import pypdfium2
from pypdfium2 import PdfiumError

from parsers.readers.pdf.libraries.pdfium.characters import characters_of, without_blanks, without_overhang
from parsers.readers.pdf.libraries.pdfium.painted import left_out, painted_on, tiled
from parsers.readers.pdf.libraries.pdfium.places import shown_place
from parsers.readers.pdf.libraries.watermarks import may_be_tiled
from parsers.readers.pdf.lines import words_of
from parsers.readers.pdf.page import PageContent, Rectangle


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
        found = [
            each
            for each in characters_of(text, shown)
            if each[1].x1 >= 0 and each[1].x0 <= width and each[1].y1 >= 0 and each[1].y0 <= height
        ]
        characters = {number: character for number, character, _ in found}
        painted = painted_on(page, shown, width, height)
        hidden = bool(characters) and len(painted.without_ink) == len(painted.texts)
        unseen = left_out(text, page, characters, painted, shown, hidden=hidden)
        unseen |= {number for number, _, is_across in found if is_across}
        seen = without_overhang([c for number, c in characters.items() if number not in unseen])
        words = words_of(seen)
        if may_be_tiled(words) and (tiles := tiled(text, characters, height)):
            unseen |= tiles
            seen = without_overhang([c for number, c in characters.items() if number not in unseen])
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
        characters=partial(without_blanks, seen),
        left_out=[Rectangle(*characters[number][:4]) for number in sorted(unseen)],
        hidden=hidden,
    )


__all__ = ["PdfiumError", "open_pdf", "read_page"]
