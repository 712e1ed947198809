"""The state of one arbitration: what the first reading says, what the second changes, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from parsers.align import Alignment
from parsers.align.reading import COLUMNS_UNCERTAIN, Doubt
from parsers.arbiter.broken_figures import joined
from parsers.arbiter.places import span_at, stands_alone
from parsers.arbiter.sums import broken, confirmed
from parsers.checks.equations import System
from parsers.checks.reading import reading_finding
from parsers.document import Document
from parsers.forms.form import Form
from parsers.forms.form import Table as FormTable
from parsers.report import Cell, CellKey, CellState, Evidence, Finding
from parsers.text import LOST
from parsers.traces import unprinted

MOST_PAGES = 12
"""Pages read again; a report's tables stand on two to five. A volume of reports is not read twice."""
FULL = 0.8
"""A second reading may contradict the first when it read this share of the cells that the first read."""
SETTLED = ("reading.text_crosses",)
"""Doubts about where a text belongs, which an equal second reading settles."""
LIBRARY, LINES, TEXT = "library", "lines", "text"
"""The ways to read again: as at first with the other library; by pdfplumber, columns told by lines; or by how words stand."""
READ_BY = {
    LIBRARY: "the other library for PDF",
    LINES: "pdfplumber, columns told by lines",
    TEXT: "pdfplumber, columns told by text",
}


@dataclass(frozen=True, slots=True)
class Settled:
    """The alignment that counts, and the findings of having read twice."""

    alignment: Alignment
    findings: tuple[Finding, ...] = ()


