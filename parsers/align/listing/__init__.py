"""Tables that are a list: one figure a row, its unit beside the label, and rows that a publisher may leave out or add.

No share of the rows tells such a list, and no place in it a row: a label does, and where two rows have the same label, the one
that they stand under. So a row is read where its label is the form's, and what is not there is simply not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.align.listing.entries import Entry, entries_of
from parsers.align.listing.figures import NOT_OWN, figures_of, other_columns
from parsers.align.listing.labels import ListLabels, labels_of
from parsers.align.listing.parts import Part, lists_of
from parsers.align.listing.rows import may_be, nearly_named, rows_of_entries
from parsers.align.matches import columns_differ
from parsers.align.printed import LOOSE, PrintedRow
from parsers.align.reading import (
    COLUMN_DOUBTFUL,
    COLUMNS_UNCERTAIN,
    FIGURES_LOST,
    LABEL_DOUBTFUL,
    UNIT_DIFFERS,
    ReadingBuilder,
    TableReading,
)
from parsers.align.values import Placed
from parsers.figures import units_differ
from parsers.forms.form import Table as FormTable
from parsers.report import CellKey


@dataclass(frozen=True, slots=True)
class _Read:
    """An entry with its figure, the rows of the form that it may be, and the last row above it that is certain (0 for none)."""

    entry: Entry
    figure: Placed
    rows: tuple[int, ...]
    behind: int


def align_listing(table: FormTable, rows: Sequence[PrintedRow], known_by: Sequence[str]) -> TableReading:
    """The rows of the document that are rows of the list, and their figures. ``known_by`` are labels that only this form prints."""
    labels = labels_of(table)
    builder = ReadingBuilder(table.key)
    lists = list(lists_of(rows, labels, known_by))
    read = [each for parts in lists for each in _read(parts, labels)]
    for parts in lists:
        others = dict.fromkeys(text for part in parts for text in other_columns(part, labels))
        builder.left_over += (("left_over.column", text) for text in others)
    claims: dict[int, list[_Read]] = {}
    uncertain: set[int] = set()
    for each in read:
        if len(each.rows) == 1:
            claims.setdefault(each.rows[0], []).append(each)
        elif each.rows:
            uncertain.update(each.rows)
            _lose(builder, table, each.rows, each.entry, "nothing tells which of the rows with this label it is")
    for number, claimed in claims.items():
        _add(builder, table, number, claimed)
    strangers = [each for each in read if not each.rows and each.entry.has_figure]
    near = nearly_named([each.entry for each in strangers], labels, claims.keys() | uncertain)
    for number, place in near.items():
        _add(builder, table, number, [strangers[place]])
        label = "".join(strangers[place].entry.row.labels)
        builder.doubt(LABEL_DOUBTFUL, [_key(table, number)], f"the label reads {label}")
    strays = [each for place, each in enumerate(strangers) if place not in near.values()]
    builder.left_over += (
        ("left_over.row", " ".join(c.text for c in each.entry.row.cells if c.text)) for each in strays
    )
    missing = set(range(len(table.rows))) - claims.keys() - near.keys() - uncertain
    gone = missing - may_be([each.entry for each in strays], labels, missing)
    builder.left_out.update(_key(table, number) for number in gone)
    followed = frozenset(_key(table, each.behind) for each in strays)
    return replace(builder.finished(1.0 if lists else 0.0), followed=followed)


def named_in_lines(table: FormTable, rows: Sequence[PrintedRow]) -> frozenset[CellKey]:
    """The cells of the rows of the list whose label stands in lines outside grids, a figure behind it."""
    labels = labels_of(table)
    entries = (entry for row in rows if row.grid == LOOSE for entry in entries_of(row, labels, {}))
    return frozenset(_key(table, number) for entry in entries if entry.row.values for number in entry.named)


def _key(table: FormTable, number: int) -> CellKey:
    return CellKey(table.key, table.rows[number].key, table.columns[0].key)


def _read(parts: Sequence[Part], labels: ListLabels) -> Iterator[_Read]:
    """The entries of one list."""
    entries = [entry for part in parts for entry in part.entries]
    figures = [figure for part in parts for figure in figures_of(part, labels)]
    last = 0
    for entry, figure, own in zip(entries, figures, rows_of_entries(entries, labels), strict=True):
        last = own[0] if len(own) == 1 else last
        yield _Read(entry, figure, own, last)


def _add(builder: ReadingBuilder, table: FormTable, number: int, claimed: Sequence[_Read]) -> None:
    """Collect the figure of a row, with the doubts that it leaves."""
    key, entry, placed = _key(table, number), claimed[0].entry, claimed[0].figure
    if len({_text(each.figure) for each in claimed}) > 1:
        _lose(builder, table, (number,), entry, "this row is printed more than once, with different figures")
        return
    if placed.lost:
        _lose(builder, table, (number,), entry, placed.doubt)
        return
    if placed.doubt == NOT_OWN:  # no sum tells one whole column from another
        builder.doubt(COLUMN_DOUBTFUL, [key], placed.doubt)
        placed = replace(placed, doubt="")
    builder.add_row([key], entry.row, placed)
    heading = entry.unit and f"{table.rows[number].leaf}（{entry.unit}）"
    builder.headings[key] = heading or "".join(entry.row.labels)
    if entry.unit and units_differ(entry.unit, table.unit_of(key)):
        builder.doubt(UNIT_DIFFERS, [key], f"{entry.unit} is printed, the form has {table.unit_of(key)}")
    alone = PrintedRow.of(entry.row.grid, entry.row.kind, [c for c in placed.cells if c is not None], label_end=0)
    if reason := columns_differ(alone, 1):
        builder.doubt(COLUMNS_UNCERTAIN, [key], reason)


def _text(placed: Placed) -> str | None:
    cell = placed.cells[0]
    return None if placed.lost or cell is None else cell.text


def _lose(builder: ReadingBuilder, table: FormTable, numbers: Iterable[int], entry: Entry, reason: str) -> None:
    keys = [key for number in numbers if (key := _key(table, number)) not in builder.cells]
    printed = " | ".join(cell.text for cell in entry.row.values if cell.text)  # these are no digits set apart
    builder.lost.update(dict.fromkeys(keys, printed))
    builder.doubt(FIGURES_LOST, keys, reason)


__all__ = ["align_listing", "named_in_lines"]
