"""Files into the database: each with an outcome, unchanged ones skipped, whatever order and number of workers."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.specimens import build, committed_specimens
from db import Outcome, Store
from parsers.assemble import current_versions
from pipeline import cli
from pipeline.ingest.beside import PassedOver
from pipeline.ingest.discover import Found, discover
from pipeline.ingest.reading import Reading, Task
from pipeline.ingest.run import Options, ingest
from pipeline.ingest.summary import Summary
from pipeline.ingest.unchanged import Unchanged, unchanged
from pipeline.ingest.workers import Workers
from tests.pipeline.dump import dump, outcomes


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports in web pages, DOCX and text, a copy of one, and a file that is none."""
    folder = tmp_path_factory.mktemp("reports")
    made = build(folder, seed=2, count=8)
    first = made[0][0]
    (folder / "town").mkdir()
    shutil.copy(first, folder / "town" / f"copy{first.suffix}")
    (folder / "budget.html").write_text("<h1>2021年部门预算</h1><p>收入预算总表。</p>", encoding="utf-8")
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.7\n" + bytes(100))
    return folder


def run(database: Path, *paths: Path, **options: object) -> Summary:
    with Store.open(f"sqlite:///{database}") as store:
        return ingest(store, [str(path) for path in paths], Options(**options))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def first(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    """A database after one run over the reports, and its summary."""
    database = tmp_path_factory.mktemp("first") / "a.db"
    return database, run(database, reports)


def test_each_file_has_an_outcome(first: tuple[Path, Summary]) -> None:
    database, summary = first
    found = outcomes(database)
    assert len(found) == 11
    assert (found["budget.html"], found["damaged.pdf"]) == ("not_a_report", "failed")
    assert summary.outcomes[Outcome.DUPLICATE] == 1
    assert summary.outcomes[Outcome.OK] + summary.outcomes[Outcome.PARTIAL] == 8
    assert [Path(location).name for location, _ in summary.failed] == ["damaged.pdf"]
    assert not summary.is_clean


def test_workers_and_order_do_not_change_the_result(
    first: tuple[Path, Summary], reports: Path, tmp_path: Path
) -> None:
    run(tmp_path / "b.db", reports, jobs=3)
    assert dump(tmp_path / "b.db") == dump(first[0])


@pytest.fixture
def again(first: tuple[Path, Summary], tmp_path: Path) -> Path:
    """A copy of the database to go on with."""
    with Store.open_readonly(f"sqlite:///{first[0]}") as store:
        store.backup(tmp_path / "a.db")
    return tmp_path / "a.db"


def test_unchanged_files_are_skipped_without_a_worker(
    again: Path, first: tuple[Path, Summary], reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(again)
    monkeypatch.setattr("pebble.ProcessPool", None)
    summary = run(again, reports)
    assert (summary.files, summary.unchanged, summary.failed_before) == (0, 11, 1)
    assert not summary.is_clean, "what failed before is still a failure"
    assert summary.failed == first[1].failed, "and named"
    assert dump(again) == before


def test_a_file_with_another_time_and_the_same_bytes_is_not_read_again(
    again: Path, reports: Path, tmp_path: Path
) -> None:
    moved = Path(shutil.copytree(reports, tmp_path / "reports"))
    run(again, moved)
    for path in moved.iterdir():
        os.utime(path, (1, 1))
    summary = run(again, moved)
    assert (summary.files, summary.unchanged) == (0, 11)
    assert run(again, moved).unchanged == 11


def test_when_nothing_changed_a_quick_look_says_so_and_otherwise_gives_no_answer(
    first: tuple[Path, Summary], reports: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{first[0]}"
    assert unchanged(url, [str(reports)]) == Unchanged(
        files=11,
        failed_before=1,
        of_another_version=0,
        passed_over=PassedOver(1, (str(reports / "gold.jsonl"),)),
        failed=tuple(first[1].failed),
    )
    (tmp_path / "new.html").write_text("<h1>", encoding="utf-8")
    assert unchanged(url, [str(reports), str(tmp_path)]) is None
    assert unchanged(f"sqlite:///{tmp_path / 'none.db'}", [str(reports)]) is None
    assert unchanged("postgresql://host/db", [str(reports)]) is None


def test_a_run_that_was_killed_is_not_skipped_by_the_quick_look(again: Path, reports: Path) -> None:
    with Store.open(f"sqlite:///{again}") as store:
        store.begin_run("ingest", current_versions())
    assert unchanged(f"sqlite:///{again}", [str(reports)]) is None
    assert run(again, reports).files == 0
    assert unchanged(f"sqlite:///{again}", [str(reports)]) is not None


def test_a_database_of_another_schema_is_not_skipped_by_the_quick_look(again: Path, reports: Path) -> None:
    with closing(sqlite3.connect(again)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0005'")
    assert unchanged(f"sqlite:///{again}", [str(reports)]) is None
    assert run(again, reports).unchanged == 11
    with Store.open_readonly(f"sqlite:///{again}") as store:
        assert len(list(store.reports())) == 8, "what every other command asks for is done"


def test_force_reads_again_and_changes_nothing(again: Path, reports: Path) -> None:
    before = dump(again)
    summary = run(again, reports, force=True)
    assert summary.files == 11
    assert dump(again) == before


def test_stale_reads_what_another_version_read(again: Path, reports: Path) -> None:
    assert run(again, reports, stale=True).files == 0
    subprocess.run(["sqlite3", str(again), "UPDATE version_set SET reader = 'older'"], check=True)
    summary = run(again, reports, stale=True)
    assert summary.files + summary.unchanged == 11
    assert summary.unchanged <= 1, "a copy is as new as its bytes, once these were read again"
    assert run(again, reports, stale=True).files == 0


def test_after_an_upgrade_it_is_told_how_many_files_another_version_read(again: Path, reports: Path) -> None:
    subprocess.run(["sqlite3", str(again), "UPDATE version_set SET reader = 'older'"], check=True)
    told = unchanged(f"sqlite:///{again}", [str(reports)])
    assert told is not None
    assert told.of_another_version == run(again, reports).of_another_version == 11
    run(again, reports, stale=True)
    assert run(again, reports).of_another_version == 0


def test_an_archive_gives_the_reports_that_its_folder_gives(
    first: tuple[Path, Summary], reports: Path, tmp_path: Path
) -> None:
    archive = Path(shutil.make_archive(str(tmp_path / "reports"), "zip", reports))
    summary = run(tmp_path / "b.db", archive)
    assert summary.outcomes == first[1].outcomes
    assert run(tmp_path / "b.db", archive).unchanged == 11
    names = ("cell", "agency", "finding", "section")
    assert {name: dump(tmp_path / "b.db")[name] for name in names} == {name: dump(first[0])[name] for name in names}


def test_a_manifest_wins_and_the_disagreement_is_a_finding(reports: Path, tmp_path: Path) -> None:
    page = min(path for path in reports.iterdir() if path.suffix == ".html" and path.name != "budget.html")
    shutil.copy(page, tmp_path / "a.html")
    (tmp_path / "manifest.csv").write_text("file,agency,year\na.html,平罗县水务局,2022\n", encoding="utf-8")
    run(tmp_path / "a.db", tmp_path)
    with Store.open_readonly(f"sqlite:///{tmp_path / 'a.db'}") as store:
        stored = store.report("平罗县水务局", 2022)
    rules = [finding.rule for finding in stored.report.findings]
    assert rules.count("identity.manifest_disagrees") == 2
    assert stored.report.identity.place.county == "平罗县"
    (tmp_path / "manifest.csv").write_text("file,agency,year\na.html,平罗县水务局,2023\n", encoding="utf-8")
    assert run(tmp_path / "a.db", tmp_path).files == 1, "an edited manifest is seen"
    with Store.open_readonly(f"sqlite:///{tmp_path / 'a.db'}") as store:
        assert [entry.year for entry in store.reports()] == [2023]


def test_what_years_said_of_each_other_goes_with_the_report_that_a_manifest_moves(tmp_path: Path) -> None:
    """The 2022 report begins with 3 cases where that of 2021 left 1; then a manifest says that this one is another body's."""
    for year, carried_over, carried_forward in ((2021, 0, 1), (2022, 3, 3)):
        (tmp_path / f"{year}.md").write_text(with_cases(year, carried_over, carried_forward), encoding="utf-8")
    run(tmp_path / "a.db", tmp_path)

    def findings() -> list[str]:
        with Store.open_readonly(f"sqlite:///{tmp_path / 'a.db'}") as store:
            return [stored.finding.rule for stored in store.findings(rule="y.carry")]

    assert findings() == ["y.carry"]
    (tmp_path / "manifest.csv").write_text("file,agency\n2021.md,中卫市水务局\n", encoding="utf-8")
    run(tmp_path / "a.db", tmp_path)
    assert findings() == []


def test_an_ingest_that_ends_while_another_one_reads_takes_nothing_from_it(tmp_path: Path) -> None:
    """The longer one has read the report of 2021 when the shorter one ends and takes it for killed. It goes on, reads that of
    2022, which begins with 3 cases where 1 was left, and compares the two years; until then it counts as unfinished."""
    long, short, database = tmp_path / "long", tmp_path / "short", tmp_path / "a.db"
    for folder, year, *cases in ((long, 2021, 0, 1), (long, 2022, 3, 3), (short, 2023, 0, 0)):
        folder.mkdir(exist_ok=True)
        (folder / f"{year}.md").write_text(with_cases(year, *cases), encoding="utf-8")
    finished: list[list[bool]] = []

    def told(_: str) -> None:
        with Store.open_readonly(f"sqlite:///{database}") as store:
            finished.append([entry.finished is not None for entry in store.runs()])
        if len(finished) == 1:
            run(database, short)

    with Store.open(f"sqlite:///{database}") as store:
        ingest(store, [str(long)], Options(jobs=1), told=told)
    assert finished == [[False], [True, False]], "the latest first"
    with Store.open_readonly(f"sqlite:///{database}") as store:
        assert all(entry.finished for entry in store.runs())
        assert [stored.finding.rule for stored in store.findings(rule="y.carry")] == ["y.carry", "y.carry"]


def with_cases(year: int, carried_over: int, carried_forward: int) -> str:
    """The published report of the police, for a year and with these cases carried over and forward."""
    report = (Path(__file__).parents[3] / "corpus/published/zhongwei-police-2021/report.md").read_text(
        encoding="utf-8"
    )
    lines = report.replace("2021", str(year)).splitlines()
    for number, line in enumerate(lines):
        for label, figure in (("上年结转", carried_over), ("结转下年度", carried_forward)):
            if label in line and "\t0" in line:
                lines[number] = line.replace("\t0", f"\t{figure}", 1)
    return "\n".join(lines)


def test_a_manifest_wins_after_a_slip_in_it_and_for_a_copy(reports: Path, tmp_path: Path) -> None:
    page = min(path for path in reports.iterdir() if path.suffix == ".html" and path.name != "budget.html")
    shutil.copy(page, tmp_path / "a.html")

    def years(*lines: str) -> list[int | None]:
        (tmp_path / "manifest.csv").write_text("\n".join(["file,agency,year", *lines, ""]), encoding="utf-8")
        run(tmp_path / "a.db", tmp_path)
        with Store.open_readonly(f"sqlite:///{tmp_path / 'a.db'}") as store:
            return [entry.year for entry in store.reports()]

    read = years()
    assert years("a.html,平罗县水务局,2O21") == read, "the letter O: what was stored stays"
    assert years("a.html,平罗县水务局,2021") == [2021], "the slip was mended"
    shutil.copy(page, tmp_path / "b.html")
    assert years("b.html,平罗县水务局,2022") == [2022], "nobody speaks of a.html any longer"


def test_a_damaged_member_costs_itself_only(reports: Path, tmp_path: Path) -> None:
    archive = Path(shutil.make_archive(str(tmp_path / "reports"), "zip", reports))
    content = bytearray(archive.read_bytes())
    with zipfile.ZipFile(archive) as opened:
        info = min(opened.infolist(), key=lambda info: info.header_offset if info.file_size > 2000 else 2**40)
    content[info.header_offset + 30 + len(info.filename.encode()) + 50] ^= 255
    archive.write_bytes(content)
    summary = run(tmp_path / "b.db", archive)
    assert summary.outcomes[Outcome.FAILED] == 2
    assert summary.files == 11


def test_a_zip_of_stored_pdfs_is_all_of_them_or_none(tmp_path: Path) -> None:
    archive = tmp_path / "many.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as made:
        for path in [path for path, _ in committed_specimens() if path.suffix == ".pdf"][:2]:
            made.write(path, path.name)
    assert run(tmp_path / "whole.db", archive).reports.total() == 2
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    (damaged / "many.zip").write_bytes(archive.read_bytes()[:-150])
    (damaged / "one.zip").write_bytes(archive.read_bytes()[:2000])
    (damaged / "bad.rar").write_bytes(b"Rar!\x1a\x07\0rubbish")
    shutil.copy(archive, damaged / "附件.pdf")
    assert set(run(tmp_path / "damaged.db", damaged).outcomes) == {Outcome.FAILED}
    assert outcomes(tmp_path / "damaged.db") == dict.fromkeys(
        ("bad.rar", "many.zip", "one.zip", "附件.pdf"), "failed"
    )


def test_a_file_that_vanishes_before_it_is_read_costs_itself_only(reports: Path, tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        shutil.copy(min(path for path in reports.iterdir() if path.suffix == ".docx"), tmp_path / name)

    def vanishing(paths: Iterable[str], passed_over: Callable[[str], None]) -> Iterator[Found]:
        for found in discover(paths, passed_over):
            if found.name == "a.docx":
                Path(found.location).unlink()
            yield found

    with Store.open(f"sqlite:///{tmp_path / 'a.db'}") as store:
        summary = ingest(store, [str(tmp_path)], find=vanishing)
    assert summary.failed == [(str(tmp_path / "a.docx"), f"{tmp_path / 'a.docx'}: No such file or directory")]
    assert summary.files == 2


def test_copies_are_read_once_and_say_of_what_they_are_copies(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = min(path for path in reports.iterdir() if path.suffix == ".docx")
    for name in ("a", "b", "c"):
        shutil.copy(page, tmp_path / f"{name}.docx")
    handed_out: list[str] = []
    schedule = Workers._schedule

    def counted(workers: Workers[Task, Reading], task: Task | None) -> object:
        handed_out.extend([task.name] if task else [])
        return schedule(workers, task)

    monkeypatch.setattr(Workers, "_schedule", counted)
    run(tmp_path / "a.db", tmp_path, jobs=2)
    shutil.copy(page, tmp_path / "later.docx")
    run(tmp_path / "a.db", tmp_path, jobs=2)
    assert handed_out == ["a.docx"]
    with Store.open_readonly(f"sqlite:///{tmp_path / 'a.db'}") as store:
        copies = dict(store.query("SELECT path, reason FROM file_outcome WHERE outcome = 'duplicate'")[1])
    assert copies == {
        str(tmp_path / name): f"the same bytes as {tmp_path / 'a.docx'}"
        for name in ("b.docx", "c.docx", "later.docx")
    }


def test_a_copy_whose_name_says_more_is_read_after_all(tmp_path: Path) -> None:
    text = "政府信息公开工作年度报告\n一、总体情况\n本年度主动公开信息31条，收到依申请公开信息申请5件。\n二、存在的问题\n无。\n"
    for name in ("1", "云溪县水利局2018年政府信息公开工作年度报告"):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    run(tmp_path / "a.db", tmp_path)
    assert outcomes(tmp_path / "a.db")["云溪县水利局2018年政府信息公开工作年度报告.txt"] == "partial"


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_run_that_is_broken_off_at_once_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], reports: Path, tmp_path: Path
) -> None:
    def interrupted(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(Workers, "batches", interrupted)
    assert cli.run(["ingest", str(reports), "--db", f"sqlite:///{tmp_path / 'a.db'}"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Interrupted before the first file was read.\nStopped;")
    assert "No document" not in err


def test_ctrl_c_ends_cleanly_and_says_how_to_go_on(
    reports: Path, tmp_path: Path, first: tuple[Path, Summary]
) -> None:
    many = tmp_path / "many"
    for number in range(3):
        shutil.copytree(reports, many / str(number))
    database = tmp_path / "a.db"
    command = [sys.executable, "-m", "pipeline", "ingest", str(many), "--db", str(database), "--jobs", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_for(lambda: database.exists() and bool(_count(database)))
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 1, err
    assert f"To go on: nianbao ingest {many}" in err
    assert "Traceback" not in err
    with Store.open_readonly(f"sqlite:///{database}") as store:
        (broken_off,) = store.runs()
        assert broken_off.finished is not None
    done = len(outcomes_of_paths(database))
    assert 0 < done < 33
    assert run(database, many).unchanged == done


def test_ctrl_c_while_the_years_are_compared_waits_for_the_end_and_tells_what_was_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def interrupted(*_: object) -> int:
        signal.raise_signal(signal.SIGINT)
        return 2

    monkeypatch.setattr("pipeline.ingest.years.check_years", interrupted)
    (tmp_path / "2021.md").write_text(with_cases(2021, 0, 1), encoding="utf-8")
    assert cli.run(["ingest", str(tmp_path), "--db", f"sqlite:///{tmp_path / 'a.db'}"]) == 1
    out, err = capsys.readouterr()
    assert "2021  2021        1" in out
    assert "Stopped; everything read so far is stored." in err
    with Store.open_readonly(f"sqlite:///{tmp_path / 'a.db'}") as store:
        assert all(entry.finished for entry in store.runs())


def outcomes_of_paths(database: Path) -> list[str]:
    with Store.open_readonly(f"sqlite:///{database}") as store:
        return [path for (path,) in store.query("SELECT path FROM location")[1]]


def _count(database: Path) -> int:
    import sqlite3

    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM location").fetchone()[0])
    except sqlite3.Error:
        return 0
    finally:
        connection.close()
