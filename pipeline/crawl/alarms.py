"""What a person should look at after a night. A night that brings little is an alarm, never "nothing new"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from db.crawl.records import Alarm, Fetch, Judgement, Visit
from parsers.report import Severity
from pipeline.crawl.sources import Source

SHRUNK = 0.5
"""A site's lists with less than this share of the entries of the night before have lost some: lists of reports grow."""
ENOUGH_TO_SHRINK = 4
"""Entries below which a shrunken list means nothing."""
_WHY = {
    "not_found": "is gone (404)",
    "firewall": "is refused by a firewall",
    "rate_limited": "is refused as too many requests",
    "server_error": "gives an error of the server",
    "tls": "has a broken certificate or no safe connection",
    "timeout": "does not answer in time",
    "connection": "cannot be connected to",
    "dns": "cannot be found: no name server knows its host",
    "challenge": "shows a challenge for browsers instead of itself",
    "empty_shell": "answers without a single entry: redesigned, or filled by a script that no preset reads",
    "too_large": "is larger than allowed",
    "damaged": "arrives damaged",
    "off_site": "stands on a host that is not allowed",
    "private_address": "leads into a private network",
    "robots": "is forbidden by robots.txt",
    "robots_unreachable": "was not asked for, because robots.txt could not be had",
    "loop": "redirects without an end",
    "other": "cannot be had",
}


@dataclass(frozen=True, slots=True)
class SiteNight:
    """What one night brought of one site: ``before`` is the visit of the last night that was done, ``reports`` are the
    judgements on reports of all nights, ``lists_before`` the entries that each list had last time."""

    source: Source
    visit: Visit
    fetches: Sequence[Fetch]
    before: Visit | None
    reports: Sequence[Judgement]
    lists_before: Mapping[tuple[str, str | None], int]

    def alarm(
        self,
        rule: str,
        severity: Severity,
        message: str,
        url: str | None = None,
        expected: int | None = None,
        actual: int | None = None,
    ) -> Alarm:
        """An alarm of this night and site."""
        return Alarm(self.visit.run_id, self.source.name, rule, severity.value, message, url, expected, actual)


def alarms(night: SiteNight) -> Iterator[Alarm]:
    """The alarms of one site: of each address that failed, then of the visit as a whole."""
    held = {report.url for report in night.reports if report.run_id < night.visit.run_id}
    for fetch in night.fetches:
        found = _of_answer(night, fetch) if fetch.failure is None else _of_failure(night, fetch, fetch.failure, held)
        if found is not None:
            yield found
    yield from _of_visit(night)


def _of_answer(night: SiteNight, fetch: Fetch) -> Alarm | None:
    """A list that lost all of its entries; one that only leads elsewhere has none to lose."""
    had = night.lists_before.get((fetch.url, fetch.form), 0)
    if fetch.kind != "list" or fetch.entries or fetch.final_url is not None or not had:
        return None
    message = f"the list had {had} entries and has none now"
    return night.alarm("list.empty", Severity.ERROR, message, fetch.url, had, 0)


def _of_failure(night: SiteNight, fetch: Fetch, failure: str, held: Collection[str]) -> Alarm | None:
    """An address that failed: a list may hide reports, a report that was ``held`` may have gone, others are told."""
    why = _WHY.get(failure, failure)
    if fetch.url in held and failure == "not_found":
        message = "the page or file of a report is gone; its copy is kept"
        return night.alarm("report.vanished", Severity.WARNING, message, fetch.url)
    if fetch.kind == "robots":
        return night.alarm("site.robots", Severity.WARNING, f"robots.txt {why}", fetch.url)
    if fetch.kind == "list":
        message = f"a list {why}, so reports may be missing"
        return night.alarm(f"list.{failure}", Severity.ERROR, message, fetch.url)
    if failure == "robots_unreachable":
        return None  # said of the host already
    if failure in ("off_site", "robots"):
        return night.alarm(f"report.{failure}", Severity.HINT, f"what may be a report {why}", fetch.url)
    what = "a report" if fetch.kind == "article" else "a file"
    return night.alarm(f"report.{failure}", Severity.WARNING, f"{what} {why}", fetch.url)


def _of_visit(night: SiteNight) -> Iterator[Alarm]:
    """A visit that came to no end, or brought less than is expected."""
    visit, before, floor = night.visit, night.before, night.source.floor
    if visit.outcome in ("blocked", "failed"):
        kinds = Counter(fetch.failure for fetch in night.fetches if fetch.failure)
        most = kinds.most_common(1)[0][0] if kinds else "other"
        message = f"the site was left alone for the night: it {_WHY.get(most, most)}"
        yield night.alarm("site.given_up", Severity.ERROR, message)
    if visit.outcome == "budget":
        message = "the night's budget was spent before the site was through; the rest is for another night"
        yield night.alarm("site.budget", Severity.WARNING, message)
    if visit.entries < floor.entries:
        message = f"its lists have {visit.entries} entries; sources.toml expects {floor.entries} or more"
        yield night.alarm("site.few_entries", Severity.ERROR, message, None, floor.entries, visit.entries)
    if visit.reports < floor.reports:
        message = f"it shows {visit.reports} sources of reports; sources.toml expects {floor.reports} or more"
        yield night.alarm("site.few_reports", Severity.ERROR, message, None, floor.reports, visit.reports)
    if before is not None and _has_shrunk(night, before):
        message = f"its lists have {visit.entries} entries, {before.entries} the night before"
        yield night.alarm("site.shrunk", Severity.ERROR, message, None, before.entries, visit.entries)


def _has_shrunk(night: SiteNight, before: Visit) -> bool:
    """Whether the lists lost entries, and none of them is known to have failed, which explains it."""
    if any(fetch.kind == "list" and fetch.failure is not None for fetch in night.fetches):
        return False
    return before.entries >= ENOUGH_TO_SHRINK and night.visit.entries < before.entries * SHRUNK
