"""How the nightly job stands: last nights, each site over time, what is overdue, digests that wait to be delivered, and which
versions of the program read what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from db import Store
from db.crawl.fetches import FetchLog
from db.crawl.nights import NightLog
from db.crawl.records import Alarm, Visit
from parsers.assemble import current_versions
from pipeline.nightly.coverage import coverage, overdue
from pipeline.nightly.deliver import states, waiting

NIGHTS_SHOWN = 14
"""Two weeks: long enough to see whether a site has a bad day or has gone."""


@dataclass(frozen=True, slots=True)
class NightRow:
    """A night: how it ended, sites, error alarms, and reports that the crawler had not seen before."""

    night: int
    started: str
    state: str
    sites: int
    alarms: int
    fresh: int


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site over its last visits. ``history`` has a sign a night, the oldest first: ``+`` seen in full with new files,
    ``.`` seen in full, ``!`` with alarms, ``x`` given up, ``-`` broken off; ``bad_nights`` counts the last of them in a row."""

    site: str
    last_visit: str
    outcome: str | None
    entries: int
    reports: int
    failures: int
    bad_nights: int
    last_good: str | None
    history: str


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """A report that was due and is not stored."""

    agency: str
    year: int
    due: str
    days: int


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A digest that a target has not taken."""

    digest: str
    target: str
    tries: int
    error: str | None


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """Versions of the program that read stored reports: today's, or others, which ``ingest --stale`` reads again."""

    versions: str
    state: str
    reports: int


@dataclass(frozen=True, slots=True)
class Status:
    """All of it; the fields are the sections."""

    nights: tuple[NightRow, ...]
    sites: tuple[SiteRow, ...]
    overdue: tuple[OverdueRow, ...]
    waiting: tuple[WaitingRow, ...]
    readings: tuple[ReadingRow, ...]

    def to_json(self) -> dict[str, Any]:
        """The sections as lists of objects."""
        return asdict(self)


def status(store: Store, now: datetime, out: Path | None = None, expected: Iterable[str] = ()) -> Status:
    """How things stand at ``now``; ``expected`` are normalised names of agencies that should have reports."""
    nights, log = NightLog(store), FetchLog(store)
    visits = log.visits()
    alarms = {run_id: log.alarms(run_id) for run_id in _last_runs(visits)}
    gaps = coverage(nights.standing(), expected, now.date()).gaps
    return Status(
        tuple(_nights(nights, log)),
        tuple(
            _site(site, [v for v in visits if v.site == site], alarms) for site in sorted({v.site for v in visits})
        ),
        tuple(
            OverdueRow(agency, year, day.isoformat(), days) for agency, year, day, days in overdue(gaps, now.date())
        ),
        tuple(_waiting(out)) if out is not None else (),
        tuple(_readings(store)),
    )


def _last_runs(visits: Sequence[Visit]) -> list[int]:
    return sorted({visit.run_id for visit in visits}, reverse=True)[: 4 * NIGHTS_SHOWN]


def _nights(nights: NightLog, log: FetchLog) -> list[NightRow]:
    rows = []
    for night in nights.nights(NIGHTS_SHOWN):
        runs = {stage.run_id for stage in nights.stages(night.run_id)}
        visits = [visit for run_id in runs for visit in log.visits(run_id=run_id)]
        alarms = sum(alarm.severity == "error" for run_id in runs for alarm in log.alarms(run_id))
        state = "done" if night.done else "broken off"
        started = night.started.isoformat(timespec="minutes")
        rows.append(NightRow(night.run_id, started, state, len(visits), alarms, sum(visit.fresh for visit in visits)))
    return rows


def _site(site: str, visits: Sequence[Visit], alarms: dict[int, Sequence[Alarm]]) -> SiteRow:
    """``visits`` are the site's, the latest first."""
    signs = [_sign(v, [a for a in alarms.get(v.run_id, ()) if a.site == site]) for v in visits[:NIGHTS_SHOWN]]
    good = [sign in "+." for sign in signs]
    bad_nights = good.index(True) if True in good else len(good)
    last_good = visits[bad_nights].started if True in good else None
    last = visits[0]
    return SiteRow(
        site,
        last.started[:16],
        last.outcome,
        last.entries,
        last.reports,
        last.failures,
        bad_nights,
        last_good[:16] if last_good else None,
        "".join(reversed(signs)),
    )


def _sign(visit: Visit, alarms: Sequence[Alarm]) -> str:
    if visit.outcome in ("blocked", "failed"):
        return "x"
    if visit.outcome is None:
        return "-"
    if any(alarm.severity == "error" for alarm in alarms):
        return "!"
    return "+" if visit.fresh else "."


def _waiting(out: Path) -> list[WaitingRow]:
    rows = []
    for folder in waiting(out):
        for target, state in states(folder).items():
            if state["delivered"] is None:
                error = state.get("error")
                rows.append(
                    WaitingRow(folder.name, target, int(str(state.get("tries") or 0)), str(error) if error else None)
                )
    return rows


def _readings(store: Store) -> Iterator[ReadingRow]:
    today = current_versions()
    for versions, reports in store.reports_by_versions().items():
        words = f"{versions.reader}; forms {versions.forms}; lexicon {versions.lexicon}; rules {versions.rules}"
        yield ReadingRow(words, "today's" if versions == today else "another", reports)
