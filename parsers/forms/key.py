"""The name of one figure of a form."""

from __future__ import annotations

from typing import NamedTuple


class CellKey(NamedTuple):
    """Names one figure of a form, the same in every edition that asks for it: table, row and column keys.

    >>> str(CellKey("requests", "received.new", "total"))
    'requests/received.new/total'
    """

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return f"{self.table}/{self.row}/{self.column}"

    @staticmethod
    def is_written(text: str) -> bool:
        """Whether the text has the shape of a key; a finding may be about a fact (``fact:3``) as well."""
        return text.count("/") == 2

    @classmethod
    def parse(cls, text: str) -> CellKey:
        """The key written as ``table/row/column``; raises ValueError for anything else."""
        table, row, column = text.split("/")
        return cls(table, row, column)
