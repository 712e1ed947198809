"""Column types that SQLite's STRICT tables accept and other databases have as well."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeAlias

from sqlalchemy import BigInteger, Dialect, Double, Integer, LargeBinary, Numeric, Row, Select, Text
from sqlalchemy.types import REAL, TypeDecorator, TypeEngine, UserDefinedType

from db.values import storable


class Any_(UserDefinedType[Any]):  # noqa: N801 - the SQL type is called ANY
    """SQLite's ``ANY``: the value keeps the storage class that it is given."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """The name in a CREATE TABLE."""
        return "ANY"


class Figure(TypeDecorator[Decimal]):
    """An exact number. SQLite has no decimals: a whole number is stored as an integer (a 0 or 1 takes no byte at
    all), any other as the nearest floating-point number where that gives the same digits back, else as text."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """``ANY`` in SQLite, ``NUMERIC`` elsewhere."""
        return dialect.type_descriptor(Any_() if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """The number as the database takes it; raises ValueError when it is not finite."""
        return value if value is None or dialect.name != "sqlite" else storable(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """The number as it was stored."""
        if value is None or isinstance(value, Decimal):
            return value
        return Decimal(value if isinstance(value, int) else str(value))


BIG = BigInteger().with_variant(Integer, "sqlite")
"""Integers beyond 32 bits (nanoseconds, sizes); SQLite's INTEGER has 64 anyway."""
REAL_NUMBER: TypeEngine[float] = Double().with_variant(REAL, "sqlite")
"""Floating point, for durations."""
TEXT = Text()
INTEGER = Integer()
BLOB = LargeBinary()

AnyRow: TypeAlias = Row[*tuple[Any, ...]]
AnySelect: TypeAlias = Select[*tuple[Any, ...]]
