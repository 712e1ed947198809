"""The maps of a PDF's fonts from glyphs to characters, mended where their digits are not what is shown.

Every library reads what the map says, not what is painted. A map that says 7 for the glyph of a 2, or that has no character
for a digit, gives wrong figures or none; so the glyphs of such a font are drawn, the digits are told by their
shape (:mod:`.glyphs`), and the map is written anew. The file read afterwards is the same, with right maps.

Digits follow each other in every typeface, and programs keep the glyphs of a font in its order: a map in which they do is
right. Only fonts whose digits stand in another order, as of programs that number glyphs as they occur, are drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import regex

from parsers.readers.pdf.glyphs import Bitmap, digit_of

MOST_CODES = 80
"""Glyphs of one font that are drawn; more without a character are those of a whole script, not of digits."""
MOST_GLYPHS = 400
"""Glyphs of one file that are drawn; a file with more has lost its text, not its digits."""
SIZE, ROOM = 56, 80
"""Dots: the size at which glyphs are drawn, and from one to the next. Digits are two thirds of the size high; in smaller
pictures thin strokes break."""
INK = 160
"""A dot darker than this, of 255, is ink."""
LOST = "\ufffd"
EVERYWHERE = frozenset("012")
"""Digits that every report prints, in its year."""
LONG_CODE, SHORT_CODE = 4, 2
"""Hexadecimal digits of a code of a composite font, and of a simple one."""
GLYPH_NUMBERS = ("/Identity-H", "/Identity-V")
"""Encodings whose codes are numbers of glyphs: without a map nobody knows what they stand for."""

_DIGITS = "0123456789"
_INKED = bytes(dot < INK for dot in range(256))
_BLOCK = regex.compile(rb"beginbf(char|range)(.*?)endbf", regex.DOTALL)
_CHAR = regex.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f ]*)>")
_RANGE = regex.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]+)\s*>\s*(?:<\s*([0-9A-Fa-f]+)\s*>|\[([^\]]*)\])")
_REFERENCE = regex.compile(r"(\d+) 0 R")
_WIDTHS = regex.compile(r"(\d+)\s*(?:\[([^\]]*)\]|\s(\d+)\s+[\d.]+)")
_DIFFERENCE = regex.compile(r"/([^\s/\[\]<>]+)|(\d+)")
_MEANINGLESS = regex.compile(r"[\ufffd\p{Co}\p{Cn}\p{Cs}\p{Cc}]")

Map = dict[str, str]
"""From a code of a font, in hexadecimal, to the text that it stands for."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done: how many ``digits`` of how many ``fonts`` have another character now."""

    fonts: int = 0
    digits: int = 0


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
class AsShown:
    """A PDF that says what it shows: its bytes (None where a mended one cannot be written), the fonts of each page, and what
    was mended."""

    data: bytes | None
    fonts: list[dict[int, str]]
    mended: Mended


def as_shown(source: Any, data: bytes) -> AsShown:
    """Mends the fonts of a PDF opened by PyMuPDF, in memory. ``data`` are the bytes of the file."""
    fonts = fonts_of(source)
    mended = mend_fonts(source, _numbers(fonts))
    return AsShown(bytes_of(source) if mended.fonts else data, fonts, mended)


def mend_fonts(source: Any, fonts: Iterable[int], *, in_order: bool = False) -> Mended:
    """Mends the maps of fonts (numbers of objects) of a PDF opened by PyMuPDF, in memory; the file stays as it is. Fonts
    whose digits stand ``in_order`` are looked at only when asked, and then no others."""
    try:
        doubtful = list(_doubtful(source, fonts, in_order=in_order))
        pictures = iter(_drawn(source, [(each.font, code) for each in doubtful for code in each.codes]))
        read = [(each, read_digits(each.said, islice(pictures, len(each.codes)))) for each in doubtful]
        mended = [(each, right) for each, right in read if right or each.has_gaps]
        for each, right in mended:
            source.update_stream(each.stream or _new_map(source, each.font), written({**each.map, **right}))
        if mended:
            _forget_fonts()
    except Exception:  # the library has many errors for damaged files; what cannot be looked at is read as it is
        return Mended()
    return Mended(len(mended), sum(len(right) for _, right in mended))


