"""A PDF that says what it shows: false maps forgotten, digits in strange orders read by their shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from parsers.readers.pdf.fonts.codes import share_of_frequent
from parsers.readers.pdf.fonts.digits import Mended, mend_digits, mend_fonts
from parsers.readers.pdf.fonts.embedded import FontMap, bytes_of, fonts_of, maps_of
from parsers.readers.pdf.fonts.maps import written
from parsers.readers.pdf.fonts.widths import called_latin
from parsers.text import LOST

FREQUENT = 0.2
"""Of the signs of a text 0.64 or more are frequent ones, on 240 published and made files; of signs taken by chance 0.03, of those that
stand a little beside the right ones in the order of all 0.07."""


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
        maps = maps_of(source, _numbers(fonts))
        false = [*_false_among(maps), *_partly_false(source, maps)]
        for each, codes in false:
            source.update_stream(each.stream, written({**each.codes, **dict.fromkeys(codes, LOST)}))
    except Exception:  # the library has many errors for damaged files; what cannot be looked at is read as it is
        return AsShown(data, fonts, Mended())
    mended = mend_digits(source, maps_of(source, _numbers(fonts)) if false else maps)
    if mended.contradicted:
        others = mend_fonts(source, _numbers(fonts), in_order=True)
        mended = replace(mended, fonts=mended.fonts + others.fonts, digits=mended.digits + others.digits)
    mended = replace(mended, fonts=mended.fonts + len(false))
    return AsShown(bytes_of(source) if mended.fonts else data, fonts, mended)


def _false_among(maps: Sequence[FontMap]) -> list[tuple[FontMap, Iterable[str]]]:
    """The maps that name other signs than their fonts show, each with all its codes. Beside such a map no other is believed that
    cannot be told to be right, as those of digits alone."""
    shares = [(each, share_of_frequent(each.codes)) for each in maps if each.stream]
    if not any(share is not None and share < FREQUENT for _, share in shares):
        return []
    return [(each, each.codes) for each, share in shares if share is None or share < FREQUENT]


def _partly_false(source: Any, maps: Sequence[FontMap]) -> list[tuple[FontMap, Iterable[str]]]:
    """The maps that call some Chinese signs Latin ones, each with the codes of these."""
    named = [each for each in maps if each.stream]
    latin = called_latin(source, [(each.font, each.codes) for each in named])
    return [(each, codes) for each, codes in zip(named, latin, strict=True) if codes]


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
