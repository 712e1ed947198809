"""Word files whose tables lost spans, rows and walls."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import partial
from typing import Any

from lxml import etree

from benchmarks.damage.dice import SHARES, Dice

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"


def without_spans(cell: Any, dice: Dice) -> None:
    """A cell that lost its spans."""
    for name in ("gridSpan", "vMerge"):
        for span in cell.findall(f"{W}tcPr/{W}{name}"):
            if dice.random() < 0.7:
                span.getparent().remove(span)


def merged(cell: Any, dice: Dice) -> None:
    """A cell and, mostly, the next one as one over both."""
    other = cell.getnext()
    if other is not None and other.tag == f"{W}tc" and dice.random() < 0.9:
        width = _width(cell) + _width(other)
        for paragraph in other.findall(f"{W}p"):
            cell.append(paragraph)
        other.getparent().remove(other)
        properties = cell.find(f"{W}tcPr")
        if properties is None:
            properties = etree.Element(f"{W}tcPr")
            cell.insert(0, properties)
        for span in properties.findall(f"{W}gridSpan"):
            properties.remove(span)
        properties.append(etree.Element(f"{W}gridSpan", {f"{W}val": str(width)}))


def without_row(cell: Any, dice: Dice) -> None:
    """A table that lost the row of a cell; seldom, as each cell of the row is asked."""
    row = cell.getparent()
    if row.tag == f"{W}tr" and row.getparent() is not None and dice.random() < 0.2:
        row.getparent().remove(row)


def run_together(cell: Any, dice: Dice) -> None:
    """A cell that is gone, and the next ones move up to its place; its figure stands in the cell before."""
    before = cell.getprevious()
    if before is not None and before.tag == f"{W}tc" and dice.random() < 0.5:
        for paragraph in cell.findall(f"{W}p"):
            before.append(paragraph)
        cell.getparent().remove(cell)


def _width(cell: Any) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return int(span.get(f"{W}val", "1")) if span is not None else 1


def torn(data: bytes, dice: Dice, *, damage: Callable[[Any, Dice], None]) -> bytes | None:
    """A Word file with damaged tables."""
    share = dice.choice(SHARES) / 3
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == BODY:
                body = etree.fromstring(content)
                for cell in list(body.iter(f"{W}tc")):
                    if cell.getparent() is not None and dice.random() < share:
                        damage(cell, dice)
                content = etree.tostring(body, xml_declaration=True, encoding="UTF-8", standalone=True)
            target.writestr(entry.filename, content)
    return made.getvalue()


SUFFIXES = (".docx",)
KINDS: dict[str, Callable[[bytes, Dice], bytes | None]] = {
    "Word: spans lost": partial(torn, damage=without_spans),
    "Word: walls lost": partial(torn, damage=merged),
    "Word: cells run together": partial(torn, damage=run_together),
    "Word: rows lost": partial(torn, damage=without_row),
}
