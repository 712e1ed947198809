"""Tables of texts in which blank cells left no trace: a row has its label and its figures in order, and fewer of these than the form
has columns. Where they stand is told by the sums of the form, as far as there is one way to make all of them hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from parsers.align.doubts import stray_rows
from parsers.align.loose import loose_rows_of
from parsers.align.matrix import is_named, match_matrix
from parsers.align.printed import LOOSE, PrintedCell
from parsers.align.reading import COLUMN_DOUBTFUL, Doubt, TableReading
from parsers.checks.equations import System, system_of
from parsers.document import Document
from parsers.figures import Content, read_figure
from parsers.forms.form import Form, Numbers, Table
from parsers.forms.grade import Grade
from parsers.report import CellKey, CellState

MOST_STATES = 20_000
"""Sums of some rows that are followed at once; where more are possible, figures are small and tell little."""
MOST_SLIPS = 2
"""Rows whose own sums do not hold, wherever their figures stand."""
_FEWEST_ROWS = 5
"""Rows that show how an agency prints a nought."""

Option = tuple[int | None, ...]
"""For each column of the form: which figure of the row stands in it."""
Totals = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the form: its cells, its figures in order with what they say, and the ways to place them."""

    keys: tuple[CellKey, ...]
    figures: tuple[PrintedCell, ...]
    values: tuple[int, ...]
    options: tuple[Option, ...] = ()

    def value(self, option: Option, column: int) -> int:
        """What a column says."""
        figure = option[column]
        return 0 if figure is None else self.values[figure]


def read_vanished(document: Document, form: Form, table: Table) -> TableReading | None:
    """The table, its figures placed by the sums of the form, with doubts about the rows of which these tell no single way; None
    where a row or its figures are not there as the form has them, or no way makes all sums hold."""
    printed = _rows(document, table)
    if printed is None or any(0 in row.values[:-1] for row in printed):
        return None  # where noughts are printed, a figure too few may be one that was lost
    system = system_of(form)
    rows = _with_noughts_as_totals([_with_options(row, system) for row in printed])
    slips = sum(not row.options for row in rows)
    if slips > MOST_SLIPS:
        return None
    # A row whose own sum no way makes hold has a slip of the agency, and breaks sums of columns too.
    rows = [row if row.options else replace(row, options=tuple(_ways(row))) for row in rows]
    sums = _sums_of_columns(rows, system)
    parts = [[_part(row, option, sums) for option in row.options] for row in rows]
    if not slips and not _fixed_sums_hold(parts):
        return None
    possible = None if slips else _possible(parts)
    if possible is None:
        # Where the figures are too small to tell, or slips are among them, only what does not depend on where others stand is known.
        return _reading(table, rows, [row.options for row in rows], is_told=False)
    left = [[row.options[number] for number in numbers] for row, numbers in zip(rows, possible, strict=True)]
    return _reading(table, rows, left, is_told=True) if all(left) else None


def _reading(
    table: Table, rows: Sequence[_Row], options: Sequence[Sequence[Option]], *, is_told: bool
) -> TableReading:
    """The table with these ways to place the figures of each row. Where the first ones of all rows make all sums hold (``is_told``), they
    are what is read; the figures of cells that others fill otherwise are in doubt, or lost."""
    cells: dict[CellKey, PrintedCell | None] = {}
    lost: dict[CellKey, str] = {}
    doubts: list[Doubt] = []
    for row, ways in zip(rows, options, strict=True):
        open_ = [key for number, key in enumerate(row.keys) if len({way[number] for way in ways}) > 1]
        for key, figure in zip(row.keys, ways[0], strict=True):
            if is_told or key not in open_:
                cells[key] = None if figure is None else row.figures[figure]
            else:
                lost[key] = " ".join(cell.text for cell in row.figures)
        if open_:
            doubts.append(
                Doubt(COLUMN_DOUBTFUL, tuple(open_), "a blank cell of the row left no trace, and no sum tells which")
            )
    return TableReading(table.key, 1.0, cells, lost, tuple(doubts))


def _rows(document: Document, table: Table) -> list[_Row] | None:
    """The rows of the table as lines outside a grid print them, all of them under their own labels and with whole numbers, not more
    than there are columns; None where that is not so."""
    matched = match_matrix(table, loose_rows_of(document))
    if matched is None or len(matched.pairs) < len(table.rows):
        return None
    if any(matched.pairs[0][0] < number < matched.pairs[-1][0] for number in stray_rows(matched)):
        return None
    found: list[_Row] = []
    for printed, expected in matched.pairs:
        row = matched.rows[printed]
        figures = tuple(cell for cell in row.values if cell.content is not Content.BLANK)
        values = tuple(_value(cell) for cell in figures)
        if row.grid != LOOSE or not is_named(matched, printed, expected) or len(figures) > len(table.columns):
            return None
        if None in values:
            return None
        found.append(_Row(matched.keys(expected), figures, tuple(value or 0 for value in values)))
    return found


