"""Whose pictures are always shown, and which mails are proven to be from their sender."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; of mail that is here already nothing is claimed to be proven."""
    op.add_column("customer_addresses", sa.Column("images_shown_at", sa.BigInteger()))
    proven: sa.Column[bool] = sa.Column(
        "sender_proven", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("messages", proven)
