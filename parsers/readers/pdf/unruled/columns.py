"""The columns of a section: where its figures stand, and what its header prints where none does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from parsers.readers.pdf.unruled import vocabulary
from parsers.readers.pdf.unruled.assignment import SHORTEST_BEGINNING
from parsers.readers.pdf.unruled.parts import FEWEST_LEAVES
from parsers.readers.pdf.unruled.runs import Run, TextRow, run_of
from parsers.readers.pdf.unruled.sections import Section
from parsers.readers.pdf.unruled.stacks import corners_of, leaves_of, parted

TOUCHING = 0.5
"""Points: texts of neighbouring columns may overlap by their fonts' margins."""
FEWEST_ROWS, DENSE = 4, 0.9
"""In so many rows, so many of the places filled: then a column that is blank throughout is not to be expected."""
BLANK = 0.6
"""The part of the height of a line that a blank takes at most."""
_FIRST_DIGITS, _THREE_DIGITS = regex.compile(r"\d{1,3}(?: \d{3})*"), regex.compile(r"\d{3}(?!\d)")
NEARER = 3.0
"""A figure stands so many times nearer to the label of its column than to any other."""


@dataclass(frozen=True, slots=True)
class Column:
    """The x between which the figures of a column stand."""

    x0: float
    x1: float


def with_parted_labels(section: Section) -> Section:
    """The section with the labels of its header apart that stand side by side without a gap."""
    return replace(section, head=parted(section.head))


def columns_of(section: Section, before: Sequence[Column]) -> list[Column]:
    """The columns of figures of a section. One without a header goes on under the columns of the section ``before``,
    where all of its own are among these: a column may be blank on one of the pages."""
    section = with_parted_labels(section)
    edge = _label_edge(section)
    columns = _columns(section, edge)
    before = [column for column in before if column.x0 + column.x1 > 2 * edge]
    has_header = any(run.x0 >= edge - TOUCHING for row in section.head for run in row.runs)
    if has_header or len(before) <= len(columns):
        return columns
    taken = [overlapped(before, column.x0, column.x1) or _beside(before, column) for column in columns]
    if any(len(places) != 1 for places in taken) or len({places[0] for places in taken}) != len(taken):
        return columns
    merged = list(before)
    for (place,), column in zip(taken, columns, strict=True):
        merged[place] = Column(min(column.x0, merged[place].x0), max(column.x1, merged[place].x1))
    return merged


def is_statutory(section: Section) -> bool:
    """Whether a section has a label that statutory tables have. Prose set with wide blanks around its figures has none."""
    return (
        bool(leaves_of(section.head))
        or any(is_label(run.text) for row in (*section.head, *section.body) for run in row.runs)
        or _has_broken_label(section)
    )


def _has_broken_label(section: Section) -> bool:
    """Whether lines one below the other, which begin at the same x, are a label of a row together: a narrow column breaks all."""
    lines: dict[int, list[str]] = {}
    for row in section.body:
        for run in row.runs[: row.first_figure if row.is_anchor else len(row.runs)]:
            lines.setdefault(round(run.x0), []).append(run.text)
    return any(any(vocabulary.labels_in(texts)) for texts in lines.values())


def is_label(text: str) -> bool:
    """Whether a text is the label of a row, or of columns, of a statutory table."""
    return vocabulary.rows().names(text) or vocabulary.columns().names(text)


def _beside(columns: Sequence[Column], column: Column) -> list[int]:
    """The column nearest to one that none overlaps, if the next but one is much further: figures set to the right of their cells
    stand beside labels set in the middle."""
    away = [max(other.x0 - column.x1, column.x0 - other.x1) for other in columns]
    nearest, next_one = sorted(range(len(away)), key=away.__getitem__)[:2]
    return [nearest] if NEARER * away[nearest] < away[next_one] else []


def goes_on(section: Section, before: Sequence[Column]) -> bool:
    """Whether a section without a label is the figures of a table whose header, with the columns ``before``, stands at the
    foot of the page before: each of its figures stands below one of these labels, or all stand the same way beside theirs."""
    runs = [run for row in section.body for run in row.runs]
    if section.head or not all(run.is_figure for run in runs):
        return False
    places = [overlapped(before, run.x0, run.x1) for run in runs]
    if all(len(over) == 1 for over in places):
        return len({over[0] for over in places}) >= FEWEST_LEAVES
    return len(runs) == len(before) >= FEWEST_LEAVES and _are_set_alike(runs, before)


