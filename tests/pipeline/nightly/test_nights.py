"""Two nights: the first brings two reports, the second changes one figure and adds one report. The digest says so."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from db import Store
from db.crawl.nights import NightLog
from pipeline.ingest.run import Options
from pipeline.nightly.digest import Change, Digest
from pipeline.nightly.log import JsonLog
from pipeline.nightly.run import Plan, Result, digest_since, nightly
from pipeline.nightly.status import status
from tests.pipeline.nightly.world import NORMATIVE, Clock, FolderSite, report_page

POLICE, SCHOOLS, CITY = "中卫市公安局", "中卫市教育局", "中卫市人民政府"
FIRST = "https://zw.example/nb/1.html"
SECOND = "https://zw.example/nb/2.html"
THIRD = "https://zw.example/nb/3.html"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The pages of both nights, by a short name."""
    folder = tmp_path_factory.mktemp("pages")
    return {
        "police 2021": report_page(folder, 1, POLICE, 2021, in_force=7),
        "police 2021 changed": report_page(folder, 1, POLICE, 2021, in_force=9),
        "schools 2021": report_page(folder, 2, SCHOOLS, 2021, in_force=4),
        "police 2022": report_page(folder, 3, POLICE, 2022, in_force=12),
    }


def first_night(pages: dict[str, bytes]) -> dict[str, bytes]:
    return {FIRST: pages["police 2021"], SECOND: pages["schools 2021"]}


def second_night(pages: dict[str, bytes]) -> dict[str, bytes]:
    return {FIRST: pages["police 2021 changed"], SECOND: pages["schools 2021"], THIRD: pages["police 2022"]}


def night(
    folder: Path, site: FolderSite, clock: Clock, *, expected: tuple[str, ...] = (), stale: bool = False
) -> Result:
    with Store.open(f"sqlite:///{folder / 'n.db'}") as store:
        log = JsonLog(folder / "nightly.jsonl", clock)
        plan = Plan(folder / "out", expected, options=Options(stale=stale))
        return nightly(store, site, plan, clock, lambda _: None, log)


@pytest.fixture(scope="module")
def two_nights(pages: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result, Result]:
    folder = tmp_path_factory.mktemp("nights")
    clock = Clock()
    one = night(folder, FolderSite(folder / "archive", first_night(pages)), clock)
    shutil.copytree(folder, folder / "first")
    clock.next_night()
    two = night(folder, FolderSite(folder / "archive", second_night(pages)), clock, expected=(CITY,))
    return folder, one, two


def test_the_first_night_brings_two_reports(two_nights: tuple[Path, Result, Result]) -> None:
    digest = two_nights[1].digest
    assert [(report.agency, report.year, report.places) for report in digest.new] == [
        (POLICE, 2021, (FIRST,)),
        (SCHOOLS, 2021, (SECOND,)),
    ]
    assert digest.changed == ()
    assert two_nights[1].is_fine


def test_the_second_night_names_exactly_what_changed(two_nights: tuple[Path, Result, Result]) -> None:
    digest = two_nights[2].digest
    assert [(report.agency, report.year) for report in digest.new] == [(POLICE, 2022)]
    (changed,) = digest.changed
    assert (changed.agency, changed.year, changed.why) == (POLICE, 2021, "replaced")
    label = "第二十条第（一）项/行政规范性文件 · 现行有效件数"
    assert changed.cells == (Change(str(NORMATIVE), label, "7", "9"),)
    assert (changed.facts, changed.wording) == ((), False)


def test_what_stands_is_noted_before_the_sites_are_visited(pages: dict[str, bytes], tmp_path: Path) -> None:
    """What a site gives tonight may make another version current at once, and is a change that the digest tells."""
    noted: list[Path] = []

    class Looking(FolderSite):
        def visit(self, store: Store) -> None:
            noted.extend((tmp_path / "out").glob("*/before.json.gz"))
            FolderSite.visit(self, store)

    night(tmp_path, Looking(tmp_path / "archive", first_night(pages)), Clock())
    assert len(noted) == 1


def test_a_new_report_shows_its_figures_beside_last_years(two_nights: tuple[Path, Result, Result]) -> None:
    (report,) = two_nights[2].digest.new
    folder = two_nights[0]
    with Store.open_readonly(f"sqlite:///{folder / 'n.db'}") as store:
        now, last = store.report(POLICE, 2022).report, store.report(POLICE, 2021).report
    for figure in report.figures:
        assert figure.value == next(str(c.value) for c in now.cells if str(c.key) == figure.key)
        assert figure.before == next(str(c.value) for c in last.cells if str(c.key) == figure.key)
    assert report.figures[0].label == "新收申请"


