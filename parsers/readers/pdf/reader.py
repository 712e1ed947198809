"""From the bytes of a PDF to a document: choose the library page by page, gather, write down in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from itertools import pairwise
from typing import Any

import regex

from parsers.document import Box, Document, Metadata, Note
from parsers.errors import LimitExceeded, NeedsOcr, Unreadable
from parsers.readers import ocr
from parsers.readers.canonical import TextBuilder, clean
from parsers.readers.pdf.columns import Column, columns_of, columns_of_header, is_statutory, table_of_section
from parsers.readers.pdf.fonts import as_shown
from parsers.readers.pdf.lattice import Lattice, lattice_of
from parsers.readers.pdf.libraries import Readers, open_pdf, sentence
from parsers.readers.pdf.lines import PrintedLine, lines_of, rows_of, without_page_numbers
from parsers.readers.pdf.page import Mark, PageContent, Rectangle, Word, fold_of, halves_of, runs_sideways
from parsers.readers.pdf.prose import Layout, PlacedLine, continues, layout_of, running_lines
from parsers.readers.pdf.rulings import SNAP, Ruling, Rulings, edges_of, frameworks, rulings_of
from parsers.readers.pdf.struck import without_struck
from parsers.readers.pdf.tables import RuledTable, table_of
from parsers.readers.pdf.unruled import may_hold_tables, sections_of, split_at_gaps, text_row, with_numbers

VERSION = 5
"""Bumped whenever the same bytes may be read differently."""

MOST_PAGES = 2000
"""An annual report has 3 to 30 pages, a volume of all reports of a province a few hundred."""
MOST_WORDS = 100_000
"""Words of one page; a densely printed page has 2,000. Beyond, the page is no page for people, and is left out."""
MOST_MARKS = 200_000
"""Drawn marks of one page; a large table with dotted lines has 10,000. Beyond (maps, drawings) its lines are left out."""
MOST_RULINGS = 1500
"""Ruling lines of one direction on one page, after joining; the largest statutory table has 60. Lines are compared
pairwise, so this bounds the time: 1500 x 1500 comparisons are a second."""
FEW_CHARACTERS = 10
"""A page with fewer has no text worth the name: a page number on a scan."""
SCAN = 0.4
"""A picture that covers this part of a page without text is a scan of it."""
TABLE_PICTURE = (0.5, 90.0)
"""A picture on a page with text may be a table if it is this wide (part of the page) and this high (points); logos and
stamps are narrower, a letterhead is lower."""
BACKGROUND = 0.9
"""A picture that covers this part of a page with visible text is its background."""
FURNITURE = 46.0
"""Points: what stands so close to the upper or lower edge of the page (16 mm) is no row of a table."""
FEWEST_FILLS, LEAST_FILLED_ROWS = 6, 2
"""So many fills and rows make a table of filled cells; a single filled row is striping."""
BESIDE_FILLS = 0.05
"""The share of a table's words that may stand beside its filled cells: a label may be higher than its cell. Where every
other row is filled, it is half of them."""
MOST_HEADER_ROWS = 4
"""Rows of a header."""
PICTURES = ("needs_ocr", "recognised_text")
"""The notes of pages that are pictures. What somebody's OCR laid under one is not trusted: it is recognised here too."""
RECOGNISER = "rapidocr"
"""Who read a page that is a picture. What it takes for a line through a text may be a part of its letters."""
FEWEST_LOST, LEGIBLE = 20, 0.5
"""A page on which so many characters could not be decoded, or are letters of scripts that no report is written in (numbers of
glyphs taken for characters), and where there are not even half as many Chinese ones, is a picture of text: its fonts do not
say what they show."""
OUTLINES = 400
"""So many marks on a page without text are letters drawn as shapes."""

_MEANINGLESS = regex.compile(r"[\p{Cc}\p{Co}\p{Cn}\p{Cs}]")
_LOST = regex.compile(r"[\ufffd\p{Cc}\p{Co}\p{Cn}\p{Cs}]")
_CHINESE = regex.compile(r"\p{Han}")
_STRANGE = regex.compile(r"[[\p{L}\p{M}]--[\p{Han}\p{Latin}\p{Greek}]]", regex.VERSION1)


def _as_it_is(box: Box) -> Box:
    return box


@dataclass(frozen=True, slots=True)
class _Page:
    """A page, gathered: what is to be written, and what is to be noted. Where it holds two pages side by side, the second
    one stands right of ``fold``."""

    content_size: tuple[float, float]
    lines: tuple[PrintedLine, ...]
    tables: tuple[RuledTable, ...]
    notes: tuple[Note, ...]
    reader: str
    characters: int
    shown: Callable[[Box], Box] = _as_it_is
    fold: float = 0.0
    scan: ocr.Scan | None = None


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
    _write(builder, pages)
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
        recognised=ocr.recognised_in(builder, [page.scan for page in pages], _untrusted(pages)),
    )


