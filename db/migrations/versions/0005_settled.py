"""Findings know what people's corrections made of them; every view shows the figure that counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import INTEGER, TEXT, Figure

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

VIEWS = "66cd12eabda15160"
"""Digest of the views that go with this revision."""


def upgrade() -> None:
    """Adds the mark and the table; both are filled when the database is opened, by the rules that the program then has."""
    comment = (
        "confirmed: people looked at each of its cells, and it stands; resolved: with the figures that they saw it is "
        "gone; NULL: open."
    )
    op.create_table(
        "cell_correction",
        sa.Column("report_id", INTEGER, nullable=False, comment="The report."),
        sa.Column("indicator_id", INTEGER, nullable=False, comment="The quantity."),
        sa.Column("state", INTEGER, nullable=False, comment="State by the person's eyes, as in cell."),
        sa.Column(
            "value", Figure(), nullable=True, comment="Figure by the person's eyes; NULL in every state but number."
        ),
        sa.Column("verdict", TEXT, nullable=False, comment="confirmed, corrected or agency_error, as in correction."),
        sa.Column(
            "replaces",
            INTEGER,
            nullable=False,
            comment="1 when it is another figure than the one that was read; 0 when it is the same.",
        ),
        sa.ForeignKeyConstraint(
            ["report_id", "indicator_id"],
            ["cell.report_id", "cell.indicator_id"],
            name=op.f("fk_cell_correction_report_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("report_id", "indicator_id", name=op.f("pk_cell_correction")),
        comment="The corrections that are in force at the cells of stored reports: made from correction, by report, for the views.",
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.add_column("finding", sa.Column("settled", TEXT, nullable=True, comment=comment))
