"""Rows back into a report, equal to the one that was stored (boxes to a tenth of a point)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from sqlalchemy import Connection, Table, select

from db.encode import STATE_OF, TENTHS, plain
from db.schema import (
    CELL,
    CELL_EVIDENCE,
    FACT,
    FINDING,
    FINDING_PLACE,
    INDICATOR,
    NOTE,
    REPORT,
    REPORT_TEXT,
    SECTION,
    SENTENCE,
    SOURCE,
    VERSION_SET,
    WITNESS,
)
from db.types import AnyRow, AnySelect
from db.values import inflate
from parsers.document import Box, Note, Span
from parsers.forms import form_of
from parsers.report import (
    Bound,
    Cell,
    CellKey,
    Evidence,
    Fact,
    FactKind,
    FactRole,
    Finding,
    Identity,
    Place,
    Report,
    Scope,
    Section,
    Severity,
    Source,
    Versions,
    Whose,
    Witness,
)


def read_report(connection: Connection, report_id: int) -> Report | None:
    """The report of this id, or None."""
    row = connection.execute(
        select(REPORT, SOURCE.c.sha256, SOURCE.c.name, SOURCE.c.media_type, SOURCE.c.page_count, VERSION_SET)
        .join(SOURCE, SOURCE.c.id == REPORT.c.source_id)
        .join(VERSION_SET, VERSION_SET.c.id == REPORT.c.version_set_id)
        .where(REPORT.c.id == report_id)
    ).first()
    if row is None:
        return None
    body = connection.execute(select(REPORT_TEXT.c.body).where(REPORT_TEXT.c.report_id == report_id)).scalar()
    columns = row._mapping
    return Report(
        source=Source(row.name, row.sha256, row.media_type, row.page_count, columns[REPORT.c.reader]),
        identity=_identity(row, tuple(_witness(w) for w in _parts(connection, WITNESS, report_id))),
        text=inflate(body) or "",
        sections=tuple(
            Section(s.key, s.heading, s.level, Span(s.start, s.start + s.length))
            for s in _parts(connection, SECTION, report_id)
        ),
        cells=read_cells(connection, report_id, row.edition),
        facts=read_facts(connection, report_id),
        findings=tuple(finding for _, _, finding in read_findings(connection, _own_findings(report_id))),
        versions=Versions(columns[VERSION_SET.c.reader], row.forms, row.lexicon, row.rules),
        notes=tuple(Note(n.code, n.message, n.page) for n in _parts(connection, NOTE, report_id)),
    )


def read_cells(
    connection: Connection, report_id: int, edition: str | None, *, evidence: bool = True
) -> tuple[Cell, ...]:
    """A report's cells in the order of its edition's form; those that the form does not know come last."""
    order = _form_order(edition)
    # Hundreds of cells a report, in which little is looked up by name: the years of every agency are read again.
    found = []
    for (
        key,
        position,
        table,
        row,
        column,
        form_unit,
        state_number,
        value,
        text,
        own_unit,
        *place,
    ) in connection.execute(_cells(evidence).where(CELL.c.report_id == report_id)):
        state = STATE_OF[state_number]
        cell = Cell(
            key=CellKey(table, row, column),
            state=state,
            value=value,
            raw=plain(state, value) if text is None else text,
            unit=form_unit if own_unit is None else own_unit or None,
            evidence=_evidence(*place) if place else None,
        )
        found.append((order.get(key, len(order) + position), key, cell))
    return tuple(cell for _, _, cell in sorted(found, key=lambda entry: entry[:2]))


@cache
def _cells(evidence: bool) -> AnySelect:
    """What is read of each cell: key, place and names of its indicator, what is printed, and the place of it."""
    i, c, e = INDICATOR.c, CELL.c, CELL_EVIDENCE.c
    names = (i.key, i.position, i.table_key, i.row_key, i.column_key, i.unit.label("form_unit"))
    wanted = select(*names, c.state, c.value, c.raw, c.unit).join(INDICATOR, i.id == c.indicator_id)
    if not evidence:
        return wanted
    joined = (e.report_id == c.report_id) & (e.indicator_id == c.indicator_id)
    place = (e.start, e.length, e.page, e.x0, e.y0, e.x1, e.y1)
    return wanted.join(CELL_EVIDENCE, joined, isouter=True).add_columns(*place)


def _evidence(start: int | None, length: int, page: int | None, *edges: int) -> Evidence | None:
    if start is None:
        return None
    box = None if page is None else Box(page, *(edge / TENTHS for edge in edges))
    return Evidence(Span(start, start + length), box)


def read_findings(connection: Connection, wanted: AnySelect) -> list[tuple[int, AnyRow, Finding]]:
    """The findings that a selection of rows of ``finding`` (and more columns, if wanted) gives: id, row, finding."""
    rows = connection.execute(wanted).all()
    places: dict[int, list[str]] = {row.id: [] for row in rows}
    ids = wanted.with_only_columns(FINDING.c.id).order_by(None)
    for finding_id, place, key in connection.execute(
        select(FINDING_PLACE.c.finding_id, FINDING_PLACE.c.place, INDICATOR.c.key)
        .join(INDICATOR, INDICATOR.c.id == FINDING_PLACE.c.indicator_id, isouter=True)
        .where(FINDING_PLACE.c.finding_id.in_(ids))
        .order_by(FINDING_PLACE.c.finding_id, FINDING_PLACE.c.position)
    ):
        places[finding_id].append(key if place is None else place)
    return [(row.id, row, _finding(row, tuple(places[row.id]))) for row in rows]


def _own_findings(report_id: int) -> AnySelect:
    return (
        select(FINDING)
        .where(FINDING.c.report_id == report_id, FINDING.c.origin == "report")
        .order_by(FINDING.c.position)
    )


def _finding(row: AnyRow, where: tuple[str, ...]) -> Finding:
    return Finding(row.rule, Severity(row.severity), Whose(row.whose), row.message, where, row.expected, row.actual)


@cache
def _form_order(edition: str | None) -> Mapping[str, int]:
    form = form_of(edition) if edition else None
    return {str(key): index for index, key in enumerate(form.cell_keys())} if form else {}


def _parts(connection: Connection, table: Table, report_id: int) -> list[AnyRow]:
    """A report's rows in a table that is keyed by position."""
    return list(
        connection.execute(select(table).where(table.c.report_id == report_id).order_by(table.c.position)).all()
    )


