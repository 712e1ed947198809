"""The figures of a printed table set one below the other, and the labels above them: on a printout they stand some signs off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from parsers.readers.pdf.page import stand_above_each_other
from parsers.readers.pdf.unruled.columns import with_parted_labels
from parsers.readers.pdf.unruled.runs import Run, TextRow
from parsers.readers.pdf.unruled.sections import Section
from parsers.readers.pdf.unruled.stacks import leaves_of
from parsers.readers.pdf.unruled.vocabulary import columns as labels_of_columns


def straightened(section: Section) -> Section:
    """The section, the figures of its full lines one below the other, and the labels above them: on a printout they stand
    some signs to the left or to the right of each other. Lines with a blank stay as they are."""
    section = _with_end_over_figures(with_parted_labels(section))
    anchors = [row for row in section.body if row.is_anchor]
    if not anchors:
        return section
    counts = Counter(len(row.runs) - row.first_figure for row in anchors)
    usual, often = counts.most_common(1)[0]
    full = [row for row in anchors if len(row.runs) - row.first_figure == usual]
    if usual < max(2, *counts) or 2 * often < len(anchors):
        return section
    columns = list(zip(*(row.runs[row.first_figure :] for row in full), strict=True))
    ends = [median([run.x1 for run in column]) for column in columns]
    body = tuple(_with_figures_at(row, ends) if row in full else row for row in section.body)
    middles = [median([run.x0 + run.x1 for run in column]) / 2 for column in columns]
    leaves = leaves_of(section.head)
    head = section.head
    if len(leaves) == usual:
        head = tuple(_with_labels_over(row, leaves, middles) for row in head)
    return replace(section, head=head, body=body)


def _with_end_over_figures(section: Section) -> Section:
    """The section, the label at the end of a line of its header (总计) over the last figures, where other labels stand below it and
    none above these figures: a line with little on it is set closer than those below it."""
    figures = [row.runs[-1] for row in section.body if row.is_anchor]
    last = max(figures, key=lambda run: run.x1, default=None)
    for number, row in enumerate(section.head):
        label = row.runs[-1]
        others = [run for each in section.head for run in each.runs if run is not label]
        below = [run for each in section.head[number + 1 :] for run in each.runs]
        if (
            last is None
            or any(run.x1 > last.x0 for run in (*others, label))
            or not labels_of_columns().names(label.text)
        ):
            continue
        if any(stand_above_each_other(run, label) for run in below):
            moved = _moved(label, (last.x0 + last.x1 - label.x0 - label.x1) / 2)
            head = (*section.head[:number], replace(row, runs=(*row.runs[:-1], moved)), *section.head[number + 1 :])
            return replace(section, head=head)
    return section


def _with_figures_at(row: TextRow, ends: Sequence[float]) -> TextRow:
    figures = row.runs[row.first_figure :]
    moved = [_moved(run, end - run.x1) for run, end in zip(figures, ends, strict=True)]
    return replace(row, runs=(*row.runs[: row.first_figure], *moved))


def _with_labels_over(row: TextRow, leaves: Sequence[tuple[float, float]], middles: Sequence[float]) -> TextRow:
    """A line of a header, those of its texts that are a label of one column, or a piece of it, over that column."""
    runs = []
    for run in row.runs:
        over = [n for n, (left, right) in enumerate(leaves) if left <= run.x0 and run.x1 <= right]
        runs.append(_moved(run, middles[over[0]] - sum(leaves[over[0]]) / 2) if over else run)
    return replace(row, runs=tuple(runs))


def _moved(run: Run, away: float) -> Run:
    words = tuple(word._replace(x0=word.x0 + away, x1=word.x1 + away) for word in run.words)
    return replace(run, x0=run.x0 + away, x1=run.x1 + away, words=words)
