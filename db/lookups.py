"""All that can be read back from a database of reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from db import agencies, areas, corrections, currency, figures, reading, runs, search, streams
from db.database import Database
from db.decode import read_facts
from db.near import near
from db.query import sqlite_query
from db.records import (
    Agency,
    FactFigure,
    FormFigure,
    KnownSource,
    ReportEntry,
    Run,
    SearchHit,
    Seen,
    StoredCorrection,
    StoredFact,
    StoredFinding,
    StoredReport,
)
from db.schema import INTERNAL, METADATA
from db.views import all_views
from parsers.errors import BadInput
from parsers.report import Cell, CellKey, Fact, FactKind, FactRole, Scope, Severity, Versions, Whose


class Lookups:
    """What is stored, read back as values; every method stands for one question. :class:`db.Store` is this, and writes."""

    def __init__(self, database: Database) -> None:
        """What is stored in an open database."""
        self.database = database

    def seen(self, location: str) -> Seen | None:
        """What was seen at a location last, by which unchanged files are skipped; None when it was never recorded."""
        with self.database.reading() as connection:
            return runs.seen(connection, location)

    def reason(self, location: str) -> str:
        """Why a location's last outcome is what it is, in a sentence; empty where there is none."""
        with self.database.reading() as connection:
            return runs.reason(connection, location)

    def is_no_report(self, sha256: str) -> bool:
        """Whether a night fetched these bytes, and none found a report in them, or a part of one, wherever it was given them."""
        with self.database.reading() as connection:
            return runs.is_no_report(connection, sha256)

    def known_source(self, sha256: str) -> KnownSource | None:
        """What is known of these bytes; None when they were never recorded."""
        with self.database.reading() as connection:
            return runs.known_source(connection, sha256)

    def reports_by_versions(self) -> Mapping[Versions, int]:
        """How many reports each set of versions read, the most recent set first."""
        with self.database.reading() as connection:
            return runs.reports_by_versions(connection)

    def runs(self) -> Sequence[Run]:
        """All runs, the latest first."""
        with self.database.reading() as connection:
            return runs.all_runs(connection)

    def agency(self, name: str) -> Agency:
        """The agency with this name, alias or handle (``name@code``).

        Raises BadInput when there is none (naming the nearest), or when agencies of several places bear the name
        (listing their handles).
        """
        with self.database.reading() as connection:
            return agencies.find(connection, name)

    def agencies(self, *, containing: str = "") -> Sequence[Agency]:
        """Agencies that have reports and whose name contains this text, sorted by name and place code."""
        with self.database.reading() as connection:
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
        with self.database.reading() as connection:
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
        with self.database.reading() as connection:
            found = agencies.find(connection, agency)
            return reading.stored(connection, reading.report_of(connection, found, year, scope))

    def report_by_id(self, report_id: int) -> StoredReport:
        """A stored report, current or not; raises BadInput when there is none of this id."""
        with self.database.reading() as connection:
            return reading.stored(connection, report_id)

    def facts(self, report_id: int) -> tuple[Fact, ...]:
        """A report's facts in their order; empty when there is no such report."""
        with self.database.reading() as connection:
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
        with self.database.reading() as connection:
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
        with self.database.reading() as connection:
            return figures.fact_figures(connection, metric, channel)

    def form_figures(
        self,
        keys: Collection[CellKey],
        *,
        agency_ids: Collection[int] | None = None,
        years: Collection[int] | None = None,
    ) -> Mapping[int, Mapping[CellKey, FormFigure]]:
        """What the form of each current report (of these agencies and years) prints of these quantities, as people corrected
        it, by the number of the report; one statement, however many reports there are."""
        with self.database.reading() as connection:
            return figures.form_figures(connection, keys, agency_ids, years)

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
        with self.database.reading() as connection:
            return list(search.find(connection, words, agency_ids=agency_ids, years=years, limit=limit))

    def cells(self, report_id: int) -> Mapping[CellKey, Cell]:
        """The figures of a report that count, by key, without evidence: by the eyes of people who looked, else as read.

        Empty when there is no such report. :meth:`report` gives what was read, and nothing else.
        """
        with self.database.reading() as connection:
            return reading.cells(connection, report_id)

    def previous_year(self, report_id: int) -> tuple[ReportEntry, Mapping[CellKey, Cell]] | None:
        """The current report of the same agency and scope for the year before, with its cells; None when there is none."""
        with self.database.reading() as connection:
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
        with self.database.reading() as connection:
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
        with self.database.reading() as connection:
            return reading.stored_rules(connection)

    def corrections(self, report_id: int | None = None) -> Sequence[StoredCorrection]:
        """Corrections that are not withdrawn, of every document or of one report's, by document and cell."""
        with self.database.reading() as connection:
            return corrections.stored(connection, report_id)

    def agencies_of_run(self, run_id: int) -> Collection[tuple[str, Scope]]:
        """Handles of the agencies, and scopes, of the reports that a run wrote."""
        with self.database.reading() as connection:
            return runs.agencies_of_run(connection, run_id)

    def rivals(self, report_id: int) -> Sequence[ReportEntry]:
        """The other documents that stand for the same report as a current one (see :func:`db.currency.rivals`)."""
        with self.database.reading() as connection:
            return reading.entries_where(connection, currency.rivals(report_id))

    def figures_within(self, report_id: int, keys: Collection[CellKey]) -> Mapping[str, Mapping[CellKey, Decimal]]:
        """The undoubted figures of these quantities, for the same year, of each body in the division of the agency of an area
        report, by the body's name (see :func:`db.areas.figures_within`)."""
        with self.database.reading() as connection:
            return areas.figures_within(connection, report_id, keys)

    def areas_around(self, subjects: Iterable[tuple[str, Scope]]) -> Collection[tuple[str, Scope]]:
        """The handles of the agencies with area reports whose division holds one of these agencies (names or handles)."""
        with self.database.reading() as connection:
            return areas.around(connection, subjects)

    def corrected_agencies(self) -> Collection[tuple[str, Scope]]:
        """Handles of the agencies, and scopes, of the reports of which corrections speak, or once spoke."""
        with self.database.reading() as connection:
            return corrections.agencies_of(connection)

    def correction_files(self) -> Mapping[str, str]:
        """The files of corrections that were read: the hash of their bytes by path."""
        with self.database.reading() as connection:
            return corrections.files(connection)

    def query(self, sql: str, *, limit_seconds: float = 30.0) -> tuple[Sequence[str], Iterator[tuple[Any, ...]]]:
        """The column names and the rows of one SELECT, on a connection that cannot write; the second column of a name is
        called ``name_2``.

        Rows come as the database has them (numbers, text, None, bytes); the function ``inflate(blob)`` gives the
        text of ``report_text.body``. Raises BadInput, at once or while rows are fetched, when the statement is
        wrong, is no reading statement, or takes longer than ``limit_seconds``.
        """
        if self.database.path is not None:
            return sqlite_query(self.database.path, sql, limit_seconds)
        from db.server_query import server_query

        return server_query(self.database.read_engine, sql, limit_seconds)

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
        names = (*self.table_names(), *self.view_names())
        if name not in names:
            hint = (
                f"did you mean {' or '.join(found)}?"
                if (found := near(name, names))
                else f"there are {', '.join(names)}"
            )
            raise BadInput(f"no table or view is called {name}; {hint}")
        return streams.streamed(self.database.reading, name)
