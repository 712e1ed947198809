"""The vocabulary of what is on a page. Every reader yields a :class:`Document`, whatever the format.

Offsets count characters (code points) of :attr:`Document.text`, the *canonical text*: what a person reads, in
reading order, one paragraph or one table row a line, cells of a row separated by tabs. Boxes are in points
(1/72 inch), the origin at the top left corner of the page as it is shown, pages counted from 1.

Three things always hold, for any reader (the tests check them on every document of the corpus):

* ``document.text[line.span.start:line.span.end]`` is the text of the line, and the same for a grid cell;
* lines and grids are in reading order and do not overlap;
* the same bytes give an equal document.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters in a canonical text: ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def moved(self, offset: int) -> Span:
        """The same range ``offset`` characters further on."""
        return Span(self.start + offset, self.end + offset)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page: points, origin top left, ``x0 <= x1`` and ``y0 <= y1``, pages from 1."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    def holds_middle_of(self, other: Box) -> bool:
        """Whether the middle of the other one, on the same page, lies within it."""
        x, y = (other.x0 + other.x1) / 2, (other.y0 + other.y1) / 2
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge, on one page."""
        across = self.x0 < other.x1 and other.x0 < self.x1
        return across and self.y0 < other.y1 and other.y0 < self.y1 and self.page == other.page

    def union(self, other: Box) -> Box:
        """The smallest box that holds both; the two must be on one page."""
        return Box(
            self.page, min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1)
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A line as printed. A paragraph that wraps is several lines whose spans touch; a line break of the
    canonical text ends the paragraph. ``box`` is None in formats without pages. ``heading`` is the typographic
    level that the format itself declares (HTML ``<h1>``, a Word heading style): 1 is the highest, 0 is none.
    ``gap`` is how many empty lines stand above it in a plain text: a blank cell of a table that fell apart may be one."""

    span: Span
    box: Box | None = None
    heading: int = 0
    gap: int = 0


class GridKind(StrEnum):
    """How a table's cells were told apart, which is how far its columns can be trusted."""

    RULED = "ruled"
    """By lines drawn on a page: positions and merges are as printed."""
    MARKUP = "markup"
    """By the format's own cells and spans (HTML, DOCX)."""
    ALIGNED = "aligned"
    """By how its texts stand on a page without lines between the columns: columns are told by the figures, blanks keep
    their place; merges are guessed."""
    PRINTED = "printed"
    """By how its texts stand among the signs of a printout in plain text: as aligned, but places are rough, and a blank
    among figures may be that of another column."""
    LABELLED = "labelled"
    """As printed, but all figures that stand one below the other stand below one label of a column, and below no other."""
    DELIMITED = "delimited"
    """By tabs or pipes in plain text: merges are lost, rows may be ragged or shifted."""

    @property
    def is_placed(self) -> bool:
        """Whether columns are told by where texts stand, and by no line, mark or separator."""
        return self in (GridKind.ALIGNED, GridKind.PRINTED, GridKind.LABELLED)

    @property
    def is_printout(self) -> bool:
        """Whether it is of plain text whose signs stand where those of a page did."""
        return self in (GridKind.PRINTED, GridKind.LABELLED)


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell as printed, merges included: it covers rows ``row … row + row_span - 1``, and columns likewise."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    span: Span
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed. ``cells`` are sorted by row, then column; each place is covered by at most one cell,
    and a place that no cell covers does not exist in the document (a ragged row)."""

    kind: GridKind
    cells: tuple[GridCell, ...]
    row_count: int
    column_count: int
    span: Span


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the reader saw and that may matter to whoever trusts the text: a stable code, a sentence,
    and the page (from 1) where there is one. Codes: see :data:`NOTE_CODES`. ``boxes`` are the places that it is about,
    where it is about some and not the whole page."""

    code: str
    message: str
    page: int | None = None
    boxes: tuple[Box, ...] = ()


