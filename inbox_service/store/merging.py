"""Messages on their way between tickets that are merged by hand, and what is known of merges."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, exists, select, update

from .rows import Row, all_rows, one_row
from .tables import (
    attachments,
    drafts,
    events,
    messages,
    outbox,
    participants,
    tickets,
    uploads,
)


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
            messages.c.author_id,
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


def subject_of(connection: Connection, site_id: int, message_id: int) -> str:
    query = select(messages.c.subject).where(
        messages.c.site_id == site_id, messages.c.id == message_id
    )
    return connection.scalar(query) or ""


def is_any_unsent(connection: Connection, site_id: int, message_ids: Collection[int]) -> bool:
    """Tell whether the mail of one of the messages has not left."""
    query = select(outbox.c.id).where(
        outbox.c.site_id == site_id,
        outbox.c.message_id.in_(sorted(message_ids)),
        outbox.c.state.in_(("waiting", "claimed", "unsure", "failed")),
    )
    return connection.execute(query.limit(1)).first() is not None


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


def move_drafts(connection: Connection, site_id: int, source: int, target: int) -> list[Row]:
    """Let what agents began in a ticket be begun in another; return agent and kind of each.

    Who began something in both keeps what he has there: the other one stays where it is.
    """
    there = drafts.alias()
    taken = exists().where(
        there.c.site_id == site_id,
        there.c.ticket_id == target,
        there.c.agent_id == drafts.c.agent_id,
        there.c.kind == drafts.c.kind,
    )
    here = (drafts.c.site_id == site_id, drafts.c.ticket_id == source, ~taken)
    found = all_rows(connection, select(drafts.c.agent_id, drafts.c.kind).where(*here))
    for one in found:
        _move_draft(connection, site_id, source, target, one)
    return found


def move_draft_back(
    connection: Connection, site_id: int, source: int, target: int, draft: Mapping[str, Any]
) -> None:
    """Let a draft that `move_drafts` moved be in its ticket again, unless another is there."""
    in_source = _draft_of(site_id, source, draft)
    if connection.execute(select(drafts.c.kind).where(*in_source)).first() is None:
        _move_draft(connection, site_id, target, source, draft)


def _move_draft(
    connection: Connection, site_id: int, source: int, target: int, draft: Mapping[str, Any]
) -> None:
    connection.execute(
        update(drafts).where(*_draft_of(site_id, source, draft)).values(ticket_id=target)
    )
    if draft["kind"] != "reply":
        return
    # Its files are those of the ticket's next mail.
    connection.execute(
        update(uploads)
        .where(
            uploads.c.site_id == site_id,
            uploads.c.ticket_id == source,
            uploads.c.agent_id == draft["agent_id"],
            uploads.c.message_id.is_(None),
        )
        .values(ticket_id=target)
    )


def _draft_of(site_id: int, ticket_id: int, draft: Mapping[str, Any]) -> tuple[Any, ...]:
    return (
        drafts.c.site_id == site_id,
        drafts.c.ticket_id == ticket_id,
        drafts.c.agent_id == draft["agent_id"],
        drafts.c.kind == draft["kind"],
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
