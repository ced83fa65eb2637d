"""A ticket's messages and events as they are read, and the site's feed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, select

from inbox_service.domain.rights import Viewer

from . import mentions
from .tables import agent_seen, attachments, customers, events, messages, outbox, sites
from .upsert import insert_into


def messages_of(
    connection: Connection, site_id: int, ticket_id: int, after: int, limit: int
) -> Sequence[RowMapping]:
    """Return the ticket's messages that follow the id `after`, oldest first."""
    query = (
        select(messages)
        .where(
            messages.c.site_id == site_id,
            messages.c.ticket_id == ticket_id,
            messages.c.id > after,
        )
        .order_by(messages.c.id)
        .limit(limit)
    )
    return connection.execute(query).mappings().all()


def newest_messages_of(
    connection: Connection, site_id: int, ticket_id: int, before: int | None, limit: int
) -> Sequence[RowMapping]:
    """Return the ticket's messages that precede the id `before`, newest first."""
    query = (
        select(messages)
        .where(messages.c.site_id == site_id, messages.c.ticket_id == ticket_id)
        .order_by(messages.c.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(messages.c.id < before)
    return connection.execute(query).mappings().all()


def attachments_of(
    connection: Connection, site_id: int, message_ids: Collection[int]
) -> dict[int, list[RowMapping]]:
    """Return the attachments of each message, in the order of the mail's parts."""
    query = (
        select(attachments)
        .where(attachments.c.site_id == site_id, attachments.c.message_id.in_(sorted(message_ids)))
        .order_by(attachments.c.part)
    )
    return _grouped(connection.execute(query).mappings(), "message_id")


def sending_of(
    connection: Connection, site_id: int, message_ids: Collection[int]
) -> dict[int, RowMapping]:
    """Return the outbox row of each message that has one."""
    query = select(outbox).where(
        outbox.c.site_id == site_id, outbox.c.message_id.in_(sorted(message_ids))
    )
    return {row["message_id"]: row for row in connection.execute(query).mappings()}


def attachment(
    connection: Connection, site_id: int, attachment_id: int
) -> tuple[RowMapping, str | None] | None:
    """Return an attachment and the blob its message's mail is stored in."""
    # The content itself lies in the message's own raw mail: no attachment is stored twice.
    query = (
        select(attachments, messages.c.blob)
        .join(
            messages,
            and_(messages.c.site_id == site_id, messages.c.id == attachments.c.message_id),
        )
        .where(attachments.c.site_id == site_id, attachments.c.id == attachment_id)
    )
    row = connection.execute(query).mappings().one_or_none()
    return (row, row["blob"]) if row else None


@dataclass(frozen=True, slots=True)
class StoredMail:
    """The mail that a message was, and the ticket it is in."""

    ticket_id: int
    blob: str


def mail_of(connection: Connection, site_id: int, message_id: int) -> StoredMail | None:
    """Return the mail of a message; None for a note, as for one without a mail.

    A note may come from a mail of its agent's to us, which is nobody else's to read.
    """
    query = select(messages.c.ticket_id, messages.c.blob).where(
        messages.c.site_id == site_id,
        messages.c.id == message_id,
        messages.c.kind != "note",
        messages.c.blob.is_not(None),
    )
    row = connection.execute(query).one_or_none()
    return StoredMail(row.ticket_id, row.blob) if row else None


def events_of(
    connection: Connection, site_id: int, ticket_id: int, after: int, limit: int
) -> Sequence[RowMapping]:
    """Return the ticket's events that follow the number `after`, oldest first."""
    query = (
        select(events)
        .where(events.c.site_id == site_id, events.c.ticket_id == ticket_id, events.c.seq > after)
        .order_by(events.c.seq)
        .limit(limit)
    )
    return connection.execute(query).mappings().all()


def feed(
    connection: Connection, viewer: Viewer, after: int, until: int, limit: int
) -> Sequence[RowMapping]:
    """Return the events with `after` < seq <= `until` that the viewer may see, oldest first."""
    query = (
        select(events)
        .where(events.c.site_id == viewer.site_id, events.c.seq > after, events.c.seq <= until)
        .order_by(events.c.seq)
        .limit(limit)
    )
    return connection.execute(_within(query, viewer)).mappings().all()


def last_seq(connection: Connection, site_id: int) -> int:
    """Return the number of the site's newest event.

    Every event up to it can be read: it is counted up in the transaction that adds them.
    """
    query = select(sites.c.last_seq).where(sites.c.id == site_id)
    return int(connection.execute(query).scalar_one())


def customer_names(connection: Connection, site_id: int, ids: Iterable[int]) -> dict[int, str]:
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    query = select(customers.c.id, customers.c.name).where(
        customers.c.site_id == site_id, customers.c.id.in_(wanted)
    )
    return {row.id: row.name for row in connection.execute(query)}


def message_exists(connection: Connection, site_id: int, ticket_id: int, message_id: int) -> bool:
    """Tell whether the ticket has this message."""
    return author_of(connection, site_id, ticket_id, message_id) is not None


def author_of(
    connection: Connection, site_id: int, ticket_id: int, message_id: int
) -> RowMapping | None:
    """Return who wrote this message; None where the ticket has no such message."""
    query = select(messages.c.author_type, messages.c.author_email, messages.c.sender_proven).where(
        messages.c.site_id == site_id,
        messages.c.ticket_id == ticket_id,
        messages.c.id == message_id,
    )
    return connection.execute(query).mappings().one_or_none()


def note_seen(
    connection: Connection, site_id: int, agent_id: int, ticket_id: int, message_id: int, at: int
) -> None:
    """Note that the agent saw the ticket up to this message; an older one changes nothing."""
    mentions.note_read(connection, site_id, agent_id, ticket_id, message_id)
    row = {"site_id": site_id, "agent_id": agent_id, "ticket_id": ticket_id}
    connection.execute(
        insert_into(connection, agent_seen)
        .values(**row, message_id=message_id, seen_at=at)
        .on_conflict_do_update(
            index_elements=list(agent_seen.primary_key.columns),
            set_={"message_id": message_id, "seen_at": at},
            # Two screens of one agent report out of order; the newer mark stays.
            where=agent_seen.c.message_id < message_id,
        )
    )


def _within(query: Select[Any], viewer: Viewer) -> Select[Any]:
    # An event of no inbox concerns the whole site (a mailbox's state): everybody sees it.
    if viewer.inboxes is None:
        return query
    return query.where(
        events.c.inbox_id.in_(sorted(viewer.inboxes))
        | (events.c.inbox_id.is_(None) & events.c.ticket_id.is_(None))
    )


def _grouped(rows: Iterable[RowMapping], by: str) -> dict[int, list[RowMapping]]:
    groups: dict[int, list[RowMapping]] = {}
    for row in rows:
        groups.setdefault(row[by], []).append(row)
    return groups
