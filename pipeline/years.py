"""The rules over the years, run over the store: for an agency whose reports changed, all of its years again.

Which reports came first must not matter, and each of an agency's handful of reports can concern the next one, so
the findings of all of them are replaced together. Doing it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from parsers.report import CellKey, Scope, Whose
from pipeline.checks import check_year
from pipeline.checks.area import COUNTED
from pipeline.checks.rule import Year

if TYPE_CHECKING:
    from db import ReportEntry, Store

Subject = tuple[str, Scope]
"""An agency and a scope: whose years are compared."""


def check_years(store: Store, subjects: Iterable[Subject]) -> int:
    """Compares the years of each agency anew and stores the findings; gives the number of findings."""
    count = 0
    changed = set(subjects)
    for agency, scope in sorted({*changed, *store.areas_around(changed)}):
        entries = [e for e in store.reports(agency=agency, scope=scope, current_only=False) if e.year is not None]
        for entry in entries:
            if not entry.is_current:
                store.record_cross_findings(entry.id, ())
        current = sorted((e for e in entries if e.is_current), key=_place_and_year)
        for _, years in groupby(current, key=lambda entry: entry.agency_id):
            count += _check_agency(store, list(years))
    return count


def _check_agency(store: Store, entries: list[ReportEntry]) -> int:
    count = 0
    last: Year | None = None
    for entry in entries:
        assert entry.year is not None
        this = Year(
            entry.year,
            entry.edition or "",
            store.cells(entry.id),
            _doubtful(store, entry),
            first=last is None,
            facts=store.facts(entry.id),
            within=_within(store, entry) if entry.scope is Scope.AREA else {},
        )
        findings = check_year(this, last if last is not None and last.year == this.year - 1 else None)
        store.record_cross_findings(entry.id, findings)
        count += len(findings)
        last = this
    return count


def _within(store: Store, entry: ReportEntry) -> Mapping[str, Mapping[CellKey, Decimal]]:
    """The figures of the bodies within an area, without those that may have been misread."""
    bodies: dict[str, Mapping[CellKey, Decimal]] = {}
    for body in store.within(entry.id):
        doubtful = _doubtful(store, body)
        cells = store.cells(body.id)
        name = body.agency or ""
        bodies[body.handle or name if name in bodies else name] = {
            key: cells[key].value or Decimal(0) for key in COUNTED if key in cells and key not in doubtful
        }
    return bodies


def _doubtful(store: Store, entry: ReportEntry) -> frozenset[CellKey]:
    """The cells that the report's own findings call doubtful readings, and that no person has settled."""
    if not entry.doubts:
        return frozenset()
    found = store.findings(report_id=entry.id, whose=Whose.READING)
    places = {place for each in found if each.origin == "report" for place in each.finding.where}
    settled = {stored.correction.key for stored in store.corrections(entry.id) if stored.settles}
    return frozenset(CellKey.parse(place) for place in places if place.count("/") == 2) - settled


def _place_and_year(entry: ReportEntry) -> tuple[int, int]:
    return entry.agency_id or 0, entry.year or 0
