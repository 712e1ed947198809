"""Drawn marks to ruling lines: take edges, snap them, join them, group those that meet.

A line on paper comes in many spellings: a stroke, a thin filled rectangle, the edges of a stroked box, a hundred
dashes, two strokes close together. Afterwards it is one :class:`Ruling`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from parsers.readers.pdf.page import THIN, Mark

SNAP = 3.0
"""Points: of parallel lines the next one no further away is the same line (double borders, borders of neighbouring
cells drawn one beside the other)."""
WIDEST = 6.0
"""Points: the outermost of such lines may be this far apart; rows are 7 points and more."""
SAME = 0.3
"""Points: drawn on the same line; less than the thinnest rule."""
GAP = 4.0
"""Points: pieces of one line may be this far apart (dashes of office programs leave up to 3); a merged cell leaves
a gap as wide as a column."""
SHORTEST = 5.0
"""Points: less is a dot, a dash on its own or a stroke of a letter drawn as a path; rows are 7 points and more."""
REACH = 4.0
"""Points by which a line may miss the line that it should meet: half of WIDEST and half of a rule; less than a row."""


class Ruling(NamedTuple):
    """A straight ruling line. ``at`` is its y if it lies and its x if it stands; it runs from ``start`` to ``end``
    along the other axis."""

    at: float
    start: float
    end: float


class Rulings(NamedTuple):
    """Ruling lines that belong together, lying and standing ones, each sorted by place."""

    lying: tuple[Ruling, ...]
    standing: tuple[Ruling, ...]


def rulings_of(marks: Iterable[Mark]) -> Rulings:
    """All ruling lines of a page, each as drawn: only what lies on the very same line is joined, as lines that are close
    may belong to different tables."""
    lying, standing = edges_of(marks)
    return Rulings(tuple(joined(lying, SAME, SAME)), tuple(joined(standing, SAME, SAME)))


def edges_of(marks: Iterable[Mark]) -> tuple[list[Ruling], list[Ruling]]:
    """The lying and the standing edges of the marks. A dot counts as both: only joining shows what it is part of.
    A surface that is merely filled has no edges; where it matters, lines are drawn around it."""
    lying: list[Ruling] = []
    standing: list[Ruling] = []
    for x0, y0, x1, y1, outlined in marks:
        low, narrow = y1 - y0 <= THIN, x1 - x0 <= THIN
        if low:
            lying.append(Ruling((y0 + y1) / 2, x0, x1))
        if narrow:
            standing.append(Ruling((x0 + x1) / 2, y0, y1))
        if outlined and not low and not narrow:
            lying += (Ruling(y0, x0, x1), Ruling(y1, x0, x1))
            standing += (Ruling(x0, y0, y1), Ruling(x1, y0, y1))
    return lying, standing


def joined(edges: Iterable[Ruling], snap: float = SNAP, widest: float = WIDEST) -> list[Ruling]:
    """Edges of one direction, those (almost) on one line snapped to it and joined where they (almost) touch."""
    edges = sorted(edges)
    rulings: list[Ruling] = []
    first = 0
    for index in range(1, len(edges) + 1):
        if (
            index == len(edges)
            or edges[index][0] - edges[index - 1][0] > snap
            or edges[index][0] - edges[first][0] > widest
        ):
            at = (edges[first][0] + edges[index - 1][0]) / 2
            rulings += _joined_on_line(at, sorted((start, end) for _, start, end in edges[first:index]))
            first = index
    return rulings


def _joined_on_line(at: float, pieces: Sequence[tuple[float, float]]) -> list[Ruling]:
    rulings = []
    start, end = pieces[0]
    for next_start, next_end in pieces:
        if next_start - end > GAP:
            if end - start >= SHORTEST:
                rulings.append(Ruling(at, start, end))
            start, end = next_start, next_end
        elif next_end > end:
            end = next_end
    if end - start >= SHORTEST:
        rulings.append(Ruling(at, start, end))
    return rulings


def frameworks(rulings: Rulings) -> list[Rulings]:
    """Groups of lines that hang together by meeting one another, from top to bottom, double lines made single; each may
    be a table, a frame or an ornament. A line that meets no other belongs to none."""
    lying, standing = rulings
    leader = list(range(len(lying) + len(standing)))

    def find(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    for i, (y, x0, x1) in enumerate(lying):
        first = bisect_left(standing, (x0 - REACH,))
        last = bisect_right(standing, (x1 + REACH,))
        for j, (_, y0, y1) in enumerate(standing[first:last], len(lying) + first):
            if y0 - REACH <= y <= y1 + REACH and leader[j] != leader[i]:
                leader[find(j)] = find(i)
    members: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for i, line in enumerate(lying):
        members.setdefault(find(i), ([], []))[0].append(line)
    for j, post in enumerate(standing, len(lying)):
        members.setdefault(find(j), ([], []))[1].append(post)
    groups = [
        Rulings(tuple(joined(lines)), tuple(joined(posts))) for lines, posts in members.values() if lines and posts
    ]
    return sorted(groups, key=lambda group: min(post.start for post in group.standing))
