"""The crawler of :mod:`pipeline.crawl` as the nightly job's fetcher."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from db import Store
from db.crawl.fetches import FetchLog
from pipeline.crawl.archive import Archive
from pipeline.crawl.night import name_of, scrape
from pipeline.crawl.sources import Sources
from pipeline.nightly.fetcher import Document


@dataclass(frozen=True, slots=True)
class Crawler:
    """Visits the sites of ``sources``; ``database`` is the URL of the store, for the crawler's own process."""

    sources: Sources
    archive: Path
    database: str
    jobs: int | None = None
    told: Callable[[str], None] = lambda _: None

    def visit(self, store: Store) -> None:
        """See :class:`pipeline.nightly.fetcher.Fetcher`."""
        scrape(store, self.sources, self.archive, database=self.database, jobs=self.jobs, told=self.told)

    def sites(self) -> Iterator[str]:
        """The sites that are enabled."""
        return (site.name for site in self.sources.sites if site.enabled)

    def documents(self, store: Store, run_id: int) -> Iterator[Document]:
        """The bytes that were judged to be reports. What the document itself says of its agency is left to the ingest."""
        log, kept = FetchLog(store), Archive(self.archive)
        names = {(fetch.url, fetch.sha256): name_of(fetch) for fetch in log.fetches(run_id)}
        for found in list(log.seen_in(run_id)):
            path = kept.path(found.sha256)
            if found.verdict == "report" and path is not None:
                agency = found.agency if found.agency_by != "document" else None
                name = names.get((found.url, found.sha256), path.name)
                yield Document(found.url, path, name, agency, found.year)


def expected_agencies(sources: Sources) -> tuple[str, ...]:
    """The agencies that the file names, as the store spells them."""
    from parsers.identity.names import normalise_agency

    names = (normalise_agency(agency) for site in sources.sites if site.enabled for agency in site.agencies)
    return tuple(sorted({name for name in names if name}))
