"""Watermarks: what is printed across a page, large and pale behind everything, or small and pale all over it. People see them, and
they are no part of the text.

Of a text it is told by its ``span``, a piece set in one style, as PyMuPDF gives it: ``font``, ``size`` in points, ``color`` (0xRRGGBB),
``alpha`` of 255, ``text`` and ``bbox``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from parsers.figures import Content, content_of
from parsers.readers.pdf.page import WHITE, Word

TALL = 24.0
"""Points: words as high as this are large, or run across the page. Titles of reports are set in 22 points or less."""
LARGE = 20.0
"""Points: the size of such letters."""
SLANTED = 0.1
"""Text whose direction differs from both edges of the page by more than this (a sine: 6 degrees) runs across it."""
PALE = 120
"""A colour with no component below this, of 255, is that of a watermark when the text is large."""
FAINT = 160
"""So is a colour that lets through what is behind it: of 255, which are opaque."""

FEWEST_TILES, FEWEST_ROWS, TILE = 6, 3, 3
"""A text of so many signs that stands so often on the page, in so many rows, two and more in each, may be laid all over it."""
SPREAD = 0.5
"""The part of the page's height over which such rows are spread, evenly."""
ALONE = 0.7
"""The part of what is set in its style that it is: the edges of the page cut some."""
LIGHTER = 80
"""A colour with no component below this, of 255, is no black."""
EVEN = 2.0
"""Points by which such rows may be nearer to each other than others are."""

Style = tuple[str, float, int, int]
"""The font of a text, its size, its colour and how opaque it is."""


def is_across_or_pale(line: Mapping[str, Any], span: Mapping[str, Any]) -> bool:
    """Whether a span runs across the page, or is large and pale: a watermark."""
    return min(map(abs, line["dir"])) > SLANTED or (
        span["size"] > LARGE and (lightest(span["color"]) >= PALE or span["alpha"] < FAINT)
    )


def may_be_tiled(words: Sequence[Word]) -> bool:
    """Whether a word stands so often on a page that a text may be laid all over it."""
    counts = Counter([word[4] for word in words])
    return any(count >= FEWEST_TILES and len(text) > 1 and _has_letter(text) for text, count in counts.items())


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))


def _style(span: Mapping[str, Any]) -> Style:
    return span["font"], round(span["size"], 1), span["color"], span["alpha"]


def tiles_of(spans: Sequence[Mapping[str, Any]], height: float) -> dict[Style, str]:
    """The texts that are laid all over a page, small, pale and in rows, each by its style, which no other text has: who printed it,
    when, or what it is. Cells of a table may say the same all over it too, in the style of their neighbours, or that there is
    nothing."""
    usual = Counter[Style]()
    places: dict[tuple[Style, str], list[tuple[int, float]]] = {}
    for span in spans:
        text = span["text"].strip()
        usual[_style(span)] += len(text)
        if len(text) >= TILE and _has_letter(text) and _is_light(span) and content_of(text) is Content.WORDS:
            places.setdefault((_style(span), text), []).append((round(span["bbox"][1]), span["bbox"][0]))
    return {
        style: text
        for (style, text), tiles in places.items()
        if len(tiles) >= FEWEST_TILES and len(tiles) * len(text) > ALONE * usual[style] and _are_even(tiles, height)
    }


def _is_light(span: Mapping[str, Any]) -> bool:
    return span["alpha"] < WHITE or lightest(span["color"]) >= LIGHTER


def _are_even(tiles: Sequence[tuple[int, float]], height: float) -> bool:
    """Whether places stand in rows as far from each other, two and more in each, over much of a page."""
    rows = Counter(y for y, _ in tiles)
    heights = sorted(y for y, count in rows.items() if count > 1)
    if len(heights) < FEWEST_ROWS or heights[-1] - heights[0] < SPREAD * height:
        return False
    steps = [lower - upper for upper, lower in pairwise(heights)]
    return max(steps) - min(steps) <= EVEN


def is_tile(span: Mapping[str, Any], text: str, tiles: Mapping[Style, str]) -> bool:
    """Whether a span is such a text, or what the edge of the page leaves of it."""
    return bool(tiles) and text.strip() in tiles.get(_style(span), "")


def lightest(colour: int) -> int:
    """The darkest component of a colour."""
    return min(colour >> 16 & 255, colour >> 8 & 255, colour & 255)
