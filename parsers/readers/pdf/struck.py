"""Text with a line drawn through it: withdrawn, as a change that an office program tracked and printed all the same."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.readers.pdf.lines import words_of
from parsers.readers.pdf.page import PageContent, Rectangle, Word, letters_of, stand_above_each_other

HIGHEST, LOWEST = 0.35, 0.72
"""The part of a line's height in which it is struck through: half the height of a Chinese sign or of a digit. A line under
it lies at 0.9 and more."""
END = 0.2
"""A stroke begins and ends with its letters, to this part of their height; the wall of a cell is longer than its text."""
BARS = frozenset("-‐‑–—―－−一")
"""Signs that are a lying stroke themselves: where their outline is drawn too, it is no line through them."""
TALLEST = 60.0
"""Points: words higher than this are no text of a report; it bounds the search."""


def without_struck(content: PageContent) -> PageContent:
    """The page without what is struck through; the places of it are in ``struck``."""
    struck = [
        place for stroke in _strokes(content) if (place := _struck_by(stroke, content.characters())) is not None
    ]
    if not struck:
        return content
    characters = [c for c in content.characters() if not any(place.lies_under(c) for place in struck)]
    words: list[Word] = []
    for word in content.words:
        if any(place.overlaps(word) for place in struck):
            words += words_of(letters_of(word, characters))
        else:
            words.append(word)
    return replace(content, words=words, characters=lambda: characters, struck=struck)


def _strokes(content: PageContent) -> Iterator[Rectangle]:
    """The thin lying lines that run through words, and not beyond the words of their line."""
    lines = [
        Rectangle(*mark[:4]) for mark in content.marks if mark.is_thin and mark.x1 - mark.x0 > 2 * (mark.y1 - mark.y0)
    ]
    if not lines:
        return
    words = sorted(content.words, key=lambda word: word.middle)
    middles = [word.middle for word in words]
    reach = max(0.5 - HIGHEST, LOWEST - 0.5) * min(max((word.height for word in words), default=0.0), TALLEST)
    for line in lines:
        y = (line.y0 + line.y1) / 2
        near = words[bisect_left(middles, y - reach) : bisect_right(middles, y + reach)]
        crossed = [word for word in near if _crosses(y, word) and stand_above_each_other(word, line)]
        if crossed:
            end = END * max(word.height for word in crossed)
            first, last = min(word.x0 for word in crossed), max(word.x1 for word in crossed)
            if first - end <= line.x0 and line.x1 <= last + end:
                yield line


def _struck_by(line: Rectangle, characters: Sequence[Word]) -> Rectangle | None:
    """The place of the characters that a line strikes through; None where it does not begin and end with any, or these are dashes."""
    y = (line.y0 + line.y1) / 2
    found = [c for c in characters if line.x0 <= (c.x0 + c.x1) / 2 <= line.x1 and _crosses(y, c)]
    if all(c.text in BARS for c in found):
        return None
    end = END * max(c.height for c in found)
    x0, x1 = min(c.x0 for c in found), max(c.x1 for c in found)
    if abs(x0 - line.x0) > end or abs(x1 - line.x1) > end:
        return None
    return Rectangle(x0, min(c.y0 for c in found), x1, max(c.y1 for c in found))


def _crosses(y: float, word: Word) -> bool:
    return HIGHEST <= (y - word.y0) / (word.height or 1.0) <= LOWEST
