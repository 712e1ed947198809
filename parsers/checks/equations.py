"""The arithmetic of a form, worked out once: each identity in each row or column that it holds in.

Figures are addressed by their position in :meth:`parsers.forms.form.Form.cell_keys`, so that checking a report is
a few hundred additions and no look-up by key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from parsers.forms.form import Form, Identity, Label, Relation, Table, matching
from parsers.report import Cell, CellKey

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Equation:
    """An identity in one ``line`` (the key of a row or of a column). ``left`` and ``right`` are the positions of
    the cells that are summed on each side; the sides relate as the identity says, which is not always equality."""

    identity: Identity
    line: str
    left: tuple[int, ...]
    right: tuple[int, ...]

    @property
    def cells(self) -> tuple[int, ...]:
        """The positions of all the cells concerned, those of the left side first."""
        return self.left + self.right

    def sign(self, position: int) -> int:
        """1 for a cell of the left side, -1 for one of the right."""
        return 1 if position in self.left else -1


@dataclass(frozen=True, slots=True)
class System:
    """A form's cells in printed order, the column of each, the position of each, the positions of each table, every
    equation, and for each cell the equations that say ``=`` and hold it (as indices of ``equations``)."""

    keys: tuple[CellKey, ...]
    columns: tuple[Label, ...]
    position: Mapping[CellKey, int]
    tables: tuple[tuple[Table, slice], ...]
    equations: tuple[Equation, ...]
    equations_of: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Break:
    """An equation that does not hold: ``left`` and ``right`` are the two sums."""

    index: int
    equation: Equation
    left: Decimal
    right: Decimal

    @property
    def difference(self) -> Decimal:
        """Left less right."""
        return self.left - self.right


@lru_cache(maxsize=64)
def system_of(form: Form) -> System:
    """The equations of a form, in the order of its file."""
    keys = tuple(form.cell_keys())
    columns = tuple(form.table(key.table).column_at(key) for key in keys)
    position = {key: place for place, key in enumerate(keys)}
    tables: list[tuple[Table, slice]] = []
    for table in form.tables:
        start = tables[-1][1].stop if tables else 0
        tables.append((table, slice(start, start + sum(1 for _ in table.cell_keys()))))
    equations = tuple(
        equation
        for identity in form.identities
        for equation in _equations(form.table(identity.table), identity, position)
    )
    holding: list[list[int]] = [[] for _ in keys]
    for index, equation in enumerate(equations):
        if equation.identity.relation is Relation.EQUAL:
            for place in equation.cells:
                holding[place].append(index)
    return System(keys, columns, position, tuple(tables), equations, tuple(map(tuple, holding)))


def _equations(table: Table, identity: Identity, position: Mapping[CellKey, int]) -> list[Equation]:
    """One equation for each line that has all the terms; other lines of the table do not know the identity."""
    by_column = identity.across == "columns"
    rows, columns = [row.key for row in table.rows], [column.key for column in table.columns]
    lines, terms = (columns, rows) if by_column else (rows, columns)
    sides = [matching(side, terms) for side in (identity.left, identity.right)]
    equations = []
    for line in identity.over or lines:
        keys = [[CellKey(table.key, *((t, line) if by_column else (line, t))) for t in side] for side in sides]
        if all(key in position for side in keys for key in side):
            left, right = (tuple(position[key] for key in side) for side in keys)
            equations.append(Equation(identity, line, left, right))
    return equations


def values_of(cells: Iterable[Cell | None]) -> tuple[Decimal | None, ...]:
    """The figures of cells: blank and dash count as 0 (the form's own convention), a cell that is absent, unreadable
    or not given is None."""
    return tuple(
        (ZERO if cell.value is None else cell.value) if cell is not None and cell.state.is_known else None
        for cell in cells
    )


def sides(equation: Equation, values: Sequence[Decimal | None]) -> tuple[Decimal, Decimal] | None:
    """The two sums of an equation, or None when one of its cells is not known, so that it cannot be tested."""
    left = right = ZERO
    for place in equation.left:
        value = values[place]
        if value is None:
            return None
        left += value
    for place in equation.right:
        value = values[place]
        if value is None:
            return None
        right += value
    return left, right


def holds(relation: Relation, left: Decimal, right: Decimal) -> bool:
    """Whether the two sums relate as the identity says."""
    match relation:
        case Relation.EQUAL:
            return left == right
        case Relation.AT_MOST:
            return left <= right
        case Relation.AT_LEAST:
            return left >= right


def breaks_of(system: System, values: Sequence[Decimal | None]) -> tuple[Break, ...]:
    """Every equation that can be tested and does not hold."""
    found = []
    for index, equation in enumerate(system.equations):
        sums = sides(equation, values)
        if sums is not None and not holds(equation.identity.relation, *sums):
            found.append(Break(index, equation, *sums))
    return tuple(found)
