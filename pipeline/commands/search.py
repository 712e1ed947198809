"""``nianbao search``: words in the sections of all reports."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pipeline.database import DEFAULT_DATABASE, open_store
from pipeline.options import Agencies, Database, FormatOption, Years, years_of
from pipeline.shown.output import Format, counted, marked, print_rows, print_title, say


def command(
    words: Annotated[list[str], typer.Argument(metavar="WORD...", help="Words that a section must all hold.")],
    db: Database = DEFAULT_DATABASE,
    agency: Agencies = None,
    years: Years = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Sections at most.")] = 20,
    form: FormatOption = Format.TABLE,
) -> None:
    """Find words in the prose of reports.

    Sections that hold all the words, the latest years first. Tables are not searched: their words are the same in
    every report.

    \b
    Examples:
      nianbao search 警营开放
      nianbao search 微信 粉丝 --year 2021
      nianbao search 政策解读 --agency 中卫市公安局 --format csv
    """
    from pipeline.names.agencies import agency_ids

    wanted = years_of(years)
    with open_store(db) as store:
        hits = store.search(" ".join(words), agency_ids=agency_ids(store, agency), years=wanted, limit=limit)
    if form is not Format.TABLE:
        columns = ("report_id", "agency", "year", "scope", "section", "heading", "snippet")
        rows = ((h.report_id, h.agency, h.year, h.scope, h.section, h.heading, h.snippet) for h in hits)
        print_rows(columns, rows, form)
        return
    for hit in hits:
        scope = "" if hit.scope == "agency" else f"（{hit.scope}）"
        print_title(f"{hit.agency or '?'}{scope} · {hit.year or '?'} · {hit.heading or hit.section}")
        spans = [(mark.start, mark.end) for mark in hit.marks]
        sys.stdout.write(f"  {marked(hit.snippet, spans, sys.stdout)}\n")
    say(counted(len(hits), "section") + (f" (more may follow: --limit {2 * limit})" if len(hits) == limit else ""))
