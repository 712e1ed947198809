"""The digits of fonts: drawn, read by their shapes, and called in the map what they show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from parsers.readers.pdf.fonts.codes import (
    DIGITS,
    EVERYWHERE,
    codes_called_otherwise,
    codes_left_out,
    codes_without_sign,
    doubtful_codes,
)
from parsers.readers.pdf.fonts.drawing import drawn
from parsers.readers.pdf.fonts.embedded import FontMap, forget_fonts, maps_of, new_map
from parsers.readers.pdf.fonts.glyphs import Bitmap, digit_of
from parsers.readers.pdf.fonts.maps import Map, written
from parsers.text import LOST

FEWEST_DIGITS = 4
"""So many different digits are those of a font, 0, 1 and 2 among them, all of which it calls otherwise; a few letters look like one."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done: how many ``digits`` of how many ``fonts`` have another character now, how many of these had one at all
    (``contradicted``); how many ``signs`` have one that had none."""

    fonts: int = 0
    digits: int = 0
    signs: int = 0
    contradicted: int = 0


def mend_fonts(source: Any, fonts: Iterable[int], *, in_order: bool = False) -> Mended:
    """Mends the maps of fonts (numbers of objects) of a PDF opened by PyMuPDF, in memory; the file stays as it is. Fonts
    whose digits stand ``in_order`` are looked at only when asked, and then no others."""
    try:
        maps = maps_of(source, fonts)
    except Exception:  # a damaged file, as in what follows
        return Mended()
    return mend_digits(source, maps, in_order=in_order)


def mend_digits(source: Any, maps: Sequence[FontMap], *, in_order: bool = False) -> Mended:
    """The same of fonts with these maps, which were read already."""
    try:
        doubtful = list(_doubtful(source, maps, in_order=in_order))
        pictures = iter(drawn(source, [(each.font, code) for each in doubtful for code in each.codes]))
        read = [(each, read_digits(each.said, islice(pictures, len(each.codes)))) for each in doubtful]
        if any(each.called_otherwise for each in doubtful):
            read = list(_believed(read))
        mended = [(each, right) for each, right in read if right or each.has_gaps]
        for each, right in mended:
            source.update_stream(each.stream or new_map(source, each.font), written({**each.map, **right}))
        if mended:
            forget_fonts()
    except Exception:  # the library has many errors for damaged files; what cannot be looked at is read as it is
        return Mended()
    contradicted = sum(
        len(right) - len(codes_without_sign({c: each.said[c] for c in right})) for each, right in mended
    )
    return Mended(len(mended), sum(len(right) for _, right in mended), contradicted=contradicted)


@dataclass(frozen=True, slots=True)
class _Doubtful:
    """A font to be looked at: the numbers of its object and of its map's (0 where it has none), the map, and the codes in
    doubt. ``has_gaps``: the map as it stands in the file leaves some of them out. ``called_otherwise``: it calls them letters and
    other signs, and no font of the file calls anything 0, 1 or 2, which every report prints."""

    font: int
    stream: int
    map: Map
    codes: list[str]
    has_gaps: bool
    called_otherwise: bool = False

    @property
    def said(self) -> Map:
        """What the map says of the codes in doubt."""
        return {code: self.map[code] for code in self.codes}


def _doubtful(source: Any, maps: Sequence[FontMap], *, in_order: bool) -> Iterator[_Doubtful]:
    digits = {text for each in maps for text in each.codes.values() if text in EVERYWHERE}
    for each in maps:
        left_out = codes_left_out(source, each.font, each.codes, thoroughly=digits < EVERYWHERE)
        whole = {**each.codes, **dict.fromkeys(left_out, LOST)}
        if doubtful := doubtful_codes(whole, in_order=in_order):
            yield _Doubtful(each.font, each.stream, whole, doubtful, bool(left_out))
        elif not digits and not in_order and (others := codes_called_otherwise(whole)):
            yield _Doubtful(each.font, each.stream, whole, others, has_gaps=False, called_otherwise=True)


def _believed(read: Sequence[tuple[_Doubtful, Map]]) -> Iterator[tuple[_Doubtful, Map]]:
    """The fonts and what their codes stand for, without what may be letters that look like digits: where no font shows all the digits of
    a year and others, and of fonts that show fewer, those that show anything else."""
    shown = [{text for text in told.values() if text in DIGITS} for _, told in read]
    whole = [len(digits) >= FEWEST_DIGITS and digits >= EVERYWHERE for digits in shown]
    for (each, told), is_whole in zip(read, whole, strict=True):
        alone = any(whole) and len(told) == len(each.codes)
        yield each, told if is_whole or alone or not each.called_otherwise else {}


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
