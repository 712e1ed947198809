"""Several pages printed on one sheet, side by side or in two rows: where each of them stands, and what it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from parsers.readers.pdf.page import Mark, PageContent, Rectangle, Word
from parsers.text import HAN

GUTTER = 15.0
"""Points on either side of the fold of a sheet with two pages in which nothing is printed; margins are as wide when halved."""
FEWEST_SIGNS = 60
"""Chinese signs of each of the first two pages: the right half of a wide table has those of its header."""
OVER_THREE = 1.7
"""A sheet with three pages side by side is so many times as wide as high, or more."""
_FAR = float("inf")


def pages_on(content: PageContent) -> list[Rectangle]:
    """The places of the pages that are printed on one sheet, in the order of reading; none where there is one page. The outer
    ones reach as far as anything that is printed."""
    width, height = content.width, content.height
    if _is_free(content, width / 2):
        if height >= width and not _is_free(content, height / 2, across=True):
            return []
        rows = [height / 2] if height >= width else []
        columns = [width / 2]
    elif width > OVER_THREE * height and _is_free(content, width / 3) and _is_free(content, 2 * width / 3):
        rows, columns = [], [width / 3, 2 * width / 3]
    else:
        return []
    places = [
        Rectangle(x0, y0, x1, y1)
        for y0, y1 in pairwise([-_FAR, *rows, _FAR])
        for x0, x1 in pairwise([-_FAR, *columns, _FAR])
    ]
    signs = [sum(len(HAN.findall(word.text)) for word in content.words if _on(place, word)) for place in places]
    return places if min(signs[:2]) >= FEWEST_SIGNS else []


def part_of(content: PageContent, place: Rectangle) -> PageContent:
    """What stands in a place of a sheet, as a page of its own, in the places of the sheet."""
    return replace(
        content,
        words=[word for word in content.words if _on(place, word)],
        marks=[mark for mark in content.marks if _on(place, mark)],
        surfaces=[surface for surface in content.surfaces if _on(place, surface)],
        images=[image for image in content.images if _on(place, image)],
        characters=partial(_characters_on, content.characters, place),
    )


def number_of(places: Sequence[Rectangle], x: float, y: float) -> int:
    """On which page of a sheet a point is."""
    return next((n for n, place in enumerate(places) if place.x0 <= x < place.x1 and place.y0 <= y < place.y1), 0)


def _is_free(content: PageContent, fold: float, *, across: bool = False) -> bool:
    """Whether nothing is printed near a line through the whole sheet, from top to bottom or ``across``, and no mark crosses it."""
    first, last = (1, 3) if across else (0, 2)
    near, far = fold + GUTTER, fold - GUTTER
    return not (
        any(word[first] < near and word[last] > far for word in content.words)  # type: ignore[operator]
        or any(mark[first] < fold < mark[last] for mark in content.marks)
    )


def _on(place: Rectangle, other: Word | Mark | Rectangle) -> bool:
    return place.x0 <= other.x0 < place.x1 and place.y0 <= other.y0 < place.y1


def _characters_on(characters: Callable[[], Sequence[Word]], place: Rectangle) -> Sequence[Word]:
    return [character for character in characters() if _on(place, character)]
