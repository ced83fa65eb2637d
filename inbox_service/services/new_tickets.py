"""Tickets that an agent writes down: somebody called, came by, or is written to first."""

from __future__ import annotations

from dataclasses import dataclass

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.domain.events import Actor
from inbox_service.errors import Forbidden, Invalid
from inbox_service.store import mailbox_views, tickets

from . import auth, replies
from .desk import Desk, Row
from .idempotency import Key, once
from .replies import ReplyDraft
from .routing import can_take
from .ticket_customers import Named, customer_of
from .views import TicketView, view_of


@dataclass(frozen=True, slots=True)
class NewTicket:
    """What an agent says of it. `note` is what he wrote down; `channel` how its customer came."""

    inbox_id: int
    customer: Named
    subject: str
    channel: str
    note: str = ""
    assignee_id: int | None = None


def open_ticket(deps: Deps, caller: auth.Caller, wanted: NewTicket, key: Key) -> TicketView:
    """Open a ticket by hand, once per key, with a note where there is one.

    Nothing automatic follows: nobody wrote to us who could be thanked for it. raises Invalid naming
    `inbox_id`, `assignee_id` or `customer`.
    """
    with auth.writing(deps, caller) as act:
        ticket_id = once(act, key, lambda: _open(deps, act, wanted))
        row = tickets.get(act.connection, caller.site_id, ticket_id)
        assert row is not None
        return view_of(act, row)


def _open(deps: Deps, act: auth.Act, wanted: NewTicket) -> int:
    if act.viewer.agent_id is None:
        raise Forbidden
    _check(act, wanted)
    customer_id, people = customer_of(act, wanted.customer)
    desk = Desk(act.connection, act.viewer.site_id, act.at)
    ticket = desk.open_ticket(_values(wanted, customer_id, act.at), act.at)
    desk.add_people(ticket["id"], people, "customer")
    actor = Actor("agent", act.viewer.agent_id)
    desk.record("ticket_opened", actor, ticket, history=True, channel=wanted.channel)
    if wanted.assignee_id is not None:
        taken = [None, str(wanted.assignee_id)]
        desk.record("ticket_assigned", actor, ticket, assignee_id=taken)
    desk.flush()
    if wanted.note.strip():
        draft = ReplyDraft(wanted.note)
        replies.add_note(
            act.connection, deps, desk.site_id, act.viewer.agent_id, ticket["number"], draft
        )
    return int(ticket["id"])


def _values(wanted: NewTicket, customer_id: int, at: int) -> Row:
    return {
        "inbox_id": wanted.inbox_id,
        "customer_id": customer_id,
        "subject": wanted.subject,
        "direction": mime.visible(wanted.subject, "").direction,
        "channel": wanted.channel,
        "assignee_id": wanted.assignee_id,
        # Whoever called waits for us; whom we write to first does not know of it yet.
        "waiting_since": None if wanted.channel == "mail" else at,
    }


def _check(act: auth.Act, wanted: NewTicket) -> None:
    seen = {row["id"] for row in mailbox_views.inboxes_seen_by(act.connection, act.viewer)}
    if wanted.inbox_id not in seen:
        raise Invalid("There is no such inbox.", field="inbox_id")
    agent_id = wanted.assignee_id
    if agent_id is not None and not can_take(
        act.connection, act.viewer.site_id, agent_id, wanted.inbox_id
    ):
        raise Invalid("This agent does not work in this inbox.", field="assignee_id")
