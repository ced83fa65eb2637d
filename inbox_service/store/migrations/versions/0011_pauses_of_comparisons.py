"""What a comparison of a mailbox had seen before it paused."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; a comparison under way begins again."""
    op.add_column("reconciliations", sa.Column("seen", sa.LargeBinary(), nullable=True))