def test_findings_between_the_years_are_new_and_those_of_the_night_before_are_not(
    two_nights: tuple[Path, Result, Result],
) -> None:
    one, two = two_nights[1].digest, two_nights[2].digest
    told = {(f.agency, f.year, f.rule, f.message) for f in one.findings}
    assert not told & {(f.agency, f.year, f.rule, f.message) for f in two.findings}
    assert (POLICE, 2022, "y.carry") in {(f.agency, f.year, f.rule) for f in two.findings}


def test_the_digest_lies_there_in_three_forms_that_say_the_same(two_nights: tuple[Path, Result, Result]) -> None:
    folder = two_nights[2].folder
    told = json.loads((folder / "digest.json").read_text(encoding="utf-8"))
    markdown = (folder / "digest.md").read_text(encoding="utf-8")
    page = (folder / "digest.html").read_text(encoding="utf-8")
    assert told["headline"].startswith("1 new report, 1 changed report")
    for text in (markdown, page):
        assert told["headline"] in text
        assert "中卫市公安局 2022" in text
        assert "行政规范性文件 · 现行有效件数" in text
    assert '<meta charset="utf-8">' in page
    assert all(word not in page for word in ("<script", "<link", "<img", "@import", "url("))
    assert (folder.parent / "latest.html").read_text(encoding="utf-8") == page


def test_coverage_counts_what_is_due_and_the_expected_agency_without_a_report(
    two_nights: tuple[Path, Result, Result],
) -> None:
    covered = two_nights[2].digest.coverage  # on 2 February 2023 the departments' reports on 2022 are due
    gaps = {gap.agency: gap.years for gap in covered.gaps}
    assert gaps == {SCHOOLS: (2022,), CITY: (2019, 2020, 2021)}
    assert (covered.agencies, covered.complete) == (3, 1)


@pytest.fixture
def after_one(two_nights: tuple[Path, Result, Result], tmp_path: Path) -> Path:
    """The world as it was after the first night."""
    return Path(shutil.copytree(two_nights[0] / "first", tmp_path / "world"))


def test_a_night_without_news_says_so_plainly_and_one_with_an_alarm_does_not(
    pages: dict[str, bytes], after_one: Path
) -> None:
    clock = Clock(Clock().moment + timedelta(days=1))
    quiet = night(after_one, FolderSite(after_one / "archive", first_night(pages)), clock)
    assert quiet.digest.headline == "Nothing new: 1 site visited, all seen in full"
    assert quiet.is_fine
    clock.next_night()
    silent = night(after_one, FolderSite(after_one / "archive", {}, ("a list shows a challenge",)), clock)
    assert silent.digest.headline == "Nothing new; 1 alarm: reports may be missing"
    assert not silent.is_fine
    assert "a list shows a challenge" in (silent.folder / "digest.md").read_text(encoding="utf-8")
    with Store.open_readonly(f"sqlite:///{after_one / 'n.db'}") as store:
        told = status(store, clock(), after_one / "out")
    (site,) = told.sites
    assert (site.history, site.bad_nights) == ("+.!", 1)
    assert [row.state for row in told.nights] == ["done"] * 3
    assert [row.state for row in told.readings] == ["today's"]
    assert [(row.agency, row.year, row.due, row.days) for row in told.overdue] == [
        (POLICE, 2022, "2023-01-31", 3),
        (SCHOOLS, 2022, "2023-01-31", 3),
    ]


def test_after_an_update_a_night_may_read_again_what_an_older_program_read_and_tells_which_figures_changed(
    pages: dict[str, bytes], after_one: Path
) -> None:
    clock = Clock(Clock().moment + timedelta(days=1))
    misread = f"""UPDATE version_set SET reader = 'older'; UPDATE cell SET value = 5 WHERE report_id = 1 AND
        indicator_id = (SELECT id FROM indicator WHERE key = '{NORMATIVE}')"""
    with closing(sqlite3.connect(after_one / "n.db")) as connection:
        connection.executescript(misread)
    site = FolderSite(after_one / "archive", first_night(pages))
    assert night(after_one, site, clock).digest.changed == ()
    clock.next_night()
    (changed,) = night(after_one, site, clock, stale=True).digest.changed
    label = "第二十条第（一）项/行政规范性文件 · 现行有效件数"
    assert changed.cells == (Change(str(NORMATIVE), label, "5", "7"),)


def test_a_copy_with_the_same_figures_is_no_change_and_a_file_that_cannot_be_read_is_told_once(
    pages: dict[str, bytes], after_one: Path
) -> None:
    clock = Clock(Clock().moment + timedelta(days=1))
    counted = pages["police 2021"].replace(b"</body>", "<div>浏览次数：17</div></body>".encode())
    assert counted != pages["police 2021"]
    broken = {"https://zw.example/copy.html": counted, THIRD: b"%PDF-1.7\n" + bytes(100)}
    site = FolderSite(after_one / "archive", first_night(pages) | broken)
    result = night(after_one, site, clock)
    assert (result.digest.new, result.digest.changed) == ((), ())
    assert [(t.rule, t.url) for t in result.digest.troubles] == [("file.unreadable", THIRD)]
    assert not result.is_fine
    clock.next_night()
    assert night(after_one, site, clock).is_fine


