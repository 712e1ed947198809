"""The rows of a section: by the lying lines or fills that part them, otherwise by its labels.

Every line of a label goes to the figures in whose middle, or at whose top, the label stands.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import pairwise

import regex

from parsers.readers.pdf.lines import SAME_LINE, rows_of
from parsers.readers.pdf.page import Rectangle, Word
from parsers.readers.pdf.ruled.rulings import SNAP, Ruling
from parsers.readers.pdf.unruled import vocabulary
from parsers.readers.pdf.unruled.columns import TOUCHING, Column
from parsers.readers.pdf.unruled.runs import BLANK_IN_TEXT

COVERED = 0.6
"""A lying line or the edge of a fill parts rows when it runs over this part of the width of the figures."""
OWN_ROW = 0.2
"""What it costs a line of labels to be a row without figures, in line distances: less than to lie half a line from the
figures' middle, more than the roundings of a page."""
INSIDE = 0.3
"""The cost of figures that stand beside any line of a whole label, at most: less than what it costs that both are rows of their own."""
SMALLEST_GUTTER = 0.15
"""Two labels on one line stand at least this part of its height apart; a narrow gap counts only when another line has it
too, in the same place."""
FEWEST_NUMBERED, IN_LINE = 2, 1.5
"""So many labels with numbers, whose left edges differ by no more points, stand one below the other."""
HALVES = 1.9
"""The two lines of a broken figure are no further apart than this part of their height; two rows would overlap."""
NARROWEST = 3
"""Digits: no column is too narrow for so many."""
FURTHEST_LINE = 3.0
"""The last line of a label is no further below the others than this part of their height; WPS sets lines 2.3 heights apart."""
HALF_A_SIGN = 0.75
"""A label that begins with a bracket begins so much of its height further right than its next line, where only ink is seen."""
MOST_LINES = 16
"""Lines of one label."""
LEAST_STEP = 0.8
"""Lines of one label are this part of the height of its text apart, or more."""
_NUMBERED = regex.compile(r"\d{1,2}[.．、]")
_NUMBER_OF_GROUP = regex.compile(r"[（(][一二三四五六七八九十]+[)）]")
"""A blank may stand behind it, and is no gutter: in all groups it stands in the same place."""
LOOSE_LINE = 1.5
"""How much more than its share a distance within a label costs, when other lines are closer together; not within one that statutory
tables have, whose lines are told by their words."""


def gutters_of(lines: Sequence[Sequence[Word]]) -> list[float]:
    """The x between columns of labels, from the gaps between labels on one line; gaps that overlap are one gutter."""
    gaps = sorted(
        (a.x1, b.x0, b.x0 - a.x1 > BLANK_IN_TEXT * a.height and vocabulary.rows().begins(a.text))
        for line in lines
        for a, b in pairwise(line)
        if b.x0 - a.x1 > (BLANK_IN_TEXT if _NUMBER_OF_GROUP.fullmatch(a.text) else SMALLEST_GUTTER) * a.height
    )
    gutters: list[tuple[float, float, int]] = []
    for left, right, wide in gaps:
        seen = 2 if wide else 1
        if gutters and left < gutters[-1][1]:
            gutters[-1] = (max(left, gutters[-1][0]), min(right, gutters[-1][1]), gutters[-1][2] + seen)
        else:
            gutters.append((left, right, seen))
    found = [
        (left + right) / 2 for left, right, seen in gutters if seen > 1 or _ends_label((left + right) / 2, lines)
    ]
    edge = _left_of_numbered([word for line in lines for word in line])
    return sorted([*found, edge[1]]) if edge and not any(edge[0] <= gutter <= edge[1] for gutter in found) else found


def _ends_label(edge: float, lines: Sequence[Sequence[Word]]) -> bool:
    """Whether the lines left of an ``edge``, which no word of theirs crosses, are a label of several lines, beside one of which another
    label stands: that of a group with a single row."""
    left = [[word for word in line if word.x1 <= edge] for line in lines]
    crossed = [any(word.x0 < edge < word.x1 for word in line) for line in lines]
    beside = [bool(words) and len(words) < len(line) for words, line in zip(left, lines, strict=True)]
    texts = ["".join(word.text for word in words) for words in left]
    return any(
        any(beside[first:end])
        and all(texts[first:end])
        and not any(crossed[first:end])
        and vocabulary.rows().names("".join(texts[first:end]))
        for first in range(len(lines))
        for end in range(first + 2, min(first + MOST_LINES, len(lines)) + 1)
    )


