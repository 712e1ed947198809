"""A section of an unruled table to cells: columns from where its figures stand, rows from its bands or its labels.

Where lying lines or fills part the rows, these tell; otherwise every line of a label goes to the figures in whose middle, or
at whose top, the label stands.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from parsers.document import Box, GridKind
from parsers.figures import content_of
from parsers.readers.canonical import RawCell, join_wrapped
from parsers.readers.pdf import vocabulary
from parsers.readers.pdf.lines import SAME_LINE, lines_of, rows_of
from parsers.readers.pdf.page import Rectangle, Word
from parsers.readers.pdf.rulings import SNAP, Ruling
from parsers.readers.pdf.stacks import leaves_of, parted
from parsers.readers.pdf.tables import RuledTable
from parsers.readers.pdf.unruled import BLANK_IN_TEXT, MOST_HEADER_LINES, Run, Section, text_row

COVERED = 0.6
"""A lying line or the edge of a fill parts rows when it runs over this part of the width of the figures."""
TOUCHING = 0.5
"""Points: texts of neighbouring columns may overlap by their fonts' margins."""
OWN_ROW = 0.2
"""What it costs a line of labels to be a row without figures, in line distances: less than to lie half a line from the
figures' middle, more than the roundings of a page."""
FEWEST_ROWS, DENSE = 4, 0.9
"""In so many rows, so many of the places filled: then a column that is blank throughout is not to be expected."""
CLOSE = 1.5
"""Points: the lines of one label of the header are evenly apart; between two labels is the padding of two cells."""
SMALLEST_GUTTER = 0.15
"""Two labels on one line stand at least this part of its height apart; a narrow gap counts only when another line has it
too, in the same place."""
FEWEST_LEAVES = 3
"""Labels of columns that make a header of a page's last lines."""
FEWEST_NUMBERED, IN_LINE = 2, 1.5
"""So many labels with numbers, whose left edges differ by no more points, stand one below the other."""
HALVES = 1.9
"""The two lines of a broken figure are no further apart than this part of their height; two rows would overlap."""
NARROWEST = 3
"""Digits: no column is too narrow for so many."""
MOST_LINES = 6
"""Lines of one label."""
LEAST_STEP = 0.8
"""Lines of one label are this part of the height of its text apart, or more."""
_NUMBERED = regex.compile(r"\d{1,2}[.．、]")
SHORTEST_BEGINNING = 6
"""So many signs tell the beginning of a long label from that of another one."""
LOOSE_LINE = 1.5
"""How much more than its share a distance within a label costs, when other lines are closer together."""


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
    taken = [_overlapped(before, column.x0, column.x1) for column in columns]
    if any(len(places) != 1 for places in taken) or len({places[0] for places in taken}) != len(taken):
        return columns
    merged = list(before)
    for (place,), column in zip(taken, columns, strict=True):
        merged[place] = Column(min(column.x0, merged[place].x0), max(column.x1, merged[place].x1))
    return merged


def is_statutory(section: Section) -> bool:
    """Whether a section has a label that statutory tables have. Prose set with wide blanks around its figures has none."""
    return bool(leaves_of(section.head)) or any(
        vocabulary.rows().names(run.text) or vocabulary.columns().names(run.text)
        for row in (*section.head, *section.body)
        for run in row.runs
    )


def columns_of_header(words: Sequence[Word]) -> list[Column]:
    """The columns that a header at the foot of a page names, whose figures stand on the next one; none where the last lines
    of the page are no header."""
    rows = [text_row(row) for row in rows_of(words)[-MOST_HEADER_LINES:]]
    leaves = [Column(*place) for place in leaves_of(rows)]
    return leaves if len(leaves) >= FEWEST_LEAVES else []


