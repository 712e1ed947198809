"""Views that find what they are asked for: filters reach the reports, and what is not asked for is not worked out."""

from __future__ import annotations

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

VIEWS = "ce6fefd49a8bdd50"
"""Digest of the views that go with this revision."""


def upgrade() -> None:
    """Nothing: the views are made anew after each migration."""
