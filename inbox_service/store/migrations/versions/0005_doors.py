"""Forms, routing, consents under way, and how customers prove who they are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _access_codes()
    _automatic_sends()
    _guest_sessions()
    _verified_addresses()
    _routing_rules()
    _oauth_flows()
    _connections_of_mailboxes()
    _form_entries()
    _link_grants()
    _status_pages_of_sites()
    _notices_in_the_outbox()


def _status_pages_of_sites() -> None:
    # The sites that are there already have none.
    page = sa.Column("status_page_url", sa.String(length=500), nullable=False, server_default="")
    op.add_column("sites", page)


def _notices_in_the_outbox() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("ticket_id", existing_type=sa.BigInteger(), nullable=True)
        outbox.alter_column("message_id", existing_type=sa.BigInteger(), nullable=True)
        outbox.add_column(sa.Column("expires_at", sa.BigInteger(), nullable=True))
        outbox.drop_constraint(op.f("ck_outbox_kind"), type_="check")
        outbox.create_check_constraint(op.f("ck_outbox_kind"), "kind IN ('send', 'notice')")


def _access_codes() -> None:
    op.create_table(
        "access_codes",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_access_codes_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_access_codes")),
    )
    op.create_index(
        "ix_access_codes_email",
        "access_codes",
        ["site_id", "email_hash", "created_at"],
        unique=False,
    )


def _automatic_sends() -> None:
    op.create_table(
        "automatic_sends",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_automatic_sends_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_automatic_sends")),
    )
    op.create_index(
        "ix_automatic_sends_email",
        "automatic_sends",
        ["site_id", "email_hash", "sent_at"],
        unique=False,
    )


def _guest_sessions() -> None:
    op.create_table(
        "guest_sessions",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_guest_sessions_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_guest_sessions")),
        sa.UniqueConstraint(
            "site_id", "token_hash", name=op.f("uq_guest_sessions_site_id_token_hash")
        ),
    )


def _verified_addresses() -> None:
    op.create_table(
        "verified_addresses",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("wp_user_id", sa.BigInteger(), nullable=False),
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("verified_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_verified_addresses_site_id")
        ),
        sa.PrimaryKeyConstraint("site_id", "wp_user_id", name=op.f("pk_verified_addresses")),
    )


def _routing_rules() -> None:
    op.create_table(
        "routing_rules",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("assignee_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "assignee_id"],
            ["agents.site_id", "agents.id"],
            name=op.f("fk_routing_rules_site_id_assignee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "team_id"],
            ["teams.site_id", "teams.id"],
            name=op.f("fk_routing_rules_site_id_team_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_routing_rules_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_routing_rules")),
    )
    op.create_index(
        "ix_routing_rules_order", "routing_rules", ["site_id", "position"], unique=False
    )


def _oauth_flows() -> None:
    op.create_table(
        "oauth_flows",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("state_hash", sa.String(length=64), nullable=False),
        sa.Column("verifier", sa.LargeBinary(), nullable=False),
        sa.Column("oauth_client_id", sa.BigInteger(), nullable=False),
        sa.Column("mailbox_id", sa.BigInteger(), nullable=True),
        sa.Column("wp_user_id", sa.BigInteger(), nullable=False),
        sa.Column("redirect_uri", sa.String(length=500), nullable=False),
        sa.Column("credentials", sa.LargeBinary(), nullable=True),
        sa.Column("identity", sa.JSON(), nullable=True),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("problem", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site_id", "mailbox_id"],
            ["mailboxes.site_id", "mailboxes.id"],
            name=op.f("fk_oauth_flows_site_id_mailbox_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "oauth_client_id"],
            ["oauth_clients.site_id", "oauth_clients.id"],
            name=op.f("fk_oauth_flows_site_id_oauth_client_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_oauth_flows_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_oauth_flows")),
        sa.UniqueConstraint(
            "site_id", "state_hash", name=op.f("uq_oauth_flows_site_id_state_hash")
        ),
    )


def _connections_of_mailboxes() -> None:
    op.add_column("mailboxes", sa.Column("testing_mode", sa.String(length=24), nullable=True))
    op.add_column("mailboxes", sa.Column("consent_ends_at", sa.BigInteger(), nullable=True))
    op.add_column("mailboxes", sa.Column("disconnected_at", sa.BigInteger(), nullable=True))


def _form_entries() -> None:
    op.create_table(
        "form_entries",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("form_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_key", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("reference", sa.String(length=8), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=True),
        sa.Column("wp_user_id", sa.BigInteger(), nullable=True),
        sa.Column("entry", sa.JSON(), nullable=False),
        sa.Column("submitted_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('ticket', 'parked')", name=op.f("ck_form_entries_state")),
        sa.ForeignKeyConstraint(
            ["site_id", "form_id"],
            ["forms.site_id", "forms.id"],
            name=op.f("fk_form_entries_site_id_form_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "ticket_id"],
            ["tickets.site_id", "tickets.id"],
            name=op.f("fk_form_entries_site_id_ticket_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_form_entries_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_form_entries")),
        sa.UniqueConstraint("site_id", "entry_key", name=op.f("uq_form_entries_site_id_entry_key")),
        sa.UniqueConstraint("site_id", "reference", name=op.f("uq_form_entries_site_id_reference")),
    )
    op.create_index(
        "ix_form_entries_user",
        "form_entries",
        ["site_id", "wp_user_id", "ticket_id"],
        unique=False,
    )


def _link_grants() -> None:
    op.create_table(
        "link_grants",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site_id", "ticket_id"],
            ["tickets.site_id", "tickets.id"],
            name=op.f("fk_link_grants_site_id_ticket_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_link_grants_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_link_grants")),
    )
    op.create_index("ix_link_grants_ticket", "link_grants", ["site_id", "ticket_id"], unique=False)
