"""What a reader of marked-up or plain text finds before it has its place in the canonical text.

A reader makes a list of blocks (paragraphs, and tables whose cells hold blocks again); :func:`settle` decides whether
a table holds data or only lays out a page; :func:`document` writes the blocks down.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from parsers.document import Document, Grid, GridKind, Metadata, Note, Recognised
from parsers.readers.canonical import RawCell, TextBuilder, clean, join_wrapped
from parsers.readers.words import words
from parsers.text import fold, has_numbering, is_wide

MAX_COLUMNS = 100
"""A statutory table has 15 columns at most, a county's table of all its towns about 40; what is wider is no table."""
MAX_CELLS = 20_000
"""A hundred statutory tables in one; what holds more cells is read as lines."""

_SHORT = 60  # the longest label of the 2021 form has 42 characters, its note on sums 43
_FRAME = 400  # a cell longer than this that outweighs the rest of its table is an article in a frame
_INDENT = regex.compile(r"^(?:\u3000|[\xa0\u2002\u2003 ]{2}|\t)")
_DIGIT = regex.compile(r"\d")
_NOTHING_SAID = Metadata()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as its printed lines; ``heading`` and ``gap`` as in :class:`parsers.document.Line`; ``recognised`` in a
    picture."""

    lines: tuple[str, ...]
    heading: int = 0
    recognised: bool = False
    gap: int = 0

    @property
    def text(self) -> str:
        """The lines put together."""
        return join_wrapped(self.lines)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its place in the table, all that it holds on one line, and the blocks that it holds: they are what
    remains when the table turns out to be none. ``recognised`` says how, where it was in a picture."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    blocks: tuple[Block, ...] = ()
    recognised: Recognised | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of cells, sorted by row and column, no place covered twice."""

    kind: GridKind
    cells: tuple[Cell, ...]


Block = Paragraph | Table


def text_of(blocks: Iterable[Block]) -> list[str]:
    """The texts of the blocks, those of nested tables cell by cell."""
    pieces: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            pieces += block.lines
        else:
            # A blank between the cells of a nested table: two figures never become one.
            pieces.append(" ".join(text for text in (cell.text for cell in block.cells) if text))
    return pieces


def cell_of(row: int, column: int, row_span: int, column_span: int, blocks: Sequence[Block]) -> Cell:
    """A cell that holds these blocks."""
    return Cell(row, column, row_span, column_span, join_wrapped(text_of(blocks)), tuple(blocks))


def delimited(rows: Sequence[Sequence[str]]) -> Table:
    """A table of plain text: cells where they stand, empty ones included, every row as long as it is."""
    return Table(
        GridKind.DELIMITED,
        tuple(Cell(row, column, 1, 1, text) for row, texts in enumerate(rows) for column, text in enumerate(texts)),
    )


def settle(cells: Sequence[Cell]) -> list[Block]:
    """A table of the format's own cells: one table when it holds data, else what its cells hold, in reading order."""
    cells = compact(cells)
    if is_data(cells):
        return [Table(GridKind.MARKUP, tuple(cells))]
    return [block for cell in cells for block in cell.blocks]


def compact(cells: Sequence[Cell]) -> list[Cell]:
    """The cells without the columns in which no cell begins: what a bombastic colspan, or widths that differ by a
    hair from row to row, leave behind. Sorted by row and column."""
    starts = sorted({cell.column for cell in cells})
    rank = {column: index for index, column in enumerate(starts)}
    placed = []
    for cell in cells:
        last = rank[cell.column]
        while last + 1 < len(starts) and starts[last + 1] < cell.column + cell.column_span:
            last += 1
        first = rank[cell.column]
        if (first, last - first + 1) != (cell.column, cell.column_span):
            cell = replace(cell, column=first, column_span=last - first + 1)
        placed.append(cell)
    return sorted(placed, key=lambda cell: (cell.row, cell.column))


def is_data(cells: Sequence[Cell]) -> bool:
    """Whether compacted cells are a table that says something, not a frame around text.

    A frame has one column, or prose in its cells, or other tables, or one cell that outweighs all others.
    """
    if not cells or max(cell.column for cell in cells) < 1 or len(cells) > MAX_CELLS:
        return False
    if max(cell.column for cell in cells) >= MAX_COLUMNS:
        return False
    texts = [cell.text for cell in cells if cell.text]
    nested = sum(len(block.cells) for cell in cells for block in cell.blocks if isinstance(block, Table))
    if not texts or nested >= len(texts):
        return False
    longest = max(map(len, texts))
    if longest > _FRAME and longest * 2 > sum(map(len, texts)):
        return False
    if sum(len(text) <= _SHORT for text in texts) * 2 < len(texts):
        return False
    if cells[-1].row == 0:  # one row: a line of figures, or a picture beside its caption
        return len(texts) > 2 or (len(texts) == 2 and longest <= _SHORT and any(map(_DIGIT.search, texts)))
    return True


def continues(previous: str, following: str, *, least: int = 30) -> bool:
    """Whether a line goes on in the following one, the break being there only because the line was full.

    ``least`` is the width, in half-width characters, that a full line has at least. A heading, a label or a figure on
    a line of its own is shorter, and a line that ends a sentence does not go on.
    """
    if _INDENT.match(following):
        return False
    before, after = clean(previous), clean(following)
    if not before or not after or before[-1] in words("text")["closing"]:
        return False
    if sum(2 if is_wide(character) else 1 for character in before) < least:
        return False
    folded = fold(after)
    return not has_numbering(folded)


def split_lines(lines: Sequence[str], heading: int = 0) -> list[Paragraph]:
    """Paragraphs from lines between which the author broke the line by hand (``<br>``, a break in Word)."""
    kept = [line for line in lines if clean(line)]
    if not kept:
        return []
    if heading:
        return [Paragraph(tuple(kept), heading)]
    groups = [[kept[0]]]
    for previous, following in pairwise(kept):
        if continues(previous, following):
            groups[-1].append(following)
        else:
            groups.append([following])
    return [Paragraph(tuple(group)) for group in groups]


def document(
    blocks: Iterable[Block],
    *,
    data: bytes,
    name: str,
    media_type: str,
    reader: str,
    metadata: Metadata = _NOTHING_SAID,
    notes: Iterable[Note] = (),
) -> Document:
    """The blocks written down as a document without pages."""
    builder = TextBuilder()
    recognised: list[Recognised] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            before = len(builder.lines)
            builder.add_paragraph([(line, None) for line in block.lines], heading=block.heading, gap=block.gap)
            if block.recognised:
                recognised += [Recognised(line.span, False) for line in builder.lines[before:]]
        else:
            builder.add_grid(
                block.kind,
                [RawCell(cell.row, cell.column, cell.text, cell.row_span, cell.column_span) for cell in block.cells],
            )
            if any(cell.recognised for cell in block.cells):
                recognised += _recognised(block, builder.grids[-1])
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        reader=reader,
        page_count=0,
        text=builder.text,
        lines=tuple(builder.lines),
        grids=tuple(builder.grids),
        metadata=metadata,
        notes=tuple(dict.fromkeys(notes)),
        recognised=tuple(recognised),
    )


def _recognised(table: Table, grid: Grid) -> Iterator[Recognised]:
    """How the cells of a table were recognised, with their places in the canonical text."""
    known = {(cell.row, cell.column): cell.recognised for cell in table.cells}
    for cell in grid.cells:
        how = known.get((cell.row, cell.column))
        if how is not None:
            yield replace(how, span=cell.span)
