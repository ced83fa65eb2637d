"""Push: by which way providers tell of new mail, and which mailboxes they were asked to watch."""

from sqlalchemy import Column, LargeBinary, String, UniqueConstraint

from .base import moment, reference, site_table

# One per project at the provider: its topic, and how what is published there reaches us.
push_channels = site_table(
    "push_channels",
    Column("kind", String(64), nullable=False),
    Column("project", String(200), nullable=False),
    Column("topic", String(300), nullable=False),
    # Pulled with a service account's key, sealed; "" and None where nothing is pulled.
    Column("subscription", String(300), nullable=False, default=""),
    Column("key", LargeBinary, nullable=True),
    # Pushed to the site, signed for this audience by this account; "" where nothing is pushed.
    Column("audience", String(500), nullable=False, default=""),
    Column("signer", String(320), nullable=False, default=""),
    # Why nothing comes through, "" while it does; and since when it is so.
    Column("reason", String(500), nullable=False, default=""),
    moment("since"),
    moment("heard_at", optional=True),
    moment("created_at"),
    UniqueConstraint("site_id", "kind", "project"),
)

push_watches = site_table(
    "push_watches",
    *reference("mailbox_id", "mailboxes"),
    *reference("channel_id", "push_channels"),
    # When the provider is to be asked again, and until when it has promised to tell.
    moment("due_at"),
    moment("until", optional=True),
    moment("asked_at"),
    moment("heard_at", optional=True),
    Column("reason", String(500), nullable=False, default=""),
    key=("mailbox_id",),
)