def _new_map(source: Any, font: int) -> int:
    """The number of an empty object that is the map of a font from now on."""
    stream = int(source.get_new_xref())
    source.update_object(stream, "<<>>")
    source.xref_set_key(font, "ToUnicode", f"{stream} 0 R")
    return stream


def _forget_fonts() -> None:
    """Makes the library load fonts again, with their new maps."""
    from parsers.readers.pdf.mupdf import pymupdf

    pymupdf.TOOLS.store_shrink(100)


@dataclass(frozen=True, slots=True)
class _Doubtful:
    """A font to be looked at: the numbers of its object and of its map's (0 where it has none), the map, and the codes in
    doubt. ``has_gaps``: the map as it stands in the file leaves some of them out."""

    font: int
    stream: int
    map: Map
    codes: list[str]
    has_gaps: bool

    @property
    def said(self) -> Map:
        """What the map says of the codes in doubt."""
        return {code: self.map[code] for code in self.codes}


def _doubtful(source: Any, fonts: Iterable[int], *, in_order: bool) -> Iterator[_Doubtful]:
    maps: dict[int, tuple[int, Map]] = {}
    bare: list[tuple[int, tuple[int, Map]]] = []
    for font in fonts:
        kind, value = source.xref_get_key(font, "ToUnicode")
        stream = int(value.split()[0]) if kind == "xref" else 0
        if stream and stream not in maps:
            maps[stream] = font, map_of(source.xref_stream(stream))
        elif not stream and source.xref_get_key(font, "Encoding")[1] in GLYPH_NUMBERS:
            bare.append((0, (font, {})))
    digits = {text for _, codes in maps.values() for text in codes.values() if text in EVERYWHERE}
    for stream, (font, codes) in (*maps.items(), *bare):
        left_out = codes_left_out(source, font, codes, thoroughly=digits < EVERYWHERE)
        whole = {**codes, **dict.fromkeys(left_out, LOST)}
        if doubtful := doubtful_codes(whole, in_order=in_order):
            yield _Doubtful(font, stream, whole, doubtful, bool(left_out))


def codes_left_out(source: Any, font: int, codes: Map, *, thoroughly: bool) -> list[str]:
    """The codes of a font's glyphs that its map leaves out. Nobody knows what they stand for; libraries take the number
    of a code for that of a character where a font has no encoding beside its map, and read digits that are none. Fonts
    of other kinds are looked at only ``thoroughly``, or when their map is empty. None where there are too many to be drawn."""
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
        used = _codes_with_widths(source, font) if thoroughly else set()
    elif source.xref_get_key(font, "Encoding")[0] == "null":
        first, last = (source.xref_get_key(font, key)[1] for key in ("FirstChar", "LastChar"))
        used = set(range(int(first), int(last) + 1)) if first.isdecimal() and last.isdecimal() else set()
    elif thoroughly and source.xref_get_key(font, "Subtype")[1] == "/Type3":
        used = _codes_with_names(source.xref_get_key(font, "Encoding/Differences")[1])
    left_out = sorted(used - {int(code, 16) for code in codes} - {0})
    return [f"{code:0{length}X}" for code in left_out] if len(left_out) <= MOST_CODES else []


def _codes_with_widths(source: Any, font: int) -> set[int]:
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
        used.update(range(int(first), int(first) + min(count, MOST_CODES)))
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


def bytes_of(source: Any) -> bytes | None:
    """The bytes of a PDF as it is in memory; None where it is too damaged to be written."""
    try:
        return bytes(source.tobytes())
    except Exception:  # the library has many errors for damaged files
        return None


def digits_look_right(source: Any, fonts: Iterable[Mapping[int, str]], *, mended: bool) -> bool:
    """Whether the digits of a PDF opened by PyMuPDF look like what they are read as, in whatever order they stand; true
    when nothing can be told. ``fonts`` are those of its pages. Those that do not stand in order were looked at when the
    file was opened; unless they were ``mended`` there is nothing new to see in them."""
    numbers = _numbers(fonts)
    orders = (False, True) if mended else (True,)
    return not any(mend_fonts(source, numbers, in_order=in_order).digits for in_order in orders)


def _numbers(fonts: Iterable[Mapping[int, str]]) -> list[int]:
    return sorted({font for page in fonts for font in page})


