"""``nianbao status``: how the nightly job stands."""

from __future__ import annotations

from dataclasses import astuple, fields
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.commands.nightly import OutFolder, SourcesFile
from pipeline.database import DEFAULT_DATABASE, open_store
from pipeline.options import Database
from pipeline.shown.output import Format, print_rows, print_title

if TYPE_CHECKING:
    from pipeline.nightly.status import Status


class Section(StrEnum):
    """What can be asked for alone."""

    NIGHTS = "nights"
    SITES = "sites"
    OVERDUE = "overdue"
    WAITING = "waiting"
    READINGS = "readings"


MOST_SHOWN = 20
"""Rows of a section among others; alone it is listed in full."""
TITLES = {
    Section.NIGHTS: "Last nights",
    Section.SITES: "Sites (+ new  . as it was  ! alarm  x given up  - broken off)",
    Section.OVERDUE: "Overdue reports",
    Section.WAITING: "Digests not delivered",
    Section.READINGS: "Versions that read the stored reports (--stale, of nianbao nightly or ingest, reads again what is another's)",
}


def command(
    section: Annotated[
        Section | None,
        typer.Argument(metavar="[nights|sites|overdue|waiting|readings]", help="Only this; all when not given."),
    ] = None,
    db: Database = DEFAULT_DATABASE,
    sources: SourcesFile = Path("sources.toml"),
    out: OutFolder = Path("digests"),
    form: Annotated[Format, typer.Option("--format", "-f", help="How rows are printed.")] = Format.TABLE,
) -> None:
    """Show the last nights, each site's health over time, what is overdue, and what an older version read.

    Departments publish the report on a year by 31 January of the next, governments by 31 March. Agencies that
    sources.toml names are expected to have reports even where none is stored. Of a long section the first rows are
    shown; asked for alone, and as CSV or JSON, it is whole. As CSV without a section every row
    says in its first columns what it is about; each section alone has its own columns.

    \b
    Examples:
      nianbao status
      nianbao status overdue --format csv
      nianbao status --format json
    """
    from pipeline.nightly.status import status

    expected: tuple[str, ...] = ()
    if sources.exists():
        from pipeline.crawl.sources_file import read_sources
        from pipeline.nightly.crawler import expected_agencies

        expected = expected_agencies(read_sources(sources))
    with open_store(db) as store:
        told = status(store, datetime.now().astimezone(), out, expected)
    if section is not None:
        _print(told, section, form)
    elif form is Format.JSON:
        import json

        typer.echo(json.dumps(told.to_json(), ensure_ascii=False, indent=1))
    elif form is Format.CSV:
        print_rows(("section", "name", "state", "details"), [row for s in Section for row in _flat(told, s)], form)
    else:
        for each in Section:
            print_title(TITLES[each])
            _print(told, each, form, most=MOST_SHOWN)
            print_title("")


def _rows(told: Status, section: Section) -> tuple[Any, ...]:
    rows: tuple[Any, ...] = getattr(told, section.value)
    return rows


def _print(told: Status, section: Section, form: Format, most: int | None = None) -> None:
    rows = _rows(told, section)
    if not rows and form is Format.TABLE:
        print_title("none")
        return
    names = [field.name for field in fields(rows[0])] if rows else ["section"]
    print_rows(names, [astuple(row) for row in rows[:most]], form)
    if most is not None and len(rows) > most:
        print_title(f"… and {len(rows) - most} more: nianbao status {section}")


def _flat(told: Status, section: Section) -> list[tuple[object, ...]]:
    """Rows of all sections in the same four columns."""
    flat: list[tuple[object, ...]] = []
    for row in _rows(told, section):
        values = dict(zip([field.name for field in fields(row)], astuple(row), strict=True))
        name, state = list(values)[:2]
        details = "; ".join(f"{key}={value}" for key, value in list(values.items())[2:] if value is not None)
        flat.append((section.value, values[name], values[state], details))
    return flat
