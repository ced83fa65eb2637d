"""Which tickets are snoozed, by when they come back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index the few tickets that are snoozed."""
    snoozed = sa.text("snoozed_until IS NOT NULL")
    op.create_index(
        "ix_tickets_snoozed",
        "tickets",
        ["snoozed_until", "site_id"],
        sqlite_where=snoozed,
        postgresql_where=snoozed,
    )
