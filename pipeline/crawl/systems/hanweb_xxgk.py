"""Hanweb's disclosure module: the column's page is an empty shell, whose scripts name an area; ``search.jsp`` gives
the rows (``tr_main_value_odd``, ``tr_main_value_even``) a page at a time, by POST."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from pipeline.crawl.page import Page
from pipeline.crawl.systems.listing import MOST_PAGES, Listing, Query, System
from pipeline.crawl.systems.plain import items_of
from pipeline.crawl.words import pattern

_SEARCH = "/module/xxgk/search.jsp"
_AREA = re.compile(r"(?:vc_xxgkarea|\barea)\s*[\"']?\s*[=:]\s*[\"']?([0-9A-Za-z-]{3,40})")
_NAMED = {
    "infotypeId": re.compile(r"infotypeId[\"']?\s*[=:]\s*[\"']?([0-9A-Za-z_-]{1,40})"),
    "jdid": re.compile(r"\bjdid[\"']?\s*[=:]\s*[\"']?(\d{1,9})"),
    "divid": re.compile(r"\bdivid[\"']?\s*[=:]\s*[\"']?(\w{1,40})", re.IGNORECASE),
    "standardXxgk": re.compile(r"standardXxgk[\"']?\s*[=:]\s*[\"']?(\d)"),
}
_ROWS = re.compile(r"<tr\b[^<>]*tr_main_value_(?:odd|even).*?</tr\s*>", re.IGNORECASE | re.DOTALL)


def recognises(page: Page) -> bool:
    """By the module's address, on the page or as the page, and the name of an area."""
    return _SEARCH in page.url or ("/module/xxgk/" in page.html and _area(page) is not None)


def listing(page: Page) -> Listing:
    """Of the shell the query for its first page; of an answer the rows and the pages behind them."""
    return _answer(page) if _SEARCH in page.url else _shell(page)


def _area(page: Page) -> str | None:
    found = _AREA.search(urlsplit(page.url).query) or _AREA.search(page.html.replace("&amp;", "&"))
    return found[1] if found else None


def _shell(page: Page) -> Listing:
    area, url = _area(page), page.address(_SEARCH)
    html = page.html.replace("&amp;", "&")
    named = {name: found[1] for name, searched in _NAMED.items() if (found := searched.search(html))}
    items = items_of(page.links)
    if area is None or url is None:
        return Listing(items)
    values = {"divid": "", "infotypeId": "", "jdid": "", "area": area, "standardXxgk": "0"} | named
    values |= {"sortfield": "createdatetime:0", "currpage": "1"}
    return Listing(items, (Query(_address(url, values), urlencode(values)),), shell=True)


def _answer(page: Page) -> Listing:
    """The address of an answer carries what was asked, so that its pages can be counted on."""
    asked = dict(parse_qsl(urlsplit(page.url).query, keep_blank_values=True))
    rows = "".join(found[0] for found in _ROWS.finditer(page.html))
    inside = Page(page.url, f"<table>{rows}</table>".encode(), "utf-8") if rows else page
    last = pattern("links", "pages_in_all").search(page.html)
    number = int(asked["currpage"]) if asked.get("currpage", "").isdecimal() else 1
    following: tuple[Query, ...] = ()
    if last is not None and number < min(int(last[1]), MOST_PAGES):
        values = asked | {"currpage": str(number + 1)}
        following = (Query(_address(page.url, values), urlencode(values)),)
    return Listing(items_of(inside.links), following)


def _address(url: str, values: dict[str, str]) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}?{urlencode(values)}"


SYSTEM = System("hanweb-xxgk", recognises, listing)
