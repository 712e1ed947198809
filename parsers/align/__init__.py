"""From what is printed to the cells of a form: every cell of the form is accounted for, every doubt is named."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from types import MappingProxyType

from parsers.align.blocks import align_blocks
from parsers.align.doubts import LOST
from parsers.align.line import align_line, align_list
from parsers.align.listing import align_listing, named_in_lines
from parsers.align.loose import loose_rows_of
from parsers.align.matrix import align_matrix, column_labels
from parsers.align.printed import PrintedCell, PrintedRow, rows_of
from parsers.align.reading import Doubt, TableReading
from parsers.align.sides import joined_beside, parts_by_columns
from parsers.document import Document
from parsers.figures import read_figure, unit_named_in
from parsers.forms.form import Form, Label, Layout
from parsers.forms.form import Table as FormTable
from parsers.report import Cell, CellKey, CellState, Evidence

PRESENT = 0.4
"""The share of a table's rows that must be found for the table to be there. Other tables of a report share two or
three labels (其他, 总计, 行政许可) with a statutory one; a statutory table missing more than half was never seen."""
COMPLETE = 1.0
"""Below this share the lines between the document's grids are searched too, for rows that a page break cut off."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The cells of a form, all of them and in its order, with the doubts about them and what nothing claimed
    (``left_over``: rule and what is printed). ``absent_tables`` are the keys of the tables that were not found, ``left_out`` the
    absent cells of rows that a table certainly does not have, ``passed_over`` those of rows that it does not have unless a piece of
    the file is lost, ``followed`` cells of rows behind which a list has one of its own."""

    cells: tuple[Cell, ...]
    doubts: tuple[Doubt, ...]
    left_over: tuple[tuple[str, str], ...]
    absent_tables: tuple[str, ...]
    left_out: frozenset[CellKey] = frozenset()
    passed_over: frozenset[CellKey] = frozenset()
    followed: frozenset[CellKey] = frozenset()


def align(
    document: Document,
    form: Form,
    tables: Collection[FormTable] | None = None,
    known: Mapping[str, TableReading] = MappingProxyType({}),
) -> Alignment:
    """Every cell of ``form`` as ``document`` prints it; only those of ``tables``, where these are given. ``known`` are readings of
    tables, by their keys, that count as they are.

    The document's grids are searched first; for a table that they do not hold whole, the lines between them too.
    """
    printed = rows_of(document)
    loose: list[PrintedRow] | None = None
    readings: list[TableReading] = []
    wanted = [table for table in form.tables if tables is None or table in tables]
    for table in wanted:
        if table.key in known:
            readings.append(known[table.key])
            continue
        if table.layout is Layout.LIST:
            loose = loose_rows_of(document) if loose is None else loose
            readings.append(_listed(table, printed, loose, form.recognise.labels))
            continue
        reading = _align_table(table, printed)
        if reading.coverage < COMPLETE:
            loose = loose_rows_of(document) if loose is None else loose
            among_lines = _wary(table, _align_table(table, loose))
            reading = max(reading, among_lines, key=lambda found: (found.figures, found.coverage))
        if reading.figures + len(reading.lost) < len(table.rows) * len(table.columns) and printed:
            reading = max((reading, *_in_parts(table, printed)), key=lambda found: (found.figures, found.coverage))
        readings.append(reading if reading.coverage >= PRESENT else TableReading(table.key))
    cells: list[Cell] = []
    doubts: list[Doubt] = []
    for table, reading in zip(wanted, readings, strict=True):
        doubts += reading.doubts
        for key in table.cell_keys():
            cell, doubt = _cell(reading, key, table.column_at(key), table.unit)
            cells.append(cell)
            doubts += [doubt] if doubt is not None else []
    return Alignment(
        tuple(cells),
        tuple(doubts),
        tuple(left for reading in readings for left in reading.left_over),
        tuple(reading.table for reading in readings if not reading.coverage),
        frozenset().union(*(reading.left_out for reading in readings)),
        frozenset().union(*(reading.passed_over for reading in readings)),
        frozenset().union(*(reading.followed for reading in readings)),
    )


def _listed(
    table: FormTable, printed: Sequence[PrintedRow], loose: Sequence[PrintedRow], known_by: Sequence[str]
) -> TableReading:
    """A list as the grids have it, or with the lines between them where these name rows that it lacks: they may have fallen out."""
    reading = align_listing(table, printed, known_by)
    fallen_out = named_in_lines(table, loose) - reading.cells.keys()
    if reading.coverage and not fallen_out:
        return reading
    among_lines = align_listing(table, loose, known_by)
    if (among_lines.figures, among_lines.coverage) > (reading.figures, reading.coverage):
        return among_lines
    return replace(reading, left_out=reading.left_out - fallen_out)


def _wary(table: FormTable, reading: TableReading) -> TableReading:
    """The reading of lines outside grids; where most figures could not be told apart or found, the others may be any, too."""
    keys = table.cell_keys()
    lost = {key for doubt in reading.doubts if doubt.rule == LOST for key in doubt.cells}
    others = tuple(key for key in keys if key in reading.cells and key not in lost)
    if not others or 2 * len(others) > len(keys):
        return reading
    return replace(reading, doubts=(*reading.doubts, Doubt(LOST, others, "most figures of this table are lost")))


def _in_parts(table: FormTable, printed: Sequence[PrintedRow]) -> Iterator[TableReading]:
    """The table read as one whose columns are printed in parts, on pages of their own."""
    rows = joined_beside(printed)
    if len(rows) < len(printed):
        yield _align_table(table, rows)
    if table.layout is Layout.MATRIX:
        whole = TableReading(table.key)
        for part, own in parts_by_columns(table, *column_labels(table), rows):
            found = align_matrix(part, own)
            if found.coverage < PRESENT:
                return
            whole = whole.beside(found)
        yield whole


def _align_table(table: FormTable, rows: Sequence[PrintedRow]) -> TableReading:
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


def _cell(reading: TableReading, key: CellKey, column: Label, table_unit: str) -> tuple[Cell, Doubt | None]:
    """The cell as read, and the doubt that reading its figure left."""
    form_unit = column.unit or table_unit
    unit = form_unit if column.unit_printed else None
    if key in reading.lost:
        return Cell(key, CellState.UNREADABLE, raw=reading.lost[key], unit=unit), None
    if key not in reading.cells:
        return Cell(key, CellState.ABSENT, unit=unit), None
    printed = reading.cells[key]
    if printed is None:
        return Cell(key, CellState.BLANK, unit=unit), None
    heading = reading.headings.get(key)
    heading_unit = unit_named_in(heading) if heading is not None else None
    figure = read_figure(
        printed.text, column.numbers, form_unit, unit_printed=column.unit_printed, heading_unit=heading_unit
    )
    cell = Cell(key, figure.state, figure.value, printed.text, figure.unit or unit, _evidence(printed))
    if figure.state is CellState.UNREADABLE:
        return cell, Doubt("reading.figure_unreadable", (key,), f"the cell reads {printed.text}")
    return cell, Doubt("reading.figure_doubtful", (key,), figure.doubt) if figure.doubt else None


def _evidence(printed: PrintedCell) -> Evidence:
    return Evidence(printed.span, printed.box)