def _are_set_alike(runs: Sequence[Run], columns: Sequence[Column]) -> bool:
    """Whether figures, one of each column, stand at one side of their cells, the labels in the middle: right or left of that by
    the same distance, and less than half of the way to the next label."""
    middles = [(column.x0 + column.x1) / 2 for column in columns]
    pitch = min(after - before for before, after in pairwise(middles))
    for edges in ([run.x1 for run in runs], [run.x0 for run in runs]):
        away = [edge - middle for edge, middle in zip(edges, middles, strict=True)]
        if max(away) - min(away) < runs[0].y1 - runs[0].y0 and max(map(abs, away)) < pitch / 2:
            return True
    return False


def columns_of_header(rows: Sequence[TextRow]) -> list[Column]:
    """The columns that a header at the foot of a page names, whose figures stand on the next one; none where these lines
    are no header."""
    leaves = [Column(*place) for place in leaves_of(parted(rows))]
    return leaves if len(leaves) >= FEWEST_LEAVES else []


def _label_edge(section: Section) -> float:
    """The x up to which labels reach: the words in front of the first figure of each anchor, and lines of labels alone."""
    figures = (run.x0 for row in section.body for run in row.runs[max(row.first_figure, 0) :] if run.is_figure)
    first = min(figures, default=float("inf"))  # all figures may be left blank
    ends = [row.runs[row.first_figure - 1].x1 for row in section.body if row.first_figure > 0]
    ends += [run.x1 for row in section.body if not row.is_anchor for run in row.runs if run.x1 <= first]
    return max(ends, default=0.0)


def _columns(section: Section, label_edge: float) -> list[Column]:
    """Where the figures stand: what overlaps is one column; then what the header prints where no figure stands."""
    lone = (row.runs[0] for row in section.body if len(row.runs) == 1 and row.runs[0].is_figure)
    alone = [
        run for run in lone if run.x0 >= label_edge
    ]  # one further left may be a sign of a label set sign by sign
    beside = [run for row in section.body if row.is_anchor for run in row.runs[row.first_figure :]]
    columns = places_of((*beside, *alone), TOUCHING)
    anchors = [row for row in section.body if row.is_anchor]
    printed = sum(len(row.runs) - row.first_figure for row in anchors)
    places = len(anchors) * len(columns)
    leaves = _leaves(section, columns, label_edge)
    columns = _joined(columns, anchors, len(leaves))
    merged = _merged(columns, leaves)
    if len(anchors) >= FEWEST_ROWS and DENSE * places <= printed <= places:
        # Figures everywhere: what the header prints between them is no column, but for labels that tables are known to
        # have. A column at either side may be blank.
        first, last = columns[0].x0, columns[-1].x1
        known = [Column(*place) for place in leaves_of(section.head)]
        merged = [
            (column, has_figures)
            for column, has_figures in merged
            if has_figures or column.x1 <= first or column.x0 >= last or overlapped(known, column.x0, column.x1)
        ]
    return [column for column, _ in merged]


def places_of(runs: Iterable[Run], overlap: float = 0.0) -> list[Column]:
    """Where texts stand, left to right; those are in one column that have more than this ``overlap`` in common."""
    columns: list[Column] = []
    for x0, x1 in sorted((run.x0, run.x1) for run in runs):
        if columns and x0 < columns[-1].x1 - overlap:
            columns[-1] = Column(columns[-1].x0, max(columns[-1].x1, x1))
        else:
            columns.append(Column(x0, x1))
    return columns


def _joined(columns: list[Column], anchors: Sequence[TextRow], count: int) -> list[Column]:
    """The columns, neighbours as one that are nearer than a sign is wide and hold no figures side by side, or but the groups of
    one figure, down to as many as the header has labels: narrow figures, a blank before or behind some of them, need not
    stand one below the other."""
    columns = list(columns)
    size = min(row.height for row in anchors) if anchors else 0.0
    if len(columns) > 2 * count:
        return columns  # this header names other columns
    while len(columns) > count:
        beside = {
            (place, next_one)
            for row in anchors
            for (run, place), (other, next_one) in pairwise(
                (run, i) for run in row.runs for i in overlapped(columns, run.x0, run.x1)
            )
            if place != next_one and not _are_groups(run, other)
        }
        gaps = {n: b.x0 - a.x1 for n, (a, b) in enumerate(pairwise(columns)) if (n, n + 1) not in beside}
        nearest = min(gaps, key=gaps.__getitem__, default=-1)
        if nearest < 0 or gaps[nearest] > size:
            break
        columns[nearest : nearest + 2] = [Column(columns[nearest].x0, columns[nearest + 1].x1)]
    return columns


def _are_groups(run: Run, other: Run) -> bool:
    """Whether two figures side by side may be one, a blank before each three of its digits: 1 832.83 beside nothing else."""
    near = other.x0 - run.x1 < BLANK * (run.y1 - run.y0)
    return near and _FIRST_DIGITS.fullmatch(run.text) is not None and _THREE_DIGITS.match(other.text) is not None


