"""The words of a table without lines, each a text of its own: cut where a library ran several together, whole where a program
printed one in pieces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import pairwise

import regex

from parsers.readers.pdf.lines import on_one_line, rows_of
from parsers.readers.pdf.page import Word, text_of
from parsers.readers.pdf.unruled import vocabulary

BETWEEN_DIGITS = 0.2
"""Digits set one by one, with spaces between them, mostly stand no further apart than this part of their height."""
PIECES = 0.04
"""Digits no further apart than this part of their height are pieces of one figure, set one after the other: to a reader they touch."""
WIDER, TOUCH = 0.05, 0.5
"""A gap wider than usual by this part of the height parts two texts; points by which boxes of characters may differ."""
WIDER_THAN_LETTERS = 0.15
"""A distance wider than that between letters by this part of the height parts two texts."""
SIGNS = frozenset("-–—－/／")
"""Signs for none that may stand right behind a label."""
BEGINNING = 2
"""So many signs tell whether labels of columns may begin a word."""
FEWEST_SPREAD, EVENLY = 3, 0.3
"""So many letters that stand evenly apart were spread; parts of their height by which their distances differ."""
NUMBER_GAP, SPREAD_NUMBER = 0.6, 3.0
"""A number, its point and its label are no further apart than this part of their height; than the second where what follows is a label,
which may be spread over its cell."""
POINTS = ".．、"
"""Signs behind the number of a label."""
_SPREAD = regex.compile(rf"[\p{{Han}}（）()、，,：:；。“”\"]|[1-9][{POINTS}]")
_NUMBER = regex.compile(rf"[1-9][{POINTS}]?")


def whole_words(words: Sequence[Word], characters: Sequence[Word]) -> list[Word]:
    """The words, each one text, whatever words the library has made of the ``characters``."""
    return with_spread_labels(with_numbers(with_whole_figures(split_at_gaps(words, characters))))


def split_at_gaps(words: Sequence[Word], characters: Sequence[Word]) -> list[Word]:
    """The words, those cut apart that a library ran together: before or behind a digit, where the gap is wider than
    between the digits of the page's other figures; behind the label of a row; and labels of narrow columns."""
    gaps = sorted(
        b.x0 - a.x1
        for a, b in pairwise(characters)
        if a.text.isdecimal() and b.text.isdecimal() and a.y0 == b.y0 and b.x0 - a.x1 <= BETWEEN_DIGITS * a.height
    )
    usual = max(gaps[len(gaps) // 4] if gaps else 0.0, 0.0)
    by_line: dict[float, list[Word]] = {}
    for character in characters:
        by_line.setdefault(round(character.y0), []).append(character)
    return [piece for word in words for piece in _parted(word, by_line, usual)]


def _parted(word: Word, by_line: Mapping[float, Sequence[Word]], usual: float) -> list[Word]:
    """The texts that a word is made of, by the characters of each line and the ``usual`` gap between two digits."""
    names = vocabulary.columns()
    has_digit = any(c.isdecimal() for c in word.text)
    has_sign = word.text[-1] in SIGNS and vocabulary.rows().names(word.text[:-1])
    if len(word.text) < 2 or not (has_digit or has_sign or names.begins(word.text[:BEGINNING])):
        return [word]
    near = {c for y in range(round(word.y0) - 1, round(word.y0) + 2) for c in by_line.get(y, ())}
    inside = sorted(c for c in near if word.x0 - TOUCH <= c.x0 and c.x1 <= word.x1 + TOUCH)
    if text_of(inside) != word.text:
        return [word]
    if has_sign:
        return [word._replace(x1=inside[-2].x1, text=word.text[:-1]), inside[-1]]
    if has_digit:
        return _pieces(inside, usual + WIDER * word.height, beside_digits=True)
    closest = min(b.x0 - a.x1 for a, b in pairwise(inside))
    labels = _pieces(inside, closest + WIDER_THAN_LETTERS * word.height, beside_digits=False)
    return labels if all(names.names(label.text) for label in labels) else [word]


def _pieces(inside: Sequence[Word], widest: float, *, beside_digits: bool) -> list[Word]:
    """The characters of a word, put together where no gap, before or behind a digit if need be, is wider than ``widest``."""
    pieces = [inside[0]]
    for before, after in pairwise(inside):
        counts = not beside_digits or before.text.isdecimal() or after.text.isdecimal()
        if counts and after.x0 - before.x1 > widest:
            pieces.append(after)
        else:
            pieces[-1] = pieces[-1]._replace(x1=after.x1, text=pieces[-1].text + after.text)
    return pieces


def with_whole_figures(words: Sequence[Word]) -> list[Word]:
    """The words, the pieces of one figure put together: they stand on one line and all but touch, and programs may print them in any
    order. Digits that all are placed alone may stand further apart, which is seen where runs are made."""
    whole: dict[Word, Word | None] = {}
    for row in rows_of(word for word in words if word.text[0].isdecimal() or word.text[-1].isdecimal()):
        for pieces in _touching(row):
            if len(pieces) > 1 and any(len(piece.text) > 1 for piece in pieces):
                whole.update(dict.fromkeys(pieces))
                whole[pieces[0]] = reduce(put_together, pieces)
    found = (whole.get(word, word) for word in words) if whole else words
    return [word for word in found if word is not None]


def _touching(row: Sequence[Word]) -> list[list[Word]]:
    """The words of a line, those that are pieces of one figure together."""
    groups = [[row[0]]]
    for before, after in pairwise(row):
        if _are_pieces(before, after):
            groups[-1].append(after)
        else:
            groups.append([after])
    return groups


def _are_pieces(before: Word, after: Word) -> bool:
    both = before.text[-1].isdecimal() and after.text[0].isdecimal()
    return both and -TOUCH < after.x0 - before.x1 <= PIECES * min(before.height, after.height)


def with_numbers(words: Sequence[Word]) -> list[Word]:
    """The words, the number of a label together with the label: letters set wide part 1 from the point behind it, and 1 alone
    looks like a figure, or like a column of its own."""
    whole: list[Word] = []
    for word in words:
        before = whole[-1] if whole else None
        if before is not None and _goes_on(before, word):
            whole[-1] = put_together(before, word)
        else:
            whole.append(word)
    return whole


def _goes_on(before: Word, after: Word) -> bool:
    """Whether a number is followed by its point, or both by the label."""
    if not (_NUMBER.fullmatch(before.text) and (before.text[-1] in POINTS) != (after.text[0] in POINTS)):
        return False
    spread = before.text[-1] in POINTS and vocabulary.rows().names(after.text)
    room = (SPREAD_NUMBER if spread else NUMBER_GAP) * min(before.height, after.height)
    return on_one_line(before, after) and -TOUCH < after.x0 - before.x1 < room


def with_spread_labels(words: Sequence[Word]) -> list[Word]:
    """The words, letters of a label put together that were spread over the width of their cell: they stand evenly apart on one line, and
    are a label of a row together, or a line of one. Their number is among them, and alone it looks like a figure."""
    if sum(_SPREAD.fullmatch(word.text) is not None for word in words) < FEWEST_SPREAD:
        return list(words)
    whole: list[Word] = []
    letters: list[Word] = []
    for word in words:
        if letters and not _stands_evenly(letters, word):
            begun = len(letters) == 2 and _stands_evenly(
                letters[1:], word
            )  # the first of the two is a label of its own
            whole += letters[:1] if begun else _as_one(letters)
            letters = letters[1:] if begun else []
        letters.append(word)
    return whole + _as_one(letters)


def _stands_evenly(letters: Sequence[Word], word: Word) -> bool:
    """Whether a letter stands as far behind others as these do from each other."""
    last = letters[-1]
    if not (_SPREAD.fullmatch(last.text) and _SPREAD.fullmatch(word.text)):
        return False
    if abs(last.y0 + last.y1 - word.y0 - word.y1) > word.height or word.x0 <= last.x1:
        return False
    return len(letters) == 1 or abs(word.x0 - last.x1 - letters[1].x0 + letters[0].x1) < EVENLY * word.height


def _as_one(letters: Sequence[Word]) -> list[Word]:
    """Letters as one word, if they are a line of a label."""
    text = text_of(letters)
    if len(letters) < FEWEST_SPREAD or not vocabulary.rows().holds(text):
        return list(letters)
    top, bottom = min(letter.y0 for letter in letters), max(letter.y1 for letter in letters)
    return [Word(letters[0].x0, top, letters[-1].x1, bottom, text)]


def put_together(one: Word, other: Word) -> Word:
    """A word and the one behind it as one."""
    return Word(one.x0, min(one.y0, other.y0), other.x1, max(one.y1, other.y1), one.text + other.text)
