"""Plain text and Markdown: paragraphs, and the tables that tabs and pipes (``tables``) or blanks (``columns``) make."""

from __future__ import annotations

from parsers.readers.text.reader import VERSION, read_text

__all__ = ["VERSION", "read_text"]
