"""Tables that are a list: one figure a row, its unit beside the label, and rows that a publisher may leave out or add.

No share of the rows tells such a list, and no place in it a row: a label does, and where two rows have the same label, the one
that they stand under. So a row is read where its label is the form's, and what is not there is simply not there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

import regex

from parsers.align.labels import PIECES, LabelSet, bare, likenesses
from parsers.align.matches import CERTAIN, columns_differ
from parsers.align.printed import LOOSE, PrintedCell, PrintedRow
from parsers.align.reading import ReadingBuilder, TableReading
from parsers.align.values import ALIKE, Placed
from parsers.figures import Content, is_unit, names_units, units_differ
from parsers.forms.form import Table as FormTable
from parsers.report import CellKey
from parsers.text import fold

FEWEST = 3
"""Rows with just the form's labels that make a list; other tables of a report share one or two with it."""
DECISIVE = 2
"""Labels that only this form prints; the list must have so many itself, or another list with rows of the same name is taken for it."""
LIKELY = 0.1
"""So much more alike than any other row of the form must a label be to be taken for that of a row."""
FEWEST_NAMED = 2
"""Columns that a row must name to be a header."""
PROSE = 8
"""Pieces of words in a row between two figures of a text, above which these are lines of prose."""
NOT_OWN = "another column stands beside this one, and none is headed as the report's own"
SERIALS = 3
"""Figures in a row each of which is one more than that before, and which are the numbers of the rows."""


@dataclass(frozen=True, slots=True, eq=False)
class _Labels:
    """The words of a list, bare: ``rows`` by each spelling the rows that it may name, ``titles`` by each the rows that stand under
    it, ``siblings`` by row those that stand under the same title, ``columns`` what is printed over the figures, ``beside`` what is
    printed over anything else."""

    rows: Mapping[str, tuple[int, ...]]
    titles: Mapping[str, frozenset[int]]
    siblings: Sequence[frozenset[int]]
    columns: frozenset[str]
    beside: frozenset[str]
    alike: LabelSet
    lead_in: regex.Pattern[str]

    def bare(self, text: str) -> str:
        """A label without number, explanation and lead-in (其中：1.涉及国家秘密)."""
        return bare(self.lead_in.sub("", bare(text)))


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row of a list as printed: its own cells without that of the unit, the unit, the rows of the form that its label may be
    (none where it is not just that of one), and those that stand under it."""

    row: PrintedRow
    unit: str = ""
    named: tuple[int, ...] = ()
    under: frozenset[int] = frozenset()

    @property
    def has_figure(self) -> bool:
        """Whether anything is printed where the figure should stand."""
        return any(cell.content is Content.FIGURE for cell in self.row.values)


_Read = tuple[_Entry, Placed]
"""An entry with its figure."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The entries of one grid, or of lines outside one, and what its header prints over each grid column (empty without header)."""

    entries: tuple[_Entry, ...]
    header: Mapping[int, str]
    width: int
    words: str


@cache
def _labels(table: FormTable) -> _Labels:
    lead_in = regex.compile(
        rf"^(?:{'|'.join(map(regex.escape, table.lead_ins))})[:,]?" if table.lead_ins else r"(?!)"
    )
    groups = {bare(group.label): [bare(alias) for alias in group.aliases] for group in table.groups}
    spelt = [[bare(lead_in.sub("", bare(text))) for text in row.spellings] for row in table.rows]
    rows: dict[str, list[int]] = {}
    titles: dict[str, set[int]] = {}
    for number, row in enumerate(table.rows):
        for text in dict.fromkeys(spelt[number]):
            rows.setdefault(text, []).append(number)
        for title in map(bare, row.path[:-1]):
            own = [spelt[n] for n, other in enumerate(table.rows) if bare(other.leaf) == title]
            for text in (title, *groups.get(title, ()), *(text for spellings in own for text in spellings)):
                titles.setdefault(text, set()).add(number)
    return _Labels(
        {text: tuple(numbers) for text, numbers in rows.items()},
        {text: frozenset(numbers) for text, numbers in titles.items()},
        [frozenset(n for n, b in enumerate(table.rows) if b.path[:-1] == a.path[:-1] != ()) for a in table.rows],
        frozenset(bare(text) for column in table.columns for text in column.spellings),
        frozenset(map(bare, table.corner)),
        LabelSet.of(spelt),
        lead_in,
    )


