"""The store: everything that is written to the database and read back from it passes through here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, bindparam, update

from db import agencies, corrections
from db.database import Database
from db.encode import ReportRows, rows_of
from db.inserts import insert_one
from db.lookups import Lookups
from db.records import Applied, Correction, Recorded, RunItem
from db.schema import LOCATION, RUN
from db.settling import settle_documents
from db.vocabulary import synchronise
from db.writing import Writer
from parsers.report import Finding, Report, Versions

_GOES_ON = update(RUN).where(RUN.c.id == bindparam("run"), RUN.c.finished.is_not(None)).values(finished=None)


class Store(Lookups, AbstractContextManager["Store"]):
    """A database of reports. Use it as a context manager. Processes that write wait for each other, a transaction at a time.

    Every method raises StoreError, with a sentence that says what to do, when the database cannot be used
    (locked, full, read-only, damaged).
    """

    def __init__(self, database: Database) -> None:
        """For :meth:`open` and :meth:`open_readonly` only."""
        super().__init__(database)
        self._writer = Writer()

    @classmethod
    def open(cls, url: str, *, create: bool = True) -> Self:
        """The store at a SQLAlchemy URL (``sqlite:///nianbao.db``) or a path, ready for writing.

        A database that is not there is made when ``create`` is true; an older one is migrated. Raises StoreError
        when the URL is wrong, the file is no database of ours, or a newer program made it.
        """
        return cls(Database.open(url, create=create))

    @classmethod
    def open_readonly(cls, url: str) -> Self:
        """The store for reading only: nothing is created or migrated, and a write raises StoreError.

        Raises StoreError when there is no such database or its schema is not this program's.
        """
        return cls(Database.open_readonly(url))

    @property
    def url(self) -> str:
        """The database's URL, the password hidden."""
        return self.database.url

    def close(self) -> None:
        """Closes all connections; the store cannot be used afterwards."""
        self.database.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction; after one that failed, what the writer remembers of it is forgotten."""
        try:
            with self.database.writing() as connection:
                yield connection
        except BaseException:
            self._writer = Writer()
            raise

    def begin_run(self, command: str, versions: Versions) -> int:
        """The id of a new run of ``command`` (as the user typed it) by a program of these versions."""
        with self._writing() as connection:
            synchronise(connection)
            versions_id = self._writer.version_set(connection, versions)
            return insert_one(
                connection,
                RUN,
                {
                    "command": command,
                    "started": _now(),
                    "interrupted": 0,
                    "skipped": 0,
                    "version_set_id": versions_id,
                },
            )

    def finish_run(self, run_id: int, *, skipped: int = 0, interrupted: bool = False) -> None:
        """Marks the run as ended. ``skipped`` counts unchanged files; ``interrupted`` says that it was broken off."""
        with self._writing() as connection:
            connection.execute(
                update(RUN)
                .where(RUN.c.id == run_id)
                .values(finished=_now(), skipped=skipped, interrupted=int(interrupted))
            )

    def record(self, run_id: int, item: RunItem, report: Report | ReportRows | None = None) -> Recorded:
        """Stores one file's outcome, and its report where it has one, in one transaction.

        The report may come as the rows that it is (:func:`db.encode.rows_of`), made where it was read.

        ============================  =====================================================================
        bytes that are new            a new source; with a report, a new report: a version of its agency,
                                      year and scope, the current one being settled anew
        bytes that are stored, the    a duplicate: the place is added (also when two workers read the same
        same versions                 bytes at once: the second is turned into a duplicate)
        bytes that are stored, other  a re-reading: the report is replaced in place, under the same id, and
        versions, or ``item``'s place the cells that changed are kept as ``cell_change``
        was read before (``--force``)
        a failed re-reading           the outcome is kept, the older report stays as it is
        a re-reading that says        the older report stays, retracted: never current again until a
        ``not_a_report``              re-reading gives a report
        ============================  =====================================================================

        ``outcome`` ``ok`` and ``partial`` need a report, the others take none; ``duplicate`` needs the hash of a
        stored source. Raises ValueError otherwise.
        """
        (recorded,) = self.record_all(run_id, [(item, report)])
        return recorded

    def record_all(
        self, run_id: int, items: Iterable[tuple[RunItem, Report | ReportRows | None]]
    ) -> Sequence[Recorded]:
        """The same for several files in one transaction: all of them are stored, or none. A run that somebody took for
        killed and marked as ended counts as unfinished again."""
        given = [(item, rows_of(report) if isinstance(report, Report) else report) for item, report in items]
        with self._writing() as connection:
            connection.execute(_GOES_ON, {"run": run_id})
            return [self._writer.record(connection, run_id, item, report) for item, report in given]

    def touch(self, location: str, *, size: int, mtime_ns: int) -> None:
        """Notes the new size and time of a location whose bytes were found to be the same as before."""
        with self._writing() as connection:
            connection.execute(
                update(LOCATION).where(LOCATION.c.path == location).values(size=size, mtime_ns=mtime_ns)
            )

    def add_alias(self, alias: str, agency: str, *, place_code: str | None = None) -> int:
        """Makes ``alias`` (a normalised name) another spelling of ``agency`` (a name or handle); the number of reports moved.

        With ``place_code`` it holds for reports of that place only. Reports stored under the alias move to the
        agency at once, later ones on arrival. Raises BadInput when the agency is not known or the name fits several.
        """
        with self._writing() as connection:
            return agencies.add_alias(connection, alias, agency, place_code or "")

    def record_cross_findings(self, report_id: int, findings: Iterable[Finding]) -> None:
        """Replaces the findings that comparing this report with others gave (last year's, neighbours')."""
        with self._writing() as connection:
            self._writer.findings(connection, report_id, "store", findings)

    def apply_corrections(self, path: str, sha256: str, stated: Iterable[Correction]) -> Applied:
        """Makes the corrections of the file at ``path`` (its bytes' hash beside it) the ones that ``stated`` gives.

        What the file held before and no longer does is withdrawn, and kept as history. Where another file speaks of
        the same cell, the later decision is in force. What was read stays; what its findings are worth with the figures
        that people saw is settled anew, for the findings of the report alone: those over the years are the caller's.
        """
        with self._writing() as connection:
            synchronise(connection)
            applied, touched = corrections.apply(connection, path, sha256, stated, _now())
            settle_documents(connection, touched)
            return applied

    def backup(self, path: Path) -> None:
        """Writes a consistent copy of a SQLite database to a new file, while others may go on writing."""
        self.database.copy(path)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
