"""The bodies that report, and other spellings of their names."""

from __future__ import annotations

from sqlalchemy import (
    Index,
    UniqueConstraint,
)

from db.schema.table import column, numbered, table
from db.types import INTEGER, TEXT

AGENCY = table(
    "agency",
    "An agency: a normalised name at a place; with the province and city in front, or without, as its first report has "
    "it. Two agencies of one name in two places are two rows; so is the name with an unknown place, because to put it "
    "with one of the others would be a guess. An alias joins them.",
    numbered(),
    column("name", TEXT, "Normalised name."),
    column("place_code", TEXT, "Six-digit code of the administrative division; empty where unknown."),
    column("province", TEXT, "Province, autonomous region or municipality.", null=True),
    column("city", TEXT, "Prefecture-level city.", null=True),
    column("county", TEXT, "County, district or county-level city.", null=True),
    column("level", TEXT, "national, province, city, county or township.", null=True),
    column("field", TEXT, "Field of work (police, education, …).", null=True),
    UniqueConstraint("name", "place_code"),
)
AGENCY_ALIAS = table(
    "agency_alias",
    "Other normalised names under which an agency's reports appear.",
    column("alias", TEXT, "The other name.", key=True),
    column("place_code", TEXT, "Only for reports of this division; empty: for all.", key=True),
    column("agency_id", INTEGER, "The agency meant.", to="agency.id", ondelete="CASCADE"),
    Index(None, "agency_id"),
    rowid=False,
)
