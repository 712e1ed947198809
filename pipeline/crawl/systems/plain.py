"""Lists made by hand or by an unknown system: every link is an item, and 下一页 leads on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from pipeline.crawl.page import Link, Page
from pipeline.crawl.systems.listing import Item, Listing, Query, System
from pipeline.crawl.words import pattern

_NUMBER = re.compile(r"\d{1,4}")


def items_of(links: Iterable[Link]) -> tuple[Item, ...]:
    """Links as items, each address once, with the longest of its titles; links of the row win over those of menus."""
    best: dict[str, Item] = {}
    for link in links:
        item = Item(link.url, link.title, link.day, aside=link.aside)
        known = best.get(link.url)
        if known is None or (known.aside, -len(known.title)) > (item.aside, -len(item.title)):
            best[link.url] = (
                item if known is None or item.day else Item(item.url, item.title, known.day, None, item.aside)
            )
    return tuple(best.values())


def following_of(page: Page) -> tuple[Query, ...]:
    """The next pages: links that say so, and links that are a bare number in the folder of the page itself."""
    here = urlsplit(page.base)
    folder = here.path.rpartition("/")[0]
    found: dict[str, Query] = {}
    for link in page.links:
        words = link.text.replace(" ", "").lower()
        numbered = (
            _NUMBER.fullmatch(words) is not None
            and urlsplit(link.url).netloc == here.netloc
            and urlsplit(link.url).path.startswith(folder)
        )
        if "next" in link.rel.split() or pattern("links", "next").match(words) or numbered:
            found.setdefault(link.url, Query(link.url))
    found.pop(page.url, None)
    return tuple(found.values())


def listing(page: Page) -> Listing:
    """All links, and the next pages."""
    return Listing(items_of(page.links), following_of(page))


SYSTEM = System("plain", lambda page: True, listing)  # noqa: ARG005
