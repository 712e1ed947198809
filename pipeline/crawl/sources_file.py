"""``sources.toml``: which sites are visited, where to start, what to take, and how much a night.

::

    contact = "mailto:someone@example.org"      # goes into the user agent, so that a site's owner can write to you

    [defaults]                                  # anything of a site, for all of them
    delay = 1.0

    [[site]]
    name = "lanping"
    agency = "澜平市人民政府"
    start = ["https://www.lanping.example/zwgk/zfxxgknb/index.html"]

The whole of it is described in ``docs/nightly.md``. What is wrong with a file is told with its line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from parsers.errors import BadInput
from pipeline.crawl.sources import AUTOMATIC, Budget, Floor, Selectors, Source, Sources
from pipeline.crawl.urls import absolute, host_of

_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.-]{0,63}")
_HOST = re.compile(r"(?:[0-9A-Za-z_-]+\.)*[0-9A-Za-z_-]+(?::\d{1,5})?|\[[0-9a-fA-F:]+\](?::\d{1,5})?")


def read_sources(path: Path) -> Sources:
    """The sources in a file; raises BadInput, with the line, for anything that is wrong in it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror}); docs/nightly.md shows how to write it") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: not UTF-8; save it as UTF-8") from error
    return parse_sources(text, str(path))


