"""How single values are stored: numbers without loss, long texts compressed. Loads without SQLAlchemy."""

from __future__ import annotations

import zlib
from decimal import Decimal
from functools import lru_cache
from typing import Any


@lru_cache(1 << 16)
def storable(value: Decimal) -> int | float | str:
    """A number in the smallest of SQLite's forms that keeps it exactly; raises ValueError when it is not finite.

    A form's figures are few and small, and most of them are 0: they are kept.

    >>> storable(Decimal("12.50")), storable(Decimal("3.0")), storable(Decimal("0.10000000000000000001"))
    (12.5, 3, '0.10000000000000000001')
    """
    if not value.is_finite():
        raise ValueError(f"{value} is not a number that can be stored")
    if value.adjusted() < 18 and value == value.to_integral_value():  # SQLite's integers have 63 bits: 18 digits
        return int(value)
    nearest = float(value) if abs(value.adjusted()) < 300 else 0.0  # beyond the range of a double: as text
    return nearest if Decimal(str(nearest)) == value else str(value)


def plain(value: Any) -> Any:
    """What SQLite would give for a number of another database, which may count and divide in decimals.

    >>> plain(Decimal("8")), plain(Decimal("12.50")), plain("8")
    (8, 12.5, '8')
    """
    if not isinstance(value, Decimal):
        return value
    return int(value) if value.is_finite() and value == value.to_integral_value() else float(value)


def deflate(text: str) -> bytes:
    """A text as ``report_text.body`` keeps it. Lone surrogates, which broken files give, survive."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 9)


def inflate(body: Any) -> str | None:
    """The text of a ``report_text.body``; None for anything else."""
    try:
        return zlib.decompress(body).decode("utf-8", "surrogatepass")
    except (zlib.error, TypeError, UnicodeDecodeError):
        return None