def align_listing(table: FormTable, rows: Sequence[PrintedRow], known_by: Sequence[str]) -> TableReading:
    """The rows of the document that are rows of the list, and their figures. ``known_by`` are labels that only this form prints."""
    labels = _labels(table)
    builder = ReadingBuilder(table.key)
    claims: dict[int, list[_Read]] = {}
    others: list[_Read] = []
    behind: list[int] = []
    uncertain: set[int] = set()
    lists = list(_lists(_parts(rows, labels), known_by))
    for parts in lists:
        entries = [entry for part in parts for entry in part.entries]
        placed = [figure for part in parts for figure in _placed(part, labels)]
        builder.left_over += (
            ("left_over.column", text) for text in dict.fromkeys(t for p in parts for t in _other_columns(p, labels))
        )
        settled = _settled(entries, labels)
        counts = Counter(own for own in settled if len(own) == 1)
        last = 0
        for entry, figure, own in zip(entries, placed, settled, strict=True):
            if len(own) == 1 and counts[own] > 1:
                own = entry.named  # it cannot be both of them
            if len(own) == 1:
                claims.setdefault(own[0], []).append((entry, figure))
                last = own[0]
            elif own:
                uncertain.update(own)
                _lose(builder, table, own, entry, "nothing tells which of the rows with this label it is")
            elif entry.has_figure:
                others.append((entry, figure))
                behind.append(last)
    for number, claimed in claims.items():
        _add(builder, table, number, claimed)
    near = _near(labels, others, claims.keys() | uncertain)
    for number, read in near.items():
        _add(builder, table, number, [read])
        builder.doubt(
            "reading.label_doubtful", [_key(table, number)], f"the label reads {''.join(read[0].row.labels)}"
        )
    strays = [read[0] for read in others if read not in near.values()]
    followed = frozenset(_key(table, n) for n, read in zip(behind, others, strict=True) if read not in near.values())
    builder.left_over += (("left_over.row", " ".join(c.text for c in entry.row.cells if c.text)) for entry in strays)
    missing = set(range(len(table.rows))) - claims.keys() - near.keys() - uncertain
    builder.left_out.update(_key(table, number) for number in missing - _may_be(labels, strays, missing))
    return replace(builder.finished(1.0 if lists else 0.0), followed=followed)


def named_in_lines(table: FormTable, rows: Sequence[PrintedRow]) -> frozenset[CellKey]:
    """The cells of the rows of the list whose label stands in lines outside grids, a figure behind it."""
    labels = _labels(table)
    entries = (entry for row in rows if row.grid == LOOSE for entry in _entries(row, labels, {}))
    return frozenset(_key(table, number) for entry in entries if entry.row.values for number in entry.named)


def _key(table: FormTable, number: int) -> CellKey:
    return CellKey(table.key, table.rows[number].key, table.columns[0].key)


def _parts(rows: Sequence[PrintedRow], labels: _Labels) -> Iterator[_Part]:
    """The document in parts: each grid, and each run of lines that are no prose."""
    above: _Part | None = None
    for grid, group in groupby(rows, key=lambda row: row.grid):
        own = list(group)
        if grid == LOOSE:
            for is_prose, run in groupby(_without_serials(own), key=lambda row: _is_prose(row, labels)):
                if not is_prose:
                    lines = list(run)
                    entries = tuple(entry for row in lines for entry in _entries(row, labels, {}))
                    yield _Part(entries, {}, 0, _words(lines))
            above = None
            continue
        width = max((cell.last for row in own for cell in row.cells), default=0)
        header: Mapping[int, str] = _header(own, labels)
        if not header and above is not None and above.width == width:
            header = above.header
        entries = tuple(
            entry for row in own for entry in _entries(row, labels, header if width - 1 in header else {})
        )
        above = _Part(entries, header, width, _words(own))
        yield above


def _words(rows: Iterable[PrintedRow]) -> str:
    return "\n".join(fold(text) for row in rows for text in row.words)


def _is_prose(row: PrintedRow, labels: _Labels) -> bool:
    """Whether a row of lines is prose with a figure in it."""
    return len(row.labels) > PROSE and not any(entry.named for entry in _entries(row, labels, {}))


