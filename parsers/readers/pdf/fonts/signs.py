"""Which sign the picture of a glyph shows, where nothing says what it stands for.

Signs of one stroke are told by their measures, or not at all: a bar may be a dash or the numeral one, and a recogniser guesses.
Digits need two witnesses, their shape (:mod:`.glyphs`) and the recogniser of scans; all others are what the recogniser is sure
of, alone or between two signs of the same font that it knows. What is not told stays lost, and is seen to be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import regex

from parsers.readers.pdf.fonts.glyphs import Bitmap, digit_of
from parsers.text import HAN

SURE = 0.9
"""How sure the recogniser must be of a sign. Of 481 signs of the forms in five typefaces it is as sure of 99 in a hundred, and wrong
about one in two thousand."""
SURE_OF_MARK, FRAMES, NEVER = 0.4, 2, 2.0
"""The same of a bracket or a mark, each time that it stands between two signs that are known: no figure changes by taking one mark
for another. How many such signs are tried."""
BAR, DOT = 0.12, 0.2
"""Parts of the size of a font: no bar is thicker, no point higher or wider."""
ROUND = 0.75
"""The part of its box that the ink of a point fills at least; a comma fills less, and is higher than wide."""
SHORT, WHOLE = 0.62, 0.97
"""Parts of the size: no hyphen is longer, no dash of two signs' width shorter. The numeral one is between them."""
LOWEST, HIGHEST = 0.5, 0.82
"""The parts of the size between which a digit is high; of brackets and points some look like a 1 or a 0."""
LEAN = 0.15
"""The part of the size by which a slash leans at least."""
BLANK, HYPHEN, DASH, SLASH, POINT = " ", "-", "—", "/", "."
CROSS = 0.86
"""The part of the size that the numeral ten is wide at least; no plus is."""
_SIGN = regex.compile(r"[\p{Han}（）()《》〈〉〔〕【】“”：；:;？！，、。%％]")
_TEN = "十"
_ONE_STROKE = frozenset("一丨丶丿乀亅〇口")
"""Signs that figures have look-alikes of: what is taken for one of these may be a dash, a stroke, a zero."""


def signs_of(pictures: Sequence[Bitmap], size: int) -> list[str | None]:
    """The sign that each picture shows, drawn ``size`` dots large; a blank where it shows nothing, None where it cannot be told."""
    known = dict.fromkeys(tuple(map(bytes, picture)) for picture in pictures)
    told = _told(list(known), size)
    return [told[tuple(map(bytes, picture))] for picture in pictures]


def _told(pictures: Sequence[tuple[bytes, ...]], size: int) -> Mapping[tuple[bytes, ...], str | None]:
    import numpy as np

    from parsers.readers.ocr.engine import recognise

    told = {picture: _by_measures(picture, size) for picture in pictures}
    dots = {
        picture: np.array([list(row) for row in picture], np.uint8) for picture, sign in told.items() if sign == ""
    }
    frames: list[tuple[float, tuple[bytes, ...]]] = []
    for picture, read in zip(dots, recognise([255 * (1 - ink) for ink in dots.values()]), strict=True):
        digit = digit_of(picture)
        if read.confidence >= SURE and _SIGN.fullmatch(read.text):
            told[picture] = read.text
            frames += [(read.confidence, picture)] if HAN.fullmatch(read.text) else []
        elif digit is not None and read.figure == digit and LOWEST <= _height(picture) / size <= HIGHEST:
            told[picture] = digit
    beside = [picture for picture in dots if not told[picture]]
    read_in = [
        _framed([255 * (1 - _between(dots[frame], dots[picture], size)) for picture in beside], told[frame] or "")
        for _, frame in sorted(frames, reverse=True)[:FRAMES]
    ]
    for picture, *readings in zip(beside, *read_in, strict=True):
        signs = {sign for sign, _ in readings}
        if len(signs) == 1 and all(confidence >= _least(sign) for sign, confidence in readings):
            told[picture] = signs.pop()
    return {
        picture: None if not sign or _is_like_a_figure(sign, picture, size) else sign
        for picture, sign in told.items()
    }


def _framed(pictures: Sequence[Any], frame: str) -> list[tuple[str, float]]:
    """What stands in each picture between two signs of a ``frame``, and how sure all of it is; nothing where they are not read."""
    from parsers.readers.ocr.engine import recognise

    read = [(each.text[1:-1], each) for each in recognise(pictures)]
    return [(sign, each.confidence) if each.text == f"{frame}{sign}{frame}" else ("", 0.0) for sign, each in read]


def _least(sign: str) -> float:
    """How sure the recogniser must be of a sign that it read between others."""
    if _SIGN.fullmatch(sign) is None:
        return NEVER
    return SURE if HAN.fullmatch(sign) else SURE_OF_MARK


def _height(picture: Bitmap) -> int:
    inked = [index for index, row in enumerate(picture) if 1 in row]
    return inked[-1] + 1 - inked[0] if inked else 0


def _is_like_a_figure(sign: str, picture: Bitmap, size: int) -> bool:
    """Whether what was taken for a sign may be a part of a figure."""
    return sign in _ONE_STROKE or (sign == _TEN and max(sum(row) for row in picture) < CROSS * size)


def _between(frame: Any, ink: Any, size: int) -> Any:
    """The dots of a sign between two others, each as wide as the font is large."""
    import numpy as np

    first = (ink.shape[1] - size) // 2 - 2
    return np.hstack([part[:, first : first + size + 4] for part in (frame, ink, frame)])


def _by_measures(picture: Bitmap, size: int) -> str | None:
    """What is told by the measures of the ink alone: a blank, a dash, a point, a slash. None where it is a bar that may
    be several signs, and empty where it is none of these."""
    rows = [index for index, row in enumerate(picture) if 1 in row]
    if not rows:
        return BLANK
    left = min(picture[row].index(1) for row in rows)
    right = max(picture[row].rindex(1) for row in rows) + 1
    height, width = (rows[-1] + 1 - rows[0]) / size, (right - left) / size
    ink = sum(sum(picture[row]) for row in rows) / size**2
    if height <= DOT and width <= DOT and min(height, width) >= ROUND * max(height, width):
        return POINT if ink >= ROUND * height * width else None
    if height <= BAR and width > height:
        return HYPHEN if width <= SHORT else DASH if width >= WHOLE else None
    if height <= DOT and width > 2 * height:
        return None
    middles = [(picture[row].index(1) + picture[row].rindex(1)) / 2 for row in rows]
    strokes = all(picture[row].rindex(1) - picture[row].index(1) + 1 == sum(picture[row]) for row in rows)
    falls = all(lower <= upper + 1 for upper, lower in pairwise(middles))
    if strokes and falls and (middles[0] - middles[-1]) / size >= LEAN and ink <= BAR * (height + width):
        return SLASH
    return ""