def parse_sources(text: str, path: str) -> Sources:
    """The sources in the text of a file called ``path``; raises BadInput."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        where = f"line {place[1]}" if place else f"line {text.count(chr(10)) + 1}"
        raise BadInput(f"{path}, {where}: not valid TOML ({error})") from error
    reader = _Reader(path, _lines(text))
    return reader.sources(data)


class _Reader:
    """Turns tables into values and says where one is wrong."""

    def __init__(self, path: str, lines: Mapping[tuple[str, ...], int]) -> None:
        self._path, self._lines = path, lines

    def wrong(self, at: tuple[str, ...], message: str) -> BadInput:
        while at and at not in self._lines:
            at = at[:-1]
        return BadInput(f"{self._path}, line {self._lines.get(at, 1)}: {message}")

    def sources(self, data: Mapping[str, Any]) -> Sources:
        self.only(data, ("contact", "defaults", "site", "deliver"), (), "the file")
        contact = data.get("contact")
        if not isinstance(contact, str) or not re.fullmatch(
            r"(?:mailto:)?[^\s@()]+@[^\s@()]+\.[^\s@()]+|https?://[^\s()]+", contact
        ):
            message = (
                "contact must be an address of mail or of a page, so that a site can write to you: "
                'contact = "mailto:you@example.org"'
            )
            raise self.wrong(("contact",), message)
        defaults = data.get("defaults", {})
        if not isinstance(defaults, dict):
            raise self.wrong(("defaults",), "defaults is a table: write [defaults]")
        for name in ("name", "start", "agency", "agencies"):
            if name in defaults:
                raise self.wrong(("defaults", name), f"{name} belongs to a site, not to [defaults]")
        tables = data.get("site", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise self.wrong(("site",), "each site is a table of its own: write [[site]]")
        if not tables:
            raise self.wrong((), "there is no site in it; add one with [[site]]")
        self.site({"name": "defaults", "start": ["http://example.org/"]} | defaults, ("defaults",), {})
        sites: list[Source] = []
        for number, table in enumerate(tables):
            site = self.site(table, ("site", str(number)), defaults)
            for other in sites:
                if other.name == site.name:
                    raise self.wrong(
                        ("site", str(number), "name"), f"another site is called {site.name!r} (line {other.line})"
                    )
            sites.append(site)
        return Sources(contact, tuple(sites), self._path)

    def site(self, table: Mapping[str, Any], at: tuple[str, ...], defaults: Mapping[str, Any]) -> Source:
        known = ("agency", *(f.name for f in fields(Source) if f.name != "line"))
        self.only(table, known, at, "a site")
        merged: dict[str, Any] = {**defaults, **table}
        for part in ("budget", "floor", "select"):
            if isinstance(defaults.get(part), dict) and isinstance(table.get(part), dict):
                merged[part] = defaults[part] | table[part]
        name = merged.get("name")
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise self.wrong((*at, "name"), 'a site needs a name of letters, digits, . _ and -, as name = "lanping"')
        starts = self.texts(merged, "start", at)
        if not starts:
            raise self.wrong((*at, "start"), f"site {name}: start needs at least one address of a list page")
        start = tuple(self.address(url, (*at, "start")) for url in starts)
        hosts = tuple(self.host(host, (*at, "hosts")) for host in self.texts(merged, "hosts", at))
        agencies = self.texts(merged, "agencies", at)
        if "agency" in merged:
            if agencies:
                raise self.wrong((*at, "agency"), "give agency or agencies, not both")
            agencies = self.texts(merged, "agency", at)
        return Source(
            name=name,
            start=start,
            agencies=agencies,
            system=self.system(merged, at),
            hosts=tuple(dict.fromkeys((*map(host_of, start), *hosts))),
            follow=self.patterns(merged, "follow", at),
            skip=self.patterns(merged, "skip", at),
            titles=self.patterns(merged, "titles", at),
            select=self.table(merged, "select", at, Selectors),
            budget=self.table(merged, "budget", at, Budget) or Budget(),
            floor=self.table(merged, "floor", at, Floor) or Floor(),
            delay=self.number(merged, "delay", at, 1.0, least=0, most=3600),
            timeout=self.number(merged, "timeout", at, 60.0, least=1, most=3600),
            retries=int(self.number(merged, "retries", at, 2, least=0, most=10)),
            backoff=self.number(merged, "backoff", at, 5.0, least=0, most=600),
            depth=int(self.number(merged, "depth", at, 6, least=1, most=20)),
            pages=int(self.number(merged, "pages", at, 100, least=1, most=5000)),
            largest=self.number(merged, "largest", at, 200, least=0.1, most=2000),
            enabled=self.flag(merged, "enabled", at),
            line=self._lines.get(at, 0),
        )

    def only(self, table: Mapping[str, Any], known: tuple[str, ...], at: tuple[str, ...], what: str) -> None:
        for name in table:
            if name not in known:
                near = _nearest(name, known)
                raise self.wrong((*at, name), f"{what} has no {name!r}" + (f"; is {near!r} meant?" if near else ""))

    def texts(self, table: Mapping[str, Any], name: str, at: tuple[str, ...]) -> tuple[str, ...]:
        value = table.get(name, [])
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
            raise self.wrong((*at, name), f"{name} is a text, or a list of texts in [ ]")
        return tuple(v.strip() for v in values)

    def address(self, url: str, at: tuple[str, ...]) -> str:
        clean = absolute(url, url) if urlsplit(url).scheme in ("http", "https") else None
        if clean is None:
            raise self.wrong(at, f"{url!r} is no address of a page; it begins with http:// or https://")
        fragment = urlsplit(url).fragment
        return f"{clean}#{fragment}" if fragment.isdecimal() else clean

    def host(self, host: str, at: tuple[str, ...]) -> str:
        if not _HOST.fullmatch(host):
            raise self.wrong(
                at, f"{host!r} is no host; write it as files.example.gov.cn or files.example.gov.cn:8080"
            )
        return host_of(f"http://{host.lower()}/")

    def system(self, table: Mapping[str, Any], at: tuple[str, ...]) -> str:
        from pipeline.crawl.systems import all_systems

        value = table.get("system", AUTOMATIC)
        if value not in (AUTOMATIC, *all_systems()):
            raise self.wrong(
                (*at, "system"), f"there is no system {value!r}; choose from {', '.join((AUTOMATIC, *all_systems()))}"
            )
        return str(value)

    def patterns(self, table: Mapping[str, Any], name: str, at: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
        found = []
        for text in self.texts(table, name, at):
            try:
                found.append(re.compile(text))
            except re.error as error:
                raise self.wrong((*at, name), f"{name}: {text!r} is no regular expression ({error})") from error
        return tuple(found)

    def table(self, table: Mapping[str, Any], name: str, at: tuple[str, ...], kind: type[Any]) -> Any:
        value = table.get(name)
        if value is None:
            return None
        at = (*at, name)
        if not isinstance(value, dict):
            raise self.wrong(at, f"{name} is a table, as {name} = {{ … }}")
        self.only(value, tuple(f.name for f in fields(kind)), at, name)
        if kind is Selectors:
            return Selectors(**{key: self.selector(value, key, at) for key in value})
        whole = {f.name: f.type == "int" for f in fields(kind)}
        numbers = {key: self.number(value, key, at, 0, least=0, most=1e9) for key in value}
        return kind(**{key: int(number) if whole[key] else number for key, number in numbers.items()})

    def selector(self, table: Mapping[str, Any], name: str, at: tuple[str, ...]) -> str:
        from selectolax.lexbor import LexborHTMLParser

        value = table[name]
        try:
            LexborHTMLParser("<p></p>").css(value)
        except Exception as error:
            raise self.wrong((*at, name), f"{name}: {value!r} is no CSS selector") from error
        return str(value)

    def number(
        self, table: Mapping[str, Any], name: str, at: tuple[str, ...], default: float, *, least: float, most: float
    ) -> float:
        value = table.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise self.wrong((*at, name), f"{name} is a number from {least:g} to {most:g}, not {value!r}")
        return float(value)

    def flag(self, table: Mapping[str, Any], name: str, at: tuple[str, ...]) -> bool:
        value = table.get(name, True)
        if not isinstance(value, bool):
            raise self.wrong((*at, name), f"{name} is true or false")
        return value


_TABLE = re.compile(r"^\s*\[(\[?)\s*([^\[\]#]+?)\s*\]?\]\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([\"']?)([\w.-]+)\1\s*=")
_INLINE = re.compile(r"[{,]\s*([\w-]+)\s*=")


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """The line of every table and key, by its path: ``("site", "0", "start")``. Good enough to point at: lines inside
    a list or a text of several lines are taken for what they look like only where nothing else is known of the key."""
    found: dict[tuple[str, ...], int] = {}
    counts: dict[str, int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _TABLE.match(line):
            names = [part.strip().strip("\"'") for part in header[2].split(".")]
            if header[1]:
                counts[names[0]] = counts.get(names[0], -1) + 1
                names.append(str(counts[names[0]]))
            elif names[0] in counts:
                names.insert(1, str(counts[names[0]]))
            table = tuple(names)
            found.setdefault(table, number)
            found.setdefault(table[:1], number)
        elif key := _KEY.match(line):
            path = (*table, *key[2].split("."))
            found.setdefault(path, number)
            for inside in _INLINE.finditer(line, key.end()):
                found.setdefault((*path, inside[1]), number)
    return found


def _nearest(name: str, known: tuple[str, ...]) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, known, 1)), None)
