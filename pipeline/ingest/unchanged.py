"""The quick answer to an ingest that has nothing to do: every file found is as it was.

A nightly run over a folder that did not change should cost next to nothing, and loading the store's libraries alone
takes longer than looking at some thousand files. So this asks a SQLite database directly, file by file, so that a million
of them take no memory, and at the first doubt gives no answer: then the ingest goes its usual way.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from db.revision import HEAD
from pipeline.database import sqlite_path
from pipeline.ingest.archived import archived_as
from pipeline.ingest.beside import Beside, PassedOver
from pipeline.ingest.discover import discover
from pipeline.ingest.summary import MOST_LISTED
from pipeline.ingest.today import versions_today

LOCATION = """
SELECT location.size, location.mtime_ns, coalesce(source.outcome, location.outcome) = 'failed',
    coalesce(source.version_set_id, location.version_set_id)
FROM location LEFT JOIN source ON source.id = location.source_id WHERE location.path = ?
"""
CORRECTIONS = "SELECT path, sha256 FROM correction_file"
REASON = """
SELECT run_item.reason FROM run_item JOIN location ON location.id = run_item.location_id
WHERE location.path = ? ORDER BY run_item.id DESC LIMIT 1
"""
NO_REPORT = """
SELECT EXISTS (SELECT 1 FROM fetch WHERE sha256 = ?1)
    AND NOT EXISTS (SELECT 1 FROM judgement WHERE sha256 = ?1 AND verdict <> 'not_a_report')
"""
REVISION = "SELECT version_num FROM alembic_version"
TODAY = "SELECT id FROM version_set WHERE (reader, forms, lexicon, rules) = (?, ?, ?, ?)"
UNFINISHED = "SELECT count(*) FROM run WHERE finished IS NULL"


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A folder as it was: its files, those of them that failed when they were read, those that another version of the
    program read, those that are no documents."""

    files: int
    failed_before: int
    of_another_version: int
    passed_over: PassedOver
    failed: tuple[tuple[str, str], ...] = ()
    """Location and reason of the first of those that failed."""
    no_reports: int = 0


def unchanged(url: str, paths: Iterable[str]) -> Unchanged | None:
    """What there is when nothing changed since the last ingest, which was finished; None when something did, or when
    that cannot be told. Raises BadInput for paths and manifests that cannot be used."""
    path = sqlite_path(url)
    if path is None or not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True)) as connection:
            if connection.execute(REVISION).fetchone() != (HEAD,):
                return None  # there is something to do: the schema
            if connection.execute(UNFINISHED).fetchone() != (0,):
                return None
            return _compared(connection, paths)
    except sqlite3.Error:
        return None


def _compared(connection: sqlite3.Connection, paths: Iterable[str]) -> Unchanged | None:
    files = failed = of_another = no_reports = 0
    listed: list[tuple[str, str]] = []
    today = connection.execute(TODAY, versions_today()).fetchone() or (None,)
    beside = Beside()
    for found in discover(paths, beside.passed_over):
        beside.found(found.location)
        archived = archived_as(found.location)
        if archived is not None and connection.execute(NO_REPORT, (archived,)).fetchone() == (1,):
            no_reports += 1
            continue
        before = connection.execute(LOCATION, (found.location,)).fetchone() or (None, None, 0, None)
        size, stamp, has_failed, *versions = before
        if (size, stamp) != (found.size, found.stamp):
            return None
        files += 1
        if has_failed:
            failed += 1
            if len(listed) < MOST_LISTED:
                (reason,) = connection.execute(REASON, (found.location,)).fetchone() or ("",)
                listed.append((found.location, reason or ""))
        of_another += tuple(versions) != today
    applied = dict(connection.execute(CORRECTIONS))
    if any(applied.get(str(path)) != _hash_of(path) for path in beside.paths):
        return None
    return Unchanged(files, failed, of_another, beside.others, tuple(listed), no_reports)


def _hash_of(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
