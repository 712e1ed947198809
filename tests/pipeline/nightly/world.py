"""A small world for nights: reports made from specimens, a site of files, a clock that stands where it is put."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from corpus.specimens import PRODUCERS, Task, make_specimen, sheet_of
from db import Store
from db.crawl.fetches import FetchLog
from db.crawl.records import Alarm, Fetch, Judgement, Visit
from parsers.assemble import current_versions
from parsers.report import CellKey
from pipeline.crawl.archive import Archive
from pipeline.nightly.fetcher import Document

NORMATIVE = CellKey("proactive", "normative_documents", "in_force")
"""A figure that no identity of the form holds: it can change without breaking a sum."""
PAGE = next(producer for producer in PRODUCERS if producer.name == "html-clean")


def report_page(folder: Path, index: int, agency: str, year: int, **figures: int) -> bytes:
    """The page of an invented report of an agency; ``in_force`` replaces the figure of the normative documents."""
    made = make_specimen(11, index, PAGE.name, dict.fromkeys(_NO_TRAITS, 0.0))
    agency_ = replace(made.agency, name=agency, accepted=())
    cells = dict(made.cells)
    if "in_force" in figures:
        value = figures["in_force"]
        cells[NORMATIVE] = replace(cells[NORMATIVE], value=Decimal(value), raw=str(value))
    specimen = replace(made, agency=agency_, year=year, cells=cells)
    path = folder / f"{index}{PAGE.suffix}"
    PAGE.render([Task(specimen, sheet_of(specimen), path)])
    return path.read_bytes()


def _traits() -> tuple[str, ...]:
    from corpus.specimens.compose import TRAITS

    return tuple(TRAITS)


_NO_TRAITS = _traits()


@dataclass(slots=True)
class Clock:
    """Stands where it is put."""

    moment: datetime = datetime(2023, 2, 1, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def next_night(self) -> None:
        self.moment += timedelta(days=1)


@dataclass(slots=True)
class FolderSite:
    """A fetcher whose site is a set of pages by address; what it sees goes into the archive and the crawler's tables."""

    archive: Path
    pages: dict[str, bytes] = field(default_factory=dict)
    alarms: tuple[str, ...] = ()

    def visit(self, store: Store) -> None:
        log, kept = FetchLog(store), Archive(self.archive)
        run = store.begin_run("scrape", current_versions())
        moment = datetime(2023, 2, 1, tzinfo=UTC).isoformat()
        log.begin_visit(Visit(run, "model", moment))
        judgements = []
        for url, body in self.pages.items():
            sha256 = kept.put(body)
            log.record(Fetch(run, "model", "article", url, moment, status=200, sha256=sha256, title="年报"))
            judgements.append(Judgement(run, "model", url, sha256, "report"))
        log.judge(judgements)
        fresh = len(log.judgements(run_id=run))
        visit = Visit(run, "model", moment, moment, "done", 5, 1000, len(self.pages), len(self.pages), fresh)
        log.update_visit(visit)
        log.raise_alarms(run, [Alarm(run, "model", "list.challenge", "error", message) for message in self.alarms])
        store.finish_run(run)

    def sites(self) -> list[str]:
        return ["model"]

    def documents(self, store: Store, run_id: int) -> Iterator[Document]:
        kept = Archive(self.archive)
        for seen in list(FetchLog(store).seen_in(run_id)):
            path = kept.path(seen.sha256)
            assert path is not None
            yield Document(seen.url, path, seen.url.rpartition("/")[2])
