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
    """Inserts rows, which have the same columns, each with the columns that they have in common.

    A report is some five hundred rows, and SQLAlchemy's handling of their values takes twice as long as SQLite's
    inserting: where a driver takes values by position, they are handed to it directly.
    """
    if not rows:
        return
    if not connection.dialect.positional:
        connection.execute(_statement(table), [{**common, **row} for row in rows])
        return
    names = (*common, *rows[0])
    statement, converted = _by_position(table, names, connection.dialect)
    values = [[*common.values(), *(row[name] for name in rows[0])] for row in rows]
    for place, convert in converted:
        for row_values in values:
            row_values[place] = convert(row_values[place])
    connection.exec_driver_sql(statement, [tuple(row_values) for row_values in values])


@cache
def _by_position(table: Table, names: tuple[str, ...], dialect: Dialect) -> tuple[str, list[tuple[int, Any]]]:
    """The statement that takes these columns in this order, and which of them need converting for the driver."""
    places = ", ".join(["?" if dialect.paramstyle == "qmark" else "%s"] * len(names))
    quoted = ", ".join(dialect.identifier_preparer.quote(name) for name in names)
    converters = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    statement = f"INSERT INTO {dialect.identifier_preparer.quote(table.name)} ({quoted}) VALUES ({places})"
    return statement, [(place, convert) for place, convert in enumerate(converters) if convert is not None]
