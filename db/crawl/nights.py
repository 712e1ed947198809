"""The nightly job's side of the database: which night is under way, how far it came, what stood before it.

A night is a run called ``nightly``, and each of its stages a run of its own behind it (``scrape``, ``nightly ingest``,
``nightly digest`` …). A stage is done when its run is finished and was not broken off, so that a night that was
killed is gone on with where it stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select, update

from db.crawl.records import Alarm, Visit
from db.encode import STATE_OF
from db.records import Settled
from db.schema import AGENCY, ALARM, CELL_CHANGE, FINDING, INDICATOR, LOCATION, REPORT, RUN, RUN_ITEM, VISIT
from db.store import Store
from parsers.report import CellKey, CellState, Scope, Severity, Versions, Whose

NIGHT = "nightly"
"""Command of a night's own run; its stages' runs are called ``nightly <stage>``."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A run of a night, or the night's own: ``done`` when it came to its end."""

    run_id: int
    command: str
    started: datetime
    done: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A current report, and what it is the current one of. Reports without agency or year stand for themselves."""

    report_id: int
    agency: str | None
    agency_id: int | None
    year: int | None
    scope: Scope

    @property
    def group(self) -> tuple[int | None, int | None, str]:
        """What two versions of one report have in common."""
        return self.agency_id, self.year, self.scope.value


@dataclass(frozen=True, slots=True)
class Known:
    """A finding as the digest compares it: whose, and what it says."""

    agency: str | None
    year: int | None
    scope: str
    rule: str
    severity: Severity
    whose: Whose
    message: str


@dataclass(frozen=True, slots=True)
class Reread:
    """A cell that came out otherwise when the same bytes were read again; a value is None in every state but number,
    a state None where there was no such cell."""

    report_id: int
    key: CellKey
    before: tuple[CellState | None, Decimal | None]
    after: tuple[CellState | None, Decimal | None]


class NightLog:
    """Nights and their stages in a store. Every method raises StoreError when the database cannot be used."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # ---------------------------------------------------------------- stages

    def begin(self, command: str, moment: datetime, versions: Versions) -> int:
        """The number of a new run, begun at ``moment``."""
        run_id = self._store.begin_run(command, versions)
        with self._store.database.writing() as connection:
            connection.execute(update(RUN).where(RUN.c.id == run_id).values(started=_text(moment)))
        return run_id

    def finish(self, run_id: int, moment: datetime) -> None:
        """Marks a run as done, also where somebody else had closed it as broken off."""
        with self._store.database.writing() as connection:
            connection.execute(update(RUN).where(RUN.c.id == run_id).values(finished=_text(moment), interrupted=0))

    def nights(self, most: int = 1000) -> Sequence[Stage]:
        """The nights, the latest first."""
        return self._stages(RUN.c.command == NIGHT, most=most)

    def stages(self, night: int) -> Sequence[Stage]:
        """The runs of any command since a night began, until the next night did; the latest first."""
        later = select(func.min(RUN.c.id)).where(RUN.c.command == NIGHT, RUN.c.id > night).scalar_subquery()
        return self._stages(RUN.c.id > night, RUN.c.id < func.coalesce(later, 2**31))

    def _stages(self, *conditions: object, most: int = 1000) -> Sequence[Stage]:
        wanted = select(RUN).where(*conditions).order_by(RUN.c.id.desc()).limit(most)  # type: ignore[arg-type]
        with self._store.database.reading() as connection:
            return [
                Stage(
                    row.id,
                    row.command,
                    datetime.fromisoformat(row.started),
                    row.finished is not None and not row.interrupted,
                )
                for row in connection.execute(wanted)
            ]

    def first_run_since(self, moment: datetime) -> int | None:
        """The number of the first run that began at this moment or later; None when there is none."""
        with self._store.database.reading() as connection:
            return connection.execute(select(func.min(RUN.c.id)).where(RUN.c.started >= _text(moment))).scalar()

    # ---------------------------------------------------------------- what stood, what changed

    def standing(self) -> Sequence[Standing]:
        """Every current report, by agency and year."""
        wanted = (
            select(REPORT.c.id, AGENCY.c.name, REPORT.c.agency_id, REPORT.c.year, REPORT.c.scope)
            .join(AGENCY, AGENCY.c.id == REPORT.c.agency_id, isouter=True)
            .where(REPORT.c.is_current == 1)
            .order_by(AGENCY.c.name, REPORT.c.agency_id, REPORT.c.year, REPORT.c.scope, REPORT.c.id)
        )
        with self._store.database.reading() as connection:
            return [
                Standing(i, name, agency, year, Scope(s)) for i, name, agency, year, s in connection.execute(wanted)
            ]

    def stored_before(self, run_id: int) -> frozenset[int]:
        """Reports that a run before this one had brought (current or not)."""
        wanted = select(RUN_ITEM.c.report_id).where(RUN_ITEM.c.run_id < run_id, RUN_ITEM.c.report_id.is_not(None))
        with self._store.database.reading() as connection:
            return frozenset(connection.execute(wanted.distinct()).scalars())

    def versions_of(self, standing: Standing) -> Sequence[int]:
        """The versions of a report, the latest first, itself included; only itself where agency or year is not known."""
        if standing.agency_id is None or standing.year is None:
            return [standing.report_id]
        wanted = (
            select(REPORT.c.id)
            .where(
                REPORT.c.agency_id == standing.agency_id,
                REPORT.c.year == standing.year,
                REPORT.c.scope == standing.scope.value,
                REPORT.c.retracted == 0,
            )
            .order_by(REPORT.c.version.desc())
        )
        with self._store.database.reading() as connection:
            return list(connection.execute(wanted).scalars())

    def places(self, report_id: int) -> Sequence[str]:
        """Where a report's bytes stand now."""
        wanted = select(LOCATION.c.path).where(LOCATION.c.report_id == report_id).order_by(LOCATION.c.path)
        with self._store.database.reading() as connection:
            return list(connection.execute(wanted).scalars())

    def findings(self) -> Sequence[Known]:
        """The findings of all current reports, in the order of agency, year and place."""
        wanted = (
            select(
                AGENCY.c.name,
                REPORT.c.year,
                REPORT.c.scope,
                FINDING.c.rule,
                FINDING.c.severity,
                FINDING.c.whose,
                FINDING.c.message,
            )
            .join(REPORT, REPORT.c.id == FINDING.c.report_id)
            .join(AGENCY, AGENCY.c.id == REPORT.c.agency_id, isouter=True)
            .where(REPORT.c.is_current == 1, func.coalesce(FINDING.c.settled, "") != Settled.RESOLVED.value)
            .order_by(AGENCY.c.name, REPORT.c.year, REPORT.c.id, FINDING.c.origin, FINDING.c.position)
        )
        with self._store.database.reading() as connection:
            return [
                Known(agency, year, scope, rule, Severity(severity), Whose(whose), message)
                for agency, year, scope, rule, severity, whose, message in connection.execute(wanted)
            ]

    def reread(self, first_run: int) -> Sequence[Reread]:
        """The cells of current reports that re-readings changed, in this run and later ones."""
        wanted = (
            select(RUN_ITEM.c.report_id, INDICATOR.c.key, CELL_CHANGE)
            .join(RUN_ITEM, RUN_ITEM.c.id == CELL_CHANGE.c.run_item_id)
            .join(INDICATOR, INDICATOR.c.id == CELL_CHANGE.c.indicator_id)
            .join(REPORT, REPORT.c.id == RUN_ITEM.c.report_id)
            .where(RUN_ITEM.c.run_id >= first_run, REPORT.c.is_current == 1)
            .order_by(RUN_ITEM.c.id, INDICATOR.c.position)
        )
        with self._store.database.reading() as connection:
            return [
                Reread(
                    row.report_id,
                    CellKey.parse(row.key),
                    (_state(row.old_state), row.old_value),
                    (_state(row.new_state), row.new_value),
                )
                for row in connection.execute(wanted)
            ]

    def failed(self, first_run: int) -> Sequence[tuple[str, str]]:
        """Place and reason of each file that could not be read since a run, as it stands now."""
        wanted = (
            select(LOCATION.c.path, func.max(RUN_ITEM.c.reason))
            .join(RUN_ITEM, RUN_ITEM.c.location_id == LOCATION.c.id)
            .where(RUN_ITEM.c.run_id >= first_run, RUN_ITEM.c.outcome == "failed", LOCATION.c.outcome == "failed")
            .group_by(LOCATION.c.path)
            .order_by(LOCATION.c.path)
        )
        with self._store.database.reading() as connection:
            return [(path, reason or "") for path, reason in connection.execute(wanted)]

    # ---------------------------------------------------------------- sites

    def alarms_since(self, first_run: int) -> Sequence[Alarm]:
        """The alarms of a run and all later ones, by site; one that was raised again stands once."""
        columns = [ALARM.c[name] for name in Alarm.__slots__]
        wanted = select(*columns).where(ALARM.c.run_id >= first_run).order_by(ALARM.c.site, ALARM.c.id)
        with self._store.database.reading() as connection:
            found = [Alarm(*row) for row in connection.execute(wanted)]
        return list({(alarm.site, alarm.rule, alarm.url): alarm for alarm in found}.values())

    def visits_since(self, first_run: int) -> Sequence[Visit]:
        """The last visit of each site in a run or a later one, by site."""
        wanted = select(VISIT).where(VISIT.c.run_id >= first_run).order_by(VISIT.c.site, VISIT.c.run_id)
        with self._store.database.reading() as connection:
            visits = [Visit(**row._asdict()) for row in connection.execute(wanted)]
        return list({visit.site: visit for visit in visits}.values())


def _state(number: int | None) -> CellState | None:
    return None if number is None else STATE_OF[number]


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
