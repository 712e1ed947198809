"""A statutory form as a value: tables, rows, columns, their labels, units and identities.

The labels themselves live in the TOML files of this folder, one file an edition (``load.py`` reads them); this module only
knows their shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from typing import Any, NoReturn

from parsers.forms.grade import Grade
from parsers.forms.key import CellKey


class Layout(StrEnum):
    """How the official form prints a table."""

    MATRIX = "matrix"
    """Labels at the left and on top, every row has every column."""
    BLOCKS = "blocks"
    """One small table under another, each with a title, a header row and its own columns."""
    LINE = "line"
    """All labels on top (the row's label is the header's group), all figures in one row."""
    LIST = "list"
    """One figure a row, its unit beside the label; publishers shorten and lengthen it, so that rows may not be there."""


class Numbers(StrEnum):
    """Which numbers a column takes."""

    WHOLE = "whole"
    SIGNED = "signed"
    DECIMAL = "decimal"


class Kind(StrEnum):
    """Whether a column counts what happened, what stands at the end of the year, or a change."""

    FLOW = "flow"
    STOCK = "stock"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Label:
    """A row or a column of a table: its key, the official labels from the outermost group inwards, other
    spellings of the last of them, its name in English, and what its figures are: the column says it, and a row whose
    figures are others than those of its neighbours."""

    key: str
    path: tuple[str, ...]
    english: str
    aliases: tuple[str, ...] = ()
    unit: str | None = None
    unit_printed: bool = True
    numbers: Numbers = Numbers.WHOLE
    kind: Kind = Kind.FLOW

    @property
    def text(self) -> str:
        """The label path of the published contract, joined by ``/``."""
        return "/".join(self.path)

    @property
    def leaf(self) -> str:
        """The innermost official label."""
        return self.path[-1]

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every known spelling of the innermost label, the official one first."""
        return (self.leaf, *self.aliases)


@dataclass(frozen=True, slots=True)
class Group:
    """A label that stands over several rows or columns and has no figures of its own."""

    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A small table of its own inside a table of layout ``blocks``: its title, and the keys of its rows and columns."""

    label: str
    aliases: tuple[str, ...]
    rows: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One table of a form; compared by identity, since a form is loaded once. ``corner`` is what may stand above the
    row labels, ``banners`` what may stand above the header; neither is a label or a figure. ``subtotals`` are labels of rows
    that agencies add behind the rows of a group. ``blocks`` is empty unless the layout is ``blocks``. Of a ``list``, ``corner``
    names every column but that of the figures, and ``lead_ins`` are words that may open a label (其中：)."""

    key: str
    label: str
    english: str
    layout: Layout
    unit: str
    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
    groups: tuple[Group, ...] = ()
    blocks: tuple[Block, ...] = ()
    corner: tuple[str, ...] = ()
    banners: tuple[str, ...] = ()
    subtotals: tuple[str, ...] = ()
    lead_ins: tuple[str, ...] = ()

    def row(self, key: str) -> Label:
        """The row with this key; raises KeyError."""
        return next((row for row in self.rows if row.key == key), None) or _missing(f"{self.key}: no row {key}")

    def column(self, key: str) -> Label:
        """The column with this key; raises KeyError."""
        return next((c for c in self.columns if c.key == key), None) or _missing(f"{self.key}: no column {key}")

    def cell_keys(self) -> tuple[CellKey, ...]:
        """Every cell of the table, in the order in which the form prints them."""
        return _cell_keys(self)

    def column_at(self, key: CellKey) -> Label:
        """The column of a cell, with what the cell's row says of its own figures; raises KeyError."""
        return _columns_at(self)[key]

    def unit_of(self, key: CellKey) -> str:
        """The unit of a cell: its row's, else its column's, else the table's."""
        return self.column_at(key).unit or self.unit


@cache
def _columns_at(table: Table) -> Mapping[CellKey, Label]:
    return {key: _column_in(table.row(key.row), table.column(key.column)) for key in table.cell_keys()}


