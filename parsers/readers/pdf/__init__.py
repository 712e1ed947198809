"""PDF with a text layer to a :class:`~parsers.document.Document`.

Each page is interpreted once. Its ruling lines make the grids, the words outside of them the prose.
What a page cannot tell for certain is told by a note.

A table that the page break cuts stays one grid a page. A row that it cuts is the last row of the first grid and
the first row of the second: each part has the row's columns and the part of the text that stands on its page, and where
the printer drew no line at the break the grid is closed where its standing lines end.
"""

from __future__ import annotations

from parsers.readers.pdf.reader import VERSION, read_pdf

__all__ = ["VERSION", "read_pdf"]
