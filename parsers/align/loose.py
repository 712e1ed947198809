"""Rows put together from lines outside any grid: tables that fell apart to one cell a line, printouts whose columns are blanks.

Nothing says where a cell of such a table ends but tabs, pipes, wide gaps and what is printed; where a row ends, only words that
follow figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from parsers.align.printed import LOOSE, PrintedCell, PrintedRow, rows_of_grid
from parsers.document import Document, GridKind, Line, Span
from parsers.figures import Content, content_of
from parsers.text import fold, is_numbered

LONGEST_TOKEN = 120
"""A line longer than this is prose, and no label of a table that fell apart (the longest label read had 110)."""
_LEAST_PAIRS = 3
_LEAST_SHARE = 20
"""A distance between a figure and the line above it is one between cells where it is found three times, and once in
twenty: the least of these stands between two cells, a greater one over blank cells."""
_BEHIND_NUMBER = "."
"""What parts a number from its label, and no label goes on with in its next line, as it may with a comma or a bracket."""
# What separates the cells of a line: tabs, pipes, two or more blanks, and quotation marks that a program set apart from their words.
_SEPARATOR = regex.compile(r"\s*[\t|｜]\s*|\s{2,}|(?:(?<=\s)|^)[“”]+(?:\s+[“”]+)*(?=\s|$)", regex.MULTILINE)
_BLANK = regex.compile(r"\s+")
_GLUED = regex.compile(r"(?<=\p{Han}\p{Han}[）)”\"]?)[+-]?\d[\d,.]*(?<=\d)$")
"""The first figure of a row whose label no blank parts from it."""
_LISTED = regex.compile(
    r"(?<=\p{Han}[）)”\"]?)\s*[：:]\s*(?<figure>[+-]?\d[\d.]*|[/／—-]+|无)(?:\s*[，、；;]\s*(?<figure>[+-]?\d[\d.]*|[/／—-]+|无))*$"
)
"""The figures of a row that is written as a sentence, a colon behind its label."""


def loose_rows_of(document: Document) -> list[PrintedRow]:
    """The rows of the document when its lines are looked at too: grids as they are, and between them every run of
    words followed by figures, however many lines it takes (a table that fell apart to one cell a line, or a
    printout whose columns are blanks)."""
    rows: list[PrintedRow] = []
    grids = {grid.span.start: number for number, grid in enumerate(document.grids)}
    spacing = _spacing(document)
    pending: list[PrintedCell] = []
    above: list[PrintedCell] = []
    for block in document.blocks():
        if isinstance(block, Line):
            tokens = list(tokens_of(block, document.text))
            if len(tokens) > 1 and _is_row(above) and all(token.content.is_value for token in tokens):
                # Below a label with its figures: the other halves of these, or of those below, and no more figures.
                rows += _gathered(pending)
                pending = []
            # Where several cells stand on a line, empty lines are no cells.
            pending += _blank_cells(block, spacing) if len(tokens) == 1 >= len(above) else ()
            pending += tokens
            above = tokens
        else:
            rows += _gathered(pending)
            pending = []
            rows += rows_of_grid(grids[block.span.start], block)
    return rows + list(_gathered(pending))


def _is_row(tokens: Sequence[PrintedCell]) -> bool:
    """Whether a line is a label with several figures behind it."""
    return len(tokens) > 2 and tokens[0].content is Content.WORDS and tokens[-1].content.is_value


@dataclass(frozen=True, slots=True)
class _Spacing:
    """How many empty lines stand ``between`` two cells of a table that fell apart to one cell a line, and how many more a blank cell
    makes (``blank``)."""

    between: int
    blank: int

    def blanks_in(self, gap: int) -> int:
        """How many blank cells so many empty lines hold."""
        return max(0, (gap - self.between) // self.blank)


def _spacing(document: Document) -> _Spacing:
    """A blank cell is an empty line and the distance to the next cell, or that distance alone: programs that drop empty texts leave
    no line of its own. Where most of the wider distances do not fit the first, and all of them the second, it is that."""
    gaps = Counter[int]()
    above = -1
    for line in document.lines:
        if line.span.start == above + 1 and content_of(line.span.of(document.text)).is_value:
            gaps[line.gap] += 1
        above = line.span.end
    least = max(_LEAST_PAIRS, gaps.total() / _LEAST_SHARE)
    between = min((gap for gap, count in gaps.items() if count >= least), default=0)
    wider = [gap - between for gap in gaps.elements() if gap > between]
    fitting = sum(more % (between + 1) == 0 for more in wider)
    is_dropped = between > 0 and 2 * fitting < len(wider) and all(more % between == 0 for more in wider)
    return _Spacing(between, between if is_dropped else between + 1)


def _blank_cells(line: Line, spacing: _Spacing) -> Iterator[PrintedCell]:
    """The blank cells that the empty lines above a line are."""
    for _ in range(spacing.blanks_in(line.gap)):
        place = Span(line.span.start, line.span.start)
        yield PrintedCell("", place, line.box, 0, 0, Content.BLANK)


def tokens_of(line: Line, text: str) -> Iterator[PrintedCell]:
    """The cells that a line seems to consist of: pieces that tabs, pipes or wide gaps separate, and the figures at
    the end of a piece, which a single blank separates, or nothing from the label before them; figures listed behind a
    colon. Two figures and nothing else may be one cell (12 3)."""
    for start, end in _pieces(_SEPARATOR, text, line.span.start, line.span.end):
        if listed := _LISTED.search(text, pos=start, endpos=end):
            yield _token(text, start, listed.start(), line)
            yield from (_token(text, *place, line) for place in listed.spans("figure"))
            continue
        words = list(_pieces(_BLANK, text, start, end))
        figures = _figures_at_end(words, text)
        if len(words) == len(figures) == 2:
            yield _token(text, start, end, line)
            continue
        if not figures or start < figures[0][0]:
            label_end = max(last for _, last in words if not figures or last <= figures[0][0])
            if glued := _GLUED.search(text, pos=start, endpos=label_end):
                yield _token(text, start, glued.start(), line)
                yield _token(text, *glued.span(), line)
            else:
                yield _token(text, start, label_end, line)
        for place in figures:
            yield _token(text, *place, line)


def _figures_at_end(words: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Where the figures at the end of a line stand; a blank may part one from its sign or its unit (增 3, 559 件)."""
    figures: list[tuple[int, int]] = []
    end = len(words)
    while end:
        for size in (3, 2, 1):
            place = words[max(0, end - size)][0], words[end - 1][1]
            whole = text[slice(*place)]
            if size <= end and (size == 1 or _is_one_figure(whole)) and content_of(whole).is_value:
                figures.append(place)
                end -= size
                break
        else:
            break
    return figures[::-1]


