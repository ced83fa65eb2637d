"""Push: by which way providers tell of new mail, and which mailboxes they watch."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; until a channel is set up, mailboxes are polled as before."""
    _channels()
    _watches()


def _channels() -> None:
    op.create_table(
        "push_channels",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("project", sa.String(length=200), nullable=False),
        sa.Column("topic", sa.String(length=300), nullable=False),
        sa.Column("subscription", sa.String(length=300), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("audience", sa.String(length=500), nullable=False),
        sa.Column("signer", sa.String(length=320), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("heard_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_push_channels_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_push_channels")),
        sa.UniqueConstraint(
            "site_id", "kind", "project", name=op.f("uq_push_channels_site_id_kind_project")
        ),
    )


def _watches() -> None:
    op.create_table(
        "push_watches",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("mailbox_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("heard_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "channel_id"],
            ["push_channels.site_id", "push_channels.id"],
            name=op.f("fk_push_watches_site_id_channel_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "mailbox_id"],
            ["mailboxes.site_id", "mailboxes.id"],
            name=op.f("fk_push_watches_site_id_mailbox_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_push_watches_site_id")),
        sa.PrimaryKeyConstraint("site_id", "mailbox_id", name=op.f("pk_push_watches")),
    )
