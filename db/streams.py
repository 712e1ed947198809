"""Whole tables and views as rows, one after the other: what an export writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection, text

from db.schema import METADATA, REPORT_TEXT
from db.values import inflate, plain

ROWS_AT_ONCE = 1000


def streamed(
    reading: Callable[[], AbstractContextManager[Connection]], name: str
) -> tuple[Sequence[str], Iterator[tuple[Any, ...]]]:
    """Columns and rows of a table (in the order of its key) or of a view; the connection is held while rows are read."""
    table = METADATA.tables.get(name)
    order = ""
    if table is not None:
        order = " ORDER BY " + ", ".join(f'"{column.name}"' for column in table.primary_key)
    with reading() as connection:
        columns = list(connection.execute(text(f'SELECT * FROM "{name}" LIMIT 0')).keys())
    body = columns.index("body") if name == REPORT_TEXT.name else None

    def rows() -> Iterator[tuple[Any, ...]]:
        with reading() as connection:
            streaming = connection.execution_options(stream_results=True, yield_per=ROWS_AT_ONCE)
            for row in streaming.execute(text(f'SELECT * FROM "{name}"{order}')):
                yield (
                    tuple(inflate(v) if i == body else v for i, v in enumerate(row))
                    if body is not None
                    else tuple(map(plain, row))
                )

    return columns, rows()
