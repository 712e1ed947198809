"""The fonts of a PDF opened by PyMuPDF, as objects of the file: their maps, and maps written anew, in memory alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from parsers.readers.pdf.fonts.maps import Map, map_of

MOST_OBJECTS = 500_000
"""Numbers of objects; writing visits each. A volume of all reports of a province has some ten thousand, a damaged file may
claim millions."""
GLYPH_NUMBERS = ("/Identity-H", "/Identity-V")
"""Encodings whose codes are numbers of glyphs: without a map nobody knows what they stand for."""
FONT_FILES, SYMBOLIC = ("FontFile", "FontFile2", "FontFile3"), 4
"""Where a font is embedded, and the flag of those with other signs than the Latin ones."""


def fonts_of(source: Any) -> list[dict[int, str]]:
    """For each page of a PDF (opened by PyMuPDF) the objects of its fonts (their numbers), each with its kind (``Type0``, ``Type3`` …)."""
    fonts: list[dict[int, str]] = []
    for index in range(source.page_count):
        try:
            fonts.append({font[0]: font[2] for font in source.get_page_fonts(index)})
        except Exception:  # a damaged page; reading it will say so
            fonts.append({})
    return fonts


@dataclass(frozen=True, slots=True)
class FontMap:
    """The map of a font: the numbers of the first font that has it and of its own object, 0 for a font that has none."""

    font: int
    stream: int
    codes: Map


def maps_of(source: Any, fonts: Iterable[int]) -> list[FontMap]:
    """The maps of fonts; an empty one for a font that has none, and whose codes are numbers of glyphs."""
    maps: dict[int, FontMap] = {}
    bare: list[FontMap] = []
    for font in fonts:
        kind, value = source.xref_get_key(font, "ToUnicode")
        stream = int(value.split()[0]) if kind == "xref" else 0
        if stream and stream not in maps:
            maps[stream] = FontMap(font, stream, map_of(source.xref_stream(stream)))
        elif not stream and _says_nothing(source, font):
            bare.append(FontMap(font, 0, {}))
    return [*maps.values(), *bare]


def _says_nothing(source: Any, font: int) -> bool:
    """Whether nobody knows what the codes of a font without a map stand for: they are numbers of glyphs, or the font is an embedded
    one of signs of its own, without an encoding."""
    encoding = encoding_of(source, font)
    if encoding != "null":
        return encoding in GLYPH_NUMBERS
    flags = source.xref_get_key(font, "FontDescriptor/Flags")[1]
    embedded = any(source.xref_get_key(font, f"FontDescriptor/{key}")[0] == "xref" for key in FONT_FILES)
    return embedded and flags.isdecimal() and bool(int(flags) & SYMBOLIC)


def encoding_of(source: Any, font: int) -> str:
    return str(source.xref_get_key(font, "Encoding")[1])


def new_map(source: Any, font: int) -> int:
    """The number of an empty object that is the map of a font from now on."""
    stream = int(source.get_new_xref())
    source.update_object(stream, "<<>>")
    source.xref_set_key(font, "ToUnicode", f"{stream} 0 R")
    return stream


def forget_fonts() -> None:
    """Makes the library load fonts again, with their new maps."""
    from parsers.readers.pdf.libraries.mupdf import pymupdf

    pymupdf.TOOLS.store_shrink(100)


def bytes_of(source: Any) -> bytes | None:
    """The bytes of a PDF as it is in memory; None where it is too damaged to be written."""
    if source.xref_length() > MOST_OBJECTS:
        return None
    try:
        return bytes(source.tobytes())
    except Exception:  # the library has many errors for damaged files
        return None
