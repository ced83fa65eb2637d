"""Mailboxes and inboxes as the desk shows them; credentials are never among the columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select

from inbox_service.domain.rights import Viewer

from .tables import forms, inbox_addresses, inboxes, mailboxes

# Named one by one: a column with a secret is never shown because somebody added it.
_SHOWN = (
    mailboxes.c.id,
    mailboxes.c.address,
    mailboxes.c.kind,
    mailboxes.c.state,
    mailboxes.c.reason,
    mailboxes.c.since,
    mailboxes.c.live_cursor_at,
    mailboxes.c.backfill_state,
    mailboxes.c.backfill_done,
    mailboxes.c.backfill_total,
    mailboxes.c.depth_days,
    mailboxes.c.labels,
    mailboxes.c.archive_on_solve,
    mailboxes.c.asked_at,
    mailboxes.c.answered_at,
    mailboxes.c.oauth_client_id,
    mailboxes.c.testing_mode,
    mailboxes.c.consent_ends_at,
    mailboxes.c.aliases,
    mailboxes.c.daily_limit,
    mailboxes.c.sends_paused_until,
)


def _connected(site_id: int) -> Select[Any]:
    return select(*_SHOWN).where(
        mailboxes.c.site_id == site_id, mailboxes.c.disconnected_at.is_(None)
    )


def all_of(connection: Connection, site_id: int) -> Sequence[RowMapping]:
    """Return the connected mailboxes of a site."""
    query = _connected(site_id).order_by(mailboxes.c.address)
    return connection.execute(query).mappings().all()


def seen_by(connection: Connection, viewer: Viewer) -> Sequence[RowMapping]:
    """Return the mailboxes that feed an inbox the viewer sees."""
    if viewer.inboxes is None:
        return all_of(connection, viewer.site_id)
    feeding = select(inbox_addresses.c.mailbox_id).where(
        inbox_addresses.c.site_id == viewer.site_id,
        inbox_addresses.c.inbox_id.in_(sorted(viewer.inboxes)),
    )
    query = (
        _connected(viewer.site_id).where(mailboxes.c.id.in_(feeding)).order_by(mailboxes.c.address)
    )
    return connection.execute(query).mappings().all()


def inboxes_seen_by(connection: Connection, viewer: Viewer) -> Sequence[RowMapping]:
    """Return the inboxes the viewer sees, in the order the desk shows them."""
    query = (
        select(inboxes)
        .where(inboxes.c.site_id == viewer.site_id)
        .order_by(inboxes.c.position, inboxes.c.name)
    )
    if viewer.inboxes is not None:
        query = query.where(inboxes.c.id.in_(sorted(viewer.inboxes)))
    return connection.execute(query).mappings().all()


def addresses_of(connection: Connection, site_id: int) -> dict[int, list[str]]:
    """Return the addresses of each inbox, the default one first."""
    query = (
        select(inbox_addresses.c.inbox_id, inbox_addresses.c.email)
        .where(inbox_addresses.c.site_id == site_id)
        .order_by(inbox_addresses.c.is_default.desc(), inbox_addresses.c.email)
    )
    found: dict[int, list[str]] = {}
    for inbox_id, email in connection.execute(query):
        found.setdefault(inbox_id, []).append(email)
    return found


def forms_seen_by(connection: Connection, viewer: Viewer) -> Sequence[RowMapping]:
    query = select(forms).where(forms.c.site_id == viewer.site_id).order_by(forms.c.name)
    if viewer.inboxes is not None:
        query = query.where(forms.c.inbox_id.in_(sorted(viewer.inboxes)))
    return connection.execute(query).mappings().all()
