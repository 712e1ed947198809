"""Tables without standing lines, found by how their figures stand: stretches of a page whose lines are labels with figures.

A line on which a figure stands apart, beside a label or other figures, is an *anchor*. A stretch of anchors with the lines
between them, and the header above, is a table; it is cut where a new header begins, since each header has columns of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.figures import Content, is_note_of_units
from parsers.readers.pdf.lines import rows_of
from parsers.readers.pdf.page import Rectangle, Word, stand_above_each_other
from parsers.readers.pdf.unruled import vocabulary
from parsers.readers.pdf.unruled.parts import parts_of
from parsers.readers.pdf.unruled.runs import LONGEST_FIGURE, Run, TextRow, run_of, text_row

MOST_HEADER_LINES = 16
"""Lines above the first figures that may be the header; a header of narrow columns prints one sign a line."""
PARTS_OF_TITLE = 3
"""Wide blanks part the title of a block into so many texts at most (第二十条　第（一）项)."""
FEWEST_ANCHORS, FIGURES_OF_ONE = 2, 4
"""A table has so many rows of figures, or a single one with so many figures."""
MOST_ROWS = 200
"""Lines of one table, each line of a label counted; the largest statutory one prints a hundred. Lines of labels and figures are
compared with each other, so this bounds the time."""
FEWEST_FIGURES = 2
"""Words like figures that a page with a table has: a page break may leave two rows, blank but for their totals."""


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one header: ``head`` are the rows above the first anchor, ``body`` the anchor and all below."""

    head: tuple[TextRow, ...]
    body: tuple[TextRow, ...]

    @property
    def words(self) -> list[Word]:
        """All its words."""
        return [word for row in (*self.head, *self.body) for run in row.runs for word in run.words]

    @property
    def rectangle(self) -> Rectangle:
        """The smallest that holds all its words."""
        return Rectangle.around(self.words)


def may_hold_tables(words: Sequence[Word]) -> bool:
    """Whether to look at all: at least two words begin like figures, or one is what stands above the labels of a block, whose
    figures may all be blank. Prose runs on without blanks and has few."""
    count = 0
    for word in words:
        if len(word.text) <= LONGEST_FIGURE:
            count += word.text[0] in "0123456789０１２３４５６７８９/—-－／"
            if count >= FEWEST_FIGURES or vocabulary.corners().names(word.text):
                return True
    return False


def sections_of(words: Sequence[Word], tables: Sequence[Rectangle] = ()) -> list[Section]:
    """The sections of all tables that the words make, from top to bottom. Other ``tables`` of the page, whose words were taken out, part
    what stands above them from what stands below."""
    rows = [_whole_title(text_row(row)) for row in rows_of(words)]
    if not rows:
        return []
    sections: list[Section] = []
    for stretch in _stretches(rows, [(table.y0 + table.y1) / 2 for table in tables]):
        anchors = [row for row in stretch if row.is_anchor]
        figures = max((sum(run.is_figure for run in row.runs) for row in anchors), default=0)
        wide = max((len(row.runs) for row in stretch), default=0)
        is_one = len(anchors) >= FEWEST_ANCHORS or max(figures, wide) >= FIGURES_OF_ONE
        if is_one or _holds_block(stretch) or _holds_rows(stretch):
            sections += (section for section in _sections(stretch) if len(section.body) <= MOST_ROWS)
    return sections


def _whole_title(row: TextRow) -> TextRow:
    """A line that is the title of a block, wide blanks within, as one text; any other line as it is."""
    if not 1 < len(row.runs) <= PARTS_OF_TITLE or row.is_anchor:
        return row
    whole = run_of([word for run in row.runs for word in run.words])
    return TextRow((whole,), -1) if vocabulary.titles().names(whole.text) else row


def header_below_tables(words: Sequence[Word]) -> Section:
    """The last lines of a page below its last table that are no prose: a header, if they hold the labels of one. Its figures stand on the
    next page, whose number may stand below it; or prose follows, and it has none but what stands between."""
    parts = parts_of([text_row(row) for row in rows_of(words)]) if words else []
    if len(parts) > 1 and parts[-1] and all(len(row.runs) == 1 and row.runs[0].is_figure for row in parts[-1]):
        parts.pop()
    side_by_side = [place for place, part in enumerate(parts) if any(len(row.runs) > 1 for row in part)]
    rows = parts[side_by_side[-1]][-MOST_HEADER_LINES:] if side_by_side else []
    is_followed = bool(side_by_side) and side_by_side[-1] < len(parts) - 1
    count = sum(not all(run.is_figure for run in row.runs) for row in rows) if is_followed else len(rows)
    return Section(tuple(rows[:count]), tuple(rows[count:]))


