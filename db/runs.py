"""Runs, and what they saw: places, the bytes there, what became of each file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, func, select

from db.records import KnownSource, Outcome, Run, RunItem, Seen, handle_of
from db.schema import AGENCY, FETCH, JUDGEMENT, LOCATION, REPORT, RUN, RUN_ITEM, SOURCE, VERSION_SET
from db.types import AnyRow
from parsers.report import Scope, Versions

_SEEN = (
    select(
        LOCATION.c.path,
        LOCATION.c.size,
        LOCATION.c.mtime_ns,
        SOURCE.c.sha256,
        func.coalesce(SOURCE.c.outcome, LOCATION.c.outcome),
        VERSION_SET.c.reader,
        VERSION_SET.c.forms,
        VERSION_SET.c.lexicon,
        VERSION_SET.c.rules,
    )
    .join(SOURCE, SOURCE.c.id == LOCATION.c.source_id, isouter=True)
    .join(
        VERSION_SET,
        VERSION_SET.c.id == func.coalesce(SOURCE.c.version_set_id, LOCATION.c.version_set_id),
        isouter=True,
    )
)
_SOURCE = (
    select(SOURCE.c.outcome, SOURCE.c.version_set_id, REPORT.c.id)
    .join(REPORT, REPORT.c.source_id == SOURCE.c.id, isouter=True)
    .where(SOURCE.c.sha256 == bindparam("sha256"))
)
_SEEN_THERE = _SEEN.where(LOCATION.c.path == bindparam("path"))


def seen(connection: Connection, path: str) -> Seen | None:
    """What was seen at a location; None when it was never recorded."""
    row = connection.execute(_SEEN_THERE, {"path": path}).first()
    return None if row is None else _seen(row)


def seen_files(connection: Connection) -> dict[str, Seen]:
    """Every location."""
    return {row.path: _seen(row) for row in connection.execute(_SEEN)}


def _seen(row: AnyRow) -> Seen:
    """The outcome of a source is that of its last reading, at whatever place."""
    _, size, mtime_ns, sha256, outcome, *versions = row
    made_by = None if versions[0] is None else Versions(*versions)
    return Seen(size, mtime_ns, sha256, Outcome(outcome), made_by)


_REASON = (
    select(RUN_ITEM.c.reason)
    .join(LOCATION, LOCATION.c.id == RUN_ITEM.c.location_id)
    .where(LOCATION.c.path == bindparam("path"))
    .order_by(RUN_ITEM.c.id.desc())
    .limit(1)
)


def reason(connection: Connection, path: str) -> str:
    """Why the last outcome of a location is what it is; empty where that was never told."""
    return connection.execute(_REASON, {"path": path}).scalar() or ""


_NO_REPORT = select(
    exists().where(FETCH.c.sha256 == bindparam("sha256"))
    & ~exists().where(JUDGEMENT.c.sha256 == bindparam("sha256"), JUDGEMENT.c.verdict != "not_a_report")
)


def is_no_report(connection: Connection, sha256: str) -> bool:
    """See :meth:`db.store.Store.is_no_report`."""
    return bool(connection.execute(_NO_REPORT, {"sha256": sha256}).scalar())


def agencies_of_run(connection: Connection, run_id: int) -> set[tuple[str, Scope]]:
    """Handles of the agencies, and scopes, of the reports that a run wrote."""
    wanted = (
        select(AGENCY.c.name, AGENCY.c.place_code, REPORT.c.scope)
        .join(REPORT, REPORT.c.agency_id == AGENCY.c.id)
        .join(RUN_ITEM, RUN_ITEM.c.report_id == REPORT.c.id)
        .where(RUN_ITEM.c.run_id == run_id)
        .distinct()
    )
    return {(handle_of(name, code), Scope(scope)) for name, code, scope in connection.execute(wanted)}


def reports_by_versions(connection: Connection) -> dict[Versions, int]:
    """How many reports each set of versions read, the most recent set first; retracted ones are left out."""
    wanted = (
        select(VERSION_SET, func.count().label("reports"))
        .join(REPORT, REPORT.c.version_set_id == VERSION_SET.c.id)
        .where(REPORT.c.retracted == 0)
        .group_by(*VERSION_SET.c)
        .order_by(VERSION_SET.c.id.desc())
    )
    return {
        Versions(row.reader, row.forms, row.lexicon, row.rules): row.reports for row in connection.execute(wanted)
    }


def known_source(connection: Connection, sha256: str) -> KnownSource | None:
    """What is known of the bytes with this hash; None when they were never recorded."""
    row = connection.execute(_SOURCE, {"sha256": sha256}).first()
    if row is None:
        return None
    return KnownSource(sha256, Outcome(row.outcome), _version_sets(connection).get(row.version_set_id), row.id)


def _version_sets(connection: Connection) -> dict[int, Versions]:
    return {
        row.id: Versions(row.reader, row.forms, row.lexicon, row.rules)
        for row in connection.execute(select(VERSION_SET))
    }


def all_runs(connection: Connection) -> list[Run]:
    """All runs, the latest first."""
    counted: dict[int, dict[Outcome, int]] = {}
    for run_id, outcome, count in connection.execute(
        select(RUN_ITEM.c.run_id, RUN_ITEM.c.outcome, func.count()).group_by(RUN_ITEM.c.run_id, RUN_ITEM.c.outcome)
    ):
        counted.setdefault(run_id, {})[Outcome(outcome)] = count
    return [
        Run(
            row.id,
            row.command,
            datetime.fromisoformat(row.started),
            datetime.fromisoformat(row.finished) if row.finished else None,
            row.skipped,
            counted.get(row.id, {}),
        )
        for row in connection.execute(select(RUN).order_by(RUN.c.id.desc()))
    ]


def run_items(connection: Connection, run_id: int, outcome: Outcome | None) -> Iterator[tuple[RunItem, int | None]]:
    """A run's items with the ids of their reports."""
    version_sets = _version_sets(connection)
    wanted = (
        select(RUN_ITEM, LOCATION.c.path, LOCATION.c.size, LOCATION.c.mtime_ns, SOURCE.c.sha256)
        .join(LOCATION, LOCATION.c.id == RUN_ITEM.c.location_id)
        .join(SOURCE, SOURCE.c.id == RUN_ITEM.c.source_id, isouter=True)
        .where(RUN_ITEM.c.run_id == run_id)
        .order_by(RUN_ITEM.c.id)
    )
    if outcome is not None:
        wanted = wanted.where(RUN_ITEM.c.outcome == outcome.value)
    for row in connection.execute(wanted):
        item = RunItem(
            location=row.path,
            outcome=Outcome(row.outcome),
            sha256=row.sha256,
            size=row.size,
            mtime_ns=row.mtime_ns,
            versions=version_sets.get(row.version_set_id),
            seconds=row.seconds,
            reason=row.reason,
        )
        yield item, row.report_id
