"""What the nightly job asks of a crawler: visit the sites, then say which archived files are reports, and where from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from db import Store
from parsers.errors import Unreadable
from pipeline.ingest.discover import Found, discover, stamped
from pipeline.ingest.manifest import Entry

SCRAPE = "scrape"
"""Command of the run that a fetcher's visit is recorded under."""


@dataclass(frozen=True, slots=True)
class Document:
    """An archived file of a report. ``url`` is where it stands on the web, and its place for good: other bytes there
    replace the report that it held. ``agency`` and ``year`` are what the site says where the document does not."""

    url: str
    path: Path
    name: str
    agency: str | None = None
    year: int | None = None


class Fetcher(Protocol):
    """A crawler, as the nightly job sees it."""

    def visit(self, store: Store) -> None:
        """Visits the sites in a finished run of the command ``scrape``, with its fetches, visits and alarms in the
        store; one that was broken off is gone on with. Raises NianbaoError when that cannot be done."""

    def documents(self, store: Store, run_id: int) -> Iterable[Document]:
        """The files of reports that a run saw, changed or not: the ingest skips what it knows."""

    def sites(self) -> Iterable[str]:
        """Names of the sites that would be visited."""


def found_files(documents: Iterable[Document]) -> Iterator[Found]:
    """The documents as the ingest takes files, each at its address; the members of an archive at theirs inside it."""
    for document in documents:
        said = Entry(0, document.agency, document.year)
        entry = said if document.agency is not None or document.year is not None else None
        count = 0
        for found in discover([str(document.path)]):
            count += 1
            inside = found.location.partition("!/")[2]
            if inside:  # a member may be another agency's report: what the site says of the archive is not said of it
                yield replace(found, location=f"{document.url}!/{inside}")
            else:
                stamp = stamped(found.stamp, entry)
                yield replace(found, location=document.url, name=document.name, entry=entry, stamp=stamp)
        if not count:
            problem = Unreadable(f"{document.name}: no document that can be read (a database, perhaps)")
            yield Found(document.url, document.name, 0, 0, problem=problem)