def _stretches(rows: Sequence[TextRow], tables: Sequence[float]) -> Iterator[list[TextRow]]:
    """Runs of lines from a header to the last line of a table, anchors within."""
    for part in parts_of(rows, tables):
        body = _body(part)
        if body:
            yield part[_head(part, body[0]) : _foot(part, body[-1])]


def _body(part: Sequence[TextRow]) -> list[int]:
    """Which lines hold the label of a row: the anchors, and labels of rows below a header, whose figures are left blank; and lone
    figures between the lines of a label."""
    found: list[int] = []
    below_header = False
    for index, row in enumerate(part):
        if (
            row.is_anchor
            or (found and _is_within_label(row, part[index - 1], part[found[-1]]))
            or _is_between_lines(part, index)
        ):
            found.append(index)
        elif any(vocabulary.columns().names(run.text) for run in row.runs):
            below_header = True
        elif vocabulary.titles().names(row.runs[0].text):
            below_header = False
        elif below_header and (vocabulary.leaf_rows().names(row.runs[-1].text)):
            found.append(index)
    return found


def _is_within_label(row: TextRow, above: TextRow, anchor: TextRow) -> bool:
    """Whether a line is a lone figure, below those of another row, that stands beside a label whose first line is ``above`` it."""
    run = row.runs[0]
    return (
        len(row.runs) == 1
        and run.is_figure
        and vocabulary.rows().is_begun_by(above.runs[-1].words[-1].text)
        and any(other.is_figure and stand_above_each_other(other, run) for other in anchor.runs)
    )


def _is_between_lines(part: Sequence[TextRow], index: int) -> bool:
    """Whether a line is the only figure of a row of a block, between two lines that are the label of such a row together."""
    run = part[index].runs[0]
    if len(part[index].runs) > 1 or not run.is_figure or not 0 < index < len(part) - 1:
        return False
    above, below = part[index - 1].runs[-1], part[index + 1].runs[0]
    return above.x1 < run.x0 and below.x1 < run.x0 and vocabulary.block_rows().names(above.text + below.text)


def _holds_block(stretch: Sequence[TextRow]) -> bool:
    """Whether lines are a block, which may have a single row with a single figure: a header, and below it the label of a row."""
    labels = [run.text for row in stretch for run in row.runs[:1]]
    return any(map(vocabulary.corners().names, labels)) and (
        any(map(vocabulary.block_rows().names, labels))
        or any(_is_between_lines(stretch, index) for index in range(len(stretch)))
    )


def _holds_rows(stretch: Sequence[TextRow]) -> bool:
    """Whether lines are some rows of the form, a single one of which may have figures, or one with several figures: the end of a table
    on the next page."""
    labels = [run.text for row in stretch for run in row.runs if not run.is_figure]
    figures = sum(run.is_figure for row in stretch for run in row.runs)
    rows = sum(map(vocabulary.leaf_rows().names, labels))
    return rows >= FEWEST_ANCHORS or (rows > 0 and figures > 1)


def _head(part: Sequence[TextRow], first: int) -> int:
    """Where the header above the first anchor begins: lines with several runs, or with text above the figures."""
    edge = _label_end(part[first])
    top = first
    for index in range(first - 1, max(-1, first - 1 - MOST_HEADER_LINES), -1):
        row = part[index]
        if len(row.runs) > 1 or row.runs[0].x0 + row.runs[0].x1 > 2 * edge:
            top = index
        elif first - index > 2 and top - index > 2:
            break
    # A label may begin one line above its figures.
    while top == first and top > 0 and part[first].top - part[top - 1].bottom < 0.5 * part[first].height:
        top -= 1
    # Or the only figure of a row stands between two lines of its label.
    while top > 0 and len(part[top - 1].runs) == 1 and vocabulary.rows().is_begun_by(part[top - 1].runs[0].text):
        top -= 1
    # Or a page begins with the lines of a label whose figures stand at the end of the page before.
    return min(top, _first_line(part[: first + 1], edge))


