"""What to think of figures that were recognised in a picture: the sums decide where two readings do not.

A figure of a scan, or a sign for none, is trusted when every sum of the form in which it stands holds, and it stands in one; or when two
readings of its picture agree and leave nothing to choose, and it stands whole and alone between the walls of its cell:
what two readings of one picture could both miss is what is not in the picture. A blank is one when there is no ink. Where the
sums do not hold and another reading of the picture mends them, that reading is taken. What remains is doubted, and so is
every figure that a broken sum makes suspect, however it was read: it may be the agency's slip or ours.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from parsers.align import Alignment
from parsers.align.reading import FIGURE_DOUBTFUL, FIGURE_UNREADABLE, Doubt
from parsers.arbiter.broken_figures import joined
from parsers.checks.equations import System, breaks_of, holds, sides, system_of, values_of
from parsers.checks.localise import localise
from parsers.document import Document, Recognised
from parsers.figures import Figure, read_figure
from parsers.forms.form import Form, Numbers
from parsers.numerals import parse_numeral
from parsers.report import Cell, CellKey, CellState, Fact, Finding, Whose

Values = Sequence[Decimal | None]
ODD_DASH, ODD_ZERO = 0.25, 0.03
"""Where there are no more blanks than so many times the dashes, or the zeros, of a table, they are odd: whoever fills in a form
does it one way, and a dash is lost sooner than a 0. Nor are dashes that were not surely read so few among blanks and zeros: such
a one is dirt, or half of a 0, and no sum tells."""
_GROUPS = regex.compile(r"[+-]?[1-9]\d{0,2}(?:[.,]\d{3})*\.\d{3}(?:[.,]\d{3})*")
ZERO, SAYING = Decimal(0), (CellState.NUMBER, CellState.DASH)
"""What a sign for nothing counts for in sums, and the readings that count for something there."""


def settled(document: Document, form: Form, alignment: Alignment) -> Alignment:
    """The alignment with the doubts about figures that were recognised in a picture, and with the readings of them
    that the sums chose. Without recognised figures it is as it was."""
    if not document.recognised:
        return alignment
    cells = list(alignment.cells)
    recognised = {
        place: found
        for place, cell in enumerate(cells)
        if cell.evidence is not None and (found := _recognised_at(document, cell.evidence.span.start)) is not None
    }
    system = system_of(form)
    for place in recognised:
        if cells[place].state is CellState.NUMBER and not any(map(str.isdecimal, cells[place].raw)):
            # Dashes beside a line look like 二 or 三; nobody fills in figures in words.
            cells[place] = replace(cells[place], state=CellState.UNREADABLE, value=None)
    for place, reading in list(recognised.items()):
        if (whole_number := _with_commas(system, cells, place)) is not None:
            cells[place], recognised[place] = whole_number, replace(reading, sure=False)
    for place, reading in recognised.items():
        cells[place] = _chosen_by_sums(form, system, cells, place, reading.others)
    whole = joined(system, {cell.key: cell for cell in cells}, in_pictures=True)
    cells = [whole.get(cell.key, cell) for cell in cells]
    doubts = [*_without(alignment.doubts, whole), *_doubts(form, system, cells, recognised)]
    # A row that seems to end early: its print may have gone to another row.
    doubts += [
        Doubt(FIGURE_DOUBTFUL, (cell.key,), "nothing was recognised where it should stand")
        for cell in cells
        if cell.state is CellState.BLANK and cell.evidence is None
    ]
    return replace(alignment, cells=tuple(cells), doubts=tuple(doubts))


def _without(doubts: Sequence[Doubt], read: Collection[CellKey]) -> Iterator[Doubt]:
    """The doubts but for those whether cells can be read that were ``read`` now."""
    for doubt in doubts:
        cells = tuple(key for key in doubt.cells if doubt.rule != FIGURE_UNREADABLE or key not in read)
        if cells:
            yield replace(doubt, cells=cells)


def recognised_facts(document: Document, facts: Sequence[Fact]) -> tuple[str, ...]:
    """The facts (as findings name them) whose figures were recognised in a picture and read only once."""
    found = ((index, _recognised_at(document, fact.start)) for index, fact in enumerate(facts))
    return tuple(f"fact:{index}" for index, reading in found if reading is not None and not reading.sure)


def _recognised_at(document: Document, offset: int) -> Recognised | None:
    index = bisect_right(document.recognised, offset, key=lambda each: each.span.start) - 1
    found = document.recognised[index] if index >= 0 else None
    return found if found is not None and offset <= found.span.end else None


def _with_commas(system: System, cells: Sequence[Cell], place: int) -> Cell | None:
    """The cell with commas, where it holds points before groups of three digits in a column that counts: on a coarse picture they look
    alike, and nothing is counted in thousandths."""
    cell, column = cells[place], system.columns[place]
    if cell.state is not CellState.NUMBER or column.numbers is Numbers.DECIMAL or not _GROUPS.fullmatch(cell.raw):
        return None
    text = cell.raw.replace(".", ",")
    return replace(cell, raw=text, value=parse_numeral(text))


def _chosen_by_sums(form: Form, system: System, cells: Sequence[Cell], place: int, others: Sequence[str]) -> Cell:
    """The cell, or another reading of it when the cell breaks sums and that reading mends them all."""
    cell = cells[place]
    values = list(values_of(cells))
    if not others or _sums_hold(system, place, values) is not False:
        return cell
    for text, figure in _figures(form, system, place, others):
        values[place] = figure.value
        if _sums_hold(system, place, values):
            return replace(cell, state=figure.state, value=figure.value, raw=text, unit=figure.unit)
    return cell


def _figures(
    form: Form, system: System, place: int, others: Sequence[str], states: Collection[CellState] = (CellState.NUMBER,)
) -> Iterator[tuple[str, Figure]]:
    """Those of the other readings of a cell that are numbers, or whatever ``states`` say."""
    column = system.columns[place]
    unit = column.unit or form.table(system.keys[place].table).unit
    for text in others:
        figure = read_figure(text, column.numbers, unit, unit_printed=column.unit_printed)
        if figure.state in states:
            yield text, figure


def _is_told_by_sums(system: System, place: int, values: Values, otherwise: Mapping[int, Sequence[Decimal]]) -> bool:
    """Whether all sums hold that the figure stands in, and one that holds would not if it, and another figure, meant what they
    were read as ``otherwise``: of a digit that is read as another one all over a page, a row and its total tell nothing."""
    if not _sums_hold(system, place, values):
        return False
    own = otherwise.get(place, ())
    return not any(
        _hold_still(system, values, {place: value, other: second})
        for other in _beside(system, place) & otherwise.keys()
        for value in own
        for second in otherwise[other]
    )


def _beside(system: System, place: int) -> set[int]:
    """The places of the other figures of all sums that one stands in."""
    return {other for index in system.equations_of[place] for other in system.equations[index].cells} - {place}


def _hold_still(system: System, values: Values, changes: Mapping[int, Decimal]) -> bool:
    """Whether all sums over some cells that hold would hold with other figures in these."""
    changed = _with(values, changes)
    for index in {index for place in changes for index in system.equations_of[place]}:
        relation = system.equations[index].identity.relation
        before, after = sides(system.equations[index], values), sides(system.equations[index], changed)
        if before is not None and holds(relation, *before) and not (after is not None and holds(relation, *after)):
            return False
    return True


def _with(values: Values, changes: Mapping[int, Decimal]) -> Values:
    return [changes.get(place, value) for place, value in enumerate(values)]


def _sums_hold(system: System, place: int, values: Values) -> bool | None:
    """Whether all sums hold that the figure stands in and that can be tested; None where there are none."""
    tested = [
        holds(system.equations[index].identity.relation, *both)
        for index in system.equations_of[place]
        if (both := sides(system.equations[index], values)) is not None
    ]
    return all(tested) if tested else None


def _doubts(
    form: Form, system: System, cells: Sequence[Cell], recognised: Mapping[int, Recognised]
) -> Iterator[Doubt]:
    values = values_of(cells)
    otherwise = {
        place: [
            figure.value or ZERO
            for _, figure in _figures(form, system, place, reading.others, SAYING)
            if (figure.state, figure.value) != (cells[place].state, cells[place].value)
        ]
        for place, reading in recognised.items()
        if reading.others
    }
    odd = _odd_blanks(cells, recognised)
    dashless = _dashless(cells, recognised)
    open_: set[int] = set()
    for place, reading in recognised.items():
        cell = cells[place]
        if place in odd:
            yield Doubt(
                FIGURE_DOUBTFUL, (cell.key,), "it is blank, where nearly all others that mean nothing hold a sign"
            )
            continue
        is_told = cell.state is CellState.NUMBER or (_is_dash(cell, reading) and cell.key.table not in dashless)
        if is_told and not reading.sure and _is_told_by_sums(system, place, values, otherwise):
            continue
        if reading.sure and cell.state.is_known:  # a broken sum over it is looked into by `suspects`
            continue
        open_ |= {place} & otherwise.keys()
        other = f", another time as {' or '.join(reading.others)}" if reading.others else ""
        yield Doubt(FIGURE_DOUBTFUL, (cell.key,), f"it was recognised in a picture as {cell.raw or 'nothing'}{other}")

    for place in _misread_alike(system, cells, recognised, {place: otherwise[place] for place in open_}):
        yield Doubt(
            FIGURE_DOUBTFUL,
            (cells[place].key,),
            f"it looks like another {cells[place].raw} of its sum that is doubted",
        )


def _misread_alike(
    system: System,
    cells: Sequence[Cell],
    recognised: Mapping[int, Recognised],
    otherwise: Mapping[int, Sequence[Decimal]],
) -> set[int]:
    """The figures that were surely read, and in a sum with the same figure that may mean what it was read as ``otherwise``, if the sums
    would hold as well if both meant that: a slash that is read as 1 is so in the total, too."""
    values = values_of(cells)
    found: set[int] = set()
    for place, own in otherwise.items():
        for other in _beside(system, place) & recognised.keys() - found:
            alike = recognised[other].sure and cells[other].raw == cells[place].raw
            if alike and any(_hold_still(system, values, {place: value, other: value}) for value in own):
                found.add(other)
    return found


def _odd_blanks(cells: Sequence[Cell], recognised: Collection[int]) -> frozenset[int]:
    """The recognised blanks of tables in which other cells without a figure hold a dash, or a 0: a short stroke that the scanner
    lost leaves no trace in the picture."""
    odd: set[int] = set()
    tables = {cells[place].key.table for place in recognised}
    for table in tables:
        places = [place for place in recognised if cells[place].key.table == table]
        blank = [place for place in places if cells[place].state is CellState.BLANK]
        dashes = sum(cells[place].state is CellState.DASH for place in places)
        zeros = sum(cells[place].value == 0 for place in places)
        if len(blank) < max(ODD_DASH * dashes, ODD_ZERO * zeros):
            odd.update(blank)
    return frozenset(odd)


def _dashless(cells: Sequence[Cell], recognised: Collection[int]) -> frozenset[str]:
    """The tables whose cells without a figure are blank, or hold a 0, but for a few."""
    states = Counter((cells[place].key.table, cells[place].state) for place in recognised if not cells[place].value)
    usual = {table: count for (table, state), count in states.items() if state is CellState.DASH}
    others = {table: states[table, CellState.BLANK] + states[table, CellState.NUMBER] for table in usual}
    return frozenset(table for table, dashes in usual.items() if dashes < ODD_DASH * others[table])


def _is_dash(cell: Cell, reading: Recognised) -> bool:
    """Whether a cell holds a sign for nothing, and none of its readings is a 0, which sums cannot tell from it."""
    return cell.state is CellState.DASH and not any("0" in other for other in reading.others)


def suspects(document: Document, form: Form, cells: Sequence[Cell]) -> tuple[CellKey, ...]:
    """The recognised figures that broken sums make suspect, however alike their readings are: it may be the agency's slip
    or ours."""
    if not document.recognised:
        return ()
    system, values = system_of(form), values_of(cells)
    broken = breaks_of(system, values)
    stories = localise(system, values, broken, ())
    explained = {index for story in stories for index in story.breaks}
    places = {place for story in stories for place in story.cells}
    places |= {place for each in broken if each.index not in explained for place in each.equation.cells}
    return tuple(cells[place].key for place in sorted(places) if _may_be_misread(document, cells[place]))


def narrowed(document: Document, findings: Sequence[Finding], doubts: Collection[CellKey]) -> tuple[Finding, ...]:
    """The findings about sums over recognised figures, with the cells alone that may be misread: see :func:`suspects`."""
    if not document.recognised:
        return tuple(findings)
    names = set(map(str, doubts))

    def narrow(finding: Finding) -> Finding:
        where = tuple(key for key in finding.where if key in names)
        return replace(finding, where=where) if where and finding.whose is Whose.READING else finding

    return tuple(map(narrow, findings))


def _may_be_misread(document: Document, cell: Cell) -> bool:
    """Whether a figure in a sum that does not hold may be the reason. A plain 0 is not: it is like no other digit,
    and none that was read alike twice was seen to be something else. Nor is a blank without ink."""
    reading = _recognised_at(document, cell.evidence.span.start) if cell.evidence is not None else None
    return reading is not None and not (reading.sure and not cell.value)
