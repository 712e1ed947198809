"""The same store on a PostgreSQL server. The other tests of this folder run there as well: ``make test-postgresql``."""

from __future__ import annotations

import pytest

from db import Store
from parsers.errors import BadInput, StoreError
from tests.db.conftest import on_server
from tests.db.test_corrections import GIVEN, apply, record, said

LEAVING_THE_TRANSACTION = [
    "SELECT 1; COMMIT; DELETE FROM finding",
    "COMMIT",
    "SET TRANSACTION READ WRITE",
    "SELECT set_config('transaction_read_only', 'off', false)",
    "DO $$ BEGIN SET TRANSACTION READ WRITE; DELETE FROM finding; END $$",
    "COPY finding TO '/tmp/findings'",
    "SELECT nextval('report_id_seq')",
]


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
@pytest.mark.parametrize("statement", LEAVING_THE_TRANSACTION)
def test_a_query_cannot_leave_the_transaction_that_only_reads(store: Store, statement: str) -> None:
    record(store)
    before = list(store.query("SELECT * FROM finding ORDER BY id")[1])
    assert before
    with pytest.raises(BadInput):
        list(store.query(statement)[1])
    assert list(store.query("SELECT * FROM finding ORDER BY id")[1]) == before


@on_server
def test_what_is_wrong_is_said_in_a_line_with_the_name_that_was_meant(store: Store) -> None:
    with pytest.raises(BadInput, match=r"reports_overview.*report_overview") as told:
        store.query("SELECT * FROM reports_overview")
    assert "\n" not in str(told.value)


def test_other_databases_are_refused_in_a_sentence() -> None:
    for url in ("mysql+pymysql://me:secret@host/x", "mssql+pyodbc://host/x"):
        with pytest.raises(StoreError, match="SQLite, or in PostgreSQL") as told:
            Store.open(url)
        assert "secret" not in str(told.value)
