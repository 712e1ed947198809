"""Tables that print all their labels on top and all their figures in one row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, groupby, takewhile

from parsers.align.columns import Header, read_header
from parsers.align.headers import HEAD_ROWS
from parsers.align.labels import LabelSet, bare, likenesses
from parsers.align.matches import columns_differ
from parsers.align.printed import LOOSE, PrintedRow, cuts_empty_ends, has_guessed_cells, with_empty_ends
from parsers.align.reading import (
    COLUMN_DOUBTFUL,
    COLUMNS_UNCERTAIN,
    FIGURES_LOST,
    ROW_NOT_WHOLE,
    ReadingBuilder,
    TableReading,
)
from parsers.align.values import place_line_values, without_empty_tail
from parsers.document import GridKind
from parsers.figures import Content
from parsers.forms.form import Table as FormTable
from parsers.report import CellKey
from parsers.text import fold

FOUND = 0.6
"""The share of the table's labels that must stand above a row of figures for it to be the table's row."""
BROKEN_LINES = 12
"""Lines above the figures over which a printout breaks their labels; empty lines part them."""
FIGURE_ROWS = 3
"""Rows without words looked at below the header for the figures (an empty row or two may stand between)."""


@cache
def _labels(table: FormTable) -> tuple[LabelSet, tuple[tuple[str, ...], ...]]:
    """The cells of the line in printed order as label paths, and the spellings of the labels to look for."""
    paths = [
        ["".join((*row.path, spelling)) for spelling in column.spellings]
        + ["".join((row.leaf, spelling)) for spelling in column.spellings]
        for row in table.rows
        for column in table.columns
    ]
    rows = [tuple(bare(text) for text in row.spellings) for row in table.rows]
    columns = [tuple(bare(text) for text in column.spellings) for column in table.columns]
    return LabelSet.of(paths), (*rows, *columns)


def align_line(table: FormTable, rows: Sequence[PrintedRow]) -> TableReading:
    """The row of figures under the table's labels, and its figures by column."""
    found = _line_of(table, rows)
    if found is None:
        return _without_figures(table, rows)
    share, top, place = found
    paths, _ = _labels(table)
    row = rows[place]
    keys = list(table.cell_keys())
    above = rows[top:place]
    if cuts_empty_ends(own := [each for each in (*above, row) if each.grid == row.grid]):
        row = with_empty_ends(own)[-1]
    row = without_empty_tail(row, len(keys))
    header = None if row.kind is GridKind.DELIMITED else _header(above, row.grid, paths)
    if header is not None and row.kind is GridKind.MARKUP and None in header.ranges:
        header = None  # spans are lost: its lines slid to the left, and name other columns
    builder = ReadingBuilder(table.key)
    builder.add_row(keys, row, place_line_values(row, header, len(keys)))
    if reason := columns_differ(row, len(keys)):
        builder.doubt(COLUMNS_UNCERTAIN, keys, reason)
    _doubt_cells(builder, row, keys, len(table.columns))
    beside = (*rows[max(0, place - 1) : place], *rows[place + 1 : place + 2])
    if any(_may_be_a_piece(each, row, len(keys)) for each in beside):
        builder.doubt(FIGURES_LOST, keys, "figures without a label stand beside these, and may be their ends")
    if header is not None:
        if not _in_order(table, above):
            doubtful = [keys[number] for number in sorted(header.doubtful)]
            builder.doubt(COLUMN_DOUBTFUL, doubtful, "the header over this column reads otherwise")
        builder.left_over += (("left_over.column", text) for text in header.extra)
    return builder.finished(share)


