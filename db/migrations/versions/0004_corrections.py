# ruff: noqa: E501 (comments of columns stand in one line)
"""Corrections: what people say of cells, and the files in which they say it; the views show both readings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import INTEGER, TEXT, Figure

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

VIEWS = "44cc274a8e473bbe"
"""Digest of the views that go with this revision."""


def upgrade() -> None:
    """Makes the two tables."""
    op.create_table(
        "correction_file",
        sa.Column("id", INTEGER, nullable=False, comment="Number of the row."),
        sa.Column("path", TEXT, nullable=False, comment="Its path."),
        sa.Column("sha256", TEXT, nullable=False, comment="SHA-256 of its bytes."),
        sa.Column("read", TEXT, nullable=False, comment="Moment of that, UTC."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_file")),
        sa.UniqueConstraint("path", name=op.f("uq_correction_file_path")),
        comment="A file of corrections, as it was when it last changed.",
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_table(
        "correction",
        sa.Column("id", INTEGER, nullable=False, comment="Number of the row."),
        sa.Column(
            "sha256",
            TEXT,
            nullable=False,
            comment="SHA-256 of the document's bytes; the document need not be stored yet.",
        ),
        sa.Column("indicator_id", INTEGER, nullable=False, comment="The quantity."),
        sa.Column(
            "verdict",
            TEXT,
            nullable=False,
            comment="confirmed: read right; corrected: misread; agency_error: read right, and the page is wrong.",
        ),
        sa.Column("state", INTEGER, nullable=False, comment="State by the person's eyes, as in cell."),
        sa.Column(
            "value", Figure(), nullable=True, comment="Figure by the person's eyes; NULL in every state but number."
        ),
        sa.Column(
            "printed",
            TEXT,
            nullable=False,
            comment="What the page prints, to the letter, where it was noted; else empty.",
        ),
        sa.Column("who", TEXT, nullable=False, comment="Who said so."),
        sa.Column("decided", TEXT, nullable=False, comment="Day on which they said so (YYYY-MM-DD)."),
        sa.Column("why", TEXT, nullable=False, comment="Why."),
        sa.Column("file_id", INTEGER, nullable=False, comment="The file of corrections that holds it."),
        sa.Column("added", TEXT, nullable=False, comment="Moment of the storing, UTC."),
        sa.Column(
            "withdrawn",
            TEXT,
            nullable=True,
            comment="Moment when its file no longer held it, UTC; NULL while it does.",
        ),
        sa.CheckConstraint(
            "verdict IN ('confirmed', 'corrected', 'agency_error')", name=op.f("ck_correction_verdict")
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_correction_sha256")),
        sa.CheckConstraint(
            "state BETWEEN 0 AND 4 AND (state = 0) = (value IS NOT NULL)", name=op.f("ck_correction_value")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["correction_file.id"], name=op.f("fk_correction_file_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_correction_indicator_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        comment="What people say of cells after a look at the page: a layer of its own, bound to the document's bytes. The cell stays as it was read. Of a document's cell at most one correction is in force (withdrawn is NULL); former ones stay.",
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(op.f("ix_correction_file_id"), "correction", ["file_id"], unique=False)
    op.create_index(op.f("ix_correction_indicator_id"), "correction", ["indicator_id"], unique=False)
    op.create_index(
        "ix_correction_one_in_force",
        "correction",
        ["sha256", "indicator_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn IS NULL"),
        postgresql_where=sa.text("withdrawn IS NULL"),
    )
