"""``nianbao compare``: agencies by years."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parsers.errors import BadInput
from pipeline.options import DEFAULT_DATABASE, Agencies, Database, FormatOption, Years, open_store, years_of
from pipeline.output import SIGNS, Format, print_rows, say, shown

if TYPE_CHECKING:
    from pipeline.compare import Comparison
    from pipeline.dictionary import Quantity
    from pipeline.statements import Statement


def command(
    indicator: Annotated[
        str,
        typer.Argument(
            metavar="INDICATOR",
            help="A key or a short form of it (received.new), or a figure of the prose (posts.weibo).",
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

    \b
    Examples:
      nianbao compare received.new --years 2019-2024
      nianbao compare rate.disclosure --agency 中卫市公安局 --agency 中卫市教育局 --chart rate.svg
      nianbao compare requests/outcome.total/natural_person --format csv
      nianbao compare posts.weibo --chart weibo.svg
    """
    from pipeline.compare import compare

    quantity = _asked(indicator)
    wanted = years_of(years)
    with open_store(db) as store:
        comparison = compare(store, quantity, agency or [], wanted)
    if chart is not None:  # first: what reads the table may go before its end
        from pipeline.charts import Chart, write_chart

        write_chart(Chart(quantity.label, quantity.unit, comparison.years, _lines(comparison)), chart)
    people = form in {Format.TABLE, Format.MARKDOWN}
    columns = ("agency", *map(str, comparison.years))
    print_rows(columns, [_row(comparison, line, people) for line in comparison.agencies], form)
    if form is Format.TABLE:
        unit = f"（单位：{quantity.unit}）" if quantity.unit else ""
        say(f"{quantity.key} · {quantity.label}{unit}")
        corrected = "   † a person's reading (cell_corrected has both)" if comparison.corrected else ""
        say(f"{quantity.signs}   * a finding names the figure{corrected}")
    if chart is not None:
        say(f"chart: {chart}")


def _asked(text: str) -> Quantity | Statement:
    """What is to be compared. A form's indicator wins over a metric of the same name (fees)."""
    from pipeline.dictionary import find_quantity
    from pipeline.statements import find_statement

    try:
        return find_quantity(text)
    except BadInput:
        statement = find_statement(text)
        if statement is None:
            raise
        return statement


def _row(comparison: Comparison, line: str, people: bool) -> list[object]:
    """A line of the table; for people with signs where there is no value, for programs with nothing."""
    row: list[object] = [line]
    for year in comparison.years:
        figure = comparison.figures.get((line, year))
        if figure is None:
            row.append(None)
        elif not people:
            row.append(figure.value)
        else:
            text = SIGNS.get(figure.state) or _rounded(comparison, figure.value)
            corrected = "†" if (line, year) in comparison.corrected else ""
            row.append(text + ("*" if (line, year) in comparison.flagged else "") + corrected)
    return row


def _rounded(comparison: Comparison, value: object) -> str:
    return f"{value:.3f}" if comparison.quantity.is_ratio else shown(value)


def _lines(comparison: Comparison) -> dict[str, list[float | None]]:
    lines: dict[str, list[float | None]] = {}
    for line in comparison.agencies:
        found = [comparison.figures.get((line, year)) for year in comparison.years]
        lines[line] = [None if figure is None or figure.value is None else float(figure.value) for figure in found]
    return lines
