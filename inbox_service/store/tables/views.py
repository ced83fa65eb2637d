"""Lists of tickets that agents have saved."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String

from .base import moment, reference, site_table

saved_views = site_table(
    "saved_views",
    Column("name", String(80), nullable=False),
    # Who made it; alone he sees it, unless it is shared.
    *reference("agent_id", "agents"),
    Column("shared", Boolean, nullable=False, default=False),
    # What the list of tickets is asked for, as the API takes it.
    Column("filter", JSON, nullable=False),
    Column("position", Integer, nullable=False),
    Column("version", Integer, nullable=False, default=1),
    moment("created_at"),
    # It can be taken back for a while.
    moment("removed_at", optional=True),
)
Index("ix_saved_views_agent", saved_views.c.site_id, saved_views.c.agent_id)
