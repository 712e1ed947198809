"""One indicator of several agencies over the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.errors import BadInput
from parsers.report import CellKey, Scope
from pipeline.dictionary import Figure, Quantity
from pipeline.statements import Statement

if TYPE_CHECKING:
    from db import FactFigure, ReportEntry, Store


@dataclass(frozen=True, slots=True)
class Comparison:
    """Agencies (lines) by years (columns). A place without a report, or whose form does not ask or whose prose does not
    say, is missing from ``figures``; ``flagged`` are the places where a finding names what the figure is read from, and
    ``corrected`` those where a person's reading counts in it instead of the program's."""

    quantity: Quantity | Statement
    agencies: tuple[str, ...]
    years: tuple[int, ...]
    figures: Mapping[tuple[str, int], Figure]
    flagged: frozenset[tuple[str, int]]
    corrected: frozenset[tuple[str, int]] = frozenset()


def compare(
    store: Store,
    quantity: Quantity | Statement,
    agencies: Collection[str] = (),
    years: Collection[int] | None = None,
) -> Comparison:
    """The figures of the agencies in the years; all agencies, or all years, when none are given.

    An agency is named in full, by an alias or handle, or by a part that several names share. A government's report
    on its whole area is a line of its own, never mixed with its own report. Raises BadInput when nothing is stored
    for the choice.
    """
    read = _from_prose(store, quantity) if isinstance(quantity, Statement) else _from_form(store, quantity)
    figures: dict[tuple[str, int], Figure] = {}
    flagged: set[tuple[str, int]] = set()
    corrected: set[tuple[str, int]] = set()
    lines: dict[str, None] = {}
    found_years: set[int] = set()
    for entry in _entries(store, agencies):
        if entry.agency is None or entry.year is None or (years is not None and entry.year not in years):
            continue
        line = entry.agency if entry.scope is Scope.AGENCY else f"{entry.agency}（{entry.scope}）"
        lines[line] = None
        found_years.add(entry.year)
        figure = read(entry)
        if figure is not None:
            figures[line, entry.year] = figure.figure
            if figure.doubted():
                flagged.add((line, entry.year))
            if figure.corrected:
                corrected.add((line, entry.year))
    if not lines:
        raise BadInput("no report is stored for this choice of agencies and years")
    years_found = tuple(sorted(found_years))
    return Comparison(quantity, tuple(lines), years_found, figures, frozenset(flagged), frozenset(corrected))


@dataclass(frozen=True, slots=True)
class _Read:
    """A figure, whether a finding names what it was read from, and whether a person's reading counts in it."""

    figure: Figure
    doubted: Callable[[], bool]
    corrected: bool = False


def _from_form(store: Store, quantity: Quantity) -> Callable[[ReportEntry], _Read | None]:
    """Reads a figure from a report's cells, as people corrected them."""
    replaced: dict[int | None, set[CellKey]] = defaultdict(set)
    for stored in store.corrections():
        if stored.agrees is False:
            replaced[stored.report_id].add(stored.correction.key)

    def read(entry: ReportEntry) -> _Read | None:
        cells = store.cells(entry.id)
        figure = quantity.figure(cells)
        if figure is None:
            return None
        keys = set(quantity.terms(cells))
        terms = set(map(str, keys))
        return _Read(figure, lambda: bool(terms & _named(store, entry)), bool(keys & replaced.get(entry.id, set())))

    return read


def _from_prose(store: Store, statement: Statement) -> Callable[[ReportEntry], _Read | None]:
    """Reads a figure from a report's facts."""
    found: dict[int, list[FactFigure]] = defaultdict(list)
    for each in store.fact_figures(statement.metric, statement.channel):
        found[each.report_id].append(each)

    def read(entry: ReportEntry) -> _Read | None:
        figure = statement.figure(found.get(entry.id, ()))
        if figure is None:
            return None
        return _Read(figure, lambda: _doubted(store, entry, statement))

    return read


def _doubted(store: Store, entry: ReportEntry, statement: Statement) -> bool:
    named = _named(store, entry)
    return any(statement.matches(fact) for i, fact in enumerate(store.facts(entry.id)) if f"fact:{i}" in named)


def _named(store: Store, entry: ReportEntry) -> set[str]:
    """The places that findings about a report name."""
    return {place for found in store.findings(report_id=entry.id) for place in found.finding.where}


def _entries(store: Store, agencies: Collection[str]) -> Iterator[ReportEntry]:
    if not agencies:
        yield from store.reports()
    for name in dict.fromkeys(name for text in agencies for name in agencies_named(store, text)):
        yield from store.reports(agency=name)


def agencies_named(store: Store, text: str) -> list[str]:
    """The handles of the agencies that a person means by a text; raises BadInput, naming the nearest, when there is none."""
    containing = [agency.handle for agency in store.agencies(containing=text)]
    try:
        return [store.agency(text).handle]
    except BadInput:
        if containing:
            return containing
        raise
