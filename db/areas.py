"""Which bodies lie within the area that a government reports for, by the codes of their divisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from db.reading import entries_where
from db.records import ReportEntry, handle_of
from db.schema import AGENCY, REPORT
from parsers.report import Scope

NOT_GOVERNED = ("tax", "customs", "maritime", "post", "weather", "financial_services", "statistics")
"""Fields in which local bodies answer to a ministry, and are in no local government's report; statistics for the survey
teams of the national bureau, whose names tell them from the local bureaus only sometimes."""
THEMSELVES = ("government", "general_office")
"""A government's report for itself and that of its office may be one report under two names."""
_CODE = 6


def within(connection: Connection, report_id: int) -> Sequence[ReportEntry]:
    """The current reports, for the year of an area report, of the bodies that the area's government governs."""
    wanted = select(AGENCY.c.place_code, REPORT.c.year, REPORT.c.agency_id).join(
        REPORT, REPORT.c.agency_id == AGENCY.c.id
    )
    area = connection.execute(wanted.where(REPORT.c.id == report_id)).first()
    if area is None or len(area.place_code) != _CODE or area.year is None:
        return ()
    return entries_where(
        connection,
        REPORT.c.year == area.year,
        REPORT.c.scope == Scope.AGENCY.value,
        REPORT.c.is_current == 1,
        REPORT.c.agency_id != area.agency_id,
        AGENCY.c.place_code.startswith(_division(area.place_code)),
        AGENCY.c.level.is_distinct_from("national"),
        (AGENCY.c.field.is_(None) | AGENCY.c.field.not_in((*NOT_GOVERNED, *THEMSELVES))),
    )


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
    return {
        (handle_of(name, code), Scope.AREA)
        for name, code in areas
        if any(c.startswith(_division(code)) for c in codes)
    }


def _division(code: str) -> str:
    """The digits that all codes within a division begin with: 14 for 140000, 1409 for 140900."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
