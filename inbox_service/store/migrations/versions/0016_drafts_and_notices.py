"""Drafts that know their version, notices to agents, and acknowledgements."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables. Nothing wrote drafts before, so theirs is made anew.

    What happened until now is told nobody: the look at events begins at the newest.
    """
    op.drop_table("drafts")
    _drafts()
    _noticed_events()
    _notice_settings()
    _pending_notices()
    _notice_mails()
    _acknowledgements()


def _table(name: str, *parts: sa.schema.SchemaItem, key: tuple[str, ...]) -> None:
    op.create_table(
        name,
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        *parts,
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f(f"fk_{name}_site_id")),
        sa.PrimaryKeyConstraint("site_id", *key, name=op.f(f"pk_{name}")),
    )


def _to(name: str, column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["site_id", column],
        [f"{table}.site_id", f"{table}.id"],
        name=op.f(f"fk_{name}_site_id_{column}"),
    )


def _id(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _drafts() -> None:
    _table(
        "drafts",
        _id("agent_id"),
        _id("ticket_id"),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("other", sa.JSON(), nullable=True),
        sa.CheckConstraint("kind IN ('reply', 'note')", name=op.f("ck_drafts_kind")),
        _to("drafts", "agent_id", "agents"),
        _to("drafts", "ticket_id", "tickets"),
        key=("agent_id", "ticket_id", "kind"),
    )


def _noticed_events() -> None:
    _table("noticed_events", _id("seq"), key=())
    op.execute("INSERT INTO noticed_events (site_id, seq) SELECT id, last_seq FROM sites")


def _notice_settings() -> None:
    _table(
        "notice_settings",
        _id("agent_id"),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("with_text", sa.Boolean(), nullable=False),
        sa.Column("bounced_email", sa.String(length=320), nullable=False),
        sa.Column("bounce", sa.String(length=500), nullable=False),
        _id("bounced_at", nullable=True),
        _to("notice_settings", "agent_id", "agents"),
        key=("agent_id",),
    )


def _pending_notices() -> None:
    kinds = "kind IN ('opened', 'assigned', 'mentioned', 'answered')"
    _table(
        "pending_notices",
        _id("id"),
        _id("agent_id"),
        _id("ticket_id"),
        _id("message_id", nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        _id("at"),
        sa.CheckConstraint(kinds, name=op.f("ck_pending_notices_kind")),
        _to("pending_notices", "agent_id", "agents"),
        _to("pending_notices", "ticket_id", "tickets"),
        _to("pending_notices", "message_id", "messages"),
        key=("id",),
    )
    op.create_index("ix_pending_notices_agent", "pending_notices", ["site_id", "agent_id"])


def _notice_mails() -> None:
    _table(
        "notice_mails",
        sa.Column("hash", sa.String(length=32), nullable=False),
        _id("outbox_id"),
        _id("agent_id"),
        _id("ticket_id", nullable=True),
        sa.Column("email", sa.String(length=320), nullable=False),
        _id("sent_at"),
        _to("notice_mails", "outbox_id", "outbox"),
        _to("notice_mails", "agent_id", "agents"),
        _to("notice_mails", "ticket_id", "tickets"),
        key=("hash",),
    )


def _acknowledgements() -> None:
    _table(
        "acknowledgements",
        _id("inbox_id"),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        _to("acknowledgements", "inbox_id", "inboxes"),
        key=("inbox_id",),
    )
