"""Agents who want to hear of a ticket that is not theirs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "followers",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        *(_to(f"{table}_id", f"{table}s") for table in ("ticket", "agent")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_followers_site_id")),
        sa.PrimaryKeyConstraint("site_id", "ticket_id", "agent_id", name=op.f("pk_followers")),
    )


def _to(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["site_id", column],
        [f"{table}.site_id", f"{table}.id"],
        name=op.f(f"fk_followers_site_id_{column}"),
    )
