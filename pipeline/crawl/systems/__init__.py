"""The content systems that agencies' sites run on: one small module each, pure functions over pages.

A system says how it is recognised and what it makes of a page as a list: the items on it, and the queries for what
follows (the next page, the data behind an empty shell). Articles need no preset: title, day and source stand in the
same few places everywhere (:mod:`pipeline.crawl.article`). A new system is one module with a ``SYSTEM`` and a line in
:func:`all_systems`. Their habits are described in ``docs/nightly.md``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

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


@cache
def all_systems() -> dict[str, System]:
    """Every system by its name, in the order in which a page is offered to them; ``plain`` takes any page."""
    from pipeline.crawl.systems import boda, gkmlpt, hanweb, hanweb_unit, hanweb_xxgk, json_list, nfcms, plain, trs

    modules = (gkmlpt, hanweb_xxgk, hanweb_unit, hanweb, json_list, nfcms, trs, boda, plain)
    return {module.SYSTEM.name: module.SYSTEM for module in modules}


def system_of(page: Page) -> System:
    """The system that a page was made by."""
    return next(system for system in all_systems().values() if system.recognises(page))
