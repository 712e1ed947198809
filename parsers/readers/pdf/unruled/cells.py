"""A section with its columns and rows to the cells of a table."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from parsers.document import Box, GridKind
from parsers.readers.canonical import RawCell, join_wrapped
from parsers.readers.pdf.lines import lines_of, rows_of
from parsers.readers.pdf.page import Rectangle, Word, text_of
from parsers.readers.pdf.ruled.rulings import Ruling
from parsers.readers.pdf.table import PageTable
from parsers.readers.pdf.unruled import vocabulary
from parsers.readers.pdf.unruled.assignment import middle_of
from parsers.readers.pdf.unruled.columns import TOUCHING, Column, apart, overlapped, with_parted_labels
from parsers.readers.pdf.unruled.gutters import gutters_of
from parsers.readers.pdf.unruled.rows import bands_of, rows_by_bands, rows_by_labels
from parsers.readers.pdf.unruled.runs import Run
from parsers.readers.pdf.unruled.sections import Section

CLOSE = 1.5
"""Points: the lines of one label of the header are evenly apart; between two labels is the padding of two cells."""

_Wide = tuple[int, int, Run]
"""A text of the header over several columns: the first of these, how many they are, and the text."""


def table_of_section(section: Section, columns: Sequence[Column], edges: Sequence[Ruling], page: int) -> PageTable:
    """The table that a section makes with these columns. ``edges`` are the lying edges of lines and fills."""
    section = with_parted_labels(section)
    first = columns[0].x0
    lines = [[w for run in row.runs if run.x1 <= first + TOUCHING for w in run.words] for row in section.body]
    label_words = [word for line in lines for word in line]
    figures = [run for row in section.body for run in row.runs if run.x1 > first + TOUCHING]
    gutters = gutters_of(lines)
    figure_words = [word for run in figures for word in run.words]
    bands = bands_of(edges, columns, section.rectangle)
    labelled = [line for line in lines if line and vocabulary.leaf_rows().names(text_of(line))]
    for each in (rows_of(figure_words), labelled):
        in_bands = [bisect_right(bands, middle_of(line)) for line in each]
        if len(set(in_bands)) < len(in_bands):
            bands = []  # these lines part something else
    if bands:
        rows = rows_by_bands([*label_words, *figure_words], bands)
    else:
        rows = rows_by_labels(label_words, figure_words, gutters)
    cells = _header_cells(section, columns, len(gutters) + 1, page)
    base = 1 + max((cell.row for cell in cells), default=-1)
    crossed: list[Box] = []
    for number, words in enumerate(rows, base):
        crossed += _add_row(cells, number, words, columns, gutters, page)
    return PageTable(section.rectangle, tuple(cells), [], tuple(crossed), GridKind.ALIGNED)


def _header_cells(section: Section, columns: Sequence[Column], offset: int, page: int) -> list[RawCell]:
    """The header as rows of cells: a text over several columns spans them; the lines over a single column are one cell
    as far as they stand close together, the lowest of each column in the last row."""
    wide: list[_Wide] = []
    stacks: dict[int, list[Run]] = {}
    for row in section.head:
        if len(row.runs) == 1 and vocabulary.titles().names(row.runs[0].text):
            wide.append((offset, len(columns), row.runs[0]))
            continue
        for run in [part for whole in row.runs for part in apart(whole, columns)]:
            over = overlapped(columns, run.x0, run.x1)
            if len(over) > 1:
                wide.append((offset + over[0], len(over), run))
            elif over:
                stacks.setdefault(offset + over[0], []).append(run)
            else:
                nearest = bisect_right([column.x0 for column in columns], run.x0) - 1
                stacks.setdefault(0 if nearest < 0 else offset + nearest, []).append(run)
    lines = sorted({run.y0 for _, _, run in wide})
    cells = _wide_cells(wide, lines, page)
    groups = {column: _stacked(runs) for column, runs in stacks.items()}
    depth = max(map(len, groups.values()), default=0)
    for column, stack in groups.items():
        for height, runs in enumerate(reversed(stack), 1):
            words = [word for run in runs for word in run.words]
            text = join_wrapped(line.text for line in lines_of(words))
            cells.append(RawCell(len(lines) + depth - height, column, text, 1, 1, box_of(words, page)))
    return cells


def _wide_cells(wide: Sequence[_Wide], lines: Sequence[float], page: int) -> list[RawCell]:
    """The cells of texts over several columns, a row for each of the ``lines`` on which they stand."""
    cells: list[RawCell] = []
    for line, y in enumerate(lines):
        taken = -1
        for column, span, run in (each for each in wide if each[2].y0 == y):
            if column > taken:
                cells.append(RawCell(line, column, run.text, 1, span, box_of(run.words, page)))
                taken = column + span - 1
            else:  # two texts that overlap say nothing about columns
                cells[-1] = replace(cells[-1], text=f"{cells[-1].text} {run.text}")
    return cells


def _stacked(runs: Sequence[Run]) -> list[list[Run]]:
    """Texts one above the other, those together that stand as close as any two of them, or nearly. The label of a group that happens
    to stand over one of its columns is no line of that column's label."""
    ordered = sorted(runs, key=lambda run: run.y0)
    gaps = [b.y0 - a.y1 for a, b in pairwise(ordered)]
    stacks = [[ordered[0]]]
    for gap, run in zip(gaps, ordered[1:], strict=True):
        above = "".join(line.text for line in stacks[-1])
        if gap <= min(gaps) + CLOSE and not vocabulary.groups().names(above):
            stacks[-1].append(run)
        else:
            stacks.append([run])
    return stacks


