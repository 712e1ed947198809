"""Pages that a program wrote as plain text, every word about where it stands on paper: their tables are read like those of a
page without lines.

Such a text sets one line of the page in one line of its own, so a label that its narrow column broke stands in several of
them, its figures beside one. How wide a Chinese sign counts differs: as two blanks, as in a terminal, or as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import regex

from parsers.document import GridKind
from parsers.figures import Content, content_of
from parsers.readers.blocks import Block, Cell, Table
from parsers.readers.pdf.page import Word
from parsers.readers.pdf.ruled.rulings import Ruling
from parsers.readers.pdf.unruled.cells import table_of_section
from parsers.readers.pdf.unruled.columns import (
    FEWEST_LEAVES,
    Column,
    columns_of,
    is_statutory,
    overlapped,
    with_parted_labels,
)
from parsers.readers.pdf.unruled.runs import Run, TextRow, with_numbers
from parsers.readers.pdf.unruled.sections import Section, may_hold_tables, sections_of
from parsers.readers.pdf.unruled.stacks import leaves_of
from parsers.readers.pdf.unruled.vocabulary import columns as labels_of_columns
from parsers.readers.pdf.unruled.vocabulary import leaf_rows, rows
from parsers.readers.text.lines import blocks_of_lines
from parsers.text import is_wide

_AMOUNT = regex.compile(r"[-+]?[\d,.]+ \p{Han}+")
_SHORTEST, _ENOUGH = 3, 6
"""Signs with which a label begins for certain, alone and together with others."""
_WHOLE = 0.9
_PIECE = regex.compile(r"\S+")
_NUMBER_OF_PAGE = regex.compile(r"\s*[-—–]?\s*\d{1,3}\s*[-—–]?\s*")
_OTHER_COLUMN = 20.0
"""Where figures stand further apart than this, they are of other columns."""
_QUOTES = "“”‘’—…"
_MOVED = 35.0
"""So much nearer than the label of the next column is the one over figures that are certainly its own; five signs off were seen."""
_SIGN, _HEIGHT, _STEP = 5.0, 10.0, 11.0
"""A page of usual type: the width of a half-width sign, the height of the text, the distance of its lines."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a table: its columns, which of them have figures, whether it is told by labels which these are, and whether each of
    its lines has a figure in all of these."""

    columns: tuple[Column, ...] = ()
    filled: tuple[int, ...] = ()
    is_labelled: bool = False
    is_even: bool = False


@dataclass(frozen=True, slots=True)
class _Widths:
    """How wide the signs of a text are: Chinese ones, and quotation marks, which are as wide as these in Chinese type only."""

    wide: float
    quotes: float


def read_printout(text: str) -> list[Block]:
    """The blocks of a text as a printout. Empty when none of the statutory tables stands in it in columns."""
    pages = [page.split("\n") for page in text.replace("\r\n", "\n").split("\f")]
    sign = _width_of_wide_signs(pages)
    sections = [_sections(lines, sign) for lines in pages]
    found = [section for page in sections for section in page]
    if not _breaks_labels(found) and not _leaves_blanks(found):
        return []
    blocks: list[Block] = []
    pending: list[str] = []
    part = _Part()
    for lines, on_page in zip(pages, sections, strict=True):
        at = 0
        for section in on_page:
            part = _part_of(section, part)
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


def _sections(lines: Sequence[str], sign: _Widths) -> list[Section]:
    """The statutory tables of a page, their figures set straight."""
    words = [word for number, line in enumerate(lines) for word in _words(line, number, sign)]
    if not words or not may_hold_tables(words):
        return []
    return [_straight(section) for section in sections_of(with_numbers(words)) if _has_labels(section)]


def _has_labels(section: Section) -> bool:
    """Whether a section has labels that statutory tables have, or the first lines of some."""
    first = (row.runs[row.first_figure - 1].text for row in section.body if row.first_figure > 0)
    begun = sum(len(text) for text in first if len(text) >= _SHORTEST and rows().begins(text))
    return is_statutory(section) or begun >= _ENOUGH


def _words(line: str, number: int, sign: _Widths) -> Iterator[Word]:
    top = number * _STEP
    for start, end in _pieces(line):
        left = _width(line[:start], sign)
        yield Word(left, top, left + _width(line[start:end], sign), top + _HEIGHT, line[start:end])


def _pieces(line: str) -> list[tuple[int, int]]:
    """Where the texts of a line stand that have no blank in them but that between a figure and its unit."""
    pieces: list[tuple[int, int]] = []
    for found in _PIECE.finditer(line):
        start = pieces[-1][0] if pieces and found.start() == pieces[-1][1] + 1 else found.start()
        text = line[start : found.end()]
        if start < found.start() and _AMOUNT.fullmatch(text) and content_of(text) is Content.FIGURE:
            pieces[-1] = (start, found.end())
        else:
            pieces.append(found.span())
    return pieces


def _width(text: str, sign: _Widths) -> float:
    width = _SIGN * len(text)
    if sign.wide > _SIGN:
        width += (sign.wide - _SIGN) * sum(map(is_wide, text))
    if sign.quotes > _SIGN:
        width += (sign.quotes - _SIGN) * sum(map(text.count, _QUOTES))
    return width


def _width_of_wide_signs(pages: Sequence[Sequence[str]]) -> _Widths:
    """As wide as one half-width sign or as two: that with which the figures of like lines stand one below the other."""
    choices = _Widths(2 * _SIGN, _SIGN), _Widths(2 * _SIGN, 2 * _SIGN), _Widths(_SIGN, _SIGN)
    return min(choices, key=lambda sign: _spread(pages, sign))


def _spread(pages: Sequence[Sequence[str]], sign: _Widths) -> float:
    """How far apart the figures of the same column stand, over all lines with the same number of figures, and the last ones of
    all lines: where cells are blank, few lines are alike."""
    places: dict[int, list[list[float]]] = {}
    last: list[float] = []
    for lines in pages:
        for number, line in enumerate(lines):
            words = list(_words(line, number, sign))
            figures = [word.x1 for word in words if _is_figure(word.text)]
            if figures and len(words) > 1:
                last.append(figures[-1])
            if len(figures) > 1:
                places.setdefault(len(figures), []).append(figures)
    spread = sum(min(abs(below - above), _OTHER_COLUMN) for above, below in pairwise(last))
    for like in places.values():
        for column in zip(*like, strict=True):
            middle = median(column)
            spread += sum(min(abs(x - middle), _OTHER_COLUMN) for x in column)
    return spread


def _is_figure(text: str) -> bool:
    """Whether a text is a figure, or a sign for none."""
    return (text[0].isdigit() and text[-1].isdigit()) or content_of(text) is Content.DASH


def _straight(section: Section) -> Section:
    """The section, the figures of its full lines one below the other, and the labels above them: on a printout they stand
    some signs to the left or to the right of each other. Lines with a blank stay as they are."""
    section = _with_end_over_figures(with_parted_labels(section))
    anchors = [row for row in section.body if row.is_anchor]
    if not anchors:
        return section
    counts = Counter(len(row.runs) - row.first_figure for row in anchors)
    usual, often = counts.most_common(1)[0]
    full = [row for row in anchors if len(row.runs) - row.first_figure == usual]
    if usual < max(2, *counts) or 2 * often < len(anchors):
        return section
    columns = list(zip(*(row.runs[row.first_figure :] for row in full), strict=True))
    ends = [median([run.x1 for run in column]) for column in columns]
    body = tuple(_with_figures_at(row, ends) if row in full else row for row in section.body)
    middles = [median([run.x0 + run.x1 for run in column]) / 2 for column in columns]
    leaves = leaves_of(section.head)
    head = section.head
    if len(leaves) == usual:
        head = tuple(_with_labels_over(row, leaves, middles) for row in head)
    return replace(section, head=head, body=body)


def _with_end_over_figures(section: Section) -> Section:
    """The section, the label at the end of a line of its header (总计) over the last figures, where other labels stand below it and
    none above these figures: a line with little on it is set closer than those below it."""
    figures = [row.runs[-1] for row in section.body if row.is_anchor]
    last = max(figures, key=lambda run: run.x1, default=None)
    for number, row in enumerate(section.head):
        label = row.runs[-1]
        others = [run for each in section.head for run in each.runs if run is not label]
        below = [run for each in section.head[number + 1 :] for run in each.runs]
        if (
            last is None
            or any(run.x1 > last.x0 for run in (*others, label))
            or not labels_of_columns().names(label.text)
        ):
            continue
        if any(run.x0 < label.x1 and label.x0 < run.x1 for run in below):
            moved = _moved(label, (last.x0 + last.x1 - label.x0 - label.x1) / 2)
            head = (*section.head[:number], replace(row, runs=(*row.runs[:-1], moved)), *section.head[number + 1 :])
            return replace(section, head=head)
    return section


def _with_figures_at(row: TextRow, ends: Sequence[float]) -> TextRow:
    figures = row.runs[row.first_figure :]
    moved = [_moved(run, end - run.x1) for run, end in zip(figures, ends, strict=True)]
    return replace(row, runs=(*row.runs[: row.first_figure], *moved))


def _with_labels_over(row: TextRow, leaves: Sequence[tuple[float, float]], middles: Sequence[float]) -> TextRow:
    """A line of a header, those of its texts that are a label of one column, or a piece of it, over that column."""
    runs = []
    for run in row.runs:
        over = [n for n, (left, right) in enumerate(leaves) if left <= run.x0 and run.x1 <= right]
        runs.append(_moved(run, middles[over[0]] - sum(leaves[over[0]]) / 2) if over else run)
    return replace(row, runs=tuple(runs))


def _moved(run: Run, away: float) -> Run:
    words = tuple(word._replace(x0=word.x0 + away, x1=word.x1 + away) for word in run.words)
    return replace(run, x0=run.x0 + away, x1=run.x1 + away, words=words)


def _lines_of(section: Section) -> tuple[int, int]:
    place = section.rectangle
    return round(place.y0 / _STEP), round((place.y1 - _HEIGHT) / _STEP)


def _table(section: Section, part: _Part) -> Table:
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
    return [Ruling((row.top + row.bottom + _STEP) / 2, place.x0, place.x1) for row in section.body]


def _part_of(section: Section, above: _Part) -> _Part:
    """The columns of a section, which goes on under those of the part ``above`` where it has no header. A page may be set wider than
    the one before, so where it has as many columns as have figures above, these are the same, wherever they stand."""
    own = [] if leaves_of(section.head) else columns_of(section, ())
    goes_on = 0 < len(own) == len(above.filled) < len(above.columns)
    columns = _with_blank_columns(own, above) if goes_on else columns_of(section, above.columns) or above.columns
    figures = [row.runs[row.first_figure :] for row in section.body if row.is_anchor]
    filled = sorted({_column_at(columns, run) for runs in figures for run in runs}) if columns else []
    evenly = all(len(runs) == len(filled) for runs in figures)
    labelled = _stands_below_labels(section, columns) or (goes_on and evenly and above.is_even)
    return _Part(tuple(columns), tuple(filled), labelled, labelled and evenly)


def _with_blank_columns(own: Sequence[Column], above: _Part) -> list[Column]:
    """The columns with figures, and in the gaps between them those that have figures neither here nor above."""
    columns: list[Column] = []
    left, blank = own[0].x0 - _OTHER_COLUMN, 0
    places = dict(zip(above.filled, own, strict=True))
    for number in range(len(above.columns)):
        if number not in places:
            blank += 1
            continue
        columns += _spread_over(left, places[number].x0, blank)
        columns.append(places[number])
        left, blank = places[number].x1, 0
    return [*columns, *_spread_over(left, left + _OTHER_COLUMN, blank)]


def _spread_over(left: float, right: float, count: int) -> list[Column]:
    step = (right - left) / (count + 1)
    return [Column(left + n * step, left + n * step) for n in range(1, count + 1)]


def _column_at(columns: Sequence[Column], run: Run) -> int:
    over = overlapped(columns, run.x0, run.x1)
    away = [abs(column.x0 + column.x1 - run.x0 - run.x1) for column in columns]
    return over[0] if len(over) == 1 else away.index(min(away))


def _stands_below_labels(section: Section, columns: Sequence[Column]) -> bool:
    """Whether each of the columns has a label of the form in the header, and all figures that stand one below the other stand
    below one of these labels, and below no other."""
    labels = [Column(*place) for place in leaves_of(section.head)]
    if len(labels) != len(columns) or len(labels) < FEWEST_LEAVES:
        return False
    figures = sorted(
        (run.x0, run.x1) for row in section.body if row.is_anchor for run in row.runs[row.first_figure :]
    )
    stacks: list[Column] = []
    for x0, x1 in figures:
        if stacks and x0 < stacks[-1].x1:
            stacks[-1] = Column(stacks[-1].x0, max(stacks[-1].x1, x1))
        else:
            stacks.append(Column(x0, x1))
    above = [overlapped(labels, stack.x0, stack.x1) for stack in stacks]
    if any(len(places) != 1 for places in above) or len({places[0] for places in above}) < len(above):
        return False
    own = {places[0]: stack for places, stack in zip(above, stacks, strict=True)}
    return not any(
        _may_be_of(own[number], labels[number], labels[beside])
        for number in own
        for beside in (number - 1, number + 1)
        if number < len(labels) - 1 and 0 <= beside < len(labels) and beside not in own
    )


def _may_be_of(stack: Column, label: Column, other: Column) -> bool:
    """Whether figures may stand in the column beside the one whose label is above them, which has none: a program that sets a page in
    signs moves them some signs to the right or left. (Those of the last column are the sums of the others.)"""
    by_edge = abs(stack.x0 - other.x0) - abs(stack.x0 - label.x0)
    middle, own, beside = ((each.x0 + each.x1) / 2 for each in (stack, label, other))
    return max(by_edge, abs(middle - beside) - abs(middle - own)) < _MOVED


def _without_its_number(lines: Sequence[str]) -> list[str]:
    """The last lines of a page without the number of the page."""
    last = next((n for n in range(len(lines) - 1, -1, -1) if lines[n].strip()), None)
    return [line for n, line in enumerate(lines) if n != last or not _NUMBER_OF_PAGE.fullmatch(line)]
