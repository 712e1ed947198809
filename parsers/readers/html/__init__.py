"""Pages of agencies' sites: the article is found (``content``), laid out as a browser would (``tree``, ``style``,
``flow``), and its tables are told from its layout (``tables``)."""

from __future__ import annotations

from parsers.readers.html.reader import VERSION, blocks_of_page, read_html

__all__ = ["VERSION", "blocks_of_page", "read_html"]
