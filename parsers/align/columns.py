"""Where the columns of the form stand in a grid, as the header above its figures says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


def read_header(rows: Sequence[PrintedRow], start: int, columns: LabelSet, banners: LabelSet) -> Header | None:
    """The header that the rows above a table's first figures make, for grid columns from ``start`` on.

    Labels that stand one above the other over a grid column belong together, outermost first. Returns None where
    no row holds a label of the form (the continuation of a table on the next page).
    """
    printed: list[tuple[int, int, tuple[str, ...]]] = []
    width = max((cell.last for row in rows for cell in row.cells), default=0)
    for column in range(start, width):
        stack = [
            cell for row in rows for cell in row.cells if cell.first <= column < cell.last and not cell.inherited
        ]
        labels = tuple(cell.text for cell in stack if cell.content is not Content.BLANK and not _is(banners, cell))
        left = min((cell.first for cell in stack[-1:]), default=column)
        if printed and printed[-1][2] == labels and printed[-1][0] <= left < printed[-1][1]:
            printed[-1] = (printed[-1][0], column + 1, labels)
        else:
            printed.append((column, column + 1, labels))
    scores = [likenesses(columns, labels) for _, _, labels in printed]
    gains = [[score if score >= ALIKE else FORBIDDEN for score in row] for row in scores]
    pairs = align_in_order(gains, skip_printed=[SKIP_PRINTED] * len(gains), skip_expected=SKIP_EXPECTED)
    if not pairs:
        return None
    count = len(columns.spellings)
    by_expected = {expected: place for place, expected in pairs}
    doubtful: set[int] = set()
    if len(printed) == count and len(pairs) < count:
        # As many columns as the form has: the order tells, and a label that is not alike is doubtful. Where most columns are
        # named, nothing over one of the others says nothing against it, and the end of its label neither: a page break left
        # the rest on the page before.
        open_ = {expected for expected in range(count) if by_expected.get(expected) != expected}
        ends = {expected for expected in open_ if _may_be(columns.spellings[expected], printed[expected][2])}
        named = count - len(open_) + sum(bool(printed[expected][2]) for expected in ends)
        doubtful = open_ - ends if 2 * named > count else open_
        by_expected = {expected: expected for expected in range(count)}
    # Where no label names a column, one beside it that is not whole may be those of both, run together.
    lost = {expected for expected in range(count) if expected not in by_expected}
    beside = {near for expected in lost for near in (expected - 1, expected + 1) if near in by_expected}
    doubtful |= {expected for expected in beside if scores[by_expected[expected]][expected] < 1.0}
    claimed = set(by_expected.values())
    return Header(
        ranges=tuple(printed[by_expected[e]][:2] if e in by_expected else None for e in range(count)),
        doubtful=frozenset(doubtful),
        extra=tuple(
            "".join(labels) for place, (_, _, labels) in enumerate(printed) if place not in claimed and labels
        ),
        texts=tuple("".join(printed[by_expected[e]][2]) if e in by_expected else "" for e in range(count)),
    )


def _may_be(spellings: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether what is printed over a column is nothing but the end of its label, or nothing."""
    end = bare("".join(printed))
    return any(spelling.endswith(end) for spelling in spellings)


def _is(labels: LabelSet, cell: PrintedCell) -> bool:
    return any(score == 1.0 for score in likenesses(labels, (cell.text,)))
