"""Two readings of one page, and which of them counts. Small and explicit, since everything rests on it.

The second reading is paid only for tables that the first leaves in doubt: a cell missing or unreadable of which the text
shows a trace, a doubt named, a hard identity broken. Where nothing but a sum is wrong, the other library for PDF reads the
page again (or a text that is no figure); where the layout is in doubt, or the two libraries differ, pdfplumber does, with
other strategies. Table by table:

* where both readings agree, doubts about single texts are settled, and a broken sum is the agency's slip;
* a cell that only the second reading could read is taken; it stays doubtful unless sums that it is a term of confirm it;
* where they differ, the reading counts with which every hard identity holds; if that is neither or both, the cell keeps the
  first reading and a finding gives the two.

A figure that a narrow cell broke over two lines is read as one figure when every sum that it is a term of confirms it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import regex

from parsers.align import Alignment, align
from parsers.align.matrix import SLID
from parsers.align.reading import Doubt
from parsers.checks.equations import System, holds, sides, system_of, values_of
from parsers.checks.reading import reading_finding
from parsers.document import Box, Document, GridCell, GridKind, Line, Span
from parsers.forms.form import Form, Grade
from parsers.forms.form import Table as FormTable
from parsers.numerals import parse_numeral
from parsers.report import Cell, CellKey, CellState, Evidence, Finding
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
TWO_LINES = 1.7
"""A text whose box is this many times as high as its letters stands on two lines."""

KNOWN = (CellState.NUMBER, CellState.BLANK, CellState.DASH)
Cells = dict[CellKey, Cell]
ReadAgain = Callable[[Collection[int], str], Document | None]

_BROKEN = regex.compile(r"\d[\d,，]* [\d,，]*\d")


@dataclass(frozen=True, slots=True)
class Settled:
    """The alignment that counts, and the findings of having read twice."""

    alignment: Alignment
    findings: tuple[Finding, ...] = ()


def settle(
    document: Document,
    form: Form,
    alignment: Alignment,
    read_again: ReadAgain,
    digits_look_right: Callable[[], bool] = lambda: True,
) -> Settled:
    """The best of both readings. ``read_again`` gives the tables on some pages of the file, read in one of the ways of
    :data:`READ_BY`; ``digits_look_right`` tells whether the digits of the file look like what they are read as:
    where they do not, no figure can be trusted."""
    system = system_of(form)
    cells = {cell.key: cell for cell in alignment.cells}
    settlement = _Settlement(document, form, system, cells, alignment)
    settlement.join_broken_figures()
    settlement.confirm_columns()
    if not settlement.troubled():
        return settlement.finished()
    keys = tuple(key for key, cell in settlement.cells.items() if cell.state is CellState.NUMBER)
    if keys and not digits_look_right():
        doubt = Doubt("reading.digits_differ", keys, "the font of the file says one digit and shows another")
        return Settled(replace(alignment, doubts=(*alignment.doubts, doubt)))
    for strategy in READ_BY:
        tables = settlement.troubled()
        if strategy == LIBRARY:
            tables = [table for table in tables if settlement.layout_is_sure(table)]
        if not tables:
            continue
        again = read_again(settlement.pages(tables), strategy)
        if again is not None and again.grids:
            second = align(again, form, tables)
            for table in tables:
                settlement.compare(table, second, strategy)
    return settlement.finished()


class _Settlement:
    """The state of one arbitration; the only mutable thing here."""

    def __init__(self, document: Document, form: Form, system: System, cells: Cells, alignment: Alignment) -> None:
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
        doubted = self._doubted() | {self.system.keys[place] for place in self._broken(self.cells)}
        tables = {key.table for key in doubted} - self.closed
        return [table for table in self.form.tables if table.key in tables]

    def _doubted(self) -> set[CellKey]:
        """The cells whose reading is in doubt for another reason than a sum."""
        named = {key for doubt in self.alignment.doubts for key in doubt.cells}
        unknown = {cell.key for cell in self.cells.values() if cell.state not in KNOWN}
        return (named - self.settled - self.agreed - self.placed) | (unknown - self.unprinted)

    def layout_is_sure(self, table: FormTable) -> bool:
        """Whether nothing of a table is in doubt but sums, and single texts that are no figures."""
        doubted = [self.cells[key] for key in table.cell_keys() if key in self._doubted()]
        return all(_is_legible(cell) and _stands_alone(self.document, cell) for cell in doubted)

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
        broken = {
            key: replace(cell, state=CellState.NUMBER, value=value)
            for key, cell in self.cells.items()
            if cell.state is CellState.UNREADABLE
            and _stands_on_two_lines(cell)
            and (value := parse_numeral(cell.raw.replace(" ", ""))) is not None
        }
        if not broken:
            return
        candidate = {**self.cells, **broken}
        confirmed = self._confirmed(candidate, broken)
        for key in confirmed & broken.keys():
            self.cells[key] = broken[key]
            self.settled.add(key)

    def confirm_columns(self) -> None:
        """Settles the columns of figures, in tables without lines, that every sum confirms. A blank stays in doubt: to a
        sum it is the same as a lost 0."""
        uncertain = {
            key
            for doubt in self.alignment.doubts
            if doubt.rule == "reading.columns_uncertain"
            for key in doubt.cells
            if self.cells[key].state is CellState.NUMBER
        }
        self.placed = self._confirmed(self.cells, uncertain) if uncertain else set()

    def compare(self, table: FormTable, second: Alignment, strategy: str) -> None:
        """Takes from the second reading of a table what is better."""
        keys = list(table.cell_keys())
        doubted = {key for doubt in second.doubts for key in doubt.cells}
        theirs = {cell.key: cell for cell in second.cells if cell.key.table == table.key and cell.state in KNOWN}
        both = [key for key in keys if key in theirs and self.cells[key].state in KNOWN]
        different = {key for key in both if not _same(self.cells[key], theirs[key])}
        missing = {key for key in keys if key in theirs and self._lacks(key, theirs[key])} - doubted
        known = sum(self.cells[key].state in KNOWN for key in keys)
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
        return ours.state not in KNOWN

    def _decide(
        self,
        table: FormTable,
        different: set[CellKey],
        theirs: Mapping[CellKey, Cell],
        doubted: set[CellKey],
        strategy: str,
    ) -> None:
        candidate = {**self.cells, **{key: theirs[key] for key in different}}
        ours, other = self._confirmed(self.cells, different), self._confirmed(candidate, different)
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
        before, after = self._broken(self.cells), self._broken(candidate)
        if {self.system.position[key] for key in missing} & (after - before):
            return
        self._adopt(missing, theirs)
        confirmed = self._confirmed(self.cells, missing)
        self.settled |= confirmed
        self.found_tables.add(table.key)
        unsure = sorted(missing - confirmed)
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
            span = _span_at(self.document, box, cell.raw) if box else None
            evidence = Evidence(span, box) if span is not None else None
            self.cells[key] = replace(cell, evidence=evidence)

    def _say(self, table: FormTable, what: str, strategy: str) -> None:
        message = f"{table.label}: {what} ({READ_BY[strategy]})"
        self.findings.append(reading_finding("reading.second_reading_used", message))

    def _broken(self, cells: Cells) -> set[int]:
        """The positions of all cells in hard identities that do not hold."""
        values = values_of(map(cells.get, self.system.keys))
        return {
            place
            for equation in self.system.equations
            if equation.identity.grade is Grade.HARD
            and (sums := sides(equation, values)) is not None
            and not holds(equation.identity.relation, *sums)
            for place in equation.cells
        }

    def _confirmed(self, cells: Cells, keys: Collection[CellKey]) -> set[CellKey]:
        """Those of the keys whose hard identities can all be tested, and hold, at least one of them not by zeros alone."""
        values = values_of(map(cells.get, self.system.keys))
        good: dict[int, bool] = {}
        telling: set[int] = set()
        for equation in self.system.equations:
            if equation.identity.grade is Grade.HARD:
                sums = sides(equation, values)
                held = sums is not None and holds(equation.identity.relation, *sums)
                for place in equation.cells:
                    good[place] = good.get(place, True) and held
                if sums is not None and any(sums):
                    telling.update(equation.cells)
        places = {key: self.system.position[key] for key in keys}
        return {key for key, place in places.items() if good.get(place, False) and place in telling}

    def finished(self) -> Settled:
        """What counts now: settled cells leave the doubts, and cells on which the readings agree the doubts of place."""
        doubts: list[Doubt] = []
        for doubt in self.alignment.doubts:
            gone = self.settled | self.agreed if doubt.rule in SETTLED else self.settled
            if doubt.rule == "reading.columns_uncertain":
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
    return cell.state is CellState.UNREADABLE and bool(cell.raw) and "\ufffd" not in cell.raw


def _stands_alone(document: Document, cell: Cell) -> bool:
    """Whether lines are drawn around what is printed, and as many cells stand in its row as in the one above or below: no
    wall is lost between two figures."""
    start = cell.evidence.span.start if cell.evidence else -1
    grid = next((grid for grid in document.grids if grid.span.start <= start < grid.span.end), None)
    if grid is None or grid.kind is not GridKind.RULED:
        return False
    counts = Counter(each.row for each in grid.cells)
    row = next((each.row for each in grid.cells if each.span.start == start), -1)
    return counts[row] > 0 and counts[row] in (counts[row - 1], counts[row + 1])


def _stands_on_two_lines(cell: Cell) -> bool:
    """Whether what is printed are digits on two lines, the first of them full: a figure too wide for its cell."""
    box = cell.evidence.box if cell.evidence else None
    if box is None or not _BROKEN.fullmatch(cell.raw):
        return False
    pieces = cell.raw.split(" ")
    letter = 2 * (box.x1 - box.x0) / len(pieces[0])  # a digit is half as wide as the letters are high
    return len(pieces) == 2 and len(pieces[1]) <= len(pieces[0]) and box.y1 - box.y0 >= TWO_LINES * letter


def _span_at(document: Document, box: Box, raw: str) -> Span | None:
    """The characters of the canonical text that stand in a box, the raw text among them where it is found."""
    for span in _spans_in(document, box):
        at = document.text.find(raw, span.start, span.end) if raw else -1
        if at >= 0:
            return Span(at, at + len(raw))
    return next(_spans_in(document, box), None)


def _spans_in(document: Document, box: Box) -> Iterator[Span]:
    places: list[GridCell | Line] = [*(cell for grid in document.grids for cell in grid.cells), *document.lines]
    for place in places:
        other = place.box
        if other is not None and _meet(other, box):
            yield place.span


def _meet(a: Box, b: Box) -> bool:
    return a.page == b.page and a.x0 < b.x1 and b.x0 < a.x1 and a.y0 < b.y1 and b.y0 < a.y1


def sums_keep_rows(form: Form, alignment: Alignment) -> Alignment:
    """The alignment without the doubts about rows that may have slid, where the row's own sum holds, and not by zeros
    alone: a figure that stood one place beside its column would break it."""
    if not any(doubt.rule == SLID for doubt in alignment.doubts):
        return alignment
    system = system_of(form)
    cells = {cell.key: cell for cell in alignment.cells}
    values = values_of(map(cells.get, system.keys))
    held: set[CellKey] = set()
    for equation in system.equations:
        identity = equation.identity
        if identity.grade is Grade.HARD and identity.across == "rows":
            sums = sides(equation, values)
            if sums is not None and any(sums) and holds(identity.relation, *sums):
                held.update(system.keys[place] for place in equation.cells)
    left = tuple(doubt for doubt in alignment.doubts if doubt.rule != SLID or not held.issuperset(doubt.cells))
    return replace(alignment, doubts=left)


def doubts_of_place(document: Document, alignment: Alignment) -> Alignment:
    """The alignment with a doubt for each cell into which a text may belong that runs over a wall between cells."""
    crossed = [box for note in document.notes if note.code == "crossed_ruling" for box in note.boxes]
    if not crossed:
        return alignment
    keys = tuple(
        cell.key
        for cell in alignment.cells
        if cell.evidence and cell.evidence.box and any(_meet(cell.evidence.box, box) for box in crossed)
    )
    if not keys:
        return alignment
    reason = "a text runs over the line beside the cell"
    doubts = [Doubt("reading.text_crosses", (key,), reason) for key in keys]
    return replace(alignment, doubts=(*alignment.doubts, *doubts))


__all__ = ["LIBRARY", "ReadAgain", "Settled", "doubts_of_place", "settle", "sums_keep_rows"]
