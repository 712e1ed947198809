"""The tables of a PDF once more, by pdfplumber: another library, another interpretation of the page, other strategies.

It is slow, and asked only about pages whose first reading leaves something in doubt.
"""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import suppress
from enum import StrEnum
from io import BytesIO
from itertools import pairwise
from typing import Any

from parsers.document import Box, GridKind
from parsers.readers.canonical import RawCell, join_wrapped
from parsers.text import LOST

SNAP = 3.0
"""Points: edges of cells no further apart are one line of the grid."""
WHITE = 0.98
"""A colour with no component below this is white; white text is not shown."""
BLANK = 0.17
"""A gap wider than this part of the size of the letters is a blank; a blank is a quarter at least."""
MOST_CHARACTERS = 20_000
"""Characters of one page; a densely printed page has 4,000."""
MOST_CELLS = 3_000
"""Cells of one table; the largest statutory table has 300."""


class Strategy(StrEnum):
    """By what pdfplumber tells the columns: by lines, or by how words stand."""

    LINES = "lines"
    TEXT = "text"


class Plumber:
    """A PDF opened by pdfplumber, each of its pages interpreted once for all strategies. Raises what pdfminer raises."""

    def __init__(self, data: bytes) -> None:
        import pdfplumber

        logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it reports every oddity of a font
        self._document = pdfplumber.open(BytesIO(data))
        self._shown: dict[int, Any] = {}

    def __enter__(self) -> Plumber:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(Exception):  # closing looks for every page once more, and raises what is wrong with one
            self._document.close()

    def tables(self, number: int, strategy: Strategy) -> Iterator[tuple[GridKind, list[RawCell]]]:
        """The tables of a page (from 1), each with its kind."""
        if number not in self._shown:
            self._shown[number] = _shown(self._document.pages[number - 1])
        shown = self._shown[number]
        if shown is None:
            return
        lines = {"vertical_strategy": str(strategy), "horizontal_strategy": "lines"}
        tables = shown.find_tables({**lines, "snap_tolerance": SNAP, "intersection_tolerance": SNAP})
        characters = [char for char in shown.chars if char["text"].strip()]
        kind = GridKind.RULED if strategy is Strategy.LINES else GridKind.ALIGNED
        for table in tables:
            if len(table.cells) <= MOST_CELLS:
                yield kind, _cells(table.cells, characters, number)


def _shown(page: Any) -> Any:
    """The page without what a reader does not see; None where there is too much on it, or no line for a table."""
    if len(page.chars) > MOST_CHARACTERS or not page.edges:
        return None
    return page.filter(_is_shown).dedupe_chars(tolerance=1)


def _is_shown(item: dict[str, Any]) -> bool:
    """Whether a thing on the page is what a reader sees of a table: no white text, none that is turned askew."""
    if item.get("object_type") != "char":
        return True
    colour = item.get("non_stroking_color")
    parts = colour if isinstance(colour, (list, tuple)) else (colour,)
    numbers = [part for part in parts if isinstance(part, (int, float))]
    is_white = len(numbers) in (1, 3) and min(numbers) >= WHITE
    a, b, c, d = item["matrix"][:4]
    askew = min(abs(a) + abs(d), abs(b) + abs(c)) > 0.1 * (abs(a) + abs(b) + abs(c) + abs(d))
    return not is_white and not askew


def _cells(boxes: Sequence[tuple[float, float, float, float]], characters: Sequence[Any], page: int) -> list[RawCell]:
    """The cells with the characters whose middles they hold, each character by itself."""
    columns = _lines(x for box in boxes for x in (box[0], box[2]))
    rows = _lines(y for box in boxes for y in (box[1], box[3]))
    cells = []
    for x0, y0, x1, y1 in boxes:
        inside = [
            char
            for char in characters
            if x0 <= (char["x0"] + char["x1"]) / 2 < x1 and y0 <= (char["top"] + char["bottom"]) / 2 < y1
        ]
        row, column = _index(rows, y0), _index(columns, x0)
        cells.append(
            RawCell(
                row,
                column,
                join_wrapped(_text_lines(inside)),
                max(_index(rows, y1) - row, 1),
                max(_index(columns, x1) - column, 1),
                Box(page, round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)),
            )
        )
    return cells


def _lines(places: Iterator[float]) -> list[float]:
    lines: list[float] = []
    for place in sorted(places):
        if not lines or place - lines[-1] > SNAP:
            lines.append(place)
    return lines


def _index(lines: Sequence[float], place: float) -> int:
    index = bisect_left(lines, place)
    before = max(index - 1, 0)
    return before if index == len(lines) or place - lines[before] <= lines[index] - place else index


def _text_lines(characters: Sequence[Any]) -> Iterator[str]:
    """The characters of a cell line by line, a blank where a gap shows one."""
    lines: list[list[Any]] = []
    for char in sorted(characters, key=lambda char: (char["top"] + char["bottom"], char["x0"])):
        if not lines or (char["top"] + char["bottom"]) / 2 > lines[-1][0]["bottom"]:
            lines.append([])
        lines[-1].append(char)
    for line in lines:
        line.sort(key=lambda char: char["x0"])
        text = _meaningful(line[0]["text"])
        for before, after in pairwise(line):
            gap = after["x0"] - before["x1"]
            text += (" " if gap > BLANK * after["size"] else "") + _meaningful(after["text"])
        yield text


def _meaningful(text: str) -> str:
    """The text, or a sign that there is one and nobody knows which: it must not look like a blank."""
    return text if text.isprintable() and not text.startswith("(cid:") else LOST


__all__ = ["Plumber", "Strategy"]
