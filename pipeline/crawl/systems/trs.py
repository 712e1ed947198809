"""TRS: a script names the pages. ``createPageHTML(total, current, "index", "html")`` counts from 0, and page two is
``index_1.html``; NFCMS has a call of the same name with other arguments."""

from __future__ import annotations

import re

from pipeline.crawl.page import Page
from pipeline.crawl.systems.listing import MOST_PAGES, Listing, Query, System
from pipeline.crawl.systems.plain import following_of, items_of

_CALL = re.compile(
    r"createPage(?:HTML)?\(\s*[\"']?(\d{1,6})[\"']?\s*,\s*[\"']?(\d{1,6})[\"']?\s*,\s*[\"']([^\"']*)[\"']\s*,\s*[\"']\.?(\w+)[\"']"
)
_MARKS = ("TRS_Editor", "trs_editor", "TRS_UEDITOR")


def recognises(page: Page) -> bool:
    """By the call that makes the pager, or by the editor's class."""
    return _CALL.search(page.scripts) is not None or any(mark in page.html for mark in _MARKS)


def listing(page: Page) -> Listing:
    """The links, and every page that the pager names."""
    call = _CALL.search(page.scripts)
    if call is None:
        return Listing(items_of(page.links), following_of(page))
    total, current, stem, suffix = int(call[1]), int(call[2]), call[3], call[4]
    pages = (f"{stem}_{number}.{suffix}" for number in range(1, min(total, MOST_PAGES)) if number != current)
    found = (page.address(name) for name in pages)
    return Listing(items_of(page.links), tuple(Query(url) for url in found if url is not None))


SYSTEM = System("trs", recognises, listing)
