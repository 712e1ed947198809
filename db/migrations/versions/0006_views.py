"""Sums over nothing but blanks are NULL, money of unknown unit is not compared, figures bear place and findings; the view of files."""

from __future__ import annotations

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

VIEWS = "2af3425e97cb624b"
"""Digest of the views that go with this revision."""


def upgrade() -> None:
    """Nothing: the views are made anew after each migration."""
