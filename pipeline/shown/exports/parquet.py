"""Parquet, for DuckDB, pandas, polars and R."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.shown.output import plain

if TYPE_CHECKING:
    from pipeline.shown.exports import Rows

SUFFIX = ".parquet"
BATCH = 20_000
"""Rows a row group: some MB for the widest table."""


def write(path: Path, columns: Sequence[str], rows: Rows) -> int:
    """Reads the rows twice: once for the type of each column, once to write them; gives their number.

    A column of whole numbers is int64, of numbers double, of bytes binary, of anything else text. So ``cell.value`` is
    double: some figures (fees) have fractions, a column has one type, and decimals would come to pandas as objects that it
    cannot add up. Doubles hold every whole number up to 2**53 exactly.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds: list[set[type]] = [set() for _ in columns]
    for row in rows():
        for kind, value in zip(kinds, row, strict=True):
            kind.add(type(_stored(value)))
    names = {"int64": pa.int64(), "double": pa.float64(), "binary": pa.binary(), "text": pa.string()}
    types = [_name(kind) for kind in kinds]
    schema = pa.schema([(column, names[name]) for column, name in zip(columns, types, strict=True)])
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in _batches(rows()):
            count += len(batch)
            arrays = [pa.array([_as(name, row[i]) for row in batch], names[name]) for i, name in enumerate(types)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
    return count


def _batches(rows: Iterator[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _stored(value: object) -> object:
    return value if isinstance(value, bytes | float) else plain(value)


def _name(kinds: set[type]) -> str:
    kinds = kinds - {type(None)}
    if kinds and kinds <= {int, bool}:
        return "int64"
    if kinds and kinds <= {int, float, bool}:
        return "double"
    return "binary" if kinds == {bytes} else "text"


def _as(name: str, value: object) -> object:
    value = _stored(value)
    if value is None or name in {"int64", "binary"}:
        return value
    if name == "double":
        return float(value)  # type: ignore[arg-type]
    return value if isinstance(value, str) else str(plain(value))
