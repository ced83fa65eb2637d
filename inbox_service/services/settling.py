"""Noting that a mail went out: by the worker that sent it, or by the sync that saw it first."""

from __future__ import annotations

from inbox_service.domain.events import SYSTEM
from inbox_service.ports import SentRef
from inbox_service.store import messages, notices, outbox

from .desk import Desk, Row


def settle(desk: Desk, send: Row, sent: SentRef) -> None:
    """Mark the outbox row sent, and remember by which keys an answer will find its ticket.

    The row's ticket must be loaded. Whoever comes second changes nothing.
    """
    first = outbox.settle(desk.connection, desk.site_id, send["id"], sent.provider_id, desk.now)
    if send["kind"] == "notice":
        notices.note_sent(desk.connection, send, sent.message_id)
    ticket, message_id = desk.tickets.get(send["ticket_id"]), send["message_id"]
    if ticket is None:
        return
    desk.link_thread(ticket["id"], send["mailbox_id"], sent.thread_id)
    if message_id is None:
        return
    desk.link_ids(ticket["id"], message_id, [sent.message_id])
    if first:
        values: Row = {"rfc_message_id": sent.message_id}
        if send["scheduled_at"] is not None:
            # Only now it is said: it takes its place in the conversation by this moment.
            values |= {"sent_at": desk.now}
            ticket["last_activity_at"] = max(ticket["last_activity_at"], desk.now)
        messages.write(desk.connection, desk.site_id, message_id, values)
        desk.record("message_sent", SYSTEM, ticket, message_id)
