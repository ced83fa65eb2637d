"""Sites (tenants) and how programs prove which site they speak for."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
)

from .base import choice, metadata, moment, site_table

sites = Table(
    "sites",
    metadata,
    Column("id", BigInteger, nullable=False, autoincrement=False),
    Column("name", String(200), nullable=False),
    Column("home_url", String(500), nullable=False),
    Column("locale", String(16), nullable=False, default="en_US"),
    Column("timezone", String(64), nullable=False, default="UTC"),
    *choice("state", "unpaired", "active", "paused", default="unpaired"),
    # Where the plugin shows customers their tickets; "" where it has no such page.
    Column("status_page_url", String(500), nullable=False, default=""),
    # How long a reply can be taken back; None where the service's default holds.
    Column("undo_seconds", Integer, nullable=True),
    # After how many days the trash is emptied; None where it is not.
    Column("empty_trash_days", Integer, nullable=True),
    Column("last_seq", BigInteger, nullable=False, default=0),
    Column("last_ticket_number", BigInteger, nullable=False, default=0),
    moment("created_at"),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("home_url"),
)

site_keys = site_table(
    "site_keys",
    Column("kid", String(32), nullable=False),
    Column("secret", LargeBinary, nullable=False),
    moment("created_at"),
    moment("expires_at", optional=True),
    UniqueConstraint("kid"),
)

pairing_codes = site_table(
    "pairing_codes",
    Column("code_hash", String(64), nullable=False),
    moment("created_at"),
    moment("expires_at"),
    moment("used_at", optional=True),
    UniqueConstraint("code_hash"),
)

api_keys = site_table(
    "api_keys",
    Column("name", String(200), nullable=False),
    Column("key_hash", String(64), nullable=False),
    Column("scopes", JSON, nullable=False),
    moment("created_at"),
    moment("revoked_at", optional=True),
    UniqueConstraint("key_hash"),
)

used_tokens = site_table(
    "used_tokens",
    Column("jti", String(64), nullable=False),
    moment("expires_at"),
    key=("jti",),
)

idempotency = site_table(
    "idempotency",
    Column("actor", String(64), nullable=False),
    Column("key", String(128), nullable=False),
    Column("request_hash", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("response", JSON, nullable=False),
    moment("created_at"),
    key=("actor", "key"),
)

oauth_clients = site_table(
    "oauth_clients",
    *choice("kind", "gmail", default="gmail"),
    Column("client_id", String(300), nullable=False),
    Column("secret", LargeBinary, nullable=False),
    Column("project", String(200), nullable=False, default=""),
    moment("created_at"),
    UniqueConstraint("site_id", "kind", "client_id"),
)
