"""What one page holds: tables with lines, with fills, with neither; the lines of its prose; what is to be noted of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from parsers.document import Box, GridKind, Note
from parsers.readers import ocr
from parsers.readers.pdf.lines import PrintedLine, lines_of, without_page_numbers
from parsers.readers.pdf.notes import notes_of, notes_of_tables
from parsers.readers.pdf.page import MOST_MARKS, PageContent, Rectangle, Word
from parsers.readers.pdf.readable import readable_words
from parsers.readers.pdf.ruled.cells import table_of
from parsers.readers.pdf.ruled.filled import filled_lattices_of
from parsers.readers.pdf.ruled.lattice import Lattice, lattices_of
from parsers.readers.pdf.ruled.undrawn import with_undrawn_walls
from parsers.readers.pdf.shadows import without_shadows
from parsers.readers.pdf.sheet import pages_on, part_of
from parsers.readers.pdf.struck import without_struck
from parsers.readers.pdf.table import PageTable
from parsers.readers.pdf.unruled import parts_no_cells, unruled_tables
from parsers.readers.pdf.unruled.columns import Column

MOST_WORDS = 100_000
"""Words of one page; a densely printed page has 2,000. Beyond, the page is no page for people, and is left out."""
RECOGNISER = "rapidocr"
"""Who read a page that is a picture. What it takes for a line through a text may be a part of its letters."""


def _as_it_is(box: Box) -> Box:
    return box


@dataclass(frozen=True, slots=True)
class GatheredPage:
    """A page, gathered: what is to be written, and what is to be noted. Where it is a sheet with several pages, these stand in
    the places ``sheet``, in the order of reading."""

    content_size: tuple[float, float]
    lines: tuple[PrintedLine, ...]
    tables: tuple[PageTable, ...]
    notes: tuple[Note, ...]
    reader: str
    characters: int
    shown: Callable[[Box], Box] = _as_it_is
    sheet: tuple[Rectangle, ...] = ()
    scans: tuple[ocr.Scan, ...] = ()


def gathered(content: PageContent, reader: str, before: list[Column] | None = None) -> GatheredPage:
    """The tables and lines of one page, and what is to be noted about it. ``before``: see :func:`unruled_tables`. Pages printed
    together on one sheet are read one after the other."""
    before = [] if before is None else before
    places = pages_on(content)
    if not places:
        return _gathered(content, reader, before)
    pages = []
    left = 0.0
    for place in places:
        _move(before, max(place.x0, 0.0) - left)
        left = max(place.x0, 0.0)
        pages.append(_gathered(part_of(content, place), reader, before))
    _move(before, -left)
    return replace(
        pages[0],
        lines=tuple(line for page in pages for line in page.lines),
        tables=tuple(table for page in pages for table in page.tables),
        notes=tuple(dict.fromkeys(note for page in pages for note in page.notes)),
        characters=sum(page.characters for page in pages),
        sheet=tuple(places),
    )


def _move(columns: list[Column], distance: float) -> None:
    """Moves columns to the same place of another page on the sheet."""
    columns[:] = [Column(column.x0 + distance, column.x1 + distance) for column in columns]


def _gathered(content: PageContent, reader: str, before: list[Column]) -> GatheredPage:
    if reader != RECOGNISER and len(content.marks) <= MOST_MARKS and len(content.words) <= MOST_WORDS:
        content = without_struck(without_shadows(content))
    words = readable_words(content)
    notes = list(notes_of(content))
    if len(words) > MOST_WORDS:
        notes.append(Note("left_out", f"More than {MOST_WORDS} words on one page; it was left out.", content.number))
        words = ()
    words = without_page_numbers(words)
    tables, words = _tables_on(content, words, before)
    notes += notes_of_tables(tables, words, content)
    if content.turned or content.skew or content.enlarged != 1 or content.origin != (0.0, 0.0):
        tables = [_turned_back(table, content) for table in tables]
        notes = [replace(note, boxes=tuple(map(content.shown, note.boxes))) for note in notes]
    return GatheredPage(
        shown=content.shown,
        content_size=(content.width, content.height),
        lines=tuple(line for line in lines_of(words) if line.text),
        tables=tuple(tables),
        notes=tuple(notes),
        reader=reader,
        characters=sum(len(word.text) for word in content.words),
    )


def _tables_on(
    content: PageContent, words: Sequence[Word], before: list[Column]
) -> tuple[list[PageTable], Sequence[Word]]:
    """The tables of a page, and its words outside of them. Where lines, or fills, around a few cells stand in or beside the rows of a
    table that has none elsewhere, they part no cells: most of its lines were never drawn."""
    columns = list(before)
    tables, rest = _tables_of(content, words, before)
    bare = [table.rectangle for table in tables if table.kind is not GridKind.RULED]
    if any(table.kind is GridKind.RULED and _is_beside(table.rectangle, bare) for table in tables):
        before[:] = columns
        tables, rest = _tables_of(content, words, before, bare)
    return tables, rest


def _is_beside(rectangle: Rectangle, others: Sequence[Rectangle]) -> bool:
    return any(map(rectangle.stands_beside, others))


def _tables_of(
    content: PageContent, words: Sequence[Word], before: list[Column], bare: Sequence[Rectangle] = ()
) -> tuple[list[PageTable], Sequence[Word]]:
    """The tables that the lines make, then those that fills make, then those without either; and the words outside of them. Lines and
    fills in or beside the places ``bare`` make none."""
    tables: list[PageTable] = []
    for lattice in lattices_of(content):
        inside = lattice.words_by_cell(words)
        if not (_is_beside(lattice.rectangle, bare) or parts_no_cells(inside)):
            tables.append(table_of(with_undrawn_walls(lattice, inside), words, content))
            words = tables[-1].rest
    filled: list[Lattice] = []
    for lattice in filled_lattices_of(content, words, [table.rectangle for table in tables]):
        if not _is_beside(lattice.rectangle, bare):
            filled.append(lattice)
            tables.append(table_of(lattice, words, content))
            words = tables[-1].rest
    for table in unruled_tables(content, words, before, filled, [table.rectangle for table in tables]):
        tables.append(table)
        words = table.rest
    return tables, words


def _turned_back(table: PageTable, content: PageContent) -> PageTable:
    """The table with the places of its cells on the page as it is shown."""
    cells = tuple(replace(cell, box=content.shown(cell.box)) if cell.box else cell for cell in table.cells)
    return replace(table, cells=cells)


def set_in(page: GatheredPage, picture: GatheredPage) -> GatheredPage:
    """The page with what a picture on it says, at the picture's place."""

    def placed(place: Rectangle) -> Rectangle:
        box = picture.shown(Box(0, *place))
        return Rectangle(box.x0, box.y0, box.x1, box.y1)

    lines = [replace(line, rectangle=placed(line.rectangle)) for line in picture.lines]
    tables = [replace(table, rectangle=placed(table.rectangle)) for table in picture.tables]
    return replace(
        page,
        lines=(*page.lines, *lines),
        tables=(*page.tables, *tables),
        notes=(*page.notes, *picture.notes),
        characters=page.characters + picture.characters,
    )
