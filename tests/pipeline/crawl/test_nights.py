"""Two nights over model sites: everything found, nothing forbidden asked for, nothing fetched that had not changed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from db import Store
from db.crawl.fetches import FetchLog
from pipeline.crawl.night import write_found
from tests.pipeline.crawl.agency_sites import MODELS
from tests.pipeline.crawl.conftest import Crawled

pytestmark = pytest.mark.xdist_group("two nights")  # one worker crawls them
SITES = [name for name in MODELS if name != "elsewhere"]
Nights = tuple[Crawled, Crawled]


@pytest.mark.parametrize("site", SITES)
def test_every_report_is_found_and_nothing_else(nights: Nights, site: str) -> None:
    for crawled in nights:
        found = {(judgement.agency, judgement.year) for judgement in crawled.night.found if judgement.site == site}
        assert found == crawled.models[site].expected


@pytest.mark.parametrize("site", SITES)
def test_nothing_forbidden_is_asked_for(nights: Nights, site: str) -> None:
    for crawled in nights:
        model = crawled.models[site]
        asked = [path for _, path in crawled.log(site)]
        assert asked[0] == "/robots.txt"
        assert not [path for path in asked for start in model.forbidden if path.startswith(start)]
        assert crawled.log("elsewhere") == []


def test_a_host_is_asked_one_thing_at_a_time_and_never_faster_than_it_wants(nights: Nights) -> None:
    for crawled in nights:
        for name in SITES:
            log = sorted(crawled.models[name].site.log, key=lambda entry: entry["time"])
            wanted = 0.15 if name == "gkmlpt" else 0.02
            gaps = [later["time"] - earlier["time"] for earlier, later in pairwise(log)]
            assert min(gaps) >= wanted * 0.9
            assert all("test@example.org" in entry["agent"] for entry in log)
            if name != "hostile":  # there the server notices late that we hung up
                overlaps = [a for a, b in pairwise(log) if b["time"] < a["end"] - 0.01]
                assert overlaps == []


def test_unchanged_pages_are_not_sent_again(nights: Nights) -> None:
    first, second = nights
    sent = {(site, path) for site in SITES for status, path in first.log(site) if status == 200}
    again = [
        (site, path) for site in SITES for status, path in second.log(site) if status == 200 and (site, path) in sent
    ]
    # What is left has no validators, or is new: lists with a session in every link, answers to a POST, a changed list.
    allowed = ("/nb.htm", "/nb/", "/module/xxgk/search.jsp", "/zwgk/nb/list", "/robots.txt")
    assert [path for site, path in again if not path.startswith(allowed) and site != "hostile"] == []


def test_bytes_are_kept_under_their_hash_and_nothing_else_is_written(nights: Nights) -> None:
    folder = nights[1].folder
    files = [path for path in (folder / "archive").rglob("*") if path.is_file()]
    assert len(files) > 30
    for path in files:
        assert path.stem == hashlib.sha256(path.read_bytes()).hexdigest()
        assert path.parent.name == path.stem[:2]
    others = {path.name for path in folder.iterdir()} - {"nights.db", "nights.db-wal", "nights.db-shm"}
    assert others == {"archive"}


def test_extensions_say_what_the_bytes_are(nights: Nights) -> None:
    found = {judgement.url.rpartition("/")[2]: judgement for judgement in nights[0].night.found}
    archive = nights[0].folder / "archive"

    def kept_as(name: str) -> str:
        sha256 = next(judgement.sha256 for url, judgement in found.items() if url.startswith(name))
        return next((archive / sha256[:2]).glob(f"{sha256}.*")).suffix

    assert kept_as("nb2023.pdf") == ".pdf"
    assert kept_as("download.jsp") == ".html"  # a page under the name of a Word document
    assert kept_as("%E7%9F%B3") == ".zip"


def test_every_fetch_is_a_row_and_leads_back_to_address_and_night(nights: Nights) -> None:
    first, second = nights
    asked = sum(len(crawled.models[name].site.log) for crawled in nights for name in SITES)
    with Store.open_readonly(str(first.folder / "nights.db")) as store:
        log = FetchLog(store)
        rows = [row for crawled in nights for row in log.fetches(crawled.night.run_id)]
        never_asked = [row for row in rows if row.failure in ("off_site", "robots")]
        assert sum(row.tries for row in rows) - sum(row.tries for row in never_asked) == asked
        report = next(j for j in second.night.found if j.site == "gkmlpt" and j.year == 2020)
    origins = [row for row in rows if row.sha256 == report.sha256]
    assert [(origin.run_id, origin.status) for origin in origins] == [
        (first.night.run_id, 200),
        (second.night.run_id, 304),
    ]
    assert origins[0].url.endswith("/gkmlpt/content/1/2020/post_2020.html")
    assert origins[0].published is not None


def test_the_second_night_knows_what_is_new_and_what_is_gone(nights: Nights) -> None:
    _, second = nights
    fresh = {(judgement.agency, judgement.year) for judgement in second.night.fresh}
    assert fresh == {("云岭大学", 2024)}
    gone = {
        alarm.url.rpartition("/")[2] for alarm in second.night.alarms if alarm.rule == "report.vanished" and alarm.url
    }
    assert gone == {"post_103.html", "post_104.html"}
    moved = [j for j in second.night.found if j.site == "nfcms" and j.year == 2021]
    assert [j.url.rpartition("/")[2] for j in moved] == ["post_110.html"]


def test_each_failure_is_its_own(nights: Nights) -> None:
    with Store.open_readonly(str(nights[0].folder / "nights.db")) as store:
        rows = FetchLog(store).fetches(nights[0].night.run_id)
    failures = {row.url.rpartition("/")[2]: row.failure for row in rows if row.failure is not None}
    assert failures == {
        "drip.html": "timeout",
        "bomb.html": "too_large",
        "endless.html": "too_large",
        "cut.html": "damaged",
        "loop2.html": "loop",
        "2017.html": "off_site",
        "2023.html": "off_site",
        "": "off_site",  # the address of a cloud's own data, to which a page redirected
        "secret.html": "robots",
        "forbidden.html": "firewall",
        "missing.html": "not_found",
        "index.html": "challenge",
    }
    errors = [alarm for alarm in nights[0].night.alarms if alarm.severity == "error"]
    assert [(alarm.site, alarm.rule) for alarm in errors] == [("xxgk", "list.challenge")]
    assert not nights[0].night.is_clean


def test_traps_are_left_soon(nights: Nights) -> None:
    for crawled in nights:
        calendar = [path for _, path in crawled.log("boda") if path.startswith("/rl/")]
        assert len(calendar) < 10
        endless = [path for _, path in crawled.log("hostile") if path.startswith("/nb/index.html")]
        assert len(endless) < 8
        assert not [path for _, path in crawled.log("boda") if "jsessionid" in path]


def test_the_list_of_what_was_found_can_be_written(nights: Nights, tmp_path: Path) -> None:
    count = write_found(nights[1].night, tmp_path / "found.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "found.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(lines) == count
    assert {"agency", "year", "url", "sha256"} <= set(lines[0])
    assert [(line["agency"], line["year"]) for line in lines if line["new"]] == [("云岭大学", 2024)]


def test_visits_count_what_the_log_holds(nights: Nights) -> None:
    with closing(sqlite3.connect(nights[0].folder / "nights.db")) as connection:
        counted = dict(
            connection.execute(
                "SELECT site, sum(tries) FROM fetch WHERE run_id = 1 AND coalesce(failure, '') NOT IN ('off_site', 'robots') "
                "GROUP BY site"
            )
        )
    assert {visit.site: visit.requests for visit in nights[0].night.visits} == counted
