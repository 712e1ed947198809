"""Reports as Word documents, written cell by cell."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from corpus.specimens.looks import RULES
from corpus.specimens.render.producer import CUT_SHARES, Producer, one_by_one
from corpus.specimens.sheet import Heading, Paragraph, Sheet, SheetCell, SheetTable, Title

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_WIDTH = 360_000 * 16.6
"""Width of a table in Word's units, 360000 to the centimetre: an A4 page less its margins."""


_BORDERS = {
    "lying_rules": ("single", "single", "nil"),
    "framed_lying_rules": ("single", "single", "nil"),
    "three_rules": ("single", "nil", "nil"),
    "double_rules": ("double", "double", "double"),
    "dashed_rules": ("dashed", "dashed", "dashed"),
    "dotted_rules": ("dotted", "dotted", "dotted"),
}
"""Trait → the kinds of the outer, the inner lying and the inner standing lines; other traits have none."""
_SIDES = {"figures_left": 0, "figures_right": 2}


def word_document(sheet: Sheet, traits: frozenset[str]) -> bytes:
    """The sheet as DOCX, with real merges; ``nested`` puts all of it into a cell of a layout table."""
    from docx import Document
    from docx.shared import Cm

    document: WordDocument = Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
    container: Any = document
    if "nested" in traits:
        container = document.add_table(1, 1).cell(0, 0)
    for block in sheet.blocks:
        match block:
            case Title(lines):
                for line in lines:
                    _paragraph(container, line, "Title" if "word_styles" in traits else None)
            case Heading(text):
                _paragraph(container, text, "Heading 1" if "word_styles" in traits else None)
            case Paragraph(text):
                _paragraph(container, text, None)
            case SheetTable():
                _table(container, block, traits)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _paragraph(container: Any, text: str, style: str | None) -> None:
    paragraph = container.add_paragraph(style=style)
    # Word parts a paragraph into runs wherever it likes; two are enough to see that readers join them.
    paragraph.add_run(text[: len(text) // 2])
    paragraph.add_run(text[len(text) // 2 :])


def _table(container: Any, block: SheetTable, traits: frozenset[str]) -> None:
    from docx.shared import Pt

    table = container.add_table(len(block.rows), len(block.widths))
    table.style = "Table Grid"
    _draw_rules(table, traits)
    if "equal_columns" not in traits:
        table.autofit = False
        total = sum(block.widths)
        for column, width in zip(table.columns, block.widths, strict=True):
            column.width = int(_WIDTH * width / total)
    for index, row in enumerate(block.placed()):
        for column, cell in row:
            place = table.cell(index, column)
            if (cell.row_span, cell.column_span) != (1, 1):
                place = place.merge(table.cell(index + cell.row_span - 1, column + cell.column_span - 1))
            _write(place, cell, traits)
            if cell.key is not None and "tracked_changes" in traits and index % 5 == 0 and cell.text:
                _track(place.paragraphs[0])
            if ("zebra_rows" in traits and index % 2) or "filled_cells" in traits:
                _fill(place)
            for paragraph in place.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
                for run in paragraph.runs:
                    run.font.size = Pt(8)


def _write(place: Any, cell: SheetCell, traits: frozenset[str]) -> None:
    """Writes what a cell holds into its place in the table; figures as the traits want them."""
    first, *below = list(cell.text) if cell.vertical and cell.text else [cell.text]
    place.paragraphs[0].text = first
    for sign in below:
        place.add_paragraph(sign)
    if cell.key is None:
        return
    if "split_runs" in traits and len(cell.text) > 1:
        place.paragraphs[0].text = cell.text[:1]
        place.paragraphs[0].add_run(cell.text[1:])
    if traits & _SIDES.keys():
        place.paragraphs[0].alignment = next(side for trait, side in _SIDES.items() if trait in traits)


def _draw_rules(table: Any, traits: frozenset[str]) -> None:
    """Replaces the grid by the rules of the table's trait of :data:`corpus.specimens.looks.RULES`."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    trait = next((trait for trait in RULES if trait in traits), None)
    if trait is None:
        return
    outer, inner, standing = _BORDERS.get(trait, ("nil", "nil", "nil"))
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        kind = {"insideH": inner, "insideV": standing}.get(side, outer)
        if side in ("left", "right") and trait != "framed_lying_rules":
            kind = standing
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:val"), kind)
        edge.set(qn("w:sz"), "4")
        borders.append(edge)
    table._tbl.tblPr.append(borders)


def _fill(cell: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "E4ECF7")
    cell._tc.get_or_add_tcPr().append(shade)


def _track(paragraph: Any) -> None:
    """Makes a figure one that was corrected with changes tracked: the old figure deleted, this one inserted."""
    from docx.oxml import OxmlElement

    deleted, run, old = (OxmlElement(tag) for tag in ("w:del", "w:r", "w:delText"))
    old.text = "77"
    run.append(old)
    deleted.append(run)
    inserted = OxmlElement("w:ins")
    for each in paragraph.runs:
        inserted.append(each._r)
    paragraph._p.append(deleted)
    paragraph._p.append(inserted)


PRODUCERS = (
    Producer(
        "docx",
        ".docx",
        one_by_one(lambda task: word_document(task.sheet, task.traits)),
        modules=("docx",),
        shares={
            **CUT_SHARES,
            "nested": 0.2,
            "word_styles": 0.5,
            "equal_columns": 0.2,
            "split_runs": 0.3,
            "tracked_changes": 0.15,
        },
    ),
)
