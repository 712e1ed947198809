"""The store: everything that is written to the database and read back from it passes through here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from db.records import (
    Agency,
    KnownSource,
    Outcome,
    Recorded,
    ReportEntry,
    Run,
    RunItem,
    Seen,
    StoredFinding,
    StoredReport,
)
from parsers.report import Cell, CellKey, Finding, Report, Scope, Severity, Versions, Whose


class Store(AbstractContextManager["Store"]):
    """A database of reports. Use it as a context manager; one process at a time should write.

    Every method raises StoreError, with a sentence that says what to do, when the database cannot be used
    (locked, full, read-only, damaged).
    """

    # ---------------------------------------------------------------- opening

    @classmethod
    def open(cls, url: str, *, create: bool = True) -> Self:
        """The store at a SQLAlchemy URL (``sqlite:///nianbao.db``) or a path, ready for writing.

        A database that is not there is made when ``create`` is true; an older one is migrated. Raises StoreError
        when the URL is wrong, the file is no database of ours, or a newer program made it.
        """
        raise NotImplementedError

    @classmethod
    def open_readonly(cls, url: str) -> Self:
        """The store for reading only: nothing is created or migrated, and a write raises StoreError.

        Raises StoreError when there is no such database or its schema is not this program's.
        """
        raise NotImplementedError

    @property
    def url(self) -> str:
        """The database's URL, the password hidden."""
        raise NotImplementedError

    def close(self) -> None:
        """Closes all connections; the store cannot be used afterwards."""
        raise NotImplementedError

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ---------------------------------------------------------------- writing

    def begin_run(self, command: str, versions: Versions) -> int:
        """The id of a new run of ``command`` (as the user typed it) by a program of these versions."""
        raise NotImplementedError

    def finish_run(self, run_id: int, *, skipped: int = 0, interrupted: bool = False) -> None:
        """Marks the run as ended. ``skipped`` counts unchanged files; ``interrupted`` says that it was broken off."""
        raise NotImplementedError

    def record(self, run_id: int, item: RunItem, report: Report | None = None) -> Recorded:
        """Stores one file's outcome, and its report where it has one, in one transaction.

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
        raise NotImplementedError

    def touch(self, location: str, *, size: int, mtime_ns: int) -> None:
        """Notes the new size and time of a location whose bytes were found to be the same as before."""
        raise NotImplementedError

    def add_alias(self, alias: str, agency: str, *, place_code: str | None = None) -> int:
        """Makes ``alias`` (a normalised name) another spelling of ``agency`` (a name or handle); the number of reports moved.

        With ``place_code`` it holds for reports of that place only. Reports stored under the alias move to the
        agency at once, later ones on arrival. Raises BadInput when the agency is not known or the name fits several.
        """
        raise NotImplementedError

    def record_cross_findings(self, report_id: int, findings: Iterable[Finding]) -> None:
        """Replaces the findings that comparing this report with others gave (last year's, neighbours')."""
        raise NotImplementedError

    # ---------------------------------------------------------------- what was seen

    def seen_files(self) -> Mapping[str, Seen]:
        """Every location ever recorded, in one query: what the skipping of unchanged files goes by."""
        raise NotImplementedError

    def known_source(self, sha256: str) -> KnownSource | None:
        """What is known of these bytes; None when they were never recorded."""
        raise NotImplementedError

    def known_sources(self) -> Mapping[str, KnownSource]:
        """Every source by its hash, in one query."""
        raise NotImplementedError

    def runs(self) -> Sequence[Run]:
        """All runs, the latest first."""
        raise NotImplementedError

    def run_items(self, run_id: int, *, outcome: Outcome | None = None) -> Iterator[tuple[RunItem, int | None]]:
        """A run's items in the order of their recording, each with the id of its report (None without)."""
        raise NotImplementedError

    # ---------------------------------------------------------------- reading

    def agency(self, name: str) -> Agency:
        """The agency with this name, alias or handle (``name@code``).

        Raises BadInput when there is none (naming the nearest), or when agencies of several places bear the name
        (listing their handles).
        """
        raise NotImplementedError

    def agencies(self, *, containing: str = "") -> Sequence[Agency]:
        """Agencies that have reports and whose name contains this text, sorted by name and place code."""
        raise NotImplementedError

    def reports(
        self,
        *,
        agency: str | None = None,
        year: int | None = None,
        scope: Scope | None = None,
        current_only: bool = True,
        run_id: int | None = None,
    ) -> Iterator[ReportEntry]:
        """Stored reports without contents, by agency name, year, scope, version; ``run_id`` keeps those that the run wrote."""
        raise NotImplementedError

    def report(self, agency: str, year: int, scope: Scope | None = None) -> StoredReport:
        """The current report of an agency for a year.

        Without ``scope`` the agency's own is taken, or the area's where there is only that. Raises BadInput when
        there is none, saying which years there are.
        """
        raise NotImplementedError

    def report_by_id(self, report_id: int) -> StoredReport:
        """A stored report, current or not; raises BadInput when there is none of this id."""
        raise NotImplementedError

    def cells(self, report_id: int) -> Mapping[CellKey, Cell]:
        """A report's cells by key, without evidence; empty when there is no such report."""
        raise NotImplementedError

    def previous_year(self, report_id: int) -> tuple[ReportEntry, Mapping[CellKey, Cell]] | None:
        """The current report of the same agency and scope for the year before, with its cells; None when there is none."""
        raise NotImplementedError

    def findings(
        self,
        *,
        agency: str | None = None,
        year: int | None = None,
        rule: str | None = None,
        severity: Severity | None = None,
        whose: Whose | None = None,
        current_only: bool = True,
    ) -> Iterator[StoredFinding]:
        """Findings, by agency, year, and their order in the report."""
        raise NotImplementedError

    # ---------------------------------------------------------------- SQL and export

    def query(self, sql: str, *, limit_seconds: float = 30.0) -> tuple[Sequence[str], Iterator[tuple[Any, ...]]]:
        """The column names and the rows of one SELECT, on a connection that cannot write.

        Rows come as the database has them (numbers, text, None, bytes); the function ``inflate(blob)`` gives the
        text of ``report_text.body``. Raises BadInput, at once or while rows are fetched, when the statement is
        wrong, is no reading statement, or takes longer than ``limit_seconds``.
        """
        raise NotImplementedError

    def table_names(self) -> Sequence[str]:
        """The tables that an export holds, in the order of the data dictionary."""
        raise NotImplementedError

    def view_names(self) -> Sequence[str]:
        """The views, in the order of the data dictionary."""
        raise NotImplementedError

    def iter_rows(self, name: str) -> tuple[Sequence[str], Iterator[tuple[Any, ...]]]:
        """Column names and all rows of a table or view, in a stable order, streamed: memory stays flat.

        Texts that are stored compressed come as text. Raises BadInput when there is no such table or view.
        """
        raise NotImplementedError

    def backup(self, path: Path) -> None:
        """Writes a consistent copy of a SQLite database to a new file, while others may go on writing."""
        raise NotImplementedError
