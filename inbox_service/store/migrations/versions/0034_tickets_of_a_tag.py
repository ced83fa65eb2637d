"""The tickets of a tag by one index alone: SQLite read all tags of the site for one of them."""

from __future__ import annotations

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the index hold the tickets as well."""
    op.drop_index("ix_ticket_tags_tag", table_name="ticket_tags")
    op.create_index("ix_ticket_tags_tag", "ticket_tags", ["site_id", "tag_id", "ticket_id"])
