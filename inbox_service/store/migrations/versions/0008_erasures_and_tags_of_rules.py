"""Tags that rules put on tickets, and what the erasure of a customer leaves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and make the tables; the rules that are there put no tags on."""
    tags = sa.Column("adds_tags", sa.JSON(), nullable=False, server_default="[]")
    op.add_column("routing_rules", tags)
    for table in ("customers", "messages", "tickets"):
        op.add_column(table, sa.Column("erased_at", sa.BigInteger(), nullable=True))
    _erasures()
    _erased_blobs()


def _erasures() -> None:
    op.create_table(
        "erasures",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("step", sa.String(length=24), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "step IN ('tickets', 'letters', 'person')", name=op.f("ck_erasures_step")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_erasures_site_id")),
        sa.PrimaryKeyConstraint("site_id", "email_hash", name=op.f("pk_erasures")),
    )


def _erased_blobs() -> None:
    op.create_table(
        "erased_blobs",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("erased_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_erased_blobs_site_id")),
        sa.PrimaryKeyConstraint("site_id", "sha256", name=op.f("pk_erased_blobs")),
    )
