"""Printed rows and the rows of the form that they are, whatever the layout of the table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from parsers.align.labels import LabelSet, bare, likenesses, named_by
from parsers.align.printed import PrintedRow
from parsers.document import GridKind
from parsers.figures import Content
from parsers.forms.form import Table as FormTable
from parsers.report import CellKey
from parsers.text import fold, is_numbered

CERTAIN = 0.8
"""A label at least this alike is that label; below, its row is marked doubtful. On published and made pages every
wrong match lay below 0.72 and every label merely misspelt above 0.84."""
SKIP_ROW_OF_FIGURES = 0.25
"""What it costs to pass over a row of figures inside a table; makes one whole table win over the halves of two."""
SKIP_LABEL = 0.1
"""What a row of the form that is not found costs."""
OTHER_COLUMNS = "the table has no lines between its columns, and other columns than the form"

BELOW_LABELS = "the table has no lines between its columns: labels and sums have to tell where a figure stands"


@dataclass(frozen=True, slots=True)
class Matched:
    """A table of the form in the ``rows`` of a document: each of the ``pairs`` is the number of a printed row and that of
    the row of the form that it is, both in order."""

    table: FormTable
    rows: Sequence[PrintedRow]
    pairs: Sequence[tuple[int, int]]

    def keys(self, expected: int) -> tuple[CellKey, ...]:
        """The cells of a row of the form."""
        table = self.table
        return tuple([CellKey(table.key, table.rows[expected].key, column.key) for column in table.columns])


def name_ended(row: PrintedRow, labels: LabelSet, expected: int) -> PrintedRow:
    """The row, with its label ended where the label ``expected`` of the form is complete: words behind it are a
    remark in the place of a figure."""
    words = [place for place, cell in enumerate(row.cells[: row.label_end], 1) if cell.content is Content.WORDS]
    count = named_by(labels, row.labels, expected)
    return row if count == len(words) else PrintedRow.of(row.grid, row.kind, row.cells, label_end=words[count - 1])


def ends_in_label(row: PrintedRow, leaf: str) -> bool:
    """Whether what is printed before a row's figures ends in its label with its number (果 （七）总计): the last sign of the label of
    a group, printed upright, stands in front."""
    label = fold(leaf)
    return is_numbered(label) and fold("".join(row.labels)).endswith(label)


def names_another(row: PrintedRow, labels: LabelSet, missing: Collection[int]) -> bool:
    """Whether a label holds that of a row which was not found by its own: two rows run together, and the figures may be either's."""
    label = bare("".join(row.labels))
    return any(spelling in label for index in missing for spelling in labels.spellings[index])


def holds_another(row: PrintedRow, labels: LabelSet, missing: Collection[int]) -> bool:
    """Whether a row of a table without lines has, in front of its label, that of one which was not found: the figures may be its."""
    front = row.labels[:-1] if row.kind.is_placed else ()
    return any(likenesses(labels, (text,))[index] == 1.0 for text in front for index in missing)


def columns_differ(row: PrintedRow, count: int) -> str:
    """Why nothing tells for certain under which label a figure of a row stands: a table without lines has other columns than the
    ``count`` of the form, or a blank on a printout. Empty where something does."""
    if row.kind.is_placed and len(row.values) != count:
        return OTHER_COLUMNS
    if row.kind.is_printout and row.has_figures and any(cell.content is Content.BLANK for cell in row.values):
        return BELOW_LABELS if row.kind is GridKind.LABELLED else OTHER_COLUMNS
    return ""