def _without_serials(rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    """Rows of lines without the numbers of the rows: where these stand in front of the labels, each ends the row before."""
    last = [row.cells[-1] if row.has_figures else None for row in rows]
    numbers = [int(cell.text) if cell is not None and cell.text.isdecimal() else None for cell in last]
    follows = [bool(n) and number is not None and numbers[n - 1] == number - 1 for n, number in enumerate(numbers)]
    if max((len(list(run)) for is_next, run in groupby(follows) if is_next), default=0) < SERIALS:
        return list(rows)
    serial = {place for n, is_next in enumerate(follows) if is_next for place in (n - 1, n)}
    return [
        PrintedRow.of(row.grid, row.kind, row.cells[:-1], label_end=row.label_end) if n in serial else row
        for n, row in enumerate(rows)
    ]


def _header(rows: Sequence[PrintedRow], labels: _Labels) -> dict[int, str]:
    """What is printed over each column of a grid, the lowest line of it: the row that names columns, and those right below it that
    divide columns of figures."""
    header: dict[int, str] = {}
    for row in rows:
        own = [cell for cell in row.cells if cell.content is not Content.BLANK and not cell.inherited]
        names = [cell for cell in own if bare(cell.text) in labels.columns | labels.beside]
        if not header and len(names) < FEWEST_NAMED:
            if any(entry.named for entry in _entries(row, labels, {})):
                return {}
            continue
        divides = own and all(
            cell.content is Content.WORDS
            and all(
                bare(header.get(n, "")) not in labels.beside and n in header for n in range(cell.first, cell.last)
            )
            for cell in own
        )
        if header and not divides:
            break
        header |= {column: cell.text for cell in own for column in range(cell.first, cell.last)}
    return header


def _entries(row: PrintedRow, labels: _Labels, header: Mapping[int, str]) -> list[_Entry]:
    """The rows of the list that a printed row is: one, or several where they stand side by side, or ran together as no figure
    stands between their labels."""
    found: list[_Entry] = []
    words: list[PrintedCell] = []
    values: list[PrintedCell] = []
    unit = ""

    def close() -> None:
        if any(bare(cell.text) not in labels.columns | labels.beside for cell in words):  # the header names no row
            found.append(_entry(row, words, values, unit, labels))

    for cell in row.cells:
        is_words = cell.content is Content.WORDS
        if words and not values and not unit and is_words and (is_unit(cell.text) or _is_of_units(cell, header)):
            unit = cell.text
        elif is_words and (unit or any(value.content is not Content.BLANK for value in values)):
            if labels.bare(cell.text) in labels.rows or labels.bare(cell.text) in labels.titles or row.grid == LOOSE:
                close()
                words, values, unit = [cell], [], ""
            else:
                values.append(cell)
        elif is_words:
            ran_together = row.grid == LOOSE and words and labels.bare(cell.text) in labels.rows
            if ran_together and _named([each.text for each in words], labels):
                close()
                words = []
            words, values = [*words, cell], []
        elif words:
            values.append(cell)
    close()
    return found


def _is_of_units(cell: PrintedCell, header: Mapping[int, str]) -> bool:
    return names_units(header.get(cell.first, ""))


def _entry(
    row: PrintedRow, words: Sequence[PrintedCell], values: Sequence[PrintedCell], unit: str, labels: _Labels
) -> _Entry:
    texts = [cell.text for cell in words]
    if not unit and not _named(texts, labels):
        front, _, end = texts[-1].rpartition(" ")
        if is_unit(end) and _named([*texts[:-1], front], labels):
            texts, unit = [*texts[:-1], front], end
    if not unit and len(values) > 1 and values[0].content is Content.BLANK:
        values = values[1:]  # the place of a unit
    under = frozenset().union(*(labels.titles.get(labels.bare(text), frozenset()) for text in texts))
    own = PrintedRow.of(row.grid, row.kind, (*words, *values), label_end=len(words))
    return _Entry(own, unit, _named(texts, labels), under)


def _named(texts: Sequence[str], labels: _Labels) -> tuple[int, ...]:
    """The rows that a label names, whatever stands in front of it, in cells of its own or before a blank: the titles of its groups."""
    for pieces in (texts, " ".join(texts).split(" ")):
        for start in range(len(pieces) - 1, max(-1, len(pieces) - 1 - PIECES), -1):
            if (named := labels.rows.get(labels.bare("".join(pieces[start:])))) is not None:
                return named
    return ()


def _lists(parts: Iterable[_Part], known_by: Sequence[str]) -> Iterator[list[_Part]]:
    """The lists of the document, each the parts that it is printed in, one behind the other; titles may stand between them."""
    wanted = tuple(map(fold, known_by))
    filled = (part for part in parts if any(entry.named or entry.row.values for entry in part.entries))
    for has_rows, run in groupby(filled, key=lambda part: any(entry.named for entry in part.entries)):
        own = list(run)
        words = "\n".join(part.words for part in own)
        rows = {entry.named for part in own for entry in part.entries if entry.named}
        if has_rows and len(rows) >= FEWEST and sum(text in words for text in wanted) >= DECISIVE:
            yield own


def _placed(part: _Part, labels: _Labels) -> list[Placed]:
    """The figure of each entry: under the heading of the figures, or in the only column that has any."""
    counted, beside = _columns(part, labels.columns), _columns(part, labels.beside)
    ends = {entry.row.cells[-1].last for entry in part.entries if entry.named} | {max(part.header, default=-1) + 1}
    if part.header and ends != {part.width}:
        # Rows and header have different lengths: merges are lost, and a heading does not stand over its figures.
        if len({text for column, text in part.header.items() if column not in beside}) > 1:
            return [
                _lost("several columns of figures, and their headings do not stand above them") for _ in part.entries
            ]
        return _by_number(part.entries)
    if not part.header:
        return _by_number(part.entries)
    rows = [[c for c in entry.row.values if beside.isdisjoint(range(c.first, c.last))] for entry in part.entries]
    if counted:
        return [_only([c for c in cells if not counted.isdisjoint(range(c.first, c.last))]) for cells in rows]
    named = [cells for entry, cells in zip(part.entries, rows, strict=True) if entry.named]
    printed = {cell.first for cells in named for cell in cells if cell.content is not Content.BLANK}
    if len(printed) > 1:
        return [_lost("several columns of figures, and none is headed as the report's own") for _ in rows]
    doubt = NOT_OWN if {cell.first for cells in named for cell in cells} - printed else ""
    return [_only([cell for cell in cells if cell.first in printed], doubt) for cells in rows]


def _columns(part: _Part, names: Collection[str]) -> set[int]:
    """The columns of a part over which one of these is printed."""
    return {column for column, text in part.header.items() if bare(text) in names}


def _other_columns(part: _Part, labels: _Labels) -> list[str]:
    """What is printed over columns of figures beside those that are headed as the report's own."""
    counted, beside = _columns(part, labels.columns), _columns(part, labels.beside)
    figures = [c for entry in part.entries if entry.named for c in entry.row.values if c.content is Content.FIGURE]
    others = {cell.first for cell in figures} - counted - beside if counted else set()
    return [part.header[column] for column in sorted(others) if column in part.header]


def _only(cells: Sequence[PrintedCell], doubt: str = "") -> Placed:
    """The only cell of these in which something is printed."""
    printed = [cell for cell in cells if cell.content is not Content.BLANK]
    if len(printed) > 1:
        return _lost("more than one figure stands in this row")
    return Placed((next(iter(printed or cells), None),), doubt=doubt)


def _by_number(entries: Sequence[_Entry]) -> list[Placed]:
    """The figure of each entry where no header names columns: the one behind its unit, as in most of them."""
    places = [
        [n for n, cell in enumerate(entry.row.values) if cell.content is not Content.BLANK] for entry in entries
    ]
    named = [own for entry, own in zip(entries, places, strict=True) if entry.named and own]
    single = Counter(own[0] for own in named if len(own) == 1)
    if 2 * single.total() <= len(named):
        return [_lost("several columns of figures, and no header names them") for _ in entries]
    place = single.most_common(1)[0][0]
    return [_at(entry, own, place) for entry, own in zip(entries, places, strict=True)]


def _at(entry: _Entry, printed: Sequence[int], place: int) -> Placed:
    if not printed:
        lines = entry.row.grid == LOOSE
        return Placed(
            (entry.row.values[0] if entry.row.values else None,),
            doubt="no figure follows this label" if lines else "",
        )
    if list(printed) != [place]:
        return _lost("its figure does not stand where those of the other rows stand")
    return Placed((entry.row.values[place],))


def _lost(reason: str) -> Placed:
    return Placed((None,), lost=True, doubt=reason)


def _settled(entries: Sequence[_Entry], labels: _Labels) -> list[tuple[int, ...]]:
    """The rows of the form that each entry may be. Of several with the same label it is the one that stands under the last title
    printed above it, or with the last row, where nothing but rows under that title stands between."""
    settled: list[tuple[int, ...]] = []
    title: frozenset[int] = frozenset()
    for entry in entries:
        own = entry.named
        if len(own) > 1:
            beside = [number for number in own if number in entry.under]
            told = beside or [number for number in own if number in title]
            own = tuple(told) if len(told) == 1 else own
        settled.append(own)
        if entry.under:
            title = entry.under
        elif len(own) != 1:
            title = frozenset()
        elif own[0] not in title:
            title = labels.siblings[own[0]]
    return _told_by_order(settled)


def _told_by_order(settled: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The rows that each entry may be, where all others stand in the form's order: those that would stand out of it left out; and where
    nothing unknown stands between, and a label is printed as often as the form has it, each is the next one."""
    certain = [own[0] for own in settled if len(own) == 1]
    if certain != sorted(set(certain)):
        return list(settled)
    between = [own if len(own) < 2 else _in_order(settled, place) or own for place, own in enumerate(settled)]
    runs = [list(run) for _, run in groupby(enumerate(between), key=lambda each: len(each[1]) != 1)]
    for run in runs:
        counts = Counter(own for _, own in run)
        seen = Counter[tuple[int, ...]]()
        for place, own in run:
            if len(own) > 1 and counts[own] == len(own) and not counts[()]:
                between[place] = (own[seen[own]],)
                seen[own] += 1
    return between


def _in_order(settled: Sequence[tuple[int, ...]], place: int) -> tuple[int, ...]:
    """Those of the rows that an entry may be that stand between the certain ones above and below it."""
    above = max((own[0] for own in settled[:place] if len(own) == 1), default=-1)
    below = [own[0] for own in settled[place:] if len(own) == 1]
    return tuple(number for number in settled[place] if above < number and (not below or number < min(below)))


def _add(builder: ReadingBuilder, table: FormTable, number: int, claimed: Sequence[tuple[_Entry, Placed]]) -> None:
    """Collect the figure of a row, with the doubts that it leaves."""
    key, (entry, placed) = _key(table, number), claimed[0]
    if len({_text(each) for _, each in claimed}) > 1:
        _lose(builder, table, (number,), entry, "this row is printed more than once, with different figures")
        return
    if placed.lost:
        _lose(builder, table, (number,), entry, placed.doubt)
        return
    if placed.doubt == NOT_OWN:  # no sum tells one whole column from another
        builder.doubt("reading.column_doubtful", [key], placed.doubt)
        placed = replace(placed, doubt="")
    builder.add_row([key], entry.row, placed)
    heading = entry.unit and f"{table.rows[number].leaf}（{entry.unit}）"
    builder.headings[key] = heading or "".join(entry.row.labels)
    if entry.unit and units_differ(entry.unit, table.unit_of(key)):
        builder.doubt("reading.unit", [key], f"{entry.unit} is printed, the form has {table.unit_of(key)}")
    alone = PrintedRow.of(entry.row.grid, entry.row.kind, [c for c in placed.cells if c is not None], label_end=0)
    if reason := columns_differ(alone, 1):
        builder.doubt("reading.columns_uncertain", [key], reason)


def _text(placed: Placed) -> str | None:
    cell = placed.cells[0]
    return None if placed.lost or cell is None else cell.text


def _lose(builder: ReadingBuilder, table: FormTable, numbers: Iterable[int], entry: _Entry, reason: str) -> None:
    keys = [key for number in numbers if (key := _key(table, number)) not in builder.cells]
    printed = " | ".join(cell.text for cell in entry.row.values if cell.text)  # these are no digits set apart
    builder.lost.update(dict.fromkeys(keys, printed))
    builder.doubt("reading.figures_lost", keys, reason)


def _near(labels: _Labels, others: Sequence[_Read], found: Collection[int]) -> dict[int, _Read]:
    """By row that was not found: the only entry whose label is nearly its own, and nearly that of no other row."""
    near: dict[int, list[_Read]] = {}
    for read in others:
        best, second = sorted(enumerate(_scores(labels, read[0])), key=lambda each: -each[1])[:2]
        if best[1] >= CERTAIN and best[1] - second[1] >= LIKELY and best[0] not in found:
            near.setdefault(best[0], []).append(read)
    return {number: own[0] for number, own in near.items() if len(own) == 1}


def _may_be(labels: _Labels, entries: Iterable[_Entry], missing: Collection[int]) -> set[int]:
    """The missing rows that one of these entries may be: its label is somewhat like theirs, or holds it."""
    strays = [(_scores(labels, entry), bare("".join(entry.row.labels))) for entry in entries]
    return {
        number
        for number in missing
        if any(
            scores[number] >= ALIKE or any(s in text for s in labels.alike.spellings[number])
            for scores, text in strays
        )
    }


def _scores(labels: _Labels, entry: _Entry) -> tuple[float, ...]:
    return likenesses(labels.alike, tuple(map(labels.bare, entry.row.labels)))


__all__ = ["align_listing", "named_in_lines"]
