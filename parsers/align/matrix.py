"""Tables with labels at the left and on top: every row has every column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from parsers.align.labels import LabelSet, bare, likenesses, named_by
from parsers.align.mend import LOST_COLUMNS, mended
from parsers.align.order import FORBIDDEN, align_in_order
from parsers.align.printed import LOOSE, PrintedRow
from parsers.align.reading import ReadingBuilder, TableReading
from parsers.align.values import ALIKE, Header, Placed, place_values, read_header
from parsers.document import GridKind
from parsers.figures import Content
from parsers.forms.form import Table as FormTable
from parsers.report import CellKey

CERTAIN = 0.8
"""A label at least this alike is that label; below, its row is marked doubtful. On published and made pages every
wrong match lay below 0.72 and every label merely misspelt above 0.84."""
UNLABELLED = 0.2
"""What a row of figures without a label is worth in the only gap that it fits."""
SKIP_ROW_OF_FIGURES = 0.25
"""What it costs to pass over a row of figures inside a table; makes one whole table win over the halves of two."""
SKIP_LABEL = 0.1
"""What a row of the form that is not found costs."""
SLID = "reading.row_slid"
"""The rule of a doubt about a row whose label stands in another column than those of the other rows."""
NOT_WHOLE = "reading.row_not_whole"
"""The rule of a doubt about a row beside lost ones, or of another length than the others."""
OTHER_COLUMNS = "the table has no lines between its columns, and other columns than the form"
NEARLY_ALL = 0.8
HEAD_ROWS = 5
"""Rows looked at above the first figures for the header; the official table has three."""


@dataclass(frozen=True, slots=True, eq=False)
class _Labels:
    rows: LabelSet
    columns: LabelSet
    groups: LabelSet
    banners: LabelSet


@cache
def _labels(table: FormTable) -> _Labels:
    return _Labels(
        rows=LabelSet.of([(*row.spellings, *_paths(row.path)) for row in table.rows]),
        columns=LabelSet.of([(*column.spellings, *_paths(column.path)) for column in table.columns]),
        groups=LabelSet.of([(group.label, *group.aliases) for group in table.groups]),
        banners=LabelSet.of([(text,) for text in (*table.banners, *table.corner)]),
    )


def _paths(path: Sequence[str]) -> list[str]:
    """The label path joined, from each of its groups inwards."""
    return ["".join(path[start:]) for start in range(len(path) - 1)]


def column_labels(table: FormTable) -> tuple[LabelSet, LabelSet]:
    """What may stand above the figures of a table: the labels of its columns, and its banners."""
    labels = _labels(table)
    return labels.columns, labels.banners


def align_matrix(table: FormTable, rows: Sequence[PrintedRow]) -> TableReading:
    """The rows of the document that are the rows of the table, and their figures by column."""
    labels = _labels(table)
    rows = mended(_separated(rows, labels.rows), labels.rows, (labels.columns, labels.groups, labels.banners))
    pairs = _matched_rows(rows, labels, len(table.columns))
    if not any(rows[printed].labels for printed, _ in pairs):
        return TableReading(table.key)
    rows = _named(rows, pairs, labels.rows)
    builder = ReadingBuilder(table.key)
    headers = _headers(rows, pairs, labels)
    placed = place_values(
        [rows[printed] for printed, _ in pairs],
        [headers.get(rows[printed].grid) for printed, _ in pairs],
        len(table.columns),
        settled=[_stands_in_place(rows[printed], len(table.rows[expected].path)) for printed, expected in pairs],
    )
    missing = set(range(len(table.rows))) - {expected for _, expected in pairs}
    for (printed, expected), values in zip(pairs, placed, strict=True):
        row = rows[printed]
        keys = [CellKey(table.key, table.rows[expected].key, column.key) for column in table.columns]
        builder.add_row(keys, row, values)
        if columns_differ(row, len(keys)):
            builder.doubt("reading.columns_uncertain", keys, OTHER_COLUMNS)
        alike = likenesses(labels.rows, row.labels)[expected] if row.labels else 0.0
        if alike < CERTAIN or (alike < 1.0 and names_another(row, labels.rows, missing)):
            reason = f"the label reads {''.join(row.labels)}" if row.labels else "the row has no label"
            builder.doubt("reading.label_doubtful", keys, reason)
    _doubt_short_rows(builder, table, rows, pairs, placed)
    _doubt_slid_rows(builder, table, rows, pairs, placed)
    _doubt_odd_rows(builder, table, rows, pairs)
    _judge_headers(builder, table, rows, pairs, headers, labels)
    _unclaimed(builder, table, rows, pairs)
    return builder.finished(len(pairs) / len(table.rows))


def names_another(row: PrintedRow, labels: LabelSet, missing: Collection[int]) -> bool:
    """Whether a label holds that of a row which was not found too: two rows run together, and the figures may be either's."""
    label = bare("".join(row.labels))
    return any(spelling in label for index in missing for spelling in labels.spellings[index])


