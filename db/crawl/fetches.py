"""The crawler's side of the database: fetches, visits, judgements and alarms.

::

    log = FetchLog(store)
    log.record(Fetch(run_id=…, site="lanping", kind="article", url=…, moment=…, status=200, sha256=…))
    log.last_kept(url)              # what the next night asks with

Each call that writes is one transaction; one process writes at a time, as in :mod:`db.store`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update

from db.crawl.records import OF_REPORTS, Alarm, Fetch, Judgement, Visit
from db.currency import settle_fetched
from db.inserts import insert_many
from db.schema import ALARM, FETCH, JUDGEMENT, RUN, VISIT
from db.store import Store
from db.types import AnyRow
from parsers.report import Scope

_FETCH = [FETCH.c[field.name] for field in fields(Fetch)]
_JUDGEMENT = [JUDGEMENT.c[field.name] for field in fields(Judgement)]


class FetchLog:
    """The crawler's tables in a store. Every method raises StoreError when the database cannot be used."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # ---------------------------------------------------------------- fetches

    def record(self, fetch: Fetch) -> None:
        """Adds a row to the log."""
        with self._store.database.writing() as connection:
            connection.execute(insert(FETCH).values(**asdict(fetch)))

    def of_run(self, run_id: int, url: str, form: str | None = None) -> Fetch | None:
        """What this run got for an address; None when it has not asked for it."""
        return self._latest(FETCH.c.run_id == run_id, FETCH.c.url == url, _same(form))

    def last_kept(self, url: str, form: str | None = None) -> Fetch | None:
        """The last fetch of an address that brought bytes, or confirmed them; None when none did."""
        return self._latest(FETCH.c.url == url, _same(form), FETCH.c.sha256.is_not(None))

    def _latest(self, *conditions: Any) -> Fetch | None:
        with self._store.database.reading() as connection:
            row = connection.execute(select(*_FETCH).where(*conditions).order_by(FETCH.c.id.desc()).limit(1)).first()
        return Fetch(*row) if row is not None else None

    def fetches(self, run_id: int, site: str | None = None) -> Sequence[Fetch]:
        """The log of a run, in its order; of one site only where ``site`` is given."""
        wanted = select(*_FETCH).where(FETCH.c.run_id == run_id).order_by(FETCH.c.id)
        if site is not None:
            wanted = wanted.where(FETCH.c.site == site)
        with self._store.database.reading() as connection:
            return [Fetch(*row) for row in connection.execute(wanted)]

    def lists_before(self, run_id: int, site: str) -> dict[tuple[str, str | None], int]:
        """How many entries each list of a site had the last time before this run, by address and form."""
        wanted = (
            select(FETCH.c.url, FETCH.c.form, FETCH.c.entries)
            .where(
                FETCH.c.run_id < run_id,
                FETCH.c.site == site,
                FETCH.c.entries.is_not(None),
                FETCH.c.sha256.is_not(None),
            )
            .order_by(FETCH.c.id)
        )
        with self._store.database.reading() as connection:
            return {(url, form): entries for url, form, entries in connection.execute(wanted)}

    # ---------------------------------------------------------------- nights

    def settle(self, run_id: int) -> set[tuple[str, Scope]]:
        """Settles anew which version of a report is current, where a night asked for an address of archived ones (see
        :func:`db.currency.settle_fetched`); the handles of the agencies, and scopes, whose years are to be compared."""
        with self._store.database.writing() as connection:
            return settle_fetched(connection, run_id)

    def unfinished_night(self, command: str, since: str) -> int | None:
        """The last run of this command, if it was started after ``since`` (ISO 8601, UTC) and some site of it was
        not finished: the one to go on with."""
        with self._store.database.reading() as connection:
            row = connection.execute(
                select(RUN.c.id, RUN.c.started, RUN.c.finished, RUN.c.interrupted)
                .where(RUN.c.command == command)
                .order_by(RUN.c.id.desc())
                .limit(1)
            ).first()
        if row is None or row.started < since or (row.finished is not None and not row.interrupted):
            return None
        return int(row.id)

    def begin_visit(self, visit: Visit) -> Visit:
        """Notes that a site's visit begins; a visit that was begun before in this run goes on, and is returned."""
        with self._store.database.writing() as connection:
            known = connection.execute(
                select(VISIT).where(VISIT.c.run_id == visit.run_id, VISIT.c.site == visit.site)
            ).first()
            if known is None:
                connection.execute(insert(VISIT).values(**asdict(visit)))
                return visit
        return Visit(**known._asdict())

    def update_visit(self, visit: Visit) -> None:
        """Writes how a visit stands."""
        values = asdict(visit)
        where = (VISIT.c.run_id == values.pop("run_id"), VISIT.c.site == values.pop("site"))
        with self._store.database.writing() as connection:
            connection.execute(update(VISIT).where(*where).values(**values))

    def visits(self, *, run_id: int | None = None, site: str | None = None) -> Sequence[Visit]:
        """Visits, the latest run first; of one run or one site only, where given."""
        wanted = select(VISIT).order_by(VISIT.c.run_id.desc(), VISIT.c.site)
        if run_id is not None:
            wanted = wanted.where(VISIT.c.run_id == run_id)
        if site is not None:
            wanted = wanted.where(VISIT.c.site == site)
        with self._store.database.reading() as connection:
            return [Visit(**row._asdict()) for row in connection.execute(wanted)]

    # ---------------------------------------------------------------- judgements

    def judge(self, judgements: Iterable[Judgement]) -> None:
        """Stores judgements, in one transaction; what was judged before stays as it was."""
        with self._store.database.writing() as connection:
            rows = list(judgements)
            known = {
                tuple(row)
                for row in connection.execute(
                    select(JUDGEMENT.c.url, JUDGEMENT.c.sha256).where(JUDGEMENT.c.url.in_([j.url for j in rows]))
                )
            }
            fresh = {(j.url, j.sha256): asdict(j) for j in rows if (j.url, j.sha256) not in known}
            insert_many(connection, JUDGEMENT, list(fresh.values()))

    def judgements(
        self, *, site: str | None = None, run_id: int | None = None, reports_only: bool = False
    ) -> Sequence[Judgement]:
        """Judgements in their order; ``run_id`` keeps those on bytes that this night brought first."""
        wanted = select(*_JUDGEMENT).order_by(JUDGEMENT.c.id)
        if site is not None:
            wanted = wanted.where(JUDGEMENT.c.site == site)
        if run_id is not None:
            wanted = wanted.where(JUDGEMENT.c.run_id == run_id)
        if reports_only:
            wanted = wanted.where(JUDGEMENT.c.verdict.in_(OF_REPORTS))
        with self._store.database.reading() as connection:
            return [Judgement(*row) for row in connection.execute(wanted)]

    def seen_in(self, run_id: int) -> Iterator[Judgement]:
        """The judgements on all that a night saw, new or not: one row an address and its bytes."""
        wanted = (
            select(*_JUDGEMENT)
            .join(FETCH, (FETCH.c.url == JUDGEMENT.c.url) & (FETCH.c.sha256 == JUDGEMENT.c.sha256))
            .where(FETCH.c.run_id == run_id)
            .order_by(JUDGEMENT.c.id)
            .distinct()
        )
        wanted = wanted.add_columns(JUDGEMENT.c.id)
        with self._store.database.reading() as connection:
            for row in connection.execute(wanted):
                yield Judgement(*row[:-1])

    def new_bytes(self, run_id: int) -> frozenset[str]:
        """The hashes of bytes that were judged in this night for the first time, at whatever address."""
        wanted = (
            select(JUDGEMENT.c.sha256).group_by(JUDGEMENT.c.sha256).having(func.min(JUDGEMENT.c.run_id) == run_id)
        )
        with self._store.database.reading() as connection:
            return frozenset(connection.execute(wanted).scalars())

    def no_reports(self, site: str, since: str) -> dict[str, str | None]:
        """Addresses of a site whose latest bytes were judged to be no report, with the words of the link or title that
        they had then; only what was fetched after ``since``, so that each is looked at again from time to time."""
        latest = (
            select(FETCH.c.url, func.max(FETCH.c.id).label("last"))
            .where(FETCH.c.site == site, FETCH.c.sha256.is_not(None))
            .group_by(FETCH.c.url)
            .subquery()
        )
        wanted = (
            select(FETCH.c.url, JUDGEMENT.c.title)
            .join(latest, latest.c.last == FETCH.c.id)
            .join(JUDGEMENT, (JUDGEMENT.c.url == FETCH.c.url) & (JUDGEMENT.c.sha256 == FETCH.c.sha256))
            .where(
                JUDGEMENT.c.verdict == "not_a_report",
                FETCH.c.moment >= since,
                or_(FETCH.c.entries.is_(None), FETCH.c.entries == 0),
            )
        )
        with self._store.database.reading() as connection:
            return {row.url: row.title for row in connection.execute(wanted)}

    def known_reports(self, site: str) -> Sequence[AnyRow]:
        """Addresses at which a site's reports stand, with the title and the parent that they had last, and the kind of the
        address, the longest unseen first."""
        latest = (
            select(func.max(JUDGEMENT.c.id))
            .where(JUDGEMENT.c.site == site, JUDGEMENT.c.verdict.in_(OF_REPORTS))
            .group_by(JUDGEMENT.c.url)
        )
        known = (JUDGEMENT.c.url, JUDGEMENT.c.title, JUDGEMENT.c.parent)
        wanted = (
            select(*known, func.max(FETCH.c.kind), func.max(FETCH.c.id))
            .join(FETCH, (FETCH.c.url == JUDGEMENT.c.url) & (FETCH.c.site == JUDGEMENT.c.site))
            .where(JUDGEMENT.c.id.in_(latest))
            .group_by(*known)
            .order_by(func.max(FETCH.c.id))
        )
        with self._store.database.reading() as connection:
            return connection.execute(wanted).all()

    # ---------------------------------------------------------------- alarms

    def raise_alarms(self, run_id: int, alarms: Iterable[Alarm]) -> None:
        """Replaces the alarms of a night."""
        with self._store.database.writing() as connection:
            connection.execute(delete(ALARM).where(ALARM.c.run_id == run_id))
            insert_many(connection, ALARM, [asdict(alarm) for alarm in alarms])

    def alarms(self, run_id: int) -> Sequence[Alarm]:
        """The alarms of a night, by site."""
        columns = [ALARM.c[field.name] for field in fields(Alarm)]
        wanted = select(*columns).where(ALARM.c.run_id == run_id).order_by(ALARM.c.site, ALARM.c.id)
        with self._store.database.reading() as connection:
            return [Alarm(*row) for row in connection.execute(wanted)]


def _same(form: str | None) -> Any:
    return FETCH.c.form.is_(None) if form is None else FETCH.c.form == form
