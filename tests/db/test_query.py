"""Anybody's SQL: it reads everything, writes nothing, and ends in time."""

from __future__ import annotations

import hashlib
import signal
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path
from time import monotonic

import pytest

from db import Store
from parsers.errors import BadInput, StoreError
from tests.db.conftest import on_sqlite
from tests.db.examples import BALANCE, TEXT, VERSIONS, item, report

HOSTILE = [
    "INSERT INTO meta VALUES ('a', 'b')",
    "UPDATE cell SET value = 0",
    "DELETE FROM report",
    "REPLACE INTO meta VALUES ('application', 'x')",
    "UPDATE sqlite_master SET sql = ''",
    "DROP TABLE cell",
    "DROP VIEW report_overview",
    "CREATE TABLE x (a)",
    "CREATE TEMP TABLE x AS SELECT 1",
    "CREATE VIEW x AS SELECT 1",
    "CREATE VIRTUAL TABLE x USING fts5(a)",
    "CREATE TRIGGER t AFTER INSERT ON cell BEGIN SELECT 1; END",
    "ALTER TABLE cell RENAME TO c",
    "ATTACH DATABASE '{folder}/other.db' AS other",
    "DETACH DATABASE main",
    "VACUUM",
    "VACUUM INTO '{folder}/other.db'",
    "REINDEX",
    "ANALYZE",
    "BEGIN IMMEDIATE",
    "SAVEPOINT s",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA user_version = 7",
    "PRAGMA writable_schema = ON",
    "PRAGMA query_only = OFF",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "SELECT load_extension('x')",
    "SELECT writefile('{folder}/other.db', 'x')",
    "WITH x AS (SELECT 1) DELETE FROM cell",
    "EXPLAIN DELETE FROM cell",
    "INSERT INTO meta VALUES ('a', 'b') RETURNING name",
    "SELECT 1; DELETE FROM cell",
    "SELECT 1; SELECT 2",
    "",
    "-- nothing",
    "SELECT 'a\x00b",
    "SELEC 1",
    "SELECT * FROM no_such_table",
    "SELECT '\ud800'",
]


@pytest.fixture
def filled(store: Store) -> Store:
    run = store.begin_run("test", VERSIONS)
    for year in (2020, 2021):
        given = report(
            year=year,
            figures={
                "requests/received.new/total": year - 2017,
                "requests/outcome.granted/total": 1,
                "requests/outcome.denied.state_secret/total": 1,
                "requests/outcome.total/total": 4,
            },
            findings=(BALANCE,),
        )
        store.record(run, item(given), given)
    return store


@pytest.mark.parametrize("statement", HOSTILE)
def test_a_query_cannot_write(filled: Store, path: Path, statement: str) -> None:
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(BadInput) as refusal:  # noqa: PT012 - some statements only fail when their rows are fetched
        _, rows = filled.query(statement.format(folder=path.parent))
        list(rows)
    assert "\n" not in str(refusal.value)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert not (path.parent / "other.db").exists()
    assert list(filled.query("SELECT count(*) FROM report")[1]) == [(2,)]


@on_sqlite
def test_ctrl_c_ends_a_query_at_once(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = count()

    def clock() -> float:
        """It stands still; at the fifth look at it, in the middle of the query, somebody presses Ctrl-C."""
        if next(looks) == 5:
            signal.raise_signal(signal.SIGINT)
        return 0.0

    monkeypatch.setattr("db.query.monotonic", clock)
    with pytest.raises(KeyboardInterrupt):
        filled.query("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")


@pytest.mark.parametrize(
    "statement",
    [
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
        "SELECT a.value FROM cell a, cell b, cell c, cell d WHERE a.value + b.value + c.value + d.value < -1",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
    ],
)
def test_a_query_ends_in_time(filled: Store, statement: str) -> None:
    began = monotonic()
    with pytest.raises(BadInput, match=r"stopped after 0\.2 seconds"):  # noqa: PT012 - before or while rows come
        _, rows = filled.query(statement, limit_seconds=0.2)
        for _ in rows:
            pass
    assert monotonic() - began < 5


@on_sqlite
def test_a_value_cannot_fill_the_memory(filled: Store) -> None:
    with pytest.raises(BadInput, match="too big"):
        filled.query("SELECT zeroblob(1000000000)")


@on_sqlite
def test_the_schema_and_the_text_can_be_read(filled: Store) -> None:
    columns, rows = filled.query("SELECT name FROM pragma_table_info('cell')")
    assert columns == ["name"]
    assert ("value",) in list(rows)
    assert list(filled.query("SELECT DISTINCT inflate(body) FROM report_text")[1]) == [(TEXT,)]
    assert list(filled.query("SELECT inflate('nonsense'), inflate(NULL)")[1]) == [(None, None)]
    assert list(filled.query("PRAGMA table_info(cell)")[1])


def test_a_read_only_store_cannot_write(filled: Store, url: str) -> None:
    with Store.open_readonly(url) as store:
        assert store.report("中卫市公安局", 2021).report.identity.year == 2021
        with pytest.raises(StoreError, match="reading only"):
            store.begin_run("test", VERSIONS)


def test_tables_and_views_are_streamed_with_their_names(filled: Store) -> None:
    for name in (*filled.table_names(), *filled.view_names()):
        columns, rows = filled.iter_rows(name)
        assert all(len(row) == len(columns) for row in rows)
    columns, rows = filled.iter_rows("report_text")
    assert [row[columns.index("body")] for row in rows] == [TEXT, TEXT]
    with pytest.raises(BadInput, match="no table or view"):
        filled.iter_rows("sqlite_master; DROP TABLE cell")


@on_sqlite
def test_a_copy_is_a_whole_database(filled: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    filled.backup(copy)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with Store.open_readonly(str(copy)) as store:
        assert len(list(store.reports())) == 2
    with pytest.raises(BadInput, match="exists"):
        filled.backup(copy)
