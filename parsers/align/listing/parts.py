"""The lists of a document, and the parts that each is printed in: a grid, or a run of lines outside one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from parsers.align.labels import bare
from parsers.align.listing.entries import Entry, entries_of
from parsers.align.listing.labels import ListLabels
from parsers.align.printed import LOOSE, PrintedRow
from parsers.figures import Content
from parsers.text import fold

FEWEST = 3
"""Rows with just the form's labels that make a list; other tables of a report share one or two with it."""
DECISIVE = 2
"""Labels that only this form prints; the list must have so many itself, or another list with rows of the same name is taken for it."""
FEWEST_NAMED = 2
"""Columns that a row must name to be a header."""
PROSE = 8
"""Pieces of words in a row between two figures of a text, above which these are lines of prose."""
SERIALS = 3
"""Figures in a row each of which is one more than that before, and which are the numbers of the rows."""


@dataclass(frozen=True, slots=True)
class Part:
    """The entries of one grid, or of lines outside one, and what its header prints over each grid column (empty without header).
    ``width`` is the number of its columns (0 for lines), ``words`` all its words, folded, one text a line."""

    entries: tuple[Entry, ...]
    header: Mapping[int, str]
    width: int
    words: str

    @property
    def names_rows(self) -> bool:
        """Whether a row of the form is named in it."""
        return any(entry.named for entry in self.entries)


def lists_of(rows: Sequence[PrintedRow], labels: ListLabels, known_by: Sequence[str]) -> Iterator[list[Part]]:
    """The lists of the document, each the parts that it is printed in, one behind the other; titles may stand between them.
    ``known_by`` are labels that only this form prints."""
    wanted = tuple(map(fold, known_by))
    parts = _parts(rows, labels)
    filled = (part for part in parts if any(entry.named or entry.row.values for entry in part.entries))
    for has_rows, run in groupby(filled, key=lambda part: part.names_rows):
        own = list(run)
        words = "\n".join(part.words for part in own)
        named = {entry.named for part in own for entry in part.entries if entry.named}
        if has_rows and len(named) >= FEWEST and sum(text in words for text in wanted) >= DECISIVE:
            yield own


def _parts(rows: Sequence[PrintedRow], labels: ListLabels) -> Iterator[Part]:
    """The document in parts: each grid, and each run of lines that are no prose. A grid without a header goes on under that of the
    grid right before it."""
    above: Part | None = None
    for grid, group in groupby(rows, key=lambda row: row.grid):
        own = list(group)
        if grid == LOOSE:
            yield from _parts_of_lines(own, labels)
            above = None
            continue
        width = max((cell.last for row in own for cell in row.cells), default=0)
        header: Mapping[int, str] = _header(own, labels)
        if not header and above is not None and above.width == width:
            header = above.header
        over = header if width - 1 in header else {}
        above = Part(
            tuple(entry for row in own for entry in entries_of(row, labels, over)), header, width, _words(own)
        )
        yield above


def _parts_of_lines(rows: Sequence[PrintedRow], labels: ListLabels) -> Iterator[Part]:
    for is_prose, run in groupby(_without_serials(rows), key=lambda row: _is_prose(row, labels)):
        if not is_prose:
            lines = list(run)
            yield Part(tuple(entry for row in lines for entry in entries_of(row, labels, {})), {}, 0, _words(lines))


def _words(rows: Iterable[PrintedRow]) -> str:
    return "\n".join(fold(text) for row in rows for text in row.words)


def _is_prose(row: PrintedRow, labels: ListLabels) -> bool:
    """Whether a row of lines is prose with a figure in it."""
    return len(row.labels) > PROSE and not _names_row(row, labels)


def _names_row(row: PrintedRow, labels: ListLabels) -> bool:
    return any(entry.named for entry in entries_of(row, labels, {}))


def _without_serials(rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    """Rows of lines without the numbers of the rows: where these stand in front of the labels, each ends the row before."""
    last = [row.cells[-1] if row.has_figures else None for row in rows]
    numbers = [int(cell.text) if cell is not None and cell.text.isdecimal() else None for cell in last]
    follows = [bool(n) and number is not None and numbers[n - 1] == number - 1 for n, number in enumerate(numbers)]
    if max((len(list(run)) for is_next, run in groupby(follows) if is_next), default=0) < SERIALS:
        return list(rows)
    serial = {place for n, is_next in enumerate(follows) if is_next for place in (n - 1, n)}
    return [
        PrintedRow.of(row.grid, row.kind, row.cells[:-1], label_end=row.label_end) if n in serial else row
        for n, row in enumerate(rows)
    ]


def _header(rows: Sequence[PrintedRow], labels: ListLabels) -> dict[int, str]:
    """What is printed over each column of a grid, the lowest line of it: the row that names columns, and those right below it that
    divide columns of figures."""
    header: dict[int, str] = {}
    for row in rows:
        own = [cell for cell in row.cells if cell.content is not Content.BLANK and not cell.inherited]
        if not header and sum(labels.heads_columns(cell.text) for cell in own) < FEWEST_NAMED:
            if _names_row(row, labels):
                return {}
            continue
        divides = own and all(
            cell.content is Content.WORDS
            and all(
                bare(header.get(n, "")) not in labels.beside and n in header for n in range(cell.first, cell.last)
            )
            for cell in own
        )
        if header and not divides:
            break
        header |= {column: cell.text for cell in own for column in range(cell.first, cell.last)}
    return header
