"""``nianbao sources``: the file of sites, looked at before it is trusted with a night."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from pipeline.commands.scrape import DEFAULT_SOURCES, SourcesFile
from pipeline.shown.output import Format, counted, print_rows, print_title, say

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The sites that are visited.")


@app.command("check")
def check(
    name: Annotated[
        str | None, typer.Argument(metavar="SITE", help="The site to try; without, the file is read only.")
    ] = None,
    sources: SourcesFile = DEFAULT_SOURCES,
    requests: Annotated[int, typer.Option("--requests", min=1, help="Requests that the try may cost.")] = 60,
    form: Annotated[Format, typer.Option("--format", "-f", help="How rows are printed.")] = Format.TABLE,
) -> None:
    """Try one site and print what it would take; nothing is stored.

    Shows each page that was asked for, what it was read as and what came of it; then what would be taken as a report,
    whose and for which year; then what is wrong. Exit status 1 when a list failed or nothing was found.

    \b
    Examples:
      nianbao sources check
      nianbao sources check lanping --requests 20
    """
    from pipeline.crawl.sources_file import read_sources

    read = read_sources(sources)
    if name is None:
        rows = [(s.line, s.name, s.system, "; ".join(s.agencies), s.start[0]) for s in read.sites]
        print_rows(("line", "site", "system", "agency", "start"), rows, form)
        return
    from db import Store
    from db.crawl.fetches import FetchLog
    from pipeline.crawl.night import scrape

    site = read.site(name)
    tried = replace(read, sites=(replace(site, budget=replace(site.budget, requests=requests)),))
    with TemporaryDirectory(prefix="nianbao-") as folder:
        url = f"sqlite:///{folder}/check.db"
        with Store.open(url) as store:
            night = scrape(store, tried, Path(folder) / "archive", database=url, told=say)
            fetches = FetchLog(store).fetches(night.run_id)
    print_rows(
        ("kind", "status", "failure", "entries", "title", "url"),
        [(f.kind, f.status, f.failure, f.entries, f.title, f.url) for f in fetches],
        form,
    )
    print_title("")
    found = list(night.found)
    print_rows(
        ("year", "agency", "by", "verdict", "url"),
        [(j.year, j.agency, j.agency_by, j.verdict, j.url) for j in found],
        form,
    )
    for alarm in night.alarms:
        say(f"{alarm.severity}: {alarm.message}{f' — {alarm.url}' if alarm.url else ''}")
    say(f"{counted(len(fetches), 'request')}, {counted(len(found), 'source')} of reports; nothing was stored")
    raise typer.Exit(0 if night.is_clean and found else 1)
