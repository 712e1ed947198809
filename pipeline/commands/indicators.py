"""``nianbao indicators``: the dictionary of indicators."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.options import FormatOption
from pipeline.shown.output import Format, counted, print_rows, say


def command(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORD]...", help="Only those that hold every word.")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """List the dictionary of indicators.

    Every figure that an edition of the form asks for, sums and ratios, with key and labels. An edition in brackets
    does not print the figure, and it is summed from others.

    \b
    Examples:
      nianbao indicators
      nianbao indicators 不予公开 总计
      nianbao indicators rate --format csv
    """
    from pipeline.names.indicators import search_quantities

    found = search_quantities(words or [])
    columns = ("indicator", "label", "english", "unit", "kind", "editions")
    rows = ((q.key, q.label, q.english, q.unit, q.kind, _editions(q.editions, q.summed_in)) for q in found)
    print_rows(columns, rows, form)
    if form is Format.TABLE:
        say(counted(len(found), "indicator"))


def _editions(printed: tuple[str, ...], summed: tuple[str, ...]) -> str:
    return " ".join([*printed, *(f"({edition})" for edition in summed)])
