"""Events (what happened) and the outbox (what must still happen)."""

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, String, Text, UniqueConstraint

from .base import choice, moment, reference, site_table

# Facts in the past tense, ordered by `seq` per site; ids only, never bodies or addresses.
events = site_table(
    "events",
    Column("seq", BigInteger, nullable=False),
    Column("kind", String(64), nullable=False),
    *choice("actor_type", "agent", "customer", "system"),
    Column("actor_id", BigInteger, nullable=True),
    *reference("ticket_id", "tickets", optional=True),
    *reference("message_id", "messages", optional=True),
    *reference("inbox_id", "inboxes", optional=True),
    Column("data", JSON, nullable=False, default=dict),
    moment("at"),
    key=("seq",),
)
Index("ix_events_ticket", events.c.site_id, events.c.ticket_id, events.c.seq)

outbox = site_table(
    "outbox",
    # A "send" is an agent's reply; a "notice" is automatic, and may belong to no ticket. An
    # "archive" sends nothing: it takes the message `provider_id` out of the provider's inbox.
    *choice("kind", "send", "notice", "archive"),
    *choice(
        "state", "waiting", "claimed", "sent", "failed", "unsure", "cancelled", default="waiting"
    ),
    *reference("mailbox_id", "mailboxes"),
    *reference("ticket_id", "tickets", optional=True),
    *reference("message_id", "messages", optional=True),
    # The value of X-Unified-Inbox-Send-Id: how a sent copy seen by sync finds its row.
    Column("send_key", String(64), nullable=False),
    Column("blob", String(64), nullable=False),
    Column("provider_thread_id", String(255), nullable=False, default=""),
    # The connector's memo of `prepare`, stored before `deliver`.
    Column("memo", Text, nullable=True),
    # True from just before `deliver` until it is known what became of it.
    Column("attempts", Integer, nullable=False, default=0),
    moment("delivering_since", optional=True),
    Column("claim_holder", String(64), nullable=True),
    moment("claim_until", optional=True),
    # How often it was claimed, but for tries that asked nobody: after the first time, an earlier
    # one may have left a draft.
    Column("claims", Integer, nullable=False, default=0),
    moment("due_at"),
    # Set where a person chose when it leaves; else it leaves as soon as it can.
    moment("scheduled_at", optional=True),
    # An automatic mail that could not leave by then is cancelled: a code is dead, thanks are late.
    moment("expires_at", optional=True),
    Column("provider_id", String(255), nullable=False, default=""),
    # Why it is not sent yet: a word that the plugin translates, and the provider's own words.
    Column("reason", String(32), nullable=False, default=""),
    Column("error", String(500), nullable=False, default=""),
    # How many get it, which is what providers limit.
    Column("recipients", Integer, nullable=False, default=0),
    # What must be known to take it back; None from when it went out.
    Column("undo", JSON(none_as_null=True), nullable=True),
    moment("created_at"),
    moment("settled_at", optional=True),
    UniqueConstraint("site_id", "send_key"),
)
Index("ix_outbox_due", outbox.c.state, outbox.c.due_at)
Index("ix_outbox_ticket", outbox.c.site_id, outbox.c.ticket_id)
Index(
    "ix_outbox_settled",
    outbox.c.site_id,
    outbox.c.mailbox_id,
    outbox.c.state,
    outbox.c.settled_at,
)
Index("ix_outbox_message", outbox.c.site_id, outbox.c.message_id)
