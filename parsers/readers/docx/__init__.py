"""Word files: the parts of the package (``package``), what styles and numbering say (``styles``), and the body in
reading order (``body``)."""

from __future__ import annotations

from parsers.readers.docx.reader import VERSION, read_docx

__all__ = ["VERSION", "read_docx"]
