"""The bodies within the area that a government reports for, by the codes of their divisions, and their figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, case, exists, func, select

from db.records import Verdict, handle_of
from db.schema import AGENCY, CELL, CELL_CORRECTION, FINDING, FINDING_PLACE, INDICATOR, REPORT
from parsers.report import CellKey, Scope, Whose

NOT_GOVERNED = ("tax", "customs", "maritime", "post", "weather", "financial_services", "statistics")
"""Fields in which local bodies answer to a ministry, and are in no local government's report; statistics for the survey
teams of the national bureau, whose names tell them from the local bureaus only sometimes."""
THEMSELVES = ("government", "general_office")
"""A government's report for itself and that of its office may be one report under two names."""
_CODE = 6
_DIGITS = (2, 4, _CODE)
"""Digits that codes within a province, a city and a county begin with."""

_OF_CELL = (CELL_CORRECTION.c.report_id == CELL.c.report_id) & (CELL_CORRECTION.c.indicator_id == CELL.c.indicator_id)
_COUNTS = case((CELL_CORRECTION.c.state.is_(None), CELL.c.value), else_=CELL_CORRECTION.c.value)
_SETTLED = (CELL_CORRECTION.c.replaces == 0) | (CELL_CORRECTION.c.verdict == Verdict.CORRECTED.value)
"""A reading that is said to be confirmed must be the one confirmed."""
_DOUBTED = exists().where(
    FINDING.c.report_id == CELL.c.report_id,
    FINDING.c.origin == "report",
    FINDING.c.whose == Whose.READING.value,
    FINDING.c.settled.is_(None),
    FINDING_PLACE.c.finding_id == FINDING.c.id,
    FINDING_PLACE.c.indicator_id == CELL.c.indicator_id,
)


def figures_within(
    connection: Connection, report_id: int, keys: Collection[CellKey]
) -> dict[str, dict[CellKey, Decimal]]:
    """The figures of these quantities that count in the current reports, for the year of an area report, of the bodies that
    the area's government governs, by the body's name (its handle where another one has that name). Cells that may have been
    misread are left out; in every state but number a cell counts 0. One statement, however many bodies there are."""
    wanted = select(AGENCY.c.place_code, REPORT.c.year, REPORT.c.agency_id).join(
        REPORT, REPORT.c.agency_id == AGENCY.c.id
    )
    area = connection.execute(wanted.where(REPORT.c.id == report_id)).first()
    if area is None or len(area.place_code) != _CODE or area.year is None:
        return {}
    figures = (
        select(AGENCY.c.name, AGENCY.c.place_code, REPORT.c.id, INDICATOR.c.key, _COUNTS.label("value"))
        .join(REPORT, REPORT.c.agency_id == AGENCY.c.id)
        .join(CELL, CELL.c.report_id == REPORT.c.id)
        .join(INDICATOR, INDICATOR.c.id == CELL.c.indicator_id)
        .join(CELL_CORRECTION, _OF_CELL, isouter=True)
        .where(
            REPORT.c.year == area.year,
            REPORT.c.scope == Scope.AGENCY.value,
            REPORT.c.is_current == 1,
            REPORT.c.agency_id != area.agency_id,
            AGENCY.c.place_code.startswith(_division(area.place_code)),
            AGENCY.c.level.is_distinct_from("national"),
            (AGENCY.c.field.is_(None) | AGENCY.c.field.not_in((*NOT_GOVERNED, *THEMSELVES))),
            INDICATOR.c.key.in_([str(key) for key in keys]),
            func.coalesce(_SETTLED, False) | ~_DOUBTED,
        )
        .order_by(AGENCY.c.name, AGENCY.c.place_code, REPORT.c.id)
    )
    bodies: dict[str, dict[CellKey, Decimal]] = {}
    for _, of_body in groupby(connection.execute(figures), key=attrgetter("id")):
        rows = list(of_body)
        name, code = rows[0].name, rows[0].place_code
        bodies[handle_of(name, code) if name in bodies else name] = {
            CellKey.parse(row.key): row.value or Decimal(0) for row in rows
        }
    return bodies


def around(connection: Connection, subjects: Iterable[tuple[str, Scope]]) -> set[tuple[str, Scope]]:
    """The handles of agencies that have reports for an area in which one of these agencies (names or handles) lies."""
    area = (
        select(AGENCY.c.name, AGENCY.c.place_code)
        .join(REPORT, REPORT.c.agency_id == AGENCY.c.id)
        .where(REPORT.c.scope == Scope.AREA.value)
        .distinct()
    )
    areas = [(name, code) for name, code in connection.execute(area) if len(code) == _CODE]
    if not areas:
        return set()
    given = {name for name, _ in subjects}
    agencies = connection.execute(select(AGENCY.c.name, AGENCY.c.place_code))
    codes = {code for name, code in agencies if name in given or handle_of(name, code) in given}
    divisions = {code[:digits] for code in codes for digits in _DIGITS}
    return {(handle_of(name, code), Scope.AREA) for name, code in areas if _division(code) in divisions}


def _division(code: str) -> str:
    """The digits that all codes within a division begin with: 14 for 140000, 1409 for 140900."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