def _add_row(
    cells: list[RawCell],
    number: int,
    words: Sequence[Word],
    columns: Sequence[Column],
    gutters: Sequence[float],
    page: int,
) -> list[Box]:
    """Adds a row of labels and figures; the places of texts that stand across two columns."""
    offset = len(gutters) + 1
    places: dict[int, list[Word]] = {}
    crossed: list[Box] = []
    wide = _over_gutter(words, gutters)
    for word in words:
        if word.x1 <= columns[0].x0 + TOUCHING:
            is_last = word.x1 > (gutters[-1] if gutters else 0) or word in wide
            place = offset - 1 if is_last else bisect_right(gutters, word.x0)
        else:
            over = overlapped(columns, word.x0, word.x1)
            if len(over) > 1:
                crossed.append(box_of([word], page))
            middle = (word.x0 + word.x1) / 2
            nearest = min(range(len(columns)), key=lambda i: abs((columns[i].x0 + columns[i].x1) / 2 - middle))
            place = offset + (over[0] if len(over) == 1 else nearest)
        places.setdefault(place, []).append(word)
    for place in range(offset + len(columns)):
        if place in places:
            text = join_wrapped(line.text for line in lines_of(places[place]))
            cells.append(RawCell(number, place, text, 1, 1, box_of(places[place], page)))
        elif place >= offset:
            cells.append(RawCell(number, place, "", 1, 1, None))
    return crossed


def _over_gutter(words: Sequence[Word], gutters: Sequence[float]) -> list[Word]:
    """The words of a row's label that begins left of the last gutter and has a line that runs over it, a shorter one that ends before it
    among them: all begin one below the other, and are a label that statutory tables have together."""
    crossing = [word for word in words if gutters and word.x0 < gutters[-1] < word.x1]
    if not crossing:
        return []
    label = [word for word in words if word.x0 < gutters[-1] and abs(word.x0 - crossing[0].x0) < TOUCHING]
    text = "".join(line.text for line in lines_of(label))
    return label if len(label) > len(crossing) and vocabulary.rows().names(text) else []


def box_of(words: Sequence[Word], page: int) -> Box:
    """The place of words on the page with this number."""
    return Rectangle.around(words).box(page)
