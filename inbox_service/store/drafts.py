"""What agents began to write: one row per agent, ticket and kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select, update

from . import upsert
from .ids import moment_of
from .rows import Row, all_rows, one_row
from .tables import agents, drafts, events

_SENT = {"reply": "reply_written", "note": "note_added"}


def of_ticket(connection: Connection, site_id: int, agent_id: int, ticket_id: int) -> list[Row]:
    query = select(drafts).where(_mine(site_id, agent_id), drafts.c.ticket_id == ticket_id)
    return all_rows(connection, query)


def hold(
    connection: Connection, site_id: int, agent_id: int, ticket_id: int, kind: str
) -> Row | None:
    """Return the draft, which nobody else changes until the end of the transaction."""
    one = _one(site_id, agent_id, ticket_id, kind)
    return one_row(connection, select(drafts).where(one).with_for_update())


def put(connection: Connection, row: Mapping[str, Any]) -> None:
    """Insert the draft, or overwrite the one of its agent, ticket and kind."""
    upsert.put(connection, drafts, row)


def forget_other(
    connection: Connection, site_id: int, agent_id: int, ticket_id: int, kind: str
) -> None:
    """Delete what lost to the draft; the draft stays."""
    one = _one(site_id, agent_id, ticket_id, kind)
    connection.execute(update(drafts).where(one).values(other=None))


def remove(connection: Connection, site_id: int, agent_id: int, ticket_id: int, kind: str) -> None:
    connection.execute(delete(drafts).where(_one(site_id, agent_id, ticket_id, kind)))


def sent_since(connection: Connection, key: tuple[int, int, int, str], version: int) -> Row | None:
    """Return what the agent sent since his draft had this version: the newest message's id, when
    it was written (`at`) and his `name`; None for nothing, or what he took back again.
    """
    site_id, agent_id, ticket_id, kind = key
    query = (
        select(events.c.message_id, events.c.at, agents.c.name)
        .join(agents, (agents.c.site_id == site_id) & (agents.c.id == agent_id))
        .where(
            events.c.site_id == site_id,
            events.c.ticket_id == ticket_id,
            events.c.actor_type == "agent",
            events.c.actor_id == agent_id,
            events.c.kind == _SENT[kind],
            # A message's own id is older than its sending: its mail is composed before.
            events.c.at >= moment_of(version),
            events.c.message_id.is_not(None),
        )
        .order_by(events.c.seq.desc())
        .limit(1)
    )
    return one_row(connection, query)


def tickets_with(
    connection: Connection, site_id: int, agent_id: int, ticket_ids: Collection[int]
) -> set[int]:
    query = select(drafts.c.ticket_id).where(
        _mine(site_id, agent_id), drafts.c.ticket_id.in_(sorted(ticket_ids))
    )
    return set(connection.scalars(query))


def _mine(site_id: int, agent_id: int) -> ColumnElement[bool]:
    return (drafts.c.site_id == site_id) & (drafts.c.agent_id == agent_id)


def _one(site_id: int, agent_id: int, ticket_id: int, kind: str) -> ColumnElement[bool]:
    here = (drafts.c.ticket_id == ticket_id) & (drafts.c.kind == kind)
    return _mine(site_id, agent_id) & here
