"""``nianbao sql``: anybody's question, in words that help when it is wrong."""

from __future__ import annotations

import re

import pytest

from pipeline.reference import commands_page
from tests.pipeline.commands.conftest import Run, records
from tests.pipeline.conftest import POLICE


def test_sql_answers_and_cannot_write(nianbao: Run) -> None:
    _, out, _ = nianbao("sql", "SELECT name FROM agency ORDER BY name", "--format", "csv")
    assert POLICE in out.splitlines()
    status, out, err = nianbao("sql", "DELETE FROM report")
    assert (status, out) == (2, "")
    assert err.startswith("nianbao: ")
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    assert nianbao("sql", endless, "--timeout", "0.2")[0] == 2


def test_an_answer_without_rows_says_so_to_people_alone(nianbao: Run) -> None:
    nobody = "SELECT year FROM report_overview WHERE agency = '没有'"
    assert nianbao("sql", nobody)[2] == "0 rows\n"
    assert nianbao("sql", nobody, "--format", "csv")[1:] == ("year\n", "")


def test_columns_of_one_name_are_all_there(nianbao: Run) -> None:
    assert records(nianbao, "sql", "SELECT 1 AS a, 2 AS a, 3 AS b, 4 AS a") == [{"a": 1, "a_2": 2, "b": 3, "a_3": 4}]
    _, out, _ = nianbao("sql", "SELECT 1 AS a, 2 AS a_2, 3 AS a", "--format", "csv")
    assert out.splitlines()[0] == "a,a_2,a_3"


@pytest.mark.parametrize(
    ("query", "near"),
    [
        ("SELECT recieved FROM report_overview", "did you mean received"),
        ("SELECT o.denials FROM report_overview AS o", "denied"),
        ("SELECT location FROM run_item", "location_id"),
        ("SELECT * FROM reports", "did you mean report"),
        ("SELECT denial_rate FROM report_overview", "did you mean denied"),
        ("SELECT foo FROM report_overview", "report_overview has report_id, agency"),
        (
            "SELECT year FROM report_overview WHERE agency = 中卫市公安局",
            "a text stands between single quotes: '中卫市公安局'",
        ),
        ("SELECT agency，year FROM report_overview", "， is no sign of SQL, type ,"),
        ("SELECT year FROM report_overview WHERE agency = ‘中卫市公安局’", "‘ is no sign of SQL, type '"),
        ("SHOW TABLES", "SELECT type, name FROM sqlite_master"),
    ],
)
def test_a_name_or_sign_that_is_wrong_is_answered_with_what_was_meant(nianbao: Run, query: str, near: str) -> None:
    status, _, err = nianbao("sql", query)
    assert status == 2
    assert near in err


def test_the_queries_that_help_shows_can_be_asked(nianbao: Run) -> None:
    examples = re.findall(r'nianbao sql "(.+)"', commands_page())
    assert examples
    assert [nianbao("sql", query)[0] for query in examples] == [0] * len(examples)
