"""The labels of the statutory tables, as all forms spell them: where no line parts the cells of a table, words tell which lines
belong together. They never say what a figure is; that is for the alignment, which sees all that is printed.
"""

from __future__ import annotations

from functools import cache, lru_cache

from parsers.align.labels import bare
from parsers.forms import all_forms
from parsers.text import fold


@cache
def row_labels() -> frozenset[str]:
    """The labels of rows, bare: leaves, groups and their other spellings."""
    tables = [table for form in all_forms() for table in form.tables]
    rows = {text for table in tables for row in table.rows for text in (*row.spellings, *row.path)}
    groups = {text for table in tables for group in table.groups for text in (group.label, *group.aliases)}
    blocks = {text for table in tables for block in table.blocks for text in (block.label, *block.aliases)}
    return frozenset(bare(text) for text in rows | groups | blocks)


@cache
def column_labels() -> frozenset[str]:
    """The labels of columns, bare, those above the labels of rows among them."""
    tables = [table for form in all_forms() for table in form.tables]
    columns = {text for table in tables for column in table.columns for text in (*column.spellings, *column.path)}
    return frozenset(map(bare, columns)) | corners()


@cache
def corners() -> frozenset[str]:
    """What stands above the labels of the rows, bare."""
    return frozenset(bare(text) for form in all_forms() for table in form.tables for text in table.corner)


@lru_cache(maxsize=16384)
def is_row_label(text: str) -> bool:
    """Whether a text is the label of a row: numbering and an explanation in brackets do not count."""
    return bare(text) in row_labels()


@cache
def _beginnings_of_rows() -> frozenset[str]:
    return frozenset(label[:end] for label in row_labels() for end in range(1, len(label) + 1))


@lru_cache(maxsize=16384)
def begins_row_label(text: str) -> bool:
    """Whether the label of a row begins so, numbering or not."""
    return fold(text) in _beginnings_of_rows() or bare(text) in _beginnings_of_rows()


@lru_cache(maxsize=16384)
def is_column_label(text: str) -> bool:
    """Whether a text is the label of a column."""
    return bare(text) in column_labels()


def is_corner(text: str) -> bool:
    """Whether a text is what stands above the labels of the rows."""
    return bare(text) in corners()


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(label[:end] for label in column_labels() for end in range(1, len(label) + 1))


@lru_cache(maxsize=16384)
def begins_column_label(text: str) -> bool:
    """Whether the label of a column begins so."""
    return fold(text) in _beginnings() or bare(text) in _beginnings()
