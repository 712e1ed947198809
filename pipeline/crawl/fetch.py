"""One address, asked for politely: from the night's log if it was had already, within what source, robots.txt and the
host's pace allow, on condition that it changed, and again after a temporary failure."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import quote

from db.crawl.fetches import FetchLog
from db.crawl.records import Fetch
from pipeline.crawl.archive import Archive
from pipeline.crawl.failures import failure_of_status
from pipeline.crawl.headers import charset_of, file_name_of
from pipeline.crawl.hosts import NamedHosts
from pipeline.crawl.pace import LONGEST_WAIT, Pace, retry_after
from pipeline.crawl.robots import LARGEST, Robots, robots_of, robots_url
from pipeline.crawl.sources import Source
from pipeline.crawl.steps import NEVER_ASKED, TEMPORARY, Answer, Failure, Kind, Step
from pipeline.crawl.urls import absolute, host_of

REDIRECTIONS = (301, 302, 303, 307, 308)
PAGE_BYTES = 16 * 2**20
"""Bytes of a page, before and after decompression; a county's collection has some 3 MB."""
FILE_TIMES = 5
"""A file may take so many times the time of a page."""
ROBOTS_HOPS = 5
"""Redirections of robots.txt that are followed (RFC 9309)."""
_ASCII = "".join(map(chr, range(0x21, 0x7F)))
"""Signs of a Location that are left alone; raw bytes beyond ASCII are percent-encoded as they are."""


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer as it came: headers by their lower-case names, the body after decompression."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


class Refused(Exception):
    """There was no answer; says which failure it was."""

    def __init__(self, failure: Failure, message: str) -> None:
        super().__init__(message)
        self.failure = failure


class Download(Protocol):
    """What asks the network: one request, no policy. Raises Refused."""

    async def __call__(
        self, url: str, *, form: str | None, headers: Mapping[str, str], timeout: float, largest: int, slot: str
    ) -> Raw: ...


@dataclass(slots=True)
class Host:
    """What is known of a host in this night."""

    pace: Pace
    robots: Robots | None = None
    loading: asyncio.Lock = field(default_factory=asyncio.Lock)


