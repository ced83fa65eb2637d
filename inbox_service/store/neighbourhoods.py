"""Tickets that mail alone has made, their mails, and how those go from one to the other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, exists, func, or_, select, update

from . import search_index
from .rows import Row, all_rows
from .tables import (
    attachments,
    drafts,
    events,
    link_grants,
    mailboxes,
    message_ids,
    messages,
    outbox,
    participants,
    provider_threads,
    receipts,
    tickets,
)

# What is written of a ticket while nobody but its mail touches it.
_BY_MAIL = (
    "ticket_opened",
    "message_received",
    "message_sent_elsewhere",
    "message_bounced",
    "ticket_merged",
    "messages_moved",
)


def untouched(connection: Connection, site_id: int, ticket_ids: Collection[int]) -> dict[int, int]:
    """Return those tickets that are history no person has done anything to, with their version.

    Nobody answered them, noted, assigned, moved or tagged them, gave a link to them out or began a
    draft; and no mail came to them after its mailbox was connected.
    """
    if not ticket_ids:
        return {}
    query = select(tickets.c.id, tickets.c.version).where(
        tickets.c.site_id == site_id,
        tickets.c.id.in_(sorted(ticket_ids)),
        tickets.c.from_before,
        tickets.c.place == "inbox",
        tickets.c.follows.is_(None),
        tickets.c.merged_into.is_(None),
        tickets.c.erased_at.is_(None),
        ~_of_ticket(events, _by_person()),
        ~_of_ticket(messages, or_(_is_no_mail(), _is_live())),
        *(~_of_ticket(table) for table in (drafts, link_grants, outbox)),
    )
    return {row.id: row.version for row in connection.execute(query)}


def mails_of(connection: Connection, site_id: int, ticket_ids: Collection[int]) -> list[Row]:
    """Return what threading asks of the tickets' messages."""
    query = select(
        messages.c.id,
        messages.c.ticket_id,
        messages.c.origin_ticket_id,
        messages.c.author_id,
        messages.c.author_name,
        messages.c.author_email,
        messages.c.recipients,
        messages.c.copied,
        messages.c.subject,
        messages.c.direction,
        messages.c.rfc_message_id,
        messages.c.reference_ids,
        messages.c.believed,
        messages.c.blob,
        messages.c.sent_at,
    ).where(messages.c.site_id == site_id, messages.c.ticket_id.in_(sorted(ticket_ids)))
    return all_rows(connection, query)


def receipts_of(connection: Connection, site_id: int, message_ids: Iterable[int]) -> list[Row]:
    """Return the receipts of messages, those of further copies too."""
    query = select(
        receipts.c.id,
        receipts.c.message_id,
        receipts.c.mailbox_id,
        receipts.c.provider_thread_id,
        receipts.c.outcome,
        receipts.c.labels,
        receipts.c.received_at,
    ).where(receipts.c.site_id == site_id, receipts.c.message_id.in_(sorted(set(message_ids))))
    return all_rows(connection, query)


def move(connection: Connection, site_id: int, moves: Mapping[int, int]) -> None:
    """Put messages, by id, into other tickets, with their receipts; they remember the first one."""
    if not moves:
        return
    rows = [{"message": one, "ticket": ticket} for one, ticket in sorted(moves.items())]
    connection.execute(
        update(messages)
        .where(messages.c.site_id == site_id, messages.c.id == bindparam("message"))
        .values(
            origin_ticket_id=func.coalesce(messages.c.origin_ticket_id, messages.c.ticket_id),
            ticket_id=bindparam("ticket"),
        ),
        rows,
    )
    connection.execute(
        update(receipts)
        .where(receipts.c.site_id == site_id, receipts.c.message_id == bindparam("message"))
        .values(ticket_id=bindparam("ticket")),
        rows,
    )
    search_index.index_messages(connection, site_id, moves)


def lead(connection: Connection, site_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Let ids lead to the ticket that their message is in now: rows of of_hash, message, ticket."""
    if rows:
        connection.execute(
            update(message_ids)
            .where(
                message_ids.c.site_id == site_id,
                message_ids.c.hash == bindparam("of_hash"),
                message_ids.c.message_id == bindparam("message"),
            )
            .values(ticket_id=bindparam("ticket")),
            [dict(row) for row in rows],
        )


def forget_people(connection: Connection, site_id: int, ticket_id: int) -> None:
    """Take everybody out of a ticket, and the provider's threads, to be noted anew."""
    for table in (participants, provider_threads):
        connection.execute(
            delete(table).where(table.c.site_id == site_id, table.c.ticket_id == ticket_id)
        )


def begin_with(connection: Connection, site_id: int, ids: Sequence[int]) -> None:
    """Let the receipts tell that the first of a ticket's messages opened it; others answered."""
    for outcome, which in (("ticket", ids[:1]), ("reply", ids[1:])):
        connection.execute(
            update(receipts)
            .where(
                receipts.c.site_id == site_id,
                receipts.c.message_id.in_(which),
                receipts.c.outcome.in_(["ticket", "reply"]),
            )
            .values(outcome=outcome)
        )


def follow_on(connection: Connection, site_id: int, gone: int, into: int) -> None:
    """Let tickets that went into one that is gone itself now name the one that took it in."""
    connection.execute(
        update(tickets)
        .where(tickets.c.site_id == site_id, tickets.c.merged_into == gone)
        .values(merged_into=into)
    )


def have_files(connection: Connection, site_id: int, message_ids: Collection[int]) -> set[int]:
    """Return those of the messages with a file that is more than a picture in the text."""
    query = select(attachments.c.message_id).where(
        attachments.c.site_id == site_id,
        attachments.c.message_id.in_(sorted(message_ids)),
        ~attachments.c.inline,
    )
    return set(connection.scalars(query))


def _by_person() -> Any:
    # What the owner sent from elsewhere has an agent too, but nobody in particular.
    by_agent = and_(events.c.actor_type == "agent", events.c.actor_id.is_not(None))
    return or_(events.c.kind.not_in(_BY_MAIL), by_agent)


def _is_no_mail() -> Any:
    # Of what was erased nothing is left to decide by.
    return or_(messages.c.believed.is_(None), messages.c.erased_at.is_not(None))


def _is_live() -> Any:
    connected_at = (
        select(mailboxes.c.connected_at)
        .where(mailboxes.c.site_id == messages.c.site_id, mailboxes.c.id == messages.c.mailbox_id)
        .scalar_subquery()
    )
    return messages.c.sent_at >= connected_at


def _of_ticket(table: Any, *conditions: Any) -> Any:
    return exists().where(
        table.c.site_id == tickets.c.site_id, table.c.ticket_id == tickets.c.id, *conditions
    )
