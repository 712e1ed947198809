"""Which of a row's figures stands in which column of the form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.align.labels import LabelSet, likenesses
from parsers.align.order import FORBIDDEN, align_in_order
from parsers.align.printed import LOOSE, PrintedCell, PrintedRow
from parsers.document import GridKind
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
        # As many columns as the form has: the order tells, and a label that is not alike is doubtful.
        doubtful = {expected for expected in range(count) if by_expected.get(expected) != expected}
        by_expected = {expected: expected for expected in range(count)}
    doubtful |= {expected for expected, place in by_expected.items() if scores[place][expected] < ALIKE}
    claimed = set(by_expected.values())
    return Header(
        ranges=tuple(printed[by_expected[e]][:2] if e in by_expected else None for e in range(count)),
        doubtful=frozenset(doubtful),
        extra=tuple(
            "".join(labels) for place, (_, _, labels) in enumerate(printed) if place not in claimed and labels
        ),
        texts=tuple("".join(printed[by_expected[e]][2]) if e in by_expected else "" for e in range(count)),
    )


def _is(labels: LabelSet, cell: PrintedCell) -> bool:
    return any(score == 1.0 for score in likenesses(labels, (cell.text,)))


@dataclass(frozen=True, slots=True)
class Placed:
    """A row's cells in the form's columns; None where the row ends before the column (it reads as blank).

    ``absent`` are the columns that the printed table does not have. ``lost``: something is printed, but which
    column it belongs to cannot be told. ``doubt`` says why the placing may be wrong. ``left_over`` are figures
    that no column of the form claims.
    """

    cells: tuple[PrintedCell | None, ...]
    absent: frozenset[int] = frozenset()
    lost: bool = False
    doubt: str = ""
    left_over: tuple[PrintedCell, ...] = ()


def place_values(
    rows: Sequence[PrintedRow], headers: Sequence[Header | None], count: int, *, settled: Sequence[bool] | None = None
) -> list[Placed]:
    """For each row of a table, its cells in the ``count`` columns of the form.

    ``headers[i]`` is the header of the grid of ``rows[i]``. As many cells as columns, or as many that are not
    blank, stand in order. Otherwise the header tells; without one, the window of cells outside which nothing is
    printed. Where several windows would do, it is the one that the rows of the same shape have, or the one that
    begins where the others of the grid begin, for rows that are ``settled``: their label stands where the form
    has it, so they did not slide. What none of these decides is ``lost``, not guessed.
    """
    windows = [_windows(row.values, count) for row in rows]
    shapes: dict[tuple[int, int, int], Counter[int]] = {}
    starts: dict[int, Counter[int]] = {}
    for row, offsets in zip(rows, windows, strict=True):
        if len(offsets) == 1:
            shapes.setdefault(_shape(row), Counter())[offsets[0]] += 1
            starts.setdefault(row.grid, Counter())[row.label_end + offsets[0]] += 1
    placed: list[Placed] = []
    for number, (row, header, offsets) in enumerate(zip(rows, headers, windows, strict=True)):
        likely = [offset for offset, _ in shapes.get(_shape(row), Counter()).most_common(2)]
        if len(likely) != 1 and settled is not None and settled[number] and row.grid in starts:
            likely = [starts[row.grid].most_common(1)[0][0] - row.label_end]
        placed.append(_place(row, header, offsets, likely, count))
    return placed


def _shape(row: PrintedRow) -> tuple[int, int, int]:
    return row.grid, len(row.cells), row.label_end


def _windows(values: Sequence[PrintedCell], count: int) -> tuple[int, ...]:
    """The offsets of the runs of ``count`` cells outside which nothing is printed."""
    printed = [index for index, cell in enumerate(values) if cell.content is not Content.BLANK]
    if not printed:
        return (0,) if len(values) == count else ()
    first, last = printed[0], printed[-1]
    return tuple(range(max(0, last - count + 1), min(first, len(values) - count) + 1))


def _place(
    row: PrintedRow, header: Header | None, offsets: tuple[int, ...], likely: Sequence[int], count: int
) -> Placed:
    values = row.values
    if len(values) == count:
        return Placed(tuple(values))
    printed = tuple(cell for cell in values if cell.content is not Content.BLANK)
    if len(printed) == count and (header is None or not header.extra):
        return Placed(printed)  # merges were flattened: blanks stand between the figures
    by_header = _by_header(row, header) if header is not None and row.kind is not GridKind.DELIMITED else None
    if by_header is not None:
        return by_header
    if all(cell.content is Content.BLANK for cell in values):
        return _blank(row, count)
    choices = {tuple(cell.text for cell in values[offset : offset + count]) for offset in offsets}
    if len(choices) == 1:
        return Placed(tuple(values[offsets[0] : offsets[0] + count]))
    if len(likely) == 1 and (offset := likely[0]) in offsets:
        return Placed(tuple(values[offset : offset + count]))
    return Placed((None,) * count, lost=True)


def _blank(row: PrintedRow, count: int) -> Placed:
    """A row without any figure. In lines outside a grid a lost figure looks the same as a blank cell."""
    values: tuple[PrintedCell | None, ...] = (*row.values, *(None,) * count)[:count]
    if row.grid != LOOSE:
        return Placed(values)
    return Placed(values, doubt="no figure follows this label")


def _by_header(row: PrintedRow, header: Header) -> Placed | None:
    """The row's cells by the grid columns of the header, or None where the two do not fit together."""
    start = min((first for first, _ in (r for r in header.ranges if r is not None)), default=0)
    if any(cell.content is Content.FIGURE and cell.last <= start for cell in row.values):
        return None  # the row fell out of its group and slid to the left
    placed: list[PrintedCell | None] = []
    used: set[int] = set()
    doubt = ""
    for limits in header.ranges:
        found = [
            index
            for index, cell in enumerate(row.cells)
            if limits is not None and cell.first < limits[1] and limits[0] < cell.last
        ]
        printed = [index for index in found if row.cells[index].content is not Content.BLANK]
        if len(printed) > 1:
            return None
        if not found:
            placed.append(None)
            continue
        best = (printed or found)[0]
        if best in used and row.cells[best].content is not Content.BLANK:
            doubt = "one figure stands in a cell merged over several columns"
        used.add(best)
        placed.append(row.cells[best])
    rest = [
        c for i, c in enumerate(row.cells) if i not in used and i >= row.label_end and c.content is Content.FIGURE
    ]
    if doubt:
        return Placed((None,) * len(placed), lost=True, doubt=doubt)
    absent = frozenset(number for number, limits in enumerate(header.ranges) if limits is None)
    return Placed(tuple(placed), absent, left_over=tuple(rest))
