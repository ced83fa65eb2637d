"""Who renews a mailbox's credentials, so that nobody else does."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody renews just now."""
    op.add_column("mailboxes", sa.Column("renewing_until", sa.BigInteger(), nullable=True))
