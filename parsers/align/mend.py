"""Rows that a page break cut in two, made whole: the last row of one grid and the first of the next.

The halves share what was printed: the label may go on below, or stand on one page and the figures on the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from parsers.align.labels import LabelSet, bare, likenesses, remark_goes_on
from parsers.align.matches import CERTAIN
from parsers.align.printed import LOOSE, PrintedCell, PrintedRow
from parsers.document import GridKind, Span
from parsers.figures import Content, is_note_of_units
from parsers.headings import stands_above_table
from parsers.text import fold, is_numbered

LOST_COLUMNS = 2
"""Columns of group labels that the part of a table on the next page may lack; the table of requests has two."""


def mended(rows: Sequence[PrintedRow], labels: LabelSet, headers: Sequence[LabelSet]) -> list[PrintedRow]:
    """The rows, each pair of halves as one row where the upper half stood.

    ``labels`` are the rows of the form; ``headers`` what a header repeated at the top of the page consists of.
    """
    whole: list[PrintedRow] = []
    for _, grid in groupby(rows, key=lambda row: row.grid):
        below = list(grid)
        place = next((n for n, row in enumerate(below) if not _is_header(row, headers)), None)
        if whole and place is not None:
            joined = None
            if _goes_on(whole[-1], below[place]):
                joined = _joined(whole[-1], below[place], labels)
            elif _are_figures_and_label(whole[-1], below[place], labels):
                joined = _labelled(whole[-1], below[place])
            if joined is not None:
                whole[-1] = joined
                del below[place]
        whole += below
    return whole


def separated(rows: Sequence[PrintedRow], labels: LabelSet) -> list[PrintedRow]:
    """The rows, with those taken apart that ran together because no figure stands between their labels."""
    separated: list[PrintedRow] = []
    for row in rows:
        start = end = 0
        if row.grid == LOOSE:
            for place, cell in enumerate(row.cells[: row.label_end - 1], 1):
                if 1.0 in likenesses(labels, (cell.text,)):
                    end = place + remark_goes_on([each.text for each in row.cells[place - 1 : row.label_end]])
                if place == end < row.label_end:
                    separated.append(PrintedRow.of(row.grid, row.kind, row.cells[start:place]))
                    start = place
        separated.append(PrintedRow.of(row.grid, row.kind, row.cells[start:]) if start else row)
    return separated


def without_group_pieces(rows: Sequence[PrintedRow], labels: LabelSet, groups: LabelSet) -> list[PrintedRow]:
    """The rows, those of lines without what stands before their own label on its line: pieces of the labels of its groups, which a
    printout sets upright beside several rows (三、本 （一）予以公开). The label begins with its number."""
    return [_without_group_pieces(row, labels, groups) for row in rows]


def _without_group_pieces(row: PrintedRow, labels: LabelSet, groups: LabelSet) -> PrintedRow:
    last = row.cells[row.label_end - 1] if row.label_end else None
    if row.grid != LOOSE or not row.has_figures or last is None or " " not in last.text:
        return row
    *front, _ = words = last.text.split(" ")
    begin = next((n for n in range(len(words) - 1, 0, -1) if is_numbered(fold(words[n]))), 0)
    label = " ".join(words[begin:])
    if not begin or not all(_is_piece(word, groups) for word in front[:begin]):
        return row
    if max(likenesses(labels, (label,))) < CERTAIN:
        return row
    cells = list(row.cells)
    start = last.span.end - len(label)
    cells[row.label_end - 1] = replace(last, text=label, span=Span(start, last.span.end))
    return PrintedRow.of(row.grid, row.kind, cells)


def _is_piece(word: str, groups: LabelSet) -> bool:
    """Whether a word is a piece of the label of a group."""
    piece = bare(word)
    return any(piece in label for spellings in groups.spellings for label in spellings)


def _goes_on(above: PrintedRow, below: PrintedRow) -> bool:
    """Whether the two rows stand in grids right after each other and have the same columns, or nearly: a page that
    begins inside a group of rows has one or two columns of labels less."""
    if above.grid == LOOSE or below.grid != above.grid + 1 or GridKind.DELIMITED in (above.kind, below.kind):
        return False
    return min(len(above.cells), len(below.cells)) > 1 and abs(len(above.cells) - len(below.cells)) <= LOST_COLUMNS


def _are_figures_and_label(above: PrintedRow, below: PrintedRow, labels: LabelSet) -> bool:
    """Whether a row of nothing but figures ends a page, and the next begins with the label of a row of the form alone, in a
    table whose cells are told by their places: nothing stands in the columns of its figures."""
    return (
        above.kind is below.kind is GridKind.ALIGNED
        and below.grid == above.grid + 1
        and above.has_figures
        and not above.words
        and not below.has_figures
        and len(below.cells) == 1
        and 1.0 in likenesses(labels, below.labels)
    )


def _labelled(figures: PrintedRow, label: PrintedRow) -> PrintedRow:
    """A row of figures with the label that stands on the next page."""
    first = figures.cells[0].first
    cells = [replace(cell, first=0, last=first) for cell in label.cells]
    return PrintedRow.of(figures.grid, figures.kind, (*cells, *figures.cells))


def _is_header(row: PrintedRow, headers: Sequence[LabelSet]) -> bool:
    """Whether a row is nothing but header; what stands in its corner, in front of other words, may be anything (项目). The title of the
    table, or its units, may stand in a row of their own."""
    words = [cell.text for cell in row.cells if cell.content is Content.WORDS]
    if len(words) == 1 and not row.has_figures and (is_note_of_units(words[0]) or stands_above_table(words[0])):
        return True
    known = [any(1.0 in likenesses(labels, (text,)) for labels in headers) for text in words]
    return not row.has_figures and bool(words) and (all(known) or (len(known) > 1 and all(known[1:])))


def _joined(above: PrintedRow, below: PrintedRow, labels: LabelSet) -> PrintedRow | None:
    """The row that the two are the halves of, cell by cell from the right, or None when they are rows of their own.

    Halves never print in the same place, but for one label that goes on; only one of them has figures, and the other
    prints nothing among these; and what they name together is a row of the form, and more like it than either alone.
    Figures below a row with figures, without any label or with one that makes the other a row of the form, are the ends
    of figures that were broken over lines: both stand in the cell then, which makes it unreadable. Where a row is cut
    through its middle, short figures stay above the break without a label, and the label goes below with the figures that
    take several lines: no two stand in one column.
    """
    both = above.has_figures and below.has_figures
    continued = both and not below.labels
    cut_through = both and not above.own_words and not _share_a_column(above, below)
    figures = above if above.has_figures else below
    shared = min(len(above.cells), len(below.cells))
    longer = above if len(above.cells) > shared else below
    pairs = list(zip(above.cells[-shared:], below.cells[-shared:], strict=True))
    cells = [_as_one(upper, lower, both=both) for upper, lower in pairs]
    broken = sum(_goes_on_below(upper, lower) for upper, lower in pairs)
    if None in cells or (both and broken > LOST_COLUMNS):
        return None
    whole = (*longer.cells[: len(longer.cells) - shared], *(cell for cell in cells if cell is not None))
    row = PrintedRow.of(above.grid, above.kind, whole)
    if not row.labels or _words_among_figures(row, figures):
        return None
    if (above.kind.is_printout or below.kind.is_printout) and not figures.labels:
        return None  # labels and figures that a printout has on different lines are of different rows, as like as not
    beginning, end = max(likenesses(labels, above.labels)), max(likenesses(labels, below.labels))
    if beginning == end == 1.0:
        return None  # each has the whole label of a row
    halves = max(beginning, end)
    named = max(likenesses(labels, row.labels))
    if broken == 1 and not both and named == 1.0 > end:
        return row  # the beginning of its label may be the whole one of another row (其他)
    if broken > 1 and not both and not named == 1.0 > halves:
        return None  # the labels of groups may be cut too, where a header stands in the middle of the page
    complementary = continued or (not broken and (cut_through or above.has_figures != below.has_figures))
    return row if (named == 1.0 > halves) or (complementary and named >= halves > 0) else None


def _as_one(upper: PrintedCell, lower: PrintedCell, *, both: bool) -> PrintedCell | None:
    """The cell that two halves of one are; None where both print what is no half. ``both`` rows have figures."""
    if _goes_on_below(upper, lower):
        return replace(upper, text=upper.text + lower.text)
    if not lower.text or (lower.text == upper.text and not (both and upper.content is Content.FIGURE)):
        return upper
    if not upper.text:
        return lower
    return replace(upper, text=f"{upper.text} {lower.text}", content=Content.FIGURE) if both else None


def _goes_on_below(upper: PrintedCell, lower: PrintedCell) -> bool:
    """Whether two cells are the lines of one label."""
    return upper.content is lower.content is Content.WORDS and lower.text != upper.text


def _share_a_column(above: PrintedRow, below: PrintedRow) -> bool:
    """Whether something is printed in the same place behind the labels of both rows, counted from the right."""
    pairs = zip(reversed(above.values), reversed(below.values), strict=False)
    return any(upper.text and lower.text for upper, lower in pairs)


def _words_among_figures(row: PrintedRow, half: PrintedRow) -> bool:
    """Whether words stand behind the label of a joined row that are not those of the ``half`` with the figures: the header
    of another table."""
    own = {cell.text for cell in half.cells}
    return any(cell.content is Content.WORDS and cell.text not in own for cell in row.values)
