"""Web pages whose tables lost spans, rows and walls."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from lxml import html

from benchmarks.damage.dice import SHARES, Dice


def without_spans(cell: html.HtmlElement, dice: Dice) -> None:
    """A cell that lost its spans."""
    for name in ("rowspan", "colspan"):
        if name in cell.attrib and dice.random() < 0.7:
            del cell.attrib[name]


def merged(cell: html.HtmlElement, dice: Dice) -> None:
    """A cell and, mostly, the next one as one over both."""
    other = cell.getnext()
    if other is not None and dice.random() < 0.9:
        text = f"{cell.text_content().strip()} {other.text_content().strip()}".strip()
        span = sum(int(each.get("colspan") or 1) for each in (cell, other))
        other.getparent().remove(other)
        for child in list(cell):
            cell.remove(child)
        cell.text = text
        cell.set("colspan", str(span))


def run_together(cell: html.HtmlElement, dice: Dice) -> None:
    """A cell that is gone, and the next ones move up to its place; what it held stands in the cell before."""
    before = cell.getprevious()
    if before is not None and dice.random() < 0.5:
        before.append(html.Element("br"))
        before[-1].tail = cell.text_content().strip()
        cell.getparent().remove(cell)


def emptied(cell: html.HtmlElement, _dice: Dice) -> None:
    """A cell that is gone with what it held."""
    cell.getparent().remove(cell)


def without_row(cell: html.HtmlElement, dice: Dice) -> None:
    """A table that lost the row of a cell; seldom, as each cell of the row is asked."""
    row = cell.getparent()
    if row is not None and row.getparent() is not None and dice.random() < 0.2:
        row.getparent().remove(row)


def torn(data: bytes, dice: Dice, *, damage: Callable[[html.HtmlElement, Dice], None]) -> bytes | None:
    """A web page with damaged tables, in UTF-8; None where it is in another encoding."""
    try:
        page = html.document_fromstring(data.decode("utf-8"))
    except UnicodeDecodeError:
        return None
    share = dice.choice(SHARES) / 3
    for cell in list(page.iter("td", "th")):
        if cell.getparent() is not None and dice.random() < share:
            damage(cell, dice)
    return bytes(html.tostring(page, encoding="utf-8", doctype="<!DOCTYPE html>"))


SUFFIXES = (".html", ".htm")
KINDS: dict[str, Callable[[bytes, Dice], bytes | None]] = {
    "spans lost": partial(torn, damage=without_spans),
    "walls lost": partial(torn, damage=merged),
    "rows lost": partial(torn, damage=without_row),
    "cells run together": partial(torn, damage=run_together),
    "cells lost": partial(torn, damage=emptied),
}
