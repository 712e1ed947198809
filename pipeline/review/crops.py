"""Where a document has no pages: the rows of the table around a figure, as they were read, the figure marked."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from parsers.document import Span

ROWS_AROUND = 3
"""Rows shown above and below the figure's own."""
HEADER = 2
"""Rows at the head of the table that are shown too: the forms print their columns in two."""

STYLE = """body { font: 15px/1.5 sans-serif; margin: 1.5em; color: #222 }
table { border-collapse: collapse } td { border: 1px solid #999; padding: 2px 8px }
td.here { outline: 3px solid #d22; outline-offset: -1px; font-weight: bold } td.gap { border: 0; color: #999 }
pre { white-space: pre-wrap } mark { background: none; outline: 2px solid #d22 } small { color: #666 }"""


@dataclass(frozen=True, slots=True)
class Crop:
    """Rows of cells in the order of the text, ``row`` and ``column`` of the figure among them. An empty row stands for
    rows that are left out. Where the text has no tables, each line is a row of one cell, and ``span`` is the place of
    the figure in its line."""

    rows: tuple[tuple[str, ...], ...]
    row: int
    column: int
    span: Span


def crop_of(text: str, span: Span) -> Crop:
    """The rows around a place in the canonical text, whose tables have a line a row and tabs between the cells."""
    lines = text.split("\n")
    at = text.count("\n", 0, span.start)
    start = text.rfind("\n", 0, span.start) + 1
    column = text.count("\t", start, span.start)
    within = max(start, text.rfind("\t", start, span.start) + 1)
    place = Span(span.start - within, span.end - within)
    first = last = at
    if "\t" in lines[at]:
        first -= sum(1 for _ in takewhile(_is_row, reversed(lines[:at])))
        last += sum(1 for _ in takewhile(_is_row, lines[at + 1 :]))
    else:
        first, last = max(at - ROWS_AROUND, 0), min(at + ROWS_AROUND, len(lines) - 1)
    head = range(first, min(first + HEADER, max(at - ROWS_AROUND, first)))
    near = range(max(head.stop, at - ROWS_AROUND), min(at + ROWS_AROUND, last) + 1)
    gap = [()] if head and near.start > head.stop else []
    rows = [*(_cells(lines[i]) for i in head), *gap, *(_cells(lines[i]) for i in near)]
    return Crop(tuple(rows), len(head) + len(gap) + at - near.start, column, place)


def page(crop: Crop, title: str, lines: Sequence[str]) -> str:
    """The crop as an HTML page of its own under a title, with these lines about it; nothing in it is loaded or run."""
    about = "".join(f"<p>{html.escape(line)}</p>\n" for line in lines)
    rows = "\n".join(_row(crop, number) for number in range(len(crop.rows)))
    return f"""<!doctype html>
<html lang="zh"><meta charset="utf-8"><title>{html.escape(title)}</title><style>{STYLE}</style>
<h3>{html.escape(title)}</h3>
{about}<table>
{rows}
</table>
<p><small>The rows as they were read. A merged cell stands in its first place only.</small></p></html>
"""


def _row(crop: Crop, number: int) -> str:
    cells = crop.rows[number]
    if not cells:
        return '<tr><td class="gap">…</td></tr>'
    if number != crop.row:
        return "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>"
    marked = [
        _marked(cell, crop) if i == crop.column else f"<td>{html.escape(cell)}</td>" for i, cell in enumerate(cells)
    ]
    return "<tr>" + "".join(marked) + "</tr>"


def _marked(cell: str, crop: Crop) -> str:
    """The cell with the figure: framed, and in a line of text the figure alone."""
    if len(crop.rows[crop.row]) > 1:
        return f'<td class="here">{html.escape(cell) or "&nbsp;"}</td>'
    before, here, after = cell[: crop.span.start], cell[crop.span.start : crop.span.end], cell[crop.span.end :]
    return f"<td>{html.escape(before)}<mark>{html.escape(here) or '&nbsp;'}</mark>{html.escape(after)}</td>"


def _is_row(line: str) -> bool:
    return "\t" in line


def _cells(line: str) -> tuple[str, ...]:
    return tuple(line.split("\t"))
