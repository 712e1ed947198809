"""Recording a file's outcome: the statements of one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from db import corrections, search
from db.agencies import agency_of
from db.currency import Group, is_alone, settle, settle_alone
from db.encode import ReportRows, changed_cells, finding_place_rows, finding_row
from db.inserts import insert_many, insert_one, insert_tuples
from db.records import Outcome, Recorded, RunItem, handle_of
from db.schema import (
    AGENCY,
    CELL,
    CELL_CHANGE,
    CELL_EVIDENCE,
    FINDING,
    FINDING_PLACE,
    INDICATOR,
    LOCATION,
    METADATA,
    REPORT,
    RUN_ITEM,
    SOURCE,
    VERSION_SET,
)
from db.settling import settle as settle_corrections
from db.types import AnyRow
from db.vocabulary import add, numbers
from parsers.errors import StoreError
from parsers.report import CellKey, Finding, Scope, Versions

WITH_REPORT = (Outcome.OK, Outcome.PARTIAL)
"""Outcomes that come with a report."""

PARTS = ("report_text", "section", "sentence", "fact", "witness", "note")
"""Tables of a report's parts besides cells and findings; a sentence stands before the facts that refer to it."""

_CELL = ("report_id", "indicator_id", "state", "value", "raw", "unit")
_EVIDENCE = ("report_id", "indicator_id", "start", "length", "page", "x0", "y0", "x1", "y1")

# Statements that every file takes are built once: SQLAlchemy needs as long to build one as SQLite to run it.
_PLACE = select(LOCATION).where(LOCATION.c.path == bindparam("path"))
_KNOWN = (
    select(SOURCE.c.id, REPORT.c.id.label("report_id"), REPORT.c.version_set_id)
    .join(REPORT, REPORT.c.source_id == SOURCE.c.id, isouter=True)
    .where(SOURCE.c.sha256 == bindparam("sha256"))
)
_COPIES = (
    select(LOCATION.c.path)
    .where(LOCATION.c.source_id == bindparam("source"), LOCATION.c.path != bindparam("path"))
    .order_by(LOCATION.c.id)
    .limit(1)
)
_UNITS = select(INDICATOR.c.id, INDICATOR.c.unit)
_GROUP = select(REPORT.c.agency_id, REPORT.c.year, REPORT.c.scope).where(REPORT.c.id == bindparam("report"))


@dataclass(frozen=True, slots=True)
class _Case:
    """A file's outcome as it is to be written, beside the rows that the database has of its bytes and of its place."""

    item: RunItem
    outcome: Outcome
    source: AnyRow | None
    place: AnyRow | None
    version_set_id: int | None

    @property
    def report_id(self) -> int | None:
        """The report of the same bytes, where one is stored."""
        return None if self.source is None else self.source.report_id

    @property
    def is_reread(self) -> bool:
        """Whether a report of the same bytes is replaced by another reading."""
        return self.outcome in WITH_REPORT and self.report_id is not None

    @property
    def reports(self) -> list[int]:
        """The reports whose standing the file may change: that of its bytes, and that which stood at its place."""
        stood = None if self.place is None else self.place.report_id
        return [number for number in dict.fromkeys((self.report_id, stood)) if number is not None]


