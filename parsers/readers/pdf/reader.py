"""From the bytes of a PDF to a document: choose the library page by page, gather, write down in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from typing import Any

from parsers.document import Document, Metadata, Note
from parsers.errors import LimitExceeded, NeedsOcr, Unreadable
from parsers.readers import ocr
from parsers.readers.canonical import TextBuilder, clean
from parsers.readers.pdf.fonts import as_shown
from parsers.readers.pdf.gather import RECOGNISER, GatheredPage, gathered, set_in
from parsers.readers.pdf.libraries import Readers, open_pdf, sentence
from parsers.readers.pdf.notes import FEW_CHARACTERS, SCAN
from parsers.readers.pdf.page import MOST_MARKS, Mark, PageContent, pictured
from parsers.readers.pdf.pictures import pictures_of
from parsers.readers.pdf.ruled.lattice import lattices_of
from parsers.readers.pdf.unruled.columns import Column
from parsers.readers.pdf.writing import write_pages

VERSION = 13
"""Bumped whenever the same bytes may be read differently."""
MOST_PAGES = 2000
"""An annual report has 3 to 30 pages, a volume of all reports of a province a few hundred."""
PAGE_OF_TEXT = 30
"""Characters that a picture without a table must hold to be one of text: signs and photographs have fewer."""
LOST = ("characters_lost", "needs_ocr")
"""The notes of pages whose fonts may not tell what their signs are."""
PICTURES = ("needs_ocr", "recognised_text")
"""The notes of pages that are pictures. What somebody's OCR laid under one is not trusted: it is recognised here too."""


def read_pdf(data: bytes, name: str) -> Document:
    """The document in the bytes of a PDF file called ``name``.

    Raises Encrypted, NeedsOcr (no page has text), LimitExceeded (too many pages) and Unreadable.
    """
    notes = []
    digest = sha256(data).hexdigest()
    with closing(open_pdf(data, name)) as source:
        page_count = source.page_count
        if page_count == 0:
            raise Unreadable(f"{name}: the PDF has no pages that can be found; it is damaged. Fetch the file again.")
        if page_count > MOST_PAGES:
            raise LimitExceeded(f"{name}: {page_count} pages, at most {MOST_PAGES} are read. Split the file.")
        was_repaired = source.is_repaired
        if was_repaired:
            notes.append(_repaired(data))
        shown = as_shown(source, data)
        if shown.mended.digits:
            message = (
                f"The fonts call {shown.mended.digits} digits something else than they show; they were read as shown."
            )
            notes.append(Note("digits_mended", message))
        elif shown.mended.fonts:
            notes.append(Note("codes_lost", f"{shown.mended.fonts} fonts do not tell what some of their signs are."))
        title = clean((source.metadata or {}).get("title") or "") or None
        pages = list(_pages(source, shown.data, name, shown.fonts))
        if source.is_repaired and not was_repaired:
            message = "Objects of the file are not where its table of contents says; what could be found was read."
            notes.append(Note("damaged", message))
    for page in pages:
        notes += page.notes
    if not any(page.characters >= FEW_CHARACTERS for page in pages):
        if any(note.code == "needs_ocr" for note in notes):
            raise NeedsOcr(f"{name}: none of the {page_count} pages holds text, they are pictures. {ocr.advice()}")
        raise Unreadable(f"{name}: none of the {page_count} pages holds text. Look at the file; fetch it again.")
    builder = TextBuilder()
    write_pages(builder, pages)
    return Document(
        name=name,
        sha256=digest,
        media_type="application/pdf",
        reader="+".join(sorted({page.reader for page in pages})),
        page_count=page_count,
        text=builder.text,
        lines=tuple(builder.lines),
        grids=tuple(builder.grids),
        metadata=Metadata(title=title),
        notes=tuple(notes),
        recognised=ocr.recognised_in(builder, [scan for page in pages for scan in page.scans], _untrusted(pages)),
    )


def _repaired(data: bytes) -> Note:
    """What to note of a file in which MuPDF had to search for the objects at once: often only their list is wrong. A file that lost
    its end has lost the mark that stands there; one in the middle closes an earlier version of the file."""
    if data.rfind(b"%%EOF") < data.rfind(b"endobj"):
        return Note("truncated", "The file ends too early; what could be found in it was read.")
    return Note("repaired", "The file's table of contents is wrong; everything that could be found was read.")


