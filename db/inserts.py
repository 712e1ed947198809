"""Inserting rows: each statement is built once, because building it costs more than running it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Table, insert


@cache
def _statement(table: Table) -> Insert:
    return insert(table)


def insert_one(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Inserts a row into a table whose key the database gives, and returns the key."""
    made = connection.execute(_statement(table), dict(row)).inserted_primary_key
    assert made is not None
    return int(made[0])


def insert_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], **common: Any) -> None:
    """Inserts rows, which have the same columns, each with the columns that they have in common."""
    if rows:
        names = (*common, *rows[0])
        before = tuple(common.values())
        insert_tuples(connection, table, names, [(*before, *(row[name] for name in rows[0])) for row in rows])


def insert_tuples(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Inserts rows whose values stand in the order of the columns of these names.

    A report is some five hundred rows, and SQLAlchemy's handling of their values takes twice as long as SQLite's
    inserting: where a driver takes values by position, they are handed to it directly.
    """
    if not rows:
        return
    if not connection.dialect.positional:
        connection.execute(_statement(table), [dict(zip(names, row, strict=True)) for row in rows])
        return
    statement, converted = _by_position(table, names, connection.dialect)
    for place, convert in converted:
        rows = [(*row[:place], convert(row[place]), *row[place + 1 :]) for row in rows]
    connection.exec_driver_sql(statement, list(rows))


@cache
def _by_position(table: Table, names: tuple[str, ...], dialect: Dialect) -> tuple[str, list[tuple[int, Any]]]:
    """The statement that takes these columns in this order, and which of them need converting for the driver."""
    places = ", ".join(["?" if dialect.paramstyle == "qmark" else "%s"] * len(names))
    quoted = ", ".join(dialect.identifier_preparer.quote(name) for name in names)
    converters = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    statement = f"INSERT INTO {dialect.identifier_preparer.quote(table.name)} ({quoted}) VALUES ({places})"
    return statement, [(place, convert) for place, convert in enumerate(converters) if convert is not None]
