"""The headers over the pieces of a table, which a page break may part from their figures or cut in two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from parsers.align.columns import Header, read_header
from parsers.align.labels import LabelSet, bare, likenesses
from parsers.align.matches import Matched
from parsers.align.mend import LOST_COLUMNS
from parsers.align.printed import PrintedRow
from parsers.align.reading import COLUMN_DOUBTFUL, Doubt
from parsers.align.values import Placed
from parsers.document import GridKind
from parsers.figures import Content

HEAD_ROWS = 5
"""Rows looked at above the first figures for the header; the official table has three."""


def headers_of(matched: Matched, columns: LabelSet, banners: LabelSet) -> dict[int, Header | None]:
    """The header of each grid that has matched rows. A grid without one goes on under that of the grid before.

    ``columns`` are the labels of the form's columns, ``banners`` what stands above them and names none."""
    headers: dict[int, Header | None] = {}
    previous: Header | None = None
    width = 0
    for grid in dict.fromkeys(matched.rows[printed].grid for printed, _ in matched.pairs):
        own = [printed for printed, _ in matched.pairs if matched.rows[printed].grid == grid]
        above = [row for row in _above(matched, own[0]) if row.grid == grid and not row.has_figures]
        rows = [matched.rows[printed] for printed in own]
        last = max((cell.last for row in rows for cell in row.cells), default=0)
        if rows[0].kind is GridKind.DELIMITED:
            headers[grid] = None
            continue
        start = _label_width(rows)
        slid = _slid(above, start, columns)
        header = None if slid else read_header(above, start, columns, banners)
        if not slid and (header is None or header.doubtful):
            before = [row for row in matched.rows if row.grid == grid - 1]
            header = _header_over_the_break(before, above, start, last, columns, banners) or header
        if header is None and not slid and last == width:
            header = previous
        headers[grid], previous, width = header, header, last
    return headers


def _above(matched: Matched, first: int) -> Sequence[PrintedRow]:
    return matched.rows[max(0, first - HEAD_ROWS) : first]


def _header_over_the_break(
    before: Sequence[PrintedRow],
    above: Sequence[PrintedRow],
    start: int,
    last: int,
    columns: LabelSet,
    banners: LabelSet,
) -> Header | None:
    """The header that a page break parted from a grid or cut in two: the rows without figures at the end of the grid
    ``before``, and those ``above`` the figures of this one, which has ``last`` columns. The part on the next page may have
    more columns of labels, so columns are counted from the right. None where these are no header that names every column."""
    end = next((n for n in range(len(before), 0, -1) if before[n - 1].has_figures), 0)
    tail = before[max(end, len(before) - HEAD_ROWS) :]
    shift = last - max((cell.last for row in before for cell in row.cells), default=0)
    if not tail or GridKind.DELIMITED in (row.kind for row in tail) or abs(shift) > LOST_COLUMNS:
        return None
    moved = [
        replace(row, cells=tuple(replace(c, first=max(c.first + shift, 0), last=c.last + shift) for c in row.cells))
        for row in tail
    ]
    header = read_header([*moved, *above], start, columns, banners)
    return header if header is not None and not header.doubtful and None not in header.ranges else None


def _slid(above: Sequence[PrintedRow], start: int, columns: LabelSet) -> bool:
    """Whether the header's lines slid to the left because the cells in front of them lost their spans: a column of the
    form is named where the labels of the rows stand. Then nothing says what stands above a figure."""
    return any(
        cell.last <= start and not cell.inherited and 1.0 in likenesses(columns, (cell.text,))
        for row in above
        for cell in row.cells
        if cell.content is Content.WORDS
    )


def _label_width(rows: Sequence[PrintedRow]) -> int:
    """The grid column at which the figures begin, as most rows have it."""
    ends = [max((c.last for c in row.cells[: row.label_end]), default=0) for row in rows]
    return max(set(ends), key=ends.count)


def doubtful_columns(matched: Matched, headers: Mapping[int, Header | None], columns: LabelSet) -> Iterator[Doubt]:
    """Doubts about the columns whose printed label is another than the form's."""
    for grid, header in headers.items():
        own = [(printed, expected) for printed, expected in matched.pairs if matched.rows[printed].grid == grid]
        keys = [matched.keys(expected) for _, expected in own]
        if header is not None:
            for number in sorted(header.doubtful):
                reason = f"the header over {matched.table.columns[number].leaf} reads {header.texts[number]}"
                yield Doubt(COLUMN_DOUBTFUL, tuple([row[number] for row in keys]), reason)
        elif _contradicts([*_above(matched, own[0][0]), matched.rows[own[0][0]]], columns):
            reason = "the header names the columns in another order"
            yield Doubt(COLUMN_DOUBTFUL, tuple([key for row in keys for key in row]), reason)


def nameless_columns(
    matched: Matched, headers: Mapping[int, Header | None], placed: Sequence[Placed]
) -> Iterator[Doubt]:
    """Doubts about the columns over which no header prints anything, and in which no row does although others have figures: the
    edge of the paper may have cut them off."""
    known = [header for header in headers.values() if header is not None]
    rows = [values for values in placed if not values.lost]
    printed = {number for row in rows for number, cell in enumerate(row.cells) if cell is not None and cell.text}
    if not known or not printed:
        return
    for number, column in enumerate(matched.table.columns):
        if number not in printed and not any(header.texts[number] for header in known):
            keys = tuple(
                matched.keys(expected)[number]
                for (_, expected), values in zip(matched.pairs, placed, strict=True)
                if not values.lost and number not in values.absent
            )
            if keys:
                yield Doubt(COLUMN_DOUBTFUL, keys, f"nothing is printed over {column.leaf}, nor below it")


def _contradicts(rows: Sequence[PrintedRow], columns: LabelSet) -> bool:
    """Whether the words above the table name its columns in another order than the form.

    The last column is left out: where merges are lost, 总计 is printed in the first line of the header, before all others.
    """
    exact = {spelling: number for number, texts in enumerate(columns.spellings[:-1]) for spelling in texts}
    named = [exact[bare(word)] for row in rows for word in row.words if bare(word) in exact]
    named = list(dict.fromkeys(named))
    return len(named) > 2 and named != sorted(named)
