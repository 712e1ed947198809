"""What the sums of a form say of its figures: which they break, and which they confirm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace

from parsers.align import Alignment
from parsers.align.doubts import NOT_WHOLE, SLID
from parsers.checks.equations import System, holds, sides, system_of, values_of
from parsers.forms.form import Form
from parsers.forms.grade import Grade
from parsers.report import Cell, CellKey

Cells = Mapping[CellKey, Cell]


def broken(system: System, cells: Cells) -> set[int]:
    """The positions of all cells in hard identities that do not hold."""
    values = values_of(map(cells.get, system.keys))
    return {
        place
        for equation in system.equations
        if equation.identity.grade is Grade.HARD
        and (sums := sides(equation, values)) is not None
        and not holds(equation.identity.relation, *sums)
        for place in equation.cells
    }


def confirmed(system: System, cells: Cells, keys: Collection[CellKey]) -> set[CellKey]:
    """Those of the keys whose hard identities can all be tested, and hold, at least one of them not by zeros alone."""
    values = values_of(map(cells.get, system.keys))
    good: dict[int, bool] = {}
    telling: set[int] = set()
    for equation in system.equations:
        if equation.identity.grade is Grade.HARD:
            sums = sides(equation, values)
            held = sums is not None and holds(equation.identity.relation, *sums)
            for place in equation.cells:
                good[place] = good.get(place, True) and held
            if sums is not None and any(sums):
                telling.update(equation.cells)
    places = {key: system.position[key] for key in keys}
    return {key for key, place in places.items() if good.get(place, False) and place in telling}


def sums_confirm_figures(form: Form, alignment: Alignment, rules: Collection[str], *, fewest: int = 1) -> Alignment:
    """The alignment without the doubts of these rules about figures that all their sums confirm, ``fewest`` of them or more.
    A figure that was taken for another would break any; one in another column keeps the sum of its row, and breaks that
    of a column."""
    doubted = {key for doubt in alignment.doubts if doubt.rule in rules for key in doubt.cells}
    if not doubted:
        return alignment
    cells = {cell.key: cell for cell in alignment.cells}
    system = system_of(form)
    # To a sum a nought is the same as a blank, which may be that of another column.
    counts = Counter(
        place for equation in system.equations if equation.identity.grade is Grade.HARD for place in equation.cells
    )
    places = {key: system.position[key] for key in doubted if key in system.position}
    numbers = {key for key, place in places.items() if cells[key].value and counts[place] >= fewest}
    sure = confirmed(system, cells, numbers)
    kept = (
        replace(doubt, cells=tuple(key for key in doubt.cells if key not in sure)) if doubt.rule in rules else doubt
        for doubt in alignment.doubts
    )
    return replace(alignment, doubts=tuple(doubt for doubt in kept if doubt.cells))


def sums_keep_rows(form: Form, alignment: Alignment) -> Alignment:
    """The alignment without the doubts about rows that may have slid, or may not be whole, where the row's own sum holds: a
    figure beside its column, or of another row, would break it. Noughts alone tell nothing of a row that slid, and no sum tells
    what stood in a cell that a row has not."""
    if not any(doubt.rule in (SLID, NOT_WHOLE) for doubt in alignment.doubts):
        return alignment
    system = system_of(form)
    cells = {cell.key: cell for cell in alignment.cells}
    values = values_of(map(cells.get, system.keys))
    held: dict[str, set[CellKey]] = {SLID: set(), NOT_WHOLE: set()}
    for equation in system.equations:
        identity = equation.identity
        if identity.grade is Grade.HARD and identity.across == "rows":
            sums = sides(equation, values)
            if sums is not None and holds(identity.relation, *sums):
                keys = {system.keys[place] for place in equation.cells}
                held[NOT_WHOLE] |= keys if all(cells[key].evidence is not None for key in keys) else set()
                held[SLID] |= keys if any(sums) else set()
    left = tuple(doubt for doubt in alignment.doubts if not held.get(doubt.rule, set()).issuperset(doubt.cells))
    return replace(alignment, doubts=left)
