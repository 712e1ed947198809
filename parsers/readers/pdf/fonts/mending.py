"""The glyphs of doubtful codes are drawn, read by their shapes, and the map is written anew in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from parsers.readers.pdf.fonts.codes import (
    DIGITS,
    EVERYWHERE,
    codes_left_out,
    codes_without_sign,
    doubtful_codes,
    share_of_frequent,
)
from parsers.readers.pdf.fonts.glyphs import Bitmap, digit_of
from parsers.readers.pdf.fonts.maps import LOST, Map, map_of, written
from parsers.readers.pdf.fonts.signs import BLANK, signs_of
from parsers.readers.pdf.fonts.widths import called_latin

MOST_GLYPHS = 400
"""Glyphs of one file that are drawn; a file with more has lost its text, not its digits."""
MOST_OBJECTS = 500_000
"""Numbers of objects; writing visits each. A volume of all reports of a province has some ten thousand, a damaged file may
claim millions."""
MOST_CODES, MOST_SIGNS = 65_536, 1200
"""Codes of one font, and those of its glyphs that a recogniser looks at, a few thousandths of a second each: a report is written with
a few hundred signs."""
FREQUENT = 0.2
"""Of the signs of a text 0.64 or more are frequent ones, on 240 published and made files; of signs taken by chance 0.03, of those that
stand a little beside the right ones in the order of all 0.07."""
SIZE, ROOM = 56, 80
"""Dots: the size at which glyphs are drawn, and from one to the next. Digits are two thirds of the size high; in smaller
pictures thin strokes break."""
INK = 160
"""A dot darker than this, of 255, is ink."""
GLYPH_NUMBERS = ("/Identity-H", "/Identity-V")
"""Encodings whose codes are numbers of glyphs: without a map nobody knows what they stand for."""
FONT_FILES, SYMBOLIC = ("FontFile", "FontFile2", "FontFile3"), 4
"""Where a font is embedded, and the flag of those with other signs than the Latin ones."""
_INKED = bytes(dot < INK for dot in range(256))


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done: how many ``digits`` of how many ``fonts`` have another character now, how many of these had one at all
    (``contradicted``); how many ``signs`` have one that had none."""

    fonts: int = 0
    digits: int = 0
    signs: int = 0
    contradicted: int = 0


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
    """Mends the fonts of a PDF opened by PyMuPDF, in memory. ``data`` are the bytes of the file. Where a font calls digits something
    else, those are looked at too whose digits stand in order: all of them may be called the next one."""
    fonts = fonts_of(source)
    try:
        maps = _maps(source, _numbers(fonts))
        false = [*_false_among(maps), *_partly_false(source, maps)]
        for each, codes in false:
            source.update_stream(each.stream, written({**each.codes, **dict.fromkeys(codes, LOST)}))
    except Exception:  # the library has many errors for damaged files; what cannot be looked at is read as it is
        return AsShown(data, fonts, Mended())
    mended = _mended(source, _maps(source, _numbers(fonts)) if false else maps)
    if mended.contradicted:
        others = mend_fonts(source, _numbers(fonts), in_order=True)
        mended = replace(mended, fonts=mended.fonts + others.fonts, digits=mended.digits + others.digits)
    mended = replace(mended, fonts=mended.fonts + len(false))
    return AsShown(bytes_of(source) if mended.fonts else data, fonts, mended)


def _false_among(maps: Sequence[_FontMap]) -> list[tuple[_FontMap, Iterable[str]]]:
    """The maps that name other signs than their fonts show, each with all its codes. Beside such a map no other is believed that
    cannot be told to be right, as those of digits alone."""
    shares = [(each, share_of_frequent(each.codes)) for each in maps if each.stream]
    if not any(share is not None and share < FREQUENT for _, share in shares):
        return []
    return [(each, each.codes) for each, share in shares if share is None or share < FREQUENT]


def _partly_false(source: Any, maps: Sequence[_FontMap]) -> list[tuple[_FontMap, Iterable[str]]]:
    """The maps that call some Chinese signs Latin ones, each with the codes of these."""
    named = [each for each in maps if each.stream]
    latin = called_latin(source, [(each.font, each.codes) for each in named])
    return [(each, codes) for each, codes in zip(named, latin, strict=True) if codes]