def _repaired(data: bytes) -> Note:
    """What to note of a file in which MuPDF had to search for the objects at once: often only their list is wrong. A file that lost
    its end has lost the mark that stands there; one in the middle closes an earlier version of the file."""
    if data.rfind(b"%%EOF") < data.rfind(b"endobj"):
        return Note("truncated", "The file ends too early; what could be found in it was read.")
    return Note("repaired", "The file's table of contents is wrong; everything that could be found was read.")


def _untrusted(pages: Sequence[_Page]) -> set[int]:
    """The pages whose text is somebody's OCR."""
    return {
        number
        for number, page in enumerate(pages, 1)
        if page.scan is None and any(note.code == "recognised_text" for note in page.notes)
    }


def _pages(source: Any, data: bytes | None, name: str, fonts: Sequence[Mapping[int, str]]) -> Iterator[_Page]:
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
                yield _Page((0.0, 0.0), (), (), (note,), "pymupdf", 0)
            else:
                page = gathered(content, reader, before)
                if any(note.code in PICTURES for note in page.notes) and ocr.is_available():
                    page = _recognised(source, content, page, before)
                yield page
    if failures == len(fonts):
        raise Unreadable(f"{name}: none of the {len(fonts)} pages can be read; the file is damaged. Fetch it again.")


def _recognised(source: Any, content: PageContent, page: _Page, before: list[Column]) -> _Page:
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
    return replace(read, notes=(note, *read.notes), scan=scan)


def _drawn_on(content: PageContent) -> Sequence[Mark]:
    """The lines of a page on which tables are drawn, and which is no picture of one."""
    is_picture = any(image.area > SCAN * content.width * content.height for image in content.images)
    if content.turned or is_picture or len(content.marks) > MOST_MARKS:
        return ()
    return content.marks if lattices_of(content) else ()


def gathered(content: PageContent, reader: str, before: list[Column] | None = None) -> _Page:
    """The tables and lines of one page, and what is to be noted about it. ``before``: see :func:`unruled_tables`. Two pages
    printed side by side on one sheet are read one after the other."""
    before = [] if before is None else before
    fold = fold_of(content)
    if fold is None:
        return _gathered(content, reader, before)
    left, right = (_gathered(half, reader, before) for half in halves_of(content, fold))
    return replace(
        left,
        lines=(*left.lines, *right.lines),
        tables=(*left.tables, *right.tables),
        notes=tuple(dict.fromkeys((*left.notes, *right.notes))),
        characters=left.characters + right.characters,
        fold=fold,
    )


def _gathered(content: PageContent, reader: str, before: list[Column]) -> _Page:
    if reader != RECOGNISER and len(content.marks) <= MOST_MARKS and len(content.words) <= MOST_WORDS:
        content = without_struck(content)
    words: Sequence[Word] = [word if word.text.isprintable() else _marked(word) for word in content.words]
    notes = list(_notes(content))
    if len(words) > MOST_WORDS:
        notes.append(Note("left_out", f"More than {MOST_WORDS} words on one page; it was left out.", content.number))
        words = ()
    words = without_page_numbers(words)
    tables: list[RuledTable] = []
    for lattice in lattices_of(content):
        table = table_of(lattice, words, content)
        words = table.rest
        tables.append(table)
        if table.crossed:
            message = "Text runs over a ruling line; it may belong to either side."
            notes.append(Note("crossed_ruling", message, content.number, table.crossed))
    filled: list[Lattice] = []
    for lattice in filled_lattices_of(content, words, [table.rectangle for table in tables]):
        table = table_of(lattice, words, content)
        words = table.rest
        tables.append(table)
        filled.append(lattice)
    for table in unruled_tables(content, words, before, filled):
        words = table.rest
        tables.append(table)
        if table.crossed:
            message = "Text stands across two columns of a table."
            notes.append(Note("crossed_ruling", message, content.number, table.crossed))
    if content.turned or content.enlarged != 1:
        tables = [_turned_back(table, content) for table in tables]
        notes = [replace(note, boxes=tuple(map(content.shown, note.boxes))) for note in notes]
    return _Page(
        shown=content.shown,
        content_size=(content.width, content.height),
        lines=tuple(line for line in lines_of(words) if line.text),
        tables=tuple(tables),
        notes=tuple(notes),
        reader=reader,
        characters=sum(len(word.text) for word in content.words),
    )


