"""Pages that are pictures, read by a recogniser that works offline (the extra ``ocr``).

The ruling lines say where the figures are: blank cells cost nothing, and there is no search for text. What comes out is
what a page with text holds, so that tables and prose are put together by the same code. Each figure is read
twice, by the model and by how its digits look beside others of the page, or twice by the model; what two readings do not
agree on is handed on as uncertain, with both.

Nothing is imported before it is needed: without the extra a scan is refused with :class:`parsers.errors.NeedsOcr`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import partial
from math import sqrt
from typing import Any

from parsers.document import Box, GridCell, GridKind, Line, Recognised
from parsers.readers.canonical import TextBuilder
from parsers.readers.ocr.engine import is_available
from parsers.readers.ocr.memory import Memory, remember, remembered, remembering
from parsers.readers.ocr.page import Print, Scan
from parsers.readers.pdf.page import Mark, PageContent, Rectangle

__all__ = [
    "VERSION",
    "Memory",
    "Scan",
    "advice",
    "is_available",
    "read_page",
    "read_picture_on",
    "recognised_in",
    "remembering",
]

VERSION = 13
"""Bumped whenever the same picture may be read differently."""
RESOLUTION = 200
"""Pixels per inch at which a page is looked at; 300 found no more figures, and costs twice as much."""
FINEST, FINER = 300, 1.2
"""Pixels per inch at which a figure that is not certain is looked at again, where the picture has so many times more
pixels than were looked at."""
SHEETS, SHEET, SLENDER = (400.0, 1300.0), 842.0, 1.45
"""Points: the longer side of sheets from A6 to A3; that of A4, which a page of another size is taken for. What is more than so
many times as high as wide is a page of the web in one picture, or several sheets one below the other: its width tells."""
LEAST_CELL = 9.0
"""Points: no cell is lower or narrower."""
SURE = (GridKind.RULED, GridKind.ALIGNED)
"""The tables whose figures stand alone in their places."""
MOST_PIXELS = 25_000_000
"""Pixels that are looked at; a sheet of A3 has 8 million at 200 per inch, and so has a picture of two sheets of A4."""


def advice() -> str:
    """What to do about a picture of text, as a sentence."""
    if is_available():
        return "No text was recognised in them; look at the file."
    return "Recognise the text first (OCR), or install nianbao[ocr], which does."


def read_page(source: Any, page: PageContent, drawn: Sequence[Mark] = ()) -> Scan:
    """The page of a PDF (opened by PyMuPDF) that is a picture, recognised. ``drawn`` are the lines of a page that is
    none, and whose text cannot be decoded."""
    return _read(source[page.number - 1], page.number, (page.width, page.height), _enlarged(page), drawn=drawn)


def read_picture_on(source: Any, page: PageContent, place: Rectangle) -> Scan:
    """The picture that stands in a place of a page with text, recognised."""
    size = (place.x1 - place.x0, place.y1 - place.y0)
    scan = _read(source[page.number - 1], page.number, size, 1.0, place)
    content = replace(scan.content, origin=(place.x0, place.y0))
    return replace(scan, content=content, within=Box(page.number, *place))


def _read(
    shown: Any,
    number: int,
    size: tuple[float, float],
    enlarged: float,
    place: Rectangle | None = None,
    drawn: Sequence[Mark] = (),
) -> Scan:
    """A page as it is shown, or a ``place`` on it, recognised. ``size``: its own, ``enlarged``: by what it is shown larger."""
    import numpy as np

    from parsers.readers.ocr.scan import read_scan
    from parsers.readers.ocr.stamps import without_seals
    from parsers.readers.pdf.libraries.mupdf import pymupdf

    width, height = (points / enlarged for points in size)
    scale = min(RESOLUTION / 72, sqrt(MOST_PIXELS / (width * height)))
    matrix = pymupdf.Matrix(scale / enlarged, scale / enlarged)
    pixels = shown.get_pixmap(matrix=matrix, colorspace=pymupdf.csRGB, alpha=False, clip=place)
    colours = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width, 3)
    key, scan = remembered(colours, f"{VERSION} {list(drawn)}", number, (width, height), enlarged)
    if scan is None:
        grey, seals = without_seals(colours, scale)
        closer = partial(_closer, shown, enlarged, place) if _is_finer(shown, scale / enlarged) else None
        scan = read_scan(grey, number, width, height, seals, closer, drawn)
        scan = replace(scan, content=replace(scan.content, enlarged=enlarged))
        remember(key, scan)
    return scan


def _enlarged(page: PageContent) -> float:
    """How many times as large a page is shown as its sheet probably was: some scanners count a pixel as a point."""
    longest = max(page.width, min(page.height, SLENDER * page.width))
    return 1.0 if SHEETS[0] <= longest <= SHEETS[1] else longest / SHEET


def _is_finer(shown: Any, scale: float) -> bool:
    """Whether the pictures of a page have more pixels than are looked at, ``scale`` a point."""
    pictures = shown.get_image_info()
    pixels = sum(picture["width"] * picture["height"] for picture in pictures)
    points = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in (picture["bbox"] for picture in pictures))
    return bool(points) and pixels > points * (FINER * scale) ** 2


def _closer(shown: Any, enlarged: float, place: Rectangle | None) -> Any:
    """The page, or a place on it, grey, at the highest resolution that is worth it."""
    import numpy as np

    from parsers.readers.pdf.libraries.mupdf import pymupdf

    width, height = shown.rect[2:] if place is None else (place.x1 - place.x0, place.y1 - place.y0)
    most = sqrt(MOST_PIXELS / (width * height)) * enlarged
    zoom = min(FINEST / 72, FINEST / RESOLUTION * most) / enlarged
    matrix = pymupdf.Matrix(zoom, zoom)
    pixels = shown.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, alpha=False, clip=place)
    return np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.stride)[:, : pixels.width]


def recognised_in(
    builder: TextBuilder, scans: Sequence[Scan], untrusted: Collection[int] = ()
) -> tuple[Recognised, ...]:
    """The lines and cells of a canonical text that were recognised, in its order; ``scans`` are those of pages and of pictures
    on pages, and ``untrusted`` the pages that another program recognised, nobody knows how well."""
    if not scans and not untrusted:
        return ()
    prints = [(scan, _placed(scan)) for scan in scans]

    def read_in(box: Box | None) -> list[tuple[Box, Print]] | None:
        """What was recognised around a place; None where nothing was to be recognised."""
        if box is None:
            return None
        if box.page in untrusted:
            return []
        return next((placed for scan, placed in prints if scan.covers(box)), None)

    found = []
    blocks: list[tuple[Line | GridCell, GridKind | None]] = [(line, None) for line in builder.lines]
    for grid in builder.grids:
        if any(read_in(cell.box) is not None for cell in grid.cells):
            found += [Recognised(cell.span, False) for cell in grid.cells if cell.box is None]
            parted = {cell.row for cell in grid.cells if _is_parted(cell, read_in(cell.box) or ())}
            blocks += [(cell, None if cell.row in parted else grid.kind) for cell in grid.cells]
    for block, kind in blocks:
        placed = read_in(block.box)
        if block.box is None or placed is None:
            continue
        inside = [read for place, read in placed if block.box.holds_middle_of(place)]
        others = inside[0].others if len(inside) == 1 else ()
        # Where no walls are, a blank may be a figure that was not seen.
        blank = kind is GridKind.RULED and _may_be_blank(block.box)
        told = (inside[0].sure if len(inside) == 1 else not inside and blank) and kind in SURE
        found.append(Recognised(block.span, told and block.box.page not in untrusted, others))
    return tuple(sorted(found, key=lambda each: each.span))


def _is_parted(cell: GridCell, prints: Iterable[tuple[Box, Print]]) -> bool:
    """Whether a cell holds two figures side by side: then a wall was not seen, and the others of its row may have moved."""
    return any(read.parted and cell.box is not None and cell.box.holds_middle_of(place) for place, read in prints)


def _may_be_blank(walls: Box) -> bool:
    """Whether print would fit between the walls of a blank cell; if not, a line too many was seen."""
    return walls.y1 - walls.y0 >= LEAST_CELL and walls.x1 - walls.x0 >= LEAST_CELL


def _placed(scan: Scan) -> list[tuple[Box, Print]]:
    """What was recognised, with its place on the page as it is shown."""
    page, shown = scan.content.number, scan.content.shown
    return [(shown(Box(page, *read.word[:4])), read) for read in scan.prints]
