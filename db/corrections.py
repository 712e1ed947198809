"""Corrections in the database: a layer over the cells, bound to the bytes of the document and to nothing else.

Because no cell of a report is touched, a document may be read again as often as one likes, before or after. What a
correction makes of a report's findings is :mod:`db.settling`'s to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, bindparam, select, update

from db.encode import STATE_OF, STATES
from db.inserts import insert_one
from db.records import Applied, Correction, Standing, StoredCorrection, Verdict, handle_of
from db.schema import AGENCY, CELL, CORRECTION, CORRECTION_FILE, INDICATOR, LOCATION, REPORT, SOURCE
from db.types import AnyRow
from db.vocabulary import numbers
from parsers.report import CellKey, Scope

_SPEAKS = select(CORRECTION.c.id).where(
    CORRECTION.c.sha256 == bindparam("of_bytes"), CORRECTION.c.withdrawn.is_(None)
)


def apply(
    connection: Connection, path: str, sha256: str, stated: Iterable[Correction], now: str
) -> tuple[Applied, set[str]]:
    """See :meth:`db.store.Store.apply_corrections`; ``now`` is the moment, UTC. Gives the hashes of the documents too of
    whose cells something else is said now. Raises ValueError for a cell that is in no form."""
    file_id = _file(connection, path, sha256, now)
    known = numbers(connection)
    before = {(c.sha256, c.key): (row, c) for row, c in _in_force(connection)}
    wanted = {(correction.sha256, correction.key): correction for correction in stated}
    added = kept = withdrawn = overruled = 0
    touched: set[str] = set()
    for place, (row, correction) in before.items():
        if row.file_id == file_id and wanted.get(place) != correction:
            _withdraw(connection, row.id, now)
            withdrawn += place not in wanted
            touched.add(correction.sha256)
    for place, correction in wanted.items():
        if place in before:
            row, older = before[place]
            if older == correction:
                # Another file may hold the same line, as when the folder was moved: the one read last answers for it.
                connection.execute(update(CORRECTION).where(CORRECTION.c.id == row.id).values(file_id=file_id))
                kept += 1
                continue
            if row.file_id != file_id:
                if (older.when, row.path) >= (correction.when, path):
                    overruled += 1
                    continue
                _withdraw(connection, row.id, now)
        if correction.key not in known:
            raise ValueError(f"{correction.key} is in no form")
        insert_one(connection, CORRECTION, _row(correction, known[correction.key], file_id, now))
        added += 1
        touched.add(correction.sha256)
    return Applied(added, kept, withdrawn, overruled), touched


def speak_of(connection: Connection, sha256: str) -> bool:
    """Whether a correction in force speaks of the document with this hash."""
    return connection.execute(_SPEAKS, {"of_bytes": sha256}).first() is not None


def of_report(connection: Connection, report_id: int) -> dict[CellKey, Correction]:
    """The corrections in force of a report's cells."""
    wanted = (
        select(CORRECTION, INDICATOR.c.key)
        .join(INDICATOR, INDICATOR.c.id == CORRECTION.c.indicator_id)
        .join(SOURCE, SOURCE.c.sha256 == CORRECTION.c.sha256)
        .join(REPORT, REPORT.c.source_id == SOURCE.c.id)
        .where(REPORT.c.id == report_id, CORRECTION.c.withdrawn.is_(None))
    )
    return {CellKey.parse(row.key): _correction(row) for row in connection.execute(wanted)}


def agencies_of(connection: Connection) -> set[tuple[str, Scope]]:
    """See :meth:`db.store.Store.corrected_agencies`."""
    wanted = (
        select(AGENCY.c.name, AGENCY.c.place_code, REPORT.c.scope)
        .join(REPORT, REPORT.c.agency_id == AGENCY.c.id)
        .join(SOURCE, SOURCE.c.id == REPORT.c.source_id)
        .where(SOURCE.c.sha256.in_(select(CORRECTION.c.sha256)))
    )
    return {(handle_of(name, code), Scope(scope)) for name, code, scope in connection.execute(wanted)}


