"""Fonts that claim to be several times as high as their signs: the words of neighbouring lines would cover each other.

A program that writes a PDF anew may give a font of many scripts the box of its highest sign of any of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import median

import regex

from parsers.readers.pdf.page import Word

HIGHEST, USUAL = 2.0, 1.45
"""Heights of a word, in widths of its Chinese signs: more than the first no font has that prints nothing but Chinese and Latin; the
second is what is left of it, that of the highest of these fonts."""
_HAN = regex.compile(r"\p{Han}{2,}")
Heights = Mapping[float, float]
"""From the height that words claim, in tenths of points, to the one that they have."""


def claimed_heights(words: Iterable[Word]) -> Heights:
    """The heights of words that are too high for their Chinese signs, in whatever words they occur. What is higher than wide may run
    up or down, and tells nothing."""
    signs: dict[float, list[float]] = {}
    for x0, y0, x1, y1, text in words:
        if x1 - x0 > y1 - y0 > HIGHEST * (x1 - x0) / len(text) and _HAN.fullmatch(text):
            signs.setdefault(round(y1 - y0, 1), []).append((x1 - x0) / len(text))
    return {height: USUAL * median(widths) for height, widths in signs.items()}


def lowered(words: Iterable[Word], heights: Heights) -> list[Word]:
    """The words, those of such a height as high as they are, with their middles where they were."""
    return [_lowered(word, heights) for word in words]


def _lowered(word: Word, heights: Heights) -> Word:
    height = heights.get(round(word.height, 1))
    if height is None:
        return word
    return word._replace(y0=word.middle - height / 2, y1=word.middle + height / 2)
