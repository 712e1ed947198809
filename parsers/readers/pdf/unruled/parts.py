"""The lines of a page between prose, headings and wide gaps: one such part may be a table without standing lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import regex

from parsers.headings import stands_above_table
from parsers.readers.pdf.unruled import vocabulary
from parsers.readers.pdf.unruled.runs import TextRow

PROSE = 0.62
"""A single run that takes up this part of the width of the page's text is a line of prose."""
GAP = 2.6
"""Lines of a table follow each other within so many heights; between a paragraph and a table more is usual, and in a
table only a row of many lines has its figures so far from the next."""
FEWEST_LEAVES, HIGHEST_ROW = 3, 8.0
"""So many labels of columns side by side are the last line of a header; the first row may stand so many heights below, as may a row
below another one where labels say that it is one."""
FEWEST_SIGNS = 4
"""So many signs, its number among them, begin a label where it is only asked whether a line belongs to those above."""
SAME_SIZE, LAST_SIGNS = 0.1, 2.0
"""Lines of one paragraph differ in height by no more than this part; a full one leaves no room for so many signs."""
SHORTEST_HEADING = 8
"""Signs of the heading of a section; a shorter line with such a number is the label of a row."""
_HEADING = regex.compile(r"^(?:[一二三四五六七八九十]+[、.．]|第[一二三四五六七八九十]+部分)")


def parts_of(rows: Sequence[TextRow], tables: Sequence[float] = ()) -> list[list[TextRow]]:
    """The lines between prose, headings and wide gaps. ``tables`` are the middles of other tables. Where all rows of a table are high,
    labels on both sides of a gap tell that they follow each other."""
    left, right = (edge(x for row in rows for run in row.runs for x in (run.x0, run.x1)) for edge in (min, max))
    parts: list[list[TextRow]] = [[]]
    bridges: list[int] = []
    before: TextRow | None = None
    for row in rows:
        is_break = _is_break(row, right - left) or (before is not None and _ends_paragraph(before, row, left, right))
        before = row if is_break else None
        above = parts[-1][-1] if parts[-1] else None
        if is_break:
            parts.append([])
        elif above is not None and (heights := _heights_apart(above, row)) > GAP and not _is_header(above, heights):
            if heights <= HIGHEST_ROW and not any(above.bottom < middle < row.top for middle in tables):
                bridges.append(len(parts))
            parts.append([row])
        else:
            parts[-1].append(row)
    for place in reversed(bridges):
        if any(map(_is_of_table, parts[place - 1])) and any(map(_is_of_table, parts[place])):
            parts[place - 1] += parts.pop(place)
    return parts


def _heights_apart(above: TextRow, row: TextRow) -> float:
    return (row.top - above.bottom) / max(row.height, above.height)


def _is_header(row: TextRow, heights: float) -> bool:
    """Whether a line, so many heights above the next one, is the labels of columns: spreadsheets set these at the top of a high row."""
    names = vocabulary.columns().names
    return heights <= HIGHEST_ROW and len(row.runs) >= FEWEST_LEAVES and all(names(run.text) for run in row.runs)


def _is_of_table(row: TextRow) -> bool:
    """Whether a line holds a label of a statutory table, or the beginning of one."""
    rows, columns = vocabulary.rows(), vocabulary.columns()
    return any(rows.names(run.text) or columns.names(run.text) for run in row.runs) or any(
        len(word.text) >= FEWEST_SIGNS and rows.begins(word.text) for run in row.runs for word in run.words
    )


def _ends_paragraph(before: TextRow, row: TextRow, left: float, right: float) -> bool:
    """Whether a line is the last one of a paragraph or of a heading, whose full line stands above it: it begins at the margin
    and is set like that."""
    if len(row.runs) > 1 or abs(row.height - before.height) > SAME_SIZE * row.height:
        return False
    full = right - before.runs[-1].x1 < row.height * LAST_SIGNS
    close = row.top - before.bottom < row.height
    return full and close and row.runs[0].x0 - left < row.height and not vocabulary.rows().names(row.runs[0].text)


def _is_break(row: TextRow, width: float) -> bool:
    """Whether a line is prose, the heading of a section or the title of a table."""
    if len(row.runs) > 1:
        return False
    run = row.runs[0]
    if run.x1 - run.x0 >= PROSE * width or _is_above_table(run.text):
        return True
    text = unicodedata.normalize("NFKC", run.text).lstrip()  # some libraries give the radicals that look like signs
    return _HEADING.match(text) is not None and len(text) >= SHORTEST_HEADING and not vocabulary.rows().begins(text)


def _is_above_table(text: str) -> bool:
    """Whether a line is the title of a table or leads to it, or tells who filled it in; not one that begins the label of a column and
    ends in its middle (本年收费金额（单位：)."""
    return stands_above_table(text) and not vocabulary.columns().begins(text)
