"""robots.txt of one host, read as RFC 9309 says: no file allows everything, a server in trouble nothing."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

LARGEST = 512 * 1024
"""Bytes that are read of it, as the RFC asks for."""
NAME = "nianbao"
"""The name by which rules speak to us."""


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of a host. ``reachable`` is False when nobody knows them: then nothing is allowed."""

    rules: Protego | None = None
    reachable: bool = True

    def allows(self, url: str) -> bool:
        """Whether an address may be asked for."""
        if not self.reachable:
            return False
        return self.rules is None or bool(self.rules.can_fetch(url, NAME))

    @property
    def delay(self) -> float:
        """Seconds that the host asks for between two requests."""
        if self.rules is None:
            return 0.0
        rate = self.rules.request_rate(NAME)
        slowest = rate.seconds / rate.requests if rate is not None and rate.requests else 0.0
        return max(float(self.rules.crawl_delay(NAME) or 0.0), float(slowest))


def robots_of(body: bytes) -> Robots:
    """The rules in a file; a page of HTML served in its place has none."""
    text = body[:LARGEST].decode("utf-8", "replace").lstrip("\ufeff")
    return Robots(None if text.lstrip().startswith("<") else Protego.parse(text))


def robots_url(url: str) -> str:
    """Where the rules for an address stand.

    >>> robots_url("http://a.cn:8080/x/y.html?z=1")
    'http://a.cn:8080/robots.txt'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"
