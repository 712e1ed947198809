"""Runs, and what they saw: places, the bytes there, what became of each file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, func, select

from db.records import KnownSource, Outcome, Run, Seen, handle_of
from db.schema import AGENCY, FETCH, JUDGEMENT, LOCATION, REPORT, RUN, RUN_ITEM, SOURCE, VERSION_SET
from parsers.report import Scope, Versions

_VERSIONS = VERSION_SET.c.reader, VERSION_SET.c.forms, VERSION_SET.c.lexicon, VERSION_SET.c.rules
_SEEN = (
    select(
        LOCATION.c.size,
        LOCATION.c.mtime_ns,
        SOURCE.c.sha256,
        func.coalesce(SOURCE.c.outcome, LOCATION.c.outcome),
        *_VERSIONS,
    )
    .join(SOURCE, SOURCE.c.id == LOCATION.c.source_id, isouter=True)
    .join(
        VERSION_SET,
        VERSION_SET.c.id == func.coalesce(SOURCE.c.version_set_id, LOCATION.c.version_set_id),
        isouter=True,
    )
    .where(LOCATION.c.path == bindparam("path"))
)
_SOURCE = (
    select(SOURCE.c.outcome, REPORT.c.id, *_VERSIONS)
    .join(REPORT, REPORT.c.source_id == SOURCE.c.id, isouter=True)
    .join(VERSION_SET, VERSION_SET.c.id == SOURCE.c.version_set_id, isouter=True)
    .where(SOURCE.c.sha256 == bindparam("sha256"))
)


def seen(connection: Connection, path: str) -> Seen | None:
    """What was seen at a location, the outcome that of the last reading of its bytes, at whatever place; None when it was
    never recorded."""
    row = connection.execute(_SEEN, {"path": path}).first()
    if row is None:
        return None
    size, mtime_ns, sha256, outcome, *words = row
    return Seen(size, mtime_ns, sha256, Outcome(outcome), _versions(words))


def _versions(words: Sequence[str | None]) -> Versions | None:
    """Versions from the columns ``_VERSIONS``; None where nothing was joined."""
    reader, forms, lexicon, rules = words
    return None if reader is None else Versions(reader, forms or "", lexicon or "", rules or "")


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
    outcome, report_id, *words = row
    return KnownSource(sha256, Outcome(outcome), _versions(words), report_id)


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
