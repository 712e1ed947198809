"""The entries of a list that a printed row is: a label, its unit, and what stands behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parsers.align.listing.labels import ListLabels
from parsers.align.printed import LOOSE, PrintedCell, PrintedRow
from parsers.figures import Content, is_unit, names_units


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list as printed: its own cells without that of the unit, the unit, the rows of the form that its label may be
    (none where it is not just that of one), and those that stand under it."""

    row: PrintedRow
    unit: str = ""
    named: tuple[int, ...] = ()
    under: frozenset[int] = frozenset()

    @property
    def has_figure(self) -> bool:
        """Whether anything is printed where the figure should stand."""
        return any(cell.content is Content.FIGURE for cell in self.row.values)


def entries_of(row: PrintedRow, labels: ListLabels, header: Mapping[int, str]) -> list[Entry]:
    """The rows of the list that a printed row is: one, or several where they stand side by side, or ran together as no figure
    stands between their labels. ``header`` is what is printed over each grid column."""
    found: list[Entry] = []
    words: list[PrintedCell] = []
    values: list[PrintedCell] = []
    unit = ""

    def close() -> None:
        if not all(labels.heads_columns(cell.text) for cell in words):  # the header names no row
            found.append(_entry(row, words, values, unit, labels))

    for cell in row.cells:
        is_words = cell.content is Content.WORDS
        if words and not values and not unit and is_words and (is_unit(cell.text) or _is_of_units(cell, header)):
            unit = cell.text
        elif is_words and (unit or any(value.content is not Content.BLANK for value in values)):
            if labels.bare(cell.text) in labels.rows or labels.bare(cell.text) in labels.titles or row.grid == LOOSE:
                close()
                words, values, unit = [cell], [], ""
            else:
                values.append(cell)
        elif is_words:
            ran_together = row.grid == LOOSE and words and labels.bare(cell.text) in labels.rows
            if ran_together and labels.named([each.text for each in words]):
                close()
                words = []
            words, values = [*words, cell], []
        elif words:
            values.append(cell)
    close()
    return found


def _is_of_units(cell: PrintedCell, header: Mapping[int, str]) -> bool:
    return names_units(header.get(cell.first, ""))


def _entry(
    row: PrintedRow, words: Sequence[PrintedCell], values: Sequence[PrintedCell], unit: str, labels: ListLabels
) -> Entry:
    texts = [cell.text for cell in words]
    if not unit and not labels.named(texts):
        front, _, end = texts[-1].rpartition(" ")
        if is_unit(end) and labels.named([*texts[:-1], front]):
            texts, unit = [*texts[:-1], front], end
    if not unit and len(values) > 1 and values[0].content is Content.BLANK:
        values = values[1:]  # the place of a unit
    own = PrintedRow.of(row.grid, row.kind, (*words, *values), label_end=len(words))
    return Entry(own, unit, labels.named(texts), labels.under(texts))