def _first_line(part: Sequence[TextRow], edge: float) -> int:
    """Where the lines of labels begin above the last line, the first one with figures: those of its own label, which goes on beside its
    figures, whole labels that statutory tables have, of rows whose figures may all be blank, and the end of one that the page before
    begins; the last line where there are none. Labels of groups may stand left of them."""
    top = end = last = len(part) - 1
    own = part[last].runs[part[last].first_figure - 1].text if part[last].first_figure > 0 else ""
    is_begun = not part[last].is_anchor
    figures = [run.x0 for run in part[last].runs[max(part[last].first_figure, 0) :] if run.is_figure]
    edge = max(edge + part[last].height, min(figures, default=0.0))
    texts: list[str] = []
    for index in range(last - 1, max(-1, last - 1 - MOST_HEADER_LINES), -1):
        run = part[index].runs[-1]
        if run.x1 > edge or run.is_figure:
            break
        texts.insert(0, run.text)
        label = "".join(texts)
        is_whole = (len(texts) > 1 or top < last) and vocabulary.rows().names(label)
        if is_whole or (not is_begun and vocabulary.rows().is_begun_by(label + own)):
            top, end, texts, is_begun = index, index, [], True
        elif top < last and vocabulary.rows().is_ended_by(label):
            end = index
    return end


def _foot(part: Sequence[TextRow], last: int) -> int:
    """Where the table ends: the last label goes on below its figures, close to them and left of them; or a page break parts
    the beginning of a label from its figures."""
    anchors = [row for row in part[: last + 1] if row.is_anchor]
    anchors = anchors[-1:] if part[last].is_anchor else anchors
    edge = min((row.runs[row.first_figure].x0 for row in anchors), default=part[last].runs[0].x1)
    end = last + 1
    while end < len(part):
        row = part[end]
        gap = row.top - part[end - 1].bottom
        if (gap > 0.9 * row.height and not vocabulary.rows().is_begun_by(row.runs[-1].text)) or any(
            run.x1 > edge for run in row.runs
        ):
            break
        end += 1
    return end


def _sections(stretch: Sequence[TextRow]) -> Iterator[Section]:
    """The stretch cut at each row, behind figures, that prints words above where figures stood, or the title of a block."""
    starts = [0]
    edge: float | None = None
    left = float("inf")
    body = set(_body(stretch))
    for index, row in enumerate(stretch):
        if index in body:
            edge = max(edge or 0.0, _label_end(row))
            left = min([left, *(run.x0 for run in row.runs[max(row.first_figure, 0) :] if run.is_figure)])
        elif edge is not None and (
            vocabulary.titles().names(row.runs[0].text)
            or any(_stands_over_figures(run, edge) and not _goes_on_below(run, left) for run in row.runs)
        ):
            starts.append(index)
            edge, left = None, float("inf")
    for start, end in zip(starts, [*starts[1:], len(stretch)], strict=True):
        rows = stretch[start:end]
        labelled = [index - start for index in sorted(body) if start <= index < end]
        if not labelled:
            continue
        first = labelled[0]
        edge = max(_label_end(rows[index]) for index in labelled) or _end_above(rows, first)
        # Lines of the first label that stand above its figures are none of the header, nor are figures.
        begin = first
        while begin > 0 and all(
            run.is_figure
            or run.x1 <= edge + rows[begin].height
            or (run.x0 < edge and vocabulary.rows().is_begun_by(run.text))  # the lines below are shorter
            for run in rows[begin - 1].runs
        ):
            begin -= 1
        yield Section(tuple(row for row in rows[:begin] if not _is_of_whole_table(row)), tuple(rows[begin:]))


def _is_of_whole_table(row: TextRow) -> bool:
    """Whether a line above a table tells its units: it heads no column, wherever it stands."""
    return len(row.runs) == 1 and is_note_of_units(row.runs[0].text)


def _stands_over_figures(run: Run, edge: float) -> bool:
    """Whether words stand right of the ``edge`` of the labels. The label of a row that begins left of it, and has an
    explanation in brackets, may be wider than all others."""
    if run.content is not Content.WORDS or run.x0 + run.x1 <= 2 * edge:
        return False
    return run.x0 > edge or not (vocabulary.rows().names(run.text) or vocabulary.rows().is_begun_by(run.text))


def _end_above(rows: Sequence[TextRow], first: int) -> float:
    """The x up to which the line of a label reaches that stands above the only figure of its row."""
    return rows[first - 1].runs[-1].x1 if first and _is_between_lines(rows, first) else 0.0


def _goes_on_below(run: Run, left: float) -> bool:
    """Whether words stand left of all figures and are a line of a label: beside these stands the label of a group, and their own row's
    first line above them."""
    return run.x1 < left and vocabulary.rows().holds(run.text)


def _label_end(row: TextRow) -> float:
    """The x up to which the label of a row reaches; where its first figure begins when it has none. A lone figure tells nothing:
    its label stands above and below it."""
    if not row.is_anchor:
        return 0.0 if row.runs[-1].is_figure else row.runs[-1].x1
    return row.runs[row.first_figure - 1].x1 if row.first_figure else row.runs[0].x0
