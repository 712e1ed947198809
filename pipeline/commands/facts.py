"""``nianbao facts``: the figures that the prose states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from parsers.report import FactKind, FactRole
from pipeline.database import DEFAULT_DATABASE, open_store
from pipeline.options import Agencies, Database, FormatOption, Years, years_of
from pipeline.shown.output import Format, counted, marked, print_rows, say

if TYPE_CHECKING:
    from db import Store, StoredFact

AROUND = 18
"""Characters of the sentence that a table shows in front of the figure."""


def command(
    db: Database = DEFAULT_DATABASE,
    metric: Annotated[str | None, typer.Option("--metric", "-m", help="Only this metric (posts).")] = None,
    channel: Annotated[str | None, typer.Option("--channel", "-c", help="Only this channel (weibo).")] = None,
    agency: Agencies = None,
    years: Years = None,
    kind: Annotated[FactKind | None, typer.Option("--kind", "-k", help="Only figures of this kind.")] = None,
    role: Annotated[FactRole | None, typer.Option("--role", help="Only figures in this role.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="What metrics and channels there are; no database.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """List figures that the prose states.

    Posts on each channel, followers, trainings, proposals: each with its sentence.

    \b
    Examples:
      nianbao facts --metric posts --channel weibo
      nianbao facts --agency 中卫市公安局 --years 2021 --format csv
      nianbao facts --list
    """
    from pipeline.names.statements import known, names

    if listed:
        rows = [(kind_of, key, *called) for kind_of, entries in names().items() for key, called in entries.items()]
        print_rows(("what", "name", "chinese", "english"), rows, form)
        return
    if metric is not None:
        known(metric, "metric")
    if channel is not None:
        known(channel, "channel")
    with open_store(db) as store:
        found = list(_found(store, agency or [], years_of(years), metric, channel, kind, role))
    if form in {Format.TABLE, Format.MARKDOWN}:
        columns = ("agency", "year", "metric", "channel", "value", "unit", "role", "for", "sentence")
        print_rows(columns, map(_row, found), form)
        say(counted(len(found), "figure"))
    else:
        fields = (
            *("report_id", "agency", "year", "scope", "position", "metric", "channel", "subject", "value", "unit"),
            *("bound", "kind", "role", "figure_year", "part_of", "surface", "section", "sentence", "page"),
        )
        print_rows(fields, map(_record, found), form)


def _found(
    store: Store,
    agencies: list[str],
    years: frozenset[int] | None,
    metric: str | None,
    channel: str | None,
    kind: FactKind | None,
    role: FactRole | None,
) -> Iterator[StoredFact]:
    from pipeline.names.agencies import agency_ids

    ids = agency_ids(store, agencies)
    return store.stated_facts(agency_ids=ids, years=years, metric=metric, channel=channel, kind=kind, role=role)


def _row(stored: StoredFact) -> tuple[object, ...]:
    fact = stored.fact
    agency = stored.agency if stored.scope == "agency" else f"{stored.agency}（{stored.scope}）"
    role = "part" if fact.part_of is not None and fact.role is FactRole.LEVEL else fact.role
    return agency, stored.year, fact.metric, fact.channel, fact.value, fact.unit, role, fact.year, _around(stored)


def _around(stored: StoredFact) -> str:
    """The words in front of the figure, and the figure marked; the figure alone where the sentence has it twice."""
    fact = stored.fact
    if fact.sentence.count(fact.surface) != 1:
        return f"…{marked(fact.surface, [(0, len(fact.surface))], None)}"
    at = fact.sentence.index(fact.surface)
    start = max(at - AROUND, 0)
    part = fact.sentence[start : at + len(fact.surface)]
    return ("…" if start else "") + marked(part, [(at - start, len(part))], None)


def _record(stored: StoredFact) -> tuple[object, ...]:
    fact = stored.fact
    return (
        *(stored.report_id, stored.agency, stored.year, stored.scope, stored.position),
        *(
            fact.metric,
            fact.channel,
            fact.subject,
            fact.value,
            fact.unit,
            fact.bound,
            fact.kind,
            fact.role,
            fact.year,
        ),
        *(fact.part_of, fact.surface, fact.section, fact.sentence, fact.box.page if fact.box else None),
    )
