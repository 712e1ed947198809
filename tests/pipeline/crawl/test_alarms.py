"""A night that brings little is an alarm, and which one tells what happened."""

from __future__ import annotations

import pytest

from db import Store
from db.crawl.records import Alarm
from pipeline.crawl.night import scrape
from pipeline.crawl.sources_file import parse_sources
from tests.pipeline.crawl.pages import list_page, report_page
from tests.pipeline.crawl.server import Answer, Site, running

AGENCY = "柳川县民政局"
YEARS = range(2016, 2024)


def rows(years: range | list[int]) -> list[tuple[str, str, str]]:
    return [(f"/{year}.html", f"{AGENCY}{year}年政府信息公开工作年度报告", f"{year + 1}-01-20") for year in years]


def healthy() -> Site:
    """A list of eight reports."""
    site = Site("civil")
    site.page("/nb.html", list_page(rows(YEARS)))
    for year in YEARS:
        site.page(f"/{year}.html", report_page(AGENCY, year))
    return site


def shrunk() -> Site:
    site = healthy()
    site.page("/nb.html", list_page(rows([2023, 2022])))
    return site


def emptied() -> Site:
    site = healthy()
    site.page("/nb.html", "<html><title>政府信息公开年报</title><div id=app></div></html>")
    return site


def redesigned() -> Site:
    """The old address leads to the portal's front page."""
    site = healthy()
    site.routes["/nb.html"] = Answer(status=302, headers={"Location": "/"})
    site.page("/", "<html><title>柳川县人民政府</title><a href='/x.html'>要闻动态</a></html>")
    return site


def walled() -> Site:
    site = healthy()
    for path in ("/nb.html", *(f"/{year}.html" for year in YEARS)):
        site.routes[path] = Answer(b"", 412)
    return site


def broken() -> Site:
    site = healthy()
    site.routes["/nb.html"] = Answer(b"<html>error</html>", 500)
    return site


def without_robots() -> Site:
    site = healthy()
    site.routes["/robots.txt"] = Answer(b"", 503)
    return site


def unpublished() -> Site:
    site = healthy()
    for year in (2016, 2017):
        site.routes[f"/{year}.html"] = Answer(b"", 404)
    return site


def waiting() -> Site:
    """More than the night may cost."""
    site = healthy()
    site.routes["/robots.txt"] = lambda asked: None
    return site


def distracting() -> Site:
    """The same on both nights: a page that promises half, and is none; it knows no conditions."""
    site = healthy()
    site.page("/nb.html", list_page([*rows(YEARS), ("/bare.html", "柳川县民政局2015年年报", "2016-01-20")]))
    site.page(
        "/bare.html", report_page(AGENCY, 2015, title="企业年报公示", body="<p>名单见附件。</p>"), validators=False
    )
    return site


MAKERS = (healthy, shrunk, emptied, redesigned, walled, broken, without_robots, unpublished, waiting, distracting)
Second = tuple[dict[str, list[Alarm]], list[dict[str, list[str]]]]


@pytest.fixture(scope="module")
def second_night(tmp_path_factory: pytest.TempPathFactory) -> Second:
    """The alarms of each site's second night, the first having been a healthy one, and what was asked for in both
    nights; all sites side by side."""
    folder = tmp_path_factory.mktemp("alarms")
    names = [maker.__name__ for maker in MAKERS]
    ports: dict[str, int] | None = None
    asked: list[dict[str, list[str]]] = []
    for number in (1, 2):
        sites = [maker() if number == 2 or maker is distracting else healthy() for maker in MAKERS]
        for site, name in zip(sites, names, strict=True):
            site.name = name
        with running(lambda _, up=sites: up, names, ports) as served:  # type: ignore[misc]
            ports = {name: int(url.rpartition(":")[2]) for name, url in served.urls.items()}
            text = 'contact = "a@b.cn"\n[defaults]\ndelay = 0\nbackoff = 0\nfloor = { entries = 4, reports = 1 }\n'
            for name in names:
                budget = "budget = { requests = 5 }" if number == 2 and name == "waiting" else ""
                text += f'[[site]]\nname = "{name}"\nagency = "{AGENCY}"\nstart = "{served.urls[name]}/nb.html"\n{budget}\n'
            database = str(folder / "n.db")
            with Store.open(database) as store:
                night = scrape(store, parse_sources(text, "s"), folder / "archive", database=database, jobs=1)
        asked.append({site.name: site.paths for site in sites})
        if number == 1:
            assert night.alarms == ()
    return {name: [alarm for alarm in night.alarms if alarm.site == name] for name in names}, asked


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("healthy", []),
        ("shrunk", ["site.few_entries", "site.shrunk"]),
        ("emptied", ["list.empty_shell", "site.few_entries"]),
        ("redesigned", ["list.empty_shell", "site.few_entries"]),
        ("walled", ["list.firewall", "report.firewall", "site.few_entries", "site.few_reports", "site.given_up"]),
        ("broken", ["list.server_error", "site.few_entries"]),
        (
            "without_robots",
            ["list.robots_unreachable", "site.few_entries", "site.few_reports", "site.given_up", "site.robots"],
        ),
        ("unpublished", ["report.vanished"]),
        ("waiting", ["site.budget"]),
        ("distracting", []),
    ],
)
def test_what_happened_decides_the_alarm(second_night: Second, site: str, expected: list[str]) -> None:
    assert sorted({alarm.rule for alarm in second_night[0][site]}) == expected


def test_an_alarm_says_what_was_expected_and_what_came(second_night: Second) -> None:
    alarm = next(alarm for alarm in second_night[0]["shrunk"] if alarm.rule == "site.shrunk")
    assert (alarm.severity, alarm.expected, alarm.actual) == ("error", 8, 2)
    assert len([alarm for alarm in second_night[0]["unpublished"] if alarm.rule == "report.vanished"]) == 2


def test_nobody_is_asked_while_the_rules_are_not_known(second_night: Second) -> None:
    assert set(second_night[1][1]["without_robots"]) == {"/robots.txt"}


def test_what_was_no_report_is_not_fetched_again(second_night: Second) -> None:
    first, second = (night["distracting"] for night in second_night[1])
    assert "/bare.html" in first
    assert "/bare.html" not in second
    assert "/2023.html" in second
