"""Tables without standing lines, found by how their figures stand: stretches of a page whose lines are labels with figures.

A line on which a figure stands apart, beside a label or other figures, is an *anchor*. A stretch of anchors with the lines
between them, and the header above, is a table; it is cut where a new header begins, since each header has columns of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from parsers.figures import Content
from parsers.readers.pdf.lines import rows_of
from parsers.readers.pdf.page import Rectangle, Word
from parsers.readers.pdf.unruled import vocabulary
from parsers.readers.pdf.unruled.runs import LONGEST_FIGURE, Run, TextRow, text_row

PROSE = 0.62
"""A single run that takes up this part of the width of the page's text is a line of prose."""
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
_BRACKET = regex.compile(r"[（(]")
_HEADING = regex.compile(r"^(?:[一二三四五六七八九十]+[、.．]|第[一二三四五六七八九十]+部分)")


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