def _turned_back(table: RuledTable, content: PageContent) -> RuledTable:
    """The table with the places of its cells on the page as it is shown."""
    cells = tuple(replace(cell, box=content.shown(cell.box)) if cell.box else cell for cell in table.cells)
    return replace(table, cells=cells)


def _marked(word: Word) -> Word:
    """The word with a sign for each character that has no meaning: a figure that cannot be read must not look blank."""
    return word._replace(text=_MEANINGLESS.sub("\ufffd", word.text))


def unruled_tables(
    content: PageContent, words: Sequence[Word], before: list[Column], filled: Sequence[Lattice] = ()
) -> Iterator[RuledTable]:
    """The tables that those of a page's words make that stand in no ruled one. ``before`` holds the columns of the last
    table of this kind, or of the last ``filled`` one, on this page or the one before, and is kept so."""
    inner = [word for word in words if word.y0 > FURNITURE and word.y1 < content.height - FURNITURE]
    foot = 0.0
    if may_hold_tables(words) and inner and sections_of(inner):
        characters = content.characters()
        words = with_numbers(split_at_gaps(words, characters))
        sections = sections_of(with_numbers(split_at_gaps(inner, characters)))
        fills = [Ruling(y, s.x0, s.x1) for s in content.surfaces for y in (s.y0, s.y1)]
        edges = [*edges_of(content.marks)[0], *fills]
        for section in sections:
            before[:] = _columns_above(filled, foot, section.rectangle.y0) or before
            columns = columns_of(section, before) if is_statutory(section) else []
            if columns:
                before[:] = columns
                foot = section.rectangle.y1
                taken = set(section.words)
                words = [word for word in words if word not in taken]
                yield replace(table_of_section(section, columns, edges, content.number), rest=words)
    before[:] = _columns_above(filled, foot, content.height) or before
    if header := columns_of_header([word for word in inner if word.y0 >= foot]):
        before[:] = header


def _columns_above(filled: Sequence[Lattice], top: float, bottom: float) -> list[Column]:
    """The columns of the last filled table between two heights of the page, from which an unruled one may go on."""
    between = [lattice for lattice in filled if top < lattice.rectangle.y1 <= bottom + SNAP]
    last = max(between, key=lambda lattice: lattice.rectangle.y1, default=None)
    return [Column(x0, x1) for x0, x1 in pairwise(last.columns)] if last else []


def filled_lattices_of(content: PageContent, words: Sequence[Word], ruled: Sequence[Rectangle]) -> list[Lattice]:
    """The tables whose cells are filled rectangles, each word in one of these. Where only some rows are filled, the
    fills do not tell the cells of the others."""
    fills = [
        fill
        for fill in content.surfaces
        if fill.y1 - fill.y0 < BACKGROUND * content.height and not any(r.holds(fill) for r in ruled)
    ]
    if not FEWEST_FILLS <= len(fills) <= MOST_MARKS or not words:
        return []
    rulings = rulings_of([*content.marks, *(Mark(*fill, True) for fill in fills)])
    if max(len(rulings.lying), len(rulings.standing)) > MOST_RULINGS:
        return []
    found = []
    for framework in frameworks(rulings):
        lattice = lattice_of(framework)
        if lattice is None or len(lattice.rows) < LEAST_FILLED_ROWS + 1:
            continue
        if any(lattice.rectangle.holds(table) for table in ruled):
            continue
        cells = [lattice.rectangle_of(place) for place in lattice.places if place.closed]
        middles = [((w.x0 + w.x1) / 2, (w.y0 + w.y1) / 2) for w in words]
        frame = lattice.rectangle
        inside = [(x, y) for x, y in middles if frame.x0 < x < frame.x1 and frame.y0 < y < frame.y1]
        if len(lattice.rows) <= MOST_HEADER_ROWS + 1 and not any(
            word.text[0].isdecimal() for word in words if frame.holds(Rectangle(*word[:4]))
        ):
            continue  # the filled header of a table whose other cells are not filled
        if any(_is_striped(cell, words) for cell in cells):
            continue
        beside = sum(not any(c.x0 <= x <= c.x1 and c.y0 <= y <= c.y1 for c in cells) for x, y in inside)
        if beside <= BESIDE_FILLS * len(inside):
            found.append(lattice)
    return found


def _is_striped(fill: Rectangle, words: Sequence[Word]) -> bool:
    """Whether a filled cell holds figures, apart from a label or from each other: it is the stripe below a whole row."""
    rows = map(text_row, rows_of([word for word in words if fill.shades(word)]))
    return any(row.is_anchor and sum(run.is_figure for run in row.runs) + row.first_figure > 1 for row in rows)


