"""``nianbao sql``: one query, which cannot write."""

from __future__ import annotations

from itertools import chain, islice
from typing import Annotated

import typer

from pipeline.database import DEFAULT_DATABASE, open_store
from pipeline.options import Database, FormatOption
from pipeline.shown.output import Format, print_rows, say


def command(
    query: Annotated[str, typer.Argument(metavar='"SELECT …"', help="One SELECT statement.")],
    db: Database = DEFAULT_DATABASE,
    form: FormatOption = Format.TABLE,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.01, help="Seconds after which the query is stopped.")
    ] = 30,
) -> None:
    """Ask the database in SQL.

    Nothing can be written. The data dictionary lists tables and views.

    \b
    Examples:
      nianbao sql "SELECT agency, year, received, granted FROM report_overview"
      nianbao sql "SELECT outcome, count(*) AS files FROM run_item GROUP BY outcome" --format csv
    """
    with open_store(db) as store:
        columns, rows = store.query(query, limit_seconds=timeout)
        first = list(islice(rows, 1))
        print_rows(columns, chain(first, rows), form)
    if not first and form is Format.TABLE:
        say("0 rows")
