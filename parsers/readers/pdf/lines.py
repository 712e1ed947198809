"""Words to printed lines: which stand side by side, where a blank belongs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from parsers.readers.pdf.page import Rectangle, Word
from parsers.text import is_wide

SAME_LINE = 0.5
"""Two words share a line when their middles are closer than this part of the lower one's height; single-spaced lines
are a whole height apart, superscripts a third."""
BLANK = 0.1
"""A gap wider than this part of the line's height is a blank between letters or digits (a blank is at least a quarter)."""
SPACED = 0.17
"""Single digits of one size, no further apart than this part of the line's height, are a figure set with spaces between
its digits: a typed blank is a quarter of the size of the letters, and lines are up to 1.45 times as high."""
SAME_SIZE = 0.1
"""Points by which the edges of such digits may differ."""
TYPED_BLANK = 1.0
"""A blank between two signs is narrower than this part of the line's height; that of a Chinese font may be as wide as a sign."""
WIDE_BLANK = 1.0
"""Between Chinese characters only a gap as wide as a character is one: justified lines and spread titles have less."""
WORD_GAP = 0.15
"""A gap wider than this part of the line's height ends a word; a blank is 0.25 at least."""
OVERLAP = 0.5
"""Words that cover each other by more than this part of the second one's width are no text together."""
NARROW_SIGN = 0.35
"""What a point or comma leaves of the room of a digit is less than this part of the line's height."""
FEWEST_SIGNS, MOST_LETTERS = 40, 1.3
"""From so many words of a page it is told whether they are single signs: they have so many letters on average, or less."""
_MAYBE = "\0"
_WITHOUT_BLANK = regex.compile(
    rf"(?<=(?<![\d.,，])\d{{1,3}}(?:[,，]{_MAYBE}?\d{{3}})*[,，]){_MAYBE}(?=\d{{3}}(?!\d))|(?<=(?<!\S)[\d,，]*\d\.){_MAYBE}(?=\d+(?!\S))"
)
"""What looks like a blank behind the comma of a group of three digits, or behind the point of a figure, and is none."""
_DASHES = frozenset("-‐‑–—－−")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Words side by side, as one text. ``size`` is the size of its characters in points, taken from their widths, since
    the heights that fonts claim differ by a third at the same size."""

    text: str
    rectangle: Rectangle
    size: float


def without_page_numbers(words: Sequence[Word]) -> Sequence[Word]:
    """The words without page numbers between dashes (- 3 -), which a program may have printed over a table. No figure of a
    cell is written so; dashes in cells of their own stand further apart."""
    if sum(word.text in _DASHES for word in words) < 2:
        return words
    found = {
        word
        for row in rows_of(words)
        for place in range(len(row) - 2)
        if row[place].text in _DASHES
        and row[place + 1].text.isdecimal()
        and row[place + 2].text == row[place].text
        and all(_stands_behind(a, b) for a, b in pairwise(row[place : place + 3]))
        for word in row[place : place + 3]
    }
    return [word for word in words if word not in found] if found else words


def _stands_behind(before: Word, after: Word) -> bool:
    """Whether a word follows another one on the same line behind a typed blank, or none."""
    height = min(before.height, after.height)
    return on_one_line(before, after) and -BLANK * height < after.x0 - before.x1 < TYPED_BLANK * height


def on_one_line(one: Word, other: Word) -> bool:
    """Whether two words stand side by side, however far apart."""
    return abs(one.y0 + one.y1 - other.y0 - other.y1) < 2 * SAME_LINE * min(one.height, other.height)


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
        if (
            gap > BLANK * word.height
            and not _are_spaced(previous, word, gap)
            and (gap > WIDE_BLANK * word.height or not (is_wide(text[-1]) and is_wide(word.text[0])))
        ):
            text += _MAYBE if _may_go_on(text, word, gap) else " "
        elif gap < OVERLAP * (word.x0 - word.x1):
            text += " "  # one printed over the other: never one figure
        text += word.text
        y0, x1, y1 = min(y0, word.y0), max(x1, word.x1), max(y1, word.y1)
        previous = word
    if _MAYBE in text:
        text = _WITHOUT_BLANK.sub("", text).replace(_MAYBE, " ")
    halves = (len(text) + len(text.encode("utf-8", "replace"))) / 2  # Chinese is three bytes, and two halves wide
    return PrintedLine(text, Rectangle(x0, y0, x1, y1), 2 * (x1 - x0) / halves)


def _may_go_on(text: str, word: Word, gap: float) -> bool:
    """Whether a numeral that ends with a point or a comma may go on in the next word: these signs are narrow, and programs that
    place every sign alone leave them the room of a digit."""
    return text[-1] in ".,，" and word.text[0].isdecimal() and gap <= NARROW_SIGN * word.height


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


def put_in_order(words: Sequence[Word]) -> Sequence[Word]:
    """The words of a page; where most are single signs, which a program placed one by one and in any order, those put together
    that stand side by side."""
    if len(words) < FEWEST_SIGNS or sum(len(word.text) for word in words) > MOST_LETTERS * len(words):
        return words
    if 2 * sum(_stands_behind(before, word) for before, word in pairwise(words)) > len(words):
        return words
    return [word for row in rows_of(words) for word in words_of(row)]


def words_of(characters: list[Word]) -> list[Word]:
    """Characters in the order of the page put together to words: side by side on one line without a blank. A
    character that is printed again in its own place (bold by double printing) is dropped."""
    words: list[Word] = []
    pieces: list[str] = []
    x0 = y0 = x1 = y1 = 0.0
    previous: Word | None = None
    for character in characters:
        left, top, right, bottom, text = character
        if text.isspace():
            previous = None
            continue
        height = bottom - top
        if previous is not None:
            middle = (top + bottom) / 2
            if text == previous.text and abs(left - previous.x0) < 0.25 * (right - left) and y0 <= middle <= y1:
                continue
            if abs(left - previous.x1) <= WORD_GAP * height and y0 <= middle <= y1:
                pieces.append(text)
                x1, y0, y1 = max(x1, right), min(y0, top), max(y1, bottom)
                previous = character
                continue
        if pieces:
            words.append(Word(x0, y0, x1, y1, "".join(pieces)))
        pieces, (x0, y0, x1, y1) = [text], (left, top, right, bottom)
        previous = character
    if pieces:
        words.append(Word(x0, y0, x1, y1, "".join(pieces)))
    return words
