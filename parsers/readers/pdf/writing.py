"""The lines and tables of all pages into the canonical text, in the order of reading."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from parsers.readers.canonical import TextBuilder
from parsers.readers.pdf.gather import GatheredPage
from parsers.readers.pdf.lines import PrintedLine
from parsers.readers.pdf.page import Rectangle
from parsers.readers.pdf.prose import Layout, PlacedLine, continues, layout_of, running_lines
from parsers.readers.pdf.sheet import number_of
from parsers.readers.pdf.table import PageTable


def write_pages(builder: TextBuilder, pages: Sequence[GatheredPage]) -> None:
    """Lines and tables into the canonical text, in the order of their places."""
    running = running_lines([(page.content_size[1], page.lines) for page in pages])
    kept = [
        [line for line in page.lines if PlacedLine(number, line) not in running]
        for number, page in enumerate(pages, 1)
    ]
    layout = layout_of(line for lines in kept for line in lines)
    paragraph: list[PlacedLine] = []
    for number, page in enumerate(pages, 1):
        blocks: list[PrintedLine | PageTable] = [*kept[number - 1], *page.tables]
        blocks.sort(key=partial(place_on, page.sheet))
        for block in blocks:
            if isinstance(block, PageTable):
                _write_paragraph(builder, paragraph, layout, pages)
                paragraph = []
                builder.add_grid(block.kind, block.cells)
                continue
            placed = PlacedLine(number, block)
            if paragraph and not continues(paragraph[-1], placed, layout):
                _write_paragraph(builder, paragraph, layout, pages)
                paragraph = []
            paragraph.append(placed)
    _write_paragraph(builder, paragraph, layout, pages)


def place_on(sheet: Sequence[Rectangle], block: PrintedLine | PageTable) -> tuple[int, float, float]:
    """Where a block comes in the order of reading."""
    x0, y0, *_ = block.rectangle
    return number_of(sheet, x0, y0) if sheet else 0, y0, x0


def _write_paragraph(
    builder: TextBuilder, paragraph: Sequence[PlacedLine], layout: Layout, pages: Sequence[GatheredPage]
) -> None:
    if not paragraph:
        return
    parts = []
    for placed in paragraph:
        box = placed.line.rectangle.box(placed.page)
        parts.append((placed.line.text, pages[placed.page - 1].shown(box)))
    builder.add_paragraph(parts, heading=layout.heading(paragraph[0].line))
