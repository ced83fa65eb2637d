"""Sites, how programs prove which site they speak for, and the people of a site."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _sites()
    _agents()
    _api_keys()
    _customers()
    _idempotency()
    _oauth_clients()
    _pairing_codes()
    _site_keys()
    _teams()
    _used_tokens()
    _customer_addresses()
    _team_members()


def _sites() -> None:
    op.create_table(
        "sites",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("home_url", sa.String(length=500), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_ticket_number", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('unpaired', 'active', 'paused')", name=op.f("ck_sites_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
        sa.UniqueConstraint("home_url", name=op.f("uq_sites_home_url")),
    )


def _agents() -> None:
    op.create_table(
        "agents",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("wp_user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "role IN ('manager', 'lead', 'agent', 'viewer')", name=op.f("ck_agents_role")
        ),
        sa.CheckConstraint("state IN ('active', 'suspended')", name=op.f("ck_agents_state")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_agents_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_agents")),
        sa.UniqueConstraint("site_id", "wp_user_id", name=op.f("uq_agents_site_id_wp_user_id")),
    )


def _api_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_api_keys_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_api_keys_key_hash")),
    )


def _customers() -> None:
    op.create_table(
        "customers",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("wp_user_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_customers_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_customers")),
    )


def _idempotency() -> None:
    op.create_table(
        "idempotency",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("response", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_idempotency_site_id")),
        sa.PrimaryKeyConstraint("site_id", "actor", "key", name=op.f("pk_idempotency")),
    )


def _oauth_clients() -> None:
    op.create_table(
        "oauth_clients",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("client_id", sa.String(length=300), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("project", sa.String(length=200), nullable=False),
        sa.Column("topic", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('gmail')", name=op.f("ck_oauth_clients_kind")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_oauth_clients_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_oauth_clients")),
        sa.UniqueConstraint(
            "site_id", "kind", "client_id", name=op.f("uq_oauth_clients_site_id_kind_client_id")
        ),
    )


def _pairing_codes() -> None:
    op.create_table(
        "pairing_codes",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_pairing_codes_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_pairing_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_pairing_codes_code_hash")),
    )


def _site_keys() -> None:
    op.create_table(
        "site_keys",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kid", sa.String(length=32), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_site_keys_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_site_keys")),
        sa.UniqueConstraint("kid", name=op.f("uq_site_keys_kid")),
    )


def _teams() -> None:
    op.create_table(
        "teams",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_teams_site_id")),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_teams")),
        sa.UniqueConstraint("site_id", "name", name=op.f("uq_teams_site_id_name")),
    )


def _used_tokens() -> None:
    op.create_table(
        "used_tokens",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("jti", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_used_tokens_site_id")),
        sa.PrimaryKeyConstraint("site_id", "jti", name=op.f("pk_used_tokens")),
    )


def _customer_addresses() -> None:
    op.create_table(
        "customer_addresses",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "customer_id"],
            ["customers.site_id", "customers.id"],
            name=op.f("fk_customer_addresses_site_id_customer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_customer_addresses_site_id")
        ),
        sa.PrimaryKeyConstraint("site_id", "id", name=op.f("pk_customer_addresses")),
        sa.UniqueConstraint("site_id", "email", name=op.f("uq_customer_addresses_site_id_email")),
    )
    op.create_index(
        "ix_customer_addresses_customer",
        "customer_addresses",
        ["site_id", "customer_id"],
        unique=False,
    )


def _team_members() -> None:
    op.create_table(
        "team_members",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id", "agent_id"],
            ["agents.site_id", "agents.id"],
            name=op.f("fk_team_members_site_id_agent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id", "team_id"],
            ["teams.site_id", "teams.id"],
            name=op.f("fk_team_members_site_id_team_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_team_members_site_id")),
        sa.PrimaryKeyConstraint("site_id", "team_id", "agent_id", name=op.f("pk_team_members")),
    )
