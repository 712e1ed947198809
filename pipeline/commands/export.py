"""``nianbao export``: everything, one file a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.database import DEFAULT_DATABASE, open_store
from pipeline.options import Database
from pipeline.shown.output import print_rows


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write to; it is made when missing.")],
    form: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="jsonl, csv, parquet or xlsx.")],
    db: Database = DEFAULT_DATABASE,
    views: Annotated[bool, typer.Option("--views", help="The views for people as well.")] = False,
) -> None:
    """Write everything to files, one a table.

    \b
    Examples:
      nianbao export out/ --format csv
      nianbao export out/ --format parquet --views
    """
    from pipeline.shown.exports import export

    written: list[tuple[str, int]] = []
    with open_store(db) as store:
        export(store, folder, form, views=views, told=lambda path, rows: written.append((str(path), rows)))
    print_rows(("file", "rows"), written)
