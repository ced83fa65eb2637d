"""By which ids mail that found no ticket may still find one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

# As `store.receipts.WAITING` says it when this was made.
_WAITING = (
    "own mail that belongs to no ticket yet",
    "bounce of a mail that the desk did not send",
    "automatic reply that belongs to no ticket",
)
_AT_ONCE = 1000


def upgrade() -> None:
    """Make the table, and fill it for the mail that waits already."""
    op.create_table(
        "waiting_ids",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=32), nullable=False),
        sa.Column("receipt_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_waiting_ids_site_id")),
        sa.ForeignKeyConstraint(
            ["site_id", "receipt_id"],
            ["receipts.site_id", "receipts.id"],
            name=op.f("fk_waiting_ids_site_id_receipt_id"),
        ),
        sa.PrimaryKeyConstraint("site_id", "hash", "receipt_id", name=op.f("pk_waiting_ids")),
    )
    _fill()


def _fill() -> None:
    receipts = sa.table(
        "receipts",
        *(sa.column(name) for name in ("site_id", "id", "reason", "message_id_hash")),
        sa.column("reference_hashes", sa.JSON),
    )
    table = sa.table("waiting_ids", *map(sa.column, ("site_id", "hash", "receipt_id")))
    bind = op.get_bind()
    waiting = bind.execute(sa.select(receipts).where(receipts.c.reason.in_(_WAITING)))
    for rows in waiting.partitions(_AT_ONCE):
        keys = [
            {"site_id": row.site_id, "hash": one, "receipt_id": row.id}
            for row in rows
            for one in sorted({row.message_id_hash, *row.reference_hashes} - {""})
        ]
        if keys:
            bind.execute(table.insert(), keys)
