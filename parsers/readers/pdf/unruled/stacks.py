"""The labels above the columns of a table without lines: broken over several lines, in columns that all but touch.

Where a run of words is two labels side by side, only what stands below each of them tells: pieces one above the other
that make a label which statutory tables have belong together, and part from what stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from parsers.readers.pdf.page import Word, text_of
from parsers.readers.pdf.unruled import vocabulary
from parsers.readers.pdf.unruled.runs import TextRow, run_of

MOST_WORDS = 4
"""Words of one line of a label: office programs part some by blanks."""
NEXT_LINES = 3
"""The next line of a label is among so many printed lines: labels beside it may have other heights."""
MOST_TRIED = 1000
"""Beginnings of labels that are followed from one piece on; a header has a few dozen, upright print read sideways has no end of them."""
APART = 1.2
"""Lines of a label are no further apart than this part of their height."""
ASIDE = 0.5
"""The middles of two lines of a label are no further apart than this part of the wider one: they are centred, or both begin
at the left."""

HALF_LABEL = 4
"""Signs that tell the first line of a label from that of another one."""
TWO_LABELS = 6
"""Signs of two labels: the shortest have two and four."""

Piece = tuple[int, int, int]
"""Words of a label on one line: the line, the first word, and the one behind the last."""


def parted(rows: Sequence[TextRow]) -> tuple[TextRow, ...]:
    """The rows of a header, runs that are pieces of several labels parted."""
    rows = [_unglued(row) for row in rows]
    words = [[word for run in row.runs for word in run.words] for row in rows]
    cuts = {(row, place) for stack in _chosen(words) for row, first, end in stack for place in (first, end)}
    return tuple(_cut(row, {place for at, place in cuts if at == number}) for number, row in enumerate(rows))


def _unglued(row: TextRow) -> TextRow:
    """The row, words apart that are several labels printed without a gap."""
    runs = [
        run_of([piece for word in run.words for piece in _labels_in(word)])
        if any(len(word.text) >= TWO_LABELS for word in run.words)
        else run
        for run in row.runs
    ]
    return replace(row, runs=tuple(runs))


def _labels_in(word: Word) -> list[Word]:
    """The labels that a word consists of, or their first lines; the word itself where it is one, or is none. Chinese signs are
    equally wide."""
    text = word.text
    if len(text) < TWO_LABELS or vocabulary.columns().names(text):
        return [word]
    ends: dict[int, tuple[int, ...]] = {0: ()}
    for start in range(len(text)):
        for end in range(start + 2, len(text) + 1) if start in ends else ():
            if end not in ends and _is_first_line(text[start:end]):
                ends[end] = (*ends[start], end)
    width = (word.x1 - word.x0) / len(text)
    places = [(0, *ends[len(text)])] if len(text) in ends else []
    return [
        word._replace(x0=word.x0 + a * width, x1=word.x0 + b * width, text=text[a:b])
        for edges in places
        for a, b in pairwise(edges)
    ] or [word]


def _is_first_line(text: str) -> bool:
    """Whether a text is a label, or so much of one that it is no other's."""
    columns = vocabulary.columns()
    return columns.names(text) or (len(text) >= HALF_LABEL and columns.begins(text))


def leaves_of(rows: Sequence[TextRow]) -> list[tuple[float, float]]:
    """From which x to which the lowest labels of a header stand, left to right; only those of columns that statutory
    tables have. Labels of groups are none: centred over their columns, they may stand above a gap between two."""
    words = [[word for run in row.runs for word in run.words] for row in rows]
    places = []
    for stack in _chosen(words):
        inside = [word for number, first, end in stack for word in words[number][first:end]]
        if vocabulary.corners().names(text_of(inside)) or vocabulary.groups().names(text_of(inside)):
            continue
        left, right = min(word.x0 for word in inside), max(word.x1 for word in inside)
        places.append((left, right, min(word.y0 for word in inside)))
    return sorted(
        (left, right)
        for left, right, top in places
        if not any(below > top and x0 < right and left < x1 for x0, x1, below in places)
    )


def corners_of(rows: Sequence[TextRow]) -> frozenset[Word]:
    """The words above the labels of the rows (信息 above 内容), which head no column."""
    words = [[word for run in row.runs for word in run.words] for row in rows]
    stacks = ([w for number, first, end in stack for w in words[number][first:end]] for stack in _chosen(words))
    return frozenset(word for inside in stacks if vocabulary.corners().names(text_of(inside)) for word in inside)


def _cut(row: TextRow, cuts: set[int]) -> TextRow:
    runs = []
    at = 0
    for run in row.runs:
        count = len(run.words)
        edges = [0, *sorted(cut - at for cut in cuts if 0 < cut - at < count), count]
        runs += [run] if len(edges) == 2 else [run_of(run.words[a:b]) for a, b in pairwise(edges)]
        at += count
    return row if len(runs) == len(row.runs) else replace(row, runs=tuple(runs))


def _chosen(lines: Sequence[Sequence[Word]]) -> list[tuple[Piece, ...]]:
    """Labels that share no word, those with the most words first."""
    found = [
        stack
        for number, line in enumerate(lines)
        for first in range(len(line))
        for end in range(first + 1, min(first + MOST_WORDS, len(line)) + 1)
        for stack in _stacks(lines, ((number, first, end),), text_of(line[first:end]), set())
    ]
    found.sort(key=lambda stack: -sum(end - first for _, first, end in stack))
    taken: set[tuple[int, int]] = set()
    chosen = []
    for stack in found:
        words = {(number, place) for number, first, end in stack for place in range(first, end)}
        if not words & taken:
            taken |= words
            chosen.append(stack)
    return chosen


def _stacks(
    lines: Sequence[Sequence[Word]], stack: tuple[Piece, ...], text: str, seen: set[tuple[Piece, str]]
) -> Iterator[tuple[Piece, ...]]:
    """All labels that begin with these pieces. What ends in the same piece and says the same goes on in the same way, however
    it was put together: one of them is followed (``seen`` are those that were)."""
    if (stack[-1], text) in seen or len(seen) >= MOST_TRIED or not vocabulary.columns().begins(text):
        return
    seen.add((stack[-1], text))
    if vocabulary.columns().names(text):
        yield stack
    number, first, end = stack[-1]
    above = lines[number][first:end]
    for below in range(number + 1, min(number + NEXT_LINES, len(lines) - 1) + 1):
        line = lines[below]
        for start in range(len(line)):
            for stop in range(start + 1, min(start + MOST_WORDS, len(line)) + 1):
                if _stands_below(above, line[start:stop]):
                    longer = text + text_of(line[start:stop])
                    yield from _stacks(lines, (*stack, (below, start, stop)), longer, seen)


def _stands_below(above: Sequence[Word], below: Sequence[Word]) -> bool:
    left, right = (above[0].x0, above[-1].x1), (below[0].x0, below[-1].x1)
    widest = max(left[1] - left[0], right[1] - right[0])
    gap = below[0].y0 - max(word.y1 for word in above)
    centred = abs(sum(left) - sum(right)) <= 2 * ASIDE * widest
    return centred and -0.5 * above[0].height < gap <= APART * above[0].height
