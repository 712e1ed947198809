"""The body of a Word file to blocks, as Word shows it when all tracked changes are accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from parsers.readers.blocks import MAX_CELLS, Block, Cell, cell_of, settle, split_lines
from parsers.readers.canonical import clean, raised
from parsers.readers.docx.numbering import Numbering
from parsers.readers.docx.package import child, is_on, number, tag, value
from parsers.readers.docx.styles import Style, Styles
from parsers.readers.ocr.pictures import WHOLE, View

_MAX_SPAN = 1000  # columns that one cell may cover; Word allows 63
_WIDE = 1_800_000  # EMU, 5 cm: a picture of a table is wider, a seal or a code to scan is not
_OUT = frozenset(("del", "moveFrom", "delText", "instrText", "delInstrText", "rPr", "pPr", "sectPr", "sdtPr", "rt"))
"""Elements without text of their own, and text that is deleted once changes are accepted."""


_PARTS, _DEGREE = 100_000, 60_000  # of a picture's width or height; of which a turn has 360


def _unread(_: str, _view: View = WHOLE) -> list[Block]:
    return []


@dataclass(slots=True)
class Body:
    """Reads a body; what it saw on the way stays in its fields: whether there are tracked changes, how many characters
    are hidden, how many pictures stand by themselves that ``look`` (which reads the one of a relation, as it is shown) could not read,
    and how many stand ``beside`` text, which are not looked at.
    ``embedded`` reads a page or text that was put into the file whole, which Word makes part of it when it opens it."""

    styles: Styles
    numbering: Numbering
    look: Callable[[str, View], list[Block]] = _unread
    embedded: Callable[[str], list[Block]] = _unread
    tracked: bool = False
    hidden: int = 0
    pictures: int = 0
    beside: int = 0
    _boxes: list[etree._Element] = field(default_factory=list)
    _images: list[tuple[str, View]] = field(default_factory=list)

    def read(self, container: etree._Element) -> list[Block]:
        """The blocks of a body, a cell, a text box or any other container of paragraphs and tables."""
        blocks: list[Block] = []
        pending: list[str] = []  # lines of a paragraph whose end was deleted: it goes on in the next
        for element in container:
            match tag(element):
                case "p":
                    lines, heading, open_ended = self._paragraph(element)
                    lines = _joined(pending, lines)
                    pending = lines if open_ended else []
                    if not open_ended:
                        blocks += split_lines(lines, heading)
                    blocks += self._read_pictures(alone=not clean("".join(lines)))
                    blocks += self._read_boxes()
                case "tbl":
                    blocks += self._table(element)
                case "del" | "moveFrom":
                    self.tracked = True
                case "altChunk":
                    blocks += self.embedded(value(element, "id") or "")
                case "AlternateContent":
                    blocks += self._alternative(element)
                case "ins" | "moveTo":
                    self.tracked = True
                    blocks += self.read(element)
                case "sdt" | "sdtContent" | "customXml" | "smartTag" | "txbxContent" | "document" | "body":
                    blocks += self.read(element)
                case _:
                    pass
        return blocks + list(split_lines(pending))

    def _alternative(self, element: etree._Element) -> list[Block]:
        """One of the versions in which a part of the page is given: never two."""
        for version in element:
            if blocks := self.read(version):
                return blocks
        return []

    def _read_boxes(self) -> list[Block]:
        boxes, self._boxes = self._boxes, []
        return [block for box in boxes for block in self.read(box)]

    def _read_pictures(self, *, alone: bool) -> list[Block]:
        """What the pictures of a paragraph say if they stand ``alone`` in it."""
        found: list[Block] = []
        self.beside += 0 if alone else len(self._images)
        for relation, view in self._images if alone else []:
            blocks = self.look(relation, view)
            found += blocks
            self.pictures += not blocks
        self._images = []
        return found

    def _paragraph(self, paragraph: etree._Element) -> tuple[list[str], int, bool]:
        """Its lines, its level as a heading, and whether its end was deleted."""
        properties = child(paragraph, "pPr")
        style = self.styles.of_paragraph(value(child(properties, "pStyle")))
        pieces: list[str] = []
        self._images = []
        self._runs(paragraph, pieces, hidden=style.hidden)
        lines = "".join(pieces).split("\n")
        if label := self._label(properties, style):
            lines[0] = label + lines[0]
        outline = child(properties, "outlineLvl")
        heading = number(outline, default=9) + 1 if outline is not None else style.heading
        marks = child(properties, "rPr")
        open_ended = child(marks, "del") is not None
        self.tracked = self.tracked or open_ended
        return lines, heading if heading < 10 else 0, open_ended

    def _label(self, properties: etree._Element | None, style: Style) -> str:
        numbered = child(properties, "numPr")
        number_id = value(child(numbered, "numId")) or style.number_id
        if number_id is None or number_id == "0":
            return ""
        level = child(numbered, "ilvl")
        return self.numbering.next(number_id, number(level) if level is not None else style.number_level)

    def _is_prompt(self, element: etree._Element) -> bool:
        """Whether a content control shows what is to be filled in here, since nothing was."""
        return tag(element) == "sdt" and is_on(child(element, "sdtPr", "showingPlcHdr"))

    def _runs(self, element: etree._Element, pieces: list[str], *, hidden: bool) -> None:
        for item in element:
            name = tag(item)
            if name == "r":
                self._run(item, pieces, hidden=hidden)
            elif name in ("del", "moveFrom"):
                self.tracked = True
            elif name == "AlternateContent":
                self._inline_alternative(item, pieces, hidden=hidden)
            elif name and name not in _OUT and not self._is_prompt(item):
                self.tracked = self.tracked or name in ("ins", "moveTo")
                if name == "t":  # of a formula
                    pieces.append(item.text or "")
                self._runs(item, pieces, hidden=hidden)

    def _run(self, run: etree._Element, pieces: list[str], *, hidden: bool) -> None:
        properties = child(run, "rPr")
        if properties is not None:
            vanish = child(properties, "vanish")
            style = child(properties, "rStyle")
            hidden = is_on(vanish) if vanish is not None else hidden or self.styles.of(value(style)).hidden
        text = self._text_of_run(run, hidden=hidden)
        if hidden:
            self.hidden += len(clean(text))
        elif _is_struck(properties):
            self.tracked = True
        elif (side := value(child(properties, "vertAlign"))) in ("superscript", "subscript"):
            pieces.append(raised(text) if side == "superscript" else f" {text} ")
        else:
            pieces.append(text)

    def _text_of_run(self, run: etree._Element, *, hidden: bool) -> str:
        """The characters of a run; its text boxes and pictures are kept for when the paragraph ends."""
        shown: list[str] = []
        for item in run:
            match tag(item):
                case "t":
                    shown.append(item.text or "")
                case "tab" | "ptab":
                    shown.append("\t")
                case "br" | "cr":
                    shown.append("\n")
                case "noBreakHyphen":
                    shown.append("-")
                case "AlternateContent":
                    self._inline_alternative(item, shown, hidden=hidden)
                case "drawing" | "pict" | "object":
                    self._drawing(item)
                case "ruby":
                    if (base := child(item, "rubyBase")) is not None:
                        self._runs(base, shown, hidden=False)
                case _:
                    pass
        return "".join(shown)

    def _inline_alternative(self, element: etree._Element, pieces: list[str], *, hidden: bool) -> None:
        for version in element:
            before = (len(pieces), len(self._boxes), len(self._images))
            self._run(version, pieces, hidden=hidden)
            if pieces[before[0] :] == [""]:
                pieces.pop()
            if (len(pieces), len(self._boxes), len(self._images)) != before:
                return

    def _drawing(self, drawing: etree._Element) -> None:
        boxes = [element for element in drawing.iter() if tag(element) == "txbxContent"]
        if boxes:
            self._boxes += [box for box in boxes if not _is_inside(box, drawing)]
            return
        for element in drawing.iter():
            if tag(element) == "extent" and max(number(element, side, _WIDE) for side in ("cx", "cy")) < _WIDE:
                return
        pictures = [element for element in drawing.iter() if tag(element) in ("blip", "imagedata", "OLEObject")]
        if pictures:
            relations = (value(element, "embed") or value(element, "id") for element in pictures)
            self._images.append((next(filter(None, relations), ""), _view_of(drawing)))

    def _table(self, table: etree._Element) -> list[Block]:
        cells: list[Cell] = []
        above: dict[int, int] = {}  # by column: the index of the cell that a merged one below would belong to
        for row_number, row in enumerate(self._rows(table)):
            column = max(number(child(row, "trPr", "gridBefore")), 0)
            here: dict[int, int] = {}
            for element in _unwrapped(row, "tc"):
                properties = child(element, "tcPr")
                if child(properties, "cellDel") is not None:
                    self.tracked = True
                    continue
                span = min(max(number(child(properties, "gridSpan"), default=1), 1), _MAX_SPAN)
                merge = child(properties, "vMerge")
                beside = value(child(properties, "hMerge"))
                continued = merge is not None and (value(merge) or "continue") == "continue"
                if child(properties, "hMerge") is not None and beside != "restart" and here:
                    if cells and cells[-1].row == row_number:
                        cells[-1] = replace(cells[-1], column_span=column + span - cells[-1].column)
                    self._drop(element)
                elif continued and column in above:
                    index = above[column]
                    first = cells[index]
                    cells[index] = replace(first, row_span=row_number - first.row + 1)
                    here[column] = index
                    self._drop(element)
                else:
                    here[column] = len(cells)
                    cells.append(cell_of(row_number, column, 1, span, self.read(element)))
                column += span
            above = {at: index for at, index in here.items() if index < len(cells)}
            if len(cells) > MAX_CELLS:
                above = {}
        return settle(_apart(cells))

    def _drop(self, cell: etree._Element) -> None:
        """A cell that is merged into another is not shown; what stands in it all the same is hidden."""
        before = self.hidden
        self.hidden = before + sum(len(clean(element.text or "")) for element in cell.iter() if tag(element) == "t")

    def _rows(self, table: etree._Element) -> Iterator[etree._Element]:
        for row in _unwrapped(table, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                self.tracked = True
            elif is_on(child(properties, "hidden")):
                self._drop(row)
            else:
                yield row


def _is_struck(properties: etree._Element | None) -> bool:
    """Whether a line goes through the text of a run: it is withdrawn, as if it had been deleted."""
    return is_on(child(properties, "strike")) or is_on(child(properties, "dstrike"))


def _unwrapped(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, those inside content controls and tracked insertions too."""
    for element in parent:
        if tag(element) == name:
            yield element
        elif tag(element) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _unwrapped(element, name)


