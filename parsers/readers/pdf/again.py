"""A PDF once more, where its first reading leaves doubts: through the library that did not read it at first (PyMuPDF or
pypdfium2), or through pdfplumber.

Two programs that share no code interpret the page, its fonts and its lines; where both print the same figures in the
same cells, what is wrong with a sum is wrong on the page. The other library costs a fraction of what pdfplumber costs.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import Any

from parsers.document import Document
from parsers.readers.canonical import TextBuilder
from parsers.readers.pdf.fonts import (
    AsShown,
    Mended,
    as_shown,
    bytes_of,
    digits_look_right,
    fonts_of,
    mend_signs,
)
from parsers.readers.pdf.gather import gathered
from parsers.readers.pdf.libraries import Readers, open_pdf
from parsers.readers.pdf.unruled.columns import Column
from parsers.readers.pdf.writing import place_on


class SecondLook:
    """A PDF opened again, once for all that is asked about it, and only if something is. ``mended`` says whether the first
    reading mended fonts; where it found nothing to mend there is nothing now. ``told`` are the pages (from 1) whose signs were
    recognised because their fonts do not tell them."""

    def __init__(self, data: bytes, name: str, *, mended: bool = True, told: Collection[int] = ()) -> None:
        self._data = data
        self._name = name
        self._mended = mended
        self._told = told
        self._opened = ExitStack()
        self._file: tuple[Any, AsShown] | None = None
        self._plumber: Any = None
        self._drawn: dict[int, bool] = {}

    def __enter__(self) -> SecondLook:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def digits_look_right(self) -> bool:
        """Whether the digits, fonts mended, look like what they are read as; true when nothing can be told."""
        try:
            source, shown = self._open()
            return digits_look_right(source, shown.fonts, mended=self._mended)
        except Exception:  # the library has many errors for damaged files
            return True

    def tables_by_library(self, pages: Collection[int]) -> Document | None:
        """A document that holds nothing but the tables on some pages (from 1), read by the library that did not read them
        at first; None where it cannot read one of these."""
        builder = TextBuilder()
        before: list[Column] = []
        libraries = set()
        try:
            source, shown = self._open()
            with Readers(source, shown.data, shown.fonts) as readers:
                for number in sorted(pages):
                    content, library = readers.read_otherwise(number - 1)
                    libraries.add(library)
                    page = gathered(content, library, before)
                    for table in sorted(page.tables, key=partial(place_on, page.sheet)):
                        builder.add_grid(table.kind, table.cells)
        except Exception:  # the libraries have a class of their own for every kind of damage
            return None
        return self._document(pages, "+".join(sorted(libraries)), builder)

    def tables_by_plumber(self, pages: Collection[int], strategy: str) -> Document | None:
        """The same by pdfplumber, which tells rows by drawn lines: pages without any are not shown to it."""
        from parsers.readers.pdf.libraries.mupdf import is_drawn_on
        from parsers.readers.plumber import Plumber, Strategy

        builder = TextBuilder()
        try:
            source, shown = self._open()
            for number in pages:
                if number not in self._drawn:
                    self._drawn[number] = is_drawn_on(source[number - 1])
            drawn = [number for number in sorted(pages) if self._drawn[number]]
            if drawn and self._plumber is None:
                data = self._data if shown.data is None else shown.data
                self._plumber = self._opened.enter_context(Plumber(data))
            for number in drawn:
                for kind, cells in self._plumber.tables(number, Strategy(strategy)):
                    builder.add_grid(kind, cells)
        except Exception:  # pdfminer has many classes of errors for damaged files, and raises Python's own
            return None
        return self._document(pages, f"pdfplumber:{strategy}", builder)

    def _open(self) -> tuple[Any, AsShown]:
        if self._file is None:
            source = open_pdf(self._data, self._name)
            self._opened.callback(source.close)
            shown = as_shown(source, self._data) if self._mended else AsShown(self._data, fonts_of(source), Mended())
            fonts = {font for number in self._told for font in shown.fonts[number - 1]}
            if fonts and mend_signs(source, sorted(fonts)).fonts:
                shown = replace(shown, data=bytes_of(source))
            self._file = source, shown
        return self._file

    def _document(self, pages: Collection[int], reader: str, builder: TextBuilder) -> Document:
        return Document(
            name=self._name,
            sha256=sha256(self._data).hexdigest(),
            media_type="application/pdf",
            reader=reader,
            page_count=max(pages, default=0),
            text=builder.text,
            lines=(),
            grids=tuple(builder.grids),
        )


__all__ = ["SecondLook"]
