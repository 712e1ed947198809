"""Which of several reports of one agency, year and scope is the current one.

The order depends on what the files are, never on when a worker finished, so that an ingest that was killed and
started again, or ran with more workers, ends with the same answer. From the weakest to the strongest:

1. a report whose bytes later turned out to be no report is never current;
2. one whose file is damaged, and of which something is missing, stands behind all others: a download that broke off
   replaces nothing;
3. one whose place now holds another report has been replaced by it (all versions are kept). The archive of the crawler
   keeps bytes under their hash for ever: there a report has its place as long as an address of it gives the same bytes;
4. a title that says "corrected edition" beats one that does not;
5. more cells read beat fewer (number, blank or dash, as a share of the form's cells);
6. fewer doubts about our own reading beat more;
7. the later day of publication, where the documents tell: who publishes again means the later one;
8. fewer broken sums beat more: the time of a file says when somebody fetched it, and a clean version is not displaced by that;
9. the later change of the file;
10. the hash, which only makes the order total.

Which of the versions print other figures is told by a finding (``x.versions_differ``).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, exists, func, not_, select, update

from db.records import handle_of
from db.schema import AGENCY, FETCH, FINDING, LOCATION, REPORT, SOURCE
from db.types import AnyRow
from parsers.report import FILE_DAMAGED, Scope

Group = tuple[int | None, int | None, str]
"""Agency, year and scope. Where agency or year is not known, nothing can be compared: each report is its own."""


def _is_place() -> ColumnElement[bool]:
    """The condition that a location counts as a place of its report: a file of the archive, which is named by the hash of
    its bytes, counts until every address that gave these bytes has given others."""
    fetched, later = FETCH.alias("fetched"), FETCH.alias("later")
    other_since = exists().where(
        later.c.url == fetched.c.url,
        func.coalesce(later.c.form, "") == func.coalesce(fetched.c.form, ""),
        later.c.id > fetched.c.id,
        later.c.sha256 != fetched.c.sha256,
    )
    came_from_a_site = exists().where(fetched.c.sha256 == SOURCE.c.sha256)
    replaced = and_(came_from_a_site, not_(came_from_a_site.where(not_(other_since))))
    return not_(and_(LOCATION.c.path.contains(SOURCE.c.sha256), replaced))


_DAMAGED = exists().where(
    FINDING.c.report_id == REPORT.c.id, FINDING.c.origin == "report", FINDING.c.rule == FILE_DAMAGED
)
_VERSIONS = (
    select(
        REPORT.c.id,
        REPORT.c.version,
        REPORT.c.is_current,
        REPORT.c.retracted,
        REPORT.c.corrected,
        REPORT.c.cells_read,
        REPORT.c.cell_count,
        REPORT.c.doubts,
        REPORT.c.errors,
        REPORT.c.published,
        SOURCE.c.sha256,
        _DAMAGED.label("damaged"),
        func.sum(case((and_(LOCATION.c.id.is_not(None), _is_place()), 1), else_=0)).label("places"),
        func.max(LOCATION.c.mtime_ns).label("changed"),
    )
    .join(SOURCE, SOURCE.c.id == REPORT.c.source_id)
    .join(LOCATION, LOCATION.c.report_id == REPORT.c.id, isouter=True)
    .where(
        REPORT.c.agency_id == bindparam("agency"),
        REPORT.c.year == bindparam("in_year"),
        REPORT.c.scope == bindparam("of_scope"),
    )
    .group_by(REPORT.c.id, SOURCE.c.sha256)
)
_OTHER, _EARLIER, _TONIGHT = REPORT.alias("other"), FETCH.alias("earlier"), FETCH.alias("tonight")
_FETCHED = (
    select(REPORT.c.agency_id, REPORT.c.year, REPORT.c.scope, AGENCY.c.name, AGENCY.c.place_code)
    .join(AGENCY, AGENCY.c.id == REPORT.c.agency_id)
    .join(SOURCE, SOURCE.c.id == REPORT.c.source_id)
    .join(LOCATION, LOCATION.c.report_id == REPORT.c.id)
    .where(
        LOCATION.c.path.contains(SOURCE.c.sha256),
        exists().where(
            *(_OTHER.c[name] == REPORT.c[name] for name in ("agency_id", "year", "scope")), _OTHER.c.id != REPORT.c.id
        ),
        exists().where(
            _EARLIER.c.sha256 == SOURCE.c.sha256,
            _TONIGHT.c.url == _EARLIER.c.url,
            _TONIGHT.c.run_id == bindparam("night"),
        ),
    )
    .distinct()
)
_PLACED = select(LOCATION.c.report_id).join(SOURCE, SOURCE.c.id == LOCATION.c.source_id).where(_is_place())
_SETTLED = update(REPORT).where(REPORT.c.id == bindparam("report"))
_ALONE = _SETTLED.values(version=1, is_current=1 - REPORT.c.retracted)
_IS_CURRENT = select(REPORT.c.is_current).where(REPORT.c.id == bindparam("report"))


def is_alone(group: Group) -> bool:
    """Whether reports of this group, without agency or year, each stand for themselves."""
    return group[0] is None or group[1] is None


def settle(connection: Connection, group: Group) -> int | None:
    """Numbers the versions of a group and marks the current one, whose id it gives; None when there is none."""
    agency_id, year, scope = group
    if is_alone(group):
        return None
    rows = connection.execute(_VERSIONS, {"agency": agency_id, "in_year": year, "of_scope": scope}).all()
    ordered = sorted(rows, key=_strength)
    settled = {
        row.id: (version, int(version == len(ordered) and not row.retracted))
        for version, row in enumerate(ordered, start=1)
    }
    changed = [row.id for row in rows if settled[row.id] != (row.version, row.is_current)]
    # The one that stops being current goes first: the database allows one at a time.
    for changed_id in sorted(changed, key=lambda changed_id: settled[changed_id][1]):
        version, is_current = settled[changed_id]
        connection.execute(_SETTLED, {"report": changed_id, "version": version, "is_current": is_current})
    return next((number for number, (_, is_current) in settled.items() if is_current), None)


def settle_fetched(connection: Connection, run_id: int) -> set[tuple[str, Scope]]:
    """Settles the groups with several versions, archived ones among them, that stood at addresses for which a night asked:
    what an address gives tonight may be bytes that were read long ago, or no report, so that nothing is read anew. The
    handles of their agencies, and scopes."""
    groups = connection.execute(_FETCHED, {"night": run_id}).all()
    for row in groups:
        settle(connection, (row.agency_id, row.year, row.scope))
    return {(handle_of(row.name, row.place_code), Scope(row.scope)) for row in groups}


def settle_alone(connection: Connection, report_id: int) -> bool:
    """Marks a report that no other can replace: current unless it was retracted, which is what is given."""
    connection.execute(_ALONE, {"report": report_id})
    return bool(connection.execute(_IS_CURRENT, {"report": report_id}).scalar())


def rivals(report_id: int) -> ColumnElement[bool]:
    """The condition that a report is another document for the agency, year and scope of a current one, and stands for it
    with equal right: it was not retracted, is still found at a place, and the current one's title does not say that it
    corrects an earlier edition, unless its own does."""
    this = REPORT.alias("this")
    return exists().where(
        this.c.id == report_id,
        this.c.id != REPORT.c.id,
        *(this.c[name] == REPORT.c[name] for name in ("agency_id", "year", "scope", "corrected")),
        REPORT.c.retracted == 0,
        REPORT.c.id.in_(_PLACED),
    )


def _strength(row: AnyRow) -> tuple[Any, ...]:
    return (
        not row.retracted,
        not row.damaged or 0 < row.cell_count == row.cells_read,
        row.places > 0,
        row.corrected,
        row.cells_read / row.cell_count if row.cell_count else 0.0,
        -row.doubts,
        row.published or "",
        -row.errors,
        row.changed or 0,
        row.sha256,
    )
