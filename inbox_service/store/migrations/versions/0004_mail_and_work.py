"""Messages, receipts and blobs; events and the outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _blobs()
    _messages()
    _provider_threads()
    _address_suppressions()
    _attachments()
    _events()
    _message_ids()
    _outbox()
    _receipts()


def _blobs() -> None:
    op.create_table(
        "blobs",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_blobs_site_id")),
        sa.PrimaryKeyConstraint("site_id", "sha256", name=op.f("pk_blobs")),
    )


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("origin_ticket_id", sa.BigInteger(), nullable=True),
        sa.Column("mailbox_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("author_type", sa.String(length=24), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("author_name", sa.String(length=200), nullable=False),
        sa.Column("author_email", sa.String(length=320), nullable=False),
        sa.Column("recipients", sa.JSON(), nullable=False),
        sa.Column("copied", sa.JSON(), nullable=False),
        sa.Column("reply_to", sa.JSON(), nullable=False),
        sa.Column("subject", sa.String(length=998), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folded_text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("folded_html", sa.Text(), nullable=False),
        sa.Column("remote_images", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("automatic", sa.String(length=16), nullable=True),
        sa.Column("new_person", sa.Boolean(), nullable=False),
        sa.Column("sent_elsewhere", sa.Boolean(), nullable=False),
        sa.Column("rfc_message_id", sa.String(length=998), nullable=False),
        sa.Column("reference_ids", sa.JSON(), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "author_type IN ('customer', 'agent', 'system')", name=op.f("ck_messages_author_type")
        ),
        sa.CheckConstraint("kind IN ('in', 'out', 'note')", name=op.f("ck_messages_kind")),
        sa.ForeignKeyConstraint(
            ["site_id", "mailbox_id"],
            ["mailboxes.site_id", "mailboxes.id"],
            name=op.f("fk_messages_site_id_mailbox_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "origin_ticket_id"],
            ["tickets.site_id", "tickets.id"],
            name=op.f("fk_messages_site_id_origin_ticket_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "ticket_id"],
            ["tickets.site_id", "tickets.id"],
            name=op.f("fk_messages_site_id_ticket_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_messages_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_messages")),
    )
    op.create_index("ix_messages_ticket", "messages", ["site_id", "ticket_id", "id"], unique=False)


def _provider_threads() -> None:
    op.create_table(
        "provider_threads",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("mailbox_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.String(length=255), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "mailbox_id"],
            ["mailboxes.site_id", "mailboxes.id"],
            name=op.f("fk_provider_threads_site_id_mailbox_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "ticket_id"],
            ["tickets.site_id", "tickets.id"],
            name=op.f("fk_provider_threads_site_id_ticket_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_provider_threads_site_id")
        ),
        sa.PrimaryKeyConstraint(
            "site_id", "mailbox_id", "thread_id", "ticket_id", name=op.f("pk_provider_threads")
        ),
    )


def _address_suppressions() -> None:
    op.create_table(
        "address_suppressions",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "message_id"],
            ["messages.site_id", "messages.id"],
            name=op.f("fk_address_suppressions_site_id_message_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_address_suppressions_site_id")
        ),
        sa.PrimaryKeyConstraint("site_id", "email", name=op.f("pk_address_suppressions")),
    )


def _attachments() -> None:
    op.create_table(
        "attachments",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("content_type", sa.String(length=127), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content_id", sa.String(length=255), nullable=False),
        sa.Column("inline", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "message_id"],
            ["messages.site_id", "messages.id"],
            name=op.f("fk_attachments_site_id_message_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_attachments_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_attachments")),
    )
    op.create_index(
        "ix_attachments_message", "attachments", ["site_id", "message_id"], unique=False
    )


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("actor_type", sa.String(length=24), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("ticket_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("inbox_id", sa.BigInteger(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "actor_type IN ('agent', 'customer', 'system')", name=op.f("ck_events_actor_type")
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "inbox_id"],
            ["inboxes.site_id", "inboxes.id"],
            name=op.f("fk_events_site_id_inbox_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "message_id"],
            ["messages.site_id", "messages.id"],
            name=op.f("fk_events_site_id_message_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "ticket_id"],
            ["tickets.site_id", "tickets.id"],
            name=op.f("fk_events_site_id_ticket_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_events_site_id")),
        sa.PrimaryKeyConstraint("site_id", "seq", name=op.f("pk_events")),
    )
    op.create_index("ix_events_ticket", "events", ["site_id", "ticket_id", "seq"], unique=False)


def _message_ids() -> None:
    op.create_table(
        "message_ids",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=32), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "message_id"],
            ["messages.site_id", "messages.id"],
            name=op.f("fk_message_ids_site_id_message_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "ticket_id"],
            ["tickets.site_id", "tickets.id"],
            name=op.f("fk_message_ids_site_id_ticket_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_message_ids_site_id")),
        sa.PrimaryKeyConstraint("site_id", "hash", "message_id", name=op.f("pk_message_ids")),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("mailbox_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("send_key", sa.String(length=64), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.Column("provider_thread_id", sa.String(length=255), nullable=False),
        sa.Column("memo", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("delivering_since", sa.BigInteger(), nullable=True),
        sa.Column("claim_holder", sa.String(length=64), nullable=True),
        sa.Column("claim_until", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("provider_id", sa.String(length=255), nullable=False),
        sa.Column("error", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kind IN ('send')", name=op.f("ck_outbox_kind")),
        sa.CheckConstraint(
            "state IN ('waiting', 'claimed', 'sent', 'failed', 'unsure', 'cancelled')",
            name=op.f("ck_outbox_state"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "mailbox_id"],
            ["mailboxes.site_id", "mailboxes.id"],
            name=op.f("fk_outbox_site_id_mailbox_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "message_id"],
            ["messages.site_id", "messages.id"],
            name=op.f("fk_outbox_site_id_message_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "ticket_id"],
            ["tickets.site_id", "tickets.id"],
            name=op.f("fk_outbox_site_id_ticket_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_outbox_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("site_id", "send_key", name=op.f("uq_outbox_site_id_send_key")),
    )
    op.create_index("ix_outbox_due", "outbox", ["state", "due_at"], unique=False)
    op.create_index("ix_outbox_message", "outbox", ["site_id", "message_id"], unique=False)


def _receipts() -> None:
    op.create_table(
        "receipts",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("mailbox_id", sa.BigInteger(), nullable=False),
        sa.Column("provider_id", sa.String(length=255), nullable=False),
        sa.Column("provider_thread_id", sa.String(length=255), nullable=False),
        sa.Column("message_id_hash", sa.String(length=32), nullable=False),
        sa.Column("reference_hashes", sa.JSON(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("blob", sa.String(length=64), nullable=True),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('ticket', 'reply', 'sent', 'sent_elsewhere', 'auto_reply', 'bounce', 'parked', 'discarded', 'duplicate', 'filtered', 'deleted')",
            name=op.f("ck_receipts_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "mailbox_id"],
            ["mailboxes.site_id", "mailboxes.id"],
            name=op.f("fk_receipts_site_id_mailbox_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "message_id"],
            ["messages.site_id", "messages.id"],
            name=op.f("fk_receipts_site_id_message_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "ticket_id"],
            ["tickets.site_id", "tickets.id"],
            name=op.f("fk_receipts_site_id_ticket_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_receipts_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_receipts")),
        sa.UniqueConstraint(
            "site_id",
            "mailbox_id",
            "provider_id",
            name=op.f("uq_receipts_site_id_mailbox_id_provider_id"),
        ),
    )
    op.create_index(
        "ix_receipts_message_id", "receipts", ["site_id", "message_id_hash"], unique=False
    )
    op.create_index(
        "ix_receipts_outcome", "receipts", ["site_id", "mailbox_id", "outcome"], unique=False
    )
    op.create_index(
        "ix_receipts_thread",
        "receipts",
        ["site_id", "mailbox_id", "provider_thread_id"],
        unique=False,
    )
