"""Killed, full, locked, damaged, write-protected: what was recorded stays, and a person is told what to do."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from db import Store, engine
from parsers.errors import StoreError
from tests.db.conftest import on_sqlite
from tests.db.examples import VERSIONS, item, report

WRITER = """
import os, signal, sys
from db import Store, writing
from tests.db.examples import VERSIONS, item, report

path, after = sys.argv[1], int(sys.argv[2])
left = after
insert_many = writing.insert_many

def insert_and_die(*arguments, **common):
    global left
    insert_many(*arguments, **common)
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

writing.insert_many = insert_and_die
with Store.open(path) as store:
    run = store.begin_run("test", VERSIONS)
    for year in range(2000, 2030):
        given = report(year=year)
        store.record(run, item(given), given)
"""


@pytest.mark.parametrize("after", [2, 13])
def test_killed_in_the_middle_of_a_report(path: Path, after: int) -> None:
    program = [sys.executable, "-c", WRITER, str(path), str(after)]
    done = subprocess.run(program, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == -signal.SIGKILL
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with Store.open(str(path)) as store:
        assert [run.finished for run in store.runs()] == [None]
        complete = list(store.reports())
        assert len(complete) == len(list(store.query("SELECT path FROM location")[1])) == after // 9
        for entry in complete:
            assert store.report_by_id(entry.id).report == report(year=entry.year)
        run = store.begin_run("again", VERSIONS)
        for year in range(2000, 2003):
            given = report(year=year)
            store.record(run, item(given), given)
        assert len(list(store.reports())) == 3


@on_sqlite
def test_a_full_disk(store: Store) -> None:
    run = store.begin_run("test", VERSIONS)
    with store._writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 8}")

    def fill() -> None:
        for year in range(2000, 2030):
            store.record(run, item(report(year=year)), report(year=year))

    with pytest.raises(StoreError, match="the disk is full"):
        fill()
    with store._writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    kept = list(store.reports())
    assert all(store.report_by_id(entry.id).report == report(year=entry.year) for entry in kept)
    store.record(run, item(report()), report())
    assert len(list(store.reports())) == len(kept) + 1


def test_a_writer_that_does_not_let_go(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    with Store.open(str(path)) as store, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program is writing"):
            store.begin_run("test", VERSIONS)
        assert store.agencies() == []  # readers are not in anybody's way
        other.rollback()
        assert store.begin_run("test", VERSIONS) == 1


def test_a_damaged_file(store: Store, path: Path) -> None:
    run = store.begin_run("test", VERSIONS)
    for year in range(2000, 2020):
        store.record(run, item(report(year=year)), report(year=year))
    store.close()
    with path.open("r+b") as file:
        for page in range(20, path.stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(b"\xff" * 4096)

    def read() -> None:
        with Store.open_readonly(str(path)) as damaged:
            for entry in damaged.reports():
                damaged.report_by_id(entry.id)

    with pytest.raises(StoreError, match=r"\.recover"):
        read()


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write to anything")
def test_a_file_that_may_not_be_written(path: Path) -> None:
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with Store.open_readonly(str(path)) as store:
            assert store.agencies() == []
        with pytest.raises(StoreError, match="permissions"), Store.open(str(path)) as store:
            store.begin_run("test", VERSIONS)
    finally:
        path.parent.chmod(0o755)
