"""Consents under way: an owner who was sent to Google and is to come back."""

from sqlalchemy import JSON, BigInteger, Column, LargeBinary, String, UniqueConstraint

from .base import moment, reference, site_table

# Single use, ten minutes, bound to the site, the WordPress user and the mailbox.
oauth_flows = site_table(
    "oauth_flows",
    Column("state_hash", String(64), nullable=False),
    # The PKCE verifier (RFC 7636) never leaves the service.
    Column("verifier", LargeBinary, nullable=False),
    *reference("oauth_client_id", "oauth_clients"),
    # Set when an existing mailbox is connected again: another account is refused then.
    *reference("mailbox_id", "mailboxes", optional=True),
    Column("wp_user_id", BigInteger, nullable=False),
    Column("redirect_uri", String(500), nullable=False),
    # The credentials that came back, sealed, until the owner has chosen inboxes and depth.
    Column("credentials", LargeBinary, nullable=True),
    Column("identity", JSON, nullable=True),
    # What was found on the way back; `problem` is {code, detail, ...} where it failed.
    Column("checks", JSON, nullable=False, default=list),
    Column("problem", JSON, nullable=True),
    moment("created_at"),
    moment("expires_at"),
    moment("used_at", optional=True),
    UniqueConstraint("site_id", "state_hash"),
)
