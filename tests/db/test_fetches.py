"""What the crawler asks its log."""

from __future__ import annotations

from db import Store
from db.crawl.fetches import FetchLog
from db.crawl.records import Fetch, Judgement
from tests.db.examples import VERSIONS


def test_a_report_is_looked_for_again_under_the_title_that_it_had_last(store: Store) -> None:
    """The longest unseen first, each address once."""
    log, old, new = FetchLog(store), "http://a.example/2020.html", "http://a.example/2021.html"
    for sha256, titles in (
        ("1" * 64, {old: "2020年年报", new: "2021年年报"}),
        ("2" * 64, {old: "2020年年报（更正）"}),
    ):
        run = store.begin_run("scrape", VERSIONS)
        for url, title in titles.items():
            log.record(Fetch(run, "a", "article", url, "2022-03-01T00:00:00Z", status=200, sha256=sha256))
            log.judge([Judgement(run, "a", url, sha256, "report", title=title)])
    found = [(url, title, kind) for url, title, _, kind, _ in log.known_reports("a")]
    assert found == [(new, "2021年年报", "article"), (old, "2020年年报（更正）", "article")]
