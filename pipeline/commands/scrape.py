"""``nianbao scrape``: what agencies' sites published, into the archive."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.database import DEFAULT_DATABASE, database_url
from pipeline.options import Database
from pipeline.shown.output import print_rows, print_title, say

if TYPE_CHECKING:
    from pipeline.crawl.night import Night

SourcesFile = Annotated[
    Path, typer.Option("--sources", metavar="FILE", envvar="NIANBAO_SOURCES", help="Which sites, and how.")
]
DEFAULT_SOURCES = Path("sources.toml")
MOST_SHOWN = 30
"""Alarms shown; all of them are rows of alarm, one query away."""


def command(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SITE]...", help="Only these sites of the file; all when none is given."),
    ] = None,
    sources: SourcesFile = DEFAULT_SOURCES,
    archive: Annotated[
        Path, typer.Option("--archive", metavar="DIR", envvar="NIANBAO_ARCHIVE", help="Where the bytes are kept.")
    ] = Path("archive"),
    db: Database = DEFAULT_DATABASE,
    found: Annotated[
        Path | None,
        typer.Option("--found", metavar="FILE", help="Write each source of a report here, one JSON a line."),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Begin a new night, even if the last run was broken off.")
    ] = False,
    at_once: Annotated[int, typer.Option("--at-once", min=1, help="Sites visited side by side.")] = 50,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print alarms only.")] = False,
) -> None:
    """Visit agencies' sites and keep the annual reports that they publish.

    Polite: robots.txt first, one request at a time for a host, unchanged pages are asked for on condition only. What
    was fetched stays in the archive by its SHA-256, every fetch is a row with address and moment. A run may be
    stopped or killed at any moment: the same command goes on from there. docs/nightly.md tells how to write sources.toml.

    \b
    Examples:
      nianbao scrape
      nianbao scrape lanping dongcen --sources sources.toml --archive archive --found found.jsonl
      nianbao ingest archive/
    """
    from db import Store
    from pipeline.crawl.night import scrape, write_found
    from pipeline.crawl.sources_file import read_sources

    read = read_sources(sources)
    url = database_url(db)
    with Store.open(url) as store:
        try:
            night = scrape(
                store,
                read,
                archive,
                database=url,
                names=names or (),
                fresh=fresh,
                at_once=at_once,
                told=(lambda _: None) if quiet else say,
            )
        except KeyboardInterrupt:
            say(f"Stopped; everything fetched so far is kept. To go on: nianbao {shlex.join(sys.argv[1:])}")
            raise typer.Exit(1) from None
    if found is not None:
        write_found(night, found)
    print_night(night, quiet=quiet)
    raise typer.Exit(0 if night.is_clean else 1)


def print_night(night: Night, *, quiet: bool = False) -> None:
    """What a night did: a line a site, then the alarms."""
    if not quiet:
        columns = ("site", "outcome", "requests", "entries", "reports", "new", "unchanged", "failures")
        rows = [
            (v.site, v.outcome, v.requests, v.entries, v.reports, v.fresh, v.unchanged, v.failures)
            for v in night.visits
        ]
        print_rows(columns, rows)
    if night.alarms:
        if not quiet:
            print_title("")
        from parsers.report import Severity

        shown = sorted(night.alarms, key=lambda alarm: Severity(alarm.severity).rank)
        for alarm in shown[:MOST_SHOWN]:
            say(f"{alarm.severity}: {alarm.site}: {alarm.message}{f' — {alarm.url}' if alarm.url else ''}")
        if len(shown) > MOST_SHOWN:
            say(f'… {len(shown) - MOST_SHOWN} more: nianbao sql "SELECT * FROM alarm WHERE run_id = {night.run_id}"')
