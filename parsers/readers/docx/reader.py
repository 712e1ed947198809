"""Word files (DOCX, and what WPS saves as such)."""

from __future__ import annotations

from posixpath import dirname, join, normpath

from parsers.document import Document, Metadata, Note
from parsers.errors import NeedsOcr, Unreadable
from parsers.readers.blocks import Block, document
from parsers.readers.canonical import clean
from parsers.readers.docx.body import Body
from parsers.readers.docx.numbering import read_numbering
from parsers.readers.docx.package import Package, tag
from parsers.readers.docx.styles import Styles
from parsers.readers.ocr import advice
from parsers.readers.ocr.pictures import Pictures, View
from parsers.readers.sniff import Format, sniff
from parsers.readers.text.tables import with_pipe_tables

VERSION = 5


def read_docx(data: bytes, name: str) -> Document:
    """The document that a Word file is: paragraphs, tables and text boxes of its body, tracked changes accepted.

    Headers, footers, notes and comments are left out. Raises :class:`Unreadable` for damaged files, :class:`NeedsOcr`
    for a body of pictures alone and :class:`parsers.errors.LimitExceeded` for archives made to burst.
    """
    package = Package(data, name)
    main = package.main_part()
    root = package.part(main) if main else None
    if root is None:
        raise Unreadable(f"{name}: the Word file has no readable body; open it in Word and save it again")
    folder = dirname(main)
    styles = Styles(package.part(normpath(join(folder, "styles.xml"))))
    numbering = read_numbering(package.part(normpath(join(folder, "numbering.xml"))))
    pictures = Pictures(name)

    def look(relation: str, view: View) -> list[Block]:
        path = package.related(main, relation)
        return pictures.blocks(package.content(path) if path else None, view)

    def embedded(relation: str) -> list[Block]:
        path = package.related(main, relation)
        content = package.content(path) if path else None
        return _blocks_of_page(content, name) if content else []

    body = Body(styles, numbering, look, embedded)
    blocks = with_pipe_tables(body.read(root))
    if not blocks and body.pictures:
        raise NeedsOcr(f"{name}: the Word file holds {body.pictures} pictures and no text. {advice()}")
    if not blocks:
        why = (
            "is damaged beyond reading; download it again"
            if package.damaged
            else "holds no text; is it the right one?"
        )
        raise Unreadable(f"{name}: the Word file {why}")
    return document(
        blocks,
        data=data,
        name=name,
        media_type=Format.DOCX.value,
        reader="docx",
        metadata=Metadata(title=_title(package)),
        notes=_notes(package, body, pictures),
    )


def _blocks_of_page(content: bytes, name: str) -> list[Block]:
    """The blocks of a web page that a program put into a Word file as it was; none where it is no page."""
    try:
        if sniff(content, name) is not Format.HTML:
            return []
    except Unreadable:
        return []
    from parsers.readers.html import blocks_of_page  # hardly any Word file holds one

    return blocks_of_page(content, name)


def _title(package: Package) -> str | None:
    properties = package.part("docProps/core.xml")
    if properties is None:
        return None
    return next((clean(element.text or "") or None for element in properties if tag(element) == "title"), None)


def _notes(package: Package, body: Body, pictures: Pictures) -> list[Note]:
    notes = []
    if package.damaged:
        notes.append(Note("damaged", "the Word file is damaged; what could be read was read"))
    if body.tracked:
        notes.append(Note("tracked_changes", "the document holds tracked changes; they were read as accepted"))
    if body.hidden:
        notes.append(Note("hidden_text", f"{body.hidden} hidden characters were left out"))
    if body.pictures:
        notes.append(Note("image_table", f"{body.pictures} pictures in the text; one of them may be a table"))
    if body.beside:
        notes.append(Note("set_aside", f"{body.beside} pictures beside text were not read"))
    if pictures.read:
        notes.append(Note("recognised_picture", f"{pictures.read} pictures in the text were recognised (OCR)"))
    return notes
