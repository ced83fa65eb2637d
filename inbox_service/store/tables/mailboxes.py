"""Mailboxes, the inboxes they feed, and what each sync did."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)

from .base import choice, moment, reference, site_table

mailboxes = site_table(
    "mailboxes",
    Column("kind", String(64), nullable=False),
    Column("address", String(320), nullable=False),
    Column("config", JSON, nullable=False),
    Column("credentials", LargeBinary, nullable=False),
    Column("credentials_version", Integer, nullable=False, default=1),
    # While one process renews them the others wait: a provider may take each token once.
    moment("renewing_until", optional=True),
    *reference("oauth_client_id", "oauth_clients", optional=True),
    # "testing", "production" or "internal", as the owner said; None until then.
    Column("testing_mode", String(24), nullable=True),
    # When the provider ends the consent, where it said so or the app is in testing.
    moment("consent_ends_at", optional=True),
    # Set when the owner took the account away: the row stays for its tickets' sake.
    moment("disconnected_at", optional=True),
    Column("aliases", JSON, nullable=False, default=list),
    # Reply-To tokens are written only where plus-addressing is known to work.
    Column("plus_addressing", Boolean, nullable=False, default=False),
    Column("depth_days", Integer, nullable=True),
    Column("labels", JSON, nullable=False),
    Column("live_cursor", Text, nullable=True),
    moment("live_cursor_at", optional=True),
    # Set while what a lost live cursor hid is looked for: from here the live stream goes on. The
    # lost one stays until every message of the scope was compared.
    Column("gap_cursor", Text, nullable=True),
    # Where the comparison of all ids after a lost cursor stands, None at its beginning.
    Column("diff_cursor", Text, nullable=True),
    Column("backfill_cursor", Text, nullable=True),
    *choice("backfill_state", "pending", "running", "done", default="pending"),
    Column("backfill_done", BigInteger, nullable=False, default=0),
    Column("backfill_total", BigInteger, nullable=True),
    # Announced, but not there yet when fetched: [provider id, thread id, when to try once more].
    Column("retry_refs", JSON, nullable=False, default=list),
    *choice(
        "state", "syncing", "healthy", "degraded", "reauth_needed", "stopped", default="syncing"
    ),
    Column("reason", String(500), nullable=False, default=""),
    moment("since"),
    # Mail received before this moment is history, and history is quiet.
    moment("connected_at"),
    # The same for what the back-fill finds since the owner asked for more.
    moment("rescoped_at", optional=True),
    moment("due_at"),
    # When it is due already if an agent has the inbox open; None where nothing may hurry it.
    moment("watched_due_at", optional=True),
    # When somebody last asked for a look at once, and when that look was done.
    moment("asked_at", optional=True),
    moment("answered_at", optional=True),
    # Take the mail of solved tickets out of the provider's inbox.
    Column("archive_on_solve", Boolean, nullable=False, default=False),
    moment("push_until", optional=True),
    # Until when the provider takes no mail from it; nothing is tried before.
    moment("sends_paused_until", optional=True),
    # Recipients within 24 hours; None: as many as its provider allows.
    Column("daily_limit", Integer, nullable=True),
    Column("lease_holder", String(64), nullable=True),
    moment("lease_until", optional=True),
    UniqueConstraint("site_id", "kind", "address"),
)
Index("ix_mailboxes_due", mailboxes.c.state, mailboxes.c.due_at)

teams = site_table(
    "teams",
    Column("name", String(200), nullable=False),
    moment("created_at"),
    Column("version", Integer, nullable=False, default=1),
    UniqueConstraint("site_id", "name"),
)

inboxes = site_table(
    "inboxes",
    Column("name", String(200), nullable=False),
    Column("colour", String(7), nullable=False, default="#3858e9"),
    *reference("team_id", "teams", optional=True),
    Column("signature", Text, nullable=False, default=""),
    Column("position", Integer, nullable=False, default=0),
    moment("created_at"),
    UniqueConstraint("site_id", "name"),
)

inbox_addresses = site_table(
    "inbox_addresses",
    *reference("inbox_id", "inboxes"),
    *reference("mailbox_id", "mailboxes"),
    Column("email", String(320), nullable=False),
    # Takes the mailbox's mail that names no other inbox.
    Column("is_default", Boolean, nullable=False, default=False),
    UniqueConstraint("site_id", "email"),
)

sync_runs = site_table(
    "sync_runs",
    *reference("mailbox_id", "mailboxes"),
    *choice("stream", "live", "backfill", "reconcile"),
    moment("started_at"),
    moment("ended_at", optional=True),
    Column("outcomes", JSON, nullable=False, default=dict),
    # How many messages it came across that had their receipt already.
    Column("known", Integer, nullable=False, default=0),
    Column("error", String(500), nullable=False, default=""),
)
Index("ix_sync_runs_mailbox", sync_runs.c.site_id, sync_runs.c.mailbox_id, sync_runs.c.started_at)
