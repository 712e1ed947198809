"""What an answer without content means: by its status, and by what a page says that is none."""

from __future__ import annotations

from pipeline.crawl.page import Page
from pipeline.crawl.steps import Failure
from pipeline.crawl.words import pattern

_BY_STATUS = {
    401: Failure.FIREWALL,
    403: Failure.FIREWALL,
    404: Failure.NOT_FOUND,
    405: Failure.FIREWALL,
    408: Failure.TIMEOUT,
    410: Failure.NOT_FOUND,
    412: Failure.FIREWALL,
    418: Failure.FIREWALL,
    429: Failure.RATE_LIMITED,
    451: Failure.FIREWALL,
    521: Failure.FIREWALL,
}
"""412 and 521 are how the firewalls of agencies' sites say no; 405 and 418 those of two cloud providers."""
_HARDLY_ANY_TEXT = 250
"""Characters; challenges and pages of errors have less, a page of a site more (its menu alone has)."""


def failure_of_status(status: int) -> Failure | None:
    """What a status other than 200, 304 and a redirection means; None for these."""
    if status in (200, 203, 304) or 300 <= status < 400:
        return None
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    return Failure.SERVER_ERROR if status >= 500 else Failure.OTHER


def failure_of_page(page: Page) -> Failure | None:
    """What a page served with 200 is instead of one: a challenge, or one that says that nothing is here."""
    if len(page.text) > _HARDLY_ANY_TEXT or len(page.links) > 10:
        return None
    said = f"{page.tree.title or ''} {page.text}"
    if pattern("failures", "challenge").search(said) or pattern("failures", "challenge").search(page.scripts):
        return Failure.CHALLENGE
    if pattern("failures", "missing").search(said):
        return Failure.NOT_FOUND
    return None