def lattices_of(content: PageContent) -> list[Lattice]:
    """The ruled tables of a page, without their text, from top to bottom. Of a table inside a cell of another the
    inner one counts: the outer one lays out the page."""
    if len(content.marks) > MOST_MARKS:
        return []
    rulings: Rulings = rulings_of(content.marks)
    if max(len(rulings.lying), len(rulings.standing)) > MOST_RULINGS:
        return []
    lattices = [lattice for framework in frameworks(rulings) if (lattice := lattice_of(framework))]
    return [
        lattice
        for lattice in lattices
        if not any(other is not lattice and lattice.rectangle.holds(other.rectangle) for other in lattices)
    ]


def _notes(content: PageContent) -> Iterator[Note]:
    number, page_area = content.number, content.width * content.height
    text = "".join(word.text for word in content.words)
    if content.damaged:
        yield Note("damaged", "A part of the page is damaged and could not be read.", number)
    if len(content.marks) > MOST_MARKS:
        yield Note("left_out", f"More than {MOST_MARKS} lines are drawn on the page; they were left out.", number)
    largest = max((image.area for image in content.images), default=0.0)
    if len(text) < FEW_CHARACTERS:
        if largest > SCAN * page_area or len(content.marks) > OUTLINES:
            yield Note("needs_ocr", "The page is a picture without text.", number)
        return
    lost = _LOST.findall(text)
    illegible = len(lost) + len(_STRANGE.findall(text))
    if illegible >= FEWEST_LOST and len(_CHINESE.findall(text)) < LEGIBLE * illegible:
        yield Note("needs_ocr", "The fonts of the page do not say which characters they show.", number)
    if content.hidden:
        yield Note("recognised_text", "The text is an invisible layer over a picture: somebody's OCR.", number)
    elif any(
        image.x1 - image.x0 >= TABLE_PICTURE[0] * content.width
        and image.y1 - image.y0 >= TABLE_PICTURE[1]
        and image.area < BACKGROUND * page_area
        for image in content.images
    ):
        yield Note("image_table", "A picture stands on the page where a table could be.", number)
    if content.turned or runs_sideways(content.words):
        yield Note("turned_text", "The text runs up or down the page; its order is uncertain.", number)
    if content.left_out:
        message = "Text that nobody sees, or a watermark, was left out."
        yield Note("hidden_text", message, number, _boxes(content.left_out, number))
    if content.struck:
        yield Note("struck_text", "Text that is struck through was left out.", number, _boxes(content.struck, number))
    if lost:
        yield Note("characters_lost", f"{len(lost)} of {len(text)} characters could not be decoded.", number)


def _boxes(places: Sequence[Rectangle], number: int) -> tuple[Box, ...]:
    return tuple(Box(number, *(round(edge, 1) for edge in place)) for place in places)


def _write(builder: TextBuilder, pages: Sequence[_Page]) -> None:
    """Lines and tables into the canonical text, in the order of their places."""
    running = running_lines([(page.content_size[1], page.lines) for page in pages])
    kept = [
        [line for line in page.lines if PlacedLine(number, line) not in running]
        for number, page in enumerate(pages, 1)
    ]
    layout = layout_of(line for lines in kept for line in lines)
    paragraph: list[PlacedLine] = []
    for number, page in enumerate(pages, 1):
        blocks: list[PrintedLine | RuledTable] = [*kept[number - 1], *page.tables]
        blocks.sort(key=partial(_place, page.fold))
        for block in blocks:
            if isinstance(block, RuledTable):
                _write_paragraph(builder, paragraph, layout, pages)
                paragraph = []
                builder.add_grid(block.kind, block.cells)
                continue
            placed = PlacedLine(number, block)
            if paragraph and not continues(paragraph[-1], placed, layout):
                _write_paragraph(builder, paragraph, layout, pages)
                paragraph = []
            paragraph.append(placed)
    _write_paragraph(builder, paragraph, layout, pages)


def _place(fold: float, block: PrintedLine | RuledTable) -> tuple[bool, float, float]:
    """Where a block comes in the order of reading."""
    x0, y0, *_ = block.rectangle
    return fold > 0 and x0 > fold, y0, x0


def _write_paragraph(
    builder: TextBuilder, paragraph: Sequence[PlacedLine], layout: Layout, pages: Sequence[_Page]
) -> None:
    if not paragraph:
        return
    parts = []
    for placed in paragraph:
        x0, y0, x1, y1 = placed.line.rectangle
        box = Box(placed.page, round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1))
        parts.append((placed.line.text, pages[placed.page - 1].shown(box)))
    builder.add_paragraph(parts, heading=layout.heading(paragraph[0].line))
