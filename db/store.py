"""The store: everything that is written to the database and read back from it passes through here."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, update

from db import agencies, areas, corrections, currency, figures, reading, runs, search, streams
from db.decode import read_facts
from db.encode import ReportRows, rows_of
from db.engine import parsed_url, read_only_connection, reading_engine, shown, sqlite_file, told, writing_engine
from db.inserts import insert_one
from db.migrations import migrate, newer, revision_of
from db.query import sqlite_query
from db.records import (
    Agency,
    Applied,
    Correction,
    FactFigure,
    FormFigure,
    KnownSource,
    Outcome,
    Recorded,
    ReportEntry,
    Run,
    RunItem,
    SearchHit,
    Seen,
    StoredCorrection,
    StoredFact,
    StoredFinding,
    StoredReport,
)
from db.revision import HEAD
from db.schema import INTERNAL, LOCATION, METADATA, RUN
from db.settling import settle_all, settle_documents
from db.views import all_views
from db.vocabulary import synchronise
from db.writing import Writer
from parsers.errors import BadInput, StoreError
from parsers.report import Cell, CellKey, Fact, FactKind, FactRole, Finding, Report, Scope, Severity, Versions, Whose


class Store(AbstractContextManager["Store"]):
    """A database of reports. Use it as a context manager; one process at a time should write.

    Every method raises StoreError, with a sentence that says what to do, when the database cannot be used
    (locked, full, read-only, damaged).
    """

    def __init__(self, address: URL, write_engine: Engine | None) -> None:
        """For :meth:`open` and :meth:`open_readonly` only."""
        self._address = address
        self._write_engine = write_engine
        self._read_engine = reading_engine(address)
        self._writer = Writer()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction; what went wrong is told as a StoreError, and nothing of it stays."""
        if self._write_engine is None:
            raise StoreError(f"{shown(self._address)}: opened for reading only")
        try:
            with told(self._address), self._write_engine.begin() as connection:
                yield connection
        except BaseException:
            self._writer = Writer()
            raise

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told(self._address), self._read_engine.connect() as connection:
            yield connection

    # ---------------------------------------------------------------- opening

    @classmethod
    def open(cls, url: str, *, create: bool = True) -> Self:
        """The store at a SQLAlchemy URL (``sqlite:///nianbao.db``) or a path, ready for writing.

        A database that is not there is made when ``create`` is true; an older one is migrated. Raises StoreError
        when the URL is wrong, the file is no database of ours, or a newer program made it.
        """
        address = parsed_url(url)
        path = _file_of(address)
        exists = path is None or (path.exists() and path.stat().st_size > 0)
        if not exists and not create:
            raise StoreError(f"{path}: no such database; nianbao ingest makes one")
        if path is not None and not path.parent.is_dir():
            raise StoreError(f"{path}: the folder {path.parent} does not exist; make it first")
        with told(address):
            if exists:  # looked at without touching it, as it may be somebody else's
                with _disposing(reading_engine(address)) as engine, engine.connect() as connection:
                    revision = revision_of(connection)
            else:
                revision = None
            writer = writing_engine(address)
            if revision != HEAD:
                with writer.begin() as connection:
                    migrate(connection)
                    synchronise(connection)
                    settle_all(connection)
        return cls(address, writer)

    @classmethod
    def open_readonly(cls, url: str) -> Self:
        """The store for reading only: nothing is created or migrated, and a write raises StoreError.

        Raises StoreError when there is no such database or its schema is not this program's.
        """
        address = parsed_url(url)
        path = _file_of(address)
        if path is not None and not path.is_file():
            raise StoreError(f"{path}: no such database; nianbao ingest makes one")
        with told(address), _disposing(reading_engine(address)) as engine, engine.connect() as connection:
            revision = revision_of(connection)
        if revision is None:
            raise StoreError(f"{shown(address)}: an empty database; nianbao ingest fills one")
        if revision > HEAD:
            raise newer(shown(address), revision)
        if revision < HEAD:
            raise StoreError(
                f"{shown(address)}: made by an older nianbao (schema {revision}); any command that writes, like ingest, updates it"
            )
        return cls(address, None)

    @property
    def url(self) -> str:
        """The database's URL, the password hidden."""
        return self._address.render_as_string(hide_password=True)

    def close(self) -> None:
        """Closes all connections; the store cannot be used afterwards."""
        with told(self._address):
            # The writer goes last: SQLite moves the write-ahead log into the file when its last connection closes.
            self._read_engine.dispose()
            if self._write_engine is not None:
                self._write_engine.dispose()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ---------------------------------------------------------------- writing

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
        """The same for several files in one transaction: all of them are stored, or none."""
        given = [(item, rows_of(report) if isinstance(report, Report) else report) for item, report in items]
        with self._writing() as connection:
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

    # ---------------------------------------------------------------- what was seen

    def seen(self, location: str) -> Seen | None:
        """What was seen at a location last, by which unchanged files are skipped; None when it was never recorded."""
        with self._reading() as connection:
            return runs.seen(connection, location)

    def seen_files(self) -> Mapping[str, Seen]:
        """Every location ever recorded, in one query."""
        with self._reading() as connection:
            return runs.seen_files(connection)

    def known_source(self, sha256: str) -> KnownSource | None:
        """What is known of these bytes; None when they were never recorded."""
        with self._reading() as connection:
            return runs.known_source(connection, sha256)

    def runs(self) -> Sequence[Run]:
        """All runs, the latest first."""
        with self._reading() as connection:
            return runs.all_runs(connection)

    def run_items(self, run_id: int, *, outcome: Outcome | None = None) -> Iterator[tuple[RunItem, int | None]]:
        """A run's items in the order of their recording, each with the id of its report (None without)."""
        with self._reading() as connection:
            yield from runs.run_items(connection, run_id, outcome)

    # ---------------------------------------------------------------- reading

    def agency(self, name: str) -> Agency:
        """The agency with this name, alias or handle (``name@code``).

        Raises BadInput when there is none (naming the nearest), or when agencies of several places bear the name
        (listing their handles).
        """
        with self._reading() as connection:
            return agencies.find(connection, name)

    def agencies(self, *, containing: str = "") -> Sequence[Agency]:
        """Agencies that have reports and whose name contains this text, sorted by name and place code."""
        with self._reading() as connection:
            return agencies.listed(connection, containing)

    def reports(
        self,
        *,
        agency: str | None = None,
        agency_ids: Collection[int] | None = None,
        year: int | None = None,
        scope: Scope | None = None,
        current_only: bool = True,
        run_id: int | None = None,
    ) -> Iterator[ReportEntry]:
        """Stored reports without contents, by agency name, year, scope, version; ``run_id`` keeps those that the run wrote."""
        with self._reading() as connection:
            yield from reading.entries(
                connection,
                agency=agency,
                agency_ids=agency_ids,
                year=year,
                scope=scope,
                current_only=current_only,
                run_id=run_id,
            )

    def report(self, agency: str, year: int, scope: Scope | None = None) -> StoredReport:
        """The current report of an agency for a year.

        Without ``scope`` the agency's own is taken, or the area's where there is only that. Raises BadInput when
        there is none, saying which years there are.
        """
        with self._reading() as connection:
            found = agencies.find(connection, agency)
            return reading.stored(connection, reading.report_of(connection, found, year, scope))

    def report_by_id(self, report_id: int) -> StoredReport:
        """A stored report, current or not; raises BadInput when there is none of this id."""
        with self._reading() as connection:
            return reading.stored(connection, report_id)

    def facts(self, report_id: int) -> tuple[Fact, ...]:
        """A report's facts in their order; empty when there is no such report."""
        with self._reading() as connection:
            return read_facts(connection, report_id)

    def stated_facts(
        self,
        *,
        agency_ids: Collection[int] | None = None,
        years: Collection[int] | None = None,
        metric: str | None = None,
        channel: str | None = None,
        kind: FactKind | None = None,
        role: FactRole | None = None,
    ) -> Iterator[StoredFact]:
        """Facts of current reports, by agency, report year, and their order in the report."""
        with self._reading() as connection:
            yield from reading.stated_facts(
                connection,
                agency_ids=agency_ids,
                years=years,
                metric=metric,
                channel=channel,
                kind=kind,
                role=role,
            )

    def fact_figures(self, metric: str, channel: str | None = None) -> Sequence[FactFigure]:
        """What each current report's prose says of a metric and channel in its year, nothing counted twice.

        Without ``channel`` those figures whose prose names none. A report has a row for each kind of figure.
        """
        with self._reading() as connection:
            return figures.fact_figures(connection, metric, channel)

    def form_figures(
        self, keys: Collection[CellKey], *, agency_ids: Collection[int] | None = None
    ) -> Mapping[int, Mapping[CellKey, FormFigure]]:
        """What the form of each current report (of these agencies) prints of these quantities, as people corrected it, by the
        number of the report; one statement, however many reports there are."""
        with self._reading() as connection:
            return figures.form_figures(connection, keys, agency_ids)

    def search(
        self,
        words: str,
        *,
        agency_ids: Collection[int] | None = None,
        years: Collection[int] | None = None,
        limit: int = 20,
    ) -> Sequence[SearchHit]:
        """Sections of current reports whose prose holds every word (separated by blanks; Chinese words of any length).

        The latest years come first, then by agency. Raises BadInput when there is no word.
        """
        with self._reading() as connection:
            return list(search.find(connection, words, agency_ids=agency_ids, years=years, limit=limit))

    def cells(self, report_id: int) -> Mapping[CellKey, Cell]:
        """The figures of a report that count, by key, without evidence: by the eyes of people who looked, else as read.

        Empty when there is no such report. :meth:`report` gives what was read, and nothing else.
        """
        with self._reading() as connection:
            return reading.cells(connection, report_id)

    def previous_year(self, report_id: int) -> tuple[ReportEntry, Mapping[CellKey, Cell]] | None:
        """The current report of the same agency and scope for the year before, with its cells; None when there is none."""
        with self._reading() as connection:
            return reading.previous_year(connection, report_id)

    def findings(
        self,
        *,
        agency_ids: Collection[int] | None = None,
        years: Collection[int] | None = None,
        rule: str | None = None,
        severity: Severity | None = None,
        whose: Whose | None = None,
        report_id: int | None = None,
        current_only: bool = True,
        resolved: bool = False,
    ) -> Iterator[StoredFinding]:
        """Findings, by agency, year, and their order in the report; with ``report_id`` those of one report only.

        Those that people's corrections resolved are left out unless ``resolved`` asks for them.
        """
        with self._reading() as connection:
            yield from reading.findings(
                connection,
                agency_ids=agency_ids,
                years=years,
                rule=rule,
                severity=severity,
                whose=whose,
                report_id=report_id,
                current_only=current_only,
                resolved=resolved,
            )

    def stored_rules(self) -> Collection[str]:
        """The codes of all rules that stored findings are of."""
        with self._reading() as connection:
            return reading.stored_rules(connection)

    def corrections(self, report_id: int | None = None) -> Sequence[StoredCorrection]:
        """Corrections that are not withdrawn, of every document or of one report's, by document and cell."""
        with self._reading() as connection:
            return corrections.stored(connection, report_id)

    def agencies_of_run(self, run_id: int) -> Collection[tuple[str, Scope]]:
        """Handles of the agencies, and scopes, of the reports that a run wrote."""
        with self._reading() as connection:
            return runs.agencies_of_run(connection, run_id)

    def rivals(self, report_id: int) -> Sequence[ReportEntry]:
        """The other documents that stand for the same report as a current one (see :func:`db.currency.rivals`)."""
        with self._reading() as connection:
            return reading.entries_where(connection, currency.rivals(report_id))

    def within(self, report_id: int) -> Sequence[ReportEntry]:
        """The current reports, for the same year, of the bodies in the division of the agency of an area report."""
        with self._reading() as connection:
            return areas.within(connection, report_id)

    def areas_around(self, subjects: Iterable[tuple[str, Scope]]) -> Collection[tuple[str, Scope]]:
        """The handles of the agencies with area reports whose division holds one of these agencies (names or handles)."""
        with self._reading() as connection:
            return areas.around(connection, subjects)

    def corrected_agencies(self) -> Collection[tuple[str, Scope]]:
        """Handles of the agencies, and scopes, of the reports of which corrections speak, or once spoke."""
        with self._reading() as connection:
            return corrections.agencies_of(connection)

    def correction_files(self) -> Mapping[str, str]:
        """The files of corrections that were read: the hash of their bytes by path."""
        with self._reading() as connection:
            return corrections.files(connection)

    # ---------------------------------------------------------------- SQL and export

    def query(self, sql: str, *, limit_seconds: float = 30.0) -> tuple[Sequence[str], Iterator[tuple[Any, ...]]]:
        """The column names and the rows of one SELECT, on a connection that cannot write; the second column of a name is
        called ``name_2``.

        Rows come as the database has them (numbers, text, None, bytes); the function ``inflate(blob)`` gives the
        text of ``report_text.body``. Raises BadInput, at once or while rows are fetched, when the statement is
        wrong, is no reading statement, or takes longer than ``limit_seconds``.
        """
        path = sqlite_file(self._address)
        if path is not None:
            return sqlite_query(path, sql, limit_seconds)
        from db.server_query import server_query

        return server_query(self._read_engine, sql, limit_seconds)

    def table_names(self) -> Sequence[str]:
        """The tables that an export holds, in the order of the data dictionary."""
        return [table for table in METADATA.tables if table not in INTERNAL]

    def view_names(self) -> Sequence[str]:
        """The views, in the order of the data dictionary."""
        return [view.name for view in all_views()]

    def iter_rows(self, name: str) -> tuple[Sequence[str], Iterator[tuple[Any, ...]]]:
        """Column names and all rows of a table or view, in a stable order, streamed: memory stays flat.

        Texts that are stored compressed come as text. Raises BadInput when there is no such table or view.
        """
        if name not in {*self.table_names(), *self.view_names()}:
            raise BadInput(
                f"no table or view is called {name}; there are {', '.join((*self.table_names(), *self.view_names()))}"
            )
        return streams.streamed(self._reading, name)

    def backup(self, path: Path) -> None:
        """Writes a consistent copy of a SQLite database to a new file, while others may go on writing."""
        source = sqlite_file(self._address)
        if source is None:
            raise BadInput("a copy is made of SQLite databases only; use the server's own tools")
        if path.exists():
            raise BadInput(f"{path} exists already; name another file")
        with told(path), closing(read_only_connection(source)) as connection, closing(sqlite3.connect(path)) as copy:
            connection.backup(copy)


def _file_of(address: URL) -> Path | None:
    """The file of a SQLite database, there or not, None for any other; raises StoreError for a folder."""
    path = sqlite_file(address)
    if path is not None and path.is_dir():
        raise StoreError(f"{path}: a folder; name a file in it, like {path / 'nianbao.db'}")
    return path


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextmanager
def _disposing(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    finally:
        engine.dispose()