class Settlement:
    """The state of one arbitration; the only mutable thing here."""

    def __init__(
        self, document: Document, form: Form, system: System, cells: dict[CellKey, Cell], alignment: Alignment
    ) -> None:
        self.document = document
        self.form = form
        self.system = system
        self.cells = cells
        self.alignment = alignment
        self.settled: set[CellKey] = set()
        self.agreed: set[CellKey] = set()
        self.undecided: set[CellKey] = set()
        self.placed: set[CellKey] = set()
        self.findings: list[Finding] = []
        self.found_tables: set[str] = set()
        self.closed: set[str] = set()
        self.unprinted = unprinted(document, form, alignment)

    def troubled(self) -> list[FormTable]:
        """The tables that need another look."""
        doubted = self._doubted() | {self.system.keys[place] for place in broken(self.system, self.cells)}
        tables = {key.table for key in doubted} - self.closed
        return [table for table in self.form.tables if table.key in tables]

    def _doubted(self) -> set[CellKey]:
        """The cells whose reading is in doubt for another reason than a sum."""
        named = {key for doubt in self.alignment.doubts for key in doubt.cells}
        unknown = {cell.key for cell in self.cells.values() if not cell.state.is_known}
        return (named - self.settled - self.agreed - self.placed) | (unknown - self.unprinted)

    def layout_is_sure(self, table: FormTable) -> bool:
        """Whether nothing of a table is in doubt but sums, and single texts that are no figures."""
        doubted = [self.cells[key] for key in table.cell_keys() if key in self._doubted()]
        return all(_is_legible(cell) and stands_alone(self.document, cell) for cell in doubted)

    def pages(self, tables: Collection[FormTable]) -> list[int]:
        """The pages on which these tables stand, all of them when one was not found."""
        everything = list(range(1, self.document.page_count + 1))
        pages: set[int] = set()
        for table in tables:
            own = {self.cells[key] for key in table.cell_keys() if key in self.cells}
            places = {cell.evidence.box.page for cell in own if cell.evidence and cell.evidence.box}
            if not places:
                return everything[:MOST_PAGES]
            beyond = 1 if any(cell.state is CellState.ABSENT for cell in own) else 0
            pages |= set(range(min(places) - beyond, max(places) + beyond + 1))
        return [page for page in everything if page in pages][:MOST_PAGES]

    def join_broken_figures(self) -> None:
        """Reads figures that were broken over two lines, where sums confirm each of them."""
        whole = joined(self.system, self.cells)
        self.cells.update(whole)
        self.settled |= whole.keys()

    def confirm_columns(self) -> None:
        """Settles the columns of figures, in tables without lines, that every sum confirms. A blank stays in doubt: to a
        sum it is the same as a lost 0."""
        uncertain = {
            key
            for doubt in self.alignment.doubts
            if doubt.rule == COLUMNS_UNCERTAIN
            for key in doubt.cells
            if self.cells[key].state is CellState.NUMBER
        }
        self.placed = confirmed(self.system, self.cells, uncertain) if uncertain else set()

    def compare(self, table: FormTable, second: Alignment, strategy: str) -> None:
        """Takes from the second reading of a table what is better."""
        keys = list(table.cell_keys())
        doubted = {key for doubt in second.doubts for key in doubt.cells}
        theirs = {cell.key: cell for cell in second.cells if cell.key.table == table.key and cell.state.is_known}
        both = [key for key in keys if key in theirs and self.cells[key].state.is_known]
        different = {key for key in both if not _same(self.cells[key], theirs[key])}
        missing = {key for key in keys if key in theirs and self._lacks(key, theirs[key])} - doubted
        known = sum(self.cells[key].state.is_known for key in keys)
        if len(both) < FULL * known or len(theirs) < FULL * len(keys):
            return
        if different:
            self._decide(table, different, theirs, doubted, strategy)
        self.agreed |= {key for key in both if key not in different and key not in doubted}
        if missing:
            self._take(table, missing, theirs, strategy)
        texts = {cell.key: cell.raw for cell in second.cells}
        illegible = [key for key in keys if self.cells[key].state is CellState.UNREADABLE]
        if not different and not missing and all(texts[key] == self.cells[key].raw for key in illegible):
            self.closed.add(table.key)

    def _lacks(self, key: CellKey, other: Cell) -> bool:
        """Whether the first reading did not read a cell that the other did. Something printed is no blank."""
        ours = self.cells[key]
        if ours.state is CellState.UNREADABLE:
            return other.state is CellState.NUMBER
        return not ours.state.is_known

    def _decide(
        self,
        table: FormTable,
        different: set[CellKey],
        theirs: Mapping[CellKey, Cell],
        doubted: set[CellKey],
        strategy: str,
    ) -> None:
        candidate = {**self.cells, **{key: theirs[key] for key in different}}
        ours, other = confirmed(self.system, self.cells, different), confirmed(self.system, candidate, different)
        if different <= ours:
            return
        if different <= other and not different & doubted:
            self._adopt(different, theirs)
            self.settled |= different
            rows = len({key.row for key in different})
            self._say(table, f"{len(different)} figures in {rows} rows, with which the sums hold", strategy)
            return
        open_ = sorted(different - ours - doubted - self.undecided)
        self.undecided |= set(open_)
        if open_:
            pairs = "; ".join(
                f"{key.row}/{key.column}: {_said(self.cells[key])} or {_said(theirs[key])}" for key in open_[:8]
            )
            self.findings.append(reading_finding("reading.second_reading_differs", f"{table.label}: {pairs}", open_))

    def _take(self, table: FormTable, missing: set[CellKey], theirs: Mapping[CellKey, Cell], strategy: str) -> None:
        """Takes cells that the first reading lacks, as far as they break no sum that could not be tested before."""
        candidate = {**self.cells, **{key: theirs[key] for key in missing}}
        before, after = broken(self.system, self.cells), broken(self.system, candidate)
        if {self.system.position[key] for key in missing} & (after - before):
            return
        self._adopt(missing, theirs)
        sure = confirmed(self.system, self.cells, missing)
        self.settled |= sure
        self.found_tables.add(table.key)
        unsure = sorted(missing - sure)
        if unsure:
            self.findings.append(
                reading_finding("reading.second_reading_only", f"{table.label}, {len(unsure)} cells", unsure)
            )
        else:
            self._say(table, f"{len(missing)} cells that the first could not read", strategy)

    def _adopt(self, keys: Collection[CellKey], theirs: Mapping[CellKey, Cell]) -> None:
        for key in keys:
            cell = theirs[key]
            box = cell.evidence.box if cell.evidence else None
            span = span_at(self.document, box, cell.raw) if box else None
            evidence = Evidence(span, box) if span is not None else None
            self.cells[key] = replace(cell, evidence=evidence)

    def _say(self, table: FormTable, what: str, strategy: str) -> None:
        message = f"{table.label}: {what} ({READ_BY[strategy]})"
        self.findings.append(reading_finding("reading.second_reading_used", message))

    def finished(self) -> Settled:
        """What counts now: settled cells leave the doubts, and cells on which the readings agree the doubts of place."""
        doubts: list[Doubt] = []
        for doubt in self.alignment.doubts:
            gone = self.settled | self.agreed if doubt.rule in SETTLED else self.settled
            if doubt.rule == COLUMNS_UNCERTAIN:
                gone = gone | self.placed
            left = tuple(key for key in doubt.cells if key not in gone)
            if left:
                doubts.append(replace(doubt, cells=left))
        absent = tuple(table for table in self.alignment.absent_tables if table not in self.found_tables)
        cells = tuple(self.cells[cell.key] for cell in self.alignment.cells)
        alignment = replace(self.alignment, cells=cells, doubts=tuple(doubts), absent_tables=absent)
        return Settled(alignment, tuple(self.findings))


def _same(ours: Cell, theirs: Cell) -> bool:
    return (ours.state, ours.value) == (theirs.state, theirs.value)


def _said(cell: Cell) -> str:
    return cell.raw or cell.state.value


def _is_legible(cell: Cell) -> bool:
    """Whether a cell that could not be read holds a text that is no figure, every letter of which is known."""
    return cell.state is CellState.UNREADABLE and bool(cell.raw) and LOST not in cell.raw
