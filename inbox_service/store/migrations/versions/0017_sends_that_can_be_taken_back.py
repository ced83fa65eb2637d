"""Sends that wait for their time, can be taken back, and say what they wait for."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; of what was sent before, the number of recipients is not known."""
    _add("outbox", "scheduled_at", sa.BigInteger())
    _add("outbox", "claims", sa.Integer(), 0)
    _add("outbox", "recipients", sa.Integer(), 0)
    _add("outbox", "reason", sa.String(length=32), "")
    _add("outbox", "undo", sa.JSON())
    _add("mailboxes", "sends_paused_until", sa.BigInteger())
    _add("sites", "undo_seconds", sa.Integer())
    op.create_index("ix_outbox_settled", "outbox", ["site_id", "mailbox_id", "state", "settled_at"])


def _add(table: str, name: str, kind: sa.types.TypeEngine[Any], default: object = None) -> None:
    column: sa.Column[Any] = sa.Column(name, kind, nullable=default is None)
    if default is not None:
        column = sa.Column(name, kind, nullable=False, server_default=str(default))
    op.add_column(table, column)
