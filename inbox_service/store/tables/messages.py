"""Messages, their attachments, and the keys by which later mail finds its ticket."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Text,
)

from .base import choice, moment, reference, site_table

messages = site_table(
    "messages",
    *reference("ticket_id", "tickets"),
    *reference("origin_ticket_id", "tickets", optional=True),
    *reference("mailbox_id", "mailboxes", optional=True),
    *choice("kind", "in", "out", "note"),
    *choice("author_type", "customer", "agent", "system"),
    Column("author_id", BigInteger, nullable=True),
    Column("author_name", String(200), nullable=False, default=""),
    Column("author_email", String(320), nullable=False, default=""),
    Column("recipients", JSON, nullable=False, default=list),
    Column("copied", JSON, nullable=False, default=list),
    Column("reply_to", JSON, nullable=False, default=list),
    Column("blind_copied", JSON, nullable=False, default=list),
    Column("subject", String(998), nullable=False, default=""),
    Column("text", Text, nullable=False, default=""),
    Column("folded_text", Text, nullable=False, default=""),
    Column("html", Text, nullable=False, default=""),
    Column("folded_html", Text, nullable=False, default=""),
    Column("remote_images", Integer, nullable=False, default=0),
    Column("direction", String(3), nullable=False, default="ltr"),
    Column("automatic", String(16), nullable=True),
    Column("particulars", JSON(none_as_null=True), nullable=True),
    Column("new_person", Boolean, nullable=False, default=False),
    # Whether the provider proved the author's address when the mail came: whatever answers him by
    # itself or loads his pictures asks for that.
    Column("sender_proven", Boolean, nullable=False, default=False),
    # Whether it counts as coming from its author, and so may lead other mail by what it answers.
    # That is more than proven mail: also what nobody examined, and what our side sent. None where
    # nobody asked: notes, replies of the desk, mail from before this was kept.
    Column("believed", Boolean, nullable=True),
    Column("sent_elsewhere", Boolean, nullable=False, default=False),
    Column("rfc_message_id", String(998), nullable=False, default=""),
    Column("reference_ids", JSON, nullable=False, default=list),
    Column("blob", String(64), nullable=True),
    # The message that this one passes on to somebody else; it answers nobody.
    Column("forwards_id", BigInteger, nullable=True),
    moment("sent_at"),
    moment("created_at"),
    # Messages never change, but for this: what a customer wrote is emptied when he asks for it.
    moment("erased_at", optional=True),
)
Index("ix_messages_ticket", messages.c.site_id, messages.c.ticket_id, messages.c.id)

attachments = site_table(
    "attachments",
    *reference("message_id", "messages"),
    Column("part", Integer, nullable=False),
    Column("filename", String(255), nullable=False),
    Column("content_type", String(127), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("content_id", String(255), nullable=False, default=""),
    Column("inline", Boolean, nullable=False, default=False),
)
Index("ix_attachments_message", attachments.c.site_id, attachments.c.message_id)

# Several messages may carry one Message-ID: a mail that reached two of our mailboxes.
message_ids = site_table(
    "message_ids",
    Column("hash", String(32), nullable=False),
    *reference("message_id", "messages"),
    *reference("ticket_id", "tickets"),
    key=("hash", "message_id"),
)

provider_threads = site_table(
    "provider_threads",
    *reference("mailbox_id", "mailboxes"),
    Column("thread_id", String(255), nullable=False),
    *reference("ticket_id", "tickets"),
    moment("created_at"),
    key=("mailbox_id", "thread_id", "ticket_id"),
)

# Whom a note mentions, by himself or with his team, until he has read it. The ticket is the note's:
# it goes along when tickets are merged and split.
mentions = site_table(
    "mentions",
    *reference("message_id", "messages"),
    *reference("agent_id", "agents"),
    Column("is_read", Boolean, nullable=False, default=False),
    key=("message_id", "agent_id"),
)
_is_unread = mentions.c.is_read.is_(False)
Index(
    "ix_mentions_unread",
    mentions.c.site_id,
    mentions.c.agent_id,
    mentions.c.message_id,
    sqlite_where=_is_unread,
    postgresql_where=_is_unread,
)