class Writer:
    """Writes inside a transaction that somebody else opens. It remembers the numbers of indicators and versions
    from one file to the next; after a transaction that failed, take a new one."""

    def __init__(self) -> None:
        self._numbers: dict[CellKey, int] = {}
        self._by_key: dict[str, tuple[int, str | None]] = {}
        """Number and unit of the indicators, by the key as it is written."""
        self._version_sets: dict[Versions, int] = {}

    def record(self, connection: Connection, run_id: int, item: RunItem, report: ReportRows | None) -> Recorded:
        """See :meth:`db.store.Store.record`."""
        _verify(item, report)
        case = self._case(connection, item, report)
        groups = [_group(connection, number) for number in case.reports]
        source_id = _source_id(connection, case, report)
        report_id, changes = self._store_outcome(connection, case, source_id, report)
        location_id = _store_location(connection, case, source_id, report_id)
        is_current = _settle(connection, groups, report_id)
        is_copy = case.outcome is Outcome.DUPLICATE
        run_item_id = insert_one(
            connection,
            RUN_ITEM,
            {
                "run_id": run_id,
                "location_id": location_id,
                "source_id": source_id,
                "report_id": report_id,
                "outcome": case.outcome.value,
                "reason": _copy_of(connection, item, source_id) if is_copy else item.reason,
                "seconds": item.seconds,
                "version_set_id": case.version_set_id,
                "reread": int(case.is_reread),
                "cells_changed": len(changes),
            },
        )
        insert_many(connection, CELL_CHANGE, changes, run_item_id=run_item_id)
        left = _left(connection, groups, report_id)
        return Recorded(case.outcome, report_id, is_current, case.is_reread, len(changes), left)

    def _case(self, connection: Connection, item: RunItem, report: ReportRows | None) -> _Case:
        """A file's outcome beside what is known of it; raises ValueError for a copy of bytes that are not."""
        versions = report.versions if report else item.versions
        version_set_id = self.version_set(connection, versions) if versions else None
        source = _known(connection, item.sha256)
        place = connection.execute(_PLACE, {"path": item.location}).first()
        outcome = _outcome(item, source, place, version_set_id)
        if outcome is Outcome.DUPLICATE and source is None:
            raise ValueError(f"{item.location}: a duplicate of bytes that were never stored")
        return _Case(item, outcome, source, place, version_set_id)

    def _store_outcome(
        self, connection: Connection, case: _Case, source_id: int | None, report: ReportRows | None
    ) -> tuple[int | None, list[dict[str, Any]]]:
        """The id of the report of these bytes, stored or retracted as the outcome asks for, and the cells that a re-reading
        changed."""
        known = case.report_id
        if case.outcome in WITH_REPORT and report is not None and source_id is not None:
            try:
                return self._store_report(connection, source_id, known, report, case.version_set_id)
            except (ValueError, OverflowError) as error:  # no number, or a text that is no Unicode
                raise StoreError(f"{case.item.location}: its report cannot be stored ({error})") from error
        if case.outcome is Outcome.NOT_A_REPORT and known is not None:
            connection.execute(update(REPORT).where(REPORT.c.id == known).values(retracted=1))
        return known, []

    def version_set(self, connection: Connection, versions: Versions) -> int:
        """The number of a set of versions, made when it is new."""
        if versions not in self._version_sets:
            values = dict(zip(("reader", "forms", "lexicon", "rules"), astuple(versions), strict=True))
            same = [VERSION_SET.c[name] == value for name, value in values.items()]
            found: int | None = connection.execute(select(VERSION_SET.c.id).where(*same)).scalar()
            if found is None:
                found = insert_one(connection, VERSION_SET, values)
            self._version_sets[versions] = found
        return self._version_sets[versions]

    def findings(self, connection: Connection, report_id: int, origin: str, findings: Iterable[Finding]) -> None:
        """Replaces a report's findings of one origin (``report`` or ``store``)."""
        connection.execute(delete(FINDING).where(FINDING.c.report_id == report_id, FINDING.c.origin == origin))
        self._insert_findings(connection, report_id, origin, findings)

    def _insert_findings(
        self, connection: Connection, report_id: int, origin: str, findings: Iterable[Finding]
    ) -> None:
        known = self._known_numbers(connection)
        for position, finding in enumerate(findings):
            row = {"report_id": report_id, "origin": origin, "position": position, **finding_row(finding)}
            finding_id = insert_one(connection, FINDING, row)
            insert_many(connection, FINDING_PLACE, finding_place_rows(finding, known), finding_id=finding_id)

    def _store_report(
        self,
        connection: Connection,
        source_id: int,
        report_id: int | None,
        report: ReportRows,
        version_set_id: int | None,
    ) -> tuple[int, list[dict[str, Any]]]:
        """The report's id, and the cells that differ from an older reading of the same bytes."""
        row = report.report | {
            "agency_id": agency_of(connection, report.identity),
            "version_set_id": version_set_id,
            "retracted": 0,
            "is_current": 0,
            "version": 0,
        }
        is_new = report_id is None
        changes: list[dict[str, Any]] = []
        if report_id is None:
            report_id = insert_one(connection, REPORT, {"source_id": source_id, **row})
        cells = self._cell_rows(connection, report_id, report)
        if not is_new:
            before = select(CELL.c.indicator_id, CELL.c.state, CELL.c.value).where(CELL.c.report_id == report_id)
            old = ((number, state, value) for number, state, value in connection.execute(before))
            changes = changed_cells(old, [cell[1:4] for cell in cells])
            _delete_parts(connection, report_id)
            connection.execute(update(REPORT).where(REPORT.c.id == report_id).values(row))
        insert_tuples(connection, CELL, _CELL, cells)
        evidence = [(report_id, self._by_key[key][0], *place) for key, *place in report.evidence]
        insert_tuples(connection, CELL_EVIDENCE, _EVIDENCE, sorted(evidence))
        for name, rows in report.parts.items():
            insert_many(connection, METADATA.tables[name], rows, report_id=report_id)
        search.add(connection, report_id, report.entries)
        self._insert_findings(connection, report_id, "report", report.findings)
        if corrections.speak_of(connection, report.source.sha256):
            settle_corrections(connection, report_id)
        return report_id, changes

    def _cell_rows(self, connection: Connection, report_id: int, report: ReportRows) -> list[tuple[Any, ...]]:
        """The rows of ``cell`` in the order of their key; indicators that the database does not know are added."""
        known = self._known_numbers(connection)
        rows: list[tuple[Any, ...]] = []
        for key, state, value, raw, unit in report.cells:
            if key not in self._by_key:
                self._by_key[key] = add(connection, known, CellKey.parse(key), {}), None
            number, usual = self._by_key[key]
            rows.append((report_id, number, state, value, raw, None if unit == usual else unit or ""))
        return sorted(rows, key=itemgetter(1))

    def _known_numbers(self, connection: Connection) -> dict[CellKey, int]:
        if not self._numbers:
            self._numbers = numbers(connection)
            units = {number: unit for number, unit in connection.execute(_UNITS)}  # noqa: C416 - no pairs to mypy
            self._by_key = {str(key): (number, units[number]) for key, number in self._numbers.items()}
        return self._numbers


