"""Tables whose cells are filled rectangles, without lines between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from parsers.readers.pdf.lines import rows_of
from parsers.readers.pdf.page import BACKGROUND, MOST_MARKS, Mark, PageContent, Rectangle, Word
from parsers.readers.pdf.ruled.lattice import MOST_RULINGS, Lattice, lattice_of
from parsers.readers.pdf.ruled.rulings import SAME, WIDEST, frameworks, rulings_of
from parsers.readers.pdf.unruled.runs import text_row

FEWEST_FILLS, LEAST_FILLED_ROWS = 6, 2
"""So many fills and rows make a table of filled cells; a single filled row is striping."""
BESIDE_FILLS = 0.05
"""The share of a table's words that may stand beside its filled cells: a label may be higher than its cell. Where every
other row is filled, it is half of them."""
MOST_FILLS = 5000
"""Fills of one page; a table has some hundred cells, and a line of text in each. Beyond, none is looked for behind text."""
TIGHT = 3.0
"""Points between a text and the edges of its own background; a cell leaves more, on one side at least."""
MOST_HEADER_ROWS = 4
"""Rows of a header."""


def filled_lattices_of(content: PageContent, words: Sequence[Word], ruled: Sequence[Rectangle]) -> list[Lattice]:
    """The tables whose cells are filled rectangles, each word in one of these. Where only some rows are filled, the
    fills do not tell the cells of the others."""
    fills = [
        fill
        for fill in content.surfaces
        if fill.y1 - fill.y0 < BACKGROUND * content.height and not any(_lies_on(fill, table) for table in ruled)
    ]
    if not FEWEST_FILLS <= len(fills) <= MOST_MARKS or not words:
        return []
    fills = _without_backgrounds_of_text(fills, words)
    lines = [mark for mark in content.marks if not any(_lies_on(Rectangle(*mark[:4]), table) for table in ruled)]
    rulings = rulings_of([*lines, *(Mark(*fill, True) for fill in fills)])
    if max(len(rulings.lying), len(rulings.standing)) > MOST_RULINGS:
        return []
    lattices = (lattice_of(framework) for framework in frameworks(rulings))
    return [lattice for lattice in lattices if lattice is not None and _is_table(lattice, words, ruled)]


def _is_table(lattice: Lattice, words: Sequence[Word], ruled: Sequence[Rectangle]) -> bool:
    """Whether the fills of a lattice are the cells of a table, and not stripes, a header alone, or what lies around a ruled table."""
    frame = lattice.rectangle
    if len(lattice.rows) < LEAST_FILLED_ROWS + 1 or any(frame.holds(table) for table in ruled):
        return False
    if _is_header_alone(lattice, words) and not any(_stands_on(frame, table) for table in ruled):
        return False
    cells = [lattice.rectangle_of(place) for place in lattice.places if place.closed]
    if any(_is_striped(cell, words) for cell in cells):
        return False
    middles = (((word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2) for word in words)
    inside = [(x, y) for x, y in middles if frame.x0 < x < frame.x1 and frame.y0 < y < frame.y1]
    beside = sum(not any(c.x0 <= x <= c.x1 and c.y0 <= y <= c.y1 for c in cells) for x, y in inside)
    return beside <= BESIDE_FILLS * len(inside)


def _is_header_alone(lattice: Lattice, words: Sequence[Word]) -> bool:
    """Whether a lattice may be the filled header of a table whose other cells have neither fills nor lines: it is low, and has no
    figures."""
    inside = (word for word in words if lattice.rectangle.holds(Rectangle(*word[:4])))
    return len(lattice.rows) <= MOST_HEADER_ROWS + 1 and not any(word.text[0].isdecimal() for word in inside)


def _lies_on(mark: Rectangle, table: Rectangle) -> bool:
    """Whether a fill lies on a ruled table, or a line is one of its lines: its middle does. Edges may stand out by half a line."""
    x, y = (mark.x0 + mark.x1) / 2, (mark.y0 + mark.y1) / 2
    return table.x0 - SAME < x < table.x1 + SAME and table.y0 - SAME < y < table.y1 + SAME


def _stands_on(header: Rectangle, table: Rectangle) -> bool:
    """Whether a filled header ends where a ruled table of its width begins."""
    return all(abs(a - b) <= WIDEST for a, b in ((header.y1, table.y0), (header.x0, table.x0), (header.x1, table.x1)))


def _without_backgrounds_of_text(fills: Sequence[Rectangle], words: Sequence[Word]) -> list[Rectangle]:
    """The fills but those that lie right behind a line of text, on a larger fill: some printers paint the background of a cell
    behind each line of its text once more."""
    if len(fills) > MOST_FILLS:
        return list(fills)
    runs = [run for line in rows_of(words) for run in text_row(line).runs]
    places = sorted((Rectangle(run.x0, run.y0, run.x1, run.y1) for run in runs), key=lambda place: place.y0)
    tops = [place.y0 for place in places]
    kept = []
    for fill in fills:
        near = places[bisect_left(tops, fill.y0 - TIGHT) : bisect_right(tops, fill.y0 + TIGHT)]
        behind = any(all(abs(a - b) <= TIGHT for a, b in zip(fill, place, strict=True)) for place in near)
        if not (behind and any(other.area > fill.area and other.holds(fill) for other in fills)):
            kept.append(fill)
    return kept


def _is_striped(fill: Rectangle, words: Sequence[Word]) -> bool:
    """Whether a filled cell holds figures, apart from a label or from each other: it is the stripe below a whole row."""
    rows = map(text_row, rows_of([word for word in words if fill.shades(word)]))
    return any(row.is_anchor and sum(run.is_figure for run in row.runs) + row.first_figure > 1 for row in rows)