def _doubt_cells(builder: ReadingBuilder, row: PrintedRow, keys: Sequence[CellKey], columns: int) -> None:
    """Doubts the figures of a row whose cells are not told as the form has them, group by group of so many columns."""
    reason = "its cells are not told as the form has them"
    groups = [keys[start : start + columns] for start in range(0, len(keys), columns)]
    if has_guessed_cells(row):
        # A figure lost among lines moves those of every group behind it, so one sum that holds tells nothing.
        told = all(_counts(builder, group) or all(_texts(builder, group)) for group in groups)
        builder.doubt(ROW_NOT_WHOLE if told else FIGURES_LOST, keys, reason)
    elif row.kind is GridKind.MARKUP and len(row.values) != len(keys):
        for group in groups:
            builder.doubt(ROW_NOT_WHOLE if _counts(builder, group) else FIGURES_LOST, group, reason)


def _counts(builder: ReadingBuilder, group: Sequence[CellKey]) -> bool:
    """Whether a group shows more than noughts: else no sum tells whether they are those of another."""
    return any(fold(text).strip("0") for text in _texts(builder, group))


def _texts(builder: ReadingBuilder, group: Sequence[CellKey]) -> list[str]:
    """What is printed in the cells of a group, nothing where a cell is blank."""
    return [cell.text if cell is not None else "" for cell in map(builder.cells.get, group)]


def _line_of(table: FormTable, rows: Sequence[PrintedRow]) -> tuple[float, int, int] | None:
    """The row under most of the table's labels: the share of these, the place of the first row that holds some, and its own."""
    best: tuple[float, int, int] | None = None
    header_ends, count = -1, len(table.rows) * len(table.columns)
    for place, row in enumerate(rows):
        if row.words:
            header_ends = place
        if place - header_ends <= FIGURE_ROWS and (row.has_figures or _is_empty_line(row, count)):
            top = _top(rows, place)
            share = _share(table, rows[top : place + 1])
            # A line without figures is the table's, left blank, unless one with figures stands below it; a number alone may be a page's.
            better = best is None or (share, _figures(row)) > (best[0], _figures(rows[best[2]]))
            if share >= FOUND and better:
                best = (share, top, place)
    broken = (place for place in range(len(rows)) if _is_broken_line(table, rows, place, count))
    return best or next(((1.0, place, place) for place in broken), None)


def _figures(row: PrintedRow) -> int:
    return sum(cell.content is Content.FIGURE and not cell.inherited for cell in row.values)


def _may_be_a_piece(other: PrintedRow, row: PrintedRow, count: int) -> bool:
    """Whether the row above or below the figures is figures and nothing else, in a table without lines or beside a row that has
    not all of its ``count``: a text's line was broken, or what stands between its lines was taken for figures."""
    whole = sum(cell.content is not Content.BLANK for cell in row.values) >= count
    near = not whole or (row.kind.is_placed and other.grid == row.grid)
    return near and other.has_figures and not other.words


def align_list(table: FormTable, rows: Sequence[PrintedRow]) -> TableReading:
    """The table printed as a list, one figure a line behind all its labels (行政复议, 结果维持, 3); a line counts when its
    labels are exactly those of one cell, and no other line has them."""
    paths, _ = _labels(table)
    keys = list(table.cell_keys())
    found: dict[int, list[PrintedRow]] = {}
    for row in rows:
        if len(row.values) == 1 and row.grid != LOOSE:
            named = [number for number, alike in enumerate(likenesses(paths, row.labels)) if alike == 1.0]
            if len(named) == 1:
                found.setdefault(named[0], []).append(row)
    cells = {keys[number]: lines[0].values[0] for number, lines in found.items() if len(lines) == 1}
    return TableReading(table.key, len(cells) / len(keys), cells)


def _without_figures(table: FormTable, rows: Sequence[PrintedRow]) -> TableReading:
    """A grid that is the table's header and nothing else: plain text keeps no trace of a row of empty cells."""
    for _, grid in groupby(rows, key=lambda row: row.grid):
        header = [row for row in grid if row.grid != LOOSE]
        share = _share(table, header) if header and not any(row.has_figures for row in header) else 0.0
        if share >= FOUND:
            return TableReading(table.key, share, dict.fromkeys(table.cell_keys()))
    return TableReading(table.key)


