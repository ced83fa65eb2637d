"""What a message says beyond its words: a bounce's reason, an invitation, a signature."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("messages", sa.Column("particulars", sa.JSON(), nullable=True))
