"""How mailboxes are looked after: compared with their provider, and their troubles told."""

from sqlalchemy import JSON, Column, Index, LargeBinary, String, Text, UniqueConstraint

from .base import choice, moment, reference, site_table

# One row per mailbox: the comparison under way, and the result of the last one that ended.
reconciliations = site_table(
    "reconciliations",
    *reference("mailbox_id", "mailboxes"),
    moment("due_at"),
    # Set while one is under way; `cursor` is the connector's and says how far it is.
    moment("started_at", optional=True),
    Column("cursor", Text, nullable=True),
    # Which messages were listed before a pause, as short hashes: a list may name one twice.
    Column("seen", LargeBinary, nullable=True),
    Column("tally", JSON, nullable=False, default=dict),
    moment("ended_at", optional=True),
    Column("result", JSON, nullable=True),
    Column("error", String(500), nullable=False, default=""),
    Column("claim_holder", String(64), nullable=True),
    moment("claim_until", optional=True),
    key=("mailbox_id",),
)
Index("ix_reconciliations_due", reconciliations.c.due_at)

# A mailbox that stopped being read, from then until it was read again.
incidents = site_table(
    "incidents",
    *reference("mailbox_id", "mailboxes"),
    *choice("state", "degraded", "reauth_needed", "stopped"),
    Column("reason", String(500), nullable=False, default=""),
    moment("began_at"),
    # When the managers were mailed, and when they were mailed that it is over.
    moment("told_at", optional=True),
    moment("ended_at", optional=True),
    moment("recovery_told_at", optional=True),
    # Two schedulers that find it at once note it once.
    UniqueConstraint("site_id", "mailbox_id", "began_at"),
)
Index("ix_incidents_ended", incidents.c.site_id, incidents.c.ended_at)
