"""One table of a form in the rows of a document: each layout is read in its own way, and of several readings the fullest counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, cached_property
from itertools import groupby

from parsers.align.blocks import align_blocks
from parsers.align.line import align_line, align_list
from parsers.align.listing import align_listing, named_in_lines
from parsers.align.loose import loose_rows_of
from parsers.align.matrix import align_matrix, column_labels
from parsers.align.printed import PrintedRow, rows_of
from parsers.align.reading import FIGURES_LOST, Doubt, TableReading
from parsers.align.sides import joined_beside, parts_by_columns
from parsers.document import Document
from parsers.forms.form import Layout
from parsers.forms.form import Table as FormTable

PRESENT = 0.4
"""The share of a table's rows that must be found for the table to be there. Other tables of a report share two or
three labels (其他, 总计, 行政许可) with a statutory one; a statutory table missing more than half was never seen."""
COMPLETE = 1.0
"""Below this share the lines between the document's grids are searched too, for rows that a page break cut off."""


class Rows:
    """The rows of a document: those of its grids, and these with the lines between them, which are put together when they are asked
    for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.printed = rows_of(document)

    @cached_property
    def loose(self) -> list[PrintedRow]:
        """The rows of grids, and those made of the lines between them."""
        return loose_rows_of(self._document)


def read_table(table: FormTable, rows: Rows, known_by: Sequence[str]) -> TableReading:
    """A table as a document prints it. ``known_by`` are labels that only its form prints.

    The grids are searched first; for a table that they do not hold whole, the lines between them too."""
    if table.layout is Layout.LIST:
        return _listed(table, rows, known_by)
    reading = _aligned(table, rows.printed)
    if reading.coverage < COMPLETE:
        among_lines = _wary(table, _aligned(table, rows.loose))
        reading = max(reading, among_lines, key=_fullness)
    if reading.figures + len(reading.lost) < len(table.rows) * len(table.columns) and rows.printed:
        reading = max((reading, *_in_parts(table, rows.printed)), key=_fullness)
    return reading if reading.coverage >= PRESENT else TableReading(table.key)


def _fullness(reading: TableReading) -> tuple[int, float]:
    return reading.figures, reading.coverage


def _listed(table: FormTable, rows: Rows, known_by: Sequence[str]) -> TableReading:
    """A list as the grids have it, or with the lines between them where these name rows that it lacks: they may have fallen out."""
    reading = align_listing(table, rows.printed, known_by)
    fallen_out = named_in_lines(table, rows.loose) - reading.cells.keys()
    if reading.coverage and not fallen_out:
        return reading
    among_lines = align_listing(table, rows.loose, known_by)
    if (among_lines.figures, among_lines.coverage) > (reading.figures, reading.coverage):
        return among_lines
    return replace(reading, left_out=reading.left_out - fallen_out)


def _wary(table: FormTable, reading: TableReading) -> TableReading:
    """The reading of lines outside grids; where most figures could not be told apart or found, the others may be any, too."""
    keys = table.cell_keys()
    lost = {key for doubt in reading.doubts if doubt.rule == FIGURES_LOST for key in doubt.cells}
    others = tuple(key for key in keys if key in reading.cells and key not in lost)
    if not others or 2 * len(others) > len(keys):
        return reading
    return replace(
        reading, doubts=(*reading.doubts, Doubt(FIGURES_LOST, others, "most figures of this table are lost"))
    )


def _in_parts(table: FormTable, printed: Sequence[PrintedRow]) -> Iterator[TableReading]:
    """The table read as one whose columns are printed in parts, on pages of their own."""
    rows = joined_beside(printed)
    if len(rows) < len(printed):
        yield _aligned(table, rows)
    if table.layout is Layout.MATRIX:
        whole = TableReading(table.key)
        for part, own in parts_by_columns(table, *column_labels(table), rows):
            found = align_matrix(part, own)
            if found.coverage < PRESENT:
                return
            whole = whole.beside(found)
        yield whole


def _aligned(table: FormTable, rows: Sequence[PrintedRow]) -> TableReading:
    match table.layout:
        case Layout.MATRIX:
            return align_matrix(table, rows)
        case Layout.BLOCKS:
            return align_blocks(table, rows)
        case Layout.LINE:
            # Some sites print the short table with its row labels at the left after all.
            found = align_line(table, rows)
            count = len(table.rows) * len(table.columns)
            if found.figures == count and found.seen:
                return found
            others = (align_matrix(table, rows), _align_parts(table, rows), align_list(table, rows))
            return max(found, *others, key=lambda reading: (reading.printed, reading.seen == count))
        case Layout.LIST:
            raise ValueError(f"{table.key} is a list, which is not read by the share of its rows")


def _align_parts(table: FormTable, rows: Sequence[PrintedRow]) -> TableReading:
    """The short table where it is printed as one table for each of its groups (行政复议, then 行政诉讼). All of them must be
    there whole, each with all its labels and figures of its own: else a part is taken for another."""
    whole = TableReading(table.key)
    for part in _parts_of(table):
        found = align_line(part, rows)
        if found.coverage < 1.0 or found.figures < len(part.rows) * len(part.columns):
            return TableReading(table.key)
        whole = whole.beside(found)
    places = [cell.span for cell in whole.cells.values() if cell is not None]
    return whole if len(set(places)) == len(places) else TableReading(table.key)


@cache
def _parts_of(table: FormTable) -> tuple[FormTable, ...]:
    """A table for each group of rows; made once, since tables are compared by identity."""
    return tuple(replace(table, rows=tuple(group)) for _, group in groupby(table.rows, key=lambda row: row.path[0]))
