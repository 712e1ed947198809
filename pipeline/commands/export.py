"""``nianbao export``: everything, one file a table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.database import DEFAULT_DATABASE, open_store
from pipeline.options import Database
from pipeline.shown.output import counted, print_rows, say


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write to; it is made when missing.")],
    form: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="jsonl, csv, parquet or xlsx.")],
    db: Database = DEFAULT_DATABASE,
    views: Annotated[bool, typer.Option("--views", help="The views for people as well.")] = False,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="NAME", help="Only this table or view; may be repeated."),
    ] = None,
) -> None:
    """Write everything to files, one a table.

    The data dictionary lists tables and views. What a query gives, nianbao sql writes with --format csv.

    \b
    Examples:
      nianbao export out/ --format csv
      nianbao export out/ --format xlsx --only report_overview --only derived_indicator
      nianbao export out/ --format parquet --views
    """
    from pipeline.shown.exports import export

    written: list[tuple[str, int]] = []

    def told(path: Path, rows: int) -> None:
        written.append((str(path), rows))
        if sys.stderr.isatty():  # tables of a large database take minutes
            say(f"{path}: {counted(rows, 'row')}")

    with open_store(db) as store:
        export(store, folder, form, views=views, only=only or (), told=told)
    print_rows(("file", "rows"), written)
