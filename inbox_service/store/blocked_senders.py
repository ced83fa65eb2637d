"""Senders whose mail goes to spam, as agents said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, select

from inbox_service.domain.rights import Viewer

from .tables import agents, blocked_senders, tickets
from .upsert import insert_missing


def among(connection: Connection, site_id: int, emails: Collection[str]) -> frozenset[str]:
    """Return those of the addresses that are blocked."""
    query = select(blocked_senders.c.email).where(
        blocked_senders.c.site_id == site_id, blocked_senders.c.email.in_(sorted(emails))
    )
    return frozenset(connection.scalars(query)) if emails else frozenset()


def is_blocked(connection: Connection, site_id: int, email: str) -> bool:
    """Tell whether the address is blocked."""
    return bool(among(connection, site_id, [email]))


def page(
    connection: Connection, viewer: Viewer, before: int | None, limit: int
) -> Sequence[RowMapping]:
    """Return blocked senders with the name of who blocked them, the newest first.

    Who is limited to some inboxes is told of those that he blocked, or a ticket there.
    """
    query = (
        select(blocked_senders, agents.c.name.label("agent_name"))
        .outerjoin(
            agents,
            and_(
                agents.c.site_id == blocked_senders.c.site_id,
                agents.c.id == blocked_senders.c.agent_id,
            ),
        )
        .where(*_seen_by(viewer))
        .order_by(blocked_senders.c.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(blocked_senders.c.id < before)
    return connection.execute(query).mappings().all()


def add(connection: Connection, row: Mapping[str, Any]) -> None:
    """Block an address; one that is blocked already stays as it is."""
    insert_missing(connection, blocked_senders, [dict(row)])


def remove(connection: Connection, viewer: Viewer, blocked_id: int) -> bool:
    """End one block; False where there is none that the viewer may know of."""
    here = (*_seen_by(viewer), blocked_senders.c.id == blocked_id)
    return connection.execute(delete(blocked_senders).where(*here)).rowcount == 1


def remove_of_tickets(
    connection: Connection, site_id: int, ticket_ids: Collection[int]
) -> frozenset[int]:
    """End the blocks that were made from tickets; return from which of them there were any."""
    here = (blocked_senders.c.site_id == site_id) & (
        blocked_senders.c.ticket_id.in_(sorted(ticket_ids))
    )
    ended = delete(blocked_senders).where(here).returning(blocked_senders.c.ticket_id)
    return frozenset(connection.scalars(ended))


def _seen_by(viewer: Viewer) -> list[ColumnElement[bool]]:
    here: list[ColumnElement[bool]] = [blocked_senders.c.site_id == viewer.site_id]
    if viewer.inboxes is None:
        return here
    shown = select(tickets.c.id).where(
        tickets.c.site_id == viewer.site_id, tickets.c.inbox_id.in_(sorted(viewer.inboxes))
    )
    mine = blocked_senders.c.agent_id == (viewer.agent_id or 0)
    return [*here, mine | blocked_senders.c.ticket_id.in_(shown)]
