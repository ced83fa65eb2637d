"""Message rows and their attachments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from . import previews, search_index
from .rows import Row, all_rows, one_row
from .tables import attachments, events, mentions, messages, pending_notices, receipts, uploads


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(insert(messages), [dict(row) for row in rows])


def add_attachments(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(insert(attachments), [dict(row) for row in rows])


def get_many(connection: Connection, site_id: int, ids: Iterable[int]) -> dict[int, Row]:
    query = select(messages).where(
        messages.c.site_id == site_id, messages.c.id.in_(sorted(set(ids)))
    )
    return {row["id"]: row for row in all_rows(connection, query)}


def latest(
    connection: Connection, site_id: int, ticket_id: int, kinds: Sequence[str]
) -> Row | None:
    """Return the ticket's newest message of these kinds that no machine wrote.

    What was passed on to somebody else is left out: the customer never saw it.
    """
    query = (
        select(messages)
        .where(
            messages.c.site_id == site_id,
            messages.c.ticket_id == ticket_id,
            messages.c.kind.in_(list(kinds)),
            messages.c.automatic.is_(None) | messages.c.automatic.in_(["list", "notice"]),
            messages.c.forwards_id.is_(None),
        )
        .order_by(messages.c.id.desc())
        .limit(1)
    )
    return one_row(connection, query)


def newest_until(connection: Connection, site_id: int, ticket_id: int, at: int) -> int:
    """Return the id of the newest message that was in the ticket at that moment, 0 for none."""
    query = (
        select(messages.c.id)
        .where(
            messages.c.site_id == site_id,
            messages.c.ticket_id == ticket_id,
            messages.c.created_at <= at,
        )
        .order_by(messages.c.id.desc())
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none() or 0


def written_since(
    connection: Connection, site_id: int, ticket_id: int, seen_id: int, agent_id: int
) -> list[Row]:
    """Return the messages that others wrote and the agent, who saw up to `seen_id`, did not see.

    Ids sort by the time a mail was received; one that was received long ago but arrived here after
    the seen message counts too, hence the second comparison.
    """
    seen = select(messages.c.created_at).where(
        messages.c.site_id == site_id,
        messages.c.ticket_id == ticket_id,
        messages.c.id == seen_id,
    )
    query = (
        select(messages)
        .where(
            messages.c.site_id == site_id,
            messages.c.ticket_id == ticket_id,
            (messages.c.id > seen_id) | (messages.c.created_at > seen.scalar_subquery()),
            messages.c.id != seen_id,
        )
        .order_by(messages.c.id)
    )
    return [
        row
        for row in all_rows(connection, query)
        if (row["author_type"], row["author_id"]) != ("agent", agent_id)
    ]


def has_later_reply(connection: Connection, site_id: int, ticket_id: int, message_id: int) -> bool:
    """Tell whether our side wrote to the customer after this message."""
    query = select(messages.c.id).where(
        messages.c.site_id == site_id,
        messages.c.ticket_id == ticket_id,
        messages.c.kind == "out",
        messages.c.id > message_id,
    )
    return connection.execute(query.limit(1)).first() is not None


def remove(connection: Connection, site_id: int, message_id: int) -> None:
    """Delete a message that was taken back before anybody outside saw it.

    The facts about it stay, and its files wait for the next mail.
    """
    search_index.forget_messages(connection, site_id, [message_id])
    # An answer that came by mail has a receipt, which stays: the mail is not to be read again.
    for table in (events, receipts, uploads):
        connection.execute(
            update(table)
            .where(table.c.site_id == site_id, table.c.message_id == message_id)
            .values(message_id=None)
        )
    previews.drop(connection, site_id, [message_id], at=0)
    for table in (attachments, pending_notices, mentions):
        connection.execute(
            delete(table).where(table.c.site_id == site_id, table.c.message_id == message_id)
        )
    connection.execute(
        delete(messages).where(messages.c.site_id == site_id, messages.c.id == message_id)
    )


def write(connection: Connection, site_id: int, message_id: int, values: Mapping[str, Any]) -> None:
    """Change what only becomes known after sending: the Message-ID."""
    connection.execute(
        update(messages)
        .where(messages.c.site_id == site_id, messages.c.id == message_id)
        .values(**values)
    )
