"""Which report is current, what a re-reading does, and that none of it depends on the order of arrival."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from db import Outcome, RunItem, Store
from db.crawl.fetches import FetchLog
from db.crawl.records import Fetch
from parsers.report import FILE_DAMAGED, CellKey, CellState, Finding, Report, Scope, Severity, Whose
from tests.db.examples import BALANCE, NEWER, VERSIONS, item, report

NEW = "requests/received.new/total"


def current(store: Store, year: int = 2021) -> str:
    """The file of the current report."""
    return store.report("中卫市公安局", year).entry.name


def test_the_same_bytes_at_another_place_are_a_duplicate(store: Store) -> None:
    given = report()
    run = store.begin_run("test", VERSIONS)
    first = store.record(run, item(given, "a/report.pdf"), given)
    known = store.known_source(given.source.sha256)
    assert known is not None
    second = store.record(run, replace(item(given, "b/copy.pdf"), outcome=Outcome.DUPLICATE))
    raced = store.record(run, item(given, "c/copy.pdf"), given)  # two workers read the same bytes at once
    assert (first.outcome, second.outcome, raced.outcome) == (Outcome.OK, Outcome.DUPLICATE, Outcome.DUPLICATE)
    assert first.report_id == second.report_id == raced.report_id == known.report_id
    stored = store.report("中卫市公安局", 2021)
    assert stored.locations == ("a/report.pdf", "b/copy.pdf", "c/copy.pdf")
    seen = store.seen("b/copy.pdf")
    assert seen is not None
    assert (seen.outcome, seen.versions) == (Outcome.OK, VERSIONS)


def test_a_changed_file_at_the_same_place_is_the_new_current_version(store: Store) -> None:
    old = report(content="first", figures={NEW: 3})
    new = report(content="second", figures={NEW: 4}, rest=CellState.ABSENT)  # even though less of it could be read
    run = store.begin_run("test", VERSIONS)
    store.record(run, item(old, "site/report.html"), old)
    store.record(run, item(new, "site/report.html", mtime_ns=2), new)
    assert store.report("中卫市公安局", 2021).report == new
    versions = list(store.reports(agency="中卫市公安局", current_only=False))
    assert [(entry.version, entry.is_current) for entry in versions] == [(1, False), (2, True)]
    assert store.report_by_id(versions[0].id).report == old


BROKEN_OFF = Finding(FILE_DAMAGED, Severity.WARNING, Whose.READING, "The file is damaged")


@pytest.mark.parametrize("rest", [CellState.ABSENT, CellState.BLANK])
def test_a_download_that_broke_off_replaces_nothing_unless_every_cell_is_there(store: Store, rest: CellState) -> None:
    good = report(content="good", figures={NEW: 3})
    damaged = report(content="damaged", figures={NEW: 4}, rest=rest, findings=(BROKEN_OFF,))
    run = store.begin_run("test", VERSIONS)
    store.record(run, item(good, "site/report.pdf"), good)
    recorded = store.record(run, item(damaged, "site/report.pdf", mtime_ns=2), damaged)
    assert recorded.is_current == (rest is CellState.BLANK)
    assert store.report("中卫市公安局", 2021).report == (damaged if recorded.is_current else good)


RIVALS = [
    report(content="unread", rest=CellState.ABSENT, figures={NEW: 1}),
    report(content="doubtful", findings=(replace(BALANCE, whose=BALANCE.whose.READING),)),
    report(content="broken", findings=(BALANCE,)),
    report(content="plain"),
    report(content="later"),
    report(content="corrected", rest=CellState.UNREADABLE, corrected=True),
]
"""From the weakest to the strongest; ``later`` and ``broken`` have a later time of change than
``plain``."""


@pytest.mark.parametrize("order", list(permutations(range(len(RIVALS))))[::97])
def test_the_current_report_does_not_depend_on_the_order_of_arrival(store: Store, order: tuple[int, ...]) -> None:
    run = store.begin_run("test", VERSIONS)
    for index in order:
        store.record(
            run,
            item(RIVALS[index], mtime_ns=9 if re.search("later|broken", RIVALS[index].source.name) else 1),
            RIVALS[index],
        )
    entries = store.reports(agency="中卫市公安局", current_only=False)
    assert [entry.name for entry in entries] == [rival.source.name for rival in RIVALS]
    assert current(store) == RIVALS[-1].source.name


def test_who_publishes_again_means_the_later_one(store: Store) -> None:
    first, second = report(content="first"), report(content="second", findings=(BALANCE,))
    days = {"first": date(2022, 1, 28), "second": date(2022, 3, 5)}
    run = store.begin_run("test", VERSIONS)
    for given, day in zip((second, first), reversed(days.values()), strict=True):
        dated = replace(given, identity=replace(given.identity, published=day))
        store.record(run, item(dated, mtime_ns=9 if given is first else 1), dated)
    assert current(store) == second.source.name, "though its sum is broken, and the first was fetched later"


def test_an_archived_report_stands_until_its_addresses_give_other_bytes(store: Store) -> None:
    """The archive keeps each file for ever; the log of fetches knows what an address gives today."""
    old = report(content="first")
    new = report(content="second", rest=CellState.ABSENT, figures={NEW: 4})  # even though less of it could be read
    log, url, other_url = FetchLog(store), "http://agency.example/2021.html", "http://agency.example/copy.html"

    def night(given: Report, *urls: str) -> tuple[int, list[int]]:
        run, sha256 = store.begin_run("test", VERSIONS), given.source.sha256
        for address in urls:
            log.record(Fetch(run, "agency", "article", address, "2022-03-01T00:00:00Z", status=200, sha256=sha256))
        store.record(run, item(given, f"archive/{sha256[:2]}/{sha256}.html"), given)
        current = store.report("中卫市公安局", 2021).entry
        return current.id, [rival.id for rival in store.rivals(current.id)]

    first, _ = night(old, url, other_url)
    assert night(new, url) == (first, [first + 1]), "it still stands at the other address"
    assert night(new, other_url) == (first + 1, []), "both addresses give other bytes"
    assert night(old, url) == (first, [first + 1]), "taken back by the agency"


def test_the_rivals_of_a_report_are_other_documents_that_may_stand_for_it(store: Store) -> None:
    same, other_year = report(content="copy"), report(year=2020)
    run = store.begin_run("test", VERSIONS)
    ids = [store.record(run, item(each), each).report_id for each in (report(), same, other_year)]
    standing = next(entry for entry in store.reports() if entry.year == 2021)
    assert [rival.id for rival in store.rivals(standing.id)] == [id for id in ids[:2] if id != standing.id]


def test_scopes_are_two_reports(store: Store) -> None:
    own, area = report(figures={NEW: 1}), report(figures={NEW: 100}, scope=Scope.AREA)
    run = store.begin_run("test", VERSIONS)
    for each in (own, area):
        store.record(run, item(each, f"{each.identity.scope}.pdf"), each)
    assert store.report("中卫市公安局", 2021).report == own
    assert store.report("中卫市公安局", 2021, Scope.AREA).report == area


def test_a_newer_reading_replaces_the_older_one_and_says_what_changed(store: Store) -> None:
    old = report(figures={NEW: 3}, findings=(BALANCE,))
    new = report(figures={NEW: 4}, versions=NEWER)
    run = store.begin_run("test", VERSIONS)
    first = store.record(run, item(old), old)
    again = store.record(store.begin_run("test --stale", NEWER), item(new), new)
    assert (again.report_id, again.reread, again.cells_changed) == (first.report_id, True, 1)
    assert store.report("中卫市公安局", 2021).report == new
    _, rows = store.query(
        "SELECT i.key, old_value, new_value FROM cell_change JOIN indicator AS i ON i.id = indicator_id"
    )
    assert list(rows) == [(NEW, 3, 4)]
    known = store.known_source(new.source.sha256)
    assert known is not None
    assert known.versions == NEWER


def test_a_forced_reading_of_the_same_place_is_a_re_reading(store: Store) -> None:
    given = report()
    run = store.begin_run("test", VERSIONS)
    store.record(run, item(given), given)
    assert store.record(run, item(given), given).reread


def test_a_failed_re_reading_keeps_the_older_one(store: Store) -> None:
    given = report()
    run = store.begin_run("test", VERSIONS)
    store.record(run, item(given), given)
    failed = replace(item(given), outcome=Outcome.FAILED, reason="out of memory", versions=NEWER)
    store.record(run, failed)
    assert store.report("中卫市公安局", 2021).report == given
    seen = store.seen(failed.location)
    assert seen is not None
    assert (seen.outcome, seen.versions) == (Outcome.FAILED, NEWER)


def test_a_re_reading_that_finds_no_report_retracts_it(store: Store) -> None:
    given = report()
    run = store.begin_run("test", VERSIONS)
    recorded = store.record(run, item(given), given)
    store.record(run, replace(item(given), outcome=Outcome.NOT_A_REPORT, versions=NEWER))
    assert not list(store.reports())
    assert recorded.report_id is not None
    assert store.report_by_id(recorded.report_id).report == given
    store.record(run, item(given), given)
    assert store.report("中卫市公安局", 2021).report == given


def test_reports_without_agency_or_year_are_kept_each_for_itself(store: Store) -> None:
    nameless = [report(agency=None, content=content) for content in "ab"] + [
        report(year=None, content=c) for c in "cd"
    ]
    run = store.begin_run("test", VERSIONS)
    for index, each in enumerate(nameless):
        assert store.record(run, item(each, f"{index}.pdf", outcome=Outcome.PARTIAL), each).is_current
    assert len(list(store.reports())) == 4
    store.record(run, replace(item(nameless[0], "0.pdf", outcome=Outcome.NOT_A_REPORT), versions=NEWER))
    assert len(list(store.reports())) == 3, "one that is none stands for nothing, not even for itself"


def test_files_without_a_report_are_remembered(store: Store) -> None:
    run = store.begin_run("ingest x", VERSIONS)
    gone = RunItem("x/gone.pdf", Outcome.FAILED, reason="cannot be opened", versions=VERSIONS)
    other = RunItem("x/budget.pdf", Outcome.NOT_A_REPORT, "ab" * 32, 10, 5, VERSIONS, 0.5, "a budget")
    store.record(run, gone)
    store.record(run, other)
    store.touch("x/budget.pdf", size=10, mtime_ns=6)
    store.finish_run(run, skipped=7)
    seen = store.seen("x/budget.pdf")
    assert seen is not None
    assert seen.mtime_ns == 6
    assert list(store.query("SELECT path, reason, report_id FROM file_outcome ORDER BY path DESC")[1]) == [
        ("x/gone.pdf", "cannot be opened", None),
        ("x/budget.pdf", "a budget", None),
    ]
    (stored,) = store.runs()
    assert stored.outcomes == {Outcome.FAILED: 1, Outcome.NOT_A_REPORT: 1}
    assert stored.skipped == 7
    assert stored.finished is not None


def test_outcome_and_report_go_together(store: Store) -> None:
    given = report()
    run = store.begin_run("test", VERSIONS)
    wrong: list[tuple[RunItem, Report | None]] = [
        (item(given), None),
        (replace(item(given), outcome=Outcome.FAILED), given),
        (replace(item(given), sha256="0" * 64), given),
        (replace(item(given), outcome=Outcome.DUPLICATE), None),
    ]
    for entry, contents in wrong:
        with pytest.raises(ValueError, match="pdf"):
            store.record(run, entry, contents)


def test_last_years_cells_are_at_hand(store: Store) -> None:
    run = store.begin_run("test", VERSIONS)
    ids = {}
    for year in (2019, 2020, 2021):
        given = report(year=year, figures={"requests/carried_forward/total": year})
        ids[year] = store.record(run, item(given), given).report_id or 0
    previous = store.previous_year(ids[2021])
    assert previous is not None
    entry, cells = previous
    assert entry.year == 2020
    assert cells[CellKey("requests", "carried_forward", "total")].value == 2020
    assert store.previous_year(ids[2019]) is None
    store.record_cross_findings(ids[2021], [replace(BALANCE, rule="y.carry")])
    store.record_cross_findings(ids[2021], [replace(BALANCE, rule="y.carry")])
    assert [(f.finding.rule, f.origin) for f in store.findings()] == [("y.carry", "store")]
    assert store.report_by_id(ids[2021]).report.findings == ()
