"""Glyphs of fonts drawn by PyMuPDF, to be told by their shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from parsers.readers.pdf.fonts.glyphs import Bitmap

MOST_GLYPHS = 400
"""Glyphs of one file that are drawn; a file with more has lost its text, not its digits."""
SIZE, ROOM = 56, 80
"""Dots: the size at which glyphs are drawn, and from one to the next. Digits are two thirds of the size high; in smaller
pictures thin strokes break."""
INK = 160
"""A dot darker than this, of 255, is ink."""
_INKED = bytes(dot < INK for dot in range(256))


def drawn(source: Any, glyphs: Sequence[tuple[int, str]]) -> list[Bitmap]:
    """Glyphs (font and code), one beside the other on a page that is taken out again."""
    if not 0 < len(glyphs) <= MOST_GLYPHS:
        return []
    number, width = source.page_count, ROOM * len(glyphs)
    page = source.new_page(width=width, height=ROOM)
    try:
        places = [
            f"BT /F{font} {SIZE} Tf 1 0 0 1 {ROOM * n + ROOM // 4} {ROOM // 4} Tm <{code}> Tj ET"
            for n, (font, code) in enumerate(glyphs)
        ]
        content = source.get_new_xref()
        source.update_object(content, "<<>>")
        source.update_stream(content, "\n".join(places).encode())
        source.xref_set_key(page.xref, "Contents", f"{content} 0 R")
        names = "".join(f"/F{font} {font} 0 R" for font in {font for font, _ in glyphs})
        source.xref_set_key(page.xref, "Resources", f"<</Font<<{names}>>>>")
        picture = source[number].get_pixmap(colorspace="gray")
    finally:
        source.delete_page(number)
    samples, stride = bytes(picture.samples).translate(_INKED), picture.stride
    rows = [samples[y * stride : y * stride + width] for y in range(picture.height)]
    return [[row[ROOM * n : ROOM * (n + 1)] for row in rows] for n in range(len(glyphs))]
