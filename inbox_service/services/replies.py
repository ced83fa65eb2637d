"""Replies and notes: written into the ticket, and a reply's mail into the outbox.

A reply is composed and its bytes stored before the transaction opens (`prepare_reply`); `add_reply`
then checks again that nobody wrote meanwhile, and inserts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.domain.events import Actor
from inbox_service.domain.mail import Direction
from inbox_service.domain.tickets import Side
from inbox_service.errors import Conflict, NotFound, Stale
from inbox_service.store import messages, tickets
from inbox_service.store.ids import new_id
from inbox_service.store.tables import agents

from .archiving import archive_solved
from .desk import Desk, Row
from .queueing import check_time, leaves_at, queue, undo_of
from .reply_context import erased
from .reply_draft import ReplyDraft as ReplyDraft
from .reply_draft import check
from .reply_mail import compose, listed, read_material
from .suppressed import check_suppressed
from .uploads import take_uploads


@dataclass(frozen=True, slots=True)
class PreparedReply:
    """A reply whose mail is composed and stored, ready to be written into its ticket."""

    site_id: int
    agent_id: int
    ticket_id: int
    mailbox_id: int
    draft: ReplyDraft
    message: Row
    files: Sequence[Row]
    uploads: Sequence[Row]
    blob_size: int
    send_key: str
    provider_thread_id: str
    leaves_at: int


def prepare_reply(
    deps: Deps,
    site_id: int,
    agent_id: int,
    number: int,
    draft: ReplyDraft,
    brought: Sequence[Row] = (),
) -> PreparedReply:
    """Compose the reply's mail and store its bytes; for `brought` see `uploads.bring`.

    raises NotFound for the ticket, Invalid for an empty text, a wrong address or one that mail came
    back from, Conflict where no mailbox feeds the ticket's inbox.
    """
    check(draft)
    check_time(draft.send_at, deps.clock.now())
    with deps.sessions.reading() as connection:
        material = read_material(connection, site_id, agent_id, number, draft, brought)
    context, composed = material.context, compose(deps, material)
    outgoing = composed.outgoing
    if not draft.to_suppressed:
        people = (*outgoing.to, *outgoing.cc, *outgoing.bcc)
        check_suppressed(deps, site_id, [one.email for one in people])
    message = _message(context.ticket, context.agent, draft, "out", deps.clock.now()) | {
        "mailbox_id": context.mailbox["id"],
        "author_email": outgoing.sender.email,
        "recipients": listed(outgoing.to),
        "copied": listed(outgoing.cc),
        "blind_copied": listed(outgoing.bcc),
        "forwards_id": draft.forwards,
        "subject": outgoing.subject,
        "reference_ids": list(outgoing.references),
        "blob": deps.blobs.put(site_id, composed.raw),
    }
    return PreparedReply(
        site_id=site_id,
        agent_id=agent_id,
        ticket_id=context.ticket["id"],
        mailbox_id=context.mailbox["id"],
        draft=draft,
        message=message,
        files=composed.file_rows(site_id, message["id"], deps.clock.now()),
        uploads=material.uploads,
        blob_size=len(composed.raw),
        send_key=outgoing.send_id,
        provider_thread_id=context.thread_id,
        leaves_at=leaves_at(deps.settings, context.site, draft.send_at, deps.clock.now()),
    )


def add_reply(connection: Connection, deps: Deps, prepared: PreparedReply) -> int:
    """Write a prepared reply into its ticket and the outbox; return the message's id.

    raises Stale (code unseen_messages, `unseen` = message ids) where somebody else wrote since.
    """
    now = deps.clock.now()
    desk = Desk(connection, prepared.site_id, now)
    ticket = _locked(desk, prepared.ticket_id)
    if ticket["erased_at"] is not None:
        # Composed before: it would bring the address back.
        raise erased()
    _check_seen(connection, prepared)
    before, known = dict(ticket), set(desk.participants[ticket["id"]])
    actor, message = Actor("agent", prepared.agent_id), prepared.message
    # Who passes a mail on has not answered its writer: he waits as before.
    side: Side | None = "ours" if message["forwards_id"] is None else None
    desk.attach(ticket, message, prepared.files, side=side)
    people = [*message["recipients"], *message["copied"], *message["blind_copied"]]
    desk.add_people(ticket["id"], {one["email"]: one["name"] for one in people}, "copied")
    if ticket["assignee_id"] is None:
        # Whoever answers first looks after it: two agents then see at once that it is taken.
        ticket["assignee_id"] = prepared.agent_id
        desk.record("ticket_assigned", actor, ticket, assignee_id=[None, str(prepared.agent_id)])
    _set_status(desk, ticket, actor, prepared.draft.set_status, prepared.leaves_at)
    desk.record("reply_written", actor, ticket, message["id"])
    undo = undo_of(desk, before, {one["email"] for one in people} - known, prepared.draft)
    desk.flush()
    take_uploads(connection, prepared.uploads, message["id"], prepared.leaves_at)
    row = _outbox_row(prepared) | {"undo": undo, "recipients": len(people)}
    queue(connection, row, prepared.blob_size, now)
    return int(message["id"])


def add_note(
    connection: Connection,
    deps: Deps,
    site_id: int,
    agent_id: int,
    number: int,
    draft: ReplyDraft,
) -> int:
    """Write a note, which no customer ever sees, into the ticket; return the message's id."""
    check(draft)
    now = deps.clock.now()
    row = tickets.by_number(connection, site_id, number)
    if row is None:
        raise NotFound(f"There is no ticket {number} here.", code="ticket_not_found")
    query = select(agents).where(agents.c.site_id == site_id, agents.c.id == agent_id)
    agent = dict(connection.execute(query).mappings().one())
    desk = Desk(connection, site_id, now)
    ticket = _locked(desk, row["id"])
    message = _message(ticket, agent, draft, "note", now)
    actor = Actor("agent", agent_id)
    desk.attach(ticket, message, (), side=None)
    _set_status(desk, ticket, actor, draft.set_status)
    desk.record("note_added", actor, ticket, message["id"])
    desk.flush()
    return int(message["id"])


