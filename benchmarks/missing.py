"""What passes silently where walls and cells are missing: ``python -m benchmarks.missing FOLDER --seed N``.

The PDFs and web pages of a folder of specimens are made anew with a part of what holds their tables together left out:
ruling lines not drawn, words set a point or two beside their places, labels that lost a half; spans, rows and walls of
markup gone. What the pages show stays what it was, so their gold still says what is right. The damage is heavier than
published files have: many cells cannot be told any more, and that is no fault. A figure that is wrong and that no
finding names is one: its count is what this measures, by the kind of damage; it exits with 1 when there is any.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from lxml import html

from benchmarks.accuracy import measure, table
from benchmarks.score import Score

pymupdf: Any = import_module("pymupdf")  # its functions carry no types

SHARES = (0.02, 0.05, 0.15, 0.3)
"""Of the lines, or cells, of one file, how many are lost: one of these by chance."""
THIN = 2.5
"""Points: a filled rectangle that is no thicker is a line."""

Dice = random.Random
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Damage:
    """What happens to the pages of a PDF: whether ruling lines are lost (``lines``), or all of them (``bare``); by how many
    points words are ``moved``; the part of the labels that lose a half (``halved``)."""

    lines: bool = False
    bare: bool = False
    moved: float = 0.0
    halved: float = 0.0


PDF = {
    "lines lost": Damage(lines=True),
    "words moved": Damage(moved=2.0),
    "lines lost, words moved": Damage(lines=True, moved=2.0),
    "no lines": Damage(bare=True),
    "no lines, labels halved": Damage(bare=True, halved=0.05),
}


def redrawn(data: bytes, damage: Damage, dice: Dice) -> bytes | None:
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


def without_row(cell: html.HtmlElement, dice: Dice) -> None:
    """A table that lost the row of a cell; seldom, as each cell of the row is asked."""
    row = cell.getparent()
    if row is not None and row.getparent() is not None and dice.random() < 0.2:
        row.getparent().remove(row)


HTML: dict[str, Callable[[html.HtmlElement, Dice], None]] = {
    "spans lost": without_spans,
    "walls lost": merged,
    "rows lost": without_row,
}


def torn(data: bytes, damage: Callable[[html.HtmlElement, Dice], None], dice: Dice) -> bytes | None:
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


def damaged(folder: Path, name: str, seed: int, into: Path) -> None:
    """Writes the files of a folder of specimens with one kind of damage, and the gold of those that are left."""
    left = set()
    for path in sorted(folder.iterdir()):
        dice = Dice(f"{seed} {name} {path.name}")
        made = None
        if name in PDF and path.suffix == ".pdf":
            made = redrawn(path.read_bytes(), PDF[name], dice)
        elif name in HTML and path.suffix in (".html", ".htm"):
            made = torn(path.read_bytes(), HTML[name], dice)
        if made is not None:
            into.joinpath(path.name).write_bytes(made)
            left.add(path.name)
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = (line for line in lines if json.loads(line)["file"] in left)
    into.joinpath("gold.jsonl").write_text("".join(kept), encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Damages, measures, prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.missing", description=__doc__)
    parser.add_argument(
        "folder", type=Path, help="documents and their gold.jsonl, made by python -m corpus.specimens"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", action="store_true", help="print each figure that is wrong and not named")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args(arguments)
    scores: dict[str, Score] = {}
    for name in (*PDF, *HTML):
        with tempfile.TemporaryDirectory() as into:
            damaged(options.folder, name, options.seed, Path(into))
            results = measure(Path(into), jobs=options.jobs)
        scores[name] = sum((judgement.score for _, judgement in results), Score())
        for gold, judgement in results if options.faults else ():
            for fault in judgement.faults:
                if fault.startswith("unflagged"):
                    sys.stdout.write(f"{name}: {gold.file}: {fault}\n")
    sys.stdout.write(table(scores) + "\n")
    return 1 if any(score.unflagged for score in scores.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
