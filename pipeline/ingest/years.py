"""The rules over the years, run over the store: for an agency whose reports changed, all of its years again.

Which reports came first must not matter, and each of an agency's handful of reports can concern the next one, so
the findings of all of them are replaced together. Doing it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from parsers.report import CellKey, Scope, Whose
from pipeline.checks import check_year
from pipeline.checks.area import COUNTED
from pipeline.checks.rule import Year

if TYPE_CHECKING:
    from db import ReportEntry, Store

Subject = tuple[str, Scope]
"""An agency (handle, or a name that no other place has) and a scope: whose years are compared."""


def check_years(store: Store, subjects: Iterable[Subject]) -> int:
    """Compares the years of each agency anew and stores the findings; gives the number of findings."""
    count = 0
    changed = set(subjects)
    for agency, scope in sorted({*changed, *store.areas_around(changed)}):
        entries = [e for e in store.reports(agency=agency, scope=scope, current_only=False) if e.year is not None]
        for entry in entries:
            if not entry.is_current:
                store.record_cross_findings(entry.id, ())
        count += _check_agency(store, sorted((e for e in entries if e.is_current), key=lambda entry: entry.year or 0))
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
            within=store.figures_within(entry.id, COUNTED) if entry.scope is Scope.AREA else {},
            versions=_versions(store, entry),
        )
        findings = check_year(this, last if last is not None and last.year == this.year - 1 else None)
        store.record_cross_findings(entry.id, findings)
        count += len(findings)
        last = this
    return count


def _versions(store: Store, entry: ReportEntry) -> Mapping[str, Mapping[CellKey, Decimal]]:
    """The figures of the other documents that stand for the same report, without those that may have been misread."""
    if entry.version == 1:
        return {}
    others: dict[str, Mapping[CellKey, Decimal]] = {}
    for other in store.rivals(entry.id):
        doubtful = _doubtful(store, other)
        name = f"{other.name} ({other.sha256[:8]})" if other.name in (entry.name, *others) else other.name
        others[name] = {
            key: cell.value
            for key, cell in store.cells(other.id).items()
            if cell.value is not None and key not in doubtful
        }
    return others


def _doubtful(store: Store, entry: ReportEntry) -> frozenset[CellKey]:
    """The cells that the report's own findings call doubtful readings, and that no person has settled."""
    if not entry.doubts:
        return frozenset()
    found = store.findings(report_id=entry.id, whose=Whose.READING)
    named = {key for each in found if each.origin == "report" for key in each.finding.cells}
    settled = {stored.correction.key for stored in store.corrections(entry.id) if stored.settles}
    return frozenset(named - settled)
