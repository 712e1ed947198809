"""What is read back from the database: entries, reports, findings, streams of rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, bindparam, case, func, select

from db import agencies, corrections
from db.decode import fact_of, read_cells, read_findings, read_report
from db.records import (
    Agency,
    ReportEntry,
    Settled,
    StoredFact,
    StoredFinding,
    StoredReport,
    handle_of,
)
from db.schema import (
    AGENCY,
    FACT,
    FINDING,
    LOCATION,
    REPORT,
    RUN_ITEM,
    SENTENCE,
    SOURCE,
)
from db.settling import with_corrections
from db.types import AnyRow, AnySelect
from parsers.errors import BadInput
from parsers.report import Cell, CellKey, FactKind, FactRole, Scope, Severity, Whose


def _entries() -> AnySelect:
    return (
        select(
            REPORT,
            AGENCY.c.name.label("agency"),
            AGENCY.c.place_code.label("home"),
            SOURCE.c.sha256,
            SOURCE.c.name.label("file"),
        )
        .join(SOURCE, SOURCE.c.id == REPORT.c.source_id)
        .join(AGENCY, AGENCY.c.id == REPORT.c.agency_id, isouter=True)
    )


def _entry(row: AnyRow) -> ReportEntry:
    return ReportEntry(
        id=row.id,
        agency_id=row.agency_id,
        agency=row.agency,
        year=row.year,
        scope=Scope(row.scope),
        edition=row.edition,
        title=row.title,
        version=row.version,
        is_current=bool(row.is_current),
        sha256=row.sha256,
        name=row.file,
        cells_read=row.cells_read,
        cell_count=row.cell_count,
        errors=row.errors,
        doubts=row.doubts,
        handle=None if row.agency is None else handle_of(row.agency, row.home),
    )


def chosen(agency_ids: Collection[int] | None, years: Collection[int] | None = None) -> Iterator[ColumnElement[bool]]:
    """The conditions that a report is of one of these agencies (however many they are, they stand in the statement itself)
    and for one of these years; none where all are asked for."""
    if agency_ids is not None:
        yield REPORT.c.agency_id.in_(bindparam("agency_ids", list(agency_ids), expanding=True, literal_execute=True))
    if years is not None:
        yield REPORT.c.year.in_(sorted(years))


def entries(
    connection: Connection,
    *,
    agency: str | None,
    agency_ids: Collection[int] | None,
    year: int | None,
    scope: Scope | None,
    current_only: bool,
    run_id: int | None,
) -> Iterator[ReportEntry]:
    """Reports without contents, sorted by agency, year, scope and version."""
    order = AGENCY.c.name, AGENCY.c.place_code, REPORT.c.year, REPORT.c.scope, REPORT.c.version
    wanted = _entries().where(*chosen(agency_ids)).order_by(*order)
    if agency is not None:
        wanted = wanted.where(REPORT.c.agency_id == agencies.find(connection, agency).id)
    if year is not None:
        wanted = wanted.where(REPORT.c.year == year)
    if scope is not None:
        wanted = wanted.where(REPORT.c.scope == scope.value)
    if current_only:
        wanted = wanted.where(REPORT.c.is_current == 1)
    if run_id is not None:
        wanted = wanted.where(REPORT.c.id.in_(select(RUN_ITEM.c.report_id).where(RUN_ITEM.c.run_id == run_id)))
    for row in connection.execute(wanted):
        yield _entry(row)


def entries_where(connection: Connection, *conditions: ColumnElement[bool]) -> Sequence[ReportEntry]:
    """Reports without contents that meet conditions on REPORT and AGENCY, sorted by agency."""
    wanted = _entries().where(*conditions).order_by(AGENCY.c.name, AGENCY.c.place_code, REPORT.c.id)
    return [_entry(row) for row in connection.execute(wanted)]


def report_of(connection: Connection, agency: Agency, year: int, scope: Scope | None) -> int:
    """The id of an agency's current report; its own before the area's where no scope is given."""
    of_agency = select(REPORT.c.id, REPORT.c.year, REPORT.c.scope).where(
        REPORT.c.agency_id == agency.id, REPORT.c.is_current == 1
    )
    rows = connection.execute(of_agency.order_by(REPORT.c.year, REPORT.c.scope)).all()
    for row in rows:  # "agency" sorts before "area"
        if row.year == year and scope in (None, Scope(row.scope)):
            return int(row.id)
    years = ", ".join(f"{row.year}{' (area)' if row.scope == Scope.AREA else ''}" for row in rows)
    what = f"{year}{f' ({scope.value})' if scope else ''}"
    raise BadInput(f"no report of {agency.name} for {what}; there are: {years or 'none'}")


def stored(connection: Connection, report_id: int) -> StoredReport:
    """A report with its entry and places; raises BadInput when there is none of this id."""
    row = connection.execute(_entries().where(REPORT.c.id == report_id)).first()
    report = read_report(connection, report_id)
    if row is None or report is None:
        raise BadInput(f"no report has the number {report_id}")
    places = select(LOCATION.c.path).join(SOURCE, SOURCE.c.id == LOCATION.c.source_id)
    locations = connection.execute(places.where(SOURCE.c.sha256 == row.sha256).order_by(LOCATION.c.path)).scalars()
    return StoredReport(_entry(row), tuple(locations), report)


def cells(connection: Connection, report_id: int) -> Mapping[CellKey, Cell]:
    """The figures of a report that count, by key, in the form's order, without evidence: those that people saw, and
    those that were read where nobody looked."""
    edition = connection.execute(select(REPORT.c.edition).where(REPORT.c.id == report_id)).scalar()
    as_read = {cell.key: cell for cell in read_cells(connection, report_id, edition, evidence=False)}
    said = corrections.of_report(connection, report_id)
    return with_corrections(as_read, said) if said else as_read


def previous_year(connection: Connection, report_id: int) -> tuple[ReportEntry, Mapping[CellKey, Cell]] | None:
    """The current report of the year before, of the same agency and scope."""
    this = connection.execute(select(REPORT).where(REPORT.c.id == report_id)).first()
    if this is None or this.agency_id is None or this.year is None:
        return None
    row = connection.execute(
        _entries().where(
            REPORT.c.agency_id == this.agency_id,
            REPORT.c.year == this.year - 1,
            REPORT.c.scope == this.scope,
            REPORT.c.is_current == 1,
        )
    ).first()
    return None if row is None else (_entry(row), cells(connection, row.id))


def findings(
    connection: Connection,
    *,
    agency_ids: Collection[int] | None,
    years: Collection[int] | None,
    rule: str | None,
    severity: Severity | None,
    whose: Whose | None,
    report_id: int | None,
    current_only: bool,
    resolved: bool,
) -> Iterator[StoredFinding]:
    """Findings with their reports, sorted by agency, year, and their order in the report."""
    whose_now = case((FINDING.c.settled == Settled.CONFIRMED.value, Whose.AGENCY.value), else_=FINDING.c.whose)
    wanted = (
        select(
            *(FINDING, AGENCY.c.name.label("agency"), AGENCY.c.place_code),
            *(REPORT.c.year, REPORT.c.scope, SOURCE.c.name.label("file")),
        )
        .join(REPORT, REPORT.c.id == FINDING.c.report_id)
        .join(SOURCE, SOURCE.c.id == REPORT.c.source_id)
        .join(AGENCY, AGENCY.c.id == REPORT.c.agency_id, isouter=True)
        .where(*chosen(agency_ids, years))
        .order_by(
            AGENCY.c.name, AGENCY.c.place_code, REPORT.c.year, REPORT.c.id, FINDING.c.origin, FINDING.c.position
        )
    )
    for where, value in (
        (REPORT.c.id, report_id),
        (FINDING.c.rule, rule),
        (FINDING.c.severity, severity.value if severity else None),
        (whose_now, whose.value if whose else None),
        (REPORT.c.is_current, 1 if current_only else None),
    ):
        if value is not None:
            wanted = wanted.where(where == value)
    if not resolved:
        wanted = wanted.where(func.coalesce(FINDING.c.settled, "") != Settled.RESOLVED.value)
    for _, row, finding in read_findings(connection, wanted):
        settled = None if row.settled is None else Settled(row.settled)
        stands = replace(finding, whose=Whose.AGENCY) if settled is Settled.CONFIRMED else finding
        yield StoredFinding(
            *(row.report_id, row.agency, row.year, Scope(row.scope), row.origin, stands, settled),
            place_code=row.place_code or None,
            file=row.file,
        )


def stored_rules(connection: Connection) -> set[str]:
    """The codes of all rules that findings are of."""
    return set(connection.execute(select(FINDING.c.rule).distinct()).scalars())


def stated_facts(
    connection: Connection,
    *,
    agency_ids: Collection[int] | None,
    years: Collection[int] | None,
    metric: str | None,
    channel: str | None,
    kind: FactKind | None,
    role: FactRole | None,
) -> Iterator[StoredFact]:
    """Facts of current reports, sorted by agency, year, and their order in the report."""
    of_sentence = (SENTENCE.c.report_id == FACT.c.report_id) & (SENTENCE.c.position == FACT.c.sentence)
    labels = AGENCY.c.name.label("agency"), REPORT.c.year.label("report_year"), REPORT.c.scope, SENTENCE.c.body
    wanted = (
        select(FACT, *labels)
        .join(REPORT, REPORT.c.id == FACT.c.report_id)
        .join(AGENCY, AGENCY.c.id == REPORT.c.agency_id, isouter=True)
        .join(SENTENCE, of_sentence, isouter=True)
        .where(REPORT.c.is_current == 1, *chosen(agency_ids, years))
        .order_by(AGENCY.c.name, AGENCY.c.place_code, REPORT.c.year, REPORT.c.scope, REPORT.c.id, FACT.c.position)
    )
    named = ((FACT.c.metric, metric), (FACT.c.channel, channel), (FACT.c.kind, kind), (FACT.c.role, role))
    for where, value in named:
        if value is not None:
            wanted = wanted.where(where == str(value))
    for row in connection.execute(wanted):
        fact = fact_of(row, row.body or "")
        yield StoredFact(row.report_id, row.agency, row.report_year, Scope(row.scope), row.position, fact)
