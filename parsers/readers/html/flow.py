"""The article of a page to blocks: text is parted where a browser parts it, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import regex

from parsers.readers.blocks import Block, Paragraph, delimited, split_lines, text_of
from parsers.readers.canonical import clean, raised
from parsers.readers.html.boxes import blocks_of_boxes
from parsers.readers.html.content import is_page, is_set_aside
from parsers.readers.html.style import Display
from parsers.readers.html.tables import blocks_of_table
from parsers.readers.html.tree import Element, parse, text_content
from parsers.readers.text.lines import blocks_of_lines
from parsers.readers.text.tables import with_pipe_tables
from parsers.readers.words import words

_BLOCKS = frozenset(words("html")["block_elements"].split())
_BLOCK_DISPLAYS = (Display.BLOCK, Display.TABLE, Display.GRID)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"  # Chinese characters and full-width signs
_WIDE_BREAK = regex.compile(rf"(?<={_WIDE})[ \t]*+[\r\n]\s*+(?={_WIDE})")  # fmt: skip
_NUMBER = regex.compile(r"\d+")
_SMALL = 100  # pixels; a table that is a picture is wider and higher than this

Look = Callable[[Sequence[str]], tuple[list[Block], list[str]]]
"""What the pictures at addresses say, and the addresses of those that say nothing."""


def _unread(addresses: Sequence[str]) -> tuple[list[Block], list[str]]:
    return [], list(addresses)


@dataclass(slots=True)
class Flow:
    """Collects blocks while the tree is walked. ``article`` is the element that is read: what is set aside within it
    depends on how much of it that is; ``pictures`` are addresses of pictures on lines of their own, which ``look``, given
    those that follow one another, could not read; ``beside`` counts those beside text, which are not looked at."""

    article: Element
    look: Look = _unread
    blocks: list[Block] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    beside: int = 0
    hidden: int = 0
    in_table: bool = False
    _lines: list[str] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _shown: list[str] = field(default_factory=list)
    _alone: list[str] = field(default_factory=list)

    def read(self, element: Element, heading: int = 0) -> None:
        """Read what stands in an element into the blocks."""
        for child in element.children:
            if isinstance(child, str):
                self._pieces.append(child)
            elif child.tag == "br":
                self._end_line()
            elif child.tag == "img":
                self._picture(child)
            elif child.tag in ("input", "textarea") and child.display is not Display.NONE:
                self._field(child)
            elif is_set_aside(child, self.article, in_table=self.in_table) and not is_page(child, element):
                self.hidden += child.text if child.display is Display.NONE else 0
            else:
                self._read_child(child, heading)

    def _read_child(self, child: Element, heading: int) -> None:
        if child.tag == "table":
            self.end_paragraph(heading)
            self._put(blocks_of_table(child, self._read_cell))
        elif (boxes := blocks_of_boxes(child, self._read_cell)) is not None:
            self.end_paragraph(heading)
            self._put(boxes)
        elif child.tag in ("pre", "listing"):
            self.end_paragraph(heading)
            self._preformatted(child)
        elif child.display is Display.ROW:
            self.end_paragraph(heading)
            self._row(child)
        elif (child.tag in _BLOCKS and child.display is not Display.CELL) or child.display in _BLOCK_DISPLAYS:
            self.end_paragraph(heading)
            self.read(child, inner := _HEADINGS.get(child.tag, heading))
            self.end_paragraph(inner)
        elif child.tag == "sup":
            self._pieces.append(raised(text_content(child)))
        elif child.tag == "sub" or child.display is Display.CELL or child.tag in _BLOCKS:
            # Stands apart: two figures side by side never become one.
            self._pieces.append(" ")
            self.read(child, heading)
            self._pieces.append(" ")
        else:
            self.read(child, heading)

    def end_paragraph(self, heading: int = 0) -> None:
        """What was collected is a paragraph."""
        self._end_line()
        if self._lines:
            self._put(split_lines(self._lines, heading))
            self._lines = []
            self.beside += len(self._shown)
        else:
            self._alone += self._shown
        self._shown = []

    def end(self) -> None:
        """Nothing follows."""
        self.end_paragraph()
        self._put(())

    def _put(self, blocks: Iterable[Block]) -> None:
        """Blocks follow, behind what the pictures say that stood alone before them."""
        if self._alone:
            shown, unread = self.look(self._alone)
            self.blocks += shown
            self.pictures += [address[:200] for address in unread]
            self._alone = []
        self.blocks += blocks

    def _end_line(self) -> None:
        text = _WIDE_BREAK.sub("", "".join(self._pieces))
        self._pieces = []
        if clean(text):
            self._lines.append(text.strip("\n\r"))

    def _inner(self) -> Flow:
        return Flow(self.article, self.look, in_table=True)

    def _read_cell(self, element: Element) -> list[Block]:
        inner = self._inner()
        inner.read(element)
        inner.end()
        self.hidden += inner.hidden
        self.pictures += inner.pictures
        self.beside += inner.beside
        return inner.blocks

    def _row(self, row: Element) -> None:
        """Elements side by side: rows of short texts are rows of a table, anything else is read one after the other."""
        cells: list[list[Block]] = []
        for child in row.children:
            if isinstance(child, Element):
                if not is_set_aside(child, self.article, in_table=self.in_table):
                    cells.append(self._read_cell(child))
            elif clean(child):
                cells.append([Paragraph((child,))])
        if len(cells) > 1 and all(
            len(cell) < 2 and all(isinstance(block, Paragraph) for block in cell) for cell in cells
        ):
            self._put([_Row(tuple(" ".join(text_of(cell)) for cell in cells))])
        else:
            self._put([block for cell in cells for block in cell])

    def _preformatted(self, element: Element) -> None:
        self._put(blocks_of_lines(_raw_text(element)))

    def _picture(self, element: Element) -> None:
        source = element.attributes.get("src") or ""
        sizes = [_NUMBER.match((element.attributes.get(side) or "").strip()) for side in ("width", "height")]
        if any(size and len(size[0]) < 6 and int(size[0]) < _SMALL for size in sizes):
            return
        # What is packed in an address spells nothing.
        named = "" if source.startswith("data:") else source[:300].lower()
        if not any(word.lower() in named for word in words("html")["ornaments"]):
            self._shown.append(source)

    def _field(self, element: Element) -> None:
        """The value of a form field in a table is printed there like any text."""
        kind = (element.attributes.get("type") or "text").lower()
        if self.in_table and kind == "text" and element.tag == "input":
            self._pieces.append(f" {element.attributes.get('value') or ''} ")
        elif element.tag == "textarea":
            self.read(element)


class _Row(Paragraph):
    """A paragraph whose lines are the cells of a row; :func:`with_rows` puts such rows together."""

    __slots__ = ()


def with_rows(blocks: list[Block]) -> list[Block]:
    """Blocks in which rows that follow one another have become tables; a row that stands alone, lines."""
    found: list[Block] = []
    rows: list[tuple[str, ...]] = []
    for block in [*blocks, None]:
        if isinstance(block, _Row):
            rows.append(block.lines)
            continue
        if len(rows) > 1 and max(map(len, rows)) > 1:
            found.append(delimited(rows))
        else:
            found += [Paragraph((text,)) for row in rows for text in row if clean(text)]
        rows = []
        if block is not None:
            found.append(block)
    return found


def blocks_of_article(article: Element, look: Look = _unread) -> tuple[list[Block], Flow]:
    """The blocks of an article, and the flow that read it, for what it saw. ``look`` reads the pictures
    at addresses that follow one another, and gives those back that it could not read."""
    flow = Flow(article, look)
    flow.read(article)
    flow.end()
    return with_pipe_tables(with_rows(flow.blocks)), flow


def blocks_of_fragment(html: str) -> list[Block]:
    """The blocks of a piece of HTML that stands within another text."""
    return blocks_of_article(parse(html, "table").body)[0]


def _raw_text(element: Element) -> str:
    pieces: list[str] = []
    pending: list[Element | str] = [element]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            pieces.append(item)
        elif item.tag == "br":
            pieces.append("\n")
        else:
            pending += reversed(item.children)
    return "".join(pieces)
