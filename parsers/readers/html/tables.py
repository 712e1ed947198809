"""HTML tables to cells: the table model of the HTML standard, with spans kept within bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from parsers.readers.blocks import MAX_CELLS, MAX_COLUMNS, Block, Table, cell_of, settle
from parsers.readers.html.style import Display
from parsers.readers.html.tree import Element
from parsers.readers.text.merges import with_merges

_GROUPS = ("thead", "tbody", "tfoot")


def blocks_of_table(table: Element, read_cell: Callable[[Element], list[Block]]) -> list[Block]:
    """The blocks that a ``<table>`` comes to: a table of data, or the content of a table that lays out a page.

    ``read_cell`` reads what a cell holds.
    """
    blocks: list[Block] = []
    for child in table.children:
        if isinstance(child, Element) and child.tag == "caption":
            blocks += read_cell(child)
    cells = [
        cell_of(row, column, row_span, column_span, read_cell(element))
        for row, column, row_span, column_span, element in placed(_groups(table))
    ]
    return blocks + [_merged_again(block) if isinstance(block, Table) else block for block in settle(cells)]


def _merged_again(table: Table) -> Table:
    """The table, its merged cells whole again where the page has the text of each in every place that it covered."""
    rows = [[cell.text for cell in cells] for _, cells in groupby(table.cells, key=lambda cell: cell.row)]
    if any(cell.row_span > 1 or cell.column_span > 1 for cell in table.cells) or len({*map(len, rows)}) > 1:
        return table
    if any(isinstance(block, Table) for cell in table.cells for block in cell.blocks):
        return table
    return with_merges(rows) or table


def _groups(table: Element) -> list[list[list[Element]]]:
    """The rows of a table in the order in which they are shown, by row group: the first head, bodies, the first foot."""
    heads: list[list[list[Element]]] = []
    bodies: list[list[list[Element]]] = []
    feet: list[list[list[Element]]] = []
    loose: list[list[Element]] = []
    for child in table.children:
        if not isinstance(child, Element) or child.display is Display.NONE:
            continue
        if child.tag == "tr":
            if not loose:
                bodies.append(loose)
            if (row := _row(child)) is not None:
                loose.append(row)
        elif child.tag in _GROUPS:
            loose = []
            rows = [row for row in map(_row, _elements(child, "tr")) if row is not None]
            if child.tag == "thead" and not heads:
                heads.append(rows)
            elif child.tag == "tfoot" and not feet:
                feet.append(rows)
            else:
                bodies.append(rows)
    return heads + bodies + feet


def _row(row: Element) -> list[Element] | None:
    """The cells of a row; None for a row that is not shown, as the empty one of no height with which Word fixes the
    widths of columns."""
    if row.display is Display.NONE:
        return None
    if not row.text and (row.attributes.get("height") or "").strip() == "0":
        return None
    return [
        child
        for child in row.children
        if isinstance(child, Element) and child.tag in ("td", "th") and child.display is not Display.NONE
    ]


def _elements(parent: Element, tag: str) -> Iterator[Element]:
    return (child for child in parent.children if isinstance(child, Element) and child.tag == tag)


def placed(
    groups: Sequence[Sequence[Sequence[Element]]], spans: tuple[str, str] = ("rowspan", "colspan")
) -> Iterator[tuple[int, int, int, int, Element]]:
    """Row, column, row span and column span of each cell, the spans as two attributes say. Where the page lets two
    cells overlap, the later gives way."""
    first, count = 0, 0
    for group in groups:
        taken: list[int] = []  # by column: the first row in which the column is free again
        for offset, row in enumerate(group):
            number, column = first + offset, 0
            for element in row:
                count += 1
                while column < len(taken) and taken[column] > number:
                    column += 1
                if count > MAX_CELLS or column > MAX_COLUMNS:
                    # No table any more: it is read as lines, and places do not matter.
                    yield number, column, 1, 1, element
                    column += 1
                    continue
                row_span = _span(element, spans[0])
                last_row = first + len(group) if row_span == 0 else min(number + row_span, first + len(group))
                limit = column + min(_span(element, spans[1]) or 1, MAX_COLUMNS)
                end = column + 1
                while end < limit and not (end < len(taken) and taken[end] > number):
                    end += 1
                taken += [0] * (end - len(taken))
                taken[column:end] = [last_row] * (end - column)
                yield number, column, last_row - number, end - column, element
                column = end
        first += len(group)


def _span(element: Element, name: str) -> int:
    text = (element.attributes.get(name) or "").strip()
    if not text:
        return 1
    digits = text[: len(text) - len(text.lstrip("0123456789"))]
    return min(int(digits[:6]), 65534) if digits else 1