def map_of(text: bytes) -> Map:
    """The codes of a ToUnicode map and what they stand for.

    >>> map_of(b"1 beginbfrange <0013> <0015> <0030> endbfrange 1 beginbfchar <0021> <4E00> endbfchar")
    {'0013': '0', '0014': '1', '0015': '2', '0021': '一'}
    """
    codes: Map = {}
    for kind, block in _BLOCK.findall(text):
        if kind == b"char":
            codes.update((code.decode().upper(), _text(target)) for code, target in _CHAR.findall(block))
            continue
        for first, last, target, targets in _RANGE.findall(block):
            start, width = int(first, 16), len(first)
            count = min(int(last, 16) - start + 1, 65536)
            if target:
                text_of_first = _text(target)
                for step in range(count if text_of_first else 0):
                    code = min(ord(text_of_first[-1]) + step, 0x10FFFF)
                    codes[f"{start + step:0{width}X}"] = text_of_first[:-1] + chr(code)
            else:
                listed = regex.findall(rb"<([0-9A-Fa-f\s]*)>", targets)
                codes.update((f"{start + step:0{width}X}", _text(each)) for step, each in enumerate(listed[:count]))
    return codes


def _text(target: bytes) -> str:
    if len(target) == 4:
        return chr(int(target, 16))
    digits = b"".join(target.split()).decode()
    return bytes.fromhex(digits.zfill(-(-len(digits) // 2) * 2)).decode("utf-16-be", "replace")


def doubtful_codes(codes: Mapping[str, str], *, in_order: bool = False) -> list[str]:
    """The codes to look at: those of digits that do not follow each other, and those that stand for no character; or, of a
    font without either, those of its digits ``in_order``."""
    digits = {code: text for code, text in codes.items() if text in _DIGITS and text}
    whole = all(codes.values()) and not _MEANINGLESS.search("".join(codes.values()))
    lost = [] if whole else [code for code, text in codes.items() if not text or _MEANINGLESS.search(text)]
    follow = len(digits) > 1 and len({int(code, 16) - int(text) for code, text in digits.items()}) == 1
    if in_order != (follow and not lost) or len(digits) + len(lost) > MOST_CODES:
        return []
    return [*digits, *lost]


def read_digits(said: Mapping[str, str], pictures: Iterable[Bitmap]) -> Map:
    """What the codes stand for by their pictures, as far as it differs from what is ``said``.

    A digit that looks like another one is believed when no two glyphs of the font show the same digit afterwards: where
    two do, the figures cannot be told, and both are lost rather than read wrong. A single strange digit that looks
    like one that is there too is a strange typeface. A glyph of which the map says nothing may be the empty box that
    stands for all signs that a font has not: it is a digit when no other glyph looks like it.
    """
    drawn = {code: tuple(map(bytes, picture)) for code, picture in zip(said, pictures, strict=True)}
    without_digit = {code for code, text in said.items() if text not in _DIGITS or not text}
    boxes = Counter(drawn[code] for code in without_digit)
    shown = {code: digit_of(drawn[code]) for code in said if code not in without_digit or boxes[drawn[code]] == 1}
    counts = Counter(shown.values())
    right = {
        code: digit
        for code, digit in shown.items()
        if digit is not None and digit != said[code] and (counts[digit] == 1 or code not in without_digit)
    }
    if not right:
        return {}
    after = {**said, **right}
    counts = Counter(text for text in after.values() if text in _DIGITS and text)
    shared = {code for code, text in after.items() if counts.get(text, 0) > 1}
    if len(shared) == 2 and len(right) == 1:
        return {}
    return {**right, **{code: LOST for code in shared if code in right or said[code] in right.values()}}


def written(codes: Mapping[str, str]) -> bytes:
    """A ToUnicode map of these codes."""
    width = len(next(iter(codes), "0000"))
    lines = [f"<{code}> <{(text or LOST).encode('utf-16-be', 'replace').hex()}>" for code, text in codes.items()]
    parts = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    blocks = "".join("{} beginbfchar\n{}\nendbfchar\n".format(len(part), "\n".join(part)) for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Mended def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<{'0' * width}> <{'F' * width}>\nendcodespacerange\n{blocks}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


def _drawn(source: Any, glyphs: Sequence[tuple[int, str]]) -> list[Bitmap]:
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