def _untrusted(pages: Sequence[GatheredPage]) -> set[int]:
    """The pages whose text is somebody's OCR."""
    return {
        number
        for number, page in enumerate(pages, 1)
        if not page.scans and any(note.code == "recognised_text" for note in page.notes)
    }


def _pages(source: Any, data: bytes | None, name: str, fonts: Sequence[Mapping[int, str]]) -> Iterator[GatheredPage]:
    """Every page, gathered; one that cannot be read is empty and has a note."""
    failures = 0
    before: list[Column] = []
    with Readers(source, data, fonts) as readers:
        for index in range(len(fonts)):
            try:
                content, reader = readers.read(index)
            except Exception as error:  # the libraries have a class of their own for every kind of damage
                failures += 1
                note = Note("damaged", f"The page cannot be read ({sentence(error)}).", index + 1)
                yield GatheredPage((0.0, 0.0), (), (), (note,), "pymupdf", 0)
            else:
                page = gathered(content, reader, before)
                if any(note.code in LOST for note in page.notes) and ocr.is_available():
                    page = _told(readers, index, page, before)
                if any(note.code in PICTURES for note in page.notes) and ocr.is_available():
                    page = _recognised(source, content, page, before)
                elif any(note.code == "image_table" for note in page.notes) and ocr.is_available():
                    page = _with_pictures(source, content, page)
                yield page
    if failures == len(fonts):
        raise Unreadable(f"{name}: none of the {len(fonts)} pages can be read; the file is damaged. Fetch it again.")


def _told(readers: Readers, index: int, page: GatheredPage, before: list[Column]) -> GatheredPage:
    """The page after its fonts were asked what the signs are that they do not tell; as it was where nothing is told."""
    signs = readers.tell_signs(index)
    if not signs:
        return page
    content, reader = readers.read(index)
    read = gathered(content, reader, before)
    note = Note(
        "signs_recognised", f"The fonts do not tell {signs} of their signs; these were recognised.", index + 1
    )
    return replace(read, notes=(note, *read.notes))


def _recognised(source: Any, content: PageContent, page: GatheredPage, before: list[Column]) -> GatheredPage:
    """The page without text as a recogniser reads its picture; as it was where there is nothing to read."""
    scan = ocr.read_page(source, content, _drawn_on(content))
    if sum(len(word.text) for word in scan.content.words) < FEW_CHARACTERS:
        return page
    read = gathered(scan.content, RECOGNISER, before)
    note = Note(
        "recognised_page",
        "The page is a picture, or its fonts do not say what they show; its text was recognised (OCR).",
        content.number,
    )
    return replace(read, notes=(note, *read.notes), scans=(scan,))


def _with_pictures(source: Any, content: PageContent, page: GatheredPage) -> GatheredPage:
    """The page with what the pictures on it say, those of them that are tables or pages of text."""
    places = pictures_of(content) if not content.turned else []
    for place in places:
        scan = ocr.read_picture_on(source, content, place)
        read = gathered(scan.content, RECOGNISER)
        if not read.tables and read.characters < PAGE_OF_TEXT:
            continue
        scans = (*page.scans, scan)
        page = replace(
            set_in(page, read), scans=scans, reader="+".join(sorted({*page.reader.split("+"), RECOGNISER}))
        )
    if page.scans:
        note = Note(
            "recognised_picture",
            "Pictures on the page hold tables or text; they were recognised (OCR).",
            content.number,
        )
        left = [each for each in page.notes if each.code != "image_table" or len(page.scans) < len(places)]
        page = replace(page, notes=(note, *left))
    return page


def _drawn_on(content: PageContent) -> Sequence[Mark]:
    """The lines of a page on which tables are drawn, and which is no picture of one."""
    is_picture = pictured(content.images) > SCAN * content.width * content.height
    if content.turned or is_picture or len(content.marks) > MOST_MARKS:
        return ()
    return content.marks if lattices_of(content) else ()
