"""What a rule over several years is: a code, a sentence, its source, how firmly it holds, and two examples of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from parsers.forms import form_of
from parsers.forms.grade import Grade
from parsers.report import Cell, CellKey, CellState, Fact, Finding, Severity, Whose
from pipeline.names.labels import name_of

TOTAL = "total"
REQUESTS = "requests"


@dataclass(frozen=True, slots=True)
class Year:
    """One agency's figures of one report year. ``doubtful`` are the cells that may have been misread: what they
    contradict is then our trouble, not the agency's. ``first`` says that no earlier report is stored. ``facts`` are the
    figures of the prose. ``within`` are, for a report of a whole area, the undoubted figures of each body that the area's
    government governs, by its name; ``versions`` the undoubted figures of the other documents that are stored for the same
    report, by their files."""

    year: int
    edition: str
    cells: Mapping[CellKey, Cell]
    doubtful: frozenset[CellKey] = frozenset()
    first: bool = False
    facts: tuple[Fact, ...] = ()
    within: Mapping[str, Mapping[CellKey, Decimal]] = field(default_factory=dict)
    versions: Mapping[str, Mapping[CellKey, Decimal]] = field(default_factory=dict)

    def name(self, key: CellKey) -> str:
        """What the form of the year calls a cell: its row's labels from the outermost group inwards, and its column's."""
        return name_of(key, self.edition)

    def unit(self, key: CellKey) -> str | None:
        """The unit of a cell; None where neither form nor page tell."""
        cell = self.cells.get(key)
        return None if cell is None else cell.unit

    def printed(self, key: CellKey) -> Decimal | None:
        """The figure that the page prints; None where it prints no number."""
        cell = self.cells.get(key)
        return None if cell is None else cell.value

    def number(self, key: CellKey) -> Decimal | None:
        """The figure as rules count it: blank and dash are 0; None when the page does not state it (absent,
        unreadable, or a total left blank beside figures)."""
        cell = self.cells.get(key)
        if cell is None or cell.state in {CellState.ABSENT, CellState.UNREADABLE}:
            return None
        if cell.value is not None:
            return cell.value
        if key.column == TOTAL and any(
            k.table == key.table and k.row == key.row and c.value for k, c in self.cells.items()
        ):
            return None
        return Decimal(0)


@dataclass(frozen=True, slots=True)
class Example:
    """A case in small: figures by ``table/row/column`` of this year, and of last year (None: no report), the prose of this
    year and of last year, the figures of the bodies within an area and of other documents, where the rule is about these."""

    this: Mapping[str, int]
    last: Mapping[str, int] | None
    year: int = 2022
    prose: tuple[str, str] = ("", "")
    within: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    versions: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def years(self) -> tuple[Year, Year | None]:
        """The two years that the example stands for."""
        last = None if self.last is None else _year(self.last, self.year - 1, self.prose[1])
        this = _year(self.this, self.year, self.prose[0], first=last is None)
        return replace(this, within=_by_name(self.within), versions=_by_name(self.versions)), last


@dataclass(frozen=True, slots=True)
class Break:
    """Where a rule is broken: this year's cells, last year's cells, both sides, a sentence that says so, and the
    positions of this year's facts."""

    message: str
    this: tuple[CellKey, ...]
    last: tuple[CellKey, ...] = ()
    expected: Decimal | None = None
    actual: Decimal | None = None
    facts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule over two years of one agency. ``breaks_of`` gives every place where it does not hold; ``holds`` and
    ``breaks`` are an example of each."""

    code: str
    sentence: str
    source: str
    grade: Grade
    reasons: str
    breaks_of: Callable[[Year, Year | None], Iterable[Break]] = field(repr=False)
    holds: Example = field(repr=False)
    breaks: Example = field(repr=False)

    @property
    def severity(self) -> Severity:
        """The severity of a finding of this rule."""
        return self.grade.severity

    def findings(self, this: Year, last: Year | None) -> Iterator[Finding]:
        """A finding for each break; it is ours to look at (``reading``) where a cell concerned is doubtful."""
        for found in self.breaks_of(this, last):
            doubtful = not this.doubtful.isdisjoint(found.this) or (
                last is not None and not last.doubtful.isdisjoint(found.last)
            )
            yield Finding(
                rule=self.code,
                severity=self.severity,
                whose=Whose.READING if doubtful else Whose.AGENCY,
                message=found.message,
                where=(*map(str, found.this), *(f"fact:{index}" for index in found.facts)),
                expected=found.expected,
                actual=found.actual,
            )


def requests(row: str, column: str = TOTAL) -> CellKey:
    """The key of a cell of the table of requests."""
    return CellKey(REQUESTS, row, column)


def proactive(row: str, column: str) -> CellKey:
    """The key of a cell of the table of proactive disclosure."""
    return CellKey("proactive", row, column)


def following(this: Year, last: Year | None) -> bool:
    """Whether the two are reports of consecutive years."""
    return last is not None and last.year == this.year - 1


def _by_name(stated: Mapping[str, Mapping[str, int]]) -> Mapping[str, Mapping[CellKey, Decimal]]:
    return {name: {CellKey.parse(k): Decimal(n) for k, n in figures.items()} for name, figures in stated.items()}


def _year(figures: Mapping[str, int], year: int, prose: str = "", first: bool = False) -> Year:
    from parsers.facts import extract_facts

    keys = {CellKey.parse(key): Decimal(figure) for key, figure in figures.items()}
    edition = "2021" if year >= 2021 else "2019"
    form = form_of(edition)
    assert form is not None
    cells = {k: Cell(k, CellState.NUMBER, n, unit=form.table(k.table).unit_of(k)) for k, n in keys.items()}
    facts = tuple(extract_facts(prose, report_year=year)) if prose else ()
    return Year(year, edition, cells, first=first, facts=facts)
