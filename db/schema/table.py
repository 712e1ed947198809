"""How every table of the database is written down."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Table,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

from db.types import INTEGER

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def column(
    name: str,
    kind: TypeEngine[Any],
    comment: str,
    *,
    null: bool = False,
    key: bool = False,
    to: str = "",
    **more: str,
) -> Column[Any]:
    """One column: NOT NULL unless ``null``; ``to`` is the column that it refers to, ``ondelete`` what then happens."""
    reference = [ForeignKey(to, ondelete=more.get("ondelete", "RESTRICT"))] if to else []
    return Column(name, kind, *reference, primary_key=key, nullable=null, comment=comment)


def table(
    name: str,
    comment: str,
    *parts: Column[Any] | CheckConstraint | ForeignKeyConstraint | UniqueConstraint | Index,
    rowid: bool = True,
) -> Table:
    """One table; ``rowid=False`` stores the rows in the primary key itself (small rows, found by that key)."""
    return Table(name, METADATA, *parts, comment=comment, sqlite_strict=True, sqlite_with_rowid=rowid)


def numbered() -> Column[Any]:
    """The key of a table whose rows have numbers of their own."""
    return column("id", INTEGER, "Number of the row.", key=True)


def of_report() -> Column[Any]:
    """The report that a row is a part of, with which it goes."""
    return column("report_id", INTEGER, "The report.", key=True, to="report.id", ondelete="CASCADE")


def position(of: str) -> Column[Any]:
    """The place of a part among those of its kind in the report."""
    return Column(
        "position", INTEGER, primary_key=True, autoincrement=False, comment=f"Place among the report's {of}, from 0."
    )


def box() -> list[Column[Any]]:
    """Where on the page something stands."""
    return [
        column("page", INTEGER, "Page, from 1; NULL in formats without pages.", null=True),
        column("x0", INTEGER, "Left edge in tenths of a point from the left of the page.", null=True),
        column("y0", INTEGER, "Upper edge in tenths of a point from the top of the page.", null=True),
        column("x1", INTEGER, "Right edge in tenths of a point.", null=True),
        column("y1", INTEGER, "Lower edge in tenths of a point.", null=True),
    ]
