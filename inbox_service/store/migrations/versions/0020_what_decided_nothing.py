"""Columns that decide nothing any more: an app's topic, and when all ids are compared."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop them: push channels belong to a project, and the nightly comparison finds all gaps."""
    op.drop_column("oauth_clients", "topic")
    op.drop_column("mailboxes", "diff_due_at")
