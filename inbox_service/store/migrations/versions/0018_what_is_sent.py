"""What is sent: blind copies, what a message forwards, agents' signatures, uploaded files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and make the table."""
    blind = sa.Column("blind_copied", sa.JSON(), nullable=False, server_default="[]")
    op.add_column("messages", blind)
    op.add_column("messages", sa.Column("forwards_id", sa.BigInteger(), nullable=True))
    op.add_column("agents", sa.Column("signature", sa.Text(), nullable=False, server_default=""))
    _uploads()


def _uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("content_type", sa.String(length=127), nullable=False),
        sa.Column("content_id", sa.String(length=255), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("pieces", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        *(_to(f"{table}_id", f"{table}s") for table in ("agent", "ticket", "message")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_uploads_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_uploads")),
    )
    op.create_index("ix_uploads_ticket", "uploads", ["site_id", "ticket_id", "agent_id"])
    op.create_index("ix_uploads_message", "uploads", ["site_id", "message_id"])


def _to(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["site_id", column],
        [f"{table}.site_id", f"{table}.id"],
        name=op.f(f"fk_uploads_site_id_{column}"),
    )
