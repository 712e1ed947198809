"""Why the figures of a matrix may not be those of its rows: rows that slid, rows cut short, rows beside others that nothing
claims. Where sums hold, the arbiter takes such doubts back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from parsers.align.matches import OTHER_COLUMNS, Matched, columns_differ
from parsers.align.printed import LOOSE, PrintedCell, PrintedRow, has_guessed_cells, without_guessed_end
from parsers.align.reading import COLUMN_DOUBTFUL, FIGURES_LOST, ROW_NOT_WHOLE, ROW_SLID, Doubt
from parsers.align.values import Placed
from parsers.document import GridKind
from parsers.figures import Content
from parsers.forms.form import Table
from parsers.text import fold

NEARLY_ALL, MANY = 0.8, 0.3


def doubts_about(matched: Matched, placed: Sequence[Placed], strays: Sequence[int]) -> Iterator[Doubt]:
    """All doubts about a matrix: ``placed`` are the figures of its rows by column, ``strays`` the numbers of the rows of figures
    that are none of its (:func:`stray_rows`)."""
    yield from short_rows(matched, placed)
    yield from lone_noughts(matched, placed)
    yield from slid_rows(matched, placed)
    yield from odd_rows(matched)
    yield from uneven_rows(matched, placed)
    yield from rows_of_other_columns(matched)
    yield from blank_rows(matched)
    yield from blank_lines(matched)
    yield from beside_unlabelled(matched)
    yield from beside_strays(matched, strays)


def short_rows(matched: Matched, placed: Sequence[Placed]) -> Iterator[Doubt]:
    """Doubts about rows that print figures and none in the last column, where others have one there: a cell of the row is
    missing, and those behind it stand one place beside their columns. Where a row of cells that are drawn, marked up or
    told by their place on the page has them all, the last one is left blank; of a row of text that is sure only where
    noughts are left blank in the other columns too."""
    shown = [
        (printed, expected, values)
        for (printed, expected), values in zip(matched.pairs, placed, strict=True)
        if not values.lost and any(cell is not None and cell.content is Content.FIGURE for cell in values.cells)
    ]
    short = [
        (matched.rows[printed], expected, values)
        for printed, expected, values in shown
        if values.cells[-1] is None or not values.cells[-1].text
    ]
    if len(short) == len(shown):
        return
    uneven = _uneven(matched)
    blank_inside = sum(_is_blank(cell) for _, _, values in shown for cell in values.cells[:-1])
    for row, expected, values in short:
        is_whole_row = len(row.values) == len(matched.table.columns)
        if row.kind is GridKind.DELIMITED:
            is_even = row.grid != LOOSE and row.grid not in uneven and not has_guessed_cells(row)
            is_whole_row &= is_even and blank_inside > len(short) and _has_noughts_alone(values)
        if not is_whole_row:
            yield Doubt(FIGURES_LOST, matched.keys(expected), "the last figure of the row is missing")


def _is_blank(cell: PrintedCell | None) -> bool:
    return cell is None or cell.content is Content.BLANK


def _has_noughts_alone(values: Placed) -> bool:
    """Whether no figure of a row is another than a nought."""
    return all(_is_blank(cell) or fold(cell.text) == "0" for cell in values.cells if cell is not None)


def lone_noughts(matched: Matched, placed: Sequence[Placed]) -> Iterator[Doubt]:
    """Doubts about the blanks behind a nought that stands in the first column, and nothing in any other: where merges are
    lost, it may be that of a cell merged over all columns. No sum tells, as to a sum a blank is a nought."""
    for (printed, expected), values in zip(matched.pairs, placed, strict=True):
        if values.lost or matched.rows[printed].kind not in (GridKind.DELIMITED, GridKind.MARKUP):
            continue
        first, *others = values.cells
        alone = all(cell is None or cell.content is Content.BLANK for cell in others)
        if first is not None and first.text == "0" and alone and others:
            yield Doubt(FIGURES_LOST, matched.keys(expected)[1:], "the nought alone may be merged over all columns")


def slid_rows(matched: Matched, placed: Sequence[Placed]) -> Iterator[Doubt]:
    """Doubts about rows of text and markup whose label stands further to the right than those of most rows, and whose first
    column is blank: a cell was put in front of the label, and the last figure may be cut off. Not a row that begins with
    its label, where merges are lost and each row has just as many cells behind its labels as the form has columns, or is filled up
    with empty ones at its end. A sum that holds tells better; see :func:`parsers.arbiter.sums.sums_keep_rows`."""
    rows = [matched.rows[printed] for printed, _ in matched.pairs]
    slides = {
        printed: matched.rows[printed].label_end - len(matched.table.rows[expected].path)
        for printed, expected in matched.pairs
    }
    by_grid: dict[int, Counter[int]] = {}
    for printed, slide in slides.items():
        by_grid.setdefault(matched.rows[printed].grid, Counter())[slide] += 1
    count = len(matched.table.columns)
    ragged = {row.grid for row in rows} - {row.grid for row in rows if not _has_just(row, count)} - _uneven(matched)
    for (printed, expected), values in zip(matched.pairs, placed, strict=True):
        row, first = matched.rows[printed], values.cells[0]
        if row.grid in ragged and row.cells[0].content is not Content.BLANK:
            continue
        usual = by_grid[row.grid].most_common(1)[0][0]
        if row.kind not in (GridKind.DELIMITED, GridKind.MARKUP) or slides[printed] <= usual or values.lost:
            continue
        if row.has_figures and (first is None or first.content is Content.BLANK):
            yield Doubt(ROW_SLID, matched.keys(expected), "".join(row.labels))


def _has_just(row: PrintedRow, count: int) -> bool:
    """Whether a row has ``count`` cells behind its label, and nothing but empty ones behind these."""
    beyond = row.values[count:]
    return len(row.values) >= count and all(cell.content is Content.BLANK for cell in beyond)


def _uneven(matched: Matched) -> set[int]:
    """The grids in which rows of the same depth, with as many cells in their labels, are not all as long: one of them was cut."""
    lengths: dict[tuple[int, int, int], set[int]] = {}
    for printed, expected in matched.pairs:
        row = matched.rows[printed]
        if row.grid != LOOSE:
            depth = len(matched.table.rows[expected].path)
            lengths.setdefault((row.grid, row.label_end, depth), set()).add(len(row.cells))
    return {grid for (grid, _, _), found in lengths.items() if len(found) > 1}


def odd_rows(matched: Matched) -> Iterator[Doubt]:
    """Doubts about rows of a marked-up table that have neither as many columns behind their label as the form nor as nearly all
    of its rows, and those on both sides of rows that are not there: where a piece of the file is lost, the end of one row may
    stand behind the label of another. A sum that holds tells better here too."""
    by_grid: dict[int, list[tuple[PrintedRow, int]]] = {}
    count = len(matched.table.columns)
    for printed, expected in matched.pairs:
        row = matched.rows[printed]
        if row.kind is GridKind.MARKUP:
            by_grid.setdefault(row.grid, []).append((row, expected))
    for own in by_grid.values():
        start, _ = Counter([row.values[0].first if row.values else 0 for row, _ in own]).most_common(1)[0]
        widths = [_width(row, count, start) for row, _ in own]
        usual, often = Counter(widths).most_common(1)[0]
        right = {0, count, usual if often >= NEARLY_ALL * len(own) else 0}
        odd = {expected for width, (_, expected) in zip(widths, own, strict=True) if width not in right}
        for (_, above), (_, below) in pairwise(own):
            odd |= {above, below} if below > above + 1 else set()
        for expected in sorted(odd):
            reason = "its end, or a row beside it, is not where the form has it"
            yield Doubt(ROW_NOT_WHOLE, matched.keys(expected), reason)


def uneven_rows(matched: Matched, placed: Sequence[Placed]) -> Iterator[Doubt]:
    """Doubts about rows of a table of text with a figure in the last column that lack others, with neither as many cells as the longest
    row of the table nor as many behind their label as the form: a blank cell is missing, and nothing tells which. Where some rows have
    other numbers of them, a blank one right behind a label may be none of a figure, and fill up the place of a longer label."""
    count = len(matched.table.columns)
    rows = [without_guessed_end(row) for row in matched.rows]
    longest: dict[int, int] = {}
    for row in rows:
        longest[row.grid] = max(longest.get(row.grid, 0), len(row.cells))
    own = [rows[printed] for printed, _ in matched.pairs]
    rows_of, other = Counter(row.grid for row in own), Counter(row.grid for row in own if not _has_just(row, count))
    ragged = {grid for grid in other if other[grid] > (1 - NEARLY_ALL) * rows_of[grid]}
    for row, (_, expected), values in zip(own, matched.pairs, placed, strict=True):
        if row.kind is not GridKind.DELIMITED or row.grid == LOOSE or values.lost or not row.values:
            continue
        begins_blank = row.grid in ragged and row.values[0].content is Content.BLANK
        uneven = len(row.cells) != longest[row.grid] and (not _has_just(row, count) or begins_blank)
        lacks_some = sum(cell.content is not Content.BLANK for cell in row.values) < count
        last = values.cells[-1]
        if uneven and lacks_some and last is not None and last.content is Content.FIGURE:
            yield Doubt(FIGURES_LOST, matched.keys(expected), "a blank cell of the row is missing")


def rows_of_other_columns(matched: Matched) -> Iterator[Doubt]:
    """Doubts about all rows of a table without lines of which many have other columns than the form: what parts these, a stain or
    a stamp, parts the others too, which have as many by chance. Sums hold as well beside their columns, so they tell nothing."""
    by_grid: dict[int, list[tuple[PrintedRow, int]]] = {}
    for printed, expected in matched.pairs:
        row = matched.rows[printed]
        if row.kind is GridKind.ALIGNED:
            by_grid.setdefault(row.grid, []).append((row, expected))
    for own in by_grid.values():
        columns = len(matched.table.columns)
        other = [bool(columns_differ(row, columns)) for row, _ in own]
        if sum(other) > MANY * len(own):
            for (_, expected), differs in zip(own, other, strict=True):
                if not differs:
                    yield Doubt(COLUMN_DOUBTFUL, matched.keys(expected), OTHER_COLUMNS)


def _width(row: PrintedRow, count: int, start: int) -> int:
    """The columns of a grid that a row has behind its label, without those beyond ``count`` that are blank at its end, and those
    before ``start``, where the figures of most rows begin: they fill up the place of a label that should be merged further."""
    cells = list(row.values)
    while len(cells) > count and cells[-1].content is Content.BLANK:
        cells.pop()
    while len(cells) > count and cells[0].content is Content.BLANK and cells[0].first < start:
        cells.pop(0)
    return cells[-1].last - cells[0].first if cells else 0


def blank_rows(matched: Matched) -> Iterator[Doubt]:
    """Doubts about rows without figures of a table without lines in which figures, or signs for none, were left over: the lines of a label
    may have gone to the wrong ones."""
    found = {printed for printed, _ in matched.pairs}
    left = {
        row.grid for n, row in enumerate(matched.rows) if row.kind.is_placed and row.has_figures and n not in found
    }
    signs = {
        row.grid
        for n, row in enumerate(matched.rows)
        if row.kind.is_placed and n not in found and _is_none_alone(row)
    }
    for printed, expected in matched.pairs:
        row = matched.rows[printed]
        if not row.has_figures and (row.grid in left or (row.grid in signs and not row.says_none)):
            reason = "the table has no lines, and figures of it were left over"
            yield Doubt(FIGURES_LOST, matched.keys(expected), reason)


def blank_lines(matched: Matched) -> Iterator[Doubt]:
    """Doubts about labels with no cell behind them, outside a text and where nearly all others of a text have figures: theirs may
    stand elsewhere, or be lost."""
    own = [(matched.rows[printed], expected) for printed, expected in matched.pairs]
    full = sum(row.has_figures for row, _ in own) >= NEARLY_ALL * len(own)
    for row, expected in own:
        is_text = row.kind is GridKind.DELIMITED
        bare = not row.values or (is_text and has_guessed_cells(row) and not any(cell.text for cell in row.values))
        if bare and (full or not is_text):
            yield Doubt(FIGURES_LOST, matched.keys(expected), "no cell stands behind its label")


def beside_unlabelled(matched: Matched) -> Iterator[Doubt]:
    """Doubts about rows without figures right above or below one of figures without a label, which went to another row of the
    form: they may be theirs."""
    for pair, other in (*pairwise(matched.pairs), *pairwise(reversed(matched.pairs))):
        blank, figures = matched.rows[pair[0]], matched.rows[other[0]]
        if not blank.has_figures and figures.has_figures and not figures.labels:
            yield Doubt(FIGURES_LOST, matched.keys(pair[1]), "figures without a label stand beside this row")


def stray_rows(matched: Matched) -> list[int]:
    """The numbers of the rows of figures that are no row of the form, inside the table and at its two ends, and of those of nothing but
    signs for none. A subtotal that lines part from the other rows, or with a figure in each column, is no such row: what it says is
    known."""
    found = {printed for printed, _ in matched.pairs}
    first, last = matched.pairs[0][0], matched.pairs[-1][0]
    around = range(max(0, first - 1), min(len(matched.rows), last + 2))
    strays = [
        number
        for number in around
        if number not in found and (matched.rows[number].has_figures or _is_none_alone(matched.rows[number]))
    ]
    return [number for number in strays if not _is_subtotal(matched.rows[number], matched.table)]


def _is_none_alone(row: PrintedRow) -> bool:
    return row.says_none and not row.words


def _is_subtotal(row: PrintedRow, table: Table) -> bool:
    if not row.labels or fold(row.labels[-1]) not in table.subtotals:
        return False
    count = len(table.columns)
    return len(row.values) == count and (row.kind is GridKind.RULED or is_whole(row, count))


def beside_strays(matched: Matched, strays: Sequence[int]) -> Iterator[Doubt]:
    """Doubts about a row next to one of figures that nothing claims when it is empty, or when they have no label of their own:
    the figures may be its own."""
    expected_at, count = dict(matched.pairs), len(matched.table.columns)
    for number in strays:
        stray = matched.rows[number]
        few = stray.kind.is_placed and 2 * sum(c.content is Content.FIGURE for c in stray.values) < count
        # Signs for none, and more figures than the table has columns, are no other row's that has its own.
        elsewhere = not stray.has_figures or sum(bool(cell.text) for cell in stray.values) > count
        found = (_next_to(matched, number, step, expected_at) for step in (-1, 1))
        beside = {place: matched.rows[place] for place in found if place is not None}
        repeated = [place for place, row in beside.items() if _repeats(stray, row, count)]
        for neighbour, row in beside.items():
            piece = few and not elsewhere and (stray.grid == row.grid or not stray.own_words)
            own = row.has_figures or neighbour in repeated or (row.says_none and elsewhere)
            theirs = stray.own_words or neighbour in repeated or (repeated and is_whole(row, count)) or elsewhere
            if piece or not (own and theirs):
                reason = "figures that no row claims stand beside this row"
                yield Doubt(FIGURES_LOST, matched.keys(expected_at[neighbour]), reason)


def _repeats(row: PrintedRow, other: PrintedRow, count: int) -> bool:
    """Whether a row prints the figures of another one: a page break through its middle left it on both pages."""
    own, others = ([cell.text for cell in each.values[-count:]] for each in (row, other))
    return len(own) == count and own == others and any(own)


def is_whole(row: PrintedRow, count: int) -> bool:
    """Whether a row has a figure, or a sign for none, in each of its columns."""
    return sum(cell.content.is_value for cell in row.values) >= count


def _next_to(matched: Matched, number: int, step: int, expected_at: dict[int, int]) -> int | None:
    """The nearest row of the form above (-1) or below a printed row (1), no other figures between them."""
    number += step
    while 0 <= number < len(matched.rows) and number not in expected_at and not matched.rows[number].has_figures:
        number += step
    return number if number in expected_at else None