def columns_differ(row: PrintedRow, count: int) -> bool:
    """Whether a row of a table without lines has other columns than the ``count`` of the form, or a blank on a printout: then
    nothing tells for certain under which label a figure stands."""
    rough = row.kind is GridKind.PRINTED and row.has_figures
    blank = rough and any(cell.content is Content.BLANK for cell in row.values)
    return row.kind.is_placed and (len(row.values) != count or blank)


def _matched_rows(rows: Sequence[PrintedRow], labels: _Labels, columns: int) -> list[tuple[int, int]]:
    scores: list[Sequence[float]] = []
    nowhere = [FORBIDDEN] * len(labels.rows.spellings)
    unlabelled = [UNLABELLED] * len(labels.rows.spellings)
    for row in rows:
        if row.labels:
            alike = likenesses(labels.rows, row.labels)
            best = max(alike)
            if best < ALIKE or (best < 1.0 and 1.0 in likenesses(labels.groups, row.labels[-1:])):
                scores.append(nowhere)
            else:
                scores.append([score if score >= ALIKE else FORBIDDEN for score in alike])
        else:
            scores.append(unlabelled if row.has_figures and len(row.values) == columns else nowhere)
    costs = [SKIP_ROW_OF_FIGURES if row.has_figures else 0.0 for row in rows]
    return align_in_order(scores, skip_printed=costs, skip_expected=SKIP_LABEL)


def _named(rows: list[PrintedRow], pairs: Sequence[tuple[int, int]], labels: LabelSet) -> list[PrintedRow]:
    """The rows, those that were found with the end of their label known."""
    named = list(rows)
    for printed, expected in pairs:
        named[printed] = name_ended(rows[printed], labels, expected)
    return named


def name_ended(row: PrintedRow, labels: LabelSet, expected: int) -> PrintedRow:
    """The row, with its label ended where the label ``expected`` of the form is complete: words behind it are a
    remark in the place of a figure."""
    words = [place for place, cell in enumerate(row.cells[: row.label_end], 1) if cell.content is Content.WORDS]
    count = named_by(labels, row.labels, expected)
    return row if count == len(words) else PrintedRow.of(row.grid, row.kind, row.cells, label_end=words[count - 1])


def _separated(rows: Sequence[PrintedRow], labels: LabelSet) -> list[PrintedRow]:
    """The rows, with those taken apart that ran together because no figure stands between their labels."""
    separated: list[PrintedRow] = []
    for row in rows:
        start = 0
        if row.grid == LOOSE:
            for place, cell in enumerate(row.cells[: row.label_end - 1], 1):
                if 1.0 in likenesses(labels, (cell.text,)):
                    separated.append(PrintedRow.of(row.grid, row.kind, row.cells[start:place]))
                    start = place
        separated.append(PrintedRow.of(row.grid, row.kind, row.cells[start:]) if start else row)
    return separated


def _stands_in_place(row: PrintedRow, depth: int) -> bool:
    """Whether the row's own label stands in the column in which the form has a label of this depth of groups."""
    return row.grid != LOOSE and row.label_end == depth


def _headers(
    rows: Sequence[PrintedRow], pairs: Sequence[tuple[int, int]], labels: _Labels
) -> dict[int, Header | None]:
    """The header of each grid that has matched rows. A grid without one goes on under that of the grid before."""
    headers: dict[int, Header | None] = {}
    previous: Header | None = None
    width = 0
    for grid in dict.fromkeys(rows[printed].grid for printed, _ in pairs):
        first = next(printed for printed, _ in pairs if rows[printed].grid == grid)
        above = [row for row in rows[max(0, first - HEAD_ROWS) : first] if row.grid == grid and not row.has_figures]
        matched = [rows[printed] for printed, _ in pairs if rows[printed].grid == grid]
        columns = max((cell.last for row in matched for cell in row.cells), default=0)
        if matched[0].kind is GridKind.DELIMITED:
            headers[grid] = None
            continue
        start = _label_width(matched)
        slid = _slid(above, start, labels.columns)
        header = None if slid else read_header(above, start, labels.columns, labels.banners)
        if not slid and (header is None or header.doubtful):
            header = _header_over_the_break(rows, grid, above, start, columns, labels) or header
        if header is None and not slid and columns == width:
            header = previous
        headers[grid], previous, width = header, header, columns
    return headers


