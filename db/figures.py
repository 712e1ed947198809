"""One quantity of many reports at once: what their forms print of it, and what their prose says."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, Integer, cast, column, exists, func, literal, select, text

from db.encode import STATE_OF
from db.reading import chosen
from db.records import FactFigure, FormFigure, Settled
from db.schema import CELL, CELL_CORRECTION, FACT, FINDING, FINDING_PLACE, INDICATOR, REPORT
from db.types import TEXT, Figure
from parsers.report import CellKey

_STANDS = func.coalesce(FINDING.c.settled, "") != Settled.RESOLVED.value


def form_figures(
    connection: Connection,
    keys: Collection[CellKey],
    agency_ids: Collection[int] | None,
    years: Collection[int] | None,
) -> Mapping[int, Mapping[CellKey, FormFigure]]:
    """The cells of these keys in the current reports of these agencies and years (None: of all), as people corrected them, by
    the number of the report."""
    by_text = {str(key): key for key in keys}
    same = (CELL_CORRECTION.c.report_id == CELL.c.report_id) & (CELL_CORRECTION.c.indicator_id == CELL.c.indicator_id)
    named = exists().where(
        FINDING.c.report_id == CELL.c.report_id,
        _STANDS,
        FINDING_PLACE.c.finding_id == FINDING.c.id,
        FINDING_PLACE.c.indicator_id == CELL.c.indicator_id,
    )
    wanted = (
        select(
            *(CELL.c.report_id, INDICATOR.c.key, CELL.c.state, CELL.c.value),
            func.coalesce(CELL.c.unit, INDICATOR.c.unit).label("unit"),
            *(CELL_CORRECTION.c.state.label("seen"), CELL_CORRECTION.c.value.label("seen_value")),
            *(CELL_CORRECTION.c.replaces, named.label("named")),
        )
        .join(REPORT, REPORT.c.id == CELL.c.report_id)
        .join(INDICATOR, INDICATOR.c.id == CELL.c.indicator_id)
        .join(CELL_CORRECTION, same, isouter=True)
        .where(REPORT.c.is_current == 1, INDICATOR.c.key.in_(list(by_text)), *chosen(agency_ids, years))
    )
    found: dict[int, dict[CellKey, FormFigure]] = {}
    for row in connection.execute(wanted):
        state, value = (row.state, row.value) if row.seen is None else (row.seen, row.seen_value)
        figure = FormFigure(STATE_OF[state], value, row.unit or None, bool(row.named), bool(row.replaces))
        found.setdefault(row.report_id, {})[by_text[row.key]] = figure
    return found


def fact_figures(connection: Connection, metric: str, channel: str | None) -> list[FactFigure]:
    """The rows of the view ``fact_figure`` for a metric and a channel (None: those that name none)."""
    where = "channel IS NULL" if channel is None else "channel = :channel"
    columns = "report_id, kind, counts, value, unit, figures, exact"
    typed = (column("value", Figure()), column("figures", Integer()), column("exact", Integer()))
    wanted = text(f"SELECT {columns} FROM fact_figure WHERE metric = :metric AND {where}").columns(
        column("report_id"), column("kind"), column("counts"), typed[0], column("unit"), *typed[1:]
    )
    given = {"metric": metric} | ({} if channel is None else {"channel": channel})
    named = _reports_with_named_facts(connection, metric, channel)
    return [
        FactFigure(
            *(row.report_id, row.kind, row.counts, row.value, row.unit, row.figures, bool(row.exact)),
            named=row.report_id in named,
        )
        for row in connection.execute(wanted, given)
    ]


def _reports_with_named_facts(connection: Connection, metric: str, channel: str | None) -> set[int]:
    """The reports in which a finding that stands names a fact of this metric and channel."""
    wanted = (
        select(FACT.c.report_id)
        .join(FINDING, FINDING.c.report_id == FACT.c.report_id)
        .join(FINDING_PLACE, FINDING_PLACE.c.finding_id == FINDING.c.id)
        .where(FACT.c.metric == metric, FACT.c.channel.is_not_distinct_from(channel), _STANDS)
        .where(FINDING_PLACE.c.place == literal("fact:") + cast(FACT.c.position, TEXT))
        .distinct()
    )
    return set(connection.execute(wanted).scalars())
