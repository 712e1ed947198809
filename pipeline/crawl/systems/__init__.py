"""The content systems that agencies' sites run on: one small module each, pure functions over pages.

A system says how it is recognised and what it makes of a page as a list: the items on it, and the queries for what
follows (the next page, the data behind an empty shell). Articles need no preset: title, day and source stand in the
same few places everywhere (:mod:`pipeline.crawl.article`). A new system is one module with a ``SYSTEM`` and a line in
:func:`all_systems`. Their habits are described in ``docs/nightly.md``.
"""

from __future__ import annotations

from functools import cache

from pipeline.crawl.page import Page
from pipeline.crawl.systems.listing import System


@cache
def all_systems() -> dict[str, System]:
    """Every system by its name, in the order in which a page is offered to them; ``plain`` takes any page."""
    from pipeline.crawl.systems import boda, gkmlpt, hanweb, hanweb_unit, hanweb_xxgk, json_list, nfcms, plain, trs

    modules = (gkmlpt, hanweb_xxgk, hanweb_unit, hanweb, json_list, nfcms, trs, boda, plain)
    return {module.SYSTEM.name: module.SYSTEM for module in modules}


def system_of(page: Page) -> System:
    """The system that a page was made by."""
    return next(system for system in all_systems().values() if system.recognises(page))
