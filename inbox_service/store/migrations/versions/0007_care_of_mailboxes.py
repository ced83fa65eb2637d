"""Comparisons of mailboxes with their providers, and mailboxes that stopped being read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _reconciliations()
    _incidents()


def _reconciliations() -> None:
    op.create_table(
        "reconciliations",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("mailbox_id", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.Column("tally", sa.JSON(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("error", sa.String(length=500), nullable=False),
        sa.Column("claim_holder", sa.String(length=64), nullable=True),
        sa.Column("claim_until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site_id", "mailbox_id"],
            ["mailboxes.site_id", "mailboxes.id"],
            name=op.f("fk_reconciliations_site_id_mailbox_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_reconciliations_site_id")),
        sa.PrimaryKeyConstraint("site_id", "mailbox_id", name=op.f("pk_reconciliations")),
    )
    op.create_index("ix_reconciliations_due", "reconciliations", ["due_at"], unique=False)


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("mailbox_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("recovery_told_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('degraded', 'reauth_needed', 'stopped')", name=op.f("ck_incidents_state")
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "mailbox_id"],
            ["mailboxes.site_id", "mailboxes.id"],
            name=op.f("fk_incidents_site_id_mailbox_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_incidents_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_incidents")),
        sa.UniqueConstraint(
            "site_id",
            "mailbox_id",
            "began_at",
            name=op.f("uq_incidents_site_id_mailbox_id_began_at"),
        ),
    )
    op.create_index("ix_incidents_ended", "incidents", ["site_id", "ended_at"], unique=False)
