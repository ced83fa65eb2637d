"""What agents write again and again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "saved_replies",
        _number("site_id", nullable=False),
        _number("id", nullable=False),
        _number("agent_id"),
        _number("team_id"),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("shortcut", sa.String(length=40), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        _number("last_used_at"),
        sa.Column("version", sa.Integer(), nullable=False),
        _number("created_at", nullable=False),
        _number("removed_at"),
        *(_to(f"{table}_id", f"{table}s") for table in ("agent", "team")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_saved_replies_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_saved_replies")),
    )
    op.create_index("ix_saved_replies_agent", "saved_replies", ["site_id", "agent_id"])


def _number(name: str, *, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _to(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["site_id", column],
        [f"{table}.site_id", f"{table}.id"],
        name=op.f(f"fk_saved_replies_site_id_{column}"),
    )
