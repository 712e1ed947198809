"""Tables that a page makes of other elements than ``<table>``: by ARIA roles, as a CSS table, on a CSS grid, or by how its
elements are nested, where the style sheet that makes a table of them was not saved with the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import regex

from parsers.figures import Content, content_of
from parsers.readers.blocks import MAX_CELLS, MAX_COLUMNS, Block, cell_of, settle
from parsers.readers.html.style import Display
from parsers.readers.html.tables import placed
from parsers.readers.html.tree import Element, text_content

_TABLES, _ROWS = ("table", "grid", "treegrid"), ("row",)
_CELLS = ("cell", "gridcell", "columnheader", "rowheader")
_SPANS = ("aria-rowspan", "aria-colspan")
_LINES = regex.compile(r"(?:^|[;\s])grid-(column|row|area)\s*:\s*([^;]{1,60})")
_SPAN = regex.compile(r"span\s+(\d{1,4})")
_FEWEST_ROWS = 2
_ROW_BOXES, _CELL_BOXES = ("div", "ul", "dl", "section"), ("div", "span", "li", "dd")
_FEWEST_NESTED = 3
_LONGEST_CELL = 120
"""Signs; the longest official label with its explanation has 110."""
_SOME_FIGURES = 4
"""One cell in so many is a figure or blank in a table of figures; its header and its labels are the others."""

Place = tuple[int | None, int]
"""Where an element begins on a grid (from 0), None where the grid puts it, and how many tracks it takes."""


def blocks_of_boxes(element: Element, read_cell: Callable[[Element], list[Block]]) -> list[Block] | None:
    """The blocks of an element that is a table of boxes; None for any other element."""
    if (element.attributes.get("role") or "").lower() in _TABLES:
        found = list(placed([[_of_role(row, _CELLS) for row in _of_role(element, _ROWS)]], _SPANS))
    elif element.display is Display.TABLE:
        found = list(placed([[_shown(row) for row in _css_rows(element)]], _SPANS))
    elif element.display is Display.GRID:
        found = list(_on_grid(_shown(element)))
    elif (rows := _nested(element)) is not None:
        found = list(placed([rows], _SPANS))
    else:
        return None
    if len({row for row, *_ in found}) < _FEWEST_ROWS or len({column for _, column, *_ in found}) < 2:
        return None
    return settle([cell_of(row, column, down, across, read_cell(cell)) for row, column, down, across, cell in found])


def _nested(element: Element) -> list[list[Element]] | None:
    """The cells of the elements in another, row by row, if they are nested like those of a table: boxes of one kind hold boxes of
    one kind with short texts, a good part of these figures or nothing."""
    if len(element.children) < _FEWEST_NESTED:
        return None
    rows = _boxes(element, _ROW_BOXES)
    if rows is None or any(row.display is Display.ROW for row in rows):
        return None  # rows that the page lays out itself are read as such
    cells: list[list[Element]] = []
    for row in rows:
        inside = _boxes(row, _CELL_BOXES)
        if not inside or any(cell.text > _LONGEST_CELL for cell in inside):
            return None
        cells.append(inside)
    flat = [cell for row in cells for cell in row]
    if len(cells) < _FEWEST_NESTED or len(flat) < 2 * len(cells):
        return None
    figures = sum(not cell.text or content_of(text_content(cell)) is not Content.WORDS for cell in flat)
    return cells if _SOME_FIGURES * figures >= len(flat) else None


def _boxes(element: Element, tags: Sequence[str]) -> list[Element] | None:
    """What an element holds, if that is boxes with one of these tags, all the same, and nothing beside them."""
    found: list[Element] = []
    for child in element.children:
        if isinstance(child, str):
            if child.strip():
                return None
        elif child.display is not Display.NONE:
            if child.tag not in tags or (found and child.tag != found[0].tag):
                return None
            found.append(child)
    return found


def _of_role(element: Element, roles: Sequence[str]) -> list[Element]:
    """The nearest elements within another that have one of the roles, in order."""
    found: list[Element] = []
    pending = _shown(element)[::-1]
    while pending:
        child = pending.pop()
        if (child.attributes.get("role") or "").lower() in roles:
            found.append(child)
        else:
            pending += _shown(child)[::-1]
    return found


def _css_rows(table: Element) -> list[Element]:
    """The rows of a CSS table, those in groups of rows too."""
    rows: list[Element] = []
    for child in _shown(table):
        rows += [child] if child.display is Display.ROW else [c for c in _shown(child) if c.display is Display.ROW]
    return rows


def _shown(element: Element) -> list[Element]:
    return [child for child in element.children if isinstance(child, Element) and child.display is not Display.NONE]


def _on_grid(children: Sequence[Element]) -> Iterator[tuple[int, int, int, int, Element]]:
    """Row, column, row span and column span of the elements on a grid that says where most of them stand."""
    places = [_place(child) for child in children]
    told = sum(row[0] is not None or column[0] is not None or column[1] > 1 for row, column in places)
    if 2 * told < len(children) or len(children) > MAX_CELLS:
        return
    width = max((column[0] or 0) + column[1] for _, column in places)
    taken: set[tuple[int, int]] = set()
    at = (0, 0)
    for child, ((row, down), (column, across)) in zip(children, places, strict=True):
        if row is None or column is None:
            row, column = _free(taken, at, row, column, across, width)
        at = (row, column + across)
        covered = {(r, c) for r in range(row, row + down) for c in range(column, column + across)}
        if covered.isdisjoint(taken) and column < MAX_COLUMNS:
            taken |= covered
            yield row, column, down, across, child


def _free(
    taken: set[tuple[int, int]], at: tuple[int, int], row: int | None, column: int | None, across: int, width: int
) -> tuple[int, int]:
    """The next place of a grid that is free, row by row, in a row or a column where one is named."""
    line, place = (at if row is None or row == at[0] else (row, 0)) if column is None else (row or at[0], column)
    if column is not None and row is None and place < at[1]:
        line += 1
    while any((line, c) in taken for c in range(place, place + across)) or (
        column is None and place + across > width and place
    ):
        place += 1
        if column is not None or (row is None and place + across > width):
            line, place = line + 1, column or 0
    return line, place


def _place(element: Element) -> tuple[Place, Place]:
    """Where the style of an element puts it: rows and columns."""
    places: dict[str, Place] = {}
    for name, value in _LINES.findall((element.attributes.get("style") or "").lower()):
        lines = [part.strip() for part in value.split("/")]
        if name == "area" and len(lines) == 4:
            places["row"], places["column"] = _track(lines[0], lines[2]), _track(lines[1], lines[3])
        elif name != "area":
            places[name] = _track(lines[0], lines[1] if len(lines) > 1 else "")
    return places.get("row", (None, 1)), places.get("column", (None, 1))


def _track(start: str, end: str) -> Place:
    span = _SPAN.match(end) or _SPAN.match(start)
    first = int(start) - 1 if start.isdecimal() and 0 < int(start) < MAX_CELLS else None
    if span:
        return first, max(1, min(int(span[1]), MAX_COLUMNS))
    if first is not None and end.isdecimal() and first + 1 < int(end) < MAX_CELLS:
        return first, int(end) - 1 - first
    return first, 1