def _header_over_the_break(
    rows: Sequence[PrintedRow],
    grid: int,
    above: Sequence[PrintedRow],
    start: int,
    columns: int,
    labels: _Labels,
) -> Header | None:
    """The header that a page break parted from a grid or cut in two: the rows without figures at the end of the grid before,
    and those ``above`` the figures of this one. The part on the next page may have more columns of labels, so columns are
    counted from the right. None where these are no header that names every column."""
    before = [row for row in rows if row.grid == grid - 1]
    last = next((n for n in range(len(before), 0, -1) if before[n - 1].has_figures), 0)
    tail = before[max(last, len(before) - HEAD_ROWS) :]
    shift = columns - max((cell.last for row in before for cell in row.cells), default=0)
    if not tail or GridKind.DELIMITED in (row.kind for row in tail) or abs(shift) > LOST_COLUMNS:
        return None
    moved = [
        replace(row, cells=tuple(replace(c, first=max(c.first + shift, 0), last=c.last + shift) for c in row.cells))
        for row in tail
    ]
    header = read_header([*moved, *above], start, labels.columns, labels.banners)
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


def _judge_headers(
    builder: ReadingBuilder,
    table: FormTable,
    rows: Sequence[PrintedRow],
    pairs: Sequence[tuple[int, int]],
    headers: dict[int, Header | None],
    labels: _Labels,
) -> None:
    """Doubt the columns whose printed label is another than the form's; name columns that the form does not have."""
    for grid, header in headers.items():
        expected_rows = [expected for printed, expected in pairs if rows[printed].grid == grid]
        if header is not None:
            for number in sorted(header.doubtful):
                column = table.columns[number]
                keys = [CellKey(table.key, table.rows[expected].key, column.key) for expected in expected_rows]
                builder.doubt(
                    "reading.column_doubtful", keys, f"the header over {column.leaf} reads {header.texts[number]}"
                )
            for text in header.extra:
                builder.left_over.append(("left_over.column", text))
        else:
            first = next(printed for printed, _ in pairs if rows[printed].grid == grid)
            if _contradicts(rows[max(0, first - HEAD_ROWS) : first + 1], labels.columns):
                keys = [
                    CellKey(table.key, table.rows[expected].key, column.key)
                    for expected in expected_rows
                    for column in table.columns
                ]
                builder.doubt("reading.column_doubtful", keys, "the header names the columns in another order")


def _contradicts(rows: Sequence[PrintedRow], columns: LabelSet) -> bool:
    """Whether the words above the table name its columns in another order than the form.

    The last column is left out: where merges are lost, 总计 is printed in the first line of the header, before all others.
    """
    exact = {spelling: number for number, texts in enumerate(columns.spellings[:-1]) for spelling in texts}
    named = [exact[bare(word)] for row in rows for word in row.words if bare(word) in exact]
    named = list(dict.fromkeys(named))
    return len(named) > 2 and named != sorted(named)


def _doubt_short_rows(
    builder: ReadingBuilder,
    table: FormTable,
    rows: Sequence[PrintedRow],
    pairs: Sequence[tuple[int, int]],
    placed: Sequence[Placed],
) -> None:
    """Doubt the rows that print figures and none in the last column, where most rows have one there: a cell of the row is
    missing, and those behind it stand one place beside their columns. Where a row of cells that are drawn, marked up or
    told by their place on the page has them all, the last one is left blank."""
    shown = [
        (printed, expected, values)
        for (printed, expected), values in zip(pairs, placed, strict=True)
        if not values.lost and any(cell is not None and cell.content is Content.FIGURE for cell in values.cells)
    ]
    short = [
        (printed, expected)
        for printed, expected, values in shown
        if values.cells[-1] is None or not values.cells[-1].text
    ]
    if 2 * len(short) >= len(shown):
        return
    for printed, expected in short:
        row = rows[printed]
        if row.kind is not GridKind.DELIMITED and row.grid != LOOSE and len(row.values) == len(table.columns):
            continue
        keys = [CellKey(table.key, table.rows[expected].key, column.key) for column in table.columns]
        builder.doubt("reading.figures_lost", keys, "the last figure of the row is missing")


