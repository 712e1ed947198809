"""What every rule is given: one report's cells on its form, and what is known of the agency and of the reading."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from parsers.checks.equations import Break, System, breaks_of, system_of, values_of
from parsers.checks.localise import Explanation, Slip, localise
from parsers.forms.form import Form, Label, Table
from parsers.report import Cell, CellKey, CellState, Fact, Identity, Whose


@dataclass(frozen=True, slots=True)
class Subject:
    """One report as the rules see it. ``cells`` and ``values`` follow ``system.keys``: a cell that was not given is
    None; the value of blank and dash is 0, and None where it cannot be known. ``broken`` are the equations that do not
    hold on those values; ``slid`` are the lines, if any, whose figures all stand beside their own columns. ``doubts``
    are cells whose reading is doubtful; each has been named by a finding of its own. ``facts`` are the figures of the
    prose, with offsets in ``prose``, the canonical text without its tables."""

    form: Form
    cells: tuple[Cell | None, ...]
    identity: Identity | None
    doubts: frozenset[CellKey]
    system: System
    values: tuple[Decimal | None, ...]
    broken: tuple[Break, ...]
    slid: tuple[Explanation, ...]
    facts: tuple[Fact, ...] = ()
    prose: str = ""

    @classmethod
    def of(
        cls,
        form: Form,
        cells: Mapping[CellKey, Cell],
        identity: Identity | None,
        doubts: Collection[CellKey],
        facts: Iterable[Fact] = (),
        prose: str = "",
    ) -> Subject:
        """The subject, with its arithmetic done."""
        system = system_of(form)
        placed = tuple(map(cells.get, system.keys))
        values = values_of(placed)
        broken = breaks_of(system, values)
        slid = tuple(e for e in localise(system, values, broken, ()) if e.slip is Slip.SHIFTED) if broken else ()
        return cls(form, placed, identity, frozenset(doubts), system, values, broken, slid, tuple(facts), prose)

    def state(self, place: int) -> CellState:
        """The state of the cell at a position; a cell that was not given is absent."""
        cell = self.cells[place]
        return CellState.ABSENT if cell is None else cell.state

    def cell(self, key: CellKey) -> Cell | None:
        """The cell as it was read; None when it was not given."""
        return self.cells[self.system.position[key]]

    def tables(self) -> Iterator[tuple[Table, tuple[CellKey, ...], list[CellState]]]:
        """Every table of the form with its cells' keys and states."""
        for table, span in self.system.tables:
            states = [CellState.ABSENT if cell is None else cell.state for cell in self.cells[span]]
            yield table, self.system.keys[span], states

    def value(self, key: CellKey) -> Decimal | None:
        """The figure of a cell, blank and dash as 0; None where it is not known or the form has no such cell."""
        place = self.system.position.get(key)
        return None if place is None else self.values[place]

    def whose(self, keys: Iterable[CellKey]) -> Whose:
        """The reading's as soon as one of the cells is doubtful, else the agency's: the page really says so."""
        return Whose.AGENCY if self.doubts.isdisjoint(keys) else Whose.READING

    def printed(self) -> Iterator[tuple[CellKey, Label, Decimal]]:
        """Every cell that shows a number: its key, its column and the number."""
        for cell, column in zip(self.cells, self.system.columns, strict=True):
            if cell is not None and cell.value is not None:
                yield cell.key, column, cell.value

    def row(self, key: CellKey) -> Label:
        """The row that a cell stands in."""
        return self.form.table(key.table).row(key.row)

    def column(self, key: CellKey) -> Label:
        """The column that a cell stands in."""
        return self.system.columns[self.system.position[key]]

    def name(self, key: CellKey) -> str:
        """A cell in words, with its labels as the form prints them: ``行政许可 · 本年处理决定数量``."""
        return f"{self.row(key).leaf} · {self.column(key).leaf}"


def places(keys: Iterable[CellKey]) -> tuple[str, ...]:
    """Cells as findings name them."""
    return tuple(map(str, keys))
