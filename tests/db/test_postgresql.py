"""The same store on a PostgreSQL server: ``NIANBAO_TEST_SERVER`` names a database that may be emptied.

The other tests of this folder run there too with that variable; those that look at the SQLite file fail, of course.
"""

from __future__ import annotations

import pytest

from db import Store
from parsers.errors import BadInput, StoreError
from tests.db.conftest import SERVER
from tests.db.test_corrections import GIVEN, apply, record, said

on_server = pytest.mark.skipif(SERVER is None, reason="NIANBAO_TEST_SERVER names no PostgreSQL database")


@on_server
def test_a_report_goes_in_comes_out_and_is_in_every_view(store: Store) -> None:
    record(store)
    apply(store, said(8))
    assert store.report("中卫市公安局", 2021).report == GIVEN
    for name in (*store.table_names(), *store.view_names()):
        columns, rows = store.iter_rows(name)
        assert all(len(row) == len(columns) for row in rows)
    assert list(store.query("SELECT received, replaced FROM report_overview")[1]) == [(8, 1)]
    assert [hit.heading for hit in store.search("微博 信息")] == ["总体情况"]


@on_server
def test_a_query_may_look_for_a_part_of_a_name(store: Store) -> None:
    record(store)
    assert list(store.query("SELECT year FROM report_overview WHERE agency LIKE '中卫%'")[1]) == [(2021,)]


@on_server
@pytest.mark.parametrize("statement", ["DELETE FROM finding", "CREATE TABLE x (a integer)", "SELEC 1", ""])
def test_a_query_cannot_write(store: Store, statement: str) -> None:
    with pytest.raises(BadInput):
        list(store.query(statement)[1])


@on_server
def test_a_query_ends_in_time(store: Store) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    with pytest.raises(BadInput, match="stopped after 0"):
        for _ in store.query(endless, limit_seconds=0.3)[1]:
            pass


def test_other_databases_are_refused_in_a_sentence() -> None:
    for url in ("mysql+pymysql://me:secret@host/x", "mssql+pyodbc://host/x"):
        with pytest.raises(StoreError, match="SQLite, or in PostgreSQL") as told:
            Store.open(url)
        assert "secret" not in str(told.value)
