"""Why the figures of one row may not be those of its label and columns, though it has a place for each: what it prints tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import regex

from parsers.align.printed import PrintedCell, PrintedRow
from parsers.align.values import Placed
from parsers.document import Box
from parsers.figures import Content, content_of
from parsers.text import fold

_POINTS = (".", "．", "、")
_FIGURE = regex.compile(r"\d+(?:[,.]\d+)*(?![.．、\d])")


def why_misplaced(row: PrintedRow, placed: Placed) -> str:
    """The reason for which the figures of a row, placed in columns, may be others or stand in others; empty where there is none."""
    if row.kind.is_printout and all(cell is None or not cell.text for cell in placed.cells):
        return "no figure stands beside this label on the printout"
    has_blank = _has_blank(row, placed)
    if any(map(_ends_in_figure, row.labels)) or (has_blank and any(map(_holds_figure, row.labels))):
        return f"figures stand in the label: {' '.join(row.labels)}"
    if row.has_figures and _begins_with_words(placed):
        return "words stand in the place of the first figure"
    crowded = _crowded(placed)
    if crowded and (placed.left_over or has_blank or _has_words(placed) or _lacks_another_wall(placed, crowded)):
        return "figures share a cell of this row, and another one holds none or belongs to no column"
    return ""


def _holds_figure(label: str) -> bool:
    """Whether a label has a figure, or a sign for none, between or behind its words, and no number of its own (2 .)."""
    words = label.split()
    return any(
        (_FIGURE.match(word) or content_of(word) is Content.DASH) and after[:1] not in _POINTS
        for word, after in pairwise([*words[1:], ""])
    )


def _crowded(placed: Placed) -> list[int]:
    """The columns whose cell holds several figures: where another cell is blank, the figures between them may stand one place
    beside their columns."""
    return [number for number, cell in enumerate(placed.cells) if cell is not None and cell.holds_several]


def _lacks_another_wall(placed: Placed, crowded: Sequence[int]) -> bool:
    """Whether the header lacks columns, and figures share a cell that is beside none of them: the row is of another page, on which
    another wall was not seen, and its columns are not those of the header."""
    return bool(placed.absent) and any(placed.absent.isdisjoint((n - 1, n + 1)) for n in crowded)


def _ends_in_figure(label: str) -> bool:
    """Whether a figure follows the words of a label without a blank: no label of a form ends in one."""
    bare = label.rstrip("".join(_POINTS) + ",")
    return len(bare) > 1 and bare[-1].isdecimal() and not bare.isdecimal()


def _begins_with_words(placed: Placed) -> bool:
    """Whether words, and no figure that was misread (l8?), stand in the place of the first figure: they may be the row's label, and all
    figures one place beside their columns."""
    first = next((cell for number, cell in enumerate(placed.cells) if number not in placed.absent), None)
    return first is not None and first.content is Content.WORDS and not fold(first.text).isascii()


def _has_words(placed: Placed) -> bool:
    """Whether words stand in a place for a figure."""
    return any(cell is not None and cell.content is Content.WORDS for cell in placed.cells)


def _has_blank(row: PrintedRow, placed: Placed) -> bool:
    """Whether a place for a figure is blank in a row."""
    cells = (cell for number, cell in enumerate(placed.cells) if number not in placed.absent)
    return not row.has_figures or any(cell is None or not cell.text for cell in cells)


def may_be_of_column_before(row: PrintedRow, header: PrintedRow, others: Sequence[PrintedRow]) -> bool:
    """Whether a figure of a row without walls may be that of the column before its own, which is blank: figures of the table, ``row``
    and ``others``, stand right of their labels, and this one ends left of where its label does, as none that is set to the right."""
    labels = {cell.first: cell.box for cell in header.cells if cell.box is not None}
    blank = {cell.last for cell in row.values if not cell.text}
    are_right = any(
        figure.x0 >= label.x1 for each in (row, *others) for _, figure, label in _below_labels(each, labels)
    )
    return are_right and any(
        cell.first in blank and figure.x1 < label.x1 for cell, figure, label in _below_labels(row, labels)
    )


def _below_labels(row: PrintedRow, labels: Mapping[int, Box]) -> Iterator[tuple[PrintedCell, Box, Box]]:
    """The figures of a row that stand in the column of a label, with their places and those of the labels."""
    for cell in row.values:
        if cell.text and cell.box is not None and cell.first in labels:
            yield cell, cell.box, labels[cell.first]