def _in_order(table: FormTable, rows: Sequence[PrintedRow]) -> bool:
    """Whether the words above the figures name the columns in the form's order, once for each row of the form.

    Where merges were flattened, header and figures do not stand above each other, and this order is what is left.
    """
    exact = {bare(spelling): n for n, column in enumerate(table.columns) for spelling in column.spellings}
    named = [exact[bare(word)] for row in rows for word in row.own_words if bare(word) in exact]
    return named == [number for _ in table.rows for number in range(len(table.columns))]


def _is_broken_line(table: FormTable, rows: Sequence[PrintedRow], place: int, count: int) -> bool:
    """Whether the words in front of ``count`` figures, or signs for none, are the header with its labels broken over lines (结果 结果
    其他 …, 维持 纠正 结果 …): they are made of the signs of all its labels, each as often, and of no others."""
    row = rows[place]
    if row.grid != LOOSE or len(row.values) != count or not row.has_figures:
        return False
    if not all(cell.content.is_value for cell in row.values):
        return False
    signs = _signs(table)
    above = list(takewhile(lambda each: each.grid == LOOSE and not each.has_figures, reversed(rows[:place])))
    words = "".join("".join(each.labels) for each in [*reversed(above[:BROKEN_LINES]), row])
    return Counter(bare(words)[-signs.total() :]) == signs


@cache
def _signs(table: FormTable) -> Counter[str]:
    groups = {row.path[0] for row in table.rows if len(row.path) > 1}
    labels = [*groups, *(row.leaf for row in table.rows)]
    return Counter(bare("".join([*labels, *(column.leaf for column in table.columns for _ in table.rows)])))


def _is_empty_line(row: PrintedRow, count: int) -> bool:
    """A row in which every cell is empty or says that there is nothing: the figures, left blank. In lines outside a grid
    they stand behind the labels, and ``count`` of them at least."""
    cells = row.cells if row.grid != LOOSE else row.values if len(row.values) >= count else ()
    return bool(cells) and all(cell.content in (Content.BLANK, Content.DASH) for cell in cells)


def _top(rows: Sequence[PrintedRow], place: int) -> int:
    """Where the header above a row of figures begins; another row of figures and nothing else may stand between them. A row with
    signs for none, behind a label or not, is that of the table above."""
    top = place
    while top > max(0, place - FIGURE_ROWS) and rows[top - 1].has_figures and not rows[top - 1].words:
        top -= 1
    while top > max(0, place - HEAD_ROWS - FIGURE_ROWS) and not (
        rows[top - 1].has_figures or rows[top - 1].says_none
    ):
        top -= 1
    return top


def _share(table: FormTable, rows: Sequence[PrintedRow]) -> float:
    """The share of the table's labels that the rows hold, whole or broken over cells and lines. A label begins with a word: the one
    in the middle of another (未经行政复议直接起诉) is none. In a table its two lines may stand apart, each among those of its
    neighbours (结果维 结果纠, below 持 正)."""
    _, wanted = _labels(table)
    words = [bare(word) for row in rows for word in row.words]
    joined = "".join(words)
    starts = [0, *accumulate(map(len, words))]
    pieces = {piece for row in rows if row.grid != LOOSE for word in row.words for piece in word.split()}

    def is_held(text: str) -> bool:
        if text[:2] not in joined:  # nearly all rows are another table's
            return False
        begun = len(text) > 3 and text in joined and any(joined.startswith(text, start) for start in starts)
        return (
            begun
            or text in words
            or any(text[:end] in pieces and text[end:] in pieces for end in range(2, len(text)))
        )

    return sum(any(map(is_held, spellings)) for spellings in wanted) / len(wanted)


def _header(rows: Sequence[PrintedRow], grid: int, paths: LabelSet) -> Header | None:
    above = [row for row in rows if row.grid == grid]
    return read_header(above, 0, paths, LabelSet.of([]))
