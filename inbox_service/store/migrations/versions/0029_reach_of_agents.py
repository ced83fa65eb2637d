"""Whether an agent sees every inbox, said by himself: no rows in agent_inboxes say nothing by it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; whoever was limited to some inboxes stays so."""
    op.add_column(
        "agents", sa.Column("sees_all", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    agents = sa.table("agents", sa.column("site_id"), sa.column("id"), sa.column("sees_all"))
    limits = sa.table("agent_inboxes", sa.column("site_id"), sa.column("agent_id"))
    is_limited = sa.exists().where(
        limits.c.site_id == agents.c.site_id, limits.c.agent_id == agents.c.id
    )
    op.execute(agents.update().where(is_limited).values(sees_all=sa.false()))
