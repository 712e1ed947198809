"""Whether a document prints at all what an alignment did not find: a row that is not there need not be searched twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

import regex

from parsers.align import Alignment
from parsers.align.labels import bare
from parsers.document import Document
from parsers.forms.form import Form, Label, Layout
from parsers.forms.form import Table as FormTable
from parsers.report import CellKey, CellState
from parsers.text import fold

HALF = 0.5
"""The share of a table's labels that must stand somewhere in the text for the table to be somewhere in it. Prose names
two or three of them (行政复议, 行政诉讼); a table without half of its labels would not be recognised anyway."""
SHORTEST = 2
"""Characters; a label of one says nothing."""
LOST = ("characters_lost", "turned_text")
"""Notes of pages whose labels may stand there and not be legible."""

_FIGURE = regex.compile(r"\d")


def unprinted(document: Document, form: Form, alignment: Alignment) -> frozenset[CellKey]:
    """The absent cells of which the document shows no trace: neither the label of their row (or column, or of the
    table) stands where no cell claims it, nor is there a figure that nothing claimed. Another reading of the same text
    cannot find them; nor those that a list does not have. No others where characters were lost, since labels may be among them."""
    missing = {cell.key for cell in alignment.cells if cell.state is CellState.ABSENT}
    lists = [table.key for table in form.tables if table.layout is Layout.LIST]
    gone = {key for key in missing & alignment.left_out if key.table in lists}
    if not missing - gone or alignment.left_over or any(note.code in LOST for note in document.notes):
        return frozenset(gone)
    for table in form.tables:
        if table.key in alignment.absent_tables and not half_is_printed(table, document.text):
            gone.update(table.cell_keys())
    if not missing - gone:
        return frozenset(gone)
    found = [label for table in form.tables for label in _found(table, missing)]
    printed = Counter(_label_texts(document))
    for table in form.tables:
        if table.key not in alignment.absent_tables:
            here = set(_found(table, missing))
            lost = [x for x in (*table.rows, *table.columns) if x not in here and not _is_left(x, printed, found)]
            gone |= {
                key
                for key in table.cell_keys()
                if key in missing and (table.row(key.row) in lost or table.column(key.column) in lost)
            }
    return frozenset(gone)


def half_is_printed(table: FormTable, text: str) -> bool:
    """Whether half of the labels of a table stand anywhere in a text."""
    whole = fold(text)
    labels = [label for label in (*table.rows, *table.columns) if len(label.leaf) >= SHORTEST]
    found = sum(any(bare(spelling) in whole for spelling in label.spellings) for label in labels)
    return found >= HALF * len(labels)


def _found(table: FormTable, missing: Collection[CellKey]) -> Iterator[Label]:
    """The rows and columns of which some cell was found."""
    keys = [key for key in table.cell_keys() if key not in missing]
    rows, columns = {key.row for key in keys}, {key.column for key in keys}
    yield from (row for row in table.rows if row.key in rows)
    yield from (column for column in table.columns if column.key in columns)


def _is_left(label: Label, printed: Mapping[str, int], found: Iterable[Label]) -> bool:
    """Whether a label is printed more often than the rows and columns that were found account for."""
    spellings = {bare(spelling) for spelling in label.spellings}
    claimed = sum(not spellings.isdisjoint(map(bare, other.spellings)) for other in found)
    return sum(printed[spelling] for spelling in spellings) > claimed


def _label_texts(document: Document) -> Iterator[str]:
    """Every text of a table, and the words before the first figure of each line that holds one, as labels."""
    for grid in document.grids:
        for cell in grid.cells:
            yield bare(cell.text)
    for line in document.lines:
        text = line.span.of(document.text)
        figure = _FIGURE.search(text, 2)  # what stands before may be the number of the row
        if figure is not None:
            yield bare(text[: figure.start()])


__all__ = ["unprinted"]
