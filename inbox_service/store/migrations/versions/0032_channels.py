"""How the customer of a ticket came: by mail, by a form, or to somebody who wrote it down."""

from __future__ import annotations

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what came by a form until now says so."""
    # In SQL, as both databases take it: Alembic would have SQLite write all tickets anew.
    op.execute(
        "ALTER TABLE tickets ADD COLUMN channel VARCHAR(24) DEFAULT 'mail' NOT NULL"
        " CONSTRAINT ck_tickets_channel"
        " CHECK (channel IN ('mail', 'form', 'phone', 'walk_in', 'other'))"
    )
    op.execute(
        "UPDATE tickets SET channel = 'form' WHERE EXISTS (SELECT 1 FROM form_entries"
        " WHERE form_entries.site_id = tickets.site_id AND form_entries.ticket_id = tickets.id)"
    )