def _doubt_odd_rows(
    builder: ReadingBuilder, table: FormTable, rows: Sequence[PrintedRow], pairs: Sequence[tuple[int, int]]
) -> None:
    """Doubt the rows of a marked-up table that do not end where nearly all of its rows end, and those on both sides of rows
    that are not there: where a piece of the file is lost, the end of one row may stand behind the label of another. A sum
    that holds tells better here too."""
    by_grid: dict[int, list[tuple[PrintedRow, int]]] = {}
    for printed, expected in pairs:
        if rows[printed].kind is GridKind.MARKUP:
            by_grid.setdefault(rows[printed].grid, []).append((rows[printed], expected))
    for own in by_grid.values():
        ends = [max(cell.last for cell in row.cells) for row, _ in own]
        usual, often = Counter(ends).most_common(1)[0]
        odd = {expected for end, (_, expected) in zip(ends, own, strict=True) if end != usual}
        if often < NEARLY_ALL * len(own):
            odd = set()
        for (_, above), (_, below) in pairwise(own):
            odd |= {above, below} if below > above + 1 else set()
        for expected in sorted(odd):
            keys = [CellKey(table.key, table.rows[expected].key, column.key) for column in table.columns]
            builder.doubt(NOT_WHOLE, keys, "its end, or a row beside it, is not where the form has it")


def _doubt_slid_rows(
    builder: ReadingBuilder,
    table: FormTable,
    rows: Sequence[PrintedRow],
    pairs: Sequence[tuple[int, int]],
    placed: Sequence[Placed],
) -> None:
    """Doubt the rows of text and markup whose label stands further to the right than those of most rows, and whose first
    column is blank: a cell was put in front of the label, and the last figure may be cut off. A sum that holds tells
    better; see :func:`parsers.arbiter.sums.sums_keep_rows`."""
    slides = {printed: rows[printed].label_end - len(table.rows[expected].path) for printed, expected in pairs}
    by_grid: dict[int, Counter[int]] = {}
    for printed, slide in slides.items():
        by_grid.setdefault(rows[printed].grid, Counter())[slide] += 1
    for (printed, expected), values in zip(pairs, placed, strict=True):
        row, first = rows[printed], values.cells[0]
        usual = by_grid[row.grid].most_common(1)[0][0]
        if row.kind not in (GridKind.DELIMITED, GridKind.MARKUP) or slides[printed] <= usual or values.lost:
            continue
        if row.has_figures and (first is None or first.content is Content.BLANK):
            keys = [CellKey(table.key, table.rows[expected].key, column.key) for column in table.columns]
            builder.doubt(SLID, keys, "".join(row.labels))


def _doubt_blank_rows(
    builder: ReadingBuilder, table: FormTable, rows: Sequence[PrintedRow], expected_at: Mapping[int, int]
) -> None:
    """Doubt the rows without figures of a table without lines in which figures were left over: the lines of a label may
    have gone to the wrong figures."""
    left = {row.grid for n, row in enumerate(rows) if row.kind.is_placed and row.has_figures and n not in expected_at}
    for number, expected in expected_at.items():
        if rows[number].grid in left and not rows[number].has_figures:
            keys = [CellKey(table.key, table.rows[expected].key, column.key) for column in table.columns]
            builder.doubt("reading.figures_lost", keys, "the table has no lines, and figures of it were left over")


def _unclaimed(
    builder: ReadingBuilder, table: FormTable, rows: Sequence[PrintedRow], pairs: Sequence[tuple[int, int]]
) -> None:
    """Name the rows of figures inside the table that are no row of the form, and doubt a row next to one when
    it is empty, or when they have no label: the figures may be its own."""
    expected_at, count = dict(pairs), len(table.columns)
    _doubt_blank_rows(builder, table, rows, expected_at)
    for number in range(max(0, pairs[0][0] - 1), min(len(rows), pairs[-1][0] + 2)):
        row = rows[number]
        if number in expected_at or not row.has_figures:
            continue
        if pairs[0][0] < number < pairs[-1][0]:
            builder.left_over.append(("left_over.row", " ".join(cell.text for cell in row.cells if cell.text)))
        beside = [place for step in (-1, 1) if (place := _neighbour(rows, number, step, expected_at)) is not None]
        piece = row.kind.is_placed and 2 * sum(c.content is Content.FIGURE for c in row.values) < count
        named = bool(row.own_words) or any(_repeats(row, rows[place], count) for place in beside)
        for neighbour in beside:
            if piece or not (named and rows[neighbour].has_figures):
                key = table.rows[expected_at[neighbour]].key
                keys = [CellKey(table.key, key, column.key) for column in table.columns]
                builder.doubt("reading.figures_lost", keys, "figures that no row claims stand beside this row")


def _neighbour(rows: Sequence[PrintedRow], number: int, step: int, claimed: Collection[int]) -> int | None:
    """The next row on one side that is a row of the form, if no figures stand between."""
    number += step
    while 0 <= number < len(rows) and number not in claimed and not rows[number].has_figures:
        number += step
    return number if number in claimed else None


def _repeats(row: PrintedRow, other: PrintedRow, count: int) -> bool:
    """Whether a row prints the figures of another one: a page break through its middle left it on both pages."""
    own, others = ([cell.text for cell in each.values[-count:]] for each in (row, other))
    return len(own) == count and own == others
