"""The words of a page made ready for cells and lines: in order, figures alone, and what cannot be read marked as such."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.figures import content_of
from parsers.readers.pdf.lines import put_in_order
from parsers.readers.pdf.page import NO_BLANKS, PageContent, Word, letters_of, text_of
from parsers.text import LOST, MEANINGLESS


def readable_words(content: PageContent) -> Sequence[Word]:
    """The words of a page that print something. A sign that cannot be read, or that may lie beyond the edge of the page, is U+FFFD."""
    words = [
        word if word.text.isprintable() else _marked(_without_blank_cells(word, content))
        for word in content.words
        if not word.text.isspace() or any(sign in NO_BLANKS for sign in word.text)
    ]
    return [_open_at_edge(word, content) for word in put_in_order(words)]


def _marked(word: Word) -> Word:
    """The word with a sign for each character that has no meaning: a figure that cannot be read must not look blank."""
    return word._replace(text=MEANINGLESS.sub(LOST, word.text))


def _without_blank_cells(word: Word, content: PageContent) -> Word:
    """A figure without the wide blanks beside it: these are what fills the cells next to its own, and libraries give both as one
    word."""
    figure = word.text.strip()
    if figure == word.text or not content_of(figure).is_value:
        return word
    signs = letters_of(word, content.characters())
    if text_of(signs) != figure:
        return word
    return word._replace(x0=signs[0].x0, x1=signs[-1].x1, text=figure)


def _open_at_edge(word: Word, content: PageContent) -> Word:
    """A figure that ends, or begins, so close to the edge of the page that no other digit has room there, with the sign for what
    cannot be read: more of it may lie beyond the edge, where a table is wider than its page. Libraries do not give that. Where a
    wall stands between the figure and the edge, as in a picture of a table, it is whole."""
    room = (word.x1 - word.x0) / len(word.text)
    if (
        word.text[-1].isdecimal()
        and content.width - word.x1 < room
        and not _walled(word.x1, content.width, word, content)
    ):
        word = word._replace(text=word.text + LOST)
    if word.text[0].isdecimal() and word.x0 < room and not _walled(0.0, word.x0, word, content):
        word = word._replace(text=LOST + word.text)
    return word


def _walled(left: float, right: float, word: Word, content: PageContent) -> bool:
    """Whether a line stands between two places beside a word."""
    return any(
        left <= mark.x0 and mark.x1 <= right and mark.y0 <= word.y0 and word.y1 <= mark.y1 for mark in content.marks
    )
