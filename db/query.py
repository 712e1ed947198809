"""Anybody's SQL on a connection that cannot write, for a limited time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic
from typing import Any

from db.engine import read_only_connection, store_error
from db.near import suggestion, told_apart
from parsers.errors import BadInput

ROWS_AT_ONCE = 256
STEPS_BETWEEN_LOOKS = 10_000
"""How many steps SQLite's machine takes between looks at the clock: well under a millisecond."""
ONLY_READS = "this command only reads: give one SELECT statement"
NO_ROWS = "there is no statement that gives rows; begin with SELECT or WITH"
LONGEST_VALUE = 64_000_000
"""Bytes of one value or statement: beyond any report, and far below what would exhaust memory."""

_HARMLESS = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_RECURSIVE,
}
_HARMFUL_FUNCTIONS = {"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"}
_REFUSALS = ("not authorized", "authorization denied", "prohibited", "readonly")
"""Words of SQLite's messages about what a connection may not do."""
_HARMLESS_PRAGMAS = {
    "table_list",
    "table_info",
    "table_xinfo",
    "index_list",
    "index_info",
    "index_xinfo",
    "foreign_key_list",
    "database_list",
    "function_list",
    "data_version",  # full-text search asks it
}


def sqlite_query(path: Path, sql: str, limit_seconds: float) -> tuple[Sequence[str], Iterator[tuple[Any, ...]]]:
    """Column names and rows of one statement; raises BadInput when it is wrong, writes, or takes too long."""
    try:
        connection = read_only_connection(path)
    except sqlite3.Error as error:
        raise store_error(path, error) from error
    watch = Watch(limit_seconds)
    connection.set_authorizer(_authorise)
    connection.set_progress_handler(watch.is_over, STEPS_BETWEEN_LOOKS)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    cursor = connection.cursor()
    try:
        with watch:
            cursor.execute(sql)
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        connection.close()
        raise _refusal(error, sql, limit_seconds, watch) from error
    if cursor.description is None:
        connection.close()
        raise BadInput(NO_ROWS)

    def rows() -> Iterator[tuple[Any, ...]]:
        try:
            while True:
                with watch:
                    batch = cursor.fetchmany(ROWS_AT_ONCE)
                if not batch:
                    return
                yield from batch
        except (sqlite3.Error, ValueError) as error:
            raise _refusal(error, sql, limit_seconds, watch) from error
        finally:
            connection.close()

    return told_apart([column[0] for column in cursor.description]), rows()


class Watch:
    """Counts the time that the database works, not the time that the reader of its rows takes."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._started = monotonic()

    def __enter__(self) -> None:
        self._started = monotonic()

    def __exit__(self, *_: object) -> None:
        self._left -= monotonic() - self._started

    @property
    def is_spent(self) -> bool:
        """Whether the database has worked for longer than it may."""
        return self._left < 0

    def is_over(self) -> int:
        """SQLite stops the statement when this is not 0."""
        return int(monotonic() - self._started > self._left)


def _authorise(action: int, first: str | None, second: str | None, _database: str | None, _by: str | None) -> int:
    allowed = (
        action in _HARMLESS
        or (action == sqlite3.SQLITE_FUNCTION and (second or "").lower() not in _HARMFUL_FUNCTIONS)
        or (action == sqlite3.SQLITE_PRAGMA and (first or "").lower() in _HARMLESS_PRAGMAS)
        # SQLite asks this when it declares a virtual table (pragma_table_info, full-text search) to itself; a real
        # change of the schema is refused by the connection, which is read-only.
        or (action == sqlite3.SQLITE_UPDATE and first == "sqlite_master")
    )
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def too_long(limit_seconds: float) -> BadInput:
    """What is said of a query that did not end in its time."""
    return BadInput(f"the query was stopped after {limit_seconds:g} seconds; ask for less, or allow more time")


def _refusal(error: Exception, sql: str, limit_seconds: float, watch: Watch) -> BaseException:
    """What is raised for an error of SQLite. It stops a statement for the watch, and for Ctrl-C, which the function that it
    calls to look at the clock cannot raise itself."""
    message = str(error)
    if message == "interrupted":
        return too_long(limit_seconds) if watch.is_spent else KeyboardInterrupt()
    if any(word in message for word in _REFUSALS):
        return BadInput(ONLY_READS)
    if "one statement at a time" in message:
        return BadInput("give one statement at a time")
    return BadInput(f"the query is wrong: {message}{suggestion(message, sql)}")
