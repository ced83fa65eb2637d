"""One change to many tickets, in steps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "bulks",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("undoes", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("total", "done", "left_out")),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('running', 'done', 'cancelled')", name=op.f("ck_bulks_state")
        ),
        _to("bulks", "agent_id", "agents"),
        _to("bulks", "undoes", "bulks"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_bulks_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_bulks")),
    )
    op.create_index(
        "ix_bulks_running",
        "bulks",
        ["state", "site_id"],
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )
    _make_items()


def _make_items() -> None:
    op.create_table(
        "bulk_items",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("bulk_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'done', 'left_out')", name=op.f("ck_bulk_items_state")
        ),
        _to("bulk_items", "bulk_id", "bulks"),
        _to("bulk_items", "ticket_id", "tickets"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_bulk_items_site_id")),
        sa.PrimaryKeyConstraint("site_id", "bulk_id", "ticket_id", name=op.f("pk_bulk_items")),
    )
    op.create_index("ix_bulk_items_ticket", "bulk_items", ["site_id", "ticket_id"])


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["site_id", column],
        [f"{other}.site_id", f"{other}.id"],
        name=op.f(f"fk_{table}_site_id_{column}"),
    )
