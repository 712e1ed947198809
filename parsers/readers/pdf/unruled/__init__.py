"""Tables without standing lines: runs of words make rows, rows make sections, a section has columns and becomes a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from parsers.readers.pdf.lines import rows_of
from parsers.readers.pdf.page import PageContent, Rectangle, Word, stand_above_each_other
from parsers.readers.pdf.ruled.lattice import Lattice, WordsByCell
from parsers.readers.pdf.ruled.rulings import SNAP, Ruling, edges_of
from parsers.readers.pdf.table import PageTable
from parsers.readers.pdf.unruled import vocabulary
from parsers.readers.pdf.unruled.cells import table_of_section
from parsers.readers.pdf.unruled.columns import (
    Column,
    columns_of,
    columns_of_header,
    goes_on,
    is_label,
    is_statutory,
    overlapped,
)
from parsers.readers.pdf.unruled.runs import text_row
from parsers.readers.pdf.unruled.sections import (
    begins_label,
    header_below_tables,
    may_hold_tables,
    sections_of,
)
from parsers.readers.pdf.unruled.words import whole_words

FURNITURE = 46.0
"""Points: what stands so close to the upper or lower edge of the page (16 mm) is no row of a table, unless it says so."""

FEWEST_SIDE_BY_SIDE = 3
"""Figures on one line of a cell that are those of as many cells."""


def unruled_tables(
    content: PageContent,
    words: Sequence[Word],
    before: list[Column],
    filled: Sequence[Lattice] = (),
    tables: Sequence[Rectangle] = (),
) -> Iterator[PageTable]:
    """The tables that those of a page's words make that stand in no other of its ``tables``. ``before`` holds the columns of the last
    table of this kind, or of the last ``filled`` one, on this page or the one before, and is kept so."""
    furniture = _furniture(words, content.height)
    inner = [word for word in words if word not in furniture]
    foot = 0.0
    if may_hold_tables(words) and inner and sections_of(inner):
        characters = content.characters()
        words = whole_words(words, characters)
        fills = [Ruling(y, s.x0, s.x1) for s in content.surfaces for y in (s.y0, s.y1)]
        edges = [*edges_of(content.marks)[0], *fills]
        inner = _without_number_beside(inner, edges)
        sections = sections_of(whole_words(inner, characters), tables)
        for section in sections:
            before[:] = _columns_above(filled, foot, section.rectangle.y0) or before
            is_first = not foot and section.rectangle.y0 <= min(word.y0 for word in inner)
            is_table = is_statutory(section) or (is_first and goes_on(section, before))
            columns = columns_of(section, before) if is_table else []
            if columns:
                before[:] = columns
                foot = section.rectangle.y1
                taken = set(section.words)
                words = [word for word in words if word not in taken]
                yield replace(table_of_section(section, columns, edges, content.number), rest=words)
    before[:] = _columns_above(filled, foot, content.height) or before
    section = header_below_tables([word for word in inner if word.y0 >= foot])
    header = columns_of_header(section.head)
    if header and all(len(overlapped(header, run.x0, run.x1)) == 1 for row in section.body for run in row.runs):
        before[:] = header
        taken = set(section.words)
        words = [word for word in words if word not in taken]
        yield replace(table_of_section(section, header, [], content.number), rest=words)


def parts_no_cells(words: WordsByCell) -> bool:
    """Whether the lines of a ruled table part its rows, or its figures, nowhere: they rule the columns of figures alone, or the
    header and a frame. Then the labels of two rows stand in one cell, or left of the table beside one of its rows; or most
    figures stand side by side in one cell."""
    together = figures = 0
    for place in words.values():
        if len(place) == 1:  # nearly all cells: no rows are made of these
            figures += place[0].text[0].isdecimal()
            continue
        labels = 0
        for line in rows_of(place):
            runs = text_row(line).runs
            beside = sum(run.is_figure for run in runs)
            figures += beside
            together += beside if beside >= FEWEST_SIDE_BY_SIDE else 0
            labels += sum(not run.is_figure and vocabulary.leaf_rows().names(run.text) for run in runs)
        if labels > 1:
            return True
    return 2 * together > figures


def _without_number_beside(words: Sequence[Word], edges: Sequence[Ruling]) -> list[Word]:
    """The words without the number of the page that stands beside a table: alone beyond the ends of all lying lines and fills,
    between two of these in height, and with nothing above or below it."""
    if not edges:
        return list(words)
    left, right = min(edge.start for edge in edges) - SNAP, max(edge.end for edge in edges) + SNAP
    top, bottom = min(edge.at for edge in edges), max(edge.at for edge in edges)
    beside = [word for word in words if word.x0 > right or word.x1 < left]
    if len(beside) != 1 or not beside[0].text.isdecimal() or not top < beside[0].y0 < beside[0].y1 < bottom:
        return list(words)
    (number,) = beside
    others = [word for word in words if word is not number]
    return list(words) if any(stand_above_each_other(word, number) for word in others) else others


def _furniture(words: Sequence[Word], height: float) -> set[Word]:
    """What stands at the upper and at the lower edge of the page and apart from the rest. Lines that hold a label of a statutory
    table belong to the rest, wherever they stand: not every printer keeps margins."""
    lines = rows_of(words)
    places = [(min(w.y0 for w in line), max(w.y1 for w in line)) for line in lines]
    kept = [
        (top > FURNITURE and bottom < height - FURNITURE) or _is_labelled(line)
        for line, (top, bottom) in zip(lines, places, strict=True)
    ]
    for first, second in (*pairwise(range(len(lines))), *pairwise(reversed(range(len(lines))))):
        upper, lower = sorted((first, second))
        kept[second] = kept[second] or (kept[first] and _follows(places[upper], places[lower]))
    return {word for line, keep in zip(lines, kept, strict=True) if not keep for word in line}


def _is_labelled(line: Sequence[Word]) -> bool:
    """Whether a line holds a label of a statutory table, or the beginning of a long one."""
    return any(is_label(run.text) or begins_label(run.text) for run in text_row(line).runs)


def _follows(above: tuple[float, float], below: tuple[float, float]) -> bool:
    """Whether a line, from its top to its bottom, stands as close below another as lines of one text."""
    return below[0] - above[1] < min(above[1] - above[0], below[1] - below[0])


def _columns_above(filled: Sequence[Lattice], top: float, bottom: float) -> list[Column]:
    """The columns of the last filled table between two heights of the page, from which an unruled one may go on."""
    between = [lattice for lattice in filled if top < lattice.rectangle.y1 <= bottom + SNAP]
    last = max(between, key=lambda lattice: lattice.rectangle.y1, default=None)
    return [Column(x0, x1) for x0, x1 in pairwise(last.columns)] if last else []
