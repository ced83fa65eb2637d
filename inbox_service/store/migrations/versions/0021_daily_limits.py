"""How many recipients a day a mailbox may write to, where its manager says so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; without a number the provider's own limit counts."""
    op.add_column("mailboxes", sa.Column("daily_limit", sa.Integer(), nullable=True))
