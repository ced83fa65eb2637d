"""What agents write again and again, kept to be written once."""

from sqlalchemy import JSON, Column, Index, Integer, String, Text

from .base import moment, reference, site_table

# Of the agent who is named, of the team that is named, or of everybody where neither is.
saved_replies = site_table(
    "saved_replies",
    *reference("agent_id", "agents", optional=True),
    *reference("team_id", "teams", optional=True),
    Column("name", String(200), nullable=False),
    Column("shortcut", String(40), nullable=False, default=""),
    # {"ar": "<p>...</p>"}: sanitised HTML by language; "any" suits every one.
    Column("texts", JSON, nullable=False),
    # Name, shortcut and texts as search compares them; it begins with the name, so it sorts too.
    Column("folded", Text, nullable=False),
    Column("uses", Integer, nullable=False, default=0),
    moment("last_used_at", optional=True),
    Column("version", Integer, nullable=False, default=1),
    moment("created_at"),
    # Kept for a while, so that a removal can be undone.
    moment("removed_at", optional=True),
)
Index("ix_saved_replies_agent", saved_replies.c.site_id, saved_replies.c.agent_id)