def _leaves(section: Section, columns: Sequence[Column], label_edge: float) -> list[Column]:
    """Where the lowest labels of the header stand, right of the labels of the rows, left to right. A line with a
    single text is a title, or the label of a group; labels that tables are known to have are whole, blanks in them or not."""
    known = leaves_of(section.head)
    corners = corners_of(section.head)
    leaves: list[Column] = []
    for row in reversed(section.head):
        runs = [part for whole in row.runs for part in apart(whole, columns)]
        if len(runs) == 1 and leaves and not vocabulary.columns().names(runs[0].text):
            continue
        for run in runs:
            inside = ((x0, x1) for x0, x1 in known if x0 <= run.x0 + TOUCHING and run.x1 <= x1 + TOUCHING)
            x0, x1 = next(inside, (run.x0, run.x1))
            above = _is_corner(run) or not corners.isdisjoint(run.words) or vocabulary.groups().names(run.text)
            if x0 >= label_edge - TOUCHING and not (above or overlapped(leaves, x0, x1)):
                leaves.append(Column(x0, x1))
        leaves.sort(key=lambda column: column.x0)
    return leaves


def _is_corner(run: Run) -> bool:
    """Whether a text of the header stands above the labels of the rows, or begins what does."""
    corners = vocabulary.corners()
    return corners.names(run.text) or (len(run.text) >= SHORTEST_BEGINNING and corners.begins(run.text))


def _merged(columns: list[Column], leaves: Sequence[Column]) -> list[tuple[Column, bool]]:
    """The columns of figures, as wide as the labels of the header above them, with those labels added that stand above no
    figure: columns left blank; each with whether figures stand in it. A figure need not stand right below its label, but
    both keep their order."""
    alone = [(column, True) for column in columns]
    if beyond := _beyond_ends(columns, leaves):
        inner = [column for column in columns if column not in beyond]
        return sorted((*_merged(inner, leaves), *((column, True) for column in beyond)), key=lambda pair: pair[0].x0)
    if len(leaves) < len(columns):
        return alone
    count, wide = len(columns), len(leaves)
    best = [[0.0] * (wide + 1)] + [[float("inf")] * (wide + 1) for _ in range(count)]
    for c in range(1, count + 1):
        middle = columns[c - 1].x0 + columns[c - 1].x1
        for n in range(c, wide + 1):
            away = abs(middle - leaves[n - 1].x0 - leaves[n - 1].x1)
            best[c][n] = min(best[c][n - 1], best[c - 1][n - 1] + away)
    narrow: list[tuple[Column, bool]] = []
    merged: list[tuple[Column, bool]] = []
    c, n = count, wide
    while n:
        leaf = leaves[n - 1]
        if c and best[c][n] != best[c][n - 1]:
            column = columns[c - 1]
            narrow.append((column, True))
            merged.append((Column(min(column.x0, leaf.x0), max(column.x1, leaf.x1)), True))
            c -= 1
        else:
            narrow.append((leaf, False))
            merged.append((leaf, False))
        n -= 1
    return next((found[::-1] for found in (merged, narrow) if _in_order(found[::-1])), alone)


def _beyond_ends(columns: Sequence[Column], leaves: Sequence[Column]) -> list[Column]:
    """The columns left and right of a header above all others, each of which stands below a label of its own, the outermost labels
    over one, too: the labels of these are tall cells, whose text a page break has left on the page before."""
    if not leaves:
        return []
    left = [column for column in columns if column.x1 < leaves[0].x0]
    right = [column for column in columns if column.x0 > leaves[-1].x1]
    inner = columns[len(left) : len(columns) - len(right)]
    above = [overlapped(leaves, column.x0, column.x1) for column in inner]
    places = [place for own in above for place in own]
    each_its_own = len(set(places)) == len(places) == len(inner) and all(above)
    if not each_its_own or (left and 0 not in places) or (right and len(leaves) - 1 not in places):
        return []
    return left + right


def _in_order(columns: Sequence[tuple[Column, bool]]) -> bool:
    return all(a.x1 <= b.x0 + TOUCHING for (a, _), (b, _) in pairwise(columns))


def apart(run: Run, columns: Sequence[Column]) -> list[Run]:
    """The words of a run that stands over several columns: labels of narrow columns that all but touch."""
    if len(run.words) == 1 or len(overlapped(columns, run.x0, run.x1)) < 2:
        return [run]
    return [run_of([word]) for word in run.words]


def overlapped(columns: Sequence[Column], x0: float, x1: float) -> list[int]:
    """The numbers of the columns in which something from ``x0`` to ``x1`` stands."""
    return [i for i, column in enumerate(columns) if x0 < column.x1 - TOUCHING and column.x0 + TOUCHING < x1]
