"""Tables without standing lines, found by how their figures stand: stretches of a page whose lines are labels with figures.

A line on which a figure stands apart, beside a label or other figures, is an *anchor*. A stretch of anchors with the lines
between them, and the header above, is a table; it is cut where a new header begins, since each header has columns of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from parsers.figures import Content, content_of
from parsers.readers.pdf import vocabulary
from parsers.readers.pdf.lines import rows_of
from parsers.readers.pdf.page import Rectangle, Word

BLANK_IN_TEXT, BLANK_IN_FIGURE = 0.45, 0.28
"""Words of a label, and pieces of a figure, no further apart than this part of the line's height are one run. Cells keep
a greater distance, but in very narrow columns; a typed blank is a quarter to a half of the letters' size."""
BETWEEN_DIGITS = 0.2
"""Digits set one by one, with spaces between them, stand no further apart."""
WIDER, TOUCH = 0.05, 0.5
"""A gap wider than usual by this part of the height parts two texts; points by which boxes of characters may differ."""
PROSE = 0.62
"""A single run that takes up this part of the width of the page's text is a line of prose."""
LONGEST_FIGURE = 12
"""Characters; what stands behind a row's first figure is short."""
MOST_HEADER_LINES = 16
"""Lines above the first figures that may be the header; a header of narrow columns prints one sign a line."""
GAP = 2.6
"""Lines of a table follow each other within so many heights; between a paragraph and a table more is usual, and in a
table only a row of many lines has its figures so far from the next."""
FEWEST_ANCHORS, FIGURES_OF_ONE = 2, 4
"""A table has so many rows of figures, or a single one with so many figures."""
FEWEST_FIGURES = 2
"""Words like figures that a page with a table has: a page break may leave two rows, blank but for their totals."""
CENTRED = 0.08
"""A title stands with its middle no further from the table's than this part of the table's width."""

FEWEST_LETTERS, WIDER_THAN_LETTERS = 2, 0.15
"""From so many distances between single letters it is told how wide a run is set. A distance wider than that by this part of
the height parts two texts."""
NUMBER_GAP = 0.6
"""A number, its point and its label are no further apart than this part of their height."""

_POINTS = ".．、"
_LETTER = regex.compile(rf"(?:[1-9][{_POINTS}])?[\p{{Han}}（）()、，,：:；。“”]")
_NUMBER = regex.compile(rf"[1-9][{_POINTS}]?")
_DIGIT = regex.compile(r"\d")
_BRACKET = regex.compile(r"[（(]")
_HEADING = regex.compile(r"^(?:[一二三四五六七八九十]+[、.．]|第[一二三四五六七八九十]+部分)")


@dataclass(frozen=True, slots=True)
class Run:
    """Words side by side that are one text."""

    x0: float
    y0: float
    x1: float
    y1: float
    words: tuple[Word, ...]
    content: Content

    @property
    def text(self) -> str:
        """The words, blanks between them."""
        return " ".join(word.text for word in self.words)

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure, or a sign for none."""
        return self.content is Content.DASH or (
            self.content is Content.FIGURE and _DIGIT.search(self.text) is not None
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


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one header: ``head`` are the rows above the first anchor, ``body`` the anchor and all below."""

    head: tuple[TextRow, ...]
    body: tuple[TextRow, ...]

    @property
    def words(self) -> list[Word]:
        """All its words."""
        return [word for row in (*self.head, *self.body) for run in row.runs for word in run.words]

    @property
    def rectangle(self) -> Rectangle:
        """The smallest that holds all its words."""
        words = self.words
        return Rectangle(
            min(w.x0 for w in words), min(w.y0 for w in words), max(w.x1 for w in words), max(w.y1 for w in words)
        )


def may_hold_tables(words: Sequence[Word]) -> bool:
    """Whether to look at all: at least two words begin like figures. Prose runs on without blanks and has few."""
    count = 0
    for word in words:
        if word[4][0] in "0123456789０１２３４５６７８９/—-－／" and len(word[4]) <= LONGEST_FIGURE:
            count += 1
            if count >= FEWEST_FIGURES:
                return True
    return False


