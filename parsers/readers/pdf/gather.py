"""What one page holds: tables with lines, with fills, with neither; the lines of its prose; what is to be noted of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from parsers.document import Box, GridKind, Note
from parsers.figures import Content, content_of
from parsers.readers import ocr
from parsers.readers.pdf.lines import PrintedLine, lines_of, put_in_order, without_page_numbers
from parsers.readers.pdf.notes import notes_of
from parsers.readers.pdf.page import MOST_MARKS, NO_BLANKS, PageContent, Rectangle, Word
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
AT_EDGE, CLOSES = 9.0, 4.0
"""Points: a table that ends so close to the lower edge of the page may go on beyond; a line so close to its end closes it."""
RECOGNISER = "rapidocr"
"""Who read a page that is a picture. What it takes for a line through a text may be a part of its letters."""
_MEANINGLESS = regex.compile(r"[\p{Cc}\p{Co}\p{Cn}\p{Cs}]")


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
    words: Sequence[Word] = [
        word if word.text.isprintable() else _marked(_without_blank_cells(word, content))
        for word in content.words
        if not word.text.isspace() or any(sign in NO_BLANKS for sign in word.text)
    ]
    words = [_open_at_edge(word, content) for word in put_in_order(words)]
    notes = list(notes_of(content))
    if len(words) > MOST_WORDS:
        notes.append(Note("left_out", f"More than {MOST_WORDS} words on one page; it was left out.", content.number))
        words = ()
    words = without_page_numbers(words)
    tables, words = _tables_on(content, words, before)
    message = "A table runs out of the page; what its last row holds may lie beyond."
    ruled = [table for table in tables if table.kind is GridKind.RULED]
    notes += [
        Note("cut_by_edge", message, content.number, cut) for table in ruled if (cut := _cut_off(table, content))
    ]
    for table in tables:
        if table.crossed:
            message = (
                "Text runs over a line between cells; it may belong to either side."
                if table.kind is GridKind.RULED
                else "Text stands across two columns of a table."
            )
            notes.append(Note("crossed_ruling", message, content.number, table.crossed))
    if blank := tuple(box for table in ruled for box in _blank_beside(table, words)):
        message = "A figure stands beside a table; the wall that parts it from the rest of the page may not be drawn."
        notes.append(Note("crossed_ruling", message, content.number, blank))
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


def _without_blank_cells(word: Word, content: PageContent) -> Word:
    """A figure without the wide blanks beside it: these are what fills the cells next to its own, and libraries give both as one
    word."""
    figure = word.text.strip()
    if figure == word.text or content_of(figure) not in (Content.FIGURE, Content.DASH):
        return word
    signs = [
        sign
        for sign in content.characters()
        if not sign.text.isspace()
        and word.x0 <= (sign.x0 + sign.x1) / 2 <= word.x1
        and word.y0 <= (sign.y0 + sign.y1) / 2 <= word.y1
    ]
    if "".join(sign.text for sign in signs) != figure:
        return word
    return word._replace(x0=signs[0].x0, x1=signs[-1].x1, text=figure)


def _cut_off(table: PageTable, content: PageContent) -> tuple[Box, ...]:
    """The cells of the last row of a ruled table that the edge of the page cuts: its walls end there, no line closes it, and nothing
    is below."""
    bottom = table.rectangle.y1
    if content.height - bottom > AT_EDGE:
        return ()
    last_lines = [mark for mark in content.marks if mark.y1 > bottom - CLOSES]
    if not last_lines or any(mark.x1 - mark.x0 > mark.y1 - mark.y0 for mark in last_lines):
        return ()
    last = max((cell.row + cell.row_span for cell in table.cells), default=0)
    return tuple(cell.box for cell in table.cells if cell.box is not None and cell.row + cell.row_span == last)


def _blank_beside(table: PageTable, words: Sequence[Word]) -> Iterator[Box]:
    """The blank cells of a ruled table at whose height a figure stands right of the table: it may be theirs."""
    beside = [word for word in words if word.x0 >= table.rectangle.x1 and word.text.isdecimal()]
    heights = [(word.y0 + word.y1) / 2 for word in beside]
    for cell in table.cells if heights else ():
        if cell.box is not None and not cell.text and any(cell.box.y0 < y < cell.box.y1 for y in heights):
            yield cell.box


def _marked(word: Word) -> Word:
    """The word with a sign for each character that has no meaning: a figure that cannot be read must not look blank."""
    return word._replace(text=_MEANINGLESS.sub("\ufffd", word.text))


def _open_at_edge(word: Word, content: PageContent) -> Word:
    """A figure that ends, or begins, so close to the edge of the page that no other digit has room there, with the sign for what
    cannot be read: more of it may lie beyond the edge, where a table is wider than its page. Libraries do not give that. Where a
    wall stands between the figure and the edge, as in a picture of a table, it is whole."""
    room = (word.x1 - word.x0) / len(word.text)
    if (
        word.text[-1].isdecimal()
        and content.width - word.x1 < room
        and not _walled(word.x1, content.width, word, content)
    ):
        word = word._replace(text=f"{word.text}\ufffd")
    if word.text[0].isdecimal() and word.x0 < room and not _walled(0.0, word.x0, word, content):
        word = word._replace(text=f"\ufffd{word.text}")
    return word


def _walled(left: float, right: float, word: Word, content: PageContent) -> bool:
    """Whether a line stands between two places beside a word."""
    return any(
        left <= mark.x0 and mark.x1 <= right and mark.y0 <= word.y0 and word.y1 <= mark.y1 for mark in content.marks
    )