def _is_one_figure(text: str) -> bool:
    """Whether a text of several words has digits in one of them only, the others being a sign or a unit."""
    return sum(any(map(str.isdigit, word)) or content_of(word).is_value for word in text.split()) == 1


def _pieces(separators: regex.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for separator in separators.finditer(text, pos=start, endpos=end):
        if start < separator.start():
            yield start, separator.start()
        start = separator.end()
    if start < end:
        yield start, end


def _token(text: str, start: int, end: int, line: Line) -> PrintedCell:
    return PrintedCell(text[start:end], Span(start, end), line.box, 0, 0, content_of(text[start:end]))


def _gathered(tokens: Iterable[PrintedCell]) -> Iterator[PrintedRow]:
    """Rows from a stream of cells: a row ends where words follow figures; prose ends a row and belongs to none."""
    row: list[PrintedCell] = []
    for token in _numbering_told(list(tokens)):
        starts = token.content is Content.WORDS and row and row[-1].content is not Content.WORDS
        prose = token.content is Content.WORDS and len(token.text) > LONGEST_TOKEN
        if starts or prose:
            if row:
                yield _loose_row(row)
            row = []
        if not prose:
            row.append(token)
    if row:
        yield _loose_row(row)


def _numbering_told(tokens: Sequence[PrintedCell]) -> Iterator[PrintedCell]:
    """The cells, those told to be words whose numeral numbers the label that goes on below: a label set one sign a line,
    or begun in another font."""
    for token, following in pairwise([*tokens, None]):
        if token is None:
            break
        if token.content is Content.FIGURE and following is not None and following.content is Content.WORDS:
            number, label = fold(token.text), fold(following.text)
            parted = label.startswith(_BEHIND_NUMBER) or not number[-1].isdecimal()
            if not is_numbered(label) and is_numbered(number + label) and parted:
                token = replace(token, content=Content.WORDS)
        yield token


def _loose_row(tokens: Sequence[PrintedCell]) -> PrintedRow:
    cells = [replace(token, first=column, last=column + 1) for column, token in enumerate(tokens)]
    return PrintedRow.of(LOOSE, GridKind.DELIMITED, cells)
