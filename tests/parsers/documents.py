"""Small documents for tests, written as a person would write them down."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from parsers.document import Document, GridKind
from parsers.forms import Form
from parsers.readers.canonical import RawCell, TextBuilder


def document_of(*blocks: str, kind: GridKind = GridKind.DELIMITED) -> Document:
    """A document of paragraphs and tables: a block whose lines hold ``|`` is a table, any other is prose."""
    builder = TextBuilder()
    for block in blocks:
        lines = block.strip("\n").split("\n")
        if any("|" in line for line in lines):
            cells = [
                RawCell(row, column, text)
                for row, line in enumerate(lines)
                for column, text in enumerate(line.split("|"))
            ]
            builder.add_grid(kind, cells)
        else:
            for line in lines:
                builder.add_line(line)
    return Document(
        "made.txt", "0" * 64, "text/plain", "text", 0, builder.text, tuple(builder.lines), tuple(builder.grids)
    )


def requests_table(form: Form, figures: Mapping[tuple[str, str], str], *, otherwise: str = "0") -> list[RawCell]:
    """The cells of the table of requests as the official form merges them; ``figures`` by row and column key."""
    table = form.table("requests")
    cells = [
        RawCell(0, 0, table.corner[0], row_span=3, column_span=3),
        RawCell(0, 3, table.banners[0], column_span=7),
        RawCell(1, 3, table.columns[0].leaf, row_span=2),
        RawCell(1, 4, table.columns[1].path[0], column_span=5),
        RawCell(1, 9, table.columns[-1].leaf, row_span=2),
        *(RawCell(2, 4 + index, column.leaf) for index, column in enumerate(table.columns[1:-1])),
    ]
    started: set[tuple[str, ...]] = set()
    for place, row in enumerate(table.rows, 3):
        for depth, label in enumerate(row.path):
            group = row.path[: depth + 1]
            if depth < len(row.path) - 1 and group not in started:
                started.add(group)
                height = sum(other.path[: depth + 1] == group for other in table.rows)
                cells.append(RawCell(place, depth, label, row_span=height))
            elif depth == len(row.path) - 1:
                cells.append(RawCell(place, depth, label, column_span=3 - depth))
        cells += [
            RawCell(place, 3 + index, figures.get((row.key, column.key), otherwise))
            for index, column in enumerate(table.columns)
        ]
    return cells


def grids_of(*grids: list[RawCell], kind: GridKind = GridKind.RULED) -> Document:
    """A document of nothing but these grids."""
    builder = TextBuilder()
    for grid in grids:
        builder.add_grid(kind, grid)
    return Document("made.pdf", "0" * 64, "application/pdf", "made", 1, builder.text, (), tuple(builder.grids))


def without_rows(cells: list[RawCell], dropped: Collection[int]) -> list[RawCell]:
    """The table with whole rows cut out; cells merged over them become shorter."""
    kept = [row for row in range(1 + max(cell.row for cell in cells)) if row not in dropped]
    place = {row: number for number, row in enumerate(kept)}
    shorter = []
    for cell in cells:
        covered = [place[row] for row in range(cell.row, cell.row + cell.row_span) if row in place]
        if covered:
            shorter.append(replace(cell, row=covered[0], row_span=len(covered)))
    return shorter
