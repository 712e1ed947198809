"""Words side by side as runs of text: those of one text together and neighbouring texts apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from parsers.figures import Content, content_of
from parsers.readers.pdf.page import Word
from parsers.readers.pdf.unruled import vocabulary
from parsers.readers.pdf.unruled.words import BEGINNING, POINTS, WIDER_THAN_LETTERS, put_together

BLANK_IN_TEXT, BLANK_IN_FIGURE = 0.45, 0.28
"""Words of a label, and pieces of a figure, no further apart than this part of the line's height are one run. Cells keep
a greater distance, but in very narrow columns; a typed blank is a quarter to a half of the letters' size."""
NEXT_COLUMN = 0.35
"""Two single digits nearer than this part of the line's height are never taken for the figures of two columns."""
LONGEST_FIGURE = 12
"""Characters; what stands behind a row's first figure is short."""
FEWEST_LETTERS = 2
"""From so many distances between single letters it is told how wide a run is set."""
_LETTER = regex.compile(rf"(?:[1-9][{POINTS}])?[\p{{Han}}（）()、，,：:；。“”]")
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
            self.content is Content.FIGURE and self.text[-1] not in POINTS and _DIGIT.search(self.text) is not None
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
            words[-1] = put_together(words[-1], word)
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