def _column_in(row: Label, column: Label) -> Label:
    """The column as it is in a row: itself, where the row says nothing."""
    said: dict[str, Any] = {} if row.unit is None else {"unit": row.unit}
    said |= {} if row.numbers is Numbers.WHOLE else {"numbers": row.numbers}
    said |= {} if row.kind is Kind.FLOW else {"kind": row.kind}
    return replace(column, **said) if said else column


@cache
def _cell_keys(table: Table) -> tuple[CellKey, ...]:
    rows = (
        []
        if table.layout is Layout.BLOCKS
        else [(row.key, column.key) for row in table.rows for column in table.columns]
    )
    rows += [(row, column) for block in table.blocks for row in block.rows for column in block.columns]
    return tuple(CellKey(table.key, row, column) for row, column in rows)


@dataclass(frozen=True, slots=True)
class Derived:
    """A row or column that the form never prints and that readers want: the sum of others. Exactly one of
    ``row`` and ``column`` is set; ``terms`` are keys of the same axis, ``*`` standing for any rest of a key."""

    table: str
    row: str | None
    column: str | None
    label: str
    english: str
    terms: tuple[str, ...]


class Relation(StrEnum):
    """How the two sides of an identity relate."""

    EQUAL = "="
    AT_MOST = "<="
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Identity:
    """A rule of arithmetic of the form (勾稽关系): sum of ``left`` related to sum of ``right``.

    With ``across = "columns"`` the terms are row keys and the rule holds in every column; with ``"rows"`` they
    are column keys and it holds in every row. ``over`` restricts it to these rows or columns (empty: all that have
    the terms). ``*`` in a term stands for any rest of a key. ``holds`` and ``breaks`` are examples: key → figure.
    """

    code: str
    table: str
    across: str
    over: tuple[str, ...]
    left: tuple[str, ...]
    relation: Relation
    right: tuple[str, ...]
    grade: Grade
    sentence: str
    source: str
    holds: Mapping[str, int]
    breaks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Recognise:
    """How the edition is known: two or more of ``labels`` in the tables, or the notice quoted in the text
    (year and number, digits only, separated by a blank)."""

    labels: tuple[str, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """What the form is about, in a few lines: a table as published, its cells separated by ``|``, and what some
    of the form's cells read there (``table/row/column`` → figure as text, or the name of a state)."""

    name: str
    grid: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A whole form of one edition; ``last_year`` is None while the edition is in use. ``attached`` says that its tables are no
    parts of a report, but may be attached to one: a report without them is in prose, and one with the tables of another form is in
    that form.

    Compared and hashed as the object that it is: there is one an edition, and what is worked out of it can be cached.
    """

    id: str
    edition: str
    version: int
    name: str
    english: str
    source: str
    first_year: int
    last_year: int | None
    recognise: Recognise
    tables: tuple[Table, ...]
    derived: tuple[Derived, ...]
    identities: tuple[Identity, ...]
    examples: tuple[Example, ...]
    attached: bool = False

    def table(self, key: str) -> Table:
        """The table with this key; raises KeyError."""
        return next((t for t in self.tables if t.key == key), None) or _missing(f"{self.id}: no table {key}")

    def cell_keys(self) -> Iterator[CellKey]:
        """Every cell of the form, in printed order."""
        for table in self.tables:
            yield from table.cell_keys()

    def labels_of(self, key: CellKey) -> tuple[str, str]:
        """``row_label`` and ``column_label`` of the published contract for a cell of this form."""
        table = self.table(key.table)
        return table.row(key.row).text, table.column(key.column).text


def matching(terms: Sequence[str], keys: Sequence[str]) -> tuple[str, ...]:
    """The keys that a list of terms names, in the order of ``keys``; ``*`` stands for any rest of a key.

    >>> matching(["a", "b.*"], ["a", "b.x", "b.y", "c"])
    ('a', 'b.x', 'b.y')
    """
    return tuple(key for key in keys if any(fnmatchcase(key, term) for term in terms))


def _missing(what: str) -> NoReturn:
    raise KeyError(what)
