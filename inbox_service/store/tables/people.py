"""Customers, agents, and addresses that must not be written to."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Text, UniqueConstraint

from .base import choice, moment, reference, site_table

customers = site_table(
    "customers",
    Column("name", String(200), nullable=False, default=""),
    Column("locale", String(16), nullable=False, default=""),
    Column("wp_user_id", BigInteger, nullable=True),
    # What the team knows of the person, and which version of that this is.
    Column("note", Text, nullable=False, default=""),
    Column("note_version", Integer, nullable=False, default=1, server_default="1"),
    moment("created_at"),
    # From then on a number without a person: no name, no address.
    moment("erased_at", optional=True),
)

customer_addresses = site_table(
    "customer_addresses",
    *reference("customer_id", "customers"),
    Column("email", String(320), nullable=False),
    moment("created_at"),
    # Since when the pictures of its mails are shown without being asked for.
    moment("images_shown_at", optional=True),
    UniqueConstraint("site_id", "email"),
)
Index(
    "ix_customer_addresses_customer", customer_addresses.c.site_id, customer_addresses.c.customer_id
)

agents = site_table(
    "agents",
    Column("wp_user_id", BigInteger, nullable=False),
    Column("name", String(200), nullable=False),
    Column("email", String(320), nullable=False),
    *choice("role", "manager", "lead", "agent", "viewer"),
    Column("locale", String(16), nullable=False, default="en_US"),
    *choice("state", "active", "suspended", default="active"),
    Column("signature", Text, nullable=False, default=""),
    # Whether he sees every inbox, also those to come; else the rows of agent_inboxes count.
    Column("sees_all", Boolean, nullable=False, default=True),
    moment("created_at"),
    UniqueConstraint("site_id", "wp_user_id"),
)

team_members = site_table(
    "team_members",
    *reference("team_id", "teams"),
    *reference("agent_id", "agents"),
    # As a manager said; it counts while the agent's role is one that can lead.
    Column("leads", Boolean, nullable=False, default=False),
    key=("team_id", "agent_id"),
)

# What an agent sees who does not see all; without a row that is nothing.
agent_inboxes = site_table(
    "agent_inboxes",
    *reference("agent_id", "agents"),
    *reference("inbox_id", "inboxes"),
    key=("agent_id", "inbox_id"),
)

address_suppressions = site_table(
    "address_suppressions",
    Column("email", String(320), nullable=False),
    Column("reason", String(500), nullable=False),
    *reference("message_id", "messages", optional=True),
    moment("since"),
    key=("email",),
)

# What comes from these later is spam; nobody is asked about it again.
blocked_senders = site_table(
    "blocked_senders",
    Column("email", String(320), nullable=False),
    *reference("agent_id", "agents", optional=True),
    # The ticket that he was blocked from: taking it out of spam ends the block.
    *reference("ticket_id", "tickets", optional=True),
    moment("blocked_at"),
    UniqueConstraint("site_id", "email"),
)
