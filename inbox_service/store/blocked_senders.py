"""Senders whose mail goes to spam, as agents said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, delete, select

from .tables import agents, blocked_senders
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
    connection: Connection, site_id: int, before: int | None, limit: int
) -> Sequence[RowMapping]:
    """Return blocked senders with the name of who blocked them, the newest first."""
    query = (
        select(blocked_senders, agents.c.name.label("agent_name"))
        .outerjoin(
            agents,
            and_(
                agents.c.site_id == blocked_senders.c.site_id,
                agents.c.id == blocked_senders.c.agent_id,
            ),
        )
        .where(blocked_senders.c.site_id == site_id)
        .order_by(blocked_senders.c.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(blocked_senders.c.id < before)
    return connection.execute(query).mappings().all()


def add(connection: Connection, row: Mapping[str, Any]) -> None:
    """Block an address; one that is blocked already stays as it is."""
    insert_missing(connection, blocked_senders, [dict(row)])


def remove(connection: Connection, site_id: int, blocked_id: int) -> bool:
    """End one block; False where there is none."""
    here = (blocked_senders.c.site_id == site_id) & (blocked_senders.c.id == blocked_id)
    return connection.execute(delete(blocked_senders).where(here)).rowcount == 1


def remove_of_ticket(connection: Connection, site_id: int, ticket_id: int) -> bool:
    """End the blocks that were made from a ticket; False where there are none."""
    here = (blocked_senders.c.site_id == site_id) & (blocked_senders.c.ticket_id == ticket_id)
    return connection.execute(delete(blocked_senders).where(here)).rowcount > 0
