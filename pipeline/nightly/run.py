"""One night, stage by stage: scrape, ingest (with the comparison of years), digest, deliver.

Each stage can be done twice with the same outcome, and each that is done is noted in the database; so a night that was
killed is gone on with at the stage where it stopped, and its digest covers the whole of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from db import Store
from db.crawl.nights import NIGHT, NightLog, Stage
from parsers.assemble import current_versions
from parsers.errors import NianbaoError
from pipeline.files import written
from pipeline.ingest.run import Options, ingest
from pipeline.ingest.summary import Summary
from pipeline.nightly.changes import Before, before_now, changes, read_before, write_before
from pipeline.nightly.coverage import coverage
from pipeline.nightly.deliver import announce, deliver
from pipeline.nightly.digest import Digest, Site, Trouble
from pipeline.nightly.fetcher import SCRAPE, Document, Fetcher, found_files
from pipeline.nightly.log import Clock, JsonLog
from pipeline.nightly.render import as_json, markdown, page
from pipeline.nightly.settings import Target

INGEST, DIGEST, DELIVER = "nightly ingest", "nightly digest", "nightly deliver"
STAGES = (SCRAPE, INGEST, DIGEST, DELIVER)
LONGEST_NIGHT = timedelta(hours=20)
"""A night that was broken off longer ago is brought to its end, and then a new one begins."""
BEFORE = "before.json.gz"


class Stopped(NianbaoError):
    """A person, or the system, asked the night to end; the next run goes on from there."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a night works: ``out`` holds a folder for each digest, ``expected`` are normalised names of agencies that
    should have reports, ``targets`` who is sent the digest."""

    out: Path
    expected: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a night: its digest and the folder that holds it, and how many deliveries still wait."""

    digest: Digest
    folder: Path
    undelivered: int = 0

    @property
    def is_fine(self) -> bool:
        """Whether every site was seen in full, every file read and every digest delivered."""
        return not (self.undelivered or any(self.digest.alarms))


def nightly(
    store: Store, fetcher: Fetcher, plan: Plan, now: Clock, sleep: Callable[[float], None], log: JsonLog
) -> Result:
    """Does a night, or goes on with the one that was broken off (and then does a new one, if that was long ago).

    Raises NianbaoError when database or disk fail, Stopped when it was interrupted: then the same call goes on.
    """
    nights = NightLog(store)
    latest = next(iter(nights.nights(1)), None)
    if latest is not None and not latest.done:
        log("night resumed", night=latest.run_id)
        result = _Night(store, nights, fetcher, plan, now, sleep, log, latest).run()
        if now() - latest.started < LONGEST_NIGHT:
            return result
    begun = nights.begin(NIGHT, now(), current_versions())
    log("night begun", night=begun)
    return _Night(store, nights, fetcher, plan, now, sleep, log, nights.nights(1)[0]).run()


def digest_since(store: Store, since: date, now: datetime, expected: Iterable[str]) -> Digest:
    """What is new and what changed since a day, from what the store knows now. Findings of reports that did not change
    themselves are not told, as nothing says when they came."""
    nights = NightLog(store)
    first = nights.first_run_since(datetime.combine(since, datetime.min.time(), now.tzinfo))
    first = 2**31 if first is None else first
    before = Before(nights.stored_before(first))
    return _digest(store, nights, before, first, now.date(), expected, night=None, since=since)


