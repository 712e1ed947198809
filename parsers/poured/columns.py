"""Small tables that were poured out column by column: under the heading of each, its figures.

Of a table whose columns are parted by much white, a program gives the headings that stand close together, then the figures
under these, row by row, and the labels of the rows somewhere before them. Which row a figure is of, its number under the heading
tells, if there are as many as the form has rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from parsers.align.labels import LabelSet, likenesses
from parsers.align.printed import PrintedCell
from parsers.align.reading import TableReading
from parsers.document import Document
from parsers.figures import Content
from parsers.forms.form import Block, Table
from parsers.poured.runs import labels_of, parted_tokens
from parsers.report import CellKey

_PIECES = 3
"""Lines over which a narrow column breaks the longest heading."""


class _Sign(Enum):
    """What stands at one place of the text."""

    HEADING = "heading"
    ROW = "row"
    FIGURE = "figure"
    END = "end"
    """An empty line, or other words: what stood above is whole."""


@dataclass(frozen=True, slots=True)
class _Event:
    sign: _Sign
    text: str = ""
    column: str = ""
    cell: PrintedCell | None = None


def read_columns(document: Document, table: Table) -> TableReading | None:
    """The table, if under the headings of all its blocks stand just as many figures as the form has rows there."""
    cells: dict[CellKey, PrintedCell | None] = {}
    headings: dict[CellKey, str] = {}
    times = Counter[str]()
    events = [*_events(document, table), _Event(_Sign.END)]
    at = 0
    while at < len(events):
        named: list[_Event] = []
        while events[at].sign is _Sign.HEADING:
            named.append(events[at])
            at += 1
        figures: list[PrintedCell] = []
        while named and events[at].sign in (_Sign.FIGURE, _Sign.ROW):
            figures += [cell] if (cell := events[at].cell) is not None else []
            at += 1
        if not named:
            at += 1
            continue
        block = _block_of(table, named, times)
        if block is None or len(figures) != len(block.rows) * len(named):
            return None
        times.update(each.column for each in named)
        for number, figure in enumerate(figures):
            heading = named[number % len(named)]
            key = CellKey(table.key, block.rows[number // len(named)], heading.column)
            cells[key], headings[key] = figure, heading.text
    return TableReading(table.key, 1.0, cells, headings=headings) if len(cells) == len(table.cell_keys()) else None


def _block_of(table: Table, named: Sequence[_Event], times: Counter[str]) -> Block | None:
    """The block whose columns stand under these headings: of several that have such columns, the first that none was read of."""
    blocks: list[Block | None] = []
    for each in named:
        having = [block for block in table.blocks if each.column in block.columns]
        blocks.append(having[times[each.column]] if times[each.column] < len(having) else None)
    return blocks[0] if all(block is blocks[0] for block in blocks) else None


def _events(document: Document, table: Table) -> Iterator[_Event]:
    rows, columns = labels_of(table)
    pieces: list[str] = []
    for line in document.lines:
        if line.gap:
            yield _Event(_Sign.END)
        for token in parted_tokens(line, document.text):
            if token.content is not Content.WORDS:
                pieces = []
                yield _Event(_Sign.FIGURE, cell=token)
                continue
            pieces = [*pieces, token.text][-_PIECES:]
            named = _named(columns, pieces)
            if named is not None:
                yield _Event(_Sign.HEADING, "".join(pieces), table.columns[named].key)
                pieces = []
            elif _named(rows, pieces) is not None:
                yield _Event(_Sign.ROW)
                pieces = []
            elif not any(_begins(labels, pieces) for labels in (columns, rows)):
                yield _Event(_Sign.END)


def _named(labels: LabelSet, pieces: Sequence[str]) -> int | None:
    """The label that these pieces end in, or the last of them alone."""
    alike = likenesses(labels, tuple(pieces))
    return alike.index(1.0) if alike.count(1.0) == 1 else None


def _begins(labels: LabelSet, pieces: Sequence[str]) -> bool:
    """Whether the last piece may be the beginning of a label."""
    text = pieces[-1]
    return any(spelling.startswith(text) for spellings in labels.spellings for spelling in spellings)
