"""Tables without standing lines: runs of words make rows, rows make sections, a section has columns and becomes a table."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from parsers.readers.pdf.lines import rows_of
from parsers.readers.pdf.page import PageContent, Word
from parsers.readers.pdf.ruled.lattice import Lattice
from parsers.readers.pdf.ruled.rulings import SNAP, Ruling, edges_of
from parsers.readers.pdf.table import PageTable
from parsers.readers.pdf.unruled import vocabulary
from parsers.readers.pdf.unruled.cells import table_of_section
from parsers.readers.pdf.unruled.columns import Column, columns_of, columns_of_header, goes_on, is_label, is_statutory
from parsers.readers.pdf.unruled.rows import middle_of
from parsers.readers.pdf.unruled.runs import split_at_gaps, text_row, with_numbers
from parsers.readers.pdf.unruled.sections import Section, begins_label, header_at_foot, may_hold_tables, sections_of

FURNITURE = 46.0
"""Points: what stands so close to the upper or lower edge of the page (16 mm) is no row of a table, unless it says so."""


def unruled_tables(
    content: PageContent, words: Sequence[Word], before: list[Column], filled: Sequence[Lattice] = ()
) -> Iterator[PageTable]:
    """The tables that those of a page's words make that stand in no ruled one. ``before`` holds the columns of the last
    table of this kind, or of the last ``filled`` one, on this page or the one before, and is kept so."""
    furniture = _furniture(words, content.height)
    inner = [word for word in words if word not in furniture]
    foot = 0.0
    if may_hold_tables(words) and inner and sections_of(inner):
        characters = content.characters()
        words = with_numbers(split_at_gaps(words, characters))
        sections = sections_of(with_numbers(split_at_gaps(inner, characters)))
        fills = [Ruling(y, s.x0, s.x1) for s in content.surfaces for y in (s.y0, s.y1)]
        edges = [*edges_of(content.marks)[0], *fills]
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
    head = header_at_foot([word for word in inner if word.y0 >= foot])
    if header := columns_of_header(head):
        before[:] = header
        section = Section(head, ())
        taken = set(section.words)
        words = [word for word in words if word not in taken]
        yield replace(table_of_section(section, header, [], content.number), rest=words)


def parts_no_rows(lattice: Lattice, words: Sequence[Word]) -> bool:
    """Whether the lines of a ruled table leave out its labels and do not part its rows, as where only the columns of figures are
    ruled: beside one of its rows, to the left, stand the labels of two."""
    frame = lattice.rectangle
    beside = [w for w in words if w.x1 <= frame.x0 + SNAP and frame.y0 < (w.y0 + w.y1) / 2 < frame.y1]
    named = [
        line for line in rows_of(beside) if any(vocabulary.rows().names(run.text) for run in text_row(line).runs)
    ]
    rows = [bisect_right(lattice.rows, middle_of(line)) for line in named]
    return len(set(rows)) < len(rows)


def _furniture(words: Sequence[Word], height: float) -> set[Word]:
    """What stands at the upper and at the lower edge of the page, but for lines that hold a label of a statutory table: not every
    printer keeps margins."""
    outer = [word for word in words if word.y0 <= FURNITURE or word.y1 >= height - FURNITURE]
    lines = [(line, [run.text for run in text_row(line).runs]) for line in rows_of(outer)]
    return {word for line, texts in lines if not any(is_label(t) or begins_label(t) for t in texts) for word in line}


def _columns_above(filled: Sequence[Lattice], top: float, bottom: float) -> list[Column]:
    """The columns of the last filled table between two heights of the page, from which an unruled one may go on."""
    between = [lattice for lattice in filled if top < lattice.rectangle.y1 <= bottom + SNAP]
    last = max(between, key=lambda lattice: lattice.rectangle.y1, default=None)
    return [Column(x0, x1) for x0, x1 in pairwise(last.columns)] if last else []
