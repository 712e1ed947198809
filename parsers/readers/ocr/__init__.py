"""Pages that are pictures, read by a recogniser that works offline (the extra ``ocr``).

The ruling lines say where the figures are: blank cells cost nothing, and there is no search for text. What comes out is
what a page with text holds, so that tables and prose are put together by the same code. Each figure is read
twice, by the model and by how its digits look beside others of the page, or twice by the model; what two readings do not
agree on is handed on as uncertain, with both.

Nothing is imported before it is needed: without the extra a scan is refused with :class:`parsers.errors.NeedsOcr`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from parsers.document import Box, GridCell, GridKind, Line, Recognised
from parsers.readers.canonical import TextBuilder
from parsers.readers.ocr.engine import is_available
from parsers.readers.ocr.memory import Memory, remember, remembered, remembering
from parsers.readers.ocr.page import Print, Scan
from parsers.readers.pdf.page import Mark, PageContent

__all__ = ["VERSION", "Memory", "Scan", "advice", "is_available", "read_page", "recognised_in", "remembering"]

VERSION = 7
"""Bumped whenever the same picture may be read differently."""
RESOLUTION = 200
"""Pixels per inch at which a page is looked at; 300 found no more figures, and costs twice as much."""
FINEST, FINER = 300, 1.2
"""Pixels per inch at which a figure that is not certain is looked at again, where the picture has so many times more
pixels than were looked at."""
SHEETS, SHEET = (400.0, 1300.0), 842.0
"""Points: the longer side of sheets from A6 to A3; that of A4, which a page of another size is taken for."""
LEAST_CELL = 9.0
"""Points: no cell is lower or narrower."""
LARGEST = 4000
"""Pixels along the longer side; a sheet of A3 has 3,300 at 200 per inch."""


def advice() -> str:
    """What to do about a picture of text, as a sentence."""
    if is_available():
        return "No text was recognised in them; look at the file."
    return "Recognise the text first (OCR), or install nianbao[ocr], which does."


def read_page(source: Any, page: PageContent, drawn: Sequence[Mark] = ()) -> Scan:
    """The page of a PDF (opened by PyMuPDF) that is a picture, recognised. ``drawn`` are the lines of a page that is
    none, and whose text cannot be decoded."""
    import numpy as np

    from parsers.readers.ocr.scan import read_scan
    from parsers.readers.ocr.stamps import without_seals
    from parsers.readers.pdf.libraries.mupdf import pymupdf

    enlarged = _enlarged(page)
    width, height = page.width / enlarged, page.height / enlarged
    scale = min(RESOLUTION / 72, LARGEST / max(width, height))
    matrix = pymupdf.Matrix(scale / enlarged, scale / enlarged)
    pixels = source[page.number - 1].get_pixmap(matrix=matrix, colorspace=pymupdf.csRGB, alpha=False)
    colours = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width, 3)
    key, scan = remembered(colours, f"{VERSION} {list(drawn)}", page.number, (width, height), enlarged)
    if scan is None:
        grey, seals = without_seals(colours, scale)
        closer = partial(_closer, source[page.number - 1], enlarged) if _is_finer(source, page, enlarged) else None
        scan = read_scan(grey, page.number, width, height, seals, closer, drawn)
        scan = replace(scan, content=replace(scan.content, enlarged=enlarged))
        remember(key, scan)
    return scan


def _enlarged(page: PageContent) -> float:
    """How many times as large a page is shown as its sheet probably was: some scanners count a pixel as a point."""
    longest = max(page.width, page.height)
    return 1.0 if SHEETS[0] <= longest <= SHEETS[1] else longest / SHEET


def _is_finer(source: Any, page: PageContent, enlarged: float) -> bool:
    """Whether the picture of a page has more pixels than are looked at."""
    widest = max((max(image[2:4]) for image in source.get_page_images(page.number - 1)), default=0)
    return bool(widest > FINER * max(page.width, page.height) / enlarged * RESOLUTION / 72)


def _closer(shown: Any, enlarged: float) -> Any:
    """The page, grey, at the highest resolution that is worth it."""
    import numpy as np

    from parsers.readers.pdf.libraries.mupdf import pymupdf

    longest = max(shown.rect.width, shown.rect.height) / enlarged
    zoom = min(FINEST / 72, FINEST / RESOLUTION * LARGEST / longest) / enlarged
    pixels = shown.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), colorspace=pymupdf.csGRAY, alpha=False)
    return np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.stride)[:, : pixels.width]


def recognised_in(
    builder: TextBuilder, scans: Iterable[Scan | None], untrusted: Collection[int] = ()
) -> tuple[Recognised, ...]:
    """The lines and cells of a canonical text that were recognised, in its order; ``scans`` are those of the pages, and
    ``untrusted`` the pages that another program recognised, nobody knows how well."""
    by_page: dict[int, list[tuple[Box, Print]]] = {page: [] for page in untrusted}
    by_page |= {scan.content.number: _placed(scan) for scan in scans if scan is not None}
    found = []
    blocks: list[tuple[Line | GridCell, bool]] = [(line, False) for line in builder.lines]
    for grid in builder.grids:
        if any(cell.box is not None and cell.box.page in by_page for cell in grid.cells):
            found += [Recognised(cell.span, False) for cell in grid.cells if cell.box is None]
            parted = {cell.row for cell in grid.cells if _is_parted(cell, by_page)}
            blocks += [(cell, grid.kind is GridKind.RULED and cell.row not in parted) for cell in grid.cells]
    for block, walled in blocks:
        if block.box is None or block.box.page not in by_page:
            continue
        inside = [read for place, read in by_page[block.box.page] if _holds(block.box, place)]
        others = inside[0].others if len(inside) == 1 else ()
        walled = walled and block.box.page not in untrusted
        sure = walled and len(inside) <= 1 and all(read.sure for read in inside)
        found.append(Recognised(block.span, sure and (bool(inside) or _may_be_blank(block.box)), others))
    return tuple(sorted(found, key=lambda each: each.span))


def _is_parted(cell: GridCell, by_page: Mapping[int, Sequence[tuple[Box, Print]]]) -> bool:
    """Whether a cell holds two figures side by side: then a wall was not seen, and the others of its row may have moved."""
    prints = by_page.get(cell.box.page, ()) if cell.box is not None else ()
    return any(read.parted and cell.box is not None and _holds(cell.box, place) for place, read in prints)


def _may_be_blank(walls: Box) -> bool:
    """Whether print would fit between the walls of a blank cell; if not, a line too many was seen."""
    return walls.y1 - walls.y0 >= LEAST_CELL and walls.x1 - walls.x0 >= LEAST_CELL


def _placed(scan: Scan) -> list[tuple[Box, Print]]:
    """What was recognised, with its place on the page as it is shown."""
    page, shown = scan.content.number, scan.content.shown
    return [(shown(Box(page, *read.word[:4])), read) for read in scan.prints]


def _holds(box: Box, place: Box) -> bool:
    x, y = (place.x0 + place.x1) / 2, (place.y0 + place.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
