"""Full-text search over the sections, and views of the facts."""

from __future__ import annotations

from alembic import op

from db import search

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

VIEWS = "706e534e877ecac9"
"""Digest of the views that go with this revision."""


def upgrade() -> None:
    """Makes the index of the sections, filled with the reports that are stored."""
    search.create(op.get_bind())
