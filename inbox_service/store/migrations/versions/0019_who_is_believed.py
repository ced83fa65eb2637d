"""Which mails count as coming from their author, and which tickets went into another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of mail that is here already it is not known, and it stays where it is."""
    merged = sa.text("merged_into IS NOT NULL")
    op.create_index(
        "ix_tickets_merged",
        "tickets",
        ["site_id", "merged_into"],
        sqlite_where=merged,
        postgresql_where=merged,
    )
    op.add_column("messages", sa.Column("believed", sa.Boolean(), nullable=True))
