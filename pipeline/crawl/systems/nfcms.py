"""NFCMS and Kaipu: ``createPageHTML('page_div', total, current, 'list', 'shtml', count)`` counts from 1, and page two
is ``list_2.shtml``; articles are ``content/post_N.html`` or ``mpost_N.html``."""

from __future__ import annotations

import re

from pipeline.crawl.page import Page
from pipeline.crawl.systems.listing import MOST_PAGES, Listing, Query, System
from pipeline.crawl.systems.plain import following_of, items_of

_CALL = re.compile(
    r"createPageHTML\(\s*[\"'][^\"']*[\"']\s*,\s*[\"']?(\d{1,6})[\"']?\s*,\s*[\"']?(\d{1,6})[\"']?\s*,"
    r"\s*[\"']([^\"']*)[\"']\s*,\s*[\"']\.?(\w+)[\"'](?:\s*,\s*[\"']?(\d{1,9}))?"
)
_MARKS = re.compile(r"NFCMS_|/content/m?post_\d+\.html")


def recognises(page: Page) -> bool:
    """By the call that makes the pager, or by the addresses of articles."""
    return _CALL.search(page.scripts) is not None or _MARKS.search(page.html) is not None


def listing(page: Page) -> Listing:
    """The links, and every page that the pager names."""
    call = _CALL.search(page.scripts)
    if call is None:
        return Listing(items_of(page.links), following_of(page))
    total, current, stem, suffix = int(call[1]), int(call[2]), call[3], call[4]
    pages = (f"{stem}_{number}.{suffix}" for number in range(2, min(total, MOST_PAGES) + 1) if number != current)
    found = (page.address(name) for name in pages)
    count = int(call[5]) if call[5] else None
    return Listing(items_of(page.links), tuple(Query(url) for url in found if url is not None), count)


SYSTEM = System("nfcms", recognises, listing)
