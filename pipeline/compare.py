"""One indicator of several agencies over the years."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.errors import BadInput
from parsers.report import Scope
from pipeline.dictionary import Figure, Quantity

if TYPE_CHECKING:
    from db import ReportEntry, Store


@dataclass(frozen=True, slots=True)
class Comparison:
    """Agencies (lines) by years (columns). A place without a report, or whose form does not ask, is missing from
    ``figures``; ``flagged`` are the places where a finding names a cell that the figure is read from."""

    quantity: Quantity
    agencies: tuple[str, ...]
    years: tuple[int, ...]
    figures: Mapping[tuple[str, int], Figure]
    flagged: frozenset[tuple[str, int]]


def compare(
    store: Store, quantity: Quantity, agencies: Collection[str] = (), years: Collection[int] | None = None
) -> Comparison:
    """The figures of the agencies in the years; all agencies, or all years, when none are given.

    An agency is named in full, by an alias or handle, or by a part that several names share. A government's report
    on its whole area is a line of its own, never mixed with its own report. Raises BadInput when nothing is stored
    for the choice.
    """
    figures: dict[tuple[str, int], Figure] = {}
    flagged: set[tuple[str, int]] = set()
    lines: dict[str, None] = {}
    found_years: set[int] = set()
    for entry in _entries(store, agencies):
        if entry.agency is None or entry.year is None or (years is not None and entry.year not in years):
            continue
        line = entry.agency if entry.scope is Scope.AGENCY else f"{entry.agency}（{entry.scope}）"
        lines[line] = None
        found_years.add(entry.year)
        cells = store.cells(entry.id)
        figure = quantity.figure(cells)
        if figure is not None:
            figures[line, entry.year] = figure
        if entry.errors or entry.doubts:
            terms = {str(key) for key in quantity.terms(cells)}
            named = (f for f in store.findings(agency=entry.agency, year=entry.year) if f.report_id == entry.id)
            if any(not terms.isdisjoint(found.finding.where) for found in named):
                flagged.add((line, entry.year))
    if not lines:
        raise BadInput("no report is stored for this choice of agencies and years")
    return Comparison(quantity, tuple(lines), tuple(sorted(found_years)), figures, frozenset(flagged))


def _entries(store: Store, agencies: Collection[str]) -> Iterator[ReportEntry]:
    if not agencies:
        yield from store.reports()
    for name in dict.fromkeys(name for text in agencies for name in _names(store, text)):
        yield from store.reports(agency=name)


def _names(store: Store, text: str) -> list[str]:
    """The agencies that a person means by a text; raises BadInput, naming the nearest, when there is none."""
    containing = [agency.handle for agency in store.agencies(containing=text)]
    try:
        return [store.agency(text).handle]
    except BadInput:
        if containing:
            return containing
        raise
