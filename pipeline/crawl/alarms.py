"""What a person should look at after a night. A night that brings little is an alarm, never "nothing new"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from db.crawl_records import Alarm, Fetch, Judgement, Visit
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
    "dns": "has a name that is not known",
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


def alarms(
    source: Source,
    visit: Visit,
    fetches: Sequence[Fetch],
    before: Visit | None,
    reports: Sequence[Judgement],
    lists_before: dict[tuple[str, str | None], int],
) -> Iterator[Alarm]:
    """The alarms of one site: ``fetches`` are the night's, ``before`` the visit of the last night that was done,
    ``reports`` the judgements on reports of all nights, ``lists_before`` the entries that each list had last time."""

    def alarm(
        rule: str,
        severity: str,
        message: str,
        url: str | None = None,
        expected: int | None = None,
        actual: int | None = None,
    ) -> Alarm:
        return Alarm(visit.run_id, source.name, rule, severity, message, url, expected, actual)

    held = {report.url for report in reports if report.run_id < visit.run_id}
    listed = 0
    for fetch in fetches:
        if fetch.failure is None:
            had = lists_before.get((fetch.url, fetch.form), 0)
            if fetch.kind == "list" and not fetch.entries and fetch.final_url is None and had:
                yield alarm("list.empty", "error", f"the list had {had} entries and has none now", fetch.url, had, 0)
            continue
        why = _WHY.get(fetch.failure, fetch.failure)
        if fetch.url in held and fetch.failure == "not_found":
            yield alarm(
                "report.vanished", "warning", "the page or file of a report is gone; its copy is kept", fetch.url
            )
        elif fetch.kind == "robots":
            yield alarm("site.robots", "warning", f"robots.txt {why}", fetch.url)
        elif fetch.kind == "list":
            listed += 1
            yield alarm(f"list.{fetch.failure}", "error", f"a list {why}, so reports may be missing", fetch.url)
        elif fetch.failure == "robots_unreachable":
            continue  # said of the host already
        elif fetch.failure in ("off_site", "robots"):
            yield alarm(f"report.{fetch.failure}", "hint", f"what may be a report {why}", fetch.url)
        else:
            what = "a report" if fetch.kind == "article" else "a file"
            yield alarm(f"report.{fetch.failure}", "warning", f"{what} {why}", fetch.url)
    if visit.outcome in ("blocked", "failed"):
        kinds = Counter(f.failure for f in fetches if f.failure)
        most = kinds.most_common(1)[0][0] if kinds else "other"
        yield alarm(
            "site.given_up", "error", f"the site was left alone for the night: it {_WHY.get(str(most), str(most))}"
        )
    if visit.outcome == "budget":
        yield alarm(
            "site.budget",
            "warning",
            "the night's budget was spent before the site was through; the rest is for another night",
        )
    if visit.entries < source.floor.entries:
        message = f"its lists have {visit.entries} entries; sources.toml expects {source.floor.entries} or more"
        yield alarm("site.few_entries", "error", message, None, source.floor.entries, visit.entries)
    if visit.reports < source.floor.reports:
        message = f"it shows {visit.reports} sources of reports; sources.toml expects {source.floor.reports} or more"
        yield alarm("site.few_reports", "error", message, None, source.floor.reports, visit.reports)
    if (
        before is not None
        and not listed
        and before.entries >= ENOUGH_TO_SHRINK
        and visit.entries < before.entries * SHRUNK
    ):
        message = f"its lists have {visit.entries} entries, {before.entries} the night before"
        yield alarm("site.shrunk", "error", message, None, before.entries, visit.entries)