def test_a_period_is_told_again_from_the_store(two_nights: tuple[Path, Result, Result], tmp_path: Path) -> None:
    folder, _, two = two_nights
    with Store.open_readonly(f"sqlite:///{folder / 'n.db'}") as store:
        store.backup(tmp_path / "n.db")
    with closing(sqlite3.connect(tmp_path / "n.db")) as connection:  # crawler and ingest have the machine's clock
        second = connection.execute("SELECT max(id) FROM run WHERE command = 'nightly'").fetchone()[0]
        connection.execute("UPDATE run SET started = '2023-02-01T01:00:00+00:00' WHERE id < ?", (second,))
        connection.commit()
    with Store.open_readonly(f"sqlite:///{tmp_path / 'n.db'}") as store:
        told = digest_since(store, date(2023, 2, 2), Clock()(), ())
        assert digest_since(store, date(2099, 1, 1), Clock()(), ()).new == ()
        assert len(digest_since(store, date(2023, 1, 1), Clock()(), ()).new) == 3
    assert (told.new, told.changed, told.night) == (two.digest.new, two.digest.changed, None)


# -------------------------------------------------------------------- kills

EVENTS = ("stage begins nightly ingest", "ingested", "stage begins nightly digest", "stage begins nightly deliver")


def killed_at(folder: Path, site: FolderSite, clock: Clock, deadly: str) -> None:
    """A night in a process of its own, which kills itself when it logs this event."""
    os.setsid()

    class Deadly(JsonLog):
        def __call__(self, event: str, *, level: str = "info", **more: object) -> None:
            super().__call__(event, level=level, **more)
            if f"{event} {more.get('stage', '')}".strip() == deadly:
                os.killpg(os.getpid(), signal.SIGKILL)

    with Store.open(f"sqlite:///{folder / 'n.db'}") as store:
        nightly(store, site, Plan(folder / "out"), clock, lambda _: None, Deadly(folder / "log", clock))


def said(digest: Digest) -> tuple[object, ...]:
    """What a digest says, without the numbers of runs and reports."""
    new = tuple(replace(report, report_id=0) for report in digest.new)
    changed = tuple(replace(report, report_id=0) for report in digest.changed)
    return new, changed, digest.findings, digest.troubles, digest.sites


def kill(folder: Path, site: FolderSite, clock: Clock, event: str) -> None:
    """Runs a night until it is killed at this event."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.pipeline.nightly.test_nights", "db.store"])
    process = context.Process(target=killed_at, args=(folder, site, clock, event))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL, f"not killed at {event!r}"


def test_killed_at_every_stage_the_night_ends_with_the_same_digest(
    pages: dict[str, bytes], two_nights: tuple[Path, Result, Result], after_one: Path
) -> None:
    clock = Clock(Clock().moment + timedelta(days=1))
    site = FolderSite(after_one / "archive", second_night(pages))
    for event in EVENTS:
        kill(after_one, site, clock, event)
        clock.moment += timedelta(minutes=10)
    result = night(after_one, site, clock)
    assert said(result.digest) == said(two_nights[2].digest)
    with Store.open_readonly(f"sqlite:///{after_one / 'n.db'}") as store:
        assert len(NightLog(store).nights()) == 2
    assert len(list((after_one / "out").glob("2023-*"))) == 2


def test_a_night_broken_off_long_ago_is_ended_before_a_new_one_begins(
    pages: dict[str, bytes], after_one: Path
) -> None:
    clock = Clock(Clock().moment + timedelta(days=1))
    site = FolderSite(after_one / "archive", second_night(pages))
    kill(after_one, site, clock, "stage begins nightly ingest")
    clock.moment += timedelta(days=3)
    result = night(after_one, site, clock)
    assert result.digest.new == ()
    _, old, new = sorted((after_one / "out").glob("2023-*"))
    assert len(json.loads((old / "digest.json").read_text(encoding="utf-8"))["new"]) == 1
    assert (old.name[:10], new.name[:10]) == ("2023-02-02", "2023-02-05")


def test_the_log_is_one_object_a_line(two_nights: tuple[Path, Result, Result]) -> None:
    lines = [json.loads(line) for line in (two_nights[0] / "nightly.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["event"] for line in lines].count("night done") == 2
    assert all({"time", "level", "event"} <= set(line) for line in lines)
