"""Words to printed lines: which stand side by side, which are printed twice, where a blank belongs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from parsers.readers.pdf.page import Rectangle, Word
from parsers.text import is_wide

SAME_LINE = 0.5
"""Two words share a line when their middles are closer than this part of the lower one's height; single-spaced lines
are a whole height apart, superscripts a third."""
BLANK = 0.1
"""A gap wider than this part of the line's height is a blank between letters or digits (a blank is at least a quarter)."""
SPACED = 0.15
"""Single digits of one size, no further apart than this part of the line's height, are a figure set with spaces between
its digits: a typed blank is a quarter of the size of the letters, and lines are up to 1.45 times as high."""
SAME_SIZE = 0.1
"""Points by which the edges of such digits may differ."""
WIDE_BLANK = 1.0
"""Between Chinese characters only a gap as wide as a character is one: justified lines and spread titles have less."""
PRINTED_TWICE = 0.5
"""Of the same words, one that begins within this part of a height from the other is its shadow (bold by double printing)."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Words side by side, as one text. ``size`` is the size of its characters in points, taken from their widths, since
    the heights that fonts claim differ by a third at the same size."""

    text: str
    rectangle: Rectangle
    size: float


def lines_of(words: Iterable[Word]) -> list[PrintedLine]:
    """The printed lines from top to bottom."""
    return [_line(row) for row in rows_of(words)]


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words grouped by the line that they stand on, lines from top to bottom, words from left to right."""
    ordered = sorted(words, key=lambda word: word[1] + word[3])
    rows: list[list[Word]] = []
    middle = height = 0.0
    for word in ordered:
        double_middle, word_height = word[1] + word[3], word[3] - word[1]
        if rows and double_middle - middle <= 2 * SAME_LINE * min(height, word_height):
            rows[-1].append(word)
        else:
            rows.append([word])
            middle, height = double_middle, word_height
    for row in rows:
        if len(row) > 1:
            row.sort()
    return rows


def _line(row: list[Word]) -> PrintedLine:
    x0, y0, x1, y1, text = row[0]
    previous = row[0]
    for word in row[1:]:
        gap = word.x0 - previous.x1
        if gap < 0 and is_shadow(word, previous):
            continue
        if (
            gap > BLANK * word.height
            and not _are_spaced(previous, word, gap)
            and (gap > WIDE_BLANK * word.height or not (is_wide(text[-1]) and is_wide(word.text[0])))
        ):
            text += " "
        text += word.text
        y0, x1, y1 = min(y0, word.y0), max(x1, word.x1), max(y1, word.y1)
        previous = word
    halves = (len(text) + len(text.encode("utf-8", "replace"))) / 2  # Chinese is three bytes, and two halves wide
    return PrintedLine(text, Rectangle(x0, y0, x1, y1), 2 * (x1 - x0) / halves)


def _are_spaced(before: Word, after: Word, gap: float) -> bool:
    """Whether two words are digits of one figure set with spaces between them."""
    return (
        gap <= SPACED * after.height
        and len(before.text) == len(after.text) == 1
        and before.text.isdecimal()
        and after.text.isdecimal()
        and abs(before.y0 - after.y0) < SAME_SIZE
        and abs(before.y1 - after.y1) < SAME_SIZE
    )


def is_shadow(word: Word, other: Word) -> bool:
    """Whether a word is another one printed a second time, almost in the same place."""
    near = PRINTED_TWICE * min(word.height, 8.0)
    return (
        word.text == other.text
        and abs(word.x0 - other.x0) < min(near, 0.5 * (other.x1 - other.x0))
        and abs(word.y0 - other.y0) < near
    )
