"""Routing rules, and the requests that came in by forms."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)

from .base import choice, moment, reference, site_table

# Tried in the order of `position`; the first that fits and has a team or an agent decides.
routing_rules = site_table(
    "routing_rules",
    Column("name", String(200), nullable=False),
    Column("position", Integer, nullable=False),
    Column("enabled", Boolean, nullable=False, default=True),
    # {"form": id, "inbox": id, "tag": name, "sender_domain": name, "words": [..]}: all must fit.
    Column("conditions", JSON, nullable=False),
    *reference("team_id", "teams", optional=True),
    *reference("assignee_id", "agents", optional=True),
    Column("adds_tags", JSON, nullable=False, default=list),
    moment("created_at"),
)
Index("ix_routing_rules_order", routing_rules.c.site_id, routing_rules.c.position)

forms = site_table(
    "forms",
    Column("name", String(200), nullable=False),
    *reference("inbox_id", "inboxes"),
    Column("definition", JSON, nullable=False),
    Column("version", Integer, nullable=False, default=1),
    Column("description", Text, nullable=False, default=""),
    moment("created_at"),
)

# `entry_key` is made by the plugin once per submission: a replay finds its row.
form_entries = site_table(
    "form_entries",
    *reference("form_id", "forms"),
    Column("entry_key", String(64), nullable=False),
    *choice("state", "ticket", "parked"),
    Column("reason", String(500), nullable=False, default=""),
    Column("reference", String(8), nullable=False),
    *reference("ticket_id", "tickets", optional=True),
    Column("wp_user_id", BigInteger, nullable=True),
    # The entry as it came, for a parked one: fields, and blobs of its files.
    Column("entry", JSON, nullable=False),
    moment("submitted_at"),
    moment("created_at"),
    UniqueConstraint("site_id", "entry_key"),
    UniqueConstraint("site_id", "reference"),
)
Index(
    "ix_form_entries_user",
    form_entries.c.site_id,
    form_entries.c.wp_user_id,
    form_entries.c.ticket_id,
)
