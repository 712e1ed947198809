"""Small documents for tests, written as a person would write them down."""

from __future__ import annotations

from parsers.document import Document, GridKind
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
    return Document("made.txt", "0" * 64, "text/plain", "text", 0, builder.text, tuple(builder.lines), tuple(builder.grids))
