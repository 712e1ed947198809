"""The tables of some pages once more, through the library that did not read them at first: PyMuPDF or pypdfium2.

Two programs that share no code interpret the page, its fonts and its lines; where both print the same figures in the
same cells, what is wrong with a sum is wrong on the page. It costs a fraction of what pdfplumber costs.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing
from hashlib import sha256

from parsers.document import Document
from parsers.readers.canonical import TextBuilder
from parsers.readers.pdf.columns import Column
from parsers.readers.pdf.fonts import as_shown
from parsers.readers.pdf.libraries import Readers, open_pdf
from parsers.readers.pdf.reader import gathered


def read_tables_again(data: bytes, name: str, pages: Collection[int]) -> Document | None:
    """A document that holds nothing but the tables on some pages (from 1) of a PDF; None where the other library cannot
    read one of these."""
    builder = TextBuilder()
    before: list[Column] = []
    libraries = set()
    try:
        with closing(open_pdf(data, name)) as source:
            shown = as_shown(source, data)
            with Readers(source, shown.data, shown.fonts) as readers:
                for number in sorted(pages):
                    content, library = readers.read_otherwise(number - 1)
                    libraries.add(library)
                    tables = gathered(content, library, before).tables
                    for table in sorted(tables, key=lambda table: table.rectangle.y0):
                        builder.add_grid(table.kind, table.cells)
    except Exception:  # the libraries have a class of their own for every kind of damage
        return None
    return Document(
        name=name,
        sha256=sha256(data).hexdigest(),
        media_type="application/pdf",
        reader="+".join(sorted(libraries)),
        page_count=max(pages, default=0),
        text=builder.text,
        lines=(),
        grids=tuple(builder.grids),
    )


__all__ = ["read_tables_again"]
