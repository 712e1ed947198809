"""Which of a row's figures stands in which column of the form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from parsers.align.columns import Header
from parsers.align.printed import LOOSE, PrintedCell, PrintedRow
from parsers.document import GridKind
from parsers.figures import Content, content_of
from parsers.text import fold


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
    rows: Sequence[PrintedRow], headers: Sequence[Header | None], count: int, *, settled: Sequence[bool]
) -> list[Placed]:
    """For each row of a matrix, its cells in the ``count`` columns of the form.

    ``headers[i]`` is the header of the grid of ``rows[i]``. As many cells as columns, or as many that are not
    blank, stand in order. Otherwise the header tells; without one, the window of cells outside which nothing is
    printed. Where several windows would do, it is the one that the rows of the same shape have; or the one right behind
    the label, where all rows begin there and are filled up at their end; or the one that begins where the others of the
    grid begin, for rows that are ``settled``: their label stands where the form has it, so they did not slide. What none
    of these decides is ``lost``, not guessed.
    """
    rows = [without_empty_tail(row, count) for row in rows]
    windows = [_windows(row.values, count) for row in rows]
    # A row that slid looks like one of another depth of groups: rows learn only from those that are as settled.
    shapes: dict[tuple[bool, tuple[int, int, int]], set[int]] = {}
    starts: dict[int, Counter[int]] = {}
    behind: dict[int, set[tuple[int, bool, int]]] = {}
    filled_up = _filled_up(rows, count)
    for row, offsets, in_place in zip(rows, windows, settled, strict=True):
        if len(offsets) == 1:
            shapes.setdefault((in_place, _shape(row)), set()).add(offsets[0])
            starts.setdefault(row.grid, Counter())[row.label_end + offsets[0]] += 1
            behind.setdefault(row.grid, set()).add((row.label_end, in_place, offsets[0]))
    placed: list[Placed] = []
    for row, header, offsets, in_place in zip(rows, headers, windows, settled, strict=True):
        likely = tuple(shapes.get((in_place, _shape(row)), ()))
        if len(likely) != 1 and row.grid in filled_up and _right_behind_labels(behind.get(row.grid, ())):
            likely = (0,)
        elif len(likely) != 1 and in_place and row.grid in starts:
            likely = (starts[row.grid].most_common(1)[0][0] - row.label_end,)
        placed.append(_in_order(row, header, count) or _in_window(row, offsets, likely, count))
    return placed


def _filled_up(rows: Sequence[PrintedRow], count: int) -> set[int]:
    """The tables of text of which all rows are as long, and longer than most need: cells stand for those that are merged."""
    grids = {row.grid for row in rows if row.kind is GridKind.DELIMITED and row.grid != LOOSE}
    lengths = {grid: {len(row.cells) for row in rows if row.grid == grid} for grid in grids}
    needed = {grid: max(row.label_end for row in rows if row.grid == grid) + count for grid in grids}
    return {grid for grid, found in lengths.items() if len(found) == 1 and max(found) > needed[grid]}


def _right_behind_labels(found: Collection[tuple[int, bool, int]]) -> bool:
    """Whether figures begin right behind the label, wherever it ends: rows are filled up at their end. ``found`` says of rows where the
    label ends, whether that is where the form has it, and how many cells stand before the figures."""
    return len({place[:2] for place in found}) > 1 and all(offset == 0 for *_, offset in found)


def place_block_values(rows: Sequence[PrintedRow], header: Header | None, count: int) -> list[Placed]:
    """For each row of one block, its cells in the block's ``count`` columns.

    Blocks are merged at will, and where the merges are lost blanks may stand between the columns: then only a row
    without a blank figure shows which of the cells are the columns, for all rows of its shape.
    """
    rows = [without_empty_tail(row, count) for row in rows]
    columns: dict[tuple[int, int, int], set[tuple[int, ...]]] = {}
    for row in rows:
        printed = _printed(row.values)
        if len(printed) == count:
            columns.setdefault(_shape(row), set()).add(printed)
    return [
        placed
        if (placed := _over_all(row, count) or _in_order(row, header, count)) is not None
        and not _leaves_over(placed, header)
        else _in_columns(row, columns.get(_shape(row), set()), count)
        for row in rows
    ]


def _leaves_over(placed: Placed, header: Header | None) -> bool:
    """Whether a figure found no column although the header names none that the form does not have: merges are lost, and
    header and figures do not stand above each other."""
    return bool(placed.left_over) and (header is None or not header.extra)


def place_line_values(row: PrintedRow, header: Header | None, count: int) -> Placed:
    """The cells of the one row of figures of a table whose labels all stand on top; nothing empty stands behind them."""
    return _in_order(row, header, count) or _in_window(row, _windows(row.values, count), (), count)


def without_empty_tail(row: PrintedRow, count: int) -> PrintedRow:
    """A row of lines outside a grid without what is empty behind its ``count`` columns: cells of labels that are merged
    with those above, or the distance to the next paragraph."""
    if row.grid != LOOSE or len(row.values) <= count or _printed(row.values[count:]):
        return row
    return replace(row, cells=row.cells[: row.label_end + count])


_FRONT = "a blank cell stands between the label and the first column"


def _shape(row: PrintedRow) -> tuple[int, int, int]:
    return row.grid, len(row.cells), row.label_end


def _printed(values: Sequence[PrintedCell]) -> tuple[int, ...]:
    """Which of the cells are not blank."""
    return tuple(index for index, cell in enumerate(values) if cell.content is not Content.BLANK)


def _windows(values: Sequence[PrintedCell], count: int) -> tuple[int, ...]:
    """The offsets of the runs of ``count`` cells outside which nothing is printed."""
    printed = _printed(values)
    if not printed:
        return (0,) if len(values) == count else ()
    return tuple(range(max(0, printed[-1] - count + 1), min(printed[0], len(values) - count) + 1))


def _in_order(row: PrintedRow, header: Header | None, count: int) -> Placed | None:
    """The row's cells where their number, the header or their emptiness leaves no choice; else None."""
    values = row.values
    if len(values) == count:
        return Placed(values, doubt=_FRONT if _stands_in_front(row, header) else "")
    printed = _printed(values)
    words = any(
        values[index].content is Content.WORDS and not fold(values[index].text).isascii() for index in printed
    )
    if len(printed) == count and not words and (header is None or not header.extra):
        return Placed(tuple(values[index] for index in printed))  # merges were flattened: blanks stand between
    by_header = _by_header(row, header) if header is not None else None
    return by_header or (None if printed else _blank(row, count))


