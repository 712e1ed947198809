"""PDFs drawn anew with ruling lines left out, words moved and labels halved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

from benchmarks.damage.dice import SHARES, Dice

pymupdf: Any = import_module("pymupdf")  # its functions carry no types

THIN = 2.5
"""Points: a filled rectangle that is no thicker is a line."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Damage:
    """What happens to the pages of a PDF: whether ruling lines are lost (``lines``), or all of them (``bare``); by how many
    points words are ``moved``; the part of the labels that lose a half (``halved``)."""

    lines: bool = False
    bare: bool = False
    moved: float = 0.0
    halved: float = 0.0


def redrawn(data: bytes, dice: Dice, *, damage: Damage) -> bytes | None:
    """A PDF drawn anew from its words and lines; None for one with turned pages."""
    made = pymupdf.open()
    share = 1.0 if damage.bare else dice.choice(SHARES) if damage.lines else 0.0
    with pymupdf.open(stream=data, filetype="pdf") as source:
        for page in source:
            if page.rotation:
                return None
            new = made.new_page(width=page.rect.width, height=page.rect.height)
            shape = new.new_shape()
            for start, end in _lines(page):
                if dice.random() >= share:
                    shape.draw_line(start, end)
            shape.finish(width=0.6)
            shape.commit()
            _write(new, page.get_text("words"), damage, dice)
    return bytes(made.tobytes())


def _lines(page: Any) -> Iterator[tuple[Point, Point]]:
    """The ruling lines of a page."""
    for drawing in page.get_cdrawings():
        for item in drawing["items"]:
            if item[0] == "l":
                yield item[1], item[2]
            elif item[0] == "re":
                x0, y0, x1, y1 = item[1]
                if y1 - y0 < THIN:
                    yield (x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)
                elif x1 - x0 < THIN:
                    yield ((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)
                elif "s" in drawing["type"]:
                    yield from (
                        ((x0, y0), (x1, y0)),
                        ((x0, y1), (x1, y1)),
                        ((x0, y0), (x0, y1)),
                        ((x1, y0), (x1, y1)),
                    )


def _write(page: Any, words: list[tuple[Any, ...]], damage: Damage, dice: Dice) -> None:
    font, writer = pymupdf.Font("china-s"), pymupdf.TextWriter(page.rect)
    for x0, y0, x1, y1, text, *_ in words:
        is_figure = any(character.isdecimal() for character in text)
        if damage.halved and not is_figure and len(text) > 4 and dice.random() < damage.halved:
            text = text[: len(text) // 2]
        size = min((x1 - x0) / max(font.text_length(text, 1), 0.1), (y1 - y0) / 1.1)
        aside, down = (dice.uniform(-damage.moved, damage.moved) for _ in range(2))
        writer.append((x0 + aside, y1 - 0.2 * size + down), text, font=font, fontsize=size)
    writer.write_text(page)


SUFFIXES = (".pdf",)
KINDS: dict[str, Callable[[bytes, Dice], bytes | None]] = {
    "lines lost": partial(redrawn, damage=Damage(lines=True)),
    "words moved": partial(redrawn, damage=Damage(moved=2.0)),
    "lines lost, words moved": partial(redrawn, damage=Damage(lines=True, moved=2.0)),
    "no lines": partial(redrawn, damage=Damage(bare=True)),
    "no lines, labels halved": partial(redrawn, damage=Damage(bare=True, halved=0.05)),
}
