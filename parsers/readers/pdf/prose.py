"""Printed lines to paragraphs: running headers set aside, wrapped lines put together, headings told by their size.

Everything here is conservative: a paragraph cut in two costs little, two paragraphs in one or a figure glued to
another cost trust.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import regex

from parsers.readers.pdf.lines import PrintedLine
from parsers.text import fold, has_numbering

EDGE = 0.14
"""The part of a page's height, at the top and at the bottom, where running headers and page numbers stand (the
standard for official documents leaves 37 mm of 297 at the top, and 35 at the bottom)."""
REPEATED = 3
"""On so many pages the same line in the same place is a running header."""
INDENT = 0.8
"""Characters: a line that begins further right than this begins a paragraph (an indent is two characters)."""
RAGGED = 2.6
"""Characters by which a full line may fall short of the right margin: a punctuation mark that may not begin a line
takes one more character with it, and a figure is not broken."""
LEADING = 1.35
"""A distance between lines this much wider than usual ends a paragraph."""
LARGER = 1.2
"""A line this much larger than the text is a heading."""
LONGEST_HEADING = 60
"""Characters; a longer text in large type is a text in large type."""
SENTENCE_ENDS = ("。", "！", "？", "；")
NARROW = 0.5
"""Characters: how wide a digit or a Latin letter is, on average."""

_UNBROKEN = "".join(map(chr, range(0x21, 0x7F)))
_PAGE_NUMBER = regex.compile(
    r"[-.·~|\[(<《]*第?(\d{1,4})页?(?:(?:/|,?共|of)\d{1,4}页?)?[-.·~|\])>》]*|page\d{1,4}(?:of\d{1,4})?"
)
_BARE_NUMBER = regex.compile(r"\d{1,4}")
_DIGITS = regex.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A printed line and its page (from 1)."""

    page: int
    line: PrintedLine


@dataclass(frozen=True, slots=True)
class Layout:
    """What is usual in a document: margins (points from the left), the size of its text, the distance from one
    line's top to the next one's, whether paragraphs are indented. ``title_size`` is the size of its largest heading."""

    left: float
    right: float
    size: float
    leading: float
    title_size: float
    indented: bool

    def heading(self, line: PrintedLine) -> int:
        """The level of a heading: 1 for the largest size, 2 for other larger ones, 0 for text."""
        if line.size < LARGER * self.size or len(line.text) > LONGEST_HEADING:
            return 0
        return 1 if line.size > 0.93 * self.title_size else 2


def running_lines(pages: Sequence[tuple[float, Sequence[PrintedLine]]]) -> set[PlacedLine]:
    """The running headers, footers and page numbers of the pages, each given as its height and its lines."""
    numbers: list[tuple[int, PlacedLine]] = []
    repeated: defaultdict[tuple[str, int], list[PlacedLine]] = defaultdict(list)
    running: set[PlacedLine] = set()
    for page, (height, lines) in enumerate(pages, 1):
        for line in lines:
            if EDGE * height < line.rectangle.y0 and line.rectangle.y1 < (1 - EDGE) * height:
                continue
            placed = PlacedLine(page, line)
            folded = fold(line.text).lower()
            if _BARE_NUMBER.fullmatch(folded):
                numbers.append((int(folded) - page, placed))
            elif _PAGE_NUMBER.fullmatch(folded):
                running.add(placed)
            repeated[_DIGITS.sub("0", folded), round(line.rectangle.y0 / 3)].append(placed)
    usual = Counter(offset for offset, _ in numbers)
    running.update(placed for offset, placed in numbers if usual[offset] >= 2 or (offset == 0 and len(pages) == 1))
    for lines_there in repeated.values():
        if len({placed.page for placed in lines_there}) >= max(REPEATED, len(pages) / 2):
            running.update(lines_there)
    return running


def layout_of(lines: Iterable[PrintedLine]) -> Layout:
    """The usual layout of the prose lines of a document, in reading order."""
    lines = [line for line in lines if line.text]
    if not lines:
        return Layout(0, 0, 1, 1, 1, indented=False)
    weights = Counter[float]()
    lefts = Counter[float]()
    for line in lines:
        weights[round(line.size * 2) / 2] += len(line.text)
        lefts[round(line.rectangle.x0)] += 1
    size = weights.most_common(1)[0][0] or 1.0
    body = [line for line in lines if abs(line.size - size) <= 0.15 * size] or lines
    frequent = [x for x, count in lefts.items() if count >= max(2, len(lines) / 12)]
    steps = [
        after.rectangle.y0 - before.rectangle.y0
        for before, after in pairwise(body)
        if 0 < after.rectangle.y0 - before.rectangle.y0 < 4 * size
    ]
    sizes = [line.size for line in lines if line.size >= LARGER * size and len(line.text) <= LONGEST_HEADING]
    left = min(frequent, default=min(line.rectangle.x0 for line in body))
    indents = [line for line in body if 1.5 * size < line.rectangle.x0 - left < 2.6 * size]
    return Layout(
        left=left,
        right=max(line.rectangle.x1 for line in body),
        size=size,
        leading=median(steps) if steps else 2 * size,
        title_size=max(sizes, default=size),
        indented=10 * len(indents) >= len(body),
    )


def continues(before: PlacedLine, after: PlacedLine, layout: Layout) -> bool:
    """Whether the second line belongs to the paragraph of the first: it fills its line, the second begins at the left
    margin without numbering, right below it or on top of the next page. Lines of a title stay together."""
    first, second = before.line, after.line
    step = second.rectangle.y0 - first.rectangle.y0
    if before.page == after.page and not 0 < step <= LEADING * max(layout.leading, first.size):
        return False
    levels = layout.heading(first), layout.heading(second)
    if levels == (1, 1):
        return before.page == after.page and abs(first.size - second.size) < 0.07 * first.size
    if any(levels):
        return False
    return (
        _fills_its_line(first, second, layout)
        and abs(second.rectangle.x0 - layout.left) <= INDENT * layout.size
        and abs(second.size - first.size) <= 0.15 * first.size
        and not has_numbering(fold(second.text))
        and after.page - before.page <= 1
    )


def _fills_its_line(first: PrintedLine, second: PrintedLine, layout: Layout) -> bool:
    """Whether the first line ends where it does because no more fitted: it reaches the right margin, or what comes next is
    a figure or a word that may not be broken. After a full stop that holds only where an indent would show a paragraph."""
    ends = first.text.endswith(SENTENCE_ENDS)
    if first.rectangle.x1 >= layout.right - RAGGED * layout.size:
        return layout.indented or not ends
    unbroken = len(second.text) - len(second.text.lstrip(_UNBROKEN))
    return not ends and first.rectangle.x1 + unbroken * NARROW * layout.size > layout.right
