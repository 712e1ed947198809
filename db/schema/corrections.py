"""What people say of figures, and where that was applied."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)

from db.schema.table import column, numbered, table
from db.types import INTEGER, TEXT, Figure

CORRECTION_FILE = table(
    "correction_file",
    "A file of corrections, as it was when it last changed.",
    numbered(),
    column("path", TEXT, "Its path."),
    column("sha256", TEXT, "SHA-256 of its bytes."),
    column("read", TEXT, "Moment of that, UTC."),
    UniqueConstraint("path"),
)
CORRECTION = table(
    "correction",
    "What people say of cells after a look at the page: a layer of its own, bound to the document's bytes. The cell stays "
    "as it was read. Of a document's cell at most one correction is in force (withdrawn is NULL); former ones stay.",
    numbered(),
    column("sha256", TEXT, "SHA-256 of the document's bytes; the document need not be stored yet."),
    column("indicator_id", INTEGER, "The quantity.", to="indicator.id"),
    column(
        "verdict",
        TEXT,
        "confirmed: read right; corrected: misread; agency_error: read right, and the page is wrong.",
    ),
    column("state", INTEGER, "State by the person's eyes, as in cell."),
    column("value", Figure(), "Figure by the person's eyes; NULL in every state but number.", null=True),
    column("printed", TEXT, "What the page prints, to the letter, where it was noted; else empty."),
    column("who", TEXT, "Who said so."),
    column("decided", TEXT, "Day on which they said so (YYYY-MM-DD)."),
    column("why", TEXT, "Why."),
    column("file_id", INTEGER, "The file of corrections that holds it.", to="correction_file.id"),
    column("added", TEXT, "Moment of the storing, UTC."),
    column("withdrawn", TEXT, "Moment when its file no longer held it, UTC; NULL while it does.", null=True),
    Index(
        "ix_correction_one_in_force",
        "sha256",
        "indicator_id",
        unique=True,
        sqlite_where=text("withdrawn IS NULL"),
        postgresql_where=text("withdrawn IS NULL"),
    ),
    Index(None, "indicator_id"),
    Index(None, "file_id"),
    CheckConstraint("state BETWEEN 0 AND 4 AND (state = 0) = (value IS NOT NULL)", name="value"),
    CheckConstraint("verdict IN ('confirmed', 'corrected', 'agency_error')", name="verdict"),
    CheckConstraint("length(sha256) = 64", name="sha256"),
)
CELL_CORRECTION = table(
    "cell_correction",
    "The corrections that are in force at the cells of stored reports: made from correction, by report, for the views.",
    column("report_id", INTEGER, "The report.", key=True),
    column("indicator_id", INTEGER, "The quantity.", key=True),
    column("state", INTEGER, "State by the person's eyes, as in cell."),
    column("value", Figure(), "Figure by the person's eyes; NULL in every state but number.", null=True),
    column("verdict", TEXT, "confirmed, corrected or agency_error, as in correction."),
    column("replaces", INTEGER, "1 when it is another figure than the one that was read; 0 when it is the same."),
    ForeignKeyConstraint(["report_id", "indicator_id"], ["cell.report_id", "cell.indicator_id"], ondelete="CASCADE"),
    rowid=False,
)
