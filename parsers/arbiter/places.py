"""Where a cell stands on its page, and whether that is certain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from parsers.align import Alignment
from parsers.align.reading import COLUMNS_UNCERTAIN, ROW_NOT_WHOLE, Doubt
from parsers.document import Box, Document, GridCell, GridKind, Line, Span
from parsers.report import Cell


def doubts_of_place(document: Document, alignment: Alignment) -> Alignment:
    """The alignment with a doubt for each cell into which a text may belong that runs over a wall between cells, and for the
    cells of a row that the edge of the page cuts.

    A text that meets two cells of the form may be one figure that the wall cuts. Every reading of the page finds the same wall
    there, so only sums can tell.
    """
    crossed = [box for note in document.notes if note.code == "crossed_ruling" for box in note.boxes]
    cut_off = [box for note in document.notes if note.code == "cut_by_edge" for box in note.boxes]
    if not (crossed or cut_off):
        return alignment
    places = [(cell.key, cell.evidence.box) for cell in alignment.cells if cell.evidence and cell.evidence.box]
    met = [[key for key, box in places if box.overlaps(text)] for text in crossed]
    cut = dict.fromkeys(key for keys in met if len(keys) > 1 for key in keys)
    touched = dict.fromkeys(key for keys in met for key in keys if key not in cut)
    doubts = [Doubt(COLUMNS_UNCERTAIN, (key,), "a text runs over the line between two cells") for key in cut]
    doubts += [Doubt("reading.text_crosses", (key,), "a text runs over the line beside the cell") for key in touched]
    doubts += [
        Doubt(ROW_NOT_WHOLE, (key,), "the edge of the page cuts its row")
        for key, box in places
        if any(map(box.overlaps, cut_off))
    ]
    return replace(alignment, doubts=(*alignment.doubts, *doubts)) if doubts else alignment


def stands_alone(document: Document, cell: Cell) -> bool:
    """Whether lines are drawn around what is printed, and as many cells stand in its row as in the one above or below: no
    wall is lost between two figures."""
    start = cell.evidence.span.start if cell.evidence else -1
    grid = next((grid for grid in document.grids if grid.span.start <= start < grid.span.end), None)
    if grid is None or grid.kind is not GridKind.RULED:
        return False
    counts = Counter(each.row for each in grid.cells)
    row = next((each.row for each in grid.cells if each.span.start == start), -1)
    return counts[row] > 0 and counts[row] in (counts[row - 1], counts[row + 1])


def span_at(document: Document, box: Box, raw: str) -> Span | None:
    """The characters of the canonical text that stand in a box, the raw text among them where it is found."""
    for span in _spans_in(document, box):
        at = document.text.find(raw, span.start, span.end) if raw else -1
        if at >= 0:
            return Span(at, at + len(raw))
    return next(_spans_in(document, box), None)


def _spans_in(document: Document, box: Box) -> Iterator[Span]:
    places: list[GridCell | Line] = [*(cell for grid in document.grids for cell in grid.cells), *document.lines]
    for place in places:
        other = place.box
        if other is not None and other.overlaps(box):
            yield place.span
