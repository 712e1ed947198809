"""Signs of which a font does not tell what they are: drawn, recognised, and written into its map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from parsers.readers.pdf.fonts.codes import codes_left_out, codes_without_sign
from parsers.readers.pdf.fonts.digits import Mended
from parsers.readers.pdf.fonts.drawing import MOST_GLYPHS, SIZE, drawn
from parsers.readers.pdf.fonts.embedded import GLYPH_NUMBERS, encoding_of, forget_fonts, maps_of, new_map
from parsers.readers.pdf.fonts.maps import Map, written
from parsers.readers.pdf.fonts.signs import BLANK, signs_of
from parsers.text import LOST

MOST_CODES, MOST_SIGNS = 65_536, 1200
"""Codes of one font, and those of its glyphs that a recogniser looks at, a few thousandths of a second each: a report is written with
a few hundred signs."""


def mend_signs(source: Any, fonts: Iterable[int]) -> Mended:
    """Mends the maps of fonts of a PDF opened by PyMuPDF in memory, as far as they say of a code that it stands for nothing, or
    leave it out: each of these glyphs is drawn and recognised. Counts the signs that are told now."""
    told: list[Map] = []
    glyphs: Mapping[str, set[int]] = {}
    try:
        for font, stream, codes in ((each.font, each.stream, each.codes) for each in maps_of(source, fonts)):
            left_out = codes_left_out(source, font, codes, thoroughly=True, most=MOST_CODES)
            if encoding_of(source, font) in GLYPH_NUMBERS:
                # A font states no width of the glyphs that are as wide as most: what is printed tells more of them.
                glyphs = glyphs or _lost_glyphs(source)
                printed = (f"{glyph:04X}" for glyph in sorted(_lost_in(source, font, glyphs)))
                named = {*codes, *left_out}
                left_out += [code for code in printed if code not in named]
            lost = [*codes_without_sign(codes), *left_out]
            if len(lost) > MOST_GLYPHS:  # the font is embedded whole: only what is printed is looked at
                glyphs = glyphs or _lost_glyphs(source)
                left_out = []
                own = _lost_in(source, font, glyphs)
                lost = [code for code in lost if int(code, 16) in own][:MOST_SIGNS]
            parts = [lost[start : start + MOST_GLYPHS] for start in range(0, len(lost), MOST_GLYPHS)]
            pictures = [picture for part in parts for picture in drawn(source, [(font, code) for code in part])]
            signs = with_one_blank(codes, dict(zip(lost, signs_of(pictures, SIZE), strict=True)))
            if signs:
                told.append(signs)
                whole = {**codes, **dict.fromkeys(left_out, LOST), **signs}
                source.update_stream(stream or new_map(source, font), written(whole))
        if told:
            forget_fonts()
    except Exception:  # the library has many errors for damaged files; what cannot be looked at is read as it is
        return Mended()
    return Mended(len(told), signs=sum(map(len, told)))


def _lost_glyphs(source: Any) -> dict[str, set[int]]:
    """By the names of fonts, the numbers of the glyphs that stand for no sign anywhere in a PDF; those of fonts are the codes of
    these, but for some kinds."""
    lost: dict[str, set[int]] = {}
    for page in source:
        for span in page.get_texttrace():
            glyphs = {glyph for sign, glyph, *_ in span["chars"] if chr(sign) == LOST}
            if glyphs:
                lost.setdefault(span["font"], set()).update(glyphs)
    return lost


def _lost_in(source: Any, font: int, lost: Mapping[str, set[int]]) -> set[int]:
    """Those of the lost glyphs that are of a font, or may be: the library cuts long names of fonts."""
    name = str(source.xref_get_key(font, "BaseFont")[1]).removeprefix("/").split("+")[-1]
    return next((glyphs for start, glyphs in lost.items() if name.startswith(start)), set().union(*lost.values()))


def with_one_blank(codes: Map, signs: Mapping[str, str | None]) -> Map:
    """The signs that are told. A glyph without ink is the blank where the font has no other blank; else it may be a sign that the
    font lacks, such as the minus of a figure."""
    told = {code: sign for code, sign in signs.items() if sign is not None}
    if [*codes.values(), *told.values()].count(BLANK) > 1:
        return {code: sign for code, sign in told.items() if sign != BLANK}
    return told
