"""Tables of texts that a program poured out without their places: what is neither rows nor columns any more is set together
again by the sums of the form."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby, pairwise

from parsers.align import Alignment, align
from parsers.align.printed import PrintedCell
from parsers.align.reading import COLUMN_DOUBTFUL, FIGURES_LOST, Doubt, TableReading
from parsers.checks.equations import system_of
from parsers.document import Document
from parsers.forms.form import Form, Layout, Table
from parsers.forms.grade import Grade
from parsers.poured.columns import read_columns
from parsers.poured.runs import Poured, poured_from
from parsers.poured.search import Setting, Sheet, Sums, settings_of
from parsers.poured.vanished import read_vanished
from parsers.report import CellKey, CellState

MOST_SPARE = 4
"""Figures that may stand between those of a table: numbers of pages."""
MOST_BROKEN = 3
"""Sums that one slip of an agency breaks."""


def poured_out(document: Document, form: Form, alignment: Alignment) -> Alignment:
    """The alignment, with tables of which rows could not be read as they were poured out, where there is one way to read them."""
    known: dict[str, TableReading] = {}
    for table in form.tables:
        if table.layout is Layout.BLOCKS and _is_lost(alignment, table):
            reading = read_columns(document, table)
            known |= {table.key: reading} if reading is not None else {}
    for matrix, line in pairwise(form.tables):
        if matrix.layout is Layout.MATRIX and line.layout is Layout.LINE and _is_doubted(alignment, matrix):
            plain = not _is_lost(alignment, matrix)
            found = _by_sums(document, form, matrix, line, only_plain=plain)
            if found and not _is_doubted(alignment, line):
                # What is read by its labels counts, and a setting that has the line otherwise is none.
                found = found[:1] if _agrees(found[1], alignment) else ()
            if not found and not plain and (reading := read_vanished(document, form, matrix)) is not None:
                found = (reading,)
            known |= {reading.table: reading for reading in found}
    return align(document, form, known=known) if known else alignment


def _agrees(reading: TableReading, alignment: Alignment) -> bool:
    """Whether a table was read with the same figures before."""
    raw = {cell.key: cell.raw for cell in alignment.cells if cell.key.table == reading.table}
    return all(cell is not None and raw.get(key) == cell.text for key, cell in reading.cells.items())


def _by_sums(
    document: Document, form: Form, matrix: Table, line: Table, *, only_plain: bool
) -> tuple[TableReading, ...]:
    """A table and the line of figures below it, set together by the sums of the form; nothing where that is not possible. Where
    rows are found already, and only something about them is in doubt, no order but the plain one tells better."""
    own, below = matrix.cell_keys(), line.cell_keys()
    sheet = Sheet(len(matrix.rows), len(matrix.columns), len(below), _sums(form, own))
    for poured in poured_from(document, matrix, line):
        found = _settings(sheet, poured)
        if found and (not only_plain or (found[0].cost == 0 and len(found) == 1)):
            cells = dict(zip((*own, *below), (poured.cells[figure] for figure in found[0].figures), strict=True))
            doubted = _doubted(found, poured, sheet, _sums(form, below))
            parts = ((matrix, own, doubted), (line, below, {cell - len(own) for cell in doubted}))
            return tuple(
                _reading(table, {key: cells[key] for key in keys}, numbers) for table, keys, numbers in parts
            )
    return ()


def _reading(table: Table, cells: Mapping[CellKey, PrintedCell], doubted: Collection[int]) -> TableReading:
    """The table with these cells, those in doubt named row by row."""
    doubts = [
        Doubt(COLUMN_DOUBTFUL, tuple(key for _, key in keys), "the text has lost the places of its figures")
        for _, row in groupby(enumerate(cells), key=lambda numbered: numbered[1].row)
        if (keys := [(number, key) for number, key in row if number in doubted])
    ]
    return TableReading(table.key, 1.0, cells, doubts=tuple(doubts))


def _settings(sheet: Sheet, poured: Poured) -> list[Setting]:
    """The ways to set the figures, the plainest first. Where all sums hold in plain order, there is no other; an odd order that makes
    them hold may hide a slip of the agency, so it is weighed against those in which one cell breaks some."""
    if not 0 <= len(poured.cells) - sheet.cells <= MOST_SPARE:
        return []
    whole = settings_of(sheet, poured.runs)
    if whole and whole[0].cost == 0:
        return whole
    broken = [each for each in settings_of(sheet, poured.runs, breaks=MOST_BROKEN) if each.broken]
    found = sorted([*whole, *broken], key=lambda each: each.cost)
    if not found or (found[0].broken and not _is_one_slip(found[0], poured, sheet)):
        return []
    return found


def _is_lost(alignment: Alignment, table: Table) -> bool:
    """Whether more than one row of a table could not be read, or has figures that may not be its own."""
    lost = {
        cell.key.row
        for cell in alignment.cells
        if cell.key.table == table.key and cell.state in (CellState.UNREADABLE, CellState.ABSENT)
    }
    lost |= {
        key.row
        for doubt in alignment.doubts
        if doubt.rule == FIGURES_LOST
        for key in doubt.cells
        if key.table == table.key
    }
    return len(lost) > 1


def _is_doubted(alignment: Alignment, table: Table) -> bool:
    """Whether some cell of a table is in doubt, or was not read."""
    return any(key.table == table.key for doubt in alignment.doubts for key in doubt.cells) or any(
        cell.key.table == table.key and cell.state in (CellState.UNREADABLE, CellState.ABSENT)
        for cell in alignment.cells
    )


def _sums(form: Form, keys: Sequence[CellKey]) -> Sums:
    """The sums that must hold among these cells, each as the numbers of the cells on its sides."""
    system = system_of(form)
    number = {system.position[key]: place for place, key in enumerate(keys)}
    return tuple(
        (tuple(number[cell] for cell in equation.left), tuple(number[cell] for cell in equation.right))
        for equation in system.equations
        if equation.identity.grade is Grade.HARD and all(cell in number for cell in equation.cells)
    )


def _doubted(found: Sequence[Setting], poured: Poured, sheet: Sheet, sums_below: Sums) -> set[int]:
    """The cells that may hold other figures: those that another setting, hardly odder, fills otherwise; all of the table, if some of
    its sums do not hold, unless every figure stands in plain order; those of a line whose sums do not hold, since no sum set
    them in order."""
    best = found[0]
    texts = [cell.text for cell in poured.cells]
    doubted = {
        cell
        for other in found[1:]
        for cell, (figure, its) in enumerate(zip(best.figures, other.figures, strict=True))
        if texts[figure] != texts[its]
    }
    first = sheet.cells - sheet.below
    if best.cost > len(best.broken):
        doubted |= set(range(first)) if best.broken else set()
    at = poured.values(best.figures)
    if any(_more(at[first:], sides) for sides in sums_below):
        doubted |= set(range(first, sheet.cells))
    return doubted


def _is_one_slip(setting: Setting, poured: Poured, sheet: Sheet) -> bool:
    """Whether one cell with another figure would make all broken sums hold."""
    at = poured.values(setting.figures)
    explained: list[set[tuple[int, int]]] = []
    for number in setting.broken:
        left, right = sheet.sums[number]
        more = _more(at, (left, right))
        explained.append({*((cell, more) for cell in left), *((cell, -more) for cell in right)})
    return bool(set.intersection(*explained))


def _more(at: Sequence[int], sides: tuple[tuple[int, ...], tuple[int, ...]]) -> int:
    """How much more the left side of a sum is than its right side."""
    left, right = sides
    return sum(at[cell] for cell in left) - sum(at[cell] for cell in right)
