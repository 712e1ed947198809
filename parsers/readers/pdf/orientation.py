"""Which way the text of a page runs, at a glance: most of it may run up or down, stand on its head, or be tilted by a few degrees.

These only give a hint. What the library says of the direction of each line decides; asking it costs as much as reading the page
once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from parsers.readers.pdf.page import Word

TURNED = 0.5
"""If this part of the longer words is higher than wide, the page is printed sideways."""
FEW_WORDS, SHORT_WORDS = 40, 1.5
"""Words of text that runs up or down may come letter by letter: this many with fewer characters each on average."""
SAME_HEIGHT = 1.0
"""Points by which the tops of words on one line may differ to tell in which direction it runs."""
FEWEST_PAIRS, APART = 5, 20.0
"""So many pairs of words on one line, that begin so many points apart or more, tell whether lines are tilted."""
LEAST_SLOPE, MOST_SLOPE = 0.004, 0.12
"""How steep tilted lines are; steeper ones are another matter."""


def runs_sideways(words: Sequence[Word]) -> bool:
    """Whether most text of a page seems to run up or down."""
    longer = [word for word in words if len(word[4]) > 2]
    if sum(y1 - y0 > x1 - x0 for x0, y0, x1, y1, _ in longer) > TURNED * len(longer):
        return True
    return len(words) > FEW_WORDS and sum(len(word[4]) for word in words) < SHORT_WORDS * len(words)


def stands_on_its_head(words: Sequence[Word]) -> bool:
    """Whether most words of a page seem to stand left of the word before, on the same line: it was put in upside down."""
    forwards = backwards = 0
    for before, after in pairwise(words):
        if abs(before.y0 - after.y0) < SAME_HEIGHT:
            forwards += after.x0 > before.x0
            backwards += after.x0 < before.x0
    return backwards > forwards


def seems_tilted(words: Sequence[Word]) -> bool:
    """Whether most words of a page seem to stand a little higher, or lower, than the word before on the same line."""
    slopes = []
    for before, after in pairwise(words):
        across, down = after[0] - before[0], after[1] + after[3] - before[1] - before[3]
        if across > APART and abs(down) < after[3] - after[1]:
            middles = after[0] + after[2] - before[0] - before[2]
            slopes.append(down / middles if middles > 0 else 0.0)
    if len(slopes) < FEWEST_PAIRS:
        return False
    slopes.sort()
    return LEAST_SLOPE < abs(slopes[len(slopes) // 2]) < MOST_SLOPE