def _identity(row: AnyRow, witnesses: tuple[Witness, ...]) -> Identity:
    return Identity(
        agency=row.agency_printed,
        agency_normalised=row.agency_normalised,
        year=row.year,
        title=row.title,
        edition=row.edition,
        scope=Scope(row.scope),
        corrected=bool(row.corrected),
        published=date.fromisoformat(row.published) if row.published else None,
        place=Place(row.place_code, row.province, row.city, row.county),
        level=row.level,
        field=row.field,
        witnesses=witnesses,
    )


def _witness(row: AnyRow) -> Witness:
    span = None if row.start is None else Span(row.start, row.start + row.length)
    return Witness(row.about, row.value, row.source, span)


def _box(row: AnyRow) -> Box | None:
    if row.page is None:
        return None
    return Box(row.page, row.x0 / TENTHS, row.y0 / TENTHS, row.x1 / TENTHS, row.y1 / TENTHS)


def read_facts(connection: Connection, report_id: int) -> tuple[Fact, ...]:
    """A report's facts in their order, with their sentences."""
    sentences = [row.body for row in _parts(connection, SENTENCE, report_id)]
    return tuple(
        fact_of(row, "" if row.sentence is None else sentences[row.sentence])
        for row in _parts(connection, FACT, report_id)
    )


def fact_of(row: AnyRow, sentence: str) -> Fact:
    """The fact of a row of ``fact``."""
    return Fact(
        metric=row.metric,
        channel=row.channel,
        subject=row.subject,
        value=row.value,
        unit=row.unit,
        bound=Bound(row.bound),
        kind=FactKind(row.kind),
        role=FactRole(row.role),
        year=row.year,
        part_of=row.part_of,
        surface=row.surface,
        start=row.start,
        end=row.start + row.length,
        sentence=sentence,
        section=row.section,
        box=_box(row),
    )
