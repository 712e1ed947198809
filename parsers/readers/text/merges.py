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
    width = len(rows[0])
    if any(len(row) != width for row in rows):
        return None
    if not any(_is_written_out(run, width) for texts in rows for run in _runs(texts)):
        return None
    cells: list[Cell] = []
    open_runs: dict[tuple[int, int, str], int] = {}  # runs of the row above: the index of their cell
    heads: list[_Run | None] = [None] * width  # what stands above each column
    for number, texts in enumerate(rows):
        below: dict[tuple[int, int, str], int] = {}
        for run in _runs(texts):
            for part in _parts(run, heads):
                is_label = part.content is Content.WORDS
                key = (part.first, part.last, part.text)
                above = open_runs.get(key) if is_label else None
                if above is None:
                    below[key] = len(cells)
                    cells.append(Cell(number, part.first, 1, part.last - part.first, part.text))
                else:
                    below[key] = above
                    cells[above] = replace(cells[above], row_span=cells[above].row_span + 1)
                if is_label:
                    heads[part.first : part.last] = [part] * (part.last - part.first)
        open_runs = below
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


def _parts(run: _Run, heads: Sequence[_Run | None]) -> Iterator[_Run]:
    """The cells that a run is: one when it is a label, or when what stands above was merged over the same places; else one
    for each column, as neighbours may hold the same figure."""
    if run.content is Content.WORDS and len(run.text) >= _LABEL:
        yield run
        return
    first = run.first
    while first < run.last:
        head = heads[first]
        last = first + 1
        if (
            run.content is not Content.WORDS
            and head is not None
            and head.first >= run.first
            and head.last <= run.last
        ):
            last = head.last
        yield replace(run, first=first, last=last)
        first = last
