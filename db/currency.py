"""Which of several reports of one agency, year and scope is the current one.

The order depends on what the files are, never on when a worker finished, so that an ingest that was killed and
started again, or ran with more workers, ends with the same answer. From the weakest to the strongest:

1. a report whose bytes later turned out to be no report is never current;
2. one whose place now holds another report has been replaced by it (all versions are kept);
3. a title that says "corrected edition" beats one that does not;
4. more cells read beat fewer (number, blank or dash, as a share of the form's cells);
5. fewer doubts about our own reading beat more;
6. the later day of publication, where the documents tell, then the later change of the file;
7. the hash, which only makes the order total.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select, update

from db.schema import LOCATION, REPORT, SOURCE
from db.types import AnyRow

Group = tuple[int | None, int | None, str]
"""Agency, year and scope. Where agency or year is not known, nothing can be compared: each report is its own."""


def settle(connection: Connection, group: Group) -> None:
    """Numbers the versions of a group and marks the current one."""
    agency_id, year, scope = group
    if agency_id is None or year is None:
        return
    rows = connection.execute(
        select(
            REPORT.c.id,
            REPORT.c.version,
            REPORT.c.is_current,
            REPORT.c.retracted,
            REPORT.c.corrected,
            REPORT.c.cells_read,
            REPORT.c.cell_count,
            REPORT.c.doubts,
            REPORT.c.published,
            SOURCE.c.sha256,
            func.count(LOCATION.c.id).label("places"),
            func.max(LOCATION.c.mtime_ns).label("changed"),
        )
        .join(SOURCE, SOURCE.c.id == REPORT.c.source_id)
        .join(LOCATION, LOCATION.c.report_id == REPORT.c.id, isouter=True)
        .where(REPORT.c.agency_id == agency_id, REPORT.c.year == year, REPORT.c.scope == scope)
        .group_by(REPORT.c.id, SOURCE.c.sha256)
    ).all()
    ordered = sorted(rows, key=_strength)
    settled = {
        row.id: (version, int(version == len(ordered) and not row.retracted))
        for version, row in enumerate(ordered, start=1)
    }
    changed = [row.id for row in rows if settled[row.id] != (row.version, row.is_current)]
    # The one that stops being current goes first: the database allows one at a time.
    for report_id in sorted(changed, key=lambda report_id: settled[report_id][1]):
        version, is_current = settled[report_id]
        connection.execute(
            update(REPORT).where(REPORT.c.id == report_id).values(version=version, is_current=is_current)
        )


def settle_alone(connection: Connection, report_id: int) -> None:
    """Marks a report without agency or year, which no other can replace: current unless it was retracted."""
    connection.execute(
        update(REPORT)
        .where(REPORT.c.id == report_id, (REPORT.c.agency_id.is_(None)) | (REPORT.c.year.is_(None)))
        .values(version=1, is_current=1 - REPORT.c.retracted)
    )


def _strength(row: AnyRow) -> tuple[Any, ...]:
    return (
        not row.retracted,
        row.places > 0,
        row.corrected,
        row.cells_read / row.cell_count if row.cell_count else 0.0,
        -row.doubts,
        row.published or "",
        row.changed or 0,
        row.sha256,
    )
