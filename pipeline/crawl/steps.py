"""What travels in the crawler: a step (an address to be asked for, and why) and an answer (what came of it)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from pipeline.crawl.urls import key


class Kind(StrEnum):
    """What an address is asked for as."""

    LIST = "list"
    """A page of links: start pages, columns, their next pages, collections."""
    ARTICLE = "article"
    """A page that promises to be a report, or to carry one."""
    ATTACHMENT = "attachment"
    """A file."""


class Failure(StrEnum):
    """Why there is no content. Each is another thing to a person who looks after the sources."""

    NOT_FOUND = "not_found"
    FIREWALL = "firewall"
    """412, 403 and the like: the site refuses us."""
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    TLS = "tls"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    DNS = "dns"
    CHALLENGE = "challenge"
    """A page that wants to see a person's browser, served with 200."""
    EMPTY_SHELL = "empty_shell"
    """A list that holds nothing: to be filled by a script that we do not know, or broken."""
    TOO_LARGE = "too_large"
    """Larger than allowed, before or after decompression."""
    DAMAGED = "damaged"
    """Cut off, or compressed wrongly."""
    OFF_SITE = "off_site"
    """On a host that the source does not allow; never asked for."""
    PRIVATE_ADDRESS = "private_address"
    """On a host whose name leads into a private network; never asked for."""
    ROBOTS = "robots"
    """Forbidden by robots.txt; never asked for."""
    ROBOTS_UNREACHABLE = "robots_unreachable"
    """robots.txt could not be had, so nothing may be asked for."""
    LOOP = "loop"
    """Redirections without an end."""
    OTHER = "other"


TEMPORARY = frozenset(
    {Failure.RATE_LIMITED, Failure.SERVER_ERROR, Failure.TIMEOUT, Failure.CONNECTION, Failure.DAMAGED}
)
"""Failures that another try may mend."""
NEVER_ASKED = frozenset({Failure.OFF_SITE, Failure.PRIVATE_ADDRESS, Failure.ROBOTS, Failure.ROBOTS_UNREACHABLE})


@dataclass(frozen=True, slots=True)
class Step:
    """An address to be asked for, and why.

    ``title``, ``day`` (ISO 8601) and ``agency`` are what the page that led here (``parent``) says of it; ``sure`` says
    that its title promises a report. ``chain`` is the list whose page it is, ``number`` its place among the list's
    pages, ``about`` what that list is about, for answers that have no heading of their own. ``depth`` counts pages from
    the start, ``hops`` redirections, and ``trail`` holds the keys of the addresses that they led over. ``gbk`` says
    that the linking page is in GBK, ``revisit`` that no list of this night led here.
    """

    url: str
    kind: Kind
    form: str | None = None
    title: str = ""
    day: str | None = None
    agency: str | None = None
    parent: str | None = None
    chain: str | None = None
    number: int = 0
    depth: int = 0
    hops: int = 0
    trail: tuple[str, ...] = ()
    sure: bool = False
    about: str = ""
    gbk: bool = False
    revisit: bool = False

    @property
    def key(self) -> str:
        """What makes two steps one."""
        return key(self.url, self.form)

    def to_text(self) -> str:
        """The step as text, for the frontier."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Step:
        """The step that :meth:`to_text` wrote."""
        values: dict[str, Any] = json.loads(text)
        return cls(**values | {"kind": Kind(values["kind"]), "trail": tuple(values["trail"])})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a step. ``body`` holds the bytes after decoding (for a 304 those of the archive), None where there
    are none; ``location`` where a redirection leads; ``new`` whether bytes came over the wire; ``replayed`` whether the
    answer is of the same night, from the log."""

    status: int | None = None
    failure: Failure | None = None
    body: bytes | None = None
    sha256: str | None = None
    location: str | None = None
    media_type: str | None = None
    charset: str | None = None
    file_name: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moment: str = ""
    seconds: float = 0.0
    tries: int = 1
    received: int = 0
    error: str | None = None
    replayed: bool = False