@dataclass(slots=True)
class _Night:
    """The state of one night."""

    store: Store
    nights: NightLog
    fetcher: Fetcher
    plan: Plan
    now: Clock
    sleep: Callable[[float], None]
    log: JsonLog
    night: Stage
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.plan.out / f"{self.night.started:%Y-%m-%d}-{self.night.run_id:06}"

    def run(self) -> Result:
        # Before anything is done: what a site gives tonight may make another version current at once.
        if read_before(self.folder / BEFORE) is None and not self._done(INGEST):
            write_before(self.folder / BEFORE, before_now(self.nights))
        self._scrape()
        self._stage(INGEST, self._ingest)
        self._stage(DIGEST, self._tell)
        digest = self._compose()
        self.log("stage begins", night=self.night.run_id, stage=DELIVER)
        announce(self.folder, self.plan.targets)
        left = deliver(self.plan.out, self.plan.targets, self.now, self.sleep, told=self.log)
        self.log("stage done", night=self.night.run_id, stage=DELIVER)
        self.nights.finish(self.night.run_id, self.now())
        self.log("night done", night=self.night.run_id, headline=digest.headline, undelivered=left)
        return Result(digest, self.folder, left)

    def _done(self, command: str) -> list[Stage]:
        return [s for s in self.nights.stages(self.night.run_id) if s.command == command and s.done]

    def _stage(self, command: str, work: Callable[[], None]) -> None:
        """Does a stage, unless it is done, and notes it."""
        if self._done(command):
            return
        self.log("stage begins", night=self.night.run_id, stage=command)
        stage = self.nights.begin(command, self.now(), current_versions())
        work()
        self.nights.finish(stage, self.now())
        self.log("stage done", night=self.night.run_id, stage=command)

    def _scrape(self) -> None:
        """Visits the sites. A crawler that fails does not keep the night from telling so."""
        if self._done(SCRAPE):
            return
        self.log("stage begins", night=self.night.run_id, stage=SCRAPE)
        try:
            self.fetcher.visit(self.store)
        except NianbaoError as error:
            self.log("crawler failed", level="error", night=self.night.run_id, error=str(error))
            self.troubles.append(Trouble("(all sites)", "error", "crawler.failed", str(error)))
        except KeyboardInterrupt as interruption:
            raise Stopped("stopped while visiting the sites; the same command goes on from there") from interruption
        else:
            self.log("stage done", night=self.night.run_id, stage=SCRAPE)

    def _ingest(self) -> None:
        runs = sorted(stage.run_id for stage in self._done(SCRAPE))
        documents: dict[str, Document] = {}
        for run_id in runs:
            documents |= {document.url: document for document in self.fetcher.documents(self.store, run_id)}
        summary = self._ingested(list(documents.values()))
        self.log(
            "ingested",
            night=self.night.run_id,
            files=summary.files,
            unchanged=summary.unchanged,
            failed=len(summary.failed),
        )

    def _ingested(self, documents: Sequence[Document]) -> Summary:
        summary = ingest(
            self.store,
            (),
            self.plan.options,
            command=f"ingest night {self.night.run_id}",
            find=lambda _paths, _passed_over: found_files(documents),
        )
        if summary.interrupted:
            raise Stopped("stopped while reading files; the same command goes on from there")
        return summary

    def _tell(self) -> None:
        """Writes the digest; the JSON last, as it says that the others are there."""
        digest = self._compose()
        texts = {"digest.md": markdown(digest), "digest.html": page(digest), "digest.json": as_json(digest)}
        for name, text in texts.items():
            written(self.folder / name, text)
        announce(self.folder, self.plan.targets)
        for name, text in texts.items():
            written(self.plan.out / name.replace("digest", "latest"), text)

    def _compose(self) -> Digest:
        first = self.night.run_id
        before = read_before(self.folder / BEFORE) or Before(self.nights.stored_before(first))
        day = self.night.started.date()
        return _digest(
            self.store, self.nights, before, first, day, self.plan.expected, night=first, troubles=self.troubles
        )


def _digest(
    store: Store,
    nights: NightLog,
    before: Before,
    first_run: int,
    day: date,
    expected: Iterable[str],
    *,
    night: int | None,
    since: date | None = None,
    troubles: Sequence[Trouble] = (),
) -> Digest:
    found = changes(store, before, first_run)
    alarms = [Trouble(a.site, a.severity, a.rule, a.message, a.url) for a in nights.alarms_since(first_run)]
    failed = [
        Trouble(urlsplit(place).hostname or "(files)", "error", "file.unreadable", reason, place)
        for place, reason in nights.failed(first_run)
    ]
    sites = [
        Site(v.site, v.outcome, v.requests, v.entries, v.reports, v.fresh) for v in nights.visits_since(first_run)
    ]
    return Digest(
        day=day.isoformat(),
        night=night,
        since=since.isoformat() if since else None,
        new=found.new,
        changed=found.changed,
        findings=found.findings,
        troubles=(*troubles, *alarms, *failed),
        sites=tuple(sites),
        coverage=coverage(nights.standing(), expected, day),
    )
