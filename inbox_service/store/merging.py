"""Messages on their way between tickets that are merged by hand, and what is known of merges."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, exists, select, update

from .rows import Row, all_rows, one_row
from .tables import attachments, events, messages, outbox, participants, tickets


def messages_of(connection: Connection, site_id: int, ticket_ids: Collection[int]) -> list[Row]:
    """Return what tickets tell by their messages, oldest first, without the texts."""
    has_files = exists().where(
        attachments.c.site_id == messages.c.site_id,
        attachments.c.message_id == messages.c.id,
        ~attachments.c.inline,
    )
    query = (
        select(
            messages.c.id,
            messages.c.ticket_id,
            messages.c.origin_ticket_id,
            messages.c.kind,
            messages.c.automatic,
            messages.c.author_type,
            messages.c.author_name,
            messages.c.author_email,
            messages.c.new_person,
            messages.c.recipients,
            messages.c.copied,
            messages.c.direction,
            messages.c.forwards_id,
            messages.c.believed,
            messages.c.rfc_message_id,
            messages.c.reference_ids,
            messages.c.sent_at,
            has_files.label("has_files"),
        )
        .where(messages.c.site_id == site_id, messages.c.ticket_id.in_(sorted(ticket_ids)))
        .order_by(messages.c.id)
    )
    return all_rows(connection, query)


def last_merge(connection: Connection, site_id: int, ticket_id: int) -> Mapping[str, Any]:
    """Return the data of the event that told of the ticket's last merge; {} where none did."""
    query = (
        select(events.c.data)
        .where(
            events.c.site_id == site_id,
            events.c.ticket_id == ticket_id,
            events.c.kind == "ticket_merged",
        )
        .order_by(events.c.seq.desc())
        .limit(1)
    )
    found = one_row(connection, query)
    return found["data"] if found else {}


def people_of(connection: Connection, site_id: int, ticket_id: int) -> list[Row]:
    """Return who takes part in a ticket: email, name and role."""
    query = select(participants.c.email, participants.c.name, participants.c.role).where(
        participants.c.site_id == site_id, participants.c.ticket_id == ticket_id
    )
    return all_rows(connection, query)


def merged_into(connection: Connection, site_id: int, ticket_id: int) -> list[int]:
    """Return the tickets that went into this one."""
    query = select(tickets.c.id).where(
        tickets.c.site_id == site_id, tickets.c.merged_into == ticket_id
    )
    return sorted(connection.scalars(query))


def follow_back(
    connection: Connection, site_id: int, ids: Collection[int], into: int, back_to: int
) -> None:
    """Let those of the tickets that are in `into` be in the ticket again that took them in."""
    connection.execute(
        update(tickets)
        .where(
            tickets.c.site_id == site_id,
            tickets.c.id.in_(sorted(ids)),
            tickets.c.merged_into == into,
        )
        .values(merged_into=back_to)
    )


def move_sends(connection: Connection, site_id: int, moves: Mapping[int, int]) -> None:
    """Let the mails of messages, by id, belong to the tickets that the messages are in now."""
    if moves:
        connection.execute(
            update(outbox)
            .where(outbox.c.site_id == site_id, outbox.c.message_id == bindparam("message"))
            .values(ticket_id=bindparam("ticket")),
            [{"message": one, "ticket": ticket} for one, ticket in sorted(moves.items())],
        )
