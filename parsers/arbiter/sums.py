"""What the sums of a form say of its figures: which they break, and which they confirm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from parsers.align import Alignment
from parsers.align.matches import BELOW_LABELS
from parsers.align.reading import ROW_NOT_WHOLE, ROW_SLID, Doubt
from parsers.checks.equations import ZERO, Equation, System, holds, sides, system_of, values_of
from parsers.forms.form import Form, Relation
from parsers.forms.grade import Grade
from parsers.report import Cell, CellKey, CellState

NUMBER, BLANK = CellState.NUMBER, CellState.BLANK

Cells = Mapping[CellKey, Cell]


class _Tested(NamedTuple):
    """A hard identity with its two sums; None where one of its cells is not known, so that it cannot be tested."""

    equation: Equation
    sums: tuple[Decimal, Decimal] | None

    @property
    def holds(self) -> bool:
        """Whether it can be tested, and holds."""
        return self.sums is not None and holds(self.equation.identity.relation, *self.sums)

    @property
    def is_sum(self) -> bool:
        """Whether it is one, and no comparison."""
        return self.equation.identity.relation is Relation.EQUAL


def _tested(system: System, cells: Cells, empty: Collection[CellKey] = ()) -> list[_Tested]:
    """All hard identities of a form; the cells that are ``empty`` count as 0, whatever they are."""
    read = zip(system.keys, values_of(map(cells.get, system.keys)), strict=True)
    values = [ZERO if key in empty else value for key, value in read]
    hard = (equation for equation in system.equations if equation.identity.grade is Grade.HARD)
    return [_Tested(equation, sides(equation, values)) for equation in hard]


def broken(system: System, cells: Cells) -> set[int]:
    """The positions of all cells in hard identities that do not hold."""
    contradicted = (each for each in _tested(system, cells) if each.sums is not None and not each.holds)
    return {place for each in contradicted for place in each.equation.cells}


def confirmed(system: System, cells: Cells, keys: Collection[CellKey]) -> set[CellKey]:
    """Those of the keys whose hard identities can all be tested, and hold, at least one of them a sum and not of zeros alone."""
    bad: set[int] = set()
    telling: set[int] = set()
    for each in _tested(system, cells):
        if not each.holds:
            bad.update(each.equation.cells)
        elif each.is_sum and any(each.sums or ()):
            telling.update(each.equation.cells)
    return {key for key in keys if system.position[key] in telling - bad}


def sums_confirm_figures(form: Form, alignment: Alignment, rules: Collection[str]) -> Alignment:
    """The alignment without the doubts of these rules about figures that all their sums confirm. A figure that was taken for
    another would break any."""
    doubted = {key for doubt in alignment.doubts if doubt.rule in rules for key in doubt.cells}
    if not doubted:
        return alignment
    cells = {cell.key: cell for cell in alignment.cells}
    system = system_of(form)
    # To a sum a nought is the same as a blank, which may be that of another column.
    numbers = {key for key in doubted if key in system.position and cells[key].value}
    sure = confirmed(system, cells, numbers)
    kept = (
        replace(doubt, cells=tuple(key for key in doubt.cells if key not in sure)) if doubt.rule in rules else doubt
        for doubt in alignment.doubts
    )
    return replace(alignment, doubts=tuple(doubt for doubt in kept if doubt.cells))


def sums_confirm_columns(form: Form, alignment: Alignment, rules: Collection[str]) -> Alignment:
    """The alignment without the doubts of these rules about cells that two sums at least confirm, those of the row and of the column.

    A whole column of figures beside its own breaks no sum: where labels do not tell, all columns must have figures, so that there is
    no other. And to a sum a nought, or a sign for none, is the same as a blank: where labels do not tell, only a table that prints
    neither of the first but other figures, and of which all rows were found, tells what is blank."""
    if not any(doubt.rule in rules for doubt in alignment.doubts):
        return alignment
    cells = {cell.key: cell for cell in alignment.cells}
    columns = {(key.table, key.column) for key in cells}
    empty = {table for table, _ in columns - {(key.table, key.column) for key, cell in cells.items() if cell.value}}
    noughts = {key.table for key, cell in cells.items() if cell.state not in (NUMBER, BLANK) or cell.value == 0}
    noughts |= {key.table for key in cells} - {key.table for key, cell in cells.items() if cell.value}
    if any(rule == "left_over.row" for rule, _ in alignment.left_over):
        noughts.update(key.table for key in cells)
    sure = _twice_confirmed(form, cells)

    def is_told(doubt: Doubt, key: CellKey) -> bool:
        if doubt.rule not in rules or key not in sure:
            return False
        if doubt.reason == BELOW_LABELS:
            return True
        has_figures = any(cells[each].value for each in doubt.cells)
        return not (has_figures and key.table in empty) and (bool(cells[key].value) or key.table not in noughts)

    left = [
        replace(doubt, cells=tuple(key for key in doubt.cells if not is_told(doubt, key)))
        for doubt in alignment.doubts
    ]
    return replace(alignment, doubts=tuple(doubt for doubt in left if doubt.cells))


def _twice_confirmed(form: Form, cells: Cells) -> set[CellKey]:
    """The cells of two hard identities or more all of which can be tested, and hold, as do all of their column: where some of its
    figures stand in the next column, and the sum of these among them, one of both holds all the same."""
    system = system_of(form)
    counts = Counter[CellKey]()
    bad: set[CellKey] = set()
    columns: set[tuple[str, str]] = set()
    for each in _tested(system, cells):
        keys = [system.keys[place] for place in each.equation.cells]
        counts.update(keys if each.is_sum else ())
        if not each.holds:
            bad.update(keys)
            if each.equation.identity.across != "rows":
                columns.update((key.table, key.column) for key in keys)
    told = {key for key, count in counts.items() if count > 1}
    return {key for key in told - bad if (key.table, key.column) not in columns}


def sums_tell_left_out(form: Form, alignment: Alignment) -> Alignment:
    """The alignment, with the rows that tables pass over as left out for certain where all sums of their columns hold without them:
    a row that was lost with a piece of the file would lack in them."""
    if not alignment.passed_over:
        return alignment
    cells = {cell.key: cell for cell in alignment.cells}
    tested = _tested(system_of(form), cells, alignment.passed_over)
    across = [each for each in tested if each.equation.identity.across == "columns"]
    held = {each.equation.identity.table for each in across}
    held -= {each.equation.identity.table for each in across if not each.holds}
    gone = frozenset(key for key in alignment.passed_over if key.table in held)
    return replace(alignment, left_out=alignment.left_out | gone)


def sums_keep_rows(form: Form, alignment: Alignment) -> Alignment:
    """The alignment without the doubts about rows that may have slid, or may not be whole, where the row's own sum holds: a
    figure beside its column, or of another row, would break it. Noughts alone tell nothing of a row that slid, and no sum tells
    what stood in a cell that a row has not."""
    if not any(doubt.rule in (ROW_SLID, ROW_NOT_WHOLE) for doubt in alignment.doubts):
        return alignment
    system = system_of(form)
    cells = {cell.key: cell for cell in alignment.cells}
    held: dict[str, set[CellKey]] = {ROW_SLID: set(), ROW_NOT_WHOLE: set()}
    for each in _tested(system, cells):
        if each.holds and each.equation.identity.across == "rows":
            keys = {system.keys[place] for place in each.equation.cells}
            held[ROW_NOT_WHOLE] |= keys if all(cells[key].evidence is not None for key in keys) else set()
            held[ROW_SLID] |= keys if any(each.sums or ()) else set()
    left = tuple(doubt for doubt in alignment.doubts if not held.get(doubt.rule, set()).issuperset(doubt.cells))
    return replace(alignment, doubts=left)
