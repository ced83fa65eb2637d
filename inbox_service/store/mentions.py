"""Whom notes mention, and which of these notes he has read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, select, update

from .tables import mentions, messages
from .upsert import insert_missing


def add(connection: Connection, site_id: int, message_id: int, agent_ids: Iterable[int]) -> None:
    """Note that a note mentions these agents."""
    row = {"site_id": site_id, "message_id": message_id, "is_read": False}
    insert_missing(connection, mentions, [{**row, "agent_id": one} for one in sorted(agent_ids)])


def unread_of(site_id: int, agent_id: int) -> Select[Any]:
    """Return the SELECT of the tickets with notes that mention the agent and that are unread."""
    note = (mentions.c.site_id == messages.c.site_id) & (mentions.c.message_id == messages.c.id)
    return (
        select(messages.c.ticket_id)
        .join(mentions, note)
        .where(
            mentions.c.site_id == site_id,
            mentions.c.agent_id == agent_id,
            mentions.c.is_read.is_(False),
        )
    )


def note_read(
    connection: Connection, site_id: int, agent_id: int, ticket_id: int, message_id: int
) -> None:
    """Note that the agent has read a ticket up to this message."""
    _write(connection, site_id, agent_id, ticket_id, messages.c.id <= message_id, is_read=True)


def note_unread(connection: Connection, site_id: int, agent_id: int, ticket_id: int) -> None:
    """Let the agent find a ticket's notes that mention him again."""
    _write(connection, site_id, agent_id, ticket_id, messages.c.id > 0, is_read=False)


def forget(connection: Connection, site_id: int, message_ids: Collection[int]) -> None:
    """Forget whom messages mention that say nothing any more."""
    gone = mentions.c.message_id.in_(sorted(message_ids))
    connection.execute(delete(mentions).where(mentions.c.site_id == site_id, gone))


def _write(
    connection: Connection,
    site_id: int,
    agent_id: int,
    ticket_id: int,
    which: ColumnElement[bool],
    *,
    is_read: bool,
) -> None:
    of_ticket = select(messages.c.id).where(
        messages.c.site_id == site_id, messages.c.ticket_id == ticket_id, which
    )
    connection.execute(
        update(mentions)
        .where(
            mentions.c.site_id == site_id,
            mentions.c.agent_id == agent_id,
            mentions.c.is_read.is_(not is_read),
            mentions.c.message_id.in_(of_ticket),
        )
        .values(is_read=is_read)
    )
