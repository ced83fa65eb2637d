"""Tickets and what hangs on them, with the indexes the lists read by (design rule 10)."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    UniqueConstraint,
)

from inbox_service.domain.tickets import CHANNELS

from .base import choice, moment, reference, site_table

tickets = site_table(
    "tickets",
    Column("number", BigInteger, nullable=False),
    Column("reference", String(8), nullable=False),
    *reference("inbox_id", "inboxes"),
    *reference("customer_id", "customers"),
    *reference("assignee_id", "agents", optional=True),
    *reference("team_id", "teams", optional=True),
    Column("subject", String(998), nullable=False),
    Column("direction", String(3), nullable=False, default="ltr"),
    *choice("status", "open", "pending", "solved", default="open"),
    *choice("place", "inbox", "spam", "trash", default="inbox"),
    *choice("priority", "low", "normal", "high", "urgent", default="normal"),
    # How its customer came.
    *choice("channel", *CHANNELS, default="mail"),
    # Opened by back-filled mail: nothing automatic happens for it.
    Column("from_before", Boolean, nullable=False, default=False),
    moment("snoozed_until", optional=True),
    # When its snooze ended, until somebody whose ticket it is has looked at it since.
    moment("returned_at", optional=True),
    *reference("merged_into", "tickets", optional=True),
    *reference("follows", "tickets", optional=True),
    # "Looks like #123": a ticket this one may belong to, where threading could not be sure.
    *reference("suggested_ticket_id", "tickets", optional=True),
    Column("snippet", String(200), nullable=False, default=""),
    Column("snippet_direction", String(3), nullable=False, default="ltr"),
    Column("has_attachments", Boolean, nullable=False, default=False),
    Column("message_count", Integer, nullable=False, default=0),
    Column("last_message_id", BigInteger, nullable=True),
    moment("last_activity_at"),
    moment("waiting_since", optional=True),
    moment("solved_at", optional=True),
    moment("created_at"),
    # Its customer asked to be erased: no mail joins it any more, and none goes out from it.
    moment("erased_at", optional=True),
    # Since when it has been in the trash, and since when it is gone for good: nobody sees it then.
    moment("trashed_at", optional=True),
    moment("deleted_at", optional=True),
    Column("version", Integer, nullable=False, default=1),
    UniqueConstraint("site_id", "number"),
    UniqueConstraint("site_id", "reference"),
)
_order = (tickets.c.place, tickets.c.status, tickets.c.last_activity_at, tickets.c.id)
Index("ix_tickets_list", tickets.c.site_id, *_order)
Index("ix_tickets_inbox", tickets.c.site_id, tickets.c.inbox_id, *_order)
Index("ix_tickets_assignee", tickets.c.site_id, tickets.c.assignee_id, *_order)
Index("ix_tickets_team", tickets.c.site_id, tickets.c.team_id, *_order)
# Lists in another order. Inbox and assignee stand at the end: what is narrowed to them is sifted
# within the index.
_narrowed_by = (tickets.c.inbox_id, tickets.c.assignee_id)
Index(
    "ix_tickets_created",
    tickets.c.site_id,
    tickets.c.place,
    tickets.c.status,
    tickets.c.created_at,
    tickets.c.id,
    *_narrowed_by,
)
_waits = tickets.c.waiting_since.is_not(None)
Index(
    "ix_tickets_waiting",
    tickets.c.site_id,
    tickets.c.place,
    tickets.c.status,
    tickets.c.waiting_since,
    tickets.c.id,
    *_narrowed_by,
    sqlite_where=_waits,
    postgresql_where=_waits,
)
# Nearly all are of normal priority: those are read from the lists above.
_is_special = tickets.c.priority != "normal"
Index(
    "ix_tickets_priority",
    tickets.c.site_id,
    tickets.c.place,
    tickets.c.status,
    tickets.c.priority,
    tickets.c.last_activity_at,
    tickets.c.id,
    *_narrowed_by,
    sqlite_where=_is_special,
    postgresql_where=_is_special,
)
Index(
    "ix_tickets_customer",
    tickets.c.site_id,
    tickets.c.customer_id,
    tickets.c.last_activity_at,
)
# Few tickets went into another.
_merged = tickets.c.merged_into.is_not(None)
Index(
    "ix_tickets_merged",
    tickets.c.site_id,
    tickets.c.merged_into,
    sqlite_where=_merged,
    postgresql_where=_merged,
)
# Snoozed ones are few too; the sweep asks which times have come, on all sites.
_snoozed = tickets.c.snoozed_until.is_not(None)
Index(
    "ix_tickets_snoozed",
    tickets.c.snoozed_until,
    tickets.c.site_id,
    sqlite_where=_snoozed,
    postgresql_where=_snoozed,
)

participants = site_table(
    "participants",
    *reference("ticket_id", "tickets"),
    Column("email", String(320), nullable=False),
    Column("name", String(200), nullable=False, default=""),
    # A "guest" joined by a token it was forwarded: it is shown, never written to.
    *choice("role", "customer", "copied", "guest"),
    moment("created_at"),
    key=("ticket_id", "email"),
)
Index("ix_participants_email", participants.c.site_id, participants.c.email)

followers = site_table(
    "followers",
    *reference("ticket_id", "tickets"),
    *reference("agent_id", "agents"),
    moment("created_at"),
    key=("ticket_id", "agent_id"),
)

tags = site_table(
    "tags", Column("name", String(64), nullable=False), UniqueConstraint("site_id", "name")
)

ticket_tags = site_table(
    "ticket_tags",
    *reference("ticket_id", "tickets"),
    *reference("tag_id", "tags"),
    key=("ticket_id", "tag_id"),
)
# Whole: with the first two columns alone SQLite reads all tags of the site instead (measured).
Index("ix_ticket_tags_tag", ticket_tags.c.site_id, ticket_tags.c.tag_id, ticket_tags.c.ticket_id)

# 0 stands for "no team" and "no assignee", so that the key can be a primary key.
counters = site_table(
    "counters",
    Column("inbox_id", BigInteger, nullable=False),
    Column("team_id", BigInteger, nullable=False),
    Column("assignee_id", BigInteger, nullable=False),
    Column("place", String(8), nullable=False),
    Column("status", String(8), nullable=False),
    Column("tickets", BigInteger, nullable=False),
    key=("inbox_id", "team_id", "assignee_id", "place", "status"),
)

agent_seen = site_table(
    "agent_seen",
    *reference("agent_id", "agents"),
    *reference("ticket_id", "tickets"),
    Column("message_id", BigInteger, nullable=False),
    moment("seen_at"),
    key=("agent_id", "ticket_id"),
)

drafts = site_table(
    "drafts",
    *reference("agent_id", "agents"),
    *reference("ticket_id", "tickets"),
    *choice("kind", "reply", "note"),
    # As the API takes it: the text, and for a reply whom it goes to.
    Column("content", JSON, nullable=False),
    # Another number with every save, never one that was there before.
    Column("version", BigInteger, nullable=False),
    moment("updated_at"),
    # What was written elsewhere at the same time and lost to `content`: {"content", "updated_at"}.
    Column("other", JSON(none_as_null=True), nullable=True),
    key=("agent_id", "ticket_id", "kind"),
)
