"""The tables, one file per aggregate; importing this package knows them all."""

from .access import (
    access_codes,
    automatic_sends,
    guest_sessions,
    link_grants,
    verified_addresses,
)
from .base import metadata
from .bulk import bulk_items, bulks
from .care import incidents, reconciliations
from .connecting import oauth_flows
from .mailboxes import inbox_addresses, inboxes, mailboxes, sync_runs, teams
from .messages import attachments, mentions, message_ids, messages, provider_threads
from .notices import (
    acknowledgements,
    notice_mails,
    notice_settings,
    noticed_events,
    pending_notices,
)
from .people import (
    address_suppressions,
    agent_inboxes,
    agents,
    blocked_senders,
    customer_addresses,
    customers,
    team_members,
)
from .previews import preview_pictures, previews
from .privacy import erased_blobs, erasures
from .push import push_channels, push_watches
from .receipts import blobs, receipts, waiting_ids
from .routing import form_entries, forms, routing_rules
from .saved_replies import saved_replies
from .search import search_documents
from .sites import (
    api_keys,
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
    followers,
    participants,
    tags,
    ticket_tags,
    tickets,
)
from .uploads import uploads
from .views import saved_views
from .work import events, outbox

__all__ = [
    "access_codes",
    "acknowledgements",
    "address_suppressions",
    "agent_inboxes",
    "agent_seen",
    "agents",
    "api_keys",
    "attachments",
    "automatic_sends",
    "blobs",
    "blocked_senders",
    "bulk_items",
    "bulks",
    "counters",
    "customer_addresses",
    "customers",
    "drafts",
    "erased_blobs",
    "erasures",
    "events",
    "followers",
    "form_entries",
    "forms",
    "guest_sessions",
    "idempotency",
    "inbox_addresses",
    "inboxes",
    "incidents",
    "link_grants",
    "mailboxes",
    "mentions",
    "message_ids",
    "messages",
    "metadata",
    "notice_mails",
    "notice_settings",
    "noticed_events",
    "oauth_clients",
    "oauth_flows",
    "outbox",
    "pairing_codes",
    "participants",
    "pending_notices",
    "preview_pictures",
    "previews",
    "provider_threads",
    "push_channels",
    "push_watches",
    "receipts",
    "reconciliations",
    "routing_rules",
    "saved_replies",
    "saved_views",
    "search_documents",
    "site_keys",
    "sites",
    "sync_runs",
    "tags",
    "team_members",
    "teams",
    "ticket_tags",
    "tickets",
    "uploads",
    "used_tokens",
    "verified_addresses",
    "waiting_ids",
]
