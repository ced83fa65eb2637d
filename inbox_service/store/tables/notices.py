"""Notices to agents, acknowledgements to customers, and how far events were looked at for both."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, String

from inbox_service.domain.notices import KINDS

from .base import choice, moment, reference, site_table

# Events up to this number were looked at; none of a site without a row.
noticed_events = site_table("noticed_events", Column("seq", BigInteger, nullable=False), key=())

# An agent without a row has the defaults of domain.notices.
notice_settings = site_table(
    "notice_settings",
    *reference("agent_id", "agents"),
    # Names of domain.notices.KINDS.
    Column("kinds", JSON, nullable=False),
    Column("with_text", Boolean, nullable=False, default=True),
    # Set when a notice came back for good: none goes to this address until it is another one.
    Column("bounced_email", String(320), nullable=False, default=""),
    Column("bounce", String(500), nullable=False, default=""),
    moment("bounced_at", optional=True),
    key=("agent_id",),
)

# What an agent is still to be told of.
pending_notices = site_table(
    "pending_notices",
    *reference("agent_id", "agents"),
    *reference("ticket_id", "tickets"),
    *reference("message_id", "messages", optional=True),
    *choice("kind", *KINDS),
    moment("at"),
)
Index("ix_pending_notices_agent", pending_notices.c.site_id, pending_notices.c.agent_id)

# The Message-IDs of notices that went out: an answer names them, and so does a bounce.
notice_mails = site_table(
    "notice_mails",
    Column("hash", String(32), nullable=False),
    *reference("outbox_id", "outbox"),
    *reference("agent_id", "agents"),
    # None for one that tells of several tickets: no answer to it can be placed.
    *reference("ticket_id", "tickets", optional=True),
    Column("email", String(320), nullable=False),
    moment("sent_at"),
    key=("hash",),
)

acknowledgements = site_table(
    "acknowledgements",
    *reference("inbox_id", "inboxes"),
    Column("enabled", Boolean, nullable=False, default=False),
    # {"ar": {"subject": ..., "text": ...}}; a language that is not here has our own words.
    Column("texts", JSON, nullable=False, default=dict),
    key=("inbox_id",),
)