def mend_fonts(source: Any, fonts: Iterable[int], *, in_order: bool = False) -> Mended:
    """Mends the maps of fonts (numbers of objects) of a PDF opened by PyMuPDF, in memory; the file stays as it is. Fonts
    whose digits stand ``in_order`` are looked at only when asked, and then no others."""
    try:
        maps = _maps(source, fonts)
    except Exception:  # as below
        return Mended()
    return _mended(source, maps, in_order=in_order)


def _mended(source: Any, maps: Sequence[_FontMap], *, in_order: bool = False) -> Mended:
    """The same of fonts with these maps."""
    try:
        doubtful = list(_doubtful(source, maps, in_order=in_order))
        pictures = iter(_drawn(source, [(each.font, code) for each in doubtful for code in each.codes]))
        read = [(each, read_digits(each.said, islice(pictures, len(each.codes)))) for each in doubtful]
        mended = [(each, right) for each, right in read if right or each.has_gaps]
        for each, right in mended:
            source.update_stream(each.stream or _new_map(source, each.font), written({**each.map, **right}))
        if mended:
            _forget_fonts()
    except Exception:  # the library has many errors for damaged files; what cannot be looked at is read as it is
        return Mended()
    contradicted = sum(
        len(right) - len(codes_without_sign({c: each.said[c] for c in right})) for each, right in mended
    )
    return Mended(len(mended), sum(len(right) for _, right in mended), contradicted=contradicted)


def mend_signs(source: Any, fonts: Iterable[int]) -> Mended:
    """Mends the maps of fonts of a PDF opened by PyMuPDF in memory, as far as they say of a code that it stands for nothing, or
    leave it out: each of these glyphs is drawn and recognised. Counts the signs that are told now."""
    told: list[Map] = []
    glyphs: Mapping[str, set[int]] = {}
    try:
        for font, stream, codes in ((each.font, each.stream, each.codes) for each in _maps(source, fonts)):
            left_out = codes_left_out(source, font, codes, thoroughly=True, most=MOST_CODES)
            if _encoding(source, font) in GLYPH_NUMBERS:
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
            pictures = [picture for part in parts for picture in _drawn(source, [(font, code) for code in part])]
            signs = with_one_blank(codes, dict(zip(lost, signs_of(pictures, SIZE), strict=True)))
            if signs:
                told.append(signs)
                whole = {**codes, **dict.fromkeys(left_out, LOST), **signs}
                source.update_stream(stream or _new_map(source, font), written(whole))
        if told:
            _forget_fonts()
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


def _new_map(source: Any, font: int) -> int:
    """The number of an empty object that is the map of a font from now on."""
    stream = int(source.get_new_xref())
    source.update_object(stream, "<<>>")
    source.xref_set_key(font, "ToUnicode", f"{stream} 0 R")
    return stream


def _forget_fonts() -> None:
    """Makes the library load fonts again, with their new maps."""
    from parsers.readers.pdf.libraries.mupdf import pymupdf

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


@dataclass(frozen=True, slots=True)
class _FontMap:
    """The map of a font: the numbers of the first font that has it and of its own object, 0 for a font that has none."""

    font: int
    stream: int
    codes: Map


def _maps(source: Any, fonts: Iterable[int]) -> list[_FontMap]:
    """The maps of fonts; an empty one for a font that has none, and whose codes are numbers of glyphs."""
    maps: dict[int, _FontMap] = {}
    bare: list[_FontMap] = []
    for font in fonts:
        kind, value = source.xref_get_key(font, "ToUnicode")
        stream = int(value.split()[0]) if kind == "xref" else 0
        if stream and stream not in maps:
            maps[stream] = _FontMap(font, stream, map_of(source.xref_stream(stream)))
        elif not stream and _says_nothing(source, font):
            bare.append(_FontMap(font, 0, {}))
    return [*maps.values(), *bare]


