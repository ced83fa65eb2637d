"""Senders whose mail goes to spam from now on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "blocked_senders",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=True),
        sa.Column("ticket_id", sa.BigInteger(), nullable=True),
        sa.Column("blocked_at", sa.BigInteger(), nullable=False),
        *(_to(f"{table}_id", f"{table}s") for table in ("agent", "ticket")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_blocked_senders_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_blocked_senders")),
        sa.UniqueConstraint("site_id", "email", name=op.f("uq_blocked_senders_site_id_email")),
    )


def _to(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["site_id", column],
        [f"{table}.site_id", f"{table}.id"],
        name=op.f(f"fk_blocked_senders_site_id_{column}"),
    )
