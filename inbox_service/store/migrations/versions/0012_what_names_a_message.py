"""Indexes by which an erasure finds the receipts and outbox rows of a message or ticket."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes."""
    linked = sa.text("message_id IS NOT NULL")
    op.create_index(
        "ix_receipts_message",
        "receipts",
        ["site_id", "message_id"],
        sqlite_where=linked,
        postgresql_where=linked,
    )
    op.create_index("ix_outbox_ticket", "outbox", ["site_id", "ticket_id"])
