"""Hanweb (JPAAS): records as CDATA in ``<script type="text/xml"><datastore>``; what follows is asked from
``dataproxy.jsp``, by the address in ``<nextgroup>`` or by a POST that names first and last record."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

from pipeline.crawl.page import Page
from pipeline.crawl.systems.listing import MOST_PAGES, Item, Listing, Query, System
from pipeline.crawl.systems.plain import items_of

_STORE = re.compile(r"<datastore\b.*?</datastore>", re.IGNORECASE | re.DOTALL)
_RECORD = re.compile(r"<record>(.*?)</record>", re.IGNORECASE | re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_NEXT_GROUP = re.compile(r"<nextgroup>(.*?)</nextgroup>", re.IGNORECASE | re.DOTALL)
_HREF = re.compile(r"href\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
_TOTAL = re.compile(r"<totalrecord>\s*(\d{1,7})", re.IGNORECASE)
_PARAMETER = re.compile(r"[\"']?(\w+)[\"']?\s*[:=]\s*[\"']?([^\"',;{}\s]*)[\"']?")
_PARAMETERS = re.compile(r"param_\w+\s*=\s*\{([^{}]{1,3000})\}")
_PASSED_ON = {
    "appid": "1",
    "webid": "",
    "path": "/",
    "columnid": "",
    "col": "1",
    "unitid": "",
    "webname": "",
    "permissiontype": "0",
    "sourceContentType": "1",
}
"""What the proxy wants to know besides the records, with what the pages' own script sends when nothing is said."""
_BATCH = 3
"""Pages of records that the pages' own script asks for at once."""


def recognises(page: Page) -> bool:
    """By the store itself, or by the parameters of its proxy."""
    return "<datastore" in page.html.lower() or (
        "dataproxy.jsp" in page.html and _PARAMETERS.search(page.html) is not None
    )


def records_of(html: str) -> list[str]:
    """The pieces of HTML in a datastore, one a record."""
    found = []
    for store in _STORE.finditer(html):
        for record in _RECORD.finditer(store[0]):
            inside = _CDATA.search(record[1])
            found.append(inside[1] if inside else unescape(record[1]))
    return found


def items_in(pieces: list[str], page: Page) -> tuple[Item, ...]:
    """The links in pieces of HTML that a page carries, as items."""
    inside = Page(page.url, "\n".join(f"<ul>{piece}</ul>" for piece in pieces).encode("utf-8"), "utf-8")
    return items_of(inside.links)


def listing(page: Page) -> Listing:
    """The records, the page's other links, and what comes next."""
    items = items_in(records_of(page.html), page)
    known = {item.url for item in items}
    others = tuple(item for item in items_of(page.links) if item.url not in known)
    total = _TOTAL.search(page.html)
    count = int(total[1]) if total else None
    following = _next_groups(page) or _by_records(page, len(items))
    return Listing((*items, *others), tuple(following), count, shell=not items and bool(following))


def _next_groups(page: Page) -> list[Query]:
    found = []
    for group in _NEXT_GROUP.finditer(page.html):
        inside = _CDATA.search(group[1])
        href = _HREF.search(inside[1] if inside else unescape(group[1]))
        url = page.address(href[1].replace("&amp;", "&")) if href else None
        if url is not None:
            found.append(Query(url))
    return found


def _by_records(page: Page, shown: int) -> list[Query]:
    """POSTs for the records behind those that the page shows, where its script gives the proxy's parameters."""
    block = _PARAMETERS.search(page.html)
    if block is None:
        return []
    given = dict(_PARAMETER.findall(block[1]))
    lowered = {name.lower(): value for name, value in given.items()}
    url = page.address(lowered.get("proxyurl") or "/module/web/jpage/dataproxy.jsp")
    total, per_page = (int(lowered.get(name) or 0) for name in ("totalrecord", "perpage"))
    if url is None or per_page <= 0 or total <= shown:
        return []
    form = {name: lowered.get(name.lower()) or default for name, default in _PASSED_ON.items()}
    address = urlsplit(url)
    own = dict(parse_qsl(address.query))
    step = per_page * _BATCH
    return [
        Query(
            f"{address.scheme}://{address.netloc}{address.path}?"
            + urlencode(own | {"startrecord": first, "endrecord": min(first + step - 1, total), "perpage": per_page}),
            urlencode(form),
        )
        for first in list(range(shown + 1, total + 1, step))[:MOST_PAGES]
    ]


SYSTEM = System("hanweb", recognises, listing)
