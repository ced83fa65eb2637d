"""Receipts: one row for every provider message in scope, whatever became of it. And blobs."""

from sqlalchemy import JSON, BigInteger, Column, Index, String, UniqueConstraint

from .base import choice, moment, reference, site_table

OUTCOMES = (
    "ticket",
    "reply",
    "sent",
    "sent_elsewhere",
    "auto_reply",
    "bounce",
    "parked",
    "discarded",
    "duplicate",
    "filtered",
    "deleted",
)

receipts = site_table(
    "receipts",
    *reference("mailbox_id", "mailboxes"),
    Column("provider_id", String(255), nullable=False),
    Column("provider_thread_id", String(255), nullable=False, default=""),
    Column("message_id_hash", String(32), nullable=False, default=""),
    Column("reference_hashes", JSON, nullable=False, default=list),
    Column("labels", JSON, nullable=False, default=list),
    *choice("outcome", *OUTCOMES),
    Column("reason", String(500), nullable=False, default=""),
    *reference("ticket_id", "tickets", optional=True),
    *reference("message_id", "messages", optional=True),
    Column("blob", String(64), nullable=True),
    moment("received_at"),
    moment("created_at"),
    UniqueConstraint("site_id", "mailbox_id", "provider_id"),
)
Index("ix_receipts_outcome", receipts.c.site_id, receipts.c.mailbox_id, receipts.c.outcome)
Index(
    "ix_receipts_thread",
    receipts.c.site_id,
    receipts.c.mailbox_id,
    receipts.c.provider_thread_id,
)
# Most receipts of a mailbox with history belong to no message.
_linked = receipts.c.message_id.is_not(None)
Index(
    "ix_receipts_message",
    receipts.c.site_id,
    receipts.c.message_id,
    sqlite_where=_linked,
    postgresql_where=_linked,
)
Index("ix_receipts_message_id", receipts.c.site_id, receipts.c.message_id_hash)

# By which ids a mail that found no ticket may still find one: its own, and those it names.
waiting_ids = site_table(
    "waiting_ids",
    Column("hash", String(32), nullable=False),
    *reference("receipt_id", "receipts"),
    key=("hash", "receipt_id"),
)

blobs = site_table(
    "blobs",
    Column("sha256", String(64), nullable=False),
    Column("size", BigInteger, nullable=False),
    moment("created_at"),
    key=("sha256",),
)
