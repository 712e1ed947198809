"""Lines of labels given to lines of figures, in order and as cheaply as can be.

The figures of a row stand in the middle of its label, or at its top. A label takes any number of lines; words tell where one is
whole, distances tell the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from parsers.readers.pdf.page import Word, text_of
from parsers.readers.pdf.unruled import vocabulary
from parsers.readers.pdf.unruled.vocabulary import MOST_LINES

OWN_ROW = 0.2
"""What it costs a line of labels to be a row without figures, in line distances: less than to lie half a line from the
figures' middle, more than the roundings of a page."""
INSIDE = 0.3
"""The cost of figures that stand beside any line of a whole label, at most: less than what it costs that both are rows of their own."""
LEAST_STEP, USUAL_STEP = 0.8, 1.25
"""Lines of one label are this part of the height of its text apart, or more; so far where no two lines tell."""
LOOSE_LINE = 1.5
"""How much more than its share a distance within a label costs, when other lines are closer together; not within one that statutory
tables have, whose lines are told by their words."""
SHORTEST_BEGINNING = 6
"""So many signs tell the beginning of a long label from that of another one."""
_NEVER = float("inf")


class Beside(Enum):
    """Where the figures stand beside a label of several lines."""

    MIDDLE = "middle"
    FIRST = "first line"
    LAST = "last line"

    def of(self, line: Sequence[Word]) -> float:
        """The y of a line of figures, those of two lines among them, that stands where the label has its own."""
        middles = [word.middle for word in line]
        return middle_of(line) if self is Beside.MIDDLE else min(middles) if self is Beside.FIRST else max(middles)

    def label(self, first: float, last: float) -> float:
        """The y of a label with these first and last lines."""
        return (first + last) / 2 if self is Beside.MIDDLE else first if self is Beside.FIRST else last


def middle_of(words: Sequence[Word]) -> float:
    """The y of the middle of words on one line."""
    return (min(w.y0 for w in words) + max(w.y1 for w in words)) / 2


@dataclass(frozen=True, slots=True)
class _Costs:
    """What it costs to take lines of labels together. ``places`` are the y of the lines, ``step`` is the distance from one line of a
    label to the next, ``named`` says of each run of lines, from the first to behind the last, how many they are if they are a label
    that statutory tables have, else 0. A page break may leave the last lines the beginning of one."""

    places: Sequence[float]
    step: float
    named: Mapping[tuple[int, int], int]

    @classmethod
    def of(cls, lines: Sequence[Sequence[Word]], anchors: Sequence[Sequence[Word]]) -> _Costs:
        """For these lines of labels, beside these lines of figures."""
        places = [middle_of(line) for line in lines]
        height = max((w.height for line in anchors for w in line), default=10.0)
        steps = [step for a, b in pairwise(places) if (step := b - a) >= LEAST_STEP * height]
        texts = [text_of(sorted(line)) for line in lines]
        names = vocabulary.rows().names
        named = {
            (first, end): end - first if names("".join(texts[first:end])) else 0
            for first in range(len(lines))
            for end in _ends(first, len(lines))
        }
        for first in range(max(0, len(lines) - MOST_LINES), len(lines)):
            last = "".join(texts[first:])
            if len(last) >= SHORTEST_BEGINNING and vocabulary.rows().begins(last):
                named[first, len(lines)] = len(lines) - first
        return cls(places, min(steps, default=USUAL_STEP * height), named)

    def without_figures(self, first: int) -> Iterator[tuple[int, float]]:
        """Behind which line a label from line ``first`` on may end that is a row without figures, and what that costs."""
        for end in _ends(first, len(self.places)):
            worth = self.named[first, end]
            if worth or end - first == 1:
                yield end, OWN_ROW * self.step - worth * self.step

    def beside_figures(self, first: int, at: float, beside: Beside) -> Iterator[tuple[int, float]]:
        """Behind which line a label from line ``first`` on may end beside which figures stand at the y ``at``, and what that costs."""
        places, step, stretch = self.places, self.step, 0.0
        for end in _ends(first, len(places)):
            if end - first > 1:
                stretch += LOOSE_LINE * max(0.0, places[end - 1] - places[end - 2] - 1.05 * step)
            away = abs(beside.label(places[first], places[end - 1]) - at)
            worth = self.named[first, end]
            if not worth:
                yield end, away + stretch
            elif places[first] - 1 < at < places[end - 1] + 1:
                yield end, min(away, INSIDE * step) - worth * step
            else:
                yield end, away - worth * step


def _ends(first: int, count: int) -> range:
    """Behind which of so many lines a label from line ``first`` on may end."""
    return range(first + 1, min(first + MOST_LINES, count) + 1)


def assigned(
    lines: Sequence[list[Word]], anchors: Sequence[list[Word]], beside: Beside
) -> tuple[float, list[list[Word]]]:
    """The cheapest way to give lines of labels to lines of figures (``anchors``) in order: what it costs, and the rows. Figures without
    a label and labels without figures are rows too."""
    costs = _Costs.of(lines, anchors)
    best = [[_NEVER] * (len(lines) + 1) for _ in range(len(anchors) + 1)]
    come = [[(0, 0)] * (len(lines) + 1) for _ in range(len(anchors) + 1)]
    best[0][0] = 0.0
    for a in range(len(anchors) + 1):
        at = beside.of(anchors[a]) if a < len(anchors) else None
        for n in range(len(lines) + 1):
            value = best[a][n]
            steps = [(a, end, cost) for end, cost in costs.without_figures(n)]
            if at is not None:
                steps.append((a + 1, n, OWN_ROW * costs.step))
                steps += ((a + 1, end, cost) for end, cost in costs.beside_figures(n, at, beside))
            for anchor, end, cost in steps:
                if value + cost < best[anchor][end]:
                    best[anchor][end], come[anchor][end] = value + cost, (a, n)
    return best[-1][-1], _walked_back(lines, anchors, come)


def _walked_back(
    lines: Sequence[list[Word]], anchors: Sequence[list[Word]], come: Sequence[Sequence[tuple[int, int]]]
) -> list[list[Word]]:
    rows: list[list[Word]] = []
    a, n = len(anchors), len(lines)
    while a or n:
        before_a, before_n = come[a][n]
        rows.append([word for line in (*lines[before_n:n], *anchors[before_a:a]) for word in line])
        a, n = before_a, before_n
    return rows[::-1]