def _apart(cells: list[Cell]) -> list[Cell]:
    """The cells with vertical spans cut where another cell stands: broken files let them overlap."""
    starts: dict[int, list[tuple[int, int]]] = {}
    for cell in cells:
        starts.setdefault(cell.row, []).append((cell.column, cell.column + cell.column_span))
    whole = []
    for cell in cells:
        span = 1
        while span < cell.row_span and not any(
            begin < cell.column + cell.column_span and cell.column < end
            for begin, end in starts.get(cell.row + span, ())
        ):
            span += 1
        whole.append(cell if span == cell.row_span else replace(cell, row_span=span))
    return whole


def _view_of(drawing: etree._Element) -> View:
    """How a picture is shown: cut at its sides, and turned."""
    named = {
        tag(element): element for element in reversed(list(drawing.iter())) if tag(element) in ("srcRect", "xfrm")
    }
    left, top, right, bottom = (number(named.get("srcRect"), side) / _PARTS for side in "ltrb")
    turned = round(number(named.get("xfrm"), "rot") / _DEGREE / 90) * 90 % 360
    return View((left, top, right, bottom), turned)


def _is_inside(box: etree._Element, drawing: etree._Element) -> bool:
    """Whether a text box stands in another one, or in the second version of one."""
    parent = box.getparent()
    while parent is not None and parent is not drawing:
        if tag(parent) in ("txbxContent", "Fallback"):
            return True
        parent = parent.getparent()
    return False


def _joined(before: list[str], after: list[str]) -> list[str]:
    if not before:
        return after
    return [*before[:-1], before[-1] + after[0], *after[1:]]
