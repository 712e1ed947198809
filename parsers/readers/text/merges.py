"""Merged cells that a converter wrote out: the text of each stands in every place that it covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from parsers.document import GridKind
from parsers.figures import Content, content_of
from parsers.readers.blocks import Cell, Table

_LABEL = 4
"""Characters; shorter words may stand twice in a row of their own right (本年新, 本年新: both cut short)."""
_PLACES = 3
"""In so many places side by side stands no label unless it was merged over them."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A text that stands in the columns ``first … last - 1`` of a row."""

    first: int
    last: int
    text: str
    content: Content


def with_merges(rows: Sequence[Sequence[str]]) -> Table | None:
    """The table of plain text whose merged cells were written out, merged again; None when none were."""
    if not any(_is_written_out(run, len(texts)) for texts in rows for run in _runs(texts)):
        return None
    cells: list[Cell] = []
    above: dict[tuple[int, int, str], int] = {}  # the labels of the row above: the index of their cell
    heads: list[_Run] = []  # what stands above each column
    for number, texts in enumerate(rows):
        if len(texts) != len(heads):  # another table, without a line between
            above, heads = {}, [_Run(column, column + 1, "", Content.BLANK) for column in range(len(texts))]
        labels: dict[tuple[int, int, str], int] = {}
        for part in _cells(_runs(texts), heads):
            key = (part.first, part.last, part.text)
            if part.content is not Content.WORDS or key not in above:
                labels[key] = len(cells)
                cells.append(Cell(number, part.first, 1, part.last - part.first, part.text))
            else:
                labels[key] = above[key]
                cells[above[key]] = replace(cells[above[key]], row_span=cells[above[key]].row_span + 1)
            if part.content is Content.WORDS:
                heads[part.first : part.last] = [part] * (part.last - part.first)
        above = labels
    return Table(GridKind.MARKUP, tuple(cells))


def _runs(texts: Sequence[str]) -> list[_Run]:
    runs: list[_Run] = []
    for text, group in groupby(enumerate(texts), key=lambda place: place[1]):
        places = [column for column, _ in group]
        runs.append(_Run(places[0], places[-1] + 1, text, content_of(text)))
    return runs


def _is_written_out(run: _Run, width: int) -> bool:
    length = run.last - run.first
    return run.content is Content.WORDS and len(run.text) >= _LABEL and (length >= _PLACES or length == width > 1)


def _cells(runs: Sequence[_Run], heads: Sequence[_Run]) -> Iterator[_Run]:
    """The cells of a row. A label is one. Neighbours may hold the same figure, so figures are one where a head was merged
    over their places, or where the row has as many different runs of figures as heads: the cells of a block are not merged
    like those of its header."""
    figures = [run for run in runs if run.content is not Content.WORDS]
    over = {head.first: head for run in figures for head in heads[run.first : run.last]}
    as_many = len(over) == len(figures) < sum(run.last - run.first for run in figures)
    for run in runs:
        if as_many or (run.content is Content.WORDS and len(run.text) >= _LABEL):
            yield run
            continue
        first = run.first
        while first < run.last:
            head = heads[first]
            merged = run.content is not Content.WORDS and head.first == first and head.last <= run.last
            yield replace(run, first=first, last=head.last if merged else first + 1)
            first = head.last if merged else first + 1