def _left_of_numbered(labels: Sequence[Word]) -> tuple[float, float] | None:
    """From where to where nothing stands between the labels with numbers (1. 2. 3.), which begin one below the other or have
    their middles there, and those of their groups: lines of the two need not stand side by side. None where there are no groups
    beside them."""
    numbered = [word for word in labels if _NUMBERED.match(word.text)]
    if len(numbered) < FEWEST_NUMBERED:
        return None
    edge = min(word.x0 for word in numbered)
    below = [word for word in numbered if word.x0 - edge < IN_LINE]
    if len(below) < max(FEWEST_NUMBERED, len(numbered) / 2):
        middles = sorted(word.x0 + word.x1 for word in numbered)
        below = [word for word in numbered if abs(word.x0 + word.x1 - middles[len(middles) // 2]) < 2 * IN_LINE]
    if len(below) < max(FEWEST_NUMBERED, len(numbered) / 2):
        return None
    top, bottom = min(word.y0 for word in below), max(word.y1 for word in below)
    groups = [word.x1 for word in labels if word.x1 <= edge + TOUCHING and word.y1 > top and word.y0 < bottom]
    return (max(groups), edge) if groups else None


def bands_of(edges: Sequence[Ruling], columns: Sequence[Column], frame: Rectangle) -> list[float]:
    """The y that part rows, at least two; none where nothing parts them."""
    left, right = columns[0].x0, columns[-1].x1
    near = sorted(
        edge for edge in edges if frame.y0 - 30 <= edge.at <= frame.y1 + 30 and edge.start < right and edge.end > left
    )
    parting: list[float] = []
    index = 0
    while index < len(near):
        end = index
        while end < len(near) and near[end].at - near[index].at <= SNAP:
            end += 1
        covered = _length((max(e.start, left), min(e.end, right)) for e in near[index:end])
        if covered >= COVERED * (right - left):
            parting.append((near[index].at + near[end - 1].at) / 2)
        index = end
    return parting if len(parting) >= 3 else []


def _length(spans: Iterable[tuple[float, float]]) -> float:
    total, reached = 0.0, float("-inf")
    for start, end in sorted(spans):
        total += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return total


def rows_by_bands(words: Sequence[Word], bands: Sequence[float]) -> list[list[Word]]:
    rows: dict[int, list[Word]] = {}
    for word in words:
        rows.setdefault(bisect_right(bands, (word.y0 + word.y1) / 2), []).append(word)
    return [rows[band] for band in sorted(rows)]


def rows_by_labels(labels: Sequence[Word], figures: Sequence[Word], gutters: Sequence[float]) -> list[list[Word]]:
    """Each line of figures with the lines of labels that stand beside it, top to bottom; lines of labels that fit no
    figures are rows without any. Labels of groups, left of the last gutter, go with the row that is nearest."""
    begin = [(w.y0 + w.y1) / 2 for w in labels if vocabulary.rows().begins(w.text)]
    anchors = _with_broken_figures(rows_of(figures), begin)
    inner_edge = gutters[-1] if gutters else float("-inf")
    outer = [word for word in labels if word.x1 <= inner_edge]
    last_lines = _last_lines(rows_of([word for word in labels if word.x1 > inner_edge]), outer, inner_edge)
    inner = rows_of([word for word in labels if word.x1 > inner_edge or word in last_lines])
    outer = [word for word in outer if word not in last_lines]
    ways = Beside if len(rows_of(labels)) > len(anchors) else (Beside.MIDDLE, Beside.FIRST)
    rows = min((_assigned(inner, anchors, beside) for beside in ways), key=lambda assigned: assigned[0])[1]
    middles = [(min(w.y0 for w in row) + max(w.y1 for w in row)) / 2 for row in rows]
    for word in outer:
        middle = (word.y0 + word.y1) / 2
        rows[min(range(len(rows)), key=lambda index: abs(middles[index] - middle))].append(word)
    return rows


def _last_lines(lines: Sequence[list[Word]], outer: Sequence[Word], edge: float) -> set[Word]:
    """Those of the words left of the last gutter that are no label of a group but the last line of a label above, which runs
    over the gutter: together they are a label that statutory tables have."""
    found: set[Word] = set()
    for last, line in enumerate(lines):
        left, right, reach = line[0].x0, line[-1].x1, FURTHEST_LINE * line[0].height
        if left >= edge:
            continue
        begins = left - HALF_A_SIGN * line[0].height
        below = rows_of([w for w in outer if begins <= w.x0 and w.x1 <= right and 0 < w.y0 - line[0].y0 < reach])
        above = ["".join(word.text for word in each) for each in lines[max(0, last + 1 - MOST_LINES) : last + 1]]
        for end in range(1, len(below) + 1):
            rest = "".join(word.text for each in below[:end] for word in each)
            if any(vocabulary.rows().names("".join(above[first:]) + rest) for first in range(len(above))):
                found.update(word for each in below[:end] for word in each)
                break
    return found


def _with_broken_figures(lines: Sequence[list[Word]], labelled: Sequence[float]) -> list[list[Word]]:
    """The lines of figures, those as one whose figures a narrow column broke over two lines: the halves stand above and below
    the middle of their row, or all begin at its top, closer together than two rows, and not where a label begins: such
    places are ``labelled``. A label may begin between them."""
    whole = [list(line) for line in lines]
    for above, line, below in zip(whole, whole[1:], whole[2:], strict=False):
        if not (above and line and below) or middle_of(below) - middle_of(above) > HALVES * line[0].height:
            continue
        halves = all(any(_one_above_the_other(a, b) for a in above) for b in below)
        if halves and not any(_one_above_the_other(half, w) for half in (*above, *below) for w in line):
            line += [*above, *below]
            above.clear()
            below.clear()
    widest = max((len(word.text) for line in lines for word in line), default=0)
    for above, line in pairwise(whole):
        if not (above and line) or middle_of(line) - middle_of(above) > HALVES * line[0].height:
            continue
        middle, height = middle_of(line), line[0].height
        beside = any(abs(y - middle) < SAME_LINE * height for y in labelled)
        between = any(abs(2 * y - middle - middle_of(above)) < SAME_LINE * height for y in labelled)
        if not beside and widest >= NARROWEST and _ends(above, line, widest, as_wide=between):
            above += line
            line.clear()
    return [line for line in whole if line]


def _ends(above: Sequence[Word], line: Sequence[Word], widest: int, *, as_wide: bool) -> bool:
    """Whether a line holds nothing but ends of figures: each stands below one that fills its column, and is shorter; or ``as_wide``,
    where the label of a row stands between the two lines."""
    longest = widest if as_wide else widest - 1
    return all(
        any(_one_above_the_other(a, word) and len(word.text) <= longest and len(a.text) == widest for a in above)
        for word in line
    )


def _one_above_the_other(a: Word, b: Word) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1


class Beside(Enum):
    """Where the figures stand beside a label of several lines."""

    MIDDLE = "middle"
    FIRST = "first line"
    LAST = "last line"

    def of(self, line: Sequence[Word]) -> float:
        """The y of a line of figures, those of two lines among them, that stands where the label has its own."""
        middles = [(word.y0 + word.y1) / 2 for word in line]
        return middle_of(line) if self is Beside.MIDDLE else min(middles) if self is Beside.FIRST else max(middles)

    def label(self, first: float, last: float) -> float:
        """The y of a label with these first and last lines."""
        return (first + last) / 2 if self is Beside.MIDDLE else first if self is Beside.FIRST else last


def _assigned(
    lines: Sequence[list[Word]], anchors: Sequence[list[Word]], beside: Beside
) -> tuple[float, list[list[Word]]]:
    """The cheapest way to give lines of labels to lines of figures in order, and what it costs. A label may take any
    number of lines."""
    places = [middle_of(line) for line in lines]
    steps = [b - a for a, b in pairwise(places)]
    height_of_text = max((w.height for line in anchors for w in line), default=10.0)
    step = min((step for step in steps if step >= LEAST_STEP * height_of_text), default=1.25 * height_of_text)
    lonely = OWN_ROW * step
    height = len(anchors)
    named = _named(lines)
    best: list[list[float]] = [[float("inf")] * (len(lines) + 1) for _ in range(height + 1)]
    come: list[list[tuple[int, int]]] = [[(0, 0)] * (len(lines) + 1) for _ in range(height + 1)]
    best[0][0] = 0.0
    for a in range(height + 1):
        for n in range(len(lines) + 1):
            value = best[a][n]
            if value == float("inf"):
                continue
            for end in range(n + 1, min(n + MOST_LINES, len(lines)) + 1):
                worth = named[n, end]
                if end - n > 1 and not worth:
                    continue
                cost = value + lonely - worth * step
                if cost < best[a][end]:
                    best[a][end], come[a][end] = cost, (a, n)
            if a == height:
                continue
            if value + lonely < best[a + 1][n]:
                best[a + 1][n], come[a + 1][n] = value + lonely, (a, n)
            at = beside.of(anchors[a])
            stretch = 0.0
            for end in range(n + 1, min(n + MOST_LINES, len(lines)) + 1):
                if end - n > 1:
                    stretch += LOOSE_LINE * max(0.0, places[end - 1] - places[end - 2] - 1.05 * step)
                away = abs(beside.label(places[n], places[end - 1]) - at)
                if named[n, end] and places[n] - 1 < at < places[end - 1] + 1:
                    away = min(away, INSIDE * step)
                cost = value + away + (0.0 if named[n, end] else stretch) - named[n, end] * step
                if cost < best[a + 1][end]:
                    best[a + 1][end], come[a + 1][end] = cost, (a, n)
    rows: list[list[Word]] = []
    a, n = height, len(lines)
    while a or n:
        before_a, before_n = come[a][n]
        row = [word for line in lines[before_n:n] for word in line]
        if before_a < a:
            row += anchors[before_a]
        rows.append(row)
        a, n = before_a, before_n
    return best[height][len(lines)], rows[::-1]


def _named(lines: Sequence[Sequence[Word]]) -> dict[tuple[int, int], int]:
    """For each run of lines, from the first to behind the last: how many lines they are if they are a label that statutory
    tables have, else 0."""
    texts = ["".join(word.text for word in sorted(line)) for line in lines]
    return {
        (first, end): end - first if vocabulary.rows().names("".join(texts[first:end])) else 0
        for first in range(len(lines))
        for end in range(first + 1, min(first + MOST_LINES, len(lines)) + 1)
    }


def middle_of(words: Sequence[Word]) -> float:
    return (min(w.y0 for w in words) + max(w.y1 for w in words)) / 2
