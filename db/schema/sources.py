"""Files, the versions that read them, and the runs that did."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Index,
    UniqueConstraint,
)

from db.schema.table import column, numbered, table
from db.types import BIG, INTEGER, REAL_NUMBER, TEXT

META = table(
    "meta",
    "What the program notes about the database itself.",
    column(
        "name",
        TEXT,
        "application: whose database this is; dictionary: digest of the indicator dictionary stored.",
        key=True,
    ),
    column("value", TEXT, "The value."),
    rowid=False,
)
VERSION_SET = table(
    "version_set",
    "The versions of the program's parts that made a reading. A reading is stale when they differ from today's.",
    numbered(),
    column("reader", TEXT, "Version of the readers."),
    column("forms", TEXT, "Version of the form files."),
    column("lexicon", TEXT, "Version of the lexicon of the prose."),
    column("rules", TEXT, "Version of the checks."),
    UniqueConstraint("reader", "forms", "lexicon", "rules"),
)
SOURCE = table(
    "source",
    "A file by its contents: equal bytes are one source, wherever they lie.",
    numbered(),
    column("sha256", TEXT, "SHA-256 of the bytes, in hexadecimal."),
    column("size", BIG, "Bytes.", null=True),
    column("name", TEXT, "Name of the file that was read, without its folder.", null=True),
    column("media_type", TEXT, "What the bytes are, as read.", null=True),
    column("page_count", INTEGER, "Pages; 0 in formats without pages.", null=True),
    column("outcome", TEXT, "Outcome of the last reading: ok, partial, not_a_report or failed."),
    column("version_set_id", INTEGER, "Versions of the last reading.", null=True, to="version_set.id"),
    UniqueConstraint("sha256"),
    CheckConstraint("length(sha256) = 64", name="sha256"),
)
LOCATION = table(
    "location",
    "A place where a file was found; unchanged size and time let the next run skip it.",
    numbered(),
    column("path", TEXT, "Path, archive and member, or address."),
    column("size", BIG, "Bytes.", null=True),
    column("mtime_ns", BIG, "Time of the last change, nanoseconds since 1970.", null=True),
    column(
        "source_id",
        INTEGER,
        "The bytes found there last; NULL when they could not be read.",
        null=True,
        to="source.id",
    ),
    column("report_id", INTEGER, "The report found there last.", null=True, to="report.id", ondelete="SET NULL"),
    column("outcome", TEXT, "Outcome of the last visit."),
    column("version_set_id", INTEGER, "Versions of the last visit.", null=True, to="version_set.id"),
    UniqueConstraint("path"),
    Index(None, "source_id"),
    Index(None, "report_id"),
)
RUN = table(
    "run",
    "One run of a command that writes.",
    numbered(),
    column("command", TEXT, "The command as it was given."),
    column("started", TEXT, "Moment of the start, UTC."),
    column("finished", TEXT, "Moment of the end, UTC; NULL while it runs, and after it was killed.", null=True),
    column("interrupted", INTEGER, "1 when a person broke it off."),
    column("skipped", INTEGER, "Files that were unchanged and have no item."),
    column("version_set_id", INTEGER, "Versions of the program.", to="version_set.id"),
)
RUN_ITEM = table(
    "run_item",
    "What became of a file in a run.",
    numbered(),
    column("run_id", INTEGER, "The run.", to="run.id", ondelete="CASCADE"),
    column("location_id", INTEGER, "The place.", to="location.id", ondelete="CASCADE"),
    column("source_id", INTEGER, "The bytes; NULL when they could not be read.", null=True, to="source.id"),
    column(
        "report_id", INTEGER, "The report that it gave or belongs to.", null=True, to="report.id", ondelete="SET NULL"
    ),
    column("outcome", TEXT, "ok, partial, not_a_report, duplicate or failed."),
    column("reason", TEXT, "Why, in a sentence.", null=True),
    column("seconds", REAL_NUMBER, "How long the reading took."),
    column("version_set_id", INTEGER, "Versions that read it.", null=True, to="version_set.id"),
    column("reread", INTEGER, "1 when it replaced an older reading of the same bytes."),
    column("cells_changed", INTEGER, "In how many cells the new reading differs from the older one."),
    Index(None, "run_id"),
    Index(None, "location_id"),
    Index(None, "source_id"),
    Index(None, "report_id"),
    CheckConstraint("outcome IN ('ok', 'partial', 'not_a_report', 'duplicate', 'failed')", name="outcome"),
)