def table_of_section(section: Section, columns: Sequence[Column], edges: Sequence[Ruling], page: int) -> RuledTable:
    """The table that a section makes with these columns. ``edges`` are the lying edges of lines and fills."""
    section = with_parted_labels(section)
    first = columns[0].x0
    lines = [[w for run in row.runs if run.x1 <= first + TOUCHING for w in run.words] for row in section.body]
    label_words = [word for line in lines for word in line]
    figures = [run for row in section.body for run in row.runs if run.x1 > first + TOUCHING]
    gutters = _gutters(lines)
    figure_words = [word for run in figures for word in run.words]
    bands = _bands(edges, columns, section.rectangle)
    in_bands = [bisect_right(bands, _middle(line)) for line in rows_of(figure_words)]
    if len(set(in_bands)) < len(in_bands):
        bands = []  # these lines part something else
    if bands:
        rows = _rows_by_bands([*label_words, *figure_words], bands)
    else:
        rows = _rows_by_labels(label_words, figure_words, gutters)
    cells = _header_cells(section, columns, len(gutters) + 1, page)
    base = 1 + max((cell.row for cell in cells), default=-1)
    crossed: list[Box] = []
    for number, words in enumerate(rows, base):
        crossed += _add_row(cells, number, words, columns, gutters, page)
    return RuledTable(section.rectangle, tuple(cells), [], tuple(crossed), GridKind.ALIGNED)


def _label_edge(section: Section) -> float:
    """The x up to which labels reach: the words in front of the first figure of each anchor, and lines of labels alone."""
    first = min(row.runs[row.first_figure].x0 for row in section.body if row.is_anchor)
    ends = [row.runs[row.first_figure - 1].x1 for row in section.body if row.first_figure > 0]
    ends += [run.x1 for row in section.body if not row.is_anchor for run in row.runs if run.x1 <= first]
    return max(ends, default=0.0)


def _columns(section: Section, label_edge: float) -> list[Column]:
    """Where the figures stand: what overlaps is one column; then what the header prints where no figure stands."""
    spans = sorted((run.x0, run.x1) for row in section.body if row.is_anchor for run in row.runs[row.first_figure :])
    columns: list[Column] = []
    for x0, x1 in spans:
        if columns and x0 < columns[-1].x1 - TOUCHING:
            columns[-1] = Column(columns[-1].x0, max(columns[-1].x1, x1))
        else:
            columns.append(Column(x0, x1))
    anchors = [row for row in section.body if row.is_anchor]
    printed = sum(len(row.runs) - row.first_figure for row in anchors)
    places = len(anchors) * len(columns)
    merged = _merged(columns, _leaves(section, columns, label_edge))
    if len(anchors) >= FEWEST_ROWS and DENSE * places <= printed <= places:
        # Figures everywhere: what the header prints between them is no column, but for labels that tables are known to
        # have. A column at either side may be blank.
        first, last = columns[0].x0, columns[-1].x1
        known = [Column(*place) for place in leaves_of(section.head)]
        merged = [
            (column, has_figures)
            for column, has_figures in merged
            if has_figures or column.x1 <= first or column.x0 >= last or _overlapped(known, column.x0, column.x1)
        ]
    return [column for column, _ in merged]


def _leaves(section: Section, columns: Sequence[Column], label_edge: float) -> list[Column]:
    """Where the lowest labels of the header stand, right of the labels of the rows, left to right. A line with a
    single text is a title, or the label of a group; labels that tables are known to have are whole, blanks in them or not."""
    known = leaves_of(section.head)
    leaves: list[Column] = []
    for row in reversed(section.head):
        runs = [part for whole in row.runs for part in _apart(whole, columns)]
        if len(runs) == 1 and leaves and not vocabulary.columns().names(runs[0].text):
            continue
        for run in runs:
            inside = ((x0, x1) for x0, x1 in known if x0 <= run.x0 + TOUCHING and run.x1 <= x1 + TOUCHING)
            x0, x1 = next(inside, (run.x0, run.x1))
            if x0 >= label_edge - TOUCHING and not (_overlapped(leaves, x0, x1) or _is_corner(run)):
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


