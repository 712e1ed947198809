"""What a page is as a list, and what a content system is: the vocabulary of this folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pipeline.crawl.page import Page


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list. ``aside`` marks links of menus and footers, which are followed only when they name a
    column; ``agency`` is the publisher where the list tells it."""

    url: str
    title: str
    day: date | None = None
    agency: str | None = None
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A request for more of a list. ``form`` is the body of a POST (``application/x-www-form-urlencoded``)."""

    url: str
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a page is as a list. ``total`` is how many items the site says there are, where it does; ``shell`` says
    that the page itself holds no items and asking the queries is the only way to them."""

    items: tuple[Item, ...] = ()
    following: tuple[Query, ...] = ()
    total: int | None = None
    shell: bool = False


@dataclass(frozen=True, slots=True)
class System:
    """A content system: its name, whether a page is its, and what the page is as a list."""

    name: str
    recognises: Callable[[Page], bool]
    listing: Callable[[Page], Listing]


MOST_PAGES = 500
"""Pages of one list that are asked for when the site says how many there are: 10,000 entries at 20 a page, more than
any province's collection."""
