"""Rows of the form that a table leaves out: what stands before and behind them in the form stands right below each other on the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from parsers.align.printed import PrintedRow
from parsers.document import GridKind


def left_out(
    rows: Sequence[PrintedRow],
    pairs: Sequence[tuple[int, int]],
    is_exact: Callable[[int, int], bool],
    is_group: Callable[[PrintedRow], bool] | None = None,
) -> list[int]:
    """The lines of the form that the table does not have, for certain. ``pairs`` are printed rows and the lines of the form that
    they are; ``is_exact`` says whether a printed row has just the label of its line, ``is_group`` whether it is the title of a group.

    Lines are drawn around the cells of such a table: a row between two others whose text is lost leaves its cells, and one that no
    line parts from them leaves its figures beside theirs. The title of a group may stand between them, in a row of its own and
    not beside the rows of its group.
    """
    gone: list[int] = []
    for (above, expected), (below, behind) in pairwise(pairs):
        if behind == expected + 1:
            continue
        around = rows[above : below + 1]
        beside = all(row.grid == around[0].grid and row.kind is GridKind.RULED for row in around)
        parted = not any(cell.holds_several for row in around for cell in row.values)
        titles = around[1:-1]
        between = all(is_group is not None and row.own_words and is_group(row) for row in titles)
        merged = {cell.span for row in titles for cell in row.cells} & {cell.span for cell in rows[below].cells}
        if beside and parted and between and not merged and is_exact(above, expected) and is_exact(below, behind):
            gone += range(expected + 1, behind)
    return gone
