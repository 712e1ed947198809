"""Where the columns of the form stand in a grid, as the header above its figures says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parsers.align.labels import LabelSet, bare, likenesses
from parsers.align.order import FORBIDDEN, align_in_order
from parsers.align.printed import PrintedCell, PrintedRow
from parsers.figures import Content

ALIKE = 0.55
"""Labels less alike than this are different labels. Swept from 0.45 to 0.75 on specimens of both editions: below 0.5
the rows 予以公开 and 不予公开 are taken for each other when one is missing, above 0.65 labels cut by a page are lost."""
SKIP_PRINTED, SKIP_EXPECTED = 0.05, 0.1
"""What it costs to pass over a printed or an expected column. Small: a label that fits is worth 0.55 at least."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns of the form stand in a grid: for each of them the grid columns ``first … last - 1``, or
    None where the header names no such column. ``doubtful`` are the numbers of form columns whose printed label
    is not clearly theirs; ``extra`` are the labels of printed columns that the form does not have; ``texts`` is
    what the header prints over each column of the form."""

    ranges: tuple[tuple[int, int] | None, ...]
    doubtful: frozenset[int] = frozenset()
    extra: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


class _Printed(NamedTuple):
    """Grid columns ``first … last - 1`` under the same labels, outermost first."""

    first: int
    last: int
    labels: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its labels as one."""
        return "".join(self.labels)


def read_header(rows: Sequence[PrintedRow], start: int, columns: LabelSet, banners: LabelSet) -> Header | None:
    """The header that the rows above a table's first figures make, for grid columns from ``start`` on.

    Returns None where no row holds a label of the form (the continuation of a table on the next page).
    """
    printed = _printed_columns(rows, start, banners)
    scores = [likenesses(columns, column.labels) for column in printed]
    gains = [[score if score >= ALIKE else FORBIDDEN for score in row] for row in scores]
    pairs = align_in_order(gains, skip_printed=[SKIP_PRINTED] * len(gains), skip_expected=SKIP_EXPECTED)
    if not pairs:
        return None
    count = len(columns.spellings)
    place_of = {expected: place for place, expected in pairs}
    doubtful: set[int] = set()
    if len(printed) == count and len(pairs) < count:
        # As many columns as the form has: the order tells.
        doubtful = _named_otherwise(printed, place_of, columns)
        place_of = {expected: expected for expected in range(count)}
    # Where no label names a column, one beside it that is not whole may be those of both, run together.
    lost = {expected for expected in range(count) if expected not in place_of}
    beside = {near for expected in lost for near in (expected - 1, expected + 1) if near in place_of}
    doubtful |= {expected for expected in beside if scores[place_of[expected]][expected] < 1.0}
    own = [printed[place_of[expected]] if expected in place_of else None for expected in range(count)]
    claimed = set(place_of.values())
    return Header(
        ranges=tuple((column.first, column.last) if column is not None else None for column in own),
        doubtful=frozenset(doubtful),
        extra=tuple(column.text for n, column in enumerate(printed) if n not in claimed and column.labels),
        texts=tuple(column.text if column is not None else "" for column in own),
    )


def _printed_columns(rows: Sequence[PrintedRow], start: int, banners: LabelSet) -> list[_Printed]:
    """The columns that a header prints. Labels that stand one above the other over a grid column belong together. What stands over all
    columns and over the labels of the rows is the title of the table, or a row that is a group of the rows below."""
    printed: list[_Printed] = []
    width = max((cell.last for row in rows for cell in row.cells), default=0)
    cells = [
        cell
        for row in rows
        for cell in row.cells
        if not (cell.inherited or (cell.first < start < cell.last and cell.last == width))
    ]
    for column in range(start, width):
        stack = [cell for cell in cells if cell.first <= column < cell.last]
        labels = tuple(cell.text for cell in stack if cell.content is not Content.BLANK and not _is(banners, cell))
        left = min((cell.first for cell in stack[-1:]), default=column)
        if printed and printed[-1].labels == labels and printed[-1].first <= left < printed[-1].last:
            printed[-1] = printed[-1]._replace(last=column + 1)
        else:
            printed.append(_Printed(column, column + 1, labels))
    return printed


def _named_otherwise(printed: Sequence[_Printed], place_of: Mapping[int, int], columns: LabelSet) -> set[int]:
    """Which of as many columns as the form has are not called what the form calls them. Where most columns are named, nothing over one
    of the others says nothing against it, and the end of its label neither: a page break left the rest on the page before."""
    count = len(printed)
    open_ = {expected for expected in range(count) if place_of.get(expected) != expected}
    ends = {expected for expected in open_ if _may_be(columns.spellings[expected], printed[expected].labels)}
    named = count - len(open_) + sum(bool(printed[expected].labels) for expected in ends)
    return open_ - ends if 2 * named > count else open_


def _may_be(spellings: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether what is printed over a column is nothing but the end of its label, or nothing."""
    end = bare("".join(printed))
    return any(spelling.endswith(end) for spelling in spellings)


def _is(labels: LabelSet, cell: PrintedCell) -> bool:
    """Whether a cell prints just one of the labels."""
    return any(score == 1.0 for score in likenesses(labels, (cell.text,)))
