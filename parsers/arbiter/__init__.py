"""Two readings of one page, and which of them counts. Small and explicit, since everything rests on it.

The second reading is paid only for tables that the first leaves in doubt: a cell missing or unreadable of which the text
shows a trace, a doubt named, a hard identity broken. Where nothing but a sum is wrong, the other library for PDF reads the
page again (or a text that is no figure); where the layout is in doubt, or the two libraries differ, pdfplumber does, with
other strategies. Table by table:

* where both readings agree, doubts about single texts are settled, and a broken sum is the agency's slip;
* a cell that only the second reading could read is taken; it stays doubtful unless sums that it is a term of confirm it;
* where they differ, the reading counts with which every hard identity holds; if that is neither or both, the cell keeps the
  first reading and a finding gives the two.

A figure that a narrow cell broke over two lines is read as one figure when every sum that it is a term of confirms it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from parsers.align import Alignment, align
from parsers.align.reading import Doubt
from parsers.arbiter.places import doubts_of_place
from parsers.arbiter.settlement import LIBRARY, READ_BY, Settled, Settlement
from parsers.arbiter.sums import sums_confirm_columns, sums_confirm_figures, sums_keep_rows, sums_tell_left_out
from parsers.checks.equations import system_of
from parsers.document import Document
from parsers.forms.form import Form
from parsers.report import CellState

ReadAgain = Callable[[Collection[int], str], Document | None]


def settle(
    document: Document,
    form: Form,
    alignment: Alignment,
    read_again: ReadAgain,
    digits_look_right: Callable[[], bool] = lambda: True,
) -> Settled:
    """The best of both readings. ``read_again`` gives the tables on some pages of the file, read in one of the ways of
    :data:`READ_BY`; ``digits_look_right`` tells whether the digits of the file look like what they are read as:
    where they do not, no figure can be trusted."""
    system = system_of(form)
    cells = {cell.key: cell for cell in alignment.cells}
    settlement = Settlement(document, form, system, cells, alignment)
    settlement.join_broken_figures()
    settlement.confirm_columns()
    if not settlement.troubled():
        return settlement.finished()
    keys = tuple(key for key, cell in settlement.cells.items() if cell.state is CellState.NUMBER)
    if keys and not digits_look_right():
        doubt = Doubt("reading.digits_differ", keys, "the font of the file says one digit and shows another")
        return Settled(replace(alignment, doubts=(*alignment.doubts, doubt)))
    for strategy in READ_BY:
        tables = settlement.troubled()
        if strategy == LIBRARY:
            tables = [table for table in tables if settlement.layout_is_sure(table)]
        if not tables:
            continue
        again = read_again(settlement.pages(tables), strategy)
        if again is not None and again.grids:
            second = align(again, form, tables)
            for table in tables:
                settlement.compare(table, second, strategy)
    return settlement.finished()


__all__ = [
    "LIBRARY",
    "ReadAgain",
    "Settled",
    "doubts_of_place",
    "settle",
    "sums_confirm_columns",
    "sums_confirm_figures",
    "sums_keep_rows",
    "sums_tell_left_out",
]
