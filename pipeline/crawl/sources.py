"""The sites that are visited: where to start, what to take, and how much a night.

:mod:`pipeline.crawl.sources_file` reads them from ``sources.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parsers.errors import BadInput
from pipeline.crawl.urls import host_of

AUTOMATIC = "auto"


@dataclass(frozen=True, slots=True)
class Budget:
    """What one night may cost one site: requests, megabytes received, minutes on the clock."""

    requests: int = 3000
    megabytes: float = 1000
    minutes: float = 120


@dataclass(frozen=True, slots=True)
class Floor:
    """What a night must bring at least, or it is an alarm: entries on the site's lists, sources of reports."""

    entries: int = 1
    reports: int = 0


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors for a site that no preset reads: an entry of a list, and within it link, title and day; the link
    to the next page. An empty one leaves the matter to the preset."""

    entry: str = ""
    link: str = "a"
    title: str = ""
    day: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One site. ``hosts`` are the only hosts (with a port where it is not 80 or 443) that are ever asked; ``follow``
    are patterns of addresses that are lists as well, ``skip`` of addresses never asked for, ``titles`` of links that are
    reports although their words do not say so. ``delay`` is seconds from the end of an answer to the next request,
    ``depth`` how many pages lie between start and report, ``timeout`` seconds for a page (a file may take five times
    that), ``retries`` how often a temporary failure is tried again, ``backoff`` the wait before the first of them,
    ``largest`` the megabytes that one file may have, ``line`` where the site stands in the file."""

    name: str
    start: tuple[str, ...]
    agencies: tuple[str, ...] = ()
    system: str = AUTOMATIC
    hosts: tuple[str, ...] = ()
    follow: tuple[re.Pattern[str], ...] = ()
    skip: tuple[re.Pattern[str], ...] = ()
    titles: tuple[re.Pattern[str], ...] = ()
    select: Selectors | None = None
    budget: Budget = field(default_factory=Budget)
    floor: Floor = field(default_factory=Floor)
    delay: float = 1.0
    timeout: float = 60.0
    retries: int = 2
    backoff: float = 5.0
    depth: int = 6
    pages: int = 100
    largest: float = 200
    enabled: bool = True
    line: int = 0

    def allows(self, url: str) -> bool:
        """Whether an address is on one of the site's hosts."""
        return host_of(url) in self.hosts

    @property
    def agency(self) -> str | None:
        """The agency of everything on the site, where it has one only."""
        return self.agencies[0] if len(self.agencies) == 1 else None


@dataclass(frozen=True, slots=True)
class Sources:
    """The whole file. ``contact`` is an address of mail or of a page, for the user agent."""

    contact: str
    sites: tuple[Source, ...]
    path: str = ""

    @property
    def user_agent(self) -> str:
        """The honest name of the crawler, with whom to write to."""
        return f"nianbao/0.1 (+{self.contact})"

    def site(self, name: str) -> Source:
        """The site of this name; raises BadInput, naming those there are."""
        for site in self.sites:
            if site.name == name:
                return site
        names = ", ".join(site.name for site in self.sites[:10])
        raise BadInput(f"{self.path}: no site {name!r}; there are {names}")