def _in_order(columns: Sequence[tuple[Column, bool]]) -> bool:
    return all(a.x1 <= b.x0 + TOUCHING for (a, _), (b, _) in pairwise(columns))


def _apart(run: Run, columns: Sequence[Column]) -> list[Run]:
    """The words of a run that stands over several columns: labels of narrow columns that all but touch."""
    if len(run.words) == 1 or len(_overlapped(columns, run.x0, run.x1)) < 2:
        return [run]
    return [Run(*word[:4], (word,), content_of(word.text)) for word in run.words]


def _overlapped(columns: Sequence[Column], x0: float, x1: float) -> list[int]:
    return [i for i, column in enumerate(columns) if x0 < column.x1 - TOUCHING and column.x0 + TOUCHING < x1]


def _gutters(lines: Sequence[Sequence[Word]]) -> list[float]:
    """The x between columns of labels, from the gaps between labels on one line; gaps that overlap are one gutter."""
    gaps = sorted(
        (a.x1, b.x0, b.x0 - a.x1 > BLANK_IN_TEXT * a.height and vocabulary.rows().begins(a.text))
        for line in lines
        for a, b in pairwise(line)
        if b.x0 - a.x1 > SMALLEST_GUTTER * a.height
    )
    gutters: list[tuple[float, float, int]] = []
    for left, right, wide in gaps:
        seen = 2 if wide else 1
        if gutters and left < gutters[-1][1]:
            gutters[-1] = (max(left, gutters[-1][0]), min(right, gutters[-1][1]), gutters[-1][2] + seen)
        else:
            gutters.append((left, right, seen))
    found = [(left + right) / 2 for left, right, seen in gutters if seen > 1]
    edge = _left_of_numbered([word for line in lines for word in line])
    return sorted([*found, edge[1]]) if edge and not any(edge[0] <= gutter <= edge[1] for gutter in found) else found


def _left_of_numbered(labels: Sequence[Word]) -> tuple[float, float] | None:
    """From where to where nothing stands between the labels with numbers (1. 2. 3.), which begin one below the other, and
    those of their groups: lines of the two need not stand side by side. None where there are no groups beside them."""
    numbered = [word for word in labels if _NUMBERED.match(word.text)]
    edge = min((word.x0 for word in numbered), default=0.0)
    below = [word for word in numbered if word.x0 - edge < IN_LINE]
    if len(below) < max(FEWEST_NUMBERED, len(numbered) / 2):
        return None
    top, bottom = min(word.y0 for word in below), max(word.y1 for word in below)
    groups = [word.x1 for word in labels if word.x1 <= edge + TOUCHING and word.y1 > top and word.y0 < bottom]
    return (max(groups), edge) if groups else None


def _bands(edges: Sequence[Ruling], columns: Sequence[Column], frame: Rectangle) -> list[float]:
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


def _rows_by_bands(words: Sequence[Word], bands: Sequence[float]) -> list[list[Word]]:
    rows: dict[int, list[Word]] = {}
    for word in words:
        rows.setdefault(bisect_right(bands, (word.y0 + word.y1) / 2), []).append(word)
    return [rows[band] for band in sorted(rows)]


def _rows_by_labels(labels: Sequence[Word], figures: Sequence[Word], gutters: Sequence[float]) -> list[list[Word]]:
    """Each line of figures with the lines of labels that stand beside it, top to bottom; lines of labels that fit no
    figures are rows without any. Labels of groups, left of the last gutter, go with the row that is nearest."""
    begin = [(w.y0 + w.y1) / 2 for w in labels if vocabulary.rows().begins(w.text)]
    anchors = _with_broken_figures(rows_of(figures), begin)
    inner_edge = gutters[-1] if gutters else float("-inf")
    outer = [word for word in labels if word.x1 <= inner_edge]
    last_lines = _last_lines(rows_of([word for word in labels if word.x1 > inner_edge]), outer, inner_edge)
    inner = rows_of([word for word in labels if word.x1 > inner_edge or word in last_lines])
    outer = [word for word in outer if word not in last_lines]
    rows = min(
        (_assigned(inner, anchors, at_top=at_top) for at_top in (False, True)), key=lambda assigned: assigned[0]
    )[1]
    middles = [(min(w.y0 for w in row) + max(w.y1 for w in row)) / 2 for row in rows]
    for word in outer:
        middle = (word.y0 + word.y1) / 2
        rows[min(range(len(rows)), key=lambda index: abs(middles[index] - middle))].append(word)
    return rows


