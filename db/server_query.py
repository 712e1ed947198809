"""Anybody's SQL on a PostgreSQL server, in a transaction that cannot write, for a limited time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from db.engine import told
from db.near import suggestion, told_apart
from db.query import NO_ROWS, ONLY_READS, ROWS_AT_ONCE, Watch, too_long
from db.values import plain
from parsers.errors import BadInput

if TYPE_CHECKING:
    from psycopg import Connection

_SPENT = "57014"
"""PostgreSQL's code for a statement that its time limit ended."""
_WRITES = ("25006", "0A000")
"""Its codes for writing in a transaction that reads, and for a WITH that writes."""
_SYNTAX = "42601"
_OTHERS = {
    "alter",
    "call",
    "copy",
    "create",
    "delete",
    "do",
    "drop",
    "grant",
    "insert",
    "merge",
    "set",
    "truncate",
    "update",
    "vacuum",
}
"""Its code for a wrong statement, and the words that begin right ones of which no cursor can be declared."""


def server_query(engine: Engine, sql: str, limit_seconds: float) -> tuple[Sequence[str], Iterator[tuple[Any, ...]]]:
    """Column names and rows of one statement; raises BadInput when it is wrong, writes, or takes too long.

    The statement is declared as a cursor, which PostgreSQL grants to SELECT, VALUES and WITH alone, and is prepared, which it
    grants to one statement alone: ``SELECT 1; COMMIT; DELETE …`` cannot leave the transaction that only reads.
    """
    if engine.driver != "psycopg":
        raise BadInput(f"queries need the driver psycopg: postgresql+psycopg://… instead of {engine.driver}")
    import psycopg

    with told(engine.url):
        pooled = engine.connect()
    connection: Connection[Any] = pooled.connection.driver_connection  # type: ignore[assignment]
    watch = Watch(limit_seconds)

    def fetched() -> tuple[list[str], list[tuple[Any, ...]]]:
        with watch:  # the server counts each fetch by itself, so that rows without end would never end
            cursor = connection.execute(f"FETCH {ROWS_AT_ONCE} FROM asked")
            rows = cursor.fetchall()
        if watch.is_spent:
            raise too_long(limit_seconds)
        return [column.name for column in cursor.description or ()], rows

    try:
        connection.execute("SET TRANSACTION READ ONLY")
        connection.execute(f"SET LOCAL statement_timeout = {int(limit_seconds * 1000)}")
        with watch:
            connection.execute(f"DECLARE asked NO SCROLL CURSOR FOR {sql}".encode(), prepare=True)
        names, first = fetched()
    except (psycopg.Error, UnicodeEncodeError) as error:
        pooled.close()
        raise _refusal(error, sql, limit_seconds) from error
    except BadInput:
        pooled.close()
        raise

    def rows() -> Iterator[tuple[Any, ...]]:
        batch = first
        try:
            while batch:
                yield from (tuple(map(plain, row)) for row in batch)
                _, batch = fetched()
        except psycopg.Error as error:
            raise _refusal(error, sql, limit_seconds) from error
        finally:
            pooled.close()

    return told_apart(names), rows()


def _refusal(error: Exception, sql: str, limit_seconds: float) -> BadInput:
    state = getattr(error, "sqlstate", None)
    if state == _SPENT:
        return too_long(limit_seconds)
    if state in _WRITES:
        return BadInput(ONLY_READS)
    if not sql.strip():
        return BadInput(NO_ROWS)
    first, *_ = sql.split(maxsplit=1)
    if state == _SYNTAX and f'at or near "{first}"' in str(error) and first.lower() in _OTHERS:
        return BadInput(ONLY_READS)
    if "multiple commands" in str(error):
        return BadInput("give one statement at a time")
    message = str(error).split("\n", 1)[0]
    return BadInput(f"the query is wrong: {message}{suggestion(str(error), sql)}")
