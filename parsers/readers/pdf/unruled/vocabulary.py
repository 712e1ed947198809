"""The labels of the statutory tables, as all forms spell them: where no line parts the cells of a table, words tell which lines
belong together. They never say what a figure is; that is for the alignment, which sees all that is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from parsers.align.labels import bare
from parsers.forms import forms_of_reports
from parsers.forms.form import Layout, Table
from parsers.text import fold, without_numbering

MOST_LINES = 16
"""Lines of one label of a row; a narrow column breaks it behind each sign or two."""


class Vocabulary:
    """Labels, compared bare: numbering and an explanation in brackets do not count."""

    def __init__(self, labels: Iterable[str]) -> None:
        self._whole = frozenset(map(fold, labels))
        self._labels = frozenset(map(bare, self._whole))
        self._beginnings = frozenset(label[:end] for label in self._labels for end in range(1, len(label) + 1))
        self.names = lru_cache(maxsize=16384)(self._names)
        self.begins = lru_cache(maxsize=16384)(self._begins)
        self.holds = lru_cache(maxsize=4096)(self._holds)

    def _names(self, text: str) -> bool:
        """Whether a text is one of the labels."""
        return bare(text) in self._labels

    def _begins(self, text: str) -> bool:
        """Whether one of the labels begins so, with its numbering or without. An explanation in brackets begins behind a whole
        label only."""
        folded, plain = fold(text), bare(text)
        explained = plain != without_numbering(folded)
        return folded in self._beginnings or plain in (self._labels if explained else self._beginnings)

    def _holds(self, text: str) -> bool:
        """Whether a text is a part of one of the labels."""
        part = without_numbering(fold(text))
        return any(part in label for label in self._whole)


@cache
def rows() -> Vocabulary:
    """The labels of rows: leaves, groups, titles of blocks, and their other spellings."""
    labels = [text for table in _tables() for row in table.rows for text in (*row.spellings, *row.path)]
    labels += [text for table in _tables() for group in table.groups for text in (group.label, *group.aliases)]
    labels += [text for table in _tables() for block in table.blocks for text in (block.label, *block.aliases)]
    return Vocabulary(labels)


@cache
def leaf_rows() -> Vocabulary:
    """The labels of rows that stand beside their figures."""
    tables = [table for table in _tables() if table.layout is not Layout.LINE]
    return Vocabulary([text for table in tables for row in table.rows for text in row.spellings])


@cache
def row_groups() -> Vocabulary:
    """The labels of groups of rows. One form's group may be a row of another one."""
    return Vocabulary(
        [text for table in _tables() for group in table.groups for text in (group.label, *group.aliases)]
    )


@cache
def block_rows() -> Vocabulary:
    """The labels of rows of tables that are small tables one under another."""
    return Vocabulary(
        [text for table in _tables() if table.layout is Layout.BLOCKS for row in table.rows for text in row.spellings]
    )


@cache
def columns() -> Vocabulary:
    """The labels of columns, and what stands above the labels of rows."""
    labels = [text for table in _tables() for column in table.columns for text in (*column.spellings, *column.path)]
    return Vocabulary([*labels, *_corners()])


@cache
def groups() -> Vocabulary:
    """What stands above several columns and names none of them: no column of figures has such a label alone."""
    tables = _tables()
    above = [text for table in tables for column in table.columns for text in column.path[:-1]]
    above += [text for table in tables for text in table.banners]
    lying = [row for table in tables if table.layout is Layout.LINE for row in table.rows]
    above += [text for row in lying for text in (*row.path, *row.aliases)]
    leaves = {bare(text) for table in tables for column in table.columns for text in column.spellings}
    return Vocabulary([text for text in above if bare(text) not in leaves])


@cache
def titles() -> Vocabulary:
    """The titles of blocks."""
    blocks = [block for table in _tables() for block in table.blocks]
    return Vocabulary([text for block in blocks for text in (block.label, *block.aliases)])


@cache
def corners() -> Vocabulary:
    """What stands above the labels of the rows."""
    return Vocabulary(_corners())


def labels_in(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Which of the lines below each other are the label of a row together, two or more: the first, and the one behind the last."""
    for first in range(len(lines)):
        for end in range(first + 2, min(first + MOST_LINES, len(lines)) + 1):
            if rows().names("".join(lines[first:end])):
                yield first, end


def _corners() -> list[str]:
    return [text for table in _tables() for text in table.corner]


def _tables() -> list[Table]:
    return [table for form in forms_of_reports() for table in form.tables]
