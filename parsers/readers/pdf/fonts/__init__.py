"""The maps of a PDF's fonts from glyphs to characters, mended where their digits are not what is shown.

Every library reads what the map says, not what is painted. A map that says 7 for the glyph of a 2, or that has no character
for a digit, gives wrong figures or none; so the glyphs of such a font are drawn, the digits are told by their
shape (:mod:`.glyphs`), and the map is written anew (:mod:`.digits`). The file read afterwards is the same, with right maps.

Digits follow each other in every typeface, and programs keep the glyphs of a font in its order: a map in which they do is
right. Only fonts whose digits stand in another order, as of programs that number glyphs as they occur, are drawn.

A map whose Chinese signs are none that texts are made of (:mod:`.codes`) tells nothing of what its font shows, and is forgotten.

Where a page turns out to hold signs that its fonts do not tell (:mod:`.untold`), all of these are drawn and recognised
(:mod:`.signs`): that needs the packages that read scans, and some thousandths of a second a glyph.
"""

from __future__ import annotations

from parsers.readers.pdf.fonts.digits import Mended
from parsers.readers.pdf.fonts.embedded import bytes_of, fonts_of
from parsers.readers.pdf.fonts.mending import AsShown, as_shown, digits_look_right
from parsers.readers.pdf.fonts.untold import mend_signs

__all__ = ["AsShown", "Mended", "as_shown", "bytes_of", "digits_look_right", "fonts_of", "mend_signs"]
