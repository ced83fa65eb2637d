"""Which version of what the team knows of a customer this is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    version = sa.Column("note_version", sa.Integer(), nullable=False, server_default="1")
    op.add_column("customers", version)
