"""``nianbao compare``: agencies by years."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline import completion
from pipeline.database import DEFAULT_DATABASE, open_store
from pipeline.options import Agencies, Database, FormatOption, Years, years_of
from pipeline.shown.output import Format, print_rows, say, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.compare import Comparison, Line
    from pipeline.names.indicators import Quantity
    from pipeline.names.statements import Statement

FLAGGED, CORRECTED, UNIT_UNKNOWN = "*", "†", "‡"
MARKS = {
    FLAGGED: "* a finding names the figure",
    CORRECTED: "† a person's reading (cell_corrected has both)",
    UNIT_UNKNOWN: "‡ the page names no unit: compare it with nothing",
}
FIELDS = ("agency", "place_code", "scope", "year", "indicator", "value", "unit", "state", "flagged", "corrected")
NOT_ASKED = "not_stated"
"""The state where a report's form does not ask for the figure, its prose does not say it, or it is a share of nothing."""


def command(
    indicator: Annotated[
        str,
        typer.Argument(
            metavar="INDICATOR",
            help="A key or a short form of it (received.new), or a figure of the prose (posts.weibo).",
            autocompletion=completion.indicators,
        ),
    ],
    db: Database = DEFAULT_DATABASE,
    agency: Agencies = None,
    years: Years = None,
    chart: Annotated[
        Path | None, typer.Option("--chart", metavar="FILE", help="Draw it too: .svg, .png or .html.")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Compare agencies over the years.

    One indicator, of the form or of the prose (nianbao facts --list), agencies by years, as a table and with --chart as a picture.
    As csv and json a row for each report: its value, unit and state, and whether a finding names it.

    \b
    Examples:
      nianbao compare received.new --years 2019-2024
      nianbao compare rate.disclosure --agency 中卫市公安局 --agency 中卫市教育局 --chart rate.svg
      nianbao compare requests/outcome.total/natural_person --format csv
      nianbao compare posts.weibo --chart weibo.svg
      nianbao compare prose.fees
    """
    from pipeline.compare import compare
    from pipeline.names.statements import find_asked

    quantity = find_asked(indicator)
    wanted = years_of(years)
    with open_store(db) as store:
        comparison = compare(store, quantity, agency or [], wanted)
    if chart is not None:  # first: what reads the table may go before its end
        from pipeline.shown.charts import Chart, write_chart

        drawn = _drawn(comparison)
        lines = {label: values for label, values in drawn.items() if any(value is not None for value in values)}
        doubtful = {(line.label, year) for line, year in comparison.flagged}
        write_chart(Chart(quantity.label, quantity.unit, comparison.years, lines, doubtful), chart)
    if form in {Format.TABLE, Format.MARKDOWN}:
        columns = ("agency", *map(str, comparison.years))
        print_rows(columns, [_row(comparison, line) for line in comparison.lines], form)
    else:
        print_rows(FIELDS, _records(comparison), form)
    if form is Format.TABLE:
        say(f"{quantity.key} · {_titled(quantity)}")
        say("   ".join([quantity.signs, *(text for mark, text in MARKS.items() if _has(comparison, mark))]))
        if not comparison.figures:
            say(_without_figures(quantity))
    if chart is not None:
        empty = [label for label in drawn if label not in lines]
        hollow = " (hollow points: a finding names the figure)" if comparison.flagged else ""
        left_out = (
            f"; {comparison.incomparable} figures of unknown unit are left out" if comparison.incomparable else ""
        )
        without = f"; nothing to draw of {', '.join(empty)}" if empty else ""
        say(f"chart: {chart}{hollow}{left_out}{without}")


def _without_figures(quantity: Quantity | Statement) -> str:
    """Why the table is empty: figures of the prose and of the form have names that are easily taken for each other."""
    from pipeline.names.statements import Statement

    if isinstance(quantity, Statement):
        return (
            "no report of this choice says it in its prose; what the forms print has other names: nianbao indicators"
        )
    return "the forms of this choice do not ask for it; nianbao indicators names the editions that do"


def _titled(quantity: Quantity | Statement) -> str:
    """The label with the unit, where the label does not say it itself."""
    unit = f"（单位：{quantity.unit}）"
    return quantity.label if not quantity.unit or quantity.label.endswith(unit) else quantity.label + unit


def _marks(comparison: Comparison, line: Line, year: int) -> str:
    """The marks behind a figure."""
    place = (line, year)
    figure = comparison.figures[place]
    marked = {
        FLAGGED: place in comparison.flagged,
        CORRECTED: place in comparison.corrected,
        UNIT_UNKNOWN: not comparison.is_comparable(figure),
    }
    return "".join(mark for mark, is_so in marked.items() if is_so)


def _has(comparison: Comparison, mark: str) -> bool:
    """Whether a mark is explained: that of findings always, the others where they stand."""
    return mark == FLAGGED or any(mark in _marks(comparison, *place) for place in comparison.figures)


def _row(comparison: Comparison, line: Line) -> list[object]:
    """A line of the table, with signs where there is no value; nothing where no figure is asked for."""
    row: list[object] = [line.label]
    for year in comparison.years:
        figure = comparison.figures.get((line, year))
        if figure is None:
            row.append(None)
        else:
            row.append((figure.sign or _rounded(comparison, figure.value)) + _marks(comparison, line, year))
    return row


def _records(comparison: Comparison) -> Iterator[tuple[object, ...]]:
    """A row for each report, as programs read it: what the table says with signs and marks is said in words."""
    for line in comparison.lines:
        name, _, code = line.handle.partition("@")
        for year in comparison.years:
            place = (line, year)
            if place not in comparison.reported:
                continue
            figure = comparison.figures.get(place)
            value, unit, state = (
                (None, None, NOT_ASKED) if figure is None else (figure.value, figure.unit, figure.standing)
            )
            yield (
                *(name, code or None, line.scope.value, year, comparison.quantity.key),
                *(value, (unit or None) if value is not None else None, state),
                *(int(place in comparison.flagged), int(place in comparison.corrected)),
            )


def _rounded(comparison: Comparison, value: object) -> str:
    return f"{value:.3f}" if comparison.quantity.is_ratio else shown(value)


def _drawn(comparison: Comparison) -> dict[str, list[float | None]]:
    """The values of each line; none where the unit is not known, as no axis fits such a figure."""
    lines: dict[str, list[float | None]] = {}
    for line in comparison.lines:
        found = [comparison.figures.get((line, year)) for year in comparison.years]
        lines[line.label] = [
            float(figure.value)
            if figure is not None and figure.value is not None and comparison.is_comparable(figure)
            else None
            for figure in found
        ]
    return lines
