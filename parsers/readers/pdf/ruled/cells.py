"""A lattice and the words of its page to a table: every word into the cell that holds its middle."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from parsers.document import Box
from parsers.readers.canonical import RawCell, join_wrapped
from parsers.readers.pdf.lines import lines_of
from parsers.readers.pdf.page import PageContent, Rectangle, Word, text_of
from parsers.readers.pdf.ruled.lattice import CellAt, Lattice, Place
from parsers.readers.pdf.table import PageTable

OVERHANG = 2.0
"""Points by which a word may run over the wall of its cell before its characters are looked at: less than half a
digit of 8 points, more than the blank margin that fonts count to a character."""
CLEAN_CUT = 0.1
"""A wall passes between two characters when it cuts off less than this part of either one's width; fonts leave as much
blank beside a digit."""
SURE_GAP = 0.4
"""Points of blank at the wall that make two texts certain: the characters of one text follow each other without any."""
MOST_CROSSINGS = 200
"""Words of one page whose characters are looked at. A table that is wrong everywhere is not mended word by word."""


def table_of(lattice: Lattice, words: Sequence[Word], page: PageContent) -> PageTable:
    """The table that the lattice makes of those of ``words`` that stand in it.

    A word that runs over a wall is cut where the wall stands if the wall passes between two of its characters: these
    are two texts that touch. Otherwise, and at the outer wall, it is one text too long for its cell, and stays whole. The
    table says so, unless a blank at the wall makes the cut certain.
    """
    columns = lattice.columns
    content: list[list[Word]] = [[] for _ in lattice.places]
    cell_at = lattice.locator()
    walls = [(columns[p.column] - OVERHANG, columns[p.column + p.column_span] + OVERHANG) for p in lattice.places]
    rest: list[Word] = []
    crossed: list[Box] = []
    crossings = 0
    for word in words:
        x0, y0, x1, y1, _ = word
        cell = cell_at((x0 + x1) / 2, (y0 + y1) / 2)
        if cell is None and word.text.isdecimal():
            cell = _begun_in(word, lattice, cell_at)
        if cell is None:
            rest.append(word)
        elif x0 >= walls[cell][0] and x1 <= walls[cell][1]:
            content[cell].append(word)
        else:
            crossings += 1
            pieces = cut_at_walls(word, page.characters(), cell_at) if crossings <= MOST_CROSSINGS else []
            touching = [(a[1], b[1]) for a, b in pairwise(pieces) if b[0].x0 - a[0].x1 < SURE_GAP]
            if not pieces or touching:
                crossed.append(Rectangle(x0, y0, x1, y1).box(page.number))
            if any(None in pair for pair in touching):
                pieces = []  # nothing stands beside a table that its text could touch: it is too wide for the last column
            for piece, target in pieces or [(word, cell)]:
                (rest if target is None else content[target]).append(piece)
    cells = tuple(
        _cell(lattice, place, words, page.number)
        for place, words in zip(lattice.places, content, strict=True)
        if place.closed or words
    )
    return PageTable(lattice.rectangle, cells, rest, tuple(crossed))


def _begun_in(word: Word, lattice: Lattice, cell_at: CellAt) -> int | None:
    """The cell of a figure most of which stands beyond the table: it is too high for the last row of the page, or too wide for the last
    column."""
    x0, y0, x1, y1, _ = word
    if y0 < lattice.rows[-1] < y1:
        return cell_at((x0 + x1) / 2, y0)
    if x0 + OVERHANG < lattice.columns[-1] < x1:
        return cell_at(x0 + OVERHANG, (y0 + y1) / 2)
    return None


def cut_at_walls(word: Word, characters: Sequence[Word], cell_at: CellAt) -> list[tuple[Word, int | None]]:
    """The pieces of a word on either side of the walls that it crosses, each with its cell (None outside of the
    table); none when a wall passes through a character, or the characters are not found."""
    inside = sorted(
        c
        for c in characters
        if word.x0 - 0.5 <= (c.x0 + c.x1) / 2 <= word.x1 + 0.5 and word.y0 <= c.middle <= word.y1
    )
    if text_of(inside) != word.text:
        return []
    pieces: list[tuple[Word, int | None]] = []
    for character in inside:
        middle = character.middle
        margin = CLEAN_CUT * (character.x1 - character.x0)
        target = cell_at((character.x0 + character.x1) / 2, middle)
        if target != cell_at(character.x0 + margin, middle) or target != cell_at(character.x1 - margin, middle):
            return []
        if pieces and pieces[-1][1] == target:
            piece = pieces[-1][0]
            pieces[-1] = (piece._replace(x1=character.x1, text=piece.text + character.text), target)
        else:
            pieces.append((character, target))
    return pieces


def _cell(lattice: Lattice, place: Place, words: Sequence[Word], page: int) -> RawCell:
    if len(words) == 1:
        x0, y0, x1, y1, text = words[0]
        rectangle = Rectangle(x0, y0, x1, y1)
    elif words:
        lines = lines_of(words)
        text = join_wrapped(line.text for line in lines)
        rectangle = Rectangle.around([line.rectangle for line in lines])
    else:
        text, rectangle = "", lattice.rectangle_of(place)
    return RawCell(place.row, place.column, text, place.row_span, place.column_span, rectangle.box(page))
