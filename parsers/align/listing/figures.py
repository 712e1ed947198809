"""Which figure of an entry is the report's own: the one under the heading of the figures, or in the only column that has any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from parsers.align.labels import bare
from parsers.align.listing.entries import Entry
from parsers.align.listing.labels import ListLabels
from parsers.align.listing.parts import Part
from parsers.align.printed import LOOSE, PrintedCell
from parsers.align.values import Placed
from parsers.figures import Content

NOT_OWN = "another column stands beside this one, and none is headed as the report's own"


def figures_of(part: Part, labels: ListLabels) -> list[Placed]:
    """The figure of each entry of a part."""
    counted, beside = _columns(part, labels.columns), _columns(part, labels.beside)
    if not part.header:
        return _by_number(part.entries)
    ends = {entry.row.cells[-1].last for entry in part.entries if entry.named} | {max(part.header) + 1}
    if ends != {part.width}:
        # Rows and header have different lengths: merges are lost, and a heading does not stand over its figures.
        if len({text for column, text in part.header.items() if column not in beside}) > 1:
            return [
                _lost("several columns of figures, and their headings do not stand above them") for _ in part.entries
            ]
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


def other_columns(part: Part, labels: ListLabels) -> list[str]:
    """What is printed over columns of figures beside those that are headed as the report's own."""
    counted, beside = _columns(part, labels.columns), _columns(part, labels.beside)
    figures = [c for entry in part.entries if entry.named for c in entry.row.values if c.content is Content.FIGURE]
    others = {cell.first for cell in figures} - counted - beside if counted else set()
    return [part.header[column] for column in sorted(others) if column in part.header]


def _columns(part: Part, names: Collection[str]) -> set[int]:
    """The columns of a part over which one of these is printed."""
    return {column for column, text in part.header.items() if bare(text) in names}


def _only(cells: Sequence[PrintedCell], doubt: str = "") -> Placed:
    """The only cell of these in which something is printed."""
    printed = [cell for cell in cells if cell.content is not Content.BLANK]
    if len(printed) > 1:
        return _lost("more than one figure stands in this row")
    return Placed((next(iter(printed or cells), None),), doubt=doubt)


def _by_number(entries: Sequence[Entry]) -> list[Placed]:
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


def _at(entry: Entry, printed: Sequence[int], place: int) -> Placed:
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