class Fetcher:
    """Fetches steps for all sources of a night."""

    def __init__(self, run_id: int, log: FetchLog, archive: Archive, download: Download, named: NamedHosts) -> None:
        self._run_id, self._log, self._archive = run_id, log, archive
        self._download, self._named = download, named
        self._hosts: dict[str, Host] = {}

    async def fetch(self, source: Source, step: Step, *, again: bool = False) -> Answer:
        """What came of a step. Nothing is asked for that the night has had (unless ``again``), that is off the source's
        hosts, in a private network, or forbidden by robots.txt."""
        before = None if again else self._log.of_run(self._run_id, step.url, step.form)
        if before is not None and (replayed := self._replayed(before)) is not None:
            return replayed
        refusal = await self._refusal(source, step.url)
        if refusal is not None:
            return Answer(failure=refusal[0], error=refusal[1], moment=now(), tries=0)
        return await self._asked(source, step)

    def _replayed(self, before: Fetch) -> Answer | None:
        """The answer of earlier in this night, before a kill; None when its bytes are gone."""
        body = self._archive.get(before.sha256) if before.sha256 is not None else None
        if before.sha256 is not None and body is None:
            return None
        return Answer(
            status=before.status,
            failure=Failure(before.failure) if before.failure else None,
            body=body,
            sha256=before.sha256,
            location=before.final_url,
            media_type=before.media_type,
            charset=charset_of(before.media_type),
            file_name=before.file_name,
            etag=before.etag,
            last_modified=before.last_modified,
            moment=before.moment,
            seconds=before.seconds or 0.0,
            tries=before.tries,
            received=before.size or 0,
            error=before.error,
            replayed=True,
        )

    async def _refusal(self, source: Source, url: str) -> tuple[Failure, str] | None:
        if not source.allows(url):
            return (
                Failure.OFF_SITE,
                f"{host_of(url)} is not among the hosts of {source.name}; add it to hosts to allow it",
            )
        if self._named.refuses(url):
            return Failure.PRIVATE_ADDRESS, f"{host_of(url)} is an address of a private network"
        host = self._host(source, url)
        async with host.loading:
            if host.robots is None:
                host.robots = await self._robots(source, url, host)
        if not host.robots.reachable:
            return (
                Failure.ROBOTS_UNREACHABLE,
                f"robots.txt of {host_of(url)} could not be had, so nothing was asked for",
            )
        if not host.robots.allows(url):
            return Failure.ROBOTS, f"robots.txt of {host_of(url)} forbids it"
        return None

    def _host(self, source: Source, url: str) -> Host:
        host = self._hosts.setdefault(host_of(url), Host(Pace(source.delay)))
        host.pace.floor = max(host.pace.floor, source.delay)
        return host

    async def _robots(self, source: Source, url: str, host: Host) -> Robots:
        """The rules of a host, asked for before anything else of it (once a night, kills included)."""
        where: str | None = robots_url(url)
        answer = Answer()
        for _ in range(ROBOTS_HOPS + 1):
            if where is None or not source.allows(where) or self._named.refuses(where):
                answer = Answer(status=404)
                break
            before = self._log.of_run(self._run_id, where)
            replayed = self._replayed(before) if before is not None else None
            answer = replayed or await self._asked(source, Step(where, Kind.ATTACHMENT), robots=True)
            if answer.failure is Failure.NOT_FOUND:
                answer = replace(answer, failure=None, error=None)  # no rules: nothing wrong with that
            if replayed is None:
                self._log.record(row(self._run_id, source, Step(where, Kind.LIST), answer, kind="robots"))
            if answer.location is None:
                break
            where = answer.location
        if answer.body is not None:
            robots = robots_of(answer.body)
        elif (
            answer.failure in (Failure.NOT_FOUND, Failure.FIREWALL, Failure.OTHER)
            or answer.status == 404
            or answer.location
        ):
            robots = Robots()
        else:
            robots = Robots(reachable=False)
        host.pace.at_least(max(source.delay, robots.delay))
        return robots

    async def _asked(self, source: Source, step: Step, *, robots: bool = False) -> Answer:
        """Asks, and asks again after temporary failures, each time after a longer wait or what Retry-After says."""
        known = None if robots else self._log.last_kept(step.url, step.form)
        body = self._archive.get(known.sha256) if known is not None and known.sha256 is not None else None
        headers = _conditions(known) if known is not None and body is not None else {}
        pace = self._host(source, step.url).pace
        waits = source.backoff
        answer = Answer()
        for attempt in range(1, source.retries + 2):
            async with pace.turn():
                answer, raw = await self._once(source, step, headers, robots)
                asked_wait = retry_after(raw.headers.get("retry-after")) if raw is not None else None
                if answer.failure in TEMPORARY or asked_wait is not None:
                    pace.wait(min(asked_wait if asked_wait is not None else waits, LONGEST_WAIT))
            answer = replace(answer, tries=attempt)
            if answer.failure not in TEMPORARY or (asked_wait or 0) > LONGEST_WAIT:
                break
            waits *= 3
        if answer.status == 304 and known is not None:
            return replace(
                answer,
                body=body,
                sha256=known.sha256,
                media_type=known.media_type,
                charset=charset_of(known.media_type),
                file_name=known.file_name,
                etag=answer.etag or known.etag,
                last_modified=answer.last_modified or known.last_modified,
            )
        if answer.body is not None:
            return replace(answer, sha256=self._archive.put(answer.body))
        return answer

    async def _once(
        self, source: Source, step: Step, headers: Mapping[str, str], robots: bool
    ) -> tuple[Answer, Raw | None]:
        file = step.kind is Kind.ATTACHMENT and not robots
        largest = LARGEST if robots else int(source.largest * 2**20) if file else PAGE_BYTES
        moment, begun = now(), time.monotonic()
        try:
            raw = await self._download(
                step.url,
                form=step.form,
                headers=headers,
                timeout=source.timeout * (FILE_TIMES if file else 1),
                largest=largest,
                slot=host_of(step.url),
            )
        except Refused as refused:
            seconds = time.monotonic() - begun
            return Answer(failure=refused.failure, error=str(refused), moment=moment, seconds=seconds), None
        answer = _answer(raw, step, moment, time.monotonic() - begun)
        if answer.status == 304 and not headers:
            answer = replace(answer, failure=Failure.OTHER, error="the site says 304 without having been asked")
        return answer, raw


def _answer(raw: Raw, step: Step, moment: str, seconds: float) -> Answer:
    headers = raw.headers
    answer = Answer(
        status=raw.status,
        failure=failure_of_status(raw.status),
        media_type=headers.get("content-type"),
        charset=charset_of(headers.get("content-type")),
        file_name=file_name_of(headers.get("content-disposition")),
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        moment=moment,
        seconds=seconds,
        received=len(raw.body),
    )
    if raw.status in REDIRECTIONS:
        target = headers.get("location")
        location = absolute(quote(target.encode("latin-1", "replace"), safe=_ASCII), step.url) if target else None
        failure = None if location else Failure.OTHER
        return replace(
            answer, location=location, failure=failure, error=None if location else "a redirection to nowhere"
        )
    if answer.failure is None and raw.status != 304:
        return replace(answer, body=raw.body)
    return replace(answer, error=f"HTTP {raw.status}" if answer.failure else None)


def _conditions(known: Fetch) -> dict[str, str]:
    """The headers by which the host can answer that nothing changed."""
    return {
        name: value
        for name, value in (("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified))
        if value
    }


def now() -> str:
    """This moment, UTC, as the database keeps it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def row(run_id: int, source: Source, step: Step, answer: Answer, *, kind: str | None = None) -> Fetch:
    """The row of the log for what came of a step."""
    return Fetch(
        run_id=run_id,
        site=source.name,
        kind=kind or step.kind.value,
        url=step.url,
        form=step.form,
        moment=answer.moment,
        status=answer.status,
        failure=answer.failure.value if answer.failure else None,
        final_url=answer.location,
        media_type=answer.media_type,
        file_name=answer.file_name,
        etag=answer.etag,
        last_modified=answer.last_modified,
        size=None if answer.failure in NEVER_ASKED else answer.received,
        seconds=round(answer.seconds, 3),
        tries=answer.tries,
        sha256=answer.sha256,
        title=step.title or None,
        published=step.day,
        publisher=step.agency,
        parent=step.parent,
        error=answer.error,
    )
