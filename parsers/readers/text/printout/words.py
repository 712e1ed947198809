"""The words of a printout where they stand on paper, and how wide its Chinese signs count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import regex

from parsers.figures import Content, content_of
from parsers.readers.pdf.page import Word
from parsers.text import is_wide

_SIGN, HEIGHT, STEP = 5.0, 10.0, 11.0
"""A page of usual type: the width of a half-width sign, the height of the text, the distance of its lines."""
OTHER_COLUMN = 20.0
"""Where figures stand further apart than this, they are of other columns."""
_AMOUNT = regex.compile(r"[-+]?[\d,.]+ \p{Han}+")
_PIECE = regex.compile(r"\S+")
_QUOTES = "“”‘’—…"


@dataclass(frozen=True, slots=True)
class Widths:
    """How wide the signs of a text are: Chinese ones, and quotation marks, which are as wide as these in Chinese type only."""

    wide: float
    quotes: float


def words_of_line(line: str, number: int, sign: Widths) -> Iterator[Word]:
    """The words of the line with this ``number`` (from 0) on its page, in points of a page of usual type."""
    top = number * STEP
    for start, end in _pieces(line):
        left = _width(line[:start], sign)
        yield Word(left, top, left + _width(line[start:end], sign), top + HEIGHT, line[start:end])


def _pieces(line: str) -> list[tuple[int, int]]:
    """Where the texts of a line stand that have no blank in them but that between a figure and its unit."""
    pieces: list[tuple[int, int]] = []
    for found in _PIECE.finditer(line):
        start = pieces[-1][0] if pieces and found.start() == pieces[-1][1] + 1 else found.start()
        text = line[start : found.end()]
        if start < found.start() and _AMOUNT.fullmatch(text) and content_of(text) is Content.FIGURE:
            pieces[-1] = (start, found.end())
        else:
            pieces.append(found.span())
    return pieces


def _width(text: str, sign: Widths) -> float:
    width = _SIGN * len(text)
    if sign.wide > _SIGN:
        width += (sign.wide - _SIGN) * sum(map(is_wide, text))
    if sign.quotes > _SIGN:
        width += (sign.quotes - _SIGN) * sum(map(text.count, _QUOTES))
    return width


def widths_of(pages: Sequence[Sequence[str]]) -> Widths:
    """As wide as one half-width sign or as two: that with which the figures of like lines stand one below the other."""
    choices = Widths(2 * _SIGN, _SIGN), Widths(2 * _SIGN, 2 * _SIGN), Widths(_SIGN, _SIGN)
    return min(choices, key=lambda sign: _spread(pages, sign))


def _spread(pages: Sequence[Sequence[str]], sign: Widths) -> float:
    """How far apart the figures of the same column stand, over all lines with the same number of figures, and the last ones of
    all lines: where cells are blank, few lines are alike."""
    places: dict[int, list[list[float]]] = {}
    last: list[float] = []
    for lines in pages:
        for number, line in enumerate(lines):
            words = list(words_of_line(line, number, sign))
            figures = [word.x1 for word in words if _is_figure(word.text)]
            if figures and len(words) > 1:
                last.append(figures[-1])
            if len(figures) > 1:
                places.setdefault(len(figures), []).append(figures)
    spread = sum(min(abs(below - above), OTHER_COLUMN) for above, below in pairwise(last))
    for like in places.values():
        for column in zip(*like, strict=True):
            middle = median(column)
            spread += sum(min(abs(x - middle), OTHER_COLUMN) for x in column)
    return spread


def _is_figure(text: str) -> bool:
    """Whether a text is a figure, or a sign for none."""
    return (text[0].isdigit() and text[-1].isdigit()) or content_of(text) is Content.DASH
