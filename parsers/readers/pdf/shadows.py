"""Text printed twice, almost in the same place, to look bold: read once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.readers.pdf.page import PageContent, Rectangle, Word, letters_of, text_of

NEAR, NARROW = 4.0, 0.5
"""A shadow begins within so many points of its text, and within this part of the text's width."""
LOW = 0.5
"""Text less high than eight points has its shadow within this part of its height."""


DENSE = 0.3
"""Digits are no narrower than this part of the height of their line, unless some stand on others."""


def without_shadows(content: PageContent) -> PageContent:
    """The page with each text once."""
    dense = {w for w in content.words if w[4].isdecimal() and w[2] - w[0] < DENSE * len(w[4]) * (w[3] - w[1])}
    if dense:
        characters = content.characters()
        content = replace(content, words=[_once(w, characters) if w in dense else w for w in content.words])
    places = {(word[4], word[0] // NEAR, word[1] // NEAR) for word in content.words}
    if len(places) == len(
        content.words
    ):  # of the texts of a page, some share a place of this size with their shadows
        return content
    words = printed_once(content.words)
    if len(words) == len(content.words):
        return content
    return replace(content, words=words, characters=lambda: printed_once(content.characters()))


def _once(word: Word, characters: Sequence[Word]) -> Word:
    """A word without those of its letters that are shadows of others: a library may take a sign and its shadow for a word."""
    inside = letters_of(word, characters)
    once = printed_once(inside)
    if text_of(inside) != word.text or len(once) == len(inside):
        return word
    return Word(*Rectangle.around(once), text_of(once))


def printed_once(words: Sequence[Word]) -> list[Word]:
    """Words, or characters, without those that are the shadow of one before them."""
    places: dict[tuple[str, int, int], list[Word]] = {}
    once: list[Word] = []
    for word in words:
        x0, y0, _, _, text = word
        place = text, int(x0 // NEAR), int(y0 // NEAR)
        if any(is_shadow(word, other) for near in _around(place) for other in places.get(near, ())):
            continue
        places.setdefault(place, []).append(word)
        once.append(word)
    return once


def is_shadow(word: Word, other: Word) -> bool:
    """Whether a word is another one printed a second time, almost in the same place."""
    near = min(NEAR, LOW * word.height)
    return (
        word.text == other.text
        and abs(word.x0 - other.x0) < min(near, NARROW * (other.x1 - other.x0))
        and abs(word.y0 - other.y0) < near
    )


def _around(place: tuple[str, int, int]) -> Iterator[tuple[str, int, int]]:
    """A place, and the eight beside it."""
    text, x, y = place
    return ((text, column, row) for column in (x - 1, x, x + 1) for row in (y - 1, y, y + 1))