def _last_lines(lines: Sequence[list[Word]], outer: Sequence[Word], edge: float) -> set[Word]:
    """Those of the words left of the last gutter that are no label of a group but the last line of a label above, which runs
    over the gutter."""
    found: set[Word] = set()
    for line in lines:
        left, right, height = line[0].x0, line[-1].x1, line[0].height
        if left < edge:
            below = [w for w in outer if left <= w.x0 and w.x1 <= right and 0 < w.y0 - line[0].y0 < HALVES * height]
            if below and vocabulary.rows().names("".join(word.text for word in (*line, *below))):
                found.update(below)
    return found


def _with_broken_figures(lines: Sequence[list[Word]], labelled: Sequence[float]) -> list[list[Word]]:
    """The lines of figures, those as one whose figures a narrow column broke over two lines: the halves stand above and below
    the middle of their row, or all begin at its top, closer together than two rows, and not where a label begins: such
    places are ``labelled``."""
    whole = [list(line) for line in lines]
    for above, line, below in zip(whole, whole[1:], whole[2:], strict=False):
        if not (above and line and below) or _middle(below) - _middle(above) > HALVES * line[0].height:
            continue
        halves = all(any(_one_above_the_other(a, b) for a in above) for b in below)
        if halves and not any(_one_above_the_other(half, w) for half in (*above, *below) for w in line):
            line += [*above, *below]
            above.clear()
            below.clear()
    widest = max((len(word.text) for line in lines for word in line), default=0)
    for above, line in pairwise(whole):
        if not (above and line) or _middle(line) - _middle(above) > HALVES * line[0].height:
            continue
        beside = any(abs(y - _middle(line)) < SAME_LINE * line[0].height for y in labelled)
        if not beside and widest >= NARROWEST and _ends(above, line, widest):
            above += line
            line.clear()
    return [line for line in whole if line]


def _ends(above: Sequence[Word], line: Sequence[Word], widest: int) -> bool:
    """Whether a line holds nothing but ends of figures: each stands below one that fills its column, and is shorter."""
    return all(
        any(_one_above_the_other(a, word) and len(word.text) < len(a.text) == widest for a in above) for word in line
    )


def _one_above_the_other(a: Word, b: Word) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1


def _assigned(
    lines: Sequence[list[Word]], anchors: Sequence[list[Word]], *, at_top: bool
) -> tuple[float, list[list[Word]]]:
    """The cheapest way to give lines of labels to lines of figures in order, and what it costs. A label may take any
    number of lines; the figures stand in its middle, or beside its first line."""
    places = [_middle(line) for line in lines]
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
            at = min((w.y0 + w.y1) / 2 for w in anchors[a]) if at_top else _middle(anchors[a])
            stretch = 0.0
            for end in range(n + 1, min(n + MOST_LINES, len(lines)) + 1):
                if end - n > 1:
                    stretch += LOOSE_LINE * max(0.0, places[end - 1] - places[end - 2] - 1.05 * step)
                where = places[n] if at_top else (places[n] + places[end - 1]) / 2
                cost = value + abs(where - at) + stretch - named[n, end] * step
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


def _middle(words: Sequence[Word]) -> float:
    return (min(w.y0 for w in words) + max(w.y1 for w in words)) / 2


