"""Pages whose text runs up or down, stands on its head or is tilted by a few degrees: turned before they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from math import atan2, degrees
from typing import Any

from parsers.readers.pdf.libraries.mupdf.library import pymupdf
from parsers.readers.pdf.libraries.mupdf.reading import FLAGS, read_page
from parsers.readers.pdf.page import PageContent

LEAST_TILT, MOST_TILT, SAME_TILT = 0.3, 6.0, 0.2
"""Degrees by which the lines of a page that was put in askew are tilted, and by which they differ from each other."""
MOST_LINES = 0.8
"""The part of the text of such a page that is tilted."""


def read_turned(document: Any, index: int) -> PageContent | None:
    """What the page (from 0) holds when it is turned so that its text runs from left to right; None where most of its
    text does so anyway."""
    page = document[index]
    turns = Counter[int]()
    for x, y, count in _directions(page):
        turns[(0 if x > 0 else 180) if abs(x) > abs(y) else 90 if y < 0 else 270] += count
    turn = turns.most_common(1)[0][0] if turns else 0
    if not turn:
        return None
    page.set_rotation((page.rotation + turn) % 360)
    return replace(read_page(document, index), turned=turn)


def read_upright(document: Any, index: int) -> PageContent | None:
    """What the page (from 0) holds when it is turned so that its lines, all tilted by the same few degrees, run straight; None
    where they are not."""
    page = document[index]
    tilts = sorted(tilt for x, y, count in _directions(page) for tilt in [degrees(atan2(y, x))] * count)
    tilt = tilts[len(tilts) // 2] if tilts else 0.0
    same = sum(abs(each - tilt) < SAME_TILT for each in tilts)
    if not LEAST_TILT <= abs(tilt) <= MOST_TILT or same < MOST_LINES * len(tilts):
        return None
    middle = pymupdf.Point(page.rect.width / 2, page.rect.height / 2)
    upright = pymupdf.Matrix(1, 0, 0, 1, -middle.x, -middle.y) * pymupdf.Matrix(-tilt)
    upright *= pymupdf.Matrix(1, 0, 0, 1, middle.x, middle.y)
    return replace(read_page(document, index, upright), skew=tilt)


def _directions(page: Any) -> Iterator[tuple[float, float, int]]:
    """The direction of each line of a page as it is shown, as x and y of a length of 1, and how many characters it has."""
    for block in page.get_textpage(flags=FLAGS).extractDICT()["blocks"]:
        for line in block.get("lines", ()):
            x, y = pymupdf.Point(line["dir"]) * pymupdf.Matrix(page.rotation)
            yield x, y, sum(len(span["text"]) for span in line["spans"])
