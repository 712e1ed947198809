"""A table of a page, however its cells were told apart."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.document import Box, GridKind
from parsers.readers.canonical import RawCell
from parsers.readers.pdf.page import Rectangle, Word


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of a page: its frame, and its cells ready for the canonical text. ``rest`` are the page's words outside
    of it. ``crossed`` are the places of texts that run over a wall in such a way that they may belong to either side."""

    rectangle: Rectangle
    cells: tuple[RawCell, ...]
    rest: list[Word]
    crossed: tuple[Box, ...]
    kind: GridKind = GridKind.RULED
