"""Agents who follow tickets: they hear of answers as if the ticket were theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, delete, select

from .tables import followers
from .upsert import insert_missing


def of_tickets(
    connection: Connection, site_id: int, ticket_ids: Iterable[int]
) -> dict[int, list[int]]:
    """Return the agents who follow each ticket, who began first before the others."""
    query = (
        select(followers.c.ticket_id, followers.c.agent_id)
        .where(followers.c.site_id == site_id, followers.c.ticket_id.in_(sorted(set(ticket_ids))))
        .order_by(followers.c.created_at, followers.c.agent_id)
    )
    found: dict[int, list[int]] = {}
    for ticket_id, agent_id in connection.execute(query):
        found.setdefault(ticket_id, []).append(agent_id)
    return found


def add(
    connection: Connection, site_id: int, ticket_id: int, agent_ids: Iterable[int], at: int
) -> None:
    """Let agents follow a ticket; who does so already goes on."""
    row = {"site_id": site_id, "ticket_id": ticket_id, "created_at": at}
    insert_missing(connection, followers, [{**row, "agent_id": one} for one in agent_ids])


def remove(
    connection: Connection, site_id: int, ticket_id: int, agent_ids: Collection[int]
) -> None:
    """Let agents follow a ticket no more."""
    connection.execute(
        delete(followers).where(
            followers.c.site_id == site_id,
            followers.c.ticket_id == ticket_id,
            followers.c.agent_id.in_(sorted(agent_ids)),
        )
    )
