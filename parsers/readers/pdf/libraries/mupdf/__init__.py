"""A PDF page through PyMuPDF: one interpretation of the page (:mod:`.reading`) gives words, ruling lines and pictures."""

from __future__ import annotations

from parsers.readers.pdf.libraries.mupdf.library import pymupdf
from parsers.readers.pdf.libraries.mupdf.reading import is_drawn_on, open_pdf, read_page
from parsers.readers.pdf.libraries.mupdf.turned import read_turned, read_upright

__all__ = ["is_drawn_on", "open_pdf", "pymupdf", "read_page", "read_turned", "read_upright"]
