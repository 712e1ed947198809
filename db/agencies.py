"""Who is who: reports find their agency by normalised name and place, other spellings by alias.

Names that differ only in the province and the city in front (绥德县教育局, 陕西省榆林市绥德县教育局) are one agency where
their place is the same; it is called as its first report calls it. A name whose place is not known stays apart from
the same name at a known place. It would be tempting to join them, but it is exactly the names that many places have
(鼓楼区公安局) whose place a document may leave open; an alias, given by a person, joins them.
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from db.currency import settle
from db.inserts import insert_one
from db.records import Agency
from db.schema import AGENCY, AGENCY_ALIAS, REPORT
from db.types import AnyRow, AnySelect
from parsers.errors import BadInput
from parsers.gazetteer import name_within, place_of
from parsers.report import Identity, Place

_NAMED = select(AGENCY).where(AGENCY.c.name == bindparam("of_name"), AGENCY.c.place_code == bindparam("code"))
_OF_PLACE = select(AGENCY).where(AGENCY.c.place_code == bindparam("code")).order_by(AGENCY.c.id)
_ALIASES = (
    select(AGENCY_ALIAS.c.place_code, AGENCY.c.id, AGENCY.c.place_code.label("home"))
    .join(AGENCY, AGENCY.c.id == AGENCY_ALIAS.c.agency_id)
    .where(
        AGENCY_ALIAS.c.alias == bindparam("name"),
        (AGENCY_ALIAS.c.place_code == bindparam("code")) | (AGENCY_ALIAS.c.place_code == ""),
    )
    .order_by(AGENCY_ALIAS.c.place_code.desc())
)

MOST_ASKED_FOR = 500
"""Agencies whose aliases are asked for by number, as SQLite takes some thousand parameters; of more, all aliases are read."""


def agency_of(connection: Connection, identity: Identity) -> int | None:
    """The agency of a report, made when it is new; None when the report names none.

    What the reading knows of level, field and place is noted with the agency, unless it came by an alias.
    """
    name = identity.agency_normalised
    if not name:
        return None
    code = identity.place.code or ""
    found = _by_alias(connection, name, code)
    if found is not None:
        return found
    known = {
        "province": identity.place.province,
        "city": identity.place.city,
        "county": identity.place.county,
        "level": identity.level,
        "field": identity.field,
    }
    row = connection.execute(_NAMED, {"of_name": name, "code": code}).first()
    if row is None:
        row = _same_within_place(connection, name, identity.place)
    if row is None:
        return insert_one(connection, AGENCY, {"name": name, "place_code": code, **known})
    news = {column: value for column, value in known.items() if value and value != row._mapping[AGENCY.c[column]]}
    if news:
        connection.execute(update(AGENCY).where(AGENCY.c.id == row.id).values(news))
    return int(row.id)


def _same_within_place(connection: Connection, name: str, place: Place) -> AnyRow | None:
    """The agency of a place whose name differs from this one only in the divisions in front."""
    if not place.code:
        return None
    within = name_within(name, place)
    rows = connection.execute(_OF_PLACE, {"code": place.code})
    return next((row for row in rows if name_within(row.name, place) == within), None)


def _by_alias(connection: Connection, name: str, code: str) -> int | None:
    """The agency that an alias gives to a name at a place.

    An alias for that very place counts first; one for no place in particular counts when the report's place, or the
    agency's, is not known, or they are the same.
    """
    rows = connection.execute(_ALIASES, {"name": name, "code": code}).all()
    for row in rows:
        if (row.place_code and row.place_code == code) or "" in (code, row.home) or row.home == code:
            return int(row.id)
    return None


def find(connection: Connection, name: str) -> Agency:
    """The agency with this name, alias or handle (``name@code``), with or without the province and city in front; raises
    BadInput when there is not exactly one."""
    bare, at, code = name.strip().partition("@")
    named = AGENCY.c.name == bare
    aliased = AGENCY.c.id.in_(select(AGENCY_ALIAS.c.agency_id).where(AGENCY_ALIAS.c.alias == bare))
    condition = named & (AGENCY.c.place_code == code) if at else named | aliased
    found = _agencies(connection, selected().where(condition))
    if len(found) == 1:
        return found[0]
    if found:
        raise BadInput(
            f"{len(found)} agencies are called {bare}: "
            + ", ".join(f"{agency.handle} ({_address(agency.place)})" for agency in found)
            + "; name one of them with its code"
        )
    same = _same_within_place(connection, bare, place_of(bare)[0])
    if same is not None:
        return _agencies(connection, selected().where(AGENCY.c.id == same.id))[0]
    names = connection.execute(select(AGENCY.c.name).distinct()).scalars().all()
    near = [str(match[0]) for match in process.extract(bare, names, limit=3, score_cutoff=50)]
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    raise BadInput(f"no report of an agency called {name}{hint}")


def selected() -> AnySelect:
    """A selection of agencies with the number and the years of their current reports."""
    joined = (REPORT.c.agency_id == AGENCY.c.id) & (REPORT.c.is_current == 1)
    return (
        select(
            AGENCY,
            func.count(REPORT.c.id).label("reports"),
            func.min(REPORT.c.year).label("first_year"),
            func.max(REPORT.c.year).label("last_year"),
        )
        .join(REPORT, joined, isouter=True)
        .group_by(AGENCY.c.id)
        .order_by(AGENCY.c.name, AGENCY.c.place_code)
    )


def listed(connection: Connection, containing: str) -> list[Agency]:
    """Agencies that have reports and whose name contains the text."""
    has_reports = AGENCY.c.id.in_(select(REPORT.c.agency_id))
    return _agencies(connection, selected().where(AGENCY.c.name.contains(containing, autoescape=True), has_reports))


def _agencies(connection: Connection, wanted: AnySelect) -> list[Agency]:
    rows = connection.execute(wanted).all()
    aliases: dict[int, list[str]] = {row.id: [] for row in rows}
    if len(rows) <= MOST_ASKED_FOR:
        which = AGENCY_ALIAS.c.agency_id.in_(list(aliases))
    else:
        which = AGENCY_ALIAS.c.agency_id.is_not(None)
    for alias, agency_id in connection.execute(
        select(AGENCY_ALIAS.c.alias, AGENCY_ALIAS.c.agency_id).where(which).order_by(AGENCY_ALIAS.c.alias)
    ):
        aliases.get(agency_id, []).append(alias)
    return [
        Agency(
            id=row.id,
            name=row.name,
            place=Place(row.place_code or None, row.province, row.city, row.county),
            level=row.level,
            field=row.field,
            reports=row.reports,
            first_year=row.first_year,
            last_year=row.last_year,
            aliases=tuple(dict.fromkeys(aliases[row.id])),
        )
        for row in rows
    ]


def add_alias(connection: Connection, alias: str, agency: str, place_code: str) -> int:
    """Notes an alias and moves the reports that stand under it; the number of reports moved."""
    target = find(connection, agency)
    alias = alias.strip()
    if not alias or (alias == target.name and place_code == (target.place.code or "")):
        raise BadInput(f"{alias or 'an empty name'} is no other name of {target.handle}")
    same = (AGENCY_ALIAS.c.alias == alias) & (AGENCY_ALIAS.c.place_code == place_code)
    connection.execute(delete(AGENCY_ALIAS).where(same))
    connection.execute(insert(AGENCY_ALIAS).values(alias=alias, place_code=place_code, agency_id=target.id))
    names = {alias} | _inherit(connection, alias, target.id)
    rows = connection.execute(
        select(REPORT.c.id, REPORT.c.agency_id, REPORT.c.agency_normalised, REPORT.c.place_code).where(
            REPORT.c.agency_normalised.in_(names)
        )
    ).all()
    moved = {
        row.id: (row.agency_id, new)
        for row in rows
        if (new := _by_alias(connection, row.agency_normalised, row.place_code or "")) is not None
        and new != row.agency_id
    }
    for report_id, (_, new) in moved.items():
        connection.execute(update(REPORT).where(REPORT.c.id == report_id).values(agency_id=new, is_current=0))
    old = {old for old, _ in moved.values() if old is not None}
    settle_agencies(connection, old | {new for _, new in moved.values()})
    _retire(connection, old)
    return len(moved)


def settle_agencies(connection: Connection, agency_ids: Iterable[int]) -> None:
    """Settles every year and scope of these agencies."""
    groups = select(REPORT.c.agency_id, REPORT.c.year, REPORT.c.scope).distinct()
    for row in connection.execute(groups.where(REPORT.c.agency_id.in_(list(agency_ids)))).all():
        settle(connection, (row.agency_id, row.year, row.scope))


def _inherit(connection: Connection, alias: str, successor: int) -> set[str]:
    """Gives the successor the aliases of the agencies that the new alias names, and returns these aliases."""
    named = connection.execute(select(AGENCY).where(AGENCY.c.name == alias, AGENCY.c.id != successor)).all()
    old = [row.id for row in named if _by_alias(connection, alias, row.place_code) == successor]
    theirs = AGENCY_ALIAS.c.agency_id.in_(old)
    names = set(connection.execute(select(AGENCY_ALIAS.c.alias).where(theirs)).scalars())
    connection.execute(update(AGENCY_ALIAS).where(theirs).values(agency_id=successor))
    return names


def _retire(connection: Connection, agency_ids: Iterable[int]) -> None:
    """Removes agencies that have no report and no alias left."""
    for agency_id in agency_ids:
        reports = connection.execute(select(REPORT.c.id).where(REPORT.c.agency_id == agency_id).limit(1)).first()
        alias = connection.execute(select(AGENCY_ALIAS).where(AGENCY_ALIAS.c.agency_id == agency_id)).first()
        if reports is None and alias is None:
            connection.execute(delete(AGENCY).where(AGENCY.c.id == agency_id))


def _address(place: Place) -> str:
    return " ".join(part for part in (place.province, place.city, place.county) if part) or "place not known"
