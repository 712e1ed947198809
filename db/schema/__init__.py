"""Every table of the database, each column with its comment: the one source of the data dictionary.

Values that can only be 0 or 1 are integers, days and moments are ISO 8601 text (UTC), and closed sets are their
words, so that the same SQL reads every database; only ``cell.state`` is a number, because there are hundreds of
millions of them. Parts of a report are keyed by the report and their position in it and vanish with it.
"""

from __future__ import annotations

from db.schema.agencies import AGENCY, AGENCY_ALIAS
from db.schema.corrections import CELL_CORRECTION, CORRECTION, CORRECTION_FILE
from db.schema.crawl import ALARM, FETCH, JUDGEMENT, VISIT
from db.schema.indicators import FORMULA, FORMULA_TERM, INDICATOR, INDICATOR_EDITION, INDICATOR_TERM
from db.schema.reports import (
    CELL,
    CELL_CHANGE,
    CELL_EVIDENCE,
    FACT,
    FINDING,
    FINDING_PLACE,
    NOTE,
    REPORT,
    REPORT_TEXT,
    SECTION,
    SENTENCE,
    WITNESS,
)
from db.schema.sources import LOCATION, META, RUN, RUN_ITEM, SOURCE, VERSION_SET
from db.schema.table import METADATA

INTERNAL = frozenset({"meta", "alembic_version"})
"""Tables that an export leaves out."""

__all__ = [
    "AGENCY",
    "AGENCY_ALIAS",
    "ALARM",
    "CELL",
    "CELL_CHANGE",
    "CELL_CORRECTION",
    "CELL_EVIDENCE",
    "CORRECTION",
    "CORRECTION_FILE",
    "FACT",
    "FETCH",
    "FINDING",
    "FINDING_PLACE",
    "FORMULA",
    "FORMULA_TERM",
    "INDICATOR",
    "INDICATOR_EDITION",
    "INDICATOR_TERM",
    "INTERNAL",
    "JUDGEMENT",
    "LOCATION",
    "META",
    "METADATA",
    "NOTE",
    "REPORT",
    "REPORT_TEXT",
    "RUN",
    "RUN_ITEM",
    "SECTION",
    "SENTENCE",
    "SOURCE",
    "VERSION_SET",
    "VISIT",
    "WITNESS",
]