def split_at_gaps(words: Sequence[Word], characters: Sequence[Word]) -> list[Word]:
    """The words, those cut apart that a library ran together: before or behind a digit, where the gap is wider than
    between the digits of the page's other figures."""
    gaps = sorted(
        b.x0 - a.x1 for a, b in pairwise(characters) if a.text.isdecimal() and b.text.isdecimal() and a.y0 == b.y0
    )
    usual = max(gaps[len(gaps) // 4] if gaps else 0.0, 0.0)
    by_line: dict[float, list[Word]] = {}
    for character in characters:
        by_line.setdefault(round(character.y0), []).append(character)
    split: list[Word] = []
    for word in words:
        if len(word.text) < 2 or not any(c.isdecimal() for c in word.text):
            split.append(word)
            continue
        near = {c for y in range(round(word.y0) - 1, round(word.y0) + 2) for c in by_line.get(y, ())}
        inside = sorted(c for c in near if word.x0 - TOUCH <= c.x0 and c.x1 <= word.x1 + TOUCH)
        split += _pieces(word, inside, usual)
    return split


def _pieces(word: Word, inside: Sequence[Word], usual: float) -> list[Word]:
    if "".join(c.text for c in inside) != word.text:
        return [word]
    pieces = [inside[0]]
    for before, after in pairwise(inside):
        gap = after.x0 - before.x1
        if (before.text.isdecimal() or after.text.isdecimal()) and gap > usual + WIDER * word.height:
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


def _put_together(one: Word, other: Word) -> Word:
    """A word and the one behind it as one."""
    return Word(one.x0, min(one.y0, other.y0), other.x1, max(one.y1, other.y1), one.text + other.text)


def _goes_on(before: Word, after: Word) -> bool:
    """Whether a number is followed by its point, or both by the label."""
    if not (_NUMBER.fullmatch(before.text) and (before.text[-1] in _POINTS) != (after.text[0] in _POINTS)):
        return False
    height = min(before.height, after.height)
    same_line = abs(before.y0 + before.y1 - after.y0 - after.y1) < height
    return same_line and -TOUCH < after.x0 - before.x1 < NUMBER_GAP * height


def sections_of(words: Sequence[Word]) -> list[Section]:
    """The sections of all tables that the words make, from top to bottom."""
    rows = [text_row(row) for row in rows_of(words)]
    if not any(row.is_anchor for row in rows):
        return []
    left, right = min(w.x0 for w in words), max(w.x1 for w in words)
    sections: list[Section] = []
    for stretch in _stretches(rows, right - left):
        anchors = [row for row in stretch if row.is_anchor]
        figures = max(sum(run.is_figure for run in row.runs) for row in anchors)
        wide = max((len(row.runs) for row in stretch), default=0)
        if len(anchors) >= FEWEST_ANCHORS or max(figures, wide) >= FIGURES_OF_ONE:
            sections += _sections(stretch)
    return sections


def text_row(words: Sequence[Word]) -> TextRow:
    """The words of one line, from left to right, as runs."""
    runs: list[list[Word]] = []
    for word in words:
        if runs:
            before = runs[-1][-1]
            if word.x0 - before.x1 <= _room(before.text, word.text) * min(word.height, before.height):
                runs[-1].append(word)
                continue
        runs.append([word])
    made = tuple(run_of(spelt(run)) for run in runs)
    return TextRow(made, _first_figure(made))


def spelt(run: Sequence[Word]) -> list[Word]:
    """The words of a run, letters that are set wide put together: their distances are those of most letters."""
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
        return BETWEEN_DIGITS if len(before) == len(after) == 1 else 0.0
    return BLANK_IN_FIGURE if any(digits) else BLANK_IN_TEXT


def run_of(words: Sequence[Word]) -> Run:
    """Words side by side as one text."""
    return Run(
        words[0].x0,
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
        tuple(words),
        content_of(" ".join(word.text for word in words)),
    )


def _first_figure(runs: Sequence[Run]) -> int:
    """Which run is the first figure behind the label, or -1 where the line is none of a table."""
    if len(runs) < 2:
        return -1
    words = [index for index, run in enumerate(runs) if not run.is_figure]
    first = next((i for i, run in enumerate(runs) if run.is_figure and (not words or i > words[0])), -1)
    if first < 0 or any(len(run.text) > LONGEST_FIGURE for run in runs[first:]):
        return -1
    return first


def _is_break(row: TextRow, width: float) -> bool:
    """Whether a line is prose or the heading of a section."""
    if len(row.runs) > 1:
        return False
    run = row.runs[0]
    if run.x1 - run.x0 >= PROSE * width:
        return True
    return _HEADING.match(run.text) is not None and len(run.text) > 7 and not vocabulary.rows().names(run.text)


def _stretches(rows: Sequence[TextRow], width: float) -> Iterator[list[TextRow]]:
    """Runs of lines from a header to the last line of a table, anchors within."""
    parts: list[list[TextRow]] = [[]]
    for row in rows:
        if _is_break(row, width):
            parts.append([])
        elif parts[-1] and row.top - parts[-1][-1].bottom > GAP * max(row.height, parts[-1][-1].height):
            parts.append([row])
        else:
            parts[-1].append(row)
    for part in parts:
        anchors = [index for index, row in enumerate(part) if row.is_anchor]
        if anchors:
            yield part[_head(part, anchors[0]) : _foot(part, anchors[-1])]


def _head(part: Sequence[TextRow], first: int) -> int:
    """Where the header above the first anchor begins: lines with several runs, or with text above the figures."""
    edge = _label_end(part[first])
    top = first
    for index in range(first - 1, max(-1, first - 1 - MOST_HEADER_LINES), -1):
        row = part[index]
        if len(row.runs) > 1 or row.runs[0].x0 + row.runs[0].x1 > 2 * edge:
            top = index
        elif first - index > 2 and top - index > 2:
            break
    # A label may begin one line above its figures.
    while top == first and top > 0 and part[first].top - part[top - 1].bottom < 0.5 * part[first].height:
        top -= 1
    return top


def _foot(part: Sequence[TextRow], last: int) -> int:
    """Where the table ends: the last label goes on below its figures, close to them and left of them."""
    edge = part[last].runs[part[last].first_figure].x0
    end = last + 1
    while end < len(part):
        row = part[end]
        gap = row.top - part[end - 1].bottom
        if gap > 0.9 * row.height or any(run.x1 > edge for run in row.runs):
            break
        end += 1
    return end


def _sections(stretch: Sequence[TextRow]) -> Iterator[Section]:
    """The stretch cut at each row, behind figures, that prints words above where figures stood."""
    starts = [0]
    edge: float | None = None
    for index, row in enumerate(stretch):
        if row.is_anchor:
            edge = max(edge or 0.0, _label_end(row))
        elif edge is not None and any(_stands_over_figures(run, edge) for run in row.runs):
            starts.append(index)
            edge = None
    for start, end in zip(starts, [*starts[1:], len(stretch)], strict=True):
        rows = stretch[start:end]
        first = next((index for index, row in enumerate(rows) if row.is_anchor), None)
        if first is None:
            continue
        edge = max(_label_end(row) for row in rows if row.is_anchor)
        # Lines of the first label that stand above its figures are none of the header, nor are figures.
        begin = first
        while begin > 0 and all(run.is_figure or run.x1 <= edge + rows[begin].height for run in rows[begin - 1].runs):
            begin -= 1
        yield Section(tuple(rows[:begin]), tuple(rows[begin:]))


def _stands_over_figures(run: Run, edge: float) -> bool:
    """Whether words stand right of the ``edge`` of the labels. The label of a row that begins left of it, and has an
    explanation in brackets, may be wider than all others."""
    if run.content is not Content.WORDS or run.x0 + run.x1 <= 2 * edge:
        return False
    return run.x0 > edge or not _is_label_of_row(run.text)


def _is_label_of_row(text: str) -> bool:
    """Whether a text is the label of a row, or that and the beginning of its explanation."""
    before_bracket = text[:1] + _BRACKET.split(text[1:], maxsplit=1)[0]  # a bracket at the beginning is its number's
    return vocabulary.rows().names(text) or vocabulary.rows().names(before_bracket)


def _label_end(anchor: TextRow) -> float:
    """The x up to which the label of an anchor reaches; where its first figure begins when it has none."""
    first = anchor.first_figure
    return anchor.runs[first - 1].x1 if first else anchor.runs[0].x0
