"""From what is printed to the cells of a form: every cell of the form is accounted for, every doubt is named."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from parsers.align.printed import PrintedCell
from parsers.align.reading import FIGURE_DOUBTFUL, FIGURE_UNREADABLE, Doubt, TableReading
from parsers.align.tables import Rows, read_table
from parsers.document import Document
from parsers.figures import read_figure, unit_named_in
from parsers.forms.form import Form, Label
from parsers.forms.form import Table as FormTable
from parsers.report import Cell, CellKey, CellState, Evidence


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
    wanted = [table for table in form.tables if tables is None or table in tables]
    rows = Rows(document)
    readings = [known.get(table.key) or read_table(table, rows, form.recognise.labels) for table in wanted]
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
        return cell, Doubt(FIGURE_UNREADABLE, (key,), f"the cell reads {printed.text}")
    return cell, Doubt(FIGURE_DOUBTFUL, (key,), figure.doubt) if figure.doubt else None


def _evidence(printed: PrintedCell) -> Evidence:
    return Evidence(printed.span, printed.box)
