"""How mailboxes are looked through: lost cursors, weekly comparisons, pace; archiving at Gmail."""

from __future__ import annotations

import time

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; no mailbox that is there archives by itself."""
    for name in ("gap_cursor", "diff_cursor"):
        op.add_column("mailboxes", sa.Column(name, sa.Text(), nullable=True))
    for name in ("diff_due_at", "rescoped_at", "watched_due_at", "asked_at", "answered_at"):
        op.add_column("mailboxes", sa.Column(name, sa.BigInteger(), nullable=True))
    name, off = "archive_on_solve", sa.false()
    op.add_column("mailboxes", sa.Column(name, sa.Boolean(), nullable=False, server_default=off))
    known = sa.Column("known", sa.Integer(), nullable=False, server_default="0")
    op.add_column("sync_runs", known)
    _spread_comparisons()
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_constraint(op.f("ck_outbox_kind"), type_="check")
        kinds = "kind IN ('send', 'notice', 'archive')"
        outbox.create_check_constraint(op.f("ck_outbox_kind"), kinds)


def _spread_comparisons() -> None:
    # Mailboxes that were read to their end before are compared within a week, not all at once.
    now, week = time.time_ns() // 1_000_000, 7 * 24 * 3600 * 1000
    spread = "UPDATE mailboxes SET diff_due_at = :now + id % :week WHERE backfill_state = 'done'"
    op.execute(sa.text(spread).bindparams(now=now, week=week))
