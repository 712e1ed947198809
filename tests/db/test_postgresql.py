"""The same store on a PostgreSQL server. The other tests of this folder run there as well: ``make test-postgresql``."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest

from db import Store
from parsers.errors import BadInput, StoreError
from tests.db.conftest import on_server
from tests.db.test_corrections import GIVEN, apply, record, said

README = Path(__file__).parents[2] / "README.md"
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


@on_server
@pytest.mark.parametrize(
    "question", re.findall(r"```sql\n(.*?);\n```", README.read_text(encoding="utf-8"), re.DOTALL)
)
def test_a_question_of_the_readme_can_be_asked_of_a_server_too(store: Store, question: str) -> None:
    record(store)
    columns, rows = store.query(question)
    assert all(len(row) == len(columns) for row in rows)


@on_server
@pytest.mark.parametrize("statement", ["DELETE FROM report", "drop table report", "COPY finding TO '/tmp/findings'"])
def test_a_statement_that_writes_is_refused_in_the_words_of_every_database(store: Store, statement: str) -> None:
    with pytest.raises(BadInput, match="only reads"):
        store.query(statement)


@on_server
def test_a_connection_that_breaks_is_told_once_and_in_a_line(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever the library's pool of connections writes of it has no reader but this one."""
    with pytest.raises(BadInput, match="terminating connection"):
        list(store.query("SELECT pg_terminate_backend(pg_backend_pid())")[1])
    assert {type(each) for each in logging.getLogger("sqlalchemy.pool").handlers} == {logging.NullHandler}


@on_server
def test_a_database_that_the_server_does_not_have_is_to_be_made(url: str) -> None:
    with pytest.raises(StoreError, match="createdb"):
        Store.open(url.replace("nianbao_test", "nianbao_none"))
