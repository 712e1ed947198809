"""Words side by side as runs of text, the pieces of one text together and neighbouring texts apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

import regex

from parsers.figures import Content, content_of
from parsers.readers.pdf.lines import rows_of
from parsers.readers.pdf.page import Word, text_of
from parsers.readers.pdf.unruled import vocabulary

BLANK_IN_TEXT, BLANK_IN_FIGURE = 0.45, 0.28
"""Words of a label, and pieces of a figure, no further apart than this part of the line's height are one run. Cells keep
a greater distance, but in very narrow columns; a typed blank is a quarter to a half of the letters' size."""
BETWEEN_DIGITS, NEXT_COLUMN = 0.2, 0.35
"""Digits set one by one, with spaces between them, mostly stand no further apart than the first. Two single digits nearer than the
second are never taken for the figures of two columns."""
PIECES = 0.04
"""Digits no further apart than this part of their height are pieces of one figure, set one after the other: to a reader they touch."""
WIDER, TOUCH = 0.05, 0.5
"""A gap wider than usual by this part of the height parts two texts; points by which boxes of characters may differ."""
SIGNS = frozenset("-–—－/／")
"""Signs for none that may stand right behind a label."""
BEGINNING = 2
"""So many signs tell whether labels of columns may begin a word."""
LONGEST_FIGURE = 12
"""Characters; what stands behind a row's first figure is short."""
FEWEST_LETTERS, WIDER_THAN_LETTERS = 2, 0.15
"""From so many distances between single letters it is told how wide a run is set. A distance wider than that by this part of
the height parts two texts."""
FEWEST_SPREAD, EVENLY = 3, 0.3
"""So many letters that stand evenly apart were spread; parts of their height by which their distances differ."""
NUMBER_GAP, SPREAD_NUMBER = 0.6, 3.0
"""A number, its point and its label are no further apart than this part of their height; than the second where what follows is a label,
which may be spread over its cell."""
_POINTS = ".．、"
_LETTER = regex.compile(rf"(?:[1-9][{_POINTS}])?[\p{{Han}}（）()、，,：:；。“”]")
_SPREAD = regex.compile(rf"[\p{{Han}}（）()、，,：:；。“”\"]|[1-9][{_POINTS}]")
_NUMBER = regex.compile(rf"[1-9][{_POINTS}]?")
_DIGIT = regex.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Run:
    """Words side by side that are one text: ``text`` has blanks between them."""

    x0: float
    y0: float
    x1: float
    y1: float
    words: tuple[Word, ...]
    text: str
    content: Content

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure, or a sign for none; the number of a label that stands alone on its line (8.) is none."""
        return self.content is Content.DASH or (
            self.content is Content.FIGURE and self.text[-1] not in _POINTS and _DIGIT.search(self.text) is not None
        )


@dataclass(frozen=True, slots=True)
class TextRow:
    """The runs that stand on one line. ``first_figure`` is the number of the first figure of an anchor, else -1."""

    runs: tuple[Run, ...]
    first_figure: int

    @property
    def is_anchor(self) -> bool:
        """Whether a figure stands in it as in a row of a table."""
        return self.first_figure >= 0

    @property
    def top(self) -> float:
        """The y of its upper edge."""
        return min(run.y0 for run in self.runs)

    @property
    def bottom(self) -> float:
        """The y of its lower edge."""
        return max(run.y1 for run in self.runs)

    @property
    def height(self) -> float:
        """The height of its text."""
        return max(run.y1 - run.y0 for run in self.runs)


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


def with_numbers(words: Sequence[Word]) -> list[Word]:
    """The words, the number of a label together with the label: letters set wide part 1 from the point behind it, and 1 alone
    looks like a figure, or like a column of its own."""
    whole: list[Word] = []
    for word in words:
        before = whole[-1] if whole else None
        if before is not None and _goes_on(before, word):
            whole[-1] = _put_together(before, word)
        else:
            whole.append(word)
    return whole


def with_whole_figures(words: Sequence[Word]) -> list[Word]:
    """The words, the pieces of one figure put together: they stand on one line and all but touch, and programs may print them in any
    order. Digits that all are placed alone may stand further apart, which is seen where runs are made."""
    whole: dict[Word, Word | None] = {}
    for row in rows_of(word for word in words if word.text[0].isdecimal() or word.text[-1].isdecimal()):
        for pieces in _touching(row):
            if len(pieces) > 1 and any(len(piece.text) > 1 for piece in pieces):
                whole.update(dict.fromkeys(pieces))
                whole[pieces[0]] = reduce(_put_together, pieces)
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


def _put_together(one: Word, other: Word) -> Word:
    """A word and the one behind it as one."""
    return Word(one.x0, min(one.y0, other.y0), other.x1, max(one.y1, other.y1), one.text + other.text)


def _goes_on(before: Word, after: Word) -> bool:
    """Whether a number is followed by its point, or both by the label."""
    if not (_NUMBER.fullmatch(before.text) and (before.text[-1] in _POINTS) != (after.text[0] in _POINTS)):
        return False
    height = min(before.height, after.height)
    same_line = abs(before.y0 + before.y1 - after.y0 - after.y1) < height
    spread = before.text[-1] in _POINTS and vocabulary.rows().names(after.text)
    return same_line and -TOUCH < after.x0 - before.x1 < (SPREAD_NUMBER if spread else NUMBER_GAP) * height


def text_row(words: Sequence[Word]) -> TextRow:
    """The words of one line, from left to right, as runs."""
    runs: list[list[Word]] = []
    for word in words:
        if runs:
            before = runs[-1][-1]
            near = word.x0 - before.x1 <= _room(before.text, word.text) * min(word.height, before.height)
            if near and not _are_two_labels(before.text, word.text):
                runs[-1].append(word)
                continue
        runs.append([word])
    made = tuple(run_of(spelt(run)) for run in runs)
    return TextRow(made, _first_figure(made))


def _are_two_labels(before: str, after: str) -> bool:
    """Whether texts side by side are the labels of two columns, each a whole one."""
    names = vocabulary.columns().names
    return min(len(before), len(after)) >= BEGINNING and names(before) and names(after)


def spelt(run: Sequence[Word]) -> list[Word]:
    """The words of a run, letters that are set wide put together: their distances are those of most letters."""
    if len(run) <= FEWEST_LETTERS:
        return list(run)
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(run) if len(a.text) == len(b.text) == 1)
    if len(gaps) < FEWEST_LETTERS:
        return list(run)
    usual = max(gaps[len(gaps) // 2], 0.0)
    words = [run[0]]
    for before, word in pairwise(run):
        letters = _LETTER.fullmatch(before.text) and _LETTER.fullmatch(word.text)
        if letters and word.x0 - before.x1 <= usual + WIDER_THAN_LETTERS * before.height:
            words[-1] = _put_together(words[-1], word)
        else:
            words.append(word)
    return words


def _room(before: str, after: str) -> float:
    """How far apart two texts may stand and be one, in heights: figures of neighbouring columns may come close."""
    digits = before[-1].isdecimal(), after[0].isdecimal()
    if all(digits):
        return NEXT_COLUMN if len(before) == len(after) == 1 else 0.0
    return BLANK_IN_FIGURE if any(digits) else BLANK_IN_TEXT


def run_of(words: Sequence[Word]) -> Run:
    """Words side by side as one text."""
    if len(words) == 1:  # as most are
        x0, y0, x1, y1, text = words[0]
    else:
        x0, text = words[0].x0, " ".join(word.text for word in words)
        y0, x1, y1 = (
            min(word.y0 for word in words),
            max(word.x1 for word in words),
            max(word.y1 for word in words),
        )
    return Run(x0, y0, x1, y1, tuple(words), text, content_of(text))


def _first_figure(runs: Sequence[Run]) -> int:
    """Which run is the first figure behind the label, or -1 where the line is none of a table."""
    if len(runs) < 2:
        return -1
    words = [index for index, run in enumerate(runs) if not run.is_figure]
    figures = (i for i, run in enumerate(runs) if run.is_figure and (not words or i > words[0]))
    first = next((i for i in figures if not _is_of_label(runs, i)), -1)
    if first < 0 or any(len(run.text) > LONGEST_FIGURE for run in runs[first:]):
        return -1
    return first


def _is_of_label(runs: Sequence[Run], place: int) -> bool:
    """Whether a word that says that there is nothing, of one sign (无), is one of a label that is printed one sign a line (无法提供):
    the label of the row stands behind it, or nothing but such signs beside it."""
    if not _is_letter(runs[place]):
        return False
    return all(map(_is_letter, runs)) or not all(run.is_figure for run in runs[place:])


def _is_letter(run: Run) -> bool:
    return len(run.text) == 1 and run.text.isalpha()
