"""One change to many tickets: what was asked for, and how far it is with each of them."""

from sqlalchemy import JSON, Column, Index, Integer, String

from .base import choice, moment, reference, site_table

bulks = site_table(
    "bulks",
    *reference("agent_id", "agents"),
    # New values by property; {} where each ticket is given back what it had.
    Column("changes", JSON, nullable=False),
    # The one that this one takes back.
    *reference("undoes", "bulks", optional=True),
    *choice("state", "running", "done", "cancelled", default="running"),
    Column("total", Integer, nullable=False, default=0),
    Column("done", Integer, nullable=False, default=0),
    Column("left_out", Integer, nullable=False, default=0),
    moment("created_at"),
    moment("finished_at", optional=True),
)
# Few are running at any time; the sweep asks for them on all sites.
_running = bulks.c.state == "running"
Index(
    "ix_bulks_running",
    bulks.c.state,
    bulks.c.site_id,
    sqlite_where=_running,
    postgresql_where=_running,
)

bulk_items = site_table(
    "bulk_items",
    *reference("bulk_id", "bulks"),
    *reference("ticket_id", "tickets"),
    # At which the ticket was chosen: one that was changed since is left out.
    Column("version", Integer, nullable=False),
    *choice("state", "waiting", "done", "left_out", default="waiting"),
    # The code of the error that left it out.
    Column("reason", String(32), nullable=False, default=""),
    # Of this ticket alone, where a bulk is taken back.
    Column("changes", JSON(none_as_null=True), nullable=True),
    # What takes the change back; None where nothing changed.
    Column("before", JSON(none_as_null=True), nullable=True),
    key=("bulk_id", "ticket_id"),
)
Index("ix_bulk_items_ticket", bulk_items.c.site_id, bulk_items.c.ticket_id)
