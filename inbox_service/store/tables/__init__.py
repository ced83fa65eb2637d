"""The tables, one file per aggregate; importing this package knows them all."""

from .base import metadata
from .mailboxes import inbox_addresses, inboxes, mailboxes, sync_runs, teams
from .messages import attachments, message_ids, messages, provider_threads
from .people import (
    address_suppressions,
    agent_inboxes,
    agents,
    customer_addresses,
    customers,
    team_members,
)
from .receipts import blobs, receipts
from .sites import (
    api_keys,
    forms,
    idempotency,
    oauth_clients,
    pairing_codes,
    site_keys,
    sites,
    used_tokens,
)
from .tickets import (
    agent_seen,
    counters,
    drafts,
    participants,
    tags,
    ticket_tags,
    tickets,
)
from .work import events, outbox

__all__ = [
    "address_suppressions",
    "agent_inboxes",
    "agent_seen",
    "agents",
    "api_keys",
    "attachments",
    "blobs",
    "counters",
    "customer_addresses",
    "customers",
    "drafts",
    "events",
    "forms",
    "idempotency",
    "inbox_addresses",
    "inboxes",
    "mailboxes",
    "message_ids",
    "messages",
    "metadata",
    "oauth_clients",
    "outbox",
    "pairing_codes",
    "participants",
    "provider_threads",
    "receipts",
    "site_keys",
    "sites",
    "sync_runs",
    "tags",
    "team_members",
    "teams",
    "ticket_tags",
    "tickets",
    "used_tokens",
]