def files(connection: Connection) -> dict[str, str]:
    """See :meth:`db.store.Store.correction_files`."""
    return {row.path: row.sha256 for row in connection.execute(select(CORRECTION_FILE))}


def stored(connection: Connection, report_id: int | None) -> list[StoredCorrection]:
    """See :meth:`db.store.Store.corrections`."""
    here = select(LOCATION.c.id).where(LOCATION.c.source_id == SOURCE.c.id).exists()
    of_cell = (CELL.c.report_id == REPORT.c.id) & (CELL.c.indicator_id == CORRECTION.c.indicator_id)
    wanted = (
        select(
            CORRECTION,
            CORRECTION_FILE.c.path,
            INDICATOR.c.key,
            SOURCE.c.name,
            REPORT.c.id.label("report"),
            CELL.c.state.label("state_read"),
            CELL.c.value.label("value_read"),
            here.label("here"),
        )
        .join(CORRECTION_FILE, CORRECTION_FILE.c.id == CORRECTION.c.file_id)
        .join(INDICATOR, INDICATOR.c.id == CORRECTION.c.indicator_id)
        .join(SOURCE, SOURCE.c.sha256 == CORRECTION.c.sha256, isouter=True)
        .join(REPORT, REPORT.c.source_id == SOURCE.c.id, isouter=True)
        .join(CELL, of_cell, isouter=True)
        .where(CORRECTION.c.withdrawn.is_(None))
        .order_by(CORRECTION.c.sha256, INDICATOR.c.position, INDICATOR.c.key)
    )
    if report_id is not None:
        wanted = wanted.where(REPORT.c.id == report_id)
    return [_stored(row) for row in connection.execute(wanted)]


def _stored(row: AnyRow) -> StoredCorrection:
    correction = _correction(row)
    if row.report is None:
        standing = Standing.NOT_INGESTED
    else:
        standing = Standing.IN_FORCE if row.here else Standing.STALE
    agrees = None if row.state_read is None else (row.state_read, row.value_read) == (row.state, row.value)
    return StoredCorrection(correction, row.path, standing, row.report, row.name, agrees)


def _in_force(connection: Connection) -> list[tuple[AnyRow, Correction]]:
    wanted = (
        select(CORRECTION, CORRECTION_FILE.c.path, INDICATOR.c.key)
        .join(CORRECTION_FILE, CORRECTION_FILE.c.id == CORRECTION.c.file_id)
        .join(INDICATOR, INDICATOR.c.id == CORRECTION.c.indicator_id)
        .where(CORRECTION.c.withdrawn.is_(None))
    )
    return [(row, _correction(row)) for row in connection.execute(wanted)]


def _correction(row: AnyRow) -> Correction:
    return Correction(
        sha256=row.sha256,
        key=CellKey.parse(row.key),
        verdict=Verdict(row.verdict),
        state=STATE_OF[row.state],
        value=row.value,
        printed=row.printed,
        who=row.who,
        when=date.fromisoformat(row.decided),
        why=row.why,
    )


def _row(correction: Correction, number: int, file_id: int, now: str) -> dict[str, object]:
    return {
        "sha256": correction.sha256,
        "indicator_id": number,
        "verdict": correction.verdict.value,
        "state": STATES[correction.state],
        "value": correction.value,
        "printed": correction.printed,
        "who": correction.who,
        "decided": correction.when.isoformat(),
        "why": correction.why,
        "file_id": file_id,
        "added": now,
    }


def _withdraw(connection: Connection, number: int, now: str) -> None:
    connection.execute(update(CORRECTION).where(CORRECTION.c.id == number).values(withdrawn=now))


def _file(connection: Connection, path: str, sha256: str, now: str) -> int:
    found: int | None = connection.execute(
        select(CORRECTION_FILE.c.id).where(CORRECTION_FILE.c.path == path)
    ).scalar()
    if found is None:
        return insert_one(connection, CORRECTION_FILE, {"path": path, "sha256": sha256, "read": now})
    changed = (CORRECTION_FILE.c.id == found) & (CORRECTION_FILE.c.sha256 != sha256)
    connection.execute(update(CORRECTION_FILE).where(changed).values(sha256=sha256, read=now))
    return found
