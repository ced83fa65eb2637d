"""Tickets and what hangs on them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _counters()
    _tags()
    _tickets()
    _agent_seen()
    _drafts()
    _participants()
    _ticket_tags()


def _counters() -> None:
    op.create_table(
        "counters",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("inbox_id", sa.BigInteger(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("assignee_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(length=8), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("tickets", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_counters_site_id")),
        sa.PrimaryKeyConstraint(
            "site_id",
            "inbox_id",
            "team_id",
            "assignee_id",
            "place",
            "status",
            name=op.f("pk_counters"),
        ),
    )


def _tags() -> None:
    op.create_table(
        "tags",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_tags_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_tags")),
        sa.UniqueConstraint("site_id", "name", name=op.f("uq_tags_site_id_name")),
    )


def _tickets() -> None:
    op.create_table(
        "tickets",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=8), nullable=False),
        sa.Column("inbox_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("assignee_id", sa.BigInteger(), nullable=True),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("subject", sa.String(length=998), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("place", sa.String(length=24), nullable=False),
        sa.Column("priority", sa.String(length=24), nullable=False),
        sa.Column("from_before", sa.Boolean(), nullable=False),
        sa.Column("snoozed_until", sa.BigInteger(), nullable=True),
        sa.Column("merged_into", sa.BigInteger(), nullable=True),
        sa.Column("follows", sa.BigInteger(), nullable=True),
        sa.Column("suggested_ticket_id", sa.BigInteger(), nullable=True),
        sa.Column("snippet", sa.String(length=200), nullable=False),
        sa.Column("snippet_direction", sa.String(length=3), nullable=False),
        sa.Column("has_attachments", sa.Boolean(), nullable=False),
        sa.Column("message_count", sa.Integer(), nullable=False),
        sa.Column("last_message_id", sa.BigInteger(), nullable=True),
        sa.Column("last_activity_at", sa.BigInteger(), nullable=False),
        sa.Column("waiting_since", sa.BigInteger(), nullable=True),
        sa.Column("solved_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("place IN ('inbox', 'spam', 'trash')", name=op.f("ck_tickets_place")),
        sa.CheckConstraint(
            "priority IN ('low', 'normal', 'high', 'urgent')", name=op.f("ck_tickets_priority")
        ),
        sa.CheckConstraint(
            "status IN ('open', 'pending', 'solved')", name=op.f("ck_tickets_status")
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "assignee_id"],
            ["agents.site_id", "agents.id"],
            name=op.f("fk_tickets_site_id_assignee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "customer_id"],
            ["customers.site_id", "customers.id"],
            name=op.f("fk_tickets_site_id_customer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "follows"],
            ["tickets.site_id", "tickets.id"],
            name=op.f("fk_tickets_site_id_follows"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "inbox_id"],
            ["inboxes.site_id", "inboxes.id"],
            name=op.f("fk_tickets_site_id_inbox_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "merged_into"],
            ["tickets.site_id", "tickets.id"],
            name=op.f("fk_tickets_site_id_merged_into"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "suggested_ticket_id"],
            ["tickets.site_id", "tickets.id"],
            name=op.f("fk_tickets_site_id_suggested_ticket_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "team_id"],
            ["teams.site_id", "teams.id"],
            name=op.f("fk_tickets_site_id_team_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_tickets_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_tickets")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_tickets_site_id_number")),
        sa.UniqueConstraint("site_id", "reference", name=op.f("uq_tickets_site_id_reference")),
    )
    op.create_index(
        "ix_tickets_assignee",
        "tickets",
        ["site_id", "assignee_id", "place", "status", "last_activity_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_tickets_customer",
        "tickets",
        ["site_id", "customer_id", "last_activity_at"],
        unique=False,
    )
    op.create_index(
        "ix_tickets_inbox",
        "tickets",
        ["site_id", "inbox_id", "place", "status", "last_activity_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_tickets_list",
        "tickets",
        ["site_id", "place", "status", "last_activity_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_tickets_team",
        "tickets",
        ["site_id", "team_id", "place", "status", "last_activity_at", "id"],
        unique=False,
    )


def _agent_seen() -> None:
    op.create_table(
        "agent_seen",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "agent_id"],
            ["agents.site_id", "agents.id"],
            name=op.f("fk_agent_seen_site_id_agent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "ticket_id"],
            ["tickets.site_id", "tickets.id"],
            name=op.f("fk_agent_seen_site_id_ticket_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_agent_seen_site_id")),
        sa.PrimaryKeyConstraint("site_id", "agent_id", "ticket_id", name=op.f("pk_agent_seen")),
    )


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('reply', 'note')", name=op.f("ck_drafts_kind")),
        sa.ForeignKeyConstraint(
            ["site_id", "agent_id"],
            ["agents.site_id", "agents.id"],
            name=op.f("fk_drafts_site_id_agent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "ticket_id"],
            ["tickets.site_id", "tickets.id"],
            name=op.f("fk_drafts_site_id_ticket_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_drafts_site_id")),
        sa.PrimaryKeyConstraint("site_id", "agent_id", "ticket_id", "kind", name=op.f("pk_drafts")),
    )


def _participants() -> None:
    op.create_table(
        "participants",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "role IN ('customer', 'copied', 'guest')", name=op.f("ck_participants_role")
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "ticket_id"],
            ["tickets.site_id", "tickets.id"],
            name=op.f("fk_participants_site_id_ticket_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_participants_site_id")),
        sa.PrimaryKeyConstraint("site_id", "ticket_id", "email", name=op.f("pk_participants")),
    )
    op.create_index("ix_participants_email", "participants", ["site_id", "email"], unique=False)


def _ticket_tags() -> None:
    op.create_table(
        "ticket_tags",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "tag_id"],
            ["tags.site_id", "tags.id"],
            name=op.f("fk_ticket_tags_site_id_tag_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "ticket_id"],
            ["tickets.site_id", "tickets.id"],
            name=op.f("fk_ticket_tags_site_id_ticket_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_ticket_tags_site_id")),
        sa.PrimaryKeyConstraint("site_id", "ticket_id", "tag_id", name=op.f("pk_ticket_tags")),
    )
    op.create_index("ix_ticket_tags_tag", "ticket_tags", ["site_id", "tag_id"], unique=False)