def _verify(item: RunItem, report: ReportRows | None) -> None:
    if (report is not None) != (item.outcome in WITH_REPORT):
        raise ValueError(f"{item.location}: outcome {item.outcome} {'with' if report else 'without'} a report")
    if report is not None and report.source.sha256 != item.sha256:
        raise ValueError(f"{item.location}: the report was read from other bytes than the item says")


def _known(connection: Connection, sha256: str | None) -> AnyRow | None:
    """The source of these bytes, with its report and the versions that read it."""
    if sha256 is None:
        return None
    return connection.execute(_KNOWN, {"sha256": sha256}).first()


def _outcome(item: RunItem, source: AnyRow | None, place: AnyRow | None, version_set_id: int | None) -> Outcome:
    """The item's outcome, or ``duplicate`` when the same versions read the same bytes at another place already. A place
    where the report stood before something failed there is no other one."""
    if item.outcome in WITH_REPORT and source is not None and source.report_id is not None:
        known_here = place is not None and (place.source_id == source.id or place.report_id == source.report_id)
        if not known_here and not item.stated and source.version_set_id == version_set_id:
            return Outcome.DUPLICATE
    return item.outcome


def _copy_of(connection: Connection, item: RunItem, source_id: int | None) -> str:
    """Of which file a duplicate is a copy: the first place where its bytes are."""
    first = connection.execute(_COPIES, {"source": source_id, "path": item.location}).scalar()
    return f"the same bytes as {first}" if first else "the same bytes were stored before"


def _settle(connection: Connection, before: Iterable[Group], report_id: int | None) -> bool:
    """Settles anew which report of each group is current, that of the report among them; whether that one is."""
    own = _group(connection, report_id) if report_id is not None else None
    groups = dict.fromkeys(group for group in (*before, own) if group is not None)
    current = {settle(connection, group) for group in groups}
    if report_id is None or own is None:
        return False
    return settle_alone(connection, report_id) if is_alone(own) else report_id in current


def _left(connection: Connection, before: Iterable[Group], report_id: int | None) -> frozenset[tuple[str, Scope]]:
    """Handles of the agencies, and scopes, whose reports changed in number as this one went to another."""
    own = _group(connection, report_id) if report_id is not None else (None, None, "")
    gone = {(agency_id, scope) for agency_id, _, scope in before} - {(own[0], own[2])}
    names = select(AGENCY.c.name, AGENCY.c.place_code)
    rows = [(connection.execute(names.where(AGENCY.c.id == number)).first(), scope) for number, scope in gone]
    return frozenset((handle_of(row.name, row.place_code), Scope(scope)) for row, scope in rows if row is not None)


def _source_id(connection: Connection, case: _Case, report: ReportRows | None) -> int | None:
    """The id of the bytes, stored or renewed unless they are a duplicate's; None where they could not be read."""
    item, source = case.item, case.source
    if case.outcome is Outcome.DUPLICATE or item.sha256 is None:
        return None if source is None else int(source.id)
    values: dict[str, Any] = {"outcome": item.outcome.value, "version_set_id": case.version_set_id}
    if item.size is not None:
        values["size"] = item.size
    if report is not None:
        values |= {
            "name": report.source.name,
            "media_type": report.source.media_type,
            "page_count": report.source.pages,
        }
    if source is not None:
        connection.execute(update(SOURCE).where(SOURCE.c.id == source.id).values(values))
        return int(source.id)
    return insert_one(connection, SOURCE, {"sha256": item.sha256, **values})


def _store_location(connection: Connection, case: _Case, source_id: int | None, report_id: int | None) -> int:
    """Notes what was found at a place. A report that was found there stays noted until another one is."""
    values = {
        "size": case.item.size,
        "mtime_ns": case.item.mtime_ns,
        "source_id": source_id,
        "outcome": case.outcome.value,
        "version_set_id": case.version_set_id,
    }
    if report_id is not None:
        values["report_id"] = report_id
    if case.place is not None:
        connection.execute(update(LOCATION).where(LOCATION.c.id == case.place.id).values(values))
        return int(case.place.id)
    return insert_one(connection, LOCATION, {"path": case.item.location, **values})


def _group(connection: Connection, report_id: int) -> Group:
    row = connection.execute(_GROUP, {"report": report_id}).one()
    return row.agency_id, row.year, row.scope


def _delete_parts(connection: Connection, report_id: int) -> None:
    search.remove(connection, report_id)
    for name in ("finding", "fact", *(part for part in PARTS if part != "fact"), "cell_evidence", "cell"):
        table = METADATA.tables[name]
        connection.execute(delete(table).where(table.c.report_id == report_id))
