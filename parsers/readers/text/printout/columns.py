"""The columns of a part of a printed table, which may go on from the page before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.readers.pdf.unruled.columns import Column, columns_of, overlapped, places_of
from parsers.readers.pdf.unruled.parts import FEWEST_LEAVES
from parsers.readers.pdf.unruled.runs import Run
from parsers.readers.pdf.unruled.sections import Section
from parsers.readers.pdf.unruled.stacks import leaves_of
from parsers.readers.text.printout.words import OTHER_COLUMN

_MOVED = 35.0
"""So much nearer than the label of the next column is the one over figures that are certainly its own; five signs off were seen."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a table: its columns, which of them have figures, whether it is told by labels which these are, and whether each of
    its lines has a figure in all of these."""

    columns: tuple[Column, ...] = ()
    filled: tuple[int, ...] = ()
    is_labelled: bool = False
    is_even: bool = False


def part_below(section: Section, above: Part) -> Part:
    """The columns of a section, which goes on under those of the part ``above`` where it has no header. A page may be set wider than
    the one before, so where it has as many columns as have figures above, these are the same, wherever they stand."""
    own = [] if leaves_of(section.head) else columns_of(section, ())
    goes_on = 0 < len(own) == len(above.filled) < len(above.columns)
    columns = _with_blank_columns(own, above) if goes_on else columns_of(section, above.columns) or above.columns
    figures = [row.runs[row.first_figure :] for row in section.body if row.is_anchor]
    filled = sorted({_column_at(columns, run) for runs in figures for run in runs}) if columns else []
    evenly = all(len(runs) == len(filled) for runs in figures)
    labelled = _stands_below_labels(section, columns) or (goes_on and evenly and above.is_even)
    return Part(tuple(columns), tuple(filled), labelled, labelled and evenly)


def _with_blank_columns(own: Sequence[Column], above: Part) -> list[Column]:
    """The columns with figures, and in the gaps between them those that have figures neither here nor above."""
    columns: list[Column] = []
    left, blank = own[0].x0 - OTHER_COLUMN, 0
    places = dict(zip(above.filled, own, strict=True))
    for number in range(len(above.columns)):
        if number not in places:
            blank += 1
            continue
        columns += _spread_over(left, places[number].x0, blank)
        columns.append(places[number])
        left, blank = places[number].x1, 0
    return [*columns, *_spread_over(left, left + OTHER_COLUMN, blank)]


def _spread_over(left: float, right: float, count: int) -> list[Column]:
    step = (right - left) / (count + 1)
    return [Column(left + n * step, left + n * step) for n in range(1, count + 1)]


def _column_at(columns: Sequence[Column], run: Run) -> int:
    over = overlapped(columns, run.x0, run.x1)
    away = [abs(column.x0 + column.x1 - run.x0 - run.x1) for column in columns]
    return over[0] if len(over) == 1 else away.index(min(away))


def _stands_below_labels(section: Section, columns: Sequence[Column]) -> bool:
    """Whether each of the columns has a label of the form in the header, and all figures that stand one below the other stand
    below one of these labels, and below no other."""
    labels = [Column(*place) for place in leaves_of(section.head)]
    if len(labels) != len(columns) or len(labels) < FEWEST_LEAVES:
        return False
    stacks = places_of(run for row in section.body if row.is_anchor for run in row.runs[row.first_figure :])
    above = [overlapped(labels, stack.x0, stack.x1) for stack in stacks]
    if any(len(places) != 1 for places in above) or len({places[0] for places in above}) < len(above):
        return False
    own = {places[0]: stack for places, stack in zip(above, stacks, strict=True)}
    return not any(
        _may_be_of(own[number], labels[number], labels[beside])
        for number in own
        for beside in (number - 1, number + 1)
        if number < len(labels) - 1 and 0 <= beside < len(labels) and beside not in own
    )


def _may_be_of(stack: Column, label: Column, other: Column) -> bool:
    """Whether figures may stand in the column beside the one whose label is above them, which has none: a program that sets a page in
    signs moves them some signs to the right or left. (Those of the last column are the sums of the others.)"""
    by_edge = abs(stack.x0 - other.x0) - abs(stack.x0 - label.x0)
    middle, own, beside = ((each.x0 + each.x1) / 2 for each in (stack, label, other))
    return max(by_edge, abs(middle - beside) - abs(middle - own)) < _MOVED