def _encoding(source: Any, font: int) -> str:
    return str(source.xref_get_key(font, "Encoding")[1])


def _says_nothing(source: Any, font: int) -> bool:
    """Whether nobody knows what the codes of a font without a map stand for: they are numbers of glyphs, or the font is an embedded
    one of signs of its own, without an encoding."""
    encoding = _encoding(source, font)
    if encoding != "null":
        return encoding in GLYPH_NUMBERS
    flags = source.xref_get_key(font, "FontDescriptor/Flags")[1]
    embedded = any(source.xref_get_key(font, f"FontDescriptor/{key}")[0] == "xref" for key in FONT_FILES)
    return embedded and flags.isdecimal() and bool(int(flags) & SYMBOLIC)


def _doubtful(source: Any, maps: Sequence[_FontMap], *, in_order: bool) -> Iterator[_Doubtful]:
    digits = {text for each in maps for text in each.codes.values() if text in EVERYWHERE}
    for each in maps:
        left_out = codes_left_out(source, each.font, each.codes, thoroughly=digits < EVERYWHERE)
        whole = {**each.codes, **dict.fromkeys(left_out, LOST)}
        if doubtful := doubtful_codes(whole, in_order=in_order):
            yield _Doubtful(each.font, each.stream, whole, doubtful, bool(left_out))


def bytes_of(source: Any) -> bytes | None:
    """The bytes of a PDF as it is in memory; None where it is too damaged to be written."""
    if source.xref_length() > MOST_OBJECTS:
        return None
    try:
        return bytes(source.tobytes())
    except Exception:  # the library has many errors for damaged files
        return None


def digits_look_right(source: Any, fonts: Iterable[Mapping[int, str]], *, mended: bool) -> bool:
    """Whether the digits of a PDF opened by PyMuPDF look like what they are read as, in whatever order they stand; true
    when nothing can be told. ``fonts`` are those of its pages. Those that do not stand in order were looked at when the
    file was opened; unless they were ``mended`` there is nothing new to see in them. A code that stands for nothing is read as no
    digit, so one that looks like a digit contradicts no figure."""
    numbers = _numbers(fonts)
    orders = (False, True) if mended else (True,)
    return not any(mend_fonts(source, numbers, in_order=in_order).contradicted for in_order in orders)


def _numbers(fonts: Iterable[Mapping[int, str]]) -> list[int]:
    return sorted({font for page in fonts for font in page})


def read_digits(said: Mapping[str, str], pictures: Iterable[Bitmap]) -> Map:
    """What the codes stand for by their pictures, as far as it differs from what is ``said``.

    A digit that looks like another one is believed when no two glyphs of the font show the same digit afterwards: where
    two do, the figures cannot be told, and both are lost rather than read wrong. A single strange digit that looks
    like one that is there too is a strange typeface. A glyph of which the map says nothing may be the empty box that
    stands for all signs that a font has not: it is a digit when no other glyph looks like it. What is called a blank and has ink
    is lost where it shows no digit.
    """
    drawn = {code: tuple(map(bytes, picture)) for code, picture in zip(said, pictures, strict=True)}
    without_digit = {code for code, text in said.items() if text not in DIGITS or not text}
    boxes = Counter(drawn[code] for code in without_digit)
    shown = {code: digit_of(drawn[code]) for code in said if code not in without_digit or boxes[drawn[code]] == 1}
    counts = Counter(shown.values())
    right = {
        code: digit
        for code, digit in shown.items()
        if digit is not None and digit != said[code] and (counts[digit] == 1 or code not in without_digit)
    }
    inked = {code for code, text in said.items() if text.isspace() and any(1 in row for row in drawn[code])}
    right.update(dict.fromkeys(inked - right.keys(), LOST))
    if not right:
        return {}
    after = {**said, **right}
    counts = Counter(text for text in after.values() if text in DIGITS and text)
    shared = {code for code, text in after.items() if counts.get(text, 0) > 1}
    if len(shared) == 2 and len(right) == 1:
        return {}
    return {**right, **{code: LOST for code in shared if code in right or said[code] in right.values()}}


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
