"""Which codes of a font are to be looked at: those of digits in strange orders, those that stand for nothing, those left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

import regex

from parsers.data import read_toml
from parsers.readers.pdf.fonts.maps import Map
from parsers.text import MEANINGLESS

MOST_CODES = 80
"""Glyphs of one font that are drawn; more without a character are those of a whole script, not of digits."""
FEWEST_BLANKS = 3
"""Codes that a map calls blanks: a font needs two, for the blank that breaks a line and the one that does not."""
EVERYWHERE = frozenset("012")
"""Digits that every report prints, in its year."""
FEWEST_SIGNS, MOST_SIGNS = 40, 2000
"""So many different Chinese signs tell what a font is used for; a text has some hundreds, a font embedded whole some thousands."""
LONG_CODE, SHORT_CODE = 4, 2
"""Hexadecimal digits of a code of a composite font, and of a simple one."""
DIGITS = "0123456789"
_REFERENCE = regex.compile(r"(\d+) 0 R")
_WIDTHS = regex.compile(r"(\d+)\s*(?:\[([^\]]*)\]|\s(\d+)\s+[\d.]+)")
_DIFFERENCE = regex.compile(r"/([^\s/\[\]<>]+)|(\d+)")


@cache
def _frequent() -> frozenset[str]:
    data = read_toml(__package__, "frequent.toml")
    return frozenset(data["signs"])


def share_of_frequent(codes: Mapping[str, str]) -> float | None:
    """Of the Chinese signs that a map names, the part that are among those that make up most of any text. None where these are too few to
    tell, or all there are, in a font that is embedded whole."""
    signs = {text for text in codes.values() if len(text) == 1 and "\u4e00" <= text <= "\u9fff"}
    return len(signs & _frequent()) / len(signs) if FEWEST_SIGNS <= len(signs) <= MOST_SIGNS else None


def codes_left_out(source: Any, font: int, codes: Map, *, thoroughly: bool, most: int = MOST_CODES) -> list[str]:
    """The codes of a font's glyphs that its map leaves out. Nobody knows what they stand for; libraries take the number
    of a code for that of a character where a font has no encoding beside its map, and read digits that are none. Fonts
    of other kinds are looked at only ``thoroughly``, or when their map is empty. None where there are more than ``most``,
    too many to be drawn."""
    lengths = {len(code) for code in codes}
    if not codes:
        composite = source.xref_get_key(font, "DescendantFonts")[0] != "null"
        lengths = {LONG_CODE if composite else SHORT_CODE}
    length = min(lengths)
    if len(lengths) != 1:
        return []
    thoroughly = thoroughly or not codes
    used: set[int] = set()
    if length == LONG_CODE:
        used = _codes_with_widths(source, font, most) if thoroughly else set()
    elif source.xref_get_key(font, "Encoding")[0] == "null":
        first, last = (source.xref_get_key(font, key)[1] for key in ("FirstChar", "LastChar"))
        used = set(range(int(first), int(last) + 1)) if first.isdecimal() and last.isdecimal() else set()
    elif thoroughly and source.xref_get_key(font, "Subtype")[1] == "/Type3":
        used = _codes_with_names(source.xref_get_key(font, "Encoding/Differences")[1])
    left_out = sorted(used - {int(code, 16) for code in codes} - {0})
    return [f"{code:0{length}X}" for code in left_out] if len(left_out) <= most else []


def _codes_with_widths(source: Any, font: int, most: int) -> set[int]:
    """The codes for which a composite font states the widths of their glyphs: one after the other from a first one on
    (``33 [300 520]``), or the same for all of a range (``33 40 500``)."""
    descendant = _REFERENCE.search(source.xref_get_key(font, "DescendantFonts")[1])
    if descendant is None:
        return set()
    kind, widths = source.xref_get_key(int(descendant[1]), "W")
    if kind == "xref":
        widths = source.xref_object(int(widths.split()[0]), compressed=True)
    used: set[int] = set()
    for first, listed, last in _WIDTHS.findall(widths):
        count = int(last) - int(first) + 1 if last else len(listed.split())
        used.update(range(int(first), int(first) + min(count, most)))
    return used


def _codes_with_names(differences: str) -> set[int]:
    """The codes whose glyphs have a name of their own in an encoding; programs give all others the same one."""
    names: dict[int, str] = {}
    code = 0
    for name, number in _DIFFERENCE.findall(differences):
        if number:
            code = int(number)
        else:
            names[code] = name
            code += 1
    counts = Counter(names.values())
    return {code for code, name in names.items() if counts[name] == 1}


def codes_without_sign(codes: Mapping[str, str]) -> list[str]:
    """The codes that stand for no character."""
    return [code for code, text in codes.items() if not text or MEANINGLESS.search(text)]


def codes_called_otherwise(codes: Mapping[str, str]) -> list[str]:
    """The codes that stand for one printable sign of ASCII that is no digit, if they are not too many."""
    others = [c for c, text in codes.items() if len(text) == 1 and "!" <= text <= "~" and text not in DIGITS]
    return others if len(others) <= MOST_CODES else []


def doubtful_codes(codes: Mapping[str, str], *, in_order: bool = False) -> list[str]:
    """The codes to look at: those of digits that do not follow each other, those that stand for no character, and those that are
    called blanks where a font has more of these than it can need, if they are not too many; or, of a font without either,
    those of its digits ``in_order``."""
    digits = {code: text for code, text in codes.items() if text in DIGITS and text}
    whole = all(codes.values()) and not MEANINGLESS.search("".join(codes.values()))
    lost = [] if whole else codes_without_sign(codes)
    blanks = [code for code, text in codes.items() if text.isspace()]
    if len(blanks) >= FEWEST_BLANKS:
        lost += blanks
    if len(lost) > MOST_CODES:
        lost = []  # the font is embedded whole
    follow = len(digits) > 1 and len({int(code, 16) - int(text) for code, text in digits.items()}) == 1
    if in_order != (follow and not lost) or len(digits) + len(lost) > MOST_CODES:
        return []
    return [*digits, *lost]
