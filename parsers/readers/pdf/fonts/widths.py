"""Which Chinese signs the maps of a file call Latin ones, told by how wide they are.

A program that writes a PDF anew writes the maps of its fonts anew too, and may do so wrong: the numbers of some Chinese signs lose a byte,
and are those of Latin letters, of points, of digits. Each by itself is a sign like any other, but no Latin sign is as wide as a
Chinese one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import regex

from parsers.readers.pdf.fonts.codes import MOST_SIGNS
from parsers.readers.pdf.fonts.maps import Map
from parsers.text import HAN

SAME_WIDTH = 0.005
"""The part of their width by which the Chinese signs of a font differ."""
_STRANGE = regex.compile(r"[\u00c0-\u024f--[\u00d7\u00f7]]", regex.VERSION1)
"""Letters of other languages: a report prints none."""
_LATIN = regex.compile(r"[\x21-\u024f]")
_REFERENCE = regex.compile(r"(\d+) 0 R")
_WIDTHS = regex.compile(r"(\d+)\s*(?:\[([^\]]*)\]|\s(\d+)\s+([\d.]+))")
_NUMBER = regex.compile(r"-?(?:\d+\.?\d*|\.\d+)")


def called_latin(source: Any, fonts: Sequence[tuple[int, Map]]) -> list[list[str]]:
    """For each of a file's fonts (the numbers of their objects, with their maps) the codes that are called Latin signs or digits and whose
    glyphs are as wide as Chinese signs. Nothing is looked for where no map names signs that no report prints, other than that of
    a font which is embedded whole."""
    if not any(len(codes) <= MOST_SIGNS and _STRANGE.search("".join(codes.values())) for _, codes in fonts):
        return [[] for _ in fonts]
    widths = [_widths(source, font, codes) for font, codes in fonts]
    chinese: dict[bool, Counter[float]] = {True: Counter(), False: Counter()}
    for (font, codes), of_font in zip(fonts, widths, strict=True):
        chinese[_is_drawn(source, font)].update(of_font[code] for code, text in codes.items() if HAN.match(text))
    found = []
    for (font, codes), of_font in zip(fonts, widths, strict=True):
        usual = chinese[_is_drawn(source, font)].most_common(1)
        wide = {code for code, width in of_font.items() if usual and _is_same(width, usual[0][0])}
        found.append([code for code, text in codes.items() if code in wide and _LATIN.match(text)])
    return found


def _is_same(width: float, other: float) -> bool:
    return width > 0 and abs(width - other) <= SAME_WIDTH * other


def _is_drawn(source: Any, font: int) -> bool:
    """Whether the glyphs of a font are drawings (Type 3), which have a scale of their own."""
    return bool(source.xref_get_key(font, "Subtype")[1] == "/Type3")


def _widths(source: Any, font: int, codes: Map) -> Mapping[str, float]:
    """How wide the glyphs of a font's codes are, in sizes of the font."""
    descendant = _REFERENCE.search(source.xref_get_key(font, "DescendantFonts")[1])
    widths: dict[int, float] = {}
    default = "0"
    scale = 0.001
    if descendant is None:
        first = source.xref_get_key(font, "FirstChar")[1]
        scale = next(iter(_numbers(source.xref_get_key(font, "FontMatrix")[1])), scale)
        widths.update(enumerate(_numbers(_listed(source, font, "Widths")), int(first) if first.isdecimal() else 0))
    else:
        number = int(descendant[1])
        default = source.xref_get_key(number, "DW")[1]
        default = default if default.isdecimal() else "1000"
        for start, several, last, same in _WIDTHS.findall(_listed(source, number, "W")):
            codes_of_range = range(int(start), min(int(last), 0xFFFF) + 1) if last else ()
            widths.update(dict.fromkeys(codes_of_range, float(same or 0)))
            widths.update(enumerate(_numbers(several), int(start)))
    return {code: round(widths.get(int(code, 16), float(default)) * scale, 4) for code in codes}


def _listed(source: Any, number: int, key: str) -> str:
    """The array under a key of an object, wherever it stands."""
    kind, text = source.xref_get_key(number, key)
    return str(source.xref_object(int(text.split()[0]), compressed=True) if kind == "xref" else text)


def _numbers(text: str) -> list[float]:
    return [float(each) for each in _NUMBER.findall(text)]
