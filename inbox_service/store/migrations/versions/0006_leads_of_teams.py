"""Who leads a team, and a version for those who change one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; teams that are there already have no lead."""
    version = sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    op.add_column("teams", version)
    leads: sa.Column[bool] = sa.Column(
        "leads", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("team_members", leads)
