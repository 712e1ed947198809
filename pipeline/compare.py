"""One indicator of several agencies over the years."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.errors import BadInput
from parsers.report import Cell, Scope
from pipeline.names.agencies import agency_ids
from pipeline.names.indicators import Figure, Quantity
from pipeline.names.statements import Statement

if TYPE_CHECKING:
    from db import FactFigure, ReportEntry, Store


@dataclass(frozen=True, slots=True)
class Line:
    """An agency and a scope: a government's report on its whole area is a line of its own. ``label`` names the line to
    people, with the place's code where several places have an agency of this name."""

    handle: str
    agency: str
    scope: Scope
    label: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Lines by years. ``reported`` are the places with a report; one whose form does not ask, or whose prose does not say,
    is missing from ``figures``; ``flagged`` are the places where a finding names what the figure is read from, and
    ``corrected`` those where a person's reading counts in it instead of the program's."""

    quantity: Quantity | Statement
    lines: tuple[Line, ...]
    years: tuple[int, ...]
    reported: frozenset[tuple[Line, int]]
    figures: Mapping[tuple[Line, int], Figure]
    flagged: frozenset[tuple[Line, int]]
    corrected: frozenset[tuple[Line, int]] = frozenset()

    def is_comparable(self, figure: Figure) -> bool:
        """Whether a figure is in the unit of the quantity: of money without a unit nobody knows that, unless it is 0."""
        return not self.quantity.unit or not figure.value or figure.unit == self.quantity.unit

    @property
    def incomparable(self) -> int:
        """How many figures are not in the unit of the quantity."""
        return sum(not self.is_comparable(figure) for figure in self.figures.values())


def compare(
    store: Store,
    quantity: Quantity | Statement,
    agencies: Collection[str] = (),
    years: Collection[int] | None = None,
) -> Comparison:
    """The figures of the agencies in the years; all agencies, or all years, when none are given.

    Agencies are named as in :mod:`pipeline.names.agencies`. Raises BadInput when nothing is stored for the choice.
    """
    ids = agency_ids(store, agencies)
    if isinstance(quantity, Statement):
        read = _from_prose(store, quantity)
    else:
        read = _from_form(store, quantity, ids, years)
    entries = [
        entry
        for entry in store.reports(agency_ids=ids)
        if entry.agency is not None and entry.year is not None and (years is None or entry.year in years)
    ]
    if not entries:
        raise BadInput("no report is stored for this choice of agencies and years")
    if ids is not None:
        entries.sort(key=lambda entry: ids.index(entry.agency_id or 0))
    lines = _lines(entries)
    found = {(lines[entry.id], entry.year or 0): read(entry) for entry in entries}
    stated = {place: each for place, each in found.items() if each is not None}
    return Comparison(
        quantity,
        tuple(dict.fromkeys(lines[entry.id] for entry in entries)),
        tuple(sorted({year for _, year in found})),
        frozenset(found),
        {place: each.figure for place, each in stated.items()},
        frozenset(place for place, each in stated.items() if each.flagged),
        frozenset(place for place, each in stated.items() if each.corrected),
    )


def _lines(entries: Iterable[ReportEntry]) -> Mapping[int, Line]:
    """The line of each report, by its number."""
    named = {entry.id: (entry.handle or "", entry.agency or "", entry.scope) for entry in entries}
    places = Counter(agency for _, agency in {(handle, agency) for handle, agency, _ in named.values()})
    return {
        number: Line(handle, agency, scope, _label(handle if places[agency] > 1 else agency, scope))
        for number, (handle, agency, scope) in named.items()
    }


def _label(name: str, scope: Scope) -> str:
    return name if scope is Scope.AGENCY else f"{name}（{scope}）"


@dataclass(frozen=True, slots=True)
class _Read:
    """A figure, whether a finding names what it was read from, and whether a person's reading counts in it."""

    figure: Figure
    flagged: bool
    corrected: bool = False


def _from_form(
    store: Store, quantity: Quantity, ids: Collection[int] | None, years: Collection[int] | None
) -> Callable[[ReportEntry], _Read | None]:
    """Reads a figure from a report's cells, as people corrected them; all cells needed are fetched at once."""
    printed = store.form_figures(quantity.keys, agency_ids=ids, years=years)

    def read(entry: ReportEntry) -> _Read | None:
        found = printed.get(entry.id, {})
        cells = {key: Cell(key, each.state, each.value, unit=each.unit) for key, each in found.items()}
        figure = quantity.figure(cells)
        if figure is None:
            return None
        terms = [found[key] for key in quantity.terms(cells)]
        return _Read(figure, any(each.named for each in terms), any(each.replaced for each in terms))

    return read


def _from_prose(store: Store, statement: Statement) -> Callable[[ReportEntry], _Read | None]:
    """Reads a figure from a report's facts."""
    found: dict[int, list[FactFigure]] = defaultdict(list)
    for each in store.fact_figures(statement.metric, statement.channel):
        found[each.report_id].append(each)

    def read(entry: ReportEntry) -> _Read | None:
        stated = found.get(entry.id, ())
        figure = statement.figure(stated)
        return None if figure is None else _Read(figure, any(each.named for each in stated))

    return read
