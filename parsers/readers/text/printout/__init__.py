"""Pages that a program wrote as plain text, every word about where it stands on paper: their tables are read like those of a
page without lines.

Such a text sets one line of the page in one line of its own, so a label that its narrow column broke stands in several of
them, its figures beside one. How wide a Chinese sign counts differs: as two blanks, as in a terminal, or as one.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from parsers.document import GridKind
from parsers.readers.blocks import Block, Cell, Table
from parsers.readers.pdf.ruled.rulings import Ruling
from parsers.readers.pdf.unruled.cells import table_of_section
from parsers.readers.pdf.unruled.columns import is_statutory
from parsers.readers.pdf.unruled.sections import Section, may_hold_tables, sections_of
from parsers.readers.pdf.unruled.stacks import leaves_of
from parsers.readers.pdf.unruled.vocabulary import columns as labels_of_columns
from parsers.readers.pdf.unruled.vocabulary import leaf_rows, rows
from parsers.readers.pdf.unruled.words import with_numbers
from parsers.readers.text.lines import blocks_of_lines
from parsers.readers.text.printout.columns import Part, part_below
from parsers.readers.text.printout.straight import straightened
from parsers.readers.text.printout.words import HEIGHT, STEP, Widths, widths_of, words_of_line

_SHORTEST, _ENOUGH = 3, 6
"""Signs with which a label begins for certain, alone and together with others."""
_WHOLE = 0.9
_NUMBER_OF_PAGE = regex.compile(r"\s*[-—–]?\s*\d{1,3}\s*[-—–]?\s*")


def read_printout(text: str) -> list[Block]:
    """The blocks of a text as a printout. Empty when none of the statutory tables stands in it in columns."""
    pages = [page.split("\n") for page in text.replace("\r\n", "\n").split("\f")]
    sign = widths_of(pages)
    sections = [_sections(lines, sign) for lines in pages]
    found = [section for page in sections for section in page]
    if not _breaks_labels(found) and not _leaves_blanks(found):
        return []
    blocks: list[Block] = []
    pending: list[str] = []
    part = Part()
    for lines, on_page in zip(pages, sections, strict=True):
        at = 0
        for section in on_page:
            part = part_below(section, part)
            if not part.columns:
                continue
            first, last = _lines_of(section)
            blocks += blocks_of_lines("\n".join([*pending, *lines[at:first]]))
            blocks.append(_table(section, part))
            pending, at = [], last + 1
        pending += _without_its_number(lines[at:])
    return [*blocks, *blocks_of_lines("\n".join(pending))]


def _breaks_labels(sections: Sequence[Section]) -> bool:
    """Whether the labels of these tables go on over lines: those beside the figures are not whole. Where they are, a line is
    a row, whatever its columns."""
    anchors = [row for section in sections for row in section.body if row.first_figure > 0]
    whole = sum(rows().names(row.runs[row.first_figure - 1].text) for row in anchors)
    return whole < _WHOLE * len(anchors)


def _leaves_blanks(sections: Sequence[Section]) -> bool:
    """Whether some lines of these tables have fewer figures than others, none beside the whole label of a row, or fewer than labels
    stand above them: a blank cell takes no sign, so only where they stand tells which columns they are of."""
    for section in sections:
        alone = (row.runs[-1].text for row in section.body if not row.is_anchor)
        if any(leaf_rows().names(text) and not labels_of_columns().names(text) for text in alone):
            return True
        counts = {len(row.runs) - row.first_figure for row in section.body if row.first_figure > 0}
        if len(counts) > 1 or any(count < len(leaves_of(section.head)) - 1 for count in counts):
            return True
    return False


def _sections(lines: Sequence[str], sign: Widths) -> list[Section]:
    """The statutory tables of a page, their figures set straight."""
    words = [word for number, line in enumerate(lines) for word in words_of_line(line, number, sign)]
    if not words or not may_hold_tables(words):
        return []
    return [straightened(section) for section in sections_of(with_numbers(words)) if _has_labels(section)]


def _has_labels(section: Section) -> bool:
    """Whether a section has labels that statutory tables have, or the first lines of some."""
    first = (row.runs[row.first_figure - 1].text for row in section.body if row.first_figure > 0)
    begun = sum(len(text) for text in first if len(text) >= _SHORTEST and rows().begins(text))
    return is_statutory(section) or begun >= _ENOUGH


def _lines_of(section: Section) -> tuple[int, int]:
    place = section.rectangle
    return round(place.y0 / STEP), round((place.y1 - HEIGHT) / STEP)


def _table(section: Section, part: Part) -> Table:
    edges = _between_lines(section)
    cells = [
        Cell(cell.row, cell.column, cell.row_span, cell.column_span, cell.text)
        for cell in table_of_section(section, part.columns, edges, 0).cells
    ]
    counts = {len(row.runs) - row.first_figure for row in section.body if row.is_anchor}
    if edges and counts == {len(part.columns)}:
        kind = GridKind.ALIGNED  # each line is a row, and has all its figures or none
    else:
        kind = GridKind.LABELLED if part.is_labelled else GridKind.PRINTED
    return Table(kind, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _between_lines(section: Section) -> list[Ruling]:
    """What parts the rows of a section where each of its lines holds the whole label of one: the lines themselves."""
    ends = [row.first_figure if row.is_anchor else len(row.runs) for row in section.body]
    labels = [row.runs[end - 1].text if end else "" for row, end in zip(section.body, ends, strict=True)]
    if not all(map(rows().names, labels)):
        return []
    place = section.rectangle
    return [Ruling((row.top + row.bottom + STEP) / 2, place.x0, place.x1) for row in section.body]


def _without_its_number(lines: Sequence[str]) -> list[str]:
    """The last lines of a page without the number of the page."""
    last = next((n for n in range(len(lines) - 1, -1, -1) if lines[n].strip()), None)
    return [line for n, line in enumerate(lines) if n != last or not _NUMBER_OF_PAGE.fullmatch(line)]