def _value(cell: PrintedCell) -> int | None:
    figure = read_figure(cell.text, Numbers.WHOLE, "")
    if figure.state is CellState.DASH:
        return 0
    return int(figure.value) if figure.value is not None and not figure.doubt else None


def _with_options(row: _Row, system: System) -> _Row:
    """The row with the ways to place its figures, in order, with which its own sum holds."""
    own = set(row.keys)
    sums = [
        equation
        for equation in system.equations
        if equation.identity.grade is Grade.HARD and {system.keys[place] for place in equation.cells} <= own
    ]
    options: list[Option] = []
    for option in _ways(row):
        at = {system.position[key]: row.value(option, column) for column, key in enumerate(row.keys)}
        if all(sum(equation.sign(place) * at[place] for place in equation.cells) == 0 for equation in sums):
            options.append(option)
    return replace(row, options=tuple(options))


def _ways(row: _Row) -> Iterator[Option]:
    """All ways to place the figures of a row in order."""
    for columns in combinations(range(len(row.keys)), len(row.figures)):
        places = {column: figure for figure, column in enumerate(columns)}
        yield tuple(places.get(column) for column in range(len(row.keys)))


def _with_noughts_as_totals(rows: Sequence[_Row]) -> list[_Row]:
    """The rows; where others show that every nought but a total is left blank, a nought alone is that of the last column."""
    if sum(len(row.figures) > 1 for row in rows) < _FEWEST_ROWS:
        return list(rows)
    return [replace(row, options=row.options[-1:]) if row.values == (0,) else row for row in rows]


def _sums_of_columns(rows: Sequence[_Row], system: System) -> list[dict[CellKey, int]]:
    """The sums of the columns of these rows: by cell, on which side it stands."""
    own = {key for row in rows for key in row.keys}
    sides = (
        {system.keys[place]: equation.sign(place) for place in equation.cells}
        for equation in system.equations
        if equation.identity.grade is Grade.HARD and equation.identity.across == "columns"
    )
    return [side for side in sides if own.issuperset(side)]


def _fixed_sums_hold(parts: Sequence[Sequence[Totals]]) -> bool:
    """Whether those sums hold of which all rows have the same part, wherever their figures stand: the sums of the last column."""
    for number in range(len(parts[0][0])):
        said = [{part[number] for part in own} for own in parts]
        if all(len(each) == 1 for each in said) and sum(min(each) for each in said) != 0:
            return False
    return True


def _possible(parts: Sequence[Sequence[Totals]]) -> list[list[int]] | None:
    """The numbers of the options of each row that are part of a way to make all sums hold, the first ones of one and the same way; none
    where there is no such way, and None where too many ways would have to be followed. ``parts`` is what each adds to the sums."""
    order = sorted(range(len(parts)), key=lambda at: len(set(parts[at])))
    reach = list(_reach(parts, order))
    nothing = (0,) * len(parts[0][0])
    layers: list[set[Totals]] = [{nothing}]
    for step, at in enumerate(order):
        sums_of_rows = {_added(above, part) for above in layers[-1] for part in set(parts[at])}
        layers.append({totals for totals in sums_of_rows if _may_vanish(totals, *reach[step + 1])})
        if len(layers[-1]) > MOST_STATES:
            return None
    possible: list[list[int]] = [[] for _ in parts]
    goals, goal = layers[-1], nothing
    for step in reversed(range(len(order) if goals else 0)):
        at = order[step]
        ways = [(above, part) for above in layers[step] for part in set(parts[at]) if _added(above, part) in goals]
        good = {part for _, part in ways}
        above, own = next(way for way in ways if _added(*way) == goal)
        numbers = [number for number, part in enumerate(parts[at]) if part in good]
        possible[at] = sorted(numbers, key=lambda number: parts[at][number] != own)
        goals, goal = {above for above, _ in ways}, above
    return possible


def _may_vanish(totals: Totals, least: Totals, most: Totals) -> bool:
    """Whether rows to come may make each sum hold: they add so much at least, and at most."""
    return all(low <= -total <= high for low, total, high in zip(least, totals, most, strict=True))


def _part(row: _Row, option: Option, sums: Sequence[Mapping[CellKey, int]]) -> Totals:
    """What a row adds to the left sides of the sums, less what it adds to the right ones."""
    return tuple(
        sum(sides.get(key, 0) * row.value(option, column) for column, key in enumerate(row.keys)) for sides in sums
    )


def _reach(parts: Sequence[Sequence[Totals]], order: Sequence[int]) -> Iterator[tuple[Totals, Totals]]:
    """Before each step, and behind the last: the least and the most that the rows to come can add to each sum."""
    width = len(parts[0][0])
    least, most = [(0,) * width], [(0,) * width]
    for at in reversed(order):
        least.append(_added(least[-1], tuple(map(min, zip(*parts[at], strict=True)))))
        most.append(_added(most[-1], tuple(map(max, zip(*parts[at], strict=True)))))
    yield from zip(reversed(least), reversed(most), strict=True)


def _added(above: Totals, part: Totals) -> Totals:
    return tuple(map(int.__add__, above, part))
