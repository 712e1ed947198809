"""Boda: pages count down (``x.htm``, then ``x/10.htm`` … ``x/1.htm``), so the pager's own links are followed; PDFs stand
in a call of ``showVsbpdfIframe``; files come without an extension from ``download.jsp``."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pipeline.crawl.page import Page
from pipeline.crawl.systems.listing import Listing, Query, System
from pipeline.crawl.systems.plain import following_of, items_of

_MARKS = re.compile(r"vsb_content|_vsl|VSB|/_sitegray/|/system/_content/|class=[\"'][^\"']*\bp_next\b|/__local/")
_SHOWN = re.compile(r"showVsb\w*\(\s*[\"']([^\"']+)[\"']")


def recognises(page: Page) -> bool:
    """By the names that the system gives its parts."""
    return _MARKS.search(page.html) is not None


def listing(page: Page) -> Listing:
    """The links; the pager's next page, and the one below this page's own number."""
    items = items_of(page.links)
    following = {query.url: query for query in following_of(page)}
    for link in page.links:
        if "p_next" in link.names.split():
            following.setdefault(link.url, Query(link.url))
    for element in page.tree.elements:
        if "p_next" in element.names:
            for child in element.children:
                if not isinstance(child, str) and child.tag == "a" and (href := child.attributes.get("href")):
                    url = page.address(href)
                    if url is not None:
                        following.setdefault(url, Query(url))
    below = _below(page.url)
    if below is not None and not following:
        following[below] = Query(below)
    following.pop(page.url, None)
    return Listing(items, tuple(following.values()))


def _below(url: str) -> str | None:
    """``x/4.htm`` follows ``x/5.htm``."""
    parts = urlsplit(url)
    found = re.fullmatch(r"(.*/)(\d{1,4})(\.htm)", parts.path)
    if found is None or int(found[2]) <= 1:
        return None
    return parts._replace(path=f"{found[1]}{int(found[2]) - 1}{found[3]}", query="", fragment="").geturl()


def shown_files(page: Page) -> list[str]:
    """Addresses of the documents that the page shows by a script."""
    found = (page.address(f[1]) for f in _SHOWN.finditer(page.html))
    return [url for url in found if url is not None]


SYSTEM = System("boda", recognises, listing)
