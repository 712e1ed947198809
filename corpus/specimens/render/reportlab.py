"""Reports set by a program that draws its own pages."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from corpus.specimens.looks import RULES
from corpus.specimens.render.chromium import PRINT_SHARES
from corpus.specimens.render.producer import Producer, Task, one_by_one
from corpus.specimens.sheet import Heading, Paragraph, SheetTable, Title

_TRUETYPE = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
_NOT_EMBEDDED = "STSong-Light"
_WIDTH = 480
"""Width of a table in points: an A4 page less its margins."""


def _print(task: Task) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph as Flowing
    from reportlab.platypus import SimpleDocTemplate, Spacer

    font = _font(embedded="embedded_font" in task.traits)
    plain = ParagraphStyle("plain", fontName=font, fontSize=11, leading=17, wordWrap="CJK")
    heading = ParagraphStyle("heading", parent=plain, fontSize=14, leading=22)
    title = ParagraphStyle("title", parent=plain, fontSize=18, leading=28, alignment=1)
    story: list[Any] = []
    for block in task.sheet.blocks:
        match block:
            case Title(lines):
                story += [Flowing(line, title) for line in lines]
            case Heading(text):
                story.append(Flowing(text, heading))
            case Paragraph(text):
                story.append(Flowing(text, plain))
            case SheetTable():
                story += [_table(block, font, task.traits), Spacer(1, 8)]
    stream = BytesIO()
    furniture = _furniture(font, task)
    SimpleDocTemplate(stream, pagesize=A4, invariant=1, title=task.sheet.title).build(story, furniture, furniture)
    return stream.getvalue()


def _font(*, embedded: bool) -> str:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    if embedded and _TRUETYPE.exists():
        pdfmetrics.registerFont(TTFont("wqy", str(_TRUETYPE), subfontIndex=0))
        return "wqy"
    pdfmetrics.registerFont(UnicodeCIDFont(_NOT_EMBEDDED))
    return _NOT_EMBEDDED


def _furniture(font: str, task: Task) -> Any:
    def draw(canvas: Any, document: Any) -> None:
        canvas.setFont(font, 9)
        if "page_numbers" in task.traits:
            canvas.drawCentredString(297, 30, f"— {document.page} —")
        if "running_header" in task.traits:
            canvas.drawCentredString(297, 810, task.sheet.title)

    return draw


def _table(block: SheetTable, font: str, traits: frozenset[str]) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph as Flowing
    from reportlab.platypus import Table, TableStyle

    small = ParagraphStyle("cell", fontName=font, fontSize=8, leading=10, wordWrap="CJK", alignment=1)
    sides = {"figures_left": 0, "figures_right": 2}
    side = next((number for trait, number in sides.items() if trait in traits), 1)
    figure = ParagraphStyle("figure", parent=small, alignment=side)
    count = len(block.widths)
    places: list[list[Any]] = [[""] * count for _ in block.rows]
    spans: list[tuple[Any, ...]] = []
    for index, row in enumerate(block.placed()):
        for column, cell in row:
            last = index + cell.row_span - 1, column + cell.column_span - 1
            # A paragraph over many rows would stretch the first of them; plain text in a merged cell does not.
            tall = cell.row_span > 3
            look = figure if cell.key is not None else small
            places[index][column] = "\n".join(cell.text) if tall else Flowing(cell.text, look)
            if last != (index, column):
                spans.append(("SPAN", (column, index), (last[1], last[0])))
    unit = _WIDTH / sum(block.widths)
    style = [
        *_rules(traits),
        ("FONT", (0, 0), (-1, -1), font, 8),
        ("VALIGN", (0, 0), (-1, -1), "TOP" if "cells_top" in traits else "MIDDLE"),
    ]
    padding = 1 if "narrow" in traits else 3
    style += [("LEFTPADDING", (0, 0), (-1, -1), padding), ("RIGHTPADDING", (0, 0), (-1, -1), padding)]
    repeat = block.header_rows if "repeated_header" in traits else 0
    return Table(places, [unit * width for width in block.widths], repeatRows=repeat, style=TableStyle(style + spans))


def _rules(traits: frozenset[str]) -> list[tuple[Any, ...]]:
    """The lines and fills of the table, as its trait of :data:`corpus.specimens.looks.RULES` says."""
    everything = ((0, 0), (-1, -1))
    dashes = {"dashed_rules": (3, 2), "dotted_rules": (0.5, 1.5)}
    lying = ("LINEBELOW", *everything, 0.5, "black")
    above = ("LINEABOVE", (0, 0), (-1, 0), 0.5, "black")
    below = ("LINEBELOW", (0, -1), (-1, -1), 0.5, "black")
    match next((trait for trait in RULES if trait in traits), None):
        case "lying_rules":
            return [lying, above]
        case "framed_lying_rules":
            return [lying, ("BOX", *everything, 1, "black")]
        case "three_rules":
            return [above, below, ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black")]
        case "no_rules":
            return []
        case "zebra_rows":
            return [("ROWBACKGROUNDS", *everything, ["#ffffff", "#e4ecf7"])]
        case "filled_cells":
            return [("BACKGROUND", *everything, "#eeeeee"), ("INNERGRID", *everything, 2, "white")]
        case "double_rules":
            return [("GRID", *everything, 0.5, "black", 0, None, None, 2, 1.5)]
        case "dashed_rules" | "dotted_rules" as trait:
            return [("GRID", *everything, 0.75, "black", 0, dashes[trait])]
        case _:
            return [("GRID", *everything, 0.5, "black")]


PRODUCERS = (
    Producer(
        "reportlab",
        ".pdf",
        one_by_one(_print),
        modules=("reportlab",),
        shares={**PRINT_SHARES, "embedded_font": 0.5, "typographic_minus": 0},  # its fonts lack that sign
    ),
)