def _header_cells(section: Section, columns: Sequence[Column], offset: int, page: int) -> list[RawCell]:
    """The header as rows of cells: a text over several columns spans them; the lines over a single column are one cell
    as far as they stand close together, the lowest of each column in the last row."""
    wide: list[tuple[int, int, Run]] = []
    stacks: dict[int, list[Run]] = {}
    for row in section.head:
        if len(row.runs) == 1 and vocabulary.titles().names(row.runs[0].text):
            wide.append((offset, len(columns), row.runs[0]))
            continue
        for run in [part for whole in row.runs for part in _apart(whole, columns)]:
            over = _overlapped(columns, run.x0, run.x1)
            if len(over) > 1:
                wide.append((offset + over[0], len(over), run))
            elif over:
                stacks.setdefault(offset + over[0], []).append(run)
            else:
                nearest = bisect_right([column.x0 for column in columns], run.x0) - 1
                stacks.setdefault(0 if nearest < 0 else offset + nearest, []).append(run)
    lines = sorted({run.y0 for _, _, run in wide})
    cells = []
    for line, y in enumerate(lines):
        taken = -1
        for column, span, run in (each for each in wide if each[2].y0 == y):
            if column > taken:
                cells.append(RawCell(line, column, run.text, 1, span, _box(run.words, page)))
                taken = column + span - 1
            else:  # two texts that overlap say nothing about columns
                cells[-1] = replace(cells[-1], text=f"{cells[-1].text} {run.text}")
    groups = {column: _stacked(runs) for column, runs in stacks.items()}
    depth = max(map(len, groups.values()), default=0)
    for column, stack in groups.items():
        for height, runs in enumerate(reversed(stack), 1):
            words = [word for run in runs for word in run.words]
            text = join_wrapped(line.text for line in lines_of(words))
            cells.append(RawCell(len(lines) + depth - height, column, text, 1, 1, _box(words, page)))
    return cells


def _stacked(runs: Sequence[Run]) -> list[list[Run]]:
    """Texts one above the other, those together that stand as close as any two of them, or nearly."""
    ordered = sorted(runs, key=lambda run: run.y0)
    gaps = [b.y0 - a.y1 for a, b in pairwise(ordered)]
    stacks = [[ordered[0]]]
    for gap, run in zip(gaps, ordered[1:], strict=True):
        if gap <= min(gaps) + CLOSE:
            stacks[-1].append(run)
        else:
            stacks.append([run])
    return stacks


def _add_row(
    cells: list[RawCell],
    number: int,
    words: Sequence[Word],
    columns: Sequence[Column],
    gutters: Sequence[float],
    page: int,
) -> list[Box]:
    """Adds a row of labels and figures; the places of texts that stand across two columns."""
    offset = len(gutters) + 1
    places: dict[int, list[Word]] = {}
    crossed: list[Box] = []
    for word in words:
        if word.x1 <= columns[0].x0 + TOUCHING:
            place = offset - 1 if word.x1 > (gutters[-1] if gutters else 0) else bisect_right(gutters, word.x0)
        else:
            over = _overlapped(columns, word.x0, word.x1)
            if len(over) > 1:
                crossed.append(_box([word], page))
            middle = (word.x0 + word.x1) / 2
            nearest = min(range(len(columns)), key=lambda i: abs((columns[i].x0 + columns[i].x1) / 2 - middle))
            place = offset + (over[0] if len(over) == 1 else nearest)
        places.setdefault(place, []).append(word)
    for place in range(offset + len(columns)):
        if place in places:
            text = join_wrapped(line.text for line in lines_of(places[place]))
            cells.append(RawCell(number, place, text, 1, 1, _box(places[place], page)))
        elif place >= offset:
            cells.append(RawCell(number, place, "", 1, 1, None))
    return crossed


def _box(words: Sequence[Word], page: int) -> Box:
    x0, y0 = min(word.x0 for word in words), min(word.y0 for word in words)
    x1, y1 = max(word.x1 for word in words), max(word.y1 for word in words)
    return Box(page, round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1))
