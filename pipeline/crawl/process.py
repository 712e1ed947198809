"""The crawl in a process of its own: a reactor cannot be started twice, and a crash of one must not be the caller's."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from parsers.errors import NianbaoError, StoreError
from pipeline.crawl.sources import Source


@dataclass(frozen=True, slots=True)
class Errand:
    """What the process is to do: visit these sources in the night ``run_id``, ``at_once`` of them side by side."""

    run_id: int
    database: str
    archive: Path
    user_agent: str
    sources: tuple[Source, ...]
    at_once: int = 50


def crawl(errand: Errand) -> None:
    """Runs the errand in a new process and waits for its end. Raises StoreError when it did not come to one; an
    interruption ends the process, and the next run of the same night goes on."""
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_main, args=(errand, sending, os.getpid()), daemon=True)
    process.start()
    sending.close()
    try:
        try:
            error = receiving.recv()
        except EOFError:
            process.join()
            error = f"the crawler's process ended with code {process.exitcode} before its work was done; run it again to go on"
        process.join()
    finally:
        receiving.close()
        if process.is_alive():
            process.terminate()
            process.join()
    if error is not None:
        raise StoreError(error)


def _main(errand: Errand, sending: Connection, parent: int) -> None:
    from pipeline.ingest.workers import die_with

    die_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears of it, and ends us
    try:
        sending.send(_run(errand))
    except BaseException as error:
        sending.send(f"the crawler failed unexpectedly ({type(error).__name__}: {error}); please report")
        raise
    finally:
        sending.close()


def _run(errand: Errand) -> str | None:
    """Runs the reactor until every source was visited; the sentence of what went wrong, or None."""
    from scrapy import Spider
    from scrapy.crawler import AsyncCrawlerProcess
    from twisted.logger import LimitedHistoryLogObserver, globalLogBeginner

    from pipeline.crawl.download import ScrapyDownload, settings

    failed: list[str] = []

    class Night(Spider):
        """Visits every source, then ends."""

        name = "nianbao"

        async def start(self) -> AsyncIterator[Any]:
            try:
                await _visit_all(errand, ScrapyDownload(self.crawler))
            except NianbaoError as error:
                failed.append(str(error))
            except Exception as error:
                failed.append(f"the crawler failed unexpectedly ({type(error).__name__}: {error}); please report")
            return
            yield

    hosts = [host for source in errand.sources for host in source.hosts]
    silent: Any = LimitedHistoryLogObserver(1)  # what matters becomes a row
    globalLogBeginner.beginLoggingTo([silent], redirectStandardIO=False)
    process = AsyncCrawlerProcess(settings(errand.user_agent, hosts, errand.at_once))
    process.crawl(Night)
    process.start(install_signal_handlers=False)
    return failed[0] if failed else None


async def _visit_all(errand: Errand, download: Any) -> None:
    """Visits the sources, so many at a time. An error in one ends all: it is the disk's or the database's."""
    from db import Store
    from db.crawl.fetches import FetchLog
    from pipeline.crawl.archive import Archive
    from pipeline.crawl.fetch import Fetcher
    from pipeline.crawl.frontier import Frontier
    from pipeline.crawl.hosts import NamedHosts
    from pipeline.crawl.visit import SiteVisit

    named = NamedHosts([host for source in errand.sources for host in source.hosts])
    places = asyncio.Semaphore(errand.at_once)
    frontier = Frontier()
    with Store.open(errand.database) as store:
        log = FetchLog(store)
        fetcher = Fetcher(errand.run_id, log, Archive(errand.archive), download, named)

        async def visited(source: Source) -> None:
            async with places:
                await SiteVisit(errand.run_id, source, fetcher, frontier, log).run()

        await _all(errand.sources, visited)
    frontier.close()


async def _all(sources: Sequence[Source], visited: Any) -> None:
    tasks = [asyncio.ensure_future(visited(source)) for source in sources]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
