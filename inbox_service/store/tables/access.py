"""How customers prove who they are, without an account: links, codes, verified addresses."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, UniqueConstraint

from .base import moment, reference, site_table

# One ticket opened to one address. The link carries a signed id; revoking the row ends the link.
link_grants = site_table(
    "link_grants",
    *reference("ticket_id", "tickets"),
    Column("email", String(320), nullable=False),
    moment("created_at"),
    moment("expires_at"),
    moment("revoked_at", optional=True),
)
Index("ix_link_grants_ticket", link_grants.c.site_id, link_grants.c.ticket_id)

# A one-time code mailed to an address; a row is made for unknown addresses too, so that the answer
# and its timing tell nobody whether an address is known.
access_codes = site_table(
    "access_codes",
    Column("email_hash", String(64), nullable=False),
    Column("code_hash", String(64), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    moment("created_at"),
    moment("expires_at"),
    moment("used_at", optional=True),
)
Index(
    "ix_access_codes_email",
    access_codes.c.site_id,
    access_codes.c.email_hash,
    access_codes.c.created_at,
)

# A session that a code opened: its token is kept as a hash only.
guest_sessions = site_table(
    "guest_sessions",
    Column("token_hash", String(64), nullable=False),
    Column("email", String(320), nullable=False),
    moment("created_at"),
    moment("expires_at"),
    UniqueConstraint("site_id", "token_hash"),
)

# The address of a WordPress user, as a hash, once he has shown that he reads its mail.
verified_addresses = site_table(
    "verified_addresses",
    Column("wp_user_id", BigInteger, nullable=False),
    Column("email_hash", String(64), nullable=False),
    moment("verified_at"),
    key=("wp_user_id",),
)

# Every automatic mail (confirmation, code, notice), for the caps that no setting lifts.
automatic_sends = site_table(
    "automatic_sends",
    Column("kind", String(24), nullable=False),
    Column("email_hash", String(64), nullable=False),
    moment("sent_at"),
)
Index(
    "ix_automatic_sends_email",
    automatic_sends.c.site_id,
    automatic_sends.c.email_hash,
    automatic_sends.c.sent_at,
)