def _message(ticket: Row, agent: Row, draft: ReplyDraft, kind: str, now: int) -> Row:
    direction: Direction = mime.visible(draft.text, "").direction
    return {
        "site_id": ticket["site_id"],
        "id": new_id(now),
        "ticket_id": ticket["id"],
        "origin_ticket_id": None,
        "mailbox_id": None,
        "kind": kind,
        "author_type": "agent",
        "author_id": agent["id"],
        "author_name": agent["name"],
        "author_email": agent["email"],
        "recipients": [],
        "copied": [],
        "reply_to": [],
        "subject": ticket["subject"],
        "text": draft.text,
        "folded_text": "",
        "html": mime.sanitize(draft.html).html if draft.html else "",
        "folded_html": "",
        "remote_images": 0,
        "direction": direction,
        "automatic": None,
        "particulars": None,
        "new_person": False,
        "sent_elsewhere": False,
        "rfc_message_id": "",
        "reference_ids": [],
        "blob": None,
        "sent_at": now,
        "created_at": now,
        "snippet": mime.snippet(draft.text),
    }


def _outbox_row(prepared: PreparedReply) -> Row:
    return {
        "site_id": prepared.site_id,
        "mailbox_id": prepared.mailbox_id,
        "ticket_id": prepared.ticket_id,
        "message_id": prepared.message["id"],
        "send_key": prepared.send_key,
        "blob": prepared.message["blob"],
        "provider_thread_id": prepared.provider_thread_id,
        "due_at": prepared.leaves_at,
        "scheduled_at": prepared.draft.send_at,
    }


def _check_seen(connection: Connection, prepared: PreparedReply) -> None:
    unseen = messages.written_since(
        connection,
        prepared.site_id,
        prepared.ticket_id,
        prepared.draft.seen_up_to or 0,
        prepared.agent_id,
    )
    if unseen:
        raise Stale(
            "Somebody else wrote in this ticket meanwhile: read it, then send.",
            code="unseen_messages",
            unseen=[row["id"] for row in unseen],
        )


def _set_status(
    desk: Desk, ticket: Row, actor: Actor, status: str | None, due_at: int | None = None
) -> None:
    if status is None or status == ticket["status"]:
        return
    desk.record("ticket_status_changed", actor, ticket, status=[ticket["status"], status])
    ticket["status"] = status
    ticket["solved_at"] = desk.now if status == "solved" else None
    if status == "solved":
        ticket.update(waiting_since=None, snoozed_until=None)
        archive_solved(desk.connection, desk.site_id, ticket["id"], desk.now, due_at)


def _locked(desk: Desk, ticket_id: int) -> Row:
    desk.load([ticket_id])
    ticket = desk.tickets[ticket_id]
    if ticket["merged_into"] is not None:
        # Its messages went there while the agent wrote: nobody would find the words here.
        raise Conflict("This ticket was merged into another: write in that one.", code="merged")
    return ticket