NOTE_CODES = {
    "needs_ocr": "a page is a picture without text, or its fonts do not say which characters they show",
    "image_table": "a picture stands where a table could be",
    "set_aside": "a page or Word file shows something in a frame, a drawing or a picture beside or behind its text, which was not read",
    "charset_wrong": "the declared character set was wrong; another one was used",
    "characters_lost": "characters could not be decoded",
    "codes_lost": "fonts of the file do not tell what some of their signs are; these were taken for no characters",
    "signs_recognised": "the fonts of a page do not tell what some of their signs are; these were recognised by how they look",
    "digits_mended": "the fonts of the file call digits something else than they show; they were read as they are shown",
    "truncated": "the file ends too early",
    "damaged": "parts of the file, or of a page, are damaged and could not be read",
    "repaired": "the file's table of contents is wrong, and was made anew; nothing is missing",
    "left_out": "a page holds more than any page of a report does, and this was left out",
    "hidden_text": "text that is not shown was left out",
    "struck_text": "text that is struck through was left out",
    "recognised_page": "a page is a picture, or its fonts do not say what they show; its text was recognised by a program (OCR)",
    "recognised_picture": "pictures of text or tables stand in the document; what they say was recognised (OCR)",
    "recognised_text": "the text is an invisible layer over a picture of the page, made by a recogniser",
    "cut_by_edge": "a table runs out of the page: what its last row holds may lie beyond",
    "crossed_ruling": "a text runs over a ruling line; which cell it belongs to is uncertain",
    "turned_text": "the text of a page runs up or down; the order in which it was read is uncertain",
    "tracked_changes": "the document holds tracked changes; they were read as accepted",
}
"""What each code of a :class:`Note` means."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The text of a line or a cell that was recognised in a picture (OCR). ``sure`` says that two readings of the
    picture agree and nothing speaks against them; ``others`` are what else it may be."""

    span: Span
    sure: bool
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file says of itself outside its visible text; each is None when it says nothing. ``sites`` are the names that
    a page gives to the site that it stands on."""

    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What any reader yields: canonical text, lines and grids in reading order, and where it all came from.

    ``name`` is the file's name as given (no path), ``sha256`` the hash of its bytes in hexadecimal,
    ``page_count`` is 0 in formats without pages, ``reader`` names the reader that read it. ``recognised`` are the
    lines and cells, in reading order, that were no text in the file but a picture of one.
    """

    name: str
    sha256: str
    media_type: str
    reader: str
    page_count: int
    text: str
    lines: tuple[Line, ...]
    grids: tuple[Grid, ...]
    metadata: Metadata = Metadata()
    notes: tuple[Note, ...] = ()
    recognised: tuple[Recognised, ...] = ()

    def blocks(self) -> Iterator[Line | Grid]:
        """Lines and grids together, in reading order."""
        blocks: list[Line | Grid] = [*self.lines, *self.grids]
        yield from sorted(blocks, key=lambda block: block.span.start)

    def prose_spans(self) -> tuple[Span, ...]:
        """The stretches of the canonical text between the grids."""
        edges = [0]
        for grid in self.grids:
            edges += (grid.span.start, grid.span.end)
        edges.append(len(self.text))
        return tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)

    def box_of(self, span: Span) -> Box | None:
        """Where the characters of ``span`` stand: the box of its first line's part, None without pages.

        Inside a line the place is interpolated, a wide character counted as two narrow ones: it is good to
        about a character, enough to frame a figure for a person.
        """
        index = bisect_right(self.lines, span.start, key=lambda line: line.span.start) - 1
        if index < 0 or not self.lines[index].span.overlaps(span):
            return None
        line = self.lines[index]
        if line.box is None:
            return None
        widths = [1 if ord(character) < 0x2E80 else 2 for character in line.span.of(self.text)]
        scale = (line.box.x1 - line.box.x0) / (sum(widths) or 1)
        start = max(span.start - line.span.start, 0)
        end = min(span.end, line.span.end) - line.span.start
        x0 = line.box.x0 + scale * sum(widths[:start])
        x1 = line.box.x0 + scale * sum(widths[:end])
        return Box(line.box.page, round(x0, 1), line.box.y0, round(x1, 1), line.box.y1)
