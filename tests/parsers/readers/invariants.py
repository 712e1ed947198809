"""What holds for every document of every reader (see the module docstring of ``parsers.document``)."""

from __future__ import annotations

from collections.abc import Callable

from parsers.document import NOTE_CODES, Document, Grid
from parsers.readers.canonical import clean


def check(document: Document) -> Document:
    """Assert all invariants of one document, and hand it on."""
    text = document.text
    end = 0
    for block in document.blocks():
        assert end <= block.span.start < block.span.end <= len(text) or isinstance(block, Grid), (
            "in order, not overlapping"
        )
        assert not text[end : block.span.start].strip(), "every character belongs to a line or a grid"
        end = block.span.end
    assert not text[end:].strip()
    for line in document.lines:
        assert line.span.of(text) == clean(line.span.of(text)) != ""
        assert 0 <= line.heading <= 9
    for grid in document.grids:
        _check_grid(grid, text)
    assert all(note.code in NOTE_CODES and note.message for note in document.notes)
    assert len(document.sha256) == 64
    text.encode()  # no lone surrogates
    return document


def read_twice(read: Callable[[bytes, str], Document], data: bytes, name: str) -> Document:
    """The document, checked, and the same a second time."""
    document = check(read(data, name))
    assert read(data, name) == document
    return document


def texts(grid: Grid) -> list[list[str]]:
    """The texts of a grid's cells, row by row."""
    rows: list[list[str]] = [[] for _ in range(grid.row_count)]
    for cell in grid.cells:
        rows[cell.row].append(cell.text)
    return rows


def places(grid: Grid) -> dict[str, tuple[int, int, int, int]]:
    """Row, column, row span and column span by text, for grids whose texts differ."""
    return {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells}


def _check_grid(grid: Grid, text: str) -> None:
    assert grid.cells
    assert list(grid.cells) == sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
    covered: set[tuple[int, int]] = set()
    end = grid.span.start
    for cell in grid.cells:
        assert cell.span.of(text) == cell.text == clean(cell.text)
        assert end <= cell.span.start <= cell.span.end <= grid.span.end
        end = cell.span.end
        assert cell.row_span >= 1
        assert cell.column_span >= 1
        assert cell.row + cell.row_span <= grid.row_count
        assert cell.column + cell.column_span <= grid.column_count
        here = {
            (row, column)
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }
        assert not here & covered, "a place is covered once"
        covered |= here
