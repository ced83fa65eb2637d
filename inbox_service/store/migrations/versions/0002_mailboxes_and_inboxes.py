"""Mailboxes, the inboxes they feed, and what each sync did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _inboxes()
    _mailboxes()
    _agent_inboxes()
    _forms()
    _inbox_addresses()
    _sync_runs()


def _inboxes() -> None:
    op.create_table(
        "inboxes",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("colour", sa.String(length=7), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "team_id"],
            ["teams.site_id", "teams.id"],
            name=op.f("fk_inboxes_site_id_team_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_inboxes_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_inboxes")),
        sa.UniqueConstraint("site_id", "name", name=op.f("uq_inboxes_site_id_name")),
    )


def _mailboxes() -> None:
    op.create_table(
        "mailboxes",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("config", sa.JSON(), nullable=False),
        sa.Column("credentials", sa.LargeBinary(), nullable=False),
        sa.Column("credentials_version", sa.Integer(), nullable=False),
        sa.Column("oauth_client_id", sa.BigInteger(), nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("plus_addressing", sa.Boolean(), nullable=False),
        sa.Column("depth_days", sa.Integer(), nullable=True),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("live_cursor", sa.Text(), nullable=True),
        sa.Column("live_cursor_at", sa.BigInteger(), nullable=True),
        sa.Column("backfill_cursor", sa.Text(), nullable=True),
        sa.Column("backfill_state", sa.String(length=24), nullable=False),
        sa.Column("backfill_done", sa.BigInteger(), nullable=False),
        sa.Column("backfill_total", sa.BigInteger(), nullable=True),
        sa.Column("retry_refs", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("connected_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("push_until", sa.BigInteger(), nullable=True),
        sa.Column("lease_holder", sa.String(length=64), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "backfill_state IN ('pending', 'running', 'done')",
            name=op.f("ck_mailboxes_backfill_state"),
        ),
        sa.CheckConstraint(
            "state IN ('syncing', 'healthy', 'degraded', 'reauth_needed', 'stopped')",
            name=op.f("ck_mailboxes_state"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "oauth_client_id"],
            ["oauth_clients.site_id", "oauth_clients.id"],
            name=op.f("fk_mailboxes_site_id_oauth_client_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_mailboxes_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_mailboxes")),
        sa.UniqueConstraint(
            "site_id", "kind", "address", name=op.f("uq_mailboxes_site_id_kind_address")
        ),
    )
    op.create_index("ix_mailboxes_due", "mailboxes", ["state", "due_at"], unique=False)


def _agent_inboxes() -> None:
    op.create_table(
        "agent_inboxes",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=False),
        sa.Column("inbox_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "agent_id"],
            ["agents.site_id", "agents.id"],
            name=op.f("fk_agent_inboxes_site_id_agent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "inbox_id"],
            ["inboxes.site_id", "inboxes.id"],
            name=op.f("fk_agent_inboxes_site_id_inbox_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_agent_inboxes_site_id")),
        sa.PrimaryKeyConstraint("site_id", "agent_id", "inbox_id", name=op.f("pk_agent_inboxes")),
    )


def _forms() -> None:
    op.create_table(
        "forms",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("inbox_id", sa.BigInteger(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "inbox_id"],
            ["inboxes.site_id", "inboxes.id"],
            name=op.f("fk_forms_site_id_inbox_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_forms_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_forms")),
    )


def _inbox_addresses() -> None:
    op.create_table(
        "inbox_addresses",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("inbox_id", sa.BigInteger(), nullable=False),
        sa.Column("mailbox_id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "inbox_id"],
            ["inboxes.site_id", "inboxes.id"],
            name=op.f("fk_inbox_addresses_site_id_inbox_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "mailbox_id"],
            ["mailboxes.site_id", "mailboxes.id"],
            name=op.f("fk_inbox_addresses_site_id_mailbox_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_inbox_addresses_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_inbox_addresses")),
        sa.UniqueConstraint("site_id", "email", name=op.f("uq_inbox_addresses_site_id_email")),
    )


def _sync_runs() -> None:
    op.create_table(
        "sync_runs",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("mailbox_id", sa.BigInteger(), nullable=False),
        sa.Column("stream", sa.String(length=24), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.Column("error", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "stream IN ('live', 'backfill', 'reconcile')", name=op.f("ck_sync_runs_stream")
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "mailbox_id"],
            ["mailboxes.site_id", "mailboxes.id"],
            name=op.f("fk_sync_runs_site_id_mailbox_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_sync_runs_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_sync_runs")),
    )
    op.create_index(
        "ix_sync_runs_mailbox", "sync_runs", ["site_id", "mailbox_id", "started_at"], unique=False
    )
