"""Tickets deleted for good, and trashes that are emptied by themselves."""

from __future__ import annotations

import time

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; the days of what is in the trash already are counted from now on."""
    for name in ("trashed_at", "deleted_at"):
        op.add_column("tickets", sa.Column(name, sa.BigInteger(), nullable=True))
    op.add_column("sites", sa.Column("empty_trash_days", sa.Integer(), nullable=True))
    trashed = sa.text("UPDATE tickets SET trashed_at = :now WHERE place = 'trash'")
    op.get_bind().execute(trashed, {"now": time.time_ns() // 1_000_000})