def _stands_in_front(row: PrintedRow, header: Header | None) -> bool:
    """Whether the first cell behind the label of a marked-up row is blank and ends where the first column begins: another
    one, that two columns share, makes up for it."""
    if header is None or row.kind is not GridKind.MARKUP or header.ranges[0] is None:
        return False
    first = row.values[0]
    return first.content is Content.BLANK and first.last <= header.ranges[0][0]


def _in_window(row: PrintedRow, offsets: Sequence[int], likely: Sequence[int], count: int) -> Placed:
    values = row.values
    if row.grid == LOOSE and len(values) != count and len(_printed(values)) < len(values):
        return _lost(count)  # lines have no columns: where an empty one is lost, all behind it slid
    choices = {tuple(cell.text for cell in values[offset : offset + count]) for offset in offsets}
    chosen = offsets[0] if len(choices) == 1 else likely[0] if len(likely) == 1 and likely[0] in offsets else None
    return _lost(count) if chosen is None else Placed(values[chosen : chosen + count])


def _in_columns(row: PrintedRow, columns: Collection[tuple[int, ...]], count: int) -> Placed:
    """The row's cells at the places that full rows of its shape agree on."""
    if len(columns) == 1:
        places = next(iter(columns))
        if set(_printed(row.values)) <= set(places):
            return Placed(tuple(row.values[place] for place in places))
    return _lost(count)


def _lost(count: int) -> Placed:
    return Placed((None,) * count, lost=True)


def _blank(row: PrintedRow, count: int) -> Placed:
    """A row without any figure. In lines outside a grid a lost figure looks the same as a blank cell."""
    values: tuple[PrintedCell | None, ...] = (*row.values, *(None,) * count)[:count]
    if row.grid != LOOSE:
        return Placed(values)
    return Placed(values, doubt="no figure follows this label")


def _is_label(cell: PrintedCell) -> bool:
    """Whether a cell holds words, and no figure with a remark behind it (6 注1)."""
    return cell.content is Content.WORDS and content_of(cell.text.split()[0]) is Content.WORDS


def _over_all(row: PrintedRow, count: int) -> Placed | None:
    """The row whose only cell is merged over all columns and says that there is nothing in them."""
    if len(row.values) != 1 or count == 1:
        return None
    cell = row.values[0]
    return Placed((cell,) * count) if cell.last - cell.first >= count and _says_the_same_of_all(row, cell) else None


def _says_the_same_of_all(row: PrintedRow, cell: PrintedCell) -> bool:
    """Whether a cell merged over all columns of a row is true of each: a sign for none (/, 无) is, and a nought where a program
    says that it is merged. Where merges are told by lines, one may not have been seen."""
    nought = row.kind is GridKind.MARKUP and fold(cell.text) == "0"
    return nought or (cell.content is Content.DASH and row.kind in (GridKind.MARKUP, GridKind.RULED))


def _by_header(row: PrintedRow, header: Header) -> Placed | None:
    """The row's cells by the grid columns of the header, or None where the two do not fit together."""
    start = min((first for first, _ in (r for r in header.ranges if r is not None)), default=0)
    if any(cell.content is Content.FIGURE and cell.last <= start for cell in row.values):
        return None  # the row fell out of its group and slid to the left
    slides = row.kind is not GridKind.RULED  # between walls a word in a column is a figure that was misread
    if slides and any(cell.last > start and _is_label(cell) for cell in row.cells[: row.label_end]):
        return None  # its label stands in the first column: the row slid to the right
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
        alone = placed[0] if len(used) == 1 and None not in placed and not rest else None
        if alone is not None and _says_the_same_of_all(row, alone):
            return Placed(tuple(placed))
        return Placed((None,) * len(placed), lost=True, doubt=doubt)
    absent = frozenset(number for number, limits in enumerate(header.ranges) if limits is None)
    return Placed(tuple(placed), absent, left_over=tuple(rest))
