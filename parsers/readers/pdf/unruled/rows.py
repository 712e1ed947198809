"""The rows of a section: by the lying lines or fills that part them, otherwise by its labels.

Every line of a label goes to the figures in whose middle, or at whose top, the label stands.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from parsers.readers.pdf.lines import SAME_LINE, rows_of
from parsers.readers.pdf.page import Rectangle, Word, stand_above_each_other, text_of
from parsers.readers.pdf.ruled.rulings import SNAP, Ruling
from parsers.readers.pdf.unruled import vocabulary
from parsers.readers.pdf.unruled.assignment import Beside, assigned, middle_of
from parsers.readers.pdf.unruled.columns import Column
from parsers.readers.pdf.unruled.vocabulary import MOST_LINES

COVERED = 0.6
"""A lying line or the edge of a fill parts rows when it runs over this part of the width of the figures."""
BESIDE, FEWEST_BANDS = 30.0, 3
"""Points above and below a section in which its first and last line may lie; so many lines part two rows at least."""
HALVES = 1.9
"""The two lines of a broken figure are no further apart than this part of their height; two rows would overlap."""
NARROWEST = 3
"""Digits: no column is too narrow for so many."""
FURTHEST_LINE = 3.0
"""The last line of a label is no further below the others than this part of their height; WPS sets lines 2.3 heights apart."""
HALF_A_SIGN = 0.75
"""A label that begins with a bracket begins so much of its height further right than its next line, where only ink is seen."""


def bands_of(edges: Sequence[Ruling], columns: Sequence[Column], frame: Rectangle) -> list[float]:
    """The y that part rows, at least three: the edges of two rows; none where fewer part anything."""
    left, right = columns[0].x0, columns[-1].x1
    top, bottom = frame.y0 - BESIDE, frame.y1 + BESIDE
    near = sorted(e for e in edges if top <= e.at <= bottom and e.start < right and e.end > left)
    lines: list[list[Ruling]] = []
    for edge in near:
        if lines and edge.at - lines[-1][0].at <= SNAP:
            lines[-1].append(edge)
        else:
            lines.append([edge])
    parting = [
        (line[0].at + line[-1].at) / 2
        for line in lines
        if _length((max(e.start, left), min(e.end, right)) for e in line) >= COVERED * (right - left)
    ]
    return parting if len(parting) >= FEWEST_BANDS else []


def _length(spans: Iterable[tuple[float, float]]) -> float:
    """How much of a line pieces of it cover together."""
    total, reached = 0.0, float("-inf")
    for start, end in sorted(spans):
        total += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return total


def rows_by_bands(words: Sequence[Word], bands: Sequence[float]) -> list[list[Word]]:
    """The words between each two of the y that part rows, top to bottom."""
    rows: dict[int, list[Word]] = {}
    for word in words:
        rows.setdefault(bisect_right(bands, word.middle), []).append(word)
    return [rows[band] for band in sorted(rows)]


def rows_by_labels(labels: Sequence[Word], figures: Sequence[Word], gutters: Sequence[float]) -> list[list[Word]]:
    """Each line of figures with the lines of labels that stand beside it, top to bottom; lines of labels that fit no
    figures are rows without any. Labels of groups, left of the last gutter, go with the row that is nearest."""
    begin = [w.middle for w in labels if vocabulary.rows().begins(w.text)]
    anchors = _with_broken_figures(rows_of(figures), begin)
    inner_edge = gutters[-1] if gutters else float("-inf")
    outer = [word for word in labels if word.x1 <= inner_edge]
    of_rows = _last_lines(rows_of([word for word in labels if word.x1 > inner_edge]), outer, inner_edge)
    of_rows |= _lines_of_rows([word for word in outer if word not in of_rows], gutters)
    inner = rows_of([word for word in labels if word.x1 > inner_edge or word in of_rows])
    outer = [word for word in outer if word not in of_rows]
    ways = Beside if len(rows_of(labels)) > len(anchors) else (Beside.MIDDLE, Beside.FIRST)
    rows = min((assigned(inner, anchors, beside) for beside in ways), key=lambda found: found[0])[1]
    middles = [middle_of(row) for row in rows]
    for word in outer:
        rows[min(range(len(rows)), key=lambda index: abs(middles[index] - word.middle))].append(word)
    return rows


def _lines_of_rows(outer: Sequence[Word], gutters: Sequence[float]) -> set[Word]:
    """Those of the words left of the last gutter that are no label of a group but, several lines of them together, the label of a row,
    which has the columns of the groups to itself."""
    found: set[Word] = set()
    for column in range(len(gutters)):
        lines = rows_of([word for word in outer if bisect_right(gutters, word.x0) == column])
        texts = ["".join(word.text for word in line) for line in lines]
        for first in range(len(lines)):
            for end in range(first + 2, min(first + MOST_LINES, len(lines)) + 1):
                label = "".join(texts[first:end])
                if vocabulary.leaf_rows().names(label) and not vocabulary.row_groups().names(label):
                    found.update(word for line in lines[first:end] for word in line)
    return found


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
        above = [text_of(each) for each in lines[max(0, last + 1 - MOST_LINES) : last + 1]]
        for end in range(1, len(below) + 1):
            rest = text_of(word for each in below[:end] for word in each)
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
        halves = all(any(stand_above_each_other(a, b) for a in above) for b in below)
        if halves and not any(stand_above_each_other(half, w) for half in (*above, *below) for w in line):
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
        any(stand_above_each_other(a, word) and len(word.text) <= longest and len(a.text) == widest for a in above)
        for word in line
    )
