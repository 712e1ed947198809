"""Lists that are JSON: somewhere in the answer stands an array of objects, each with a title and an address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from parsers.days import first_day_in
from pipeline.crawl.page import Page
from pipeline.crawl.systems.listing import MOST_PAGES, Item, Listing, Query, System

_TITLES = ("title", "doctitle", "name", "infotitle", "articletitle", "showtitle", "subject", "bt")
_ADDRESSES = (
    "url",
    "link",
    "href",
    "docpuburl",
    "puburl",
    "articleurl",
    "infourl",
    "path",
    "linkurl",
    "visiturl",
    "dz",
)
_DAYS = (
    "date",
    "pubdate",
    "publishdate",
    "docreltime",
    "publishtime",
    "createtime",
    "infodate",
    "time",
    "showdate",
    "rq",
)
_PUBLISHERS = ("publisher", "source", "agency", "deptname", "org", "orgname", "docsourcename")
_TOTALS = ("total", "totalcount", "count", "totalrecord", "totalrows", "recordcount", "totalelements")
_NUMBERS = ("page", "pageno", "pagenum", "pageindex", "currpage", "currentpage", "curpage", "current", "p")
_ASKED = re.compile(
    r"[\"']((?:https?://|\.{0,2}/)?[\w./~-]*(?:api|json|list|query|search|page|interface)[\w./~-]*(?:\?[^\"'<>\s]*)?)[\"']",
    re.IGNORECASE,
)
_CALLS = re.compile(r"getJSON|\$\.(?:ajax|get|post)|fetch\(|axios|XMLHttpRequest|url\s*:", re.IGNORECASE)
_NOT_DATA = re.compile(r"\.(?:js|css|html?|shtml|png|jpg|gif)(?:\?|$)", re.IGNORECASE)
MOST_ADDRESSES = 3
"""Addresses of data that are tried on a page without entries: one is the list, others are counters and menus."""


def recognises(page: Page) -> bool:
    """By what the page is."""
    return page.html.lstrip("\ufeff \r\n\t").startswith(("{", "["))


def data_addresses(page: Page) -> list[str]:
    """Where the scripts of an empty page seem to get its entries from."""
    if _CALLS.search(page.scripts) is None:
        return []
    found = (page.address(f[1]) for f in _ASKED.finditer(page.scripts) if not _NOT_DATA.search(f[1]))
    return list(dict.fromkeys(url for url in found if url is not None and url != page.url))[:MOST_ADDRESSES]


def listing(page: Page) -> Listing:
    """The objects with a title and an address, and the next page where the address counts pages."""
    try:
        data = json.loads(page.html)
    except (ValueError, RecursionError):
        return Listing()
    items = tuple(item for entry in _objects(data) if (item := _item(entry, page)) is not None)
    total = next((n for n in _totals(data)), None)
    following = _next(page, len(items), total) if items else None
    return Listing(items, (Query(following),) if following else (), total)


def _objects(data: Any) -> Iterator[Mapping[str, Any]]:
    """Every object inside, in order; nested ones too."""
    pending = [data]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            yield {str(name).lower().replace("_", ""): inner for name, inner in value.items()}
            pending += [inner for inner in reversed(list(value.values())) if isinstance(inner, dict | list)]
        elif isinstance(value, list):
            pending += reversed(value)


def _item(entry: Mapping[str, Any], page: Page) -> Item | None:
    title = _first(entry, _TITLES)
    address = _first(entry, _ADDRESSES)
    url = page.address(address) if title and address else None
    if url is None or title is None:
        return None
    return Item(
        url, re.sub(r"<[^<>]*>", "", title), first_day_in(_first(entry, _DAYS) or ""), _first(entry, _PUBLISHERS)
    )


def _first(entry: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    found = (entry[name] for name in names if isinstance(entry.get(name), str) and entry[name].strip())
    return next(found, None)


def _totals(data: Any) -> Iterator[int]:
    for entry in _objects(data):
        for name in _TOTALS:
            if str(entry.get(name)).isdecimal():
                yield int(str(entry[name]))


def _next(page: Page, shown: int, total: int | None) -> str | None:
    address = urlsplit(page.url)
    pairs = parse_qsl(address.query, keep_blank_values=True)
    for place, (name, value) in enumerate(pairs):
        if name.lower().replace("_", "") in _NUMBERS and value.isdecimal() and int(value) < MOST_PAGES:
            if total is not None and max(int(value), 1) * shown >= total:
                return None
            pairs[place] = (name, str(int(value) + 1))
            return address._replace(query=urlencode(pairs)).geturl()
    return None


SYSTEM = System("json", recognises, listing)
