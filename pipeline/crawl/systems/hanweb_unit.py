"""Newer Hanweb (JPAAS publish server): an element carries ``queryData`` and the address of ``page/build/unit``, which
answers JSON that holds HTML; ``paramJson`` turns the pages."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

from pipeline.crawl.page import Page
from pipeline.crawl.systems.hanweb import items_in
from pipeline.crawl.systems.listing import MOST_PAGES, Listing, Query, System
from pipeline.crawl.systems.plain import items_of

_PATH = "/front/page/build/unit"
_QUERY_DATA = re.compile(r"querydata\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_URL = re.compile(
    r"\burl\s*=\s*[\"']([^\"']*/front/page/build/unit[^\"']*)[\"']|[\"']([^\"']*/front/page/build/unit[^\"']*)[\"']"
)
_PAIR = re.compile(r"[\"']?(\w+)[\"']?\s*:\s*[\"']([^\"']*)[\"']")
_COUNT = re.compile(r"(?:\bcount|total(?:Record|Count)?)[\"']?\s*[:=]\s*[\"']?(\d{1,7})", re.IGNORECASE)
_SIZE = re.compile(r"(?:pageSize|rows|perpage)[\"']?\s*[:=]\s*[\"']?(\d{1,4})", re.IGNORECASE)
PER_PAGE = 15
"""Items that are asked for at once, as the pages' own script does."""


def recognises(page: Page) -> bool:
    """By the address of the unit, on the page or as the page."""
    return _PATH in page.url or (_PATH in page.html and _QUERY_DATA.search(page.html) is not None)


def listing(page: Page) -> Listing:
    """Of a column's page the queries; of the unit's answer the items and the pages behind it."""
    return _answer(page) if _PATH in page.url else _shell(page)


def _shell(page: Page) -> Listing:
    address = _URL.search(page.html)
    url = page.address((address[1] or address[2]).replace("&amp;", "&")) if address else None
    queries = []
    for data in _QUERY_DATA.finditer(page.html):
        pairs = dict(_PAIR.findall(unescape(data[1] or data[2])))
        if url is not None and pairs:
            queries.append(Query(_asking(url, pairs, 1)))
    own = items_of(page.links)
    return Listing(own, tuple(queries), shell=not any(not item.aside for item in own))


def _answer(page: Page) -> Listing:
    try:
        data = json.loads(page.html)
        html = str(data["data"]["html"]) if isinstance(data, dict) else ""
    except (ValueError, KeyError, TypeError):
        html = ""
    items = items_in([html], page)
    if not items:
        return Listing()
    address = urlsplit(page.url)
    pairs = dict(parse_qsl(address.query, keep_blank_values=True))
    try:
        number = int(json.loads(pairs.get("paramJson", "{}")).get("pageNo", 1))
    except (ValueError, AttributeError, TypeError):
        number = 1
    count = _COUNT.search(html)
    size = _SIZE.search(html)
    total = int(count[1]) if count else None
    per_page = int(size[1]) if size and int(size[1]) else PER_PAGE
    last = -(-total // per_page) if total is not None else MOST_PAGES
    following = (Query(_asking(page.url, pairs, number + 1)),) if number < min(last, MOST_PAGES) else ()
    return Listing(items, following, total)


def _asking(url: str, pairs: dict[str, str], number: int) -> str:
    address = urlsplit(url)
    size = json.dumps({"pageNo": number, "pageSize": PER_PAGE}, separators=(",", ":"))
    return f"{address.scheme}://{address.netloc}{address.path}?{urlencode(pairs | {'paramJson': size})}"


SYSTEM = System("hanweb-unit", recognises, listing)
