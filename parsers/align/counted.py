"""Rows of figures that only their number tells: between two rows that were found stand as many as the form has there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise

from parsers.align.printed import LOOSE, PrintedCell, PrintedRow

Pairs = Sequence[tuple[int, int]]
"""The numbers of printed rows, and of the rows of the form that they are, both in order."""


def with_counted(rows: Sequence[PrintedRow], pairs: Pairs, columns: int) -> list[tuple[int, int]]:
    """The pairs, with the rows of figures of a table without lines that no label claims: between two rows that were found
    stand as many of them as rows of the form, so each is the next one. On a printout the lines of a label stand above and
    below its figures, and may be those of a row of their own."""
    found = [(printed, expected) for printed, expected in pairs if rows[printed].has_figures]
    counted = dict(pairs)
    for (above, first), (below, last) in pairwise(found):
        between = [n for n in range(above + 1, below) if rows[n].has_figures]
        if between and len(between) == last - first - 1 and all(_is_full(rows[n], columns) for n in between):
            for number in range(above + 1, below):
                counted.pop(number, None)
            counted.update(zip(between, range(first + 1, last), strict=True))
    return sorted(counted.items())


def with_runs_parted(
    rows: Sequence[PrintedRow], pairs: Pairs, expected_rows: int, columns: int
) -> tuple[list[PrintedRow], list[tuple[int, int]]]:
    """The rows and pairs, the figures of several rows parted that stand one behind the other in lines outside a grid, as
    labels over several lines were printed elsewhere: they are just as many as the rows of the form between the two that were
    found around them have. A blank cell, which no line shows, would leave one too few."""
    found = [(-1, -1), *((p, e) for p, e in pairs if rows[p].has_figures), (len(rows), expected_rows)]
    runs: dict[int, tuple[int, list[PrintedRow]]] = {}
    for above, (place, own), below in zip(found, found[1:], found[2:], strict=False):
        row, first, count = rows[place], above[1] + 1, below[1] - above[1] - 1
        if row.grid != LOOSE or count < 2 or not _are_figures(row.values, count * columns):
            continue
        around = chain(
            range(above[0] + 1, place) if above[0] >= 0 else (),
            range(place + 1, below[0]) if below[0] < len(rows) else (),
        )
        if not any(rows[n].has_figures for n in around):
            runs[place] = first, _parts(row, own - first, columns)
    taken = {first + n for first, parts in runs.values() for n in range(len(parts))}
    whole: list[PrintedRow] = []
    numbered: list[tuple[int, int]] = []
    expected_at = dict(pairs)
    for place, row in enumerate(rows):
        if place in runs:
            first, parts = runs[place]
            numbered += ((len(whole) + n, first + n) for n in range(len(parts)))
            whole += parts
            continue
        if place in expected_at and expected_at[place] not in taken:
            numbered.append((len(whole), expected_at[place]))
        whole.append(row)
    return whole, numbered


def _parts(row: PrintedRow, labelled: int, columns: int) -> list[PrintedRow]:
    """The rows that a run of figures is; the label is that of the one numbered ``labelled``."""
    parts: list[PrintedRow] = []
    for start in range(0, len(row.values), columns):
        figures = row.values[start : start + columns]
        own = row.cells[: row.label_end] if start == labelled * columns else ()
        parts.append(PrintedRow.of(row.grid, row.kind, (*own, *figures), label_end=len(own)))
    return parts


def _is_full(row: PrintedRow, columns: int) -> bool:
    return row.kind.is_placed and _are_figures(row.values, columns)


def _are_figures(cells: Sequence[PrintedCell], count: int) -> bool:
    return len(cells) == count and all(cell.content.is_value for cell in cells)
