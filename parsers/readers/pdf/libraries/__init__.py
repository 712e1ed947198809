"""Which library reads which page. PyMuPDF reads all but those with many Type 3 fonts, where pypdfium2 is several times faster.

Nothing is imported before it is needed: PyMuPDF alone takes a fifth of a second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from parsers.errors import Encrypted, Unreadable
from parsers.readers.canonical import clean
from parsers.readers.pdf.orientation import runs_sideways, seems_tilted, stands_on_its_head
from parsers.readers.pdf.page import PageContent

FEW_TYPE3 = 12
"""Type 3 fonts of one page that PyMuPDF may load. Each takes it a millisecond; pypdfium2 takes some 12 milliseconds more for
a page without any. Browsers make a hundred where they make them for the text, two for bullets and signs."""


def open_pdf(data: bytes, name: str) -> Any:
    """The PDF, opened by PyMuPDF; the caller closes it. Raises Encrypted and Unreadable."""
    from parsers.readers.pdf.libraries import mupdf

    if b"%PDF-" not in data[:1024]:
        raise Unreadable(f"{name}: this is not a PDF file (it does not begin with %PDF-). Fetch the file again.")
    try:
        source = mupdf.open_pdf(data)
        locked = source.needs_pass and not source.authenticate("")
    except Exception as error:  # MuPDF has a class of its own for every kind of damage
        raise Unreadable(
            f"{name}: the PDF is damaged and cannot be opened ({sentence(error)}). Fetch it again."
        ) from error
    if locked:
        source.close()
        raise Encrypted(f"{name}: the PDF asks for a password. Save it without one and try again.")
    return source


def sentence(error: Exception) -> str:
    """What a library said, fit for one line."""
    return clean(str(error))[:120] or type(error).__name__


class Readers:
    """Reads the pages of one PDF, each with the library that is fast on it. ``data`` are its bytes, where there are such
    (a damaged file that was mended cannot be written), ``fonts`` those of each page, by kind."""

    def __init__(self, source: Any, data: bytes | None, fonts: Sequence[Mapping[int, str]]) -> None:
        from parsers.readers.pdf.libraries import mupdf

        self._mupdf = mupdf
        self._source = source
        self._data = data
        self._second: Any = None
        self._fonts = fonts
        self._looked_at: set[int] = set()

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, *_: object) -> None:
        if self._second is not None:
            self._second.close()

    def read(self, index: int) -> tuple[PageContent, str]:
        """The page (from 0) and the name of the library that read it; raises what the library raises. A page whose text
        runs up or down, stands on its head or is tilted by a few degrees, is turned to be read."""
        content, reader = self._read(index)
        if runs_sideways(content.words) or stands_on_its_head(content.words):
            turned = self._mupdf.read_turned(self._source, index)
            if turned is not None:
                return turned, "pymupdf"
        if seems_tilted(content.words):
            upright = self._mupdf.read_upright(self._source, index)
            if upright is not None:
                return upright, "pymupdf"
        return content, reader

    def read_otherwise(self, index: int) -> tuple[PageContent, str]:
        """The page (from 0) as the library sees it that :meth:`read` does not choose; raises what the library raises, and
        Unreadable where that library is known to misread such pages, or the page has to be turned to be read."""
        content, reader = self._read_otherwise(index)
        if runs_sideways(content.words) or stands_on_its_head(content.words):
            raise Unreadable("The text of this page does not run from left to right.")
        return content, reader

    def _read_otherwise(self, index: int) -> tuple[PageContent, str]:
        if self._data is None or self._is_for_pdfium(index):
            return self._mupdf.read_page(self._source, index), "pymupdf"
        if self._type3_fonts(index) and self._is_moved(index):
            raise Unreadable("PDFium misplaces the letters of this page.")
        return self._by_pdfium(self._data, index), "pypdfium2"

    def tell_signs(self, index: int) -> int:
        """Looks at the signs of which the fonts of a page (from 0) do not tell what they are; how many are told now. The page has
        to be read again then."""
        from parsers.readers.pdf.fonts import bytes_of, mend_signs

        fonts = self._fonts[index].keys() - self._looked_at
        self._looked_at |= fonts
        mended = mend_signs(self._source, sorted(fonts))
        if mended.fonts:
            self._data, self._second = bytes_of(self._source), None
        return mended.signs

    def _is_for_pdfium(self, index: int) -> bool:
        """Whether PDFium is faster, and places letters right."""
        return self._type3_fonts(index) > FEW_TYPE3 and not self._is_moved(index)

    def _type3_fonts(self, index: int) -> int:
        return sum(kind == "Type3" for kind in self._fonts[index].values())

    def _is_moved(self, index: int) -> bool:
        """Whether a page is turned, or drawn as a form that is moved to its place: PDFium forgets that for letters of Type 3
        fonts."""
        return bool(self._source[index].rotation or self._source.get_page_xobjects(index))

    def _by_pdfium(self, data: bytes, index: int) -> PageContent:
        from parsers.readers.pdf.libraries import pdfium

        self._second = self._second or pdfium.open_pdf(data)
        return pdfium.read_page(self._second, index)

    def _read(self, index: int) -> tuple[PageContent, str]:
        if self._data is not None and self._is_for_pdfium(index):
            from parsers.readers.pdf.libraries import pdfium

            try:
                return self._by_pdfium(self._data, index), "pypdfium2"
            except pdfium.PdfiumError:  # a damaged file that only MuPDF repairs
                self._data = None
        return self._mupdf.read_page(self._source, index), "pymupdf"
