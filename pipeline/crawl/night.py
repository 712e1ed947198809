"""One night: visit the sites, judge what they brought, raise alarms. Killed at any moment, the next run of the same
night goes on: what was fetched is not fetched again, and the outcome is as if nothing had happened."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from db import Store
from db.crawl.fetches import FetchLog
from db.crawl.records import OF_REPORTS, Alarm, Fetch, Judgement, Visit
from parsers.errors import NianbaoError
from pipeline.crawl.alarms import SiteNight, alarms
from pipeline.crawl.archive import Archive
from pipeline.crawl.judge import Known, Look, Seen, is_judged, look, to_look_at, warm_up, weighed
from pipeline.crawl.process import Errand, crawl
from pipeline.crawl.sources import Source, Sources
from pipeline.ingest.workers import Job, Limits, Workers, processors

SAME_NIGHT_HOURS = 20
"""A run that was broken off so long ago is of another night, and is not gone on with."""
SECONDS_FOR_A_FILE = 60.0
"""What the judgement of one file may take, as in ingest."""


@dataclass(frozen=True, slots=True)
class Night:
    """What a night did. ``judgements`` are those on all that it saw, ``new_bytes`` the hashes of what no night before
    had brought, at this address or another."""

    run_id: int
    visits: tuple[Visit, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    new_bytes: frozenset[str] = frozenset()

    @property
    def found(self) -> Iterator[Judgement]:
        """The sources of reports that the night saw."""
        return (judgement for judgement in self.judgements if judgement.verdict in OF_REPORTS)

    @property
    def fresh(self) -> Iterator[Judgement]:
        """The sources of reports that no night before had brought."""
        return (judgement for judgement in self.found if judgement.sha256 in self.new_bytes)

    @property
    def is_clean(self) -> bool:
        """Whether no report can have been missed."""
        return not any(alarm.severity == "error" for alarm in self.alarms)


def scrape(
    store: Store,
    sources: Sources,
    archive: Path,
    *,
    database: str,
    names: Sequence[str] = (),
    fresh: bool = False,
    at_once: int = 50,
    jobs: int | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> Night:
    """Visits the sites (those called ``names``, or all that are enabled) and gives what came of it.

    ``database`` is the URL of ``store``, for the crawler's own process. A run of the last hours that was broken off is
    gone on with, unless ``fresh``. ``told`` hears what is being done. Raises BadInput for names that are not known,
    StoreError when disk or database fail: then the same call goes on where it stopped.
    """
    wanted = tuple(sources.site(name) for name in names) or tuple(site for site in sources.sites if site.enabled)
    log = FetchLog(store)
    command = " ".join(["scrape", *sorted(names)])
    since = (datetime.now(UTC) - timedelta(hours=SAME_NIGHT_HOURS)).isoformat()
    resumed = None if fresh else log.unfinished_night(command, since)
    run_id = resumed if resumed is not None else _begun(store, command)
    told(f"sites to visit: {len(wanted)}" + (", going on with the run that was broken off" if resumed else ""))
    try:
        crawl(Errand(run_id, database, archive, sources.user_agent, wanted, at_once))
        told("judging what they brought")
        kept = Archive(archive)
        raised: list[Alarm] = []
        with Workers(look, jobs or processors(), Limits(SECONDS_FOR_A_FILE), warm_up) as workers:
            for source in wanted:
                raised += _settle(log, kept, workers, run_id, source)
    except KeyboardInterrupt:
        store.finish_run(run_id, interrupted=True)
        raise
    log.raise_alarms(run_id, raised)
    store.finish_run(run_id)
    judgements = tuple(log.seen_in(run_id))
    return Night(
        run_id,
        tuple(log.visits(run_id=run_id)),
        judgements,
        tuple(raised),
        log.new_bytes(run_id),
    )


def _begun(store: Store, command: str) -> int:
    from parsers.assemble import current_versions

    return store.begin_run(command, current_versions())


def _settle(
    log: FetchLog, archive: Archive, workers: Workers[Look, Seen], run_id: int, source: Source
) -> list[Alarm]:
    """Judges what a night brought of one source, counts it, and says what is wrong."""
    fetches = log.fetches(run_id, source.name)
    known = log.judgements(site=source.name)
    judged = {(judgement.url, judgement.sha256) for judgement in known}
    before = {judgement.url: judgement for judgement in known}
    looked_at = to_look_at(fetches, judged)
    seen = dict(_looked(workers, archive, looked_at))
    with_bytes = [fetch for fetch in fetches if is_judged(fetch)]
    # A page is weighed with its files: where one of them is new, all of them are looked at together.
    log.judge(weighed(run_id, source, with_bytes, Known(seen, before)))
    reports = log.judgements(site=source.name, reports_only=True)
    tonight = {(f.url, f.sha256) for f in with_bytes}
    visits = log.visits(site=source.name)
    mine = next(visit for visit in visits if visit.run_id == run_id)
    seen_tonight = [judgement for judgement in reports if (judgement.url, judgement.sha256) in tonight]
    new = log.new_bytes(run_id)
    mine = replace(mine, reports=len(seen_tonight), fresh=len({j.sha256 for j in seen_tonight} & new))
    log.update_visit(mine)
    last = next((visit for visit in visits if visit.run_id < run_id and visit.outcome == "done"), None)
    lists_before = log.lists_before(run_id, source.name)
    return list(alarms(SiteNight(source, mine, fetches, last, reports, lists_before)))


def _looked(workers: Workers[Look, Seen], archive: Archive, fetches: dict[str, Fetch]) -> Iterator[tuple[str, Seen]]:
    """What the workers see in bytes that were not judged yet, by hash."""

    def jobs() -> Iterator[Job[str, Look, Seen]]:
        for sha256, fetch in fetches.items():
            path = archive.path(sha256)
            name = name_of(fetch)
            if path is None:
                yield Job(sha256, name, ready=Seen("unreadable", reason=f"{name}: no longer in the archive"))
            else:
                yield Job(sha256, name, Look(path, name))

    for sha256, result in workers.run(jobs()):
        yield sha256, Seen("unreadable", reason=str(result)) if isinstance(result, NianbaoError) else result


def name_of(fetch: Fetch) -> str:
    """The name of a fetched file: as the server gave it, as the link calls it, or the end of its address."""
    last = unquote(urlsplit(fetch.url).path.rpartition("/")[2]) or "page.html"
    if fetch.kind == "article":
        return last
    return fetch.file_name or (fetch.title if fetch.title and "." in fetch.title[-6:] else None) or last


def write_found(night: Night, path: Path) -> int:
    """Writes a line of JSON for every source of a report that the night saw (agency, year, url, sha256 and more); the
    number of lines. Usable as a list of what to read."""
    lines = [
        json.dumps(
            {
                "agency": found.agency,
                "year": found.year,
                "url": found.url,
                "sha256": found.sha256,
                "verdict": found.verdict,
                "new": found.sha256 in night.new_bytes,
                "title": found.title,
                "published": found.published,
                "site": found.site,
            },
            ensure_ascii=False,
        )
        for found in night.found
    ]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return len(lines)
