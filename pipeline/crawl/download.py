"""Scrapy's downloader, asked one request at a time: HTTP/1.1, limits, decompression, addresses of private networks
refused where names are resolved. What to ask, when, and what to make of it is decided elsewhere."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    StopDownload,
    UnsupportedURLSchemeError,
)
from scrapy.resolver import CachingThreadedResolver

from pipeline.crawl.fetch import Raw, Refused
from pipeline.crawl.hosts import NamedHosts, is_private
from pipeline.crawl.steps import Failure

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred

SLOW_AFTER = 20.0
"""Seconds after which an answer must have come at :data:`SLOWEST` or faster."""
SLOWEST = 1024.0
"""Bytes a second; a body that drips more slowly than a modem is there to hold us."""
MOST_COOKIES, LONGEST_COOKIE = 20, 4096
"""Cookies kept of a host, and their length: what RFC 6265 asks of clients."""
_REFUSED_NAMES: set[str] = set()
"""Names that were found to lead into a private network."""


class PublicResolver(CachingThreadedResolver):
    """Resolves names as Scrapy does, and refuses those that lead into a private network unless a source names them."""

    named = NamedHosts(())

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> PublicResolver:
        resolver = super().from_crawler(crawler, reactor)
        resolver.named = NamedHosts(crawler.settings.getlist("NIANBAO_HOSTS"))
        return resolver

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802 - Twisted's name
        """The address of a name; fails for one that may not be spoken to."""

        def check(address: str) -> str:
            if is_private(address) and not self.named.may_be_private(name):
                _REFUSED_NAMES.add(name.lower())
                raise OSError(f"{name} leads into a private network ({address})")
            return address

        found: Deferred[str] = super().getHostByName(name, timeout)
        return found.addCallback(check)


def settings(user_agent: str, hosts: list[str], at_once: int) -> dict[str, Any]:
    """Scrapy's settings for a night. Redirections, retries, robots.txt and conditions are our own: each of them is a row
    of the log and goes through the same gate as any other request."""
    return {
        "USER_AGENT": user_agent,
        "NIANBAO_HOSTS": hosts,
        "DNS_RESOLVER": "pipeline.crawl.download.PublicResolver",
        "DNS_TIMEOUT": 20,
        "COOKIES_ENABLED": False,  # Scrapy's would fetch a list of domains from elsewhere; ours are in ScrapyDownload
        "CONCURRENT_REQUESTS": max(at_once, 16),
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": 0,
        "DOWNLOAD_DELAY_JITTER": 0,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "REDIRECT_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "RETRY_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
        "HTTPPROXY_ENABLED": False,
        "REFERER_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "MEMUSAGE_ENABLED": False,
        "STATS_DUMP": False,
        "LOG_ENABLED": False,
        "REACTOR_THREADPOOL_MAXSIZE": 8,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9",
        },
    }


class ScrapyDownload:
    """Asks the network through a crawler's engine; see :class:`pipeline.crawl.fetch.Download`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._cookies: dict[str, dict[str, str]] = {}
        crawler.signals.connect(self._watch, signals.bytes_received)

    async def __call__(
        self, url: str, *, form: str | None, headers: Mapping[str, str], timeout: float, largest: int, slot: str
    ) -> Raw:
        sent = dict(headers)
        if cookies := self._cookies.get(slot):
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        if form is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
        request = Request(
            url,
            method="GET" if form is None else "POST",
            body=form or "",
            headers=sent,
            dont_filter=True,
            meta={
                "download_slot": slot,
                "download_timeout": timeout,
                "download_maxsize": largest,
                "begun": time.monotonic(),
                "received": 0,
            },
        )
        engine = self._crawler.engine
        assert engine is not None
        try:
            response = await engine.download_async(request)
        except Exception as error:
            raise Refused(*_failure(error, url)) from error
        for cookie in response.headers.getlist("Set-Cookie"):
            self._keep(slot, cookie.decode("latin-1"))
        shown = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        return Raw(response.status, shown, response.body, response.url)

    def _keep(self, slot: str, cookie: str) -> None:
        """Keeps a cookie for the host that gave it, for this night: some sites answer only those who bring theirs back."""
        name, equals, value = cookie.partition(";")[0].strip().partition("=")
        jar = self._cookies.setdefault(slot, {})
        if equals and name and len(name) + len(value) <= LONGEST_COOKIE and (name in jar or len(jar) < MOST_COOKIES):
            jar[name] = value

    def _watch(self, data: bytes, request: Request, **_: object) -> None:
        """Breaks off an answer that drips."""
        meta = request.meta
        meta["received"] = meta.get("received", 0) + len(data)
        elapsed = time.monotonic() - meta.get("begun", time.monotonic())
        if elapsed > SLOW_AFTER and meta["received"] < elapsed * SLOWEST:
            raise StopDownload(fail=True)


def _failure(error: Exception, url: str) -> tuple[Failure, str]:
    """Which failure an exception of the downloader is, with a sentence."""
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    name = (urlsplit(url).hostname or "").lower()
    if name in _REFUSED_NAMES:
        return Failure.PRIVATE_ADDRESS, f"{name} leads into a private network"
    match error:
        case StopDownload():
            return Failure.TIMEOUT, f"the answer dripped in at less than {SLOWEST / 1024:g} KB a second"
        case DownloadTimeoutError():
            return Failure.TIMEOUT, "no answer, or not all of it, in the time allowed"
        case CannotResolveHostError():
            return Failure.DNS, f"the name {name} is not known"
        case DownloadConnectionRefusedError():
            return Failure.CONNECTION, "the connection was refused"
        case DownloadCancelledError() | IgnoreRequest():
            return Failure.TOO_LARGE, "larger than one file may be, as sent or unpacked"
        case ResponseDataLossError():
            return Failure.DAMAGED, "the answer was cut off"
        case UnsupportedURLSchemeError():
            return Failure.OTHER, said
    text = repr(error) + repr(error.__cause__)
    if any(word in text for word in ("SSL", "TLS", "certificate", "Certificate", "VerificationError")):
        return Failure.TLS, f"no safe connection ({said})"
    if any(word in text for word in ("BadGzipFile", "zlib", "decompress", "EOFError")):
        return Failure.DAMAGED, f"compressed wrongly ({said})"
    return Failure.CONNECTION, said
