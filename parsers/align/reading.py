"""What the alignment of one table of a form found, before figures are read: which printed cell is which cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from parsers.align.misplaced import why_misplaced
from parsers.align.printed import PrintedCell, PrintedRow
from parsers.align.values import Placed
from parsers.document import Span
from parsers.report import CellKey

# The rules of doubts, as ``checks/reading.toml`` has them with what each says.
FIGURES_LOST, FIGURE_DOUBTFUL, FIGURE_UNREADABLE = (
    "reading.figures_lost",
    "reading.figure_doubtful",
    "reading.figure_unreadable",
)
ROW_SLID, ROW_NOT_WHOLE = "reading.row_slid", "reading.row_not_whole"
"""The label of a row stands in another column than those of the other rows; a row stands beside lost ones, or has another length."""
COLUMN_DOUBTFUL, COLUMNS_UNCERTAIN = "reading.column_doubtful", "reading.columns_uncertain"
"""What heads a column reads otherwise than in the form; which column a figure stands in is not certain."""
LABEL_DOUBTFUL, UNIT_DIFFERS = "reading.label_doubtful", "reading.unit"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why the reading of some cells may be wrong: the rule's code, the cells, and a phrase for the message."""

    rule: str
    cells: tuple[CellKey, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class TableReading:
    """One table as aligned. ``cells`` maps each cell that the document has to what is printed there (None: the row
    ends before it, which reads as blank); ``lost`` are cells whose row is there and whose figure cannot be told
    apart; what is in neither is absent. ``coverage`` is the share of the form's rows that were found.
    ``headings`` are texts of the header from which the unit of a cell may be read, ``left_out`` the absent cells of rows that the
    table certainly does not have, ``passed_over`` those of rows that it does not have unless a piece of the file is lost, ``followed``
    cells of rows behind which a list has one that the form lacks."""

    table: str
    coverage: float = 0.0
    cells: Mapping[CellKey, PrintedCell | None] = field(default_factory=dict)
    lost: Mapping[CellKey, str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    left_over: tuple[tuple[str, str], ...] = ()
    headings: Mapping[CellKey, str] = field(default_factory=dict)
    left_out: frozenset[CellKey] = frozenset()
    passed_over: frozenset[CellKey] = frozenset()
    followed: frozenset[CellKey] = frozenset()

    def beside(self, other: TableReading) -> TableReading:
        """This reading and that of another part of the same table, as one."""
        return TableReading(
            self.table,
            min(self.coverage or 1.0, other.coverage),
            {**self.cells, **other.cells},
            {**self.lost, **other.lost},
            self.doubts + other.doubts,
            self.left_over + other.left_over,
            {**self.headings, **other.headings},
            self.left_out | other.left_out,
            self.passed_over | other.passed_over,
        )

    @property
    def figures(self) -> int:
        """How many cells were found, lost ones not counted."""
        return len(self.cells)

    @property
    def seen(self) -> int:
        """How many cells were seen, empty ones too."""
        return sum(cell is not None for cell in self.cells.values())

    @property
    def printed(self) -> int:
        """How many cells were found in which something is printed."""
        return sum(cell is not None and bool(cell.text) for cell in self.cells.values())


@dataclass(slots=True)
class ReadingBuilder:
    """Collects what the rows of one table give."""

    table: str
    cells: dict[CellKey, PrintedCell | None] = field(default_factory=dict)
    lost: dict[CellKey, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    left_over: list[tuple[str, str]] = field(default_factory=list)
    headings: dict[CellKey, str] = field(default_factory=dict)
    left_out: set[CellKey] = field(default_factory=set)
    passed_over: set[CellKey] = field(default_factory=set)

    def add_row(self, keys: Sequence[CellKey], row: PrintedRow, placed: Placed) -> None:
        """A printed row whose columns are the cells ``keys``, in the form's order."""
        if placed.lost:
            printed = " ".join(cell.text for cell in row.values if cell.text)
            self.lost.update(dict.fromkeys(keys, printed))
            reason = placed.doubt or "the figures of this row cannot be told apart by column"
            self.doubts.append(Doubt(FIGURES_LOST, tuple(keys), reason))
            return
        present = [(number, key) for number, key in enumerate(keys) if number not in placed.absent]
        self.cells.update((key, placed.cells[number]) for number, key in present)
        if placed.doubt:
            self.doubts.append(Doubt(FIGURES_LOST, tuple(key for _, key in present), placed.doubt))
        elif reason := why_misplaced(row, placed):
            self.doubt(FIGURES_LOST, keys, reason)
        for cell in placed.left_over:
            self.left_over.append(("left_over.column", f"{'/'.join(row.labels)}: {cell.text}"))

    def doubt(self, rule: str, cells: Sequence[CellKey], reason: str) -> None:
        """Name cells whose reading may be wrong."""
        if cells:
            self.doubts.append(Doubt(rule, tuple(cells), reason))

    def finished(self, coverage: float) -> TableReading:
        """The reading as a value. A figure that stands in a cell merged over several rows of the form belongs to
        none of them for certain."""
        places: dict[Span, list[CellKey]] = {}
        for key, cell in self.cells.items():
            if cell is not None and cell.text:
                places.setdefault(cell.span, []).append(key)
        for merged in (keys for keys in places.values() if len({key.row for key in keys}) > 1):
            for key in merged:
                cell = self.cells.pop(key)
                self.lost[key] = cell.text if cell is not None else ""
            self.doubt(FIGURES_LOST, merged, "one figure is merged over several rows")
        return TableReading(
            self.table,
            coverage,
            self.cells,
            self.lost,
            tuple(self.doubts),
            tuple(self.left_over),
            self.headings,
            frozenset(self.left_out - self.cells.keys() - self.lost.keys()),
            frozenset(self.passed_over - self.cells.keys() - self.lost.keys()),
        )
