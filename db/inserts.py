"""Inserting rows: one statement a table, built once, because building it costs more than running it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, insert


@cache
def _statement(table: Table) -> Insert:
    return insert(table)


def insert_one(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Inserts a row into a table whose key the database gives, and returns the key."""
    made = connection.execute(_statement(table), dict(row)).inserted_primary_key
    assert made is not None
    return int(made[0])


def insert_many(connection: Connection, table: Table, rows: Sequence[dict[str, Any]], **common: Any) -> None:
    """Inserts rows, each with the columns that they have in common."""
    if rows:
        for row in rows:
            row.update(common)
        connection.execute(_statement(table), rows)
