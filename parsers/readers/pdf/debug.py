"""See what was read: the page with its lines, paragraph lines and cells drawn over it."""

from __future__ import annotations

from contextlib import closing

from parsers.errors import BadInput
from parsers.readers.pdf.fonts import fonts_of
from parsers.readers.pdf.gather import gathered
from parsers.readers.pdf.libraries import Readers, open_pdf
from parsers.readers.pdf.page import Rectangle
from parsers.readers.pdf.ruled.lattice import lattices_of

_WALLS, _CELL, _LINE, _WORD = (0.9, 0.1, 0.1), (0.1, 0.3, 0.9), (0.1, 0.6, 0.2), (0.8, 0.8, 0.8)
"""Red: the walls of the cells. Blue: the text of a cell. Green: a line of prose. Grey: a word."""


def draw_reading(data: bytes, page: int, *, name: str = "the file", resolution: int = 120) -> bytes:
    """A PNG of the page (from 1) at so many dots an inch: words grey, prose lines green, cells red, their text blue.

    Raises BadInput when there is no such page, and what :func:`~parsers.readers.pdf.read_pdf` raises.
    """
    with closing(open_pdf(data, name)) as source:
        if not 1 <= page <= source.page_count:
            raise BadInput(f"{name}: there is no page {page}; the file has {source.page_count}.")
        with Readers(source, data, fonts_of(source)) as readers:
            content, reader = readers.read(page - 1)
        reading = gathered(content, reader)
        shown = source[page - 1]

        def frame(
            x0: float, y0: float, x1: float, y1: float, color: tuple[float, float, float], width: float
        ) -> None:
            rectangle = shown.rect.__class__(x0, y0, x1, y1) * shown.derotation_matrix
            shown.draw_rect(rectangle, color=color, width=width)

        for word in content.words:
            frame(*word[:4], _WORD, 0.3)
        for line in reading.lines:
            frame(*line.rectangle, _LINE, 0.6)
        for lattice in lattices_of(content):
            for place in lattice.places:
                frame(*lattice.rectangle_of(place), _WALLS, 1.0)
        for table in reading.tables:
            for cell in table.cells:
                if cell.text and cell.box:
                    frame(*Rectangle(cell.box.x0, cell.box.y0, cell.box.x1, cell.box.y1), _CELL, 0.6)
        png: bytes = shown.get_pixmap(dpi=resolution).tobytes("png")
        return png
