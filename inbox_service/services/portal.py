"""A customer's own tickets: where they stand, and what was said to him in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.domain.events import Actor
from inbox_service.domain.portal import Reader, Side, Step, can_answer, is_shown, side, step
from inbox_service.domain.sending import is_unseen
from inbox_service.errors import Conflict, NotFound
from inbox_service.store import portal, timeline

from . import auth, files
from .access import Visitor, visitor
from .archiving import archive_solved
from .conversations import FileView, MessageRow
from .desk import Desk, Row
from .views import Page

MOST_TICKETS = 100


@dataclass(frozen=True, slots=True)
class PortalTicket:
    """A ticket as its customer sees it."""

    row: Row
    step: Step
    can_answer: bool


@dataclass(frozen=True, slots=True)
class PortalMessage:
    """A message as the customer sees it."""

    row: Row
    side: Side
    files: Sequence[FileView]


def list_tickets(deps: Deps, caller: auth.Caller) -> list[PortalTicket]:
    """Return the visitor's tickets, the last active first."""
    now = deps.clock.now()
    with deps.sessions.reading() as connection:
        who = visitor(connection, deps.secrets, caller, now)
        return dress(connection, who, _tickets_of(connection, who), now)


def show_ticket(deps: Deps, caller: auth.Caller, reference: str) -> PortalTicket:
    """Return one of the visitor's tickets; raises NotFound for any other."""
    now = deps.clock.now()
    with deps.sessions.reading() as connection:
        who = visitor(connection, deps.secrets, caller, now)
        ticket = own_ticket(connection, who, reference)
        return dress(connection, who, [ticket], now)[0]


def list_messages(
    deps: Deps, caller: auth.Caller, reference: str, after: tuple[int, ...] | None, limit: int
) -> Page[PortalMessage]:
    """Return what the visitor may read of the conversation, oldest first.

    A page holds fewer than `limit` where messages between were not his to read.
    """
    now, site_id = deps.clock.now(), caller.site_id
    with deps.sessions.reading() as connection:
        who = visitor(connection, deps.secrets, caller, now)
        ticket = own_ticket(connection, who, reference)
        start = after[0] if after else 0
        rows = timeline.messages_of(connection, site_id, ticket["id"], start, limit + 1)
        shown = show(deps, connection, reader_of(connection, who, ticket), rows[:limit])
    return Page(shown, (rows[limit - 1]["id"],) if len(rows) > limit else None)


def close_ticket(deps: Deps, caller: auth.Caller, reference: str) -> PortalTicket:
    """Solve the ticket because its customer says so; one that is solved stays as it is.

    raises Conflict `ticket_closed` where the visitor may not write in it.
    """
    with auth.plugin_writing(deps, caller) as (connection, at):
        who = visitor(connection, deps.secrets, caller, at)
        found = own_ticket(connection, who, reference, lock=True)
        if found["status"] != "solved":
            check_open(connection, who, found, at)
            _solve(Desk(connection, caller.site_id, at), found["id"])
        ticket = own_ticket(connection, who, reference)
        return dress(connection, who, [ticket], at)[0]


def own_ticket(connection: Connection, who: Visitor, reference: str, *, lock: bool = False) -> Row:
    """Return the row of a ticket the visitor may see; raises NotFound, the same for every other."""
    row = portal.by_reference(connection, who.site_id, reference, lock=lock)
    if row is None or not _is_his(connection, who, row):
        raise NotFound("There is no such request here.", code="ticket_not_found")
    return _now(connection, row)


def _now(connection: Connection, row: Row) -> Row:
    """Return the ticket that his went into, where that is the same customer's, else his own."""
    into = row["merged_into"]
    other = portal.by_id(connection, row["site_id"], into) if into is not None else None
    return other if other is not None and other["customer_id"] == row["customer_id"] else row


def check_open(connection: Connection, who: Visitor, ticket: Row, at: int) -> None:
    """Raise Conflict `ticket_closed` where the visitor can write nothing in his ticket any more."""
    if not _takes_answers(connection, who, ticket, at):
        raise Conflict(
            "This request no longer takes answers: please send a new one.", code="ticket_closed"
        )


def dress(
    connection: Connection, who: Visitor, rows: Sequence[Row], now: int
) -> list[PortalTicket]:
    """Return the tickets with their steps, and whether the visitor can answer in them."""
    answered = portal.answered(connection, who.site_id, [row["id"] for row in rows])
    return [
        PortalTicket(
            row,
            step(row, answered=row["id"] in answered),
            _takes_answers(connection, who, row, now),
        )
        for row in rows
    ]


def reader_of(connection: Connection, who: Visitor, ticket: Row) -> Reader:
    """Return whose eyes the ticket is shown to: its customer's, wherever he gets his mail."""
    site_id, customer_id = who.site_id, ticket["customer_id"]
    _, addresses = portal.name_and_addresses(connection, site_id, customer_id)
    asked = portal.answer_addresses(connection, site_id, ticket["id"], customer_id)
    own = frozenset({*addresses, *asked, who.email} - {""})
    return Reader(customer_id, own, _shut_out_since(connection, who, ticket))


def _takes_answers(connection: Connection, who: Visitor, ticket: Row, at: int) -> bool:
    # He would write in the name of the person whose address he gave.
    return can_answer(ticket, at) and _shut_out_since(connection, who, ticket) is None


def _shut_out_since(connection: Connection, who: Visitor, ticket: Row) -> int | None:
    """Return the message from which on the ticket is no longer the visitor's, None for none.

    A user may file with somebody else's address. As soon as that person writes by mail, the rest is
    between us and whoever has shown that the address is his.
    """
    if who.ticket_id is not None or who.customer_id == ticket["customer_id"]:
        return None
    return portal.first_mail_in(connection, who.site_id, ticket["id"])


def show(
    deps: Deps, connection: Connection, reader: Reader, rows: Sequence[MessageRow]
) -> list[PortalMessage]:
    """Return those of the messages that the reader may see, with their files."""
    now = deps.clock.now()
    seen = [row for row in map(dict, rows) if is_shown(row, reader)]
    seen = _let_go(connection, seen, now)
    if not seen:
        return []
    site_id = seen[0]["site_id"]
    attached = timeline.attachments_of(connection, site_id, [row["id"] for row in seen])

    def opened(message_id: int) -> list[FileView]:
        rows = attached.get(message_id, ())
        return [FileView(row, files.token(deps, site_id, row["id"], now)) for row in rows]

    return [PortalMessage(row, side(row, reader), opened(row["id"])) for row in seen]


def _let_go(connection: Connection, rows: list[dict[str, Any]], now: int) -> list[dict[str, Any]]:
    """Return the messages without those that an agent may still take back."""
    if not rows:
        return []
    sends = timeline.sending_of(connection, rows[0]["site_id"], [row["id"] for row in rows])
    held = {message_id for message_id, send in sends.items() if is_unseen(dict(send), now)}
    return [row for row in rows if row["id"] not in held]


def _tickets_of(connection: Connection, who: Visitor) -> list[Row]:
    if who.ticket_id is not None:
        row = portal.by_id(connection, who.site_id, who.ticket_id)
        return [row] if row else []
    found: dict[int, Row] = {}
    if who.customer_id is not None:
        rows = portal.of_customer(connection, who.site_id, who.customer_id, MOST_TICKETS)
        found |= {row["id"]: row for row in rows}
    if who.wp_user_id is not None:
        rows = portal.filed_by(connection, who.site_id, who.wp_user_id, MOST_TICKETS)
        found |= {row["id"]: row for row in rows}
    newest = sorted(found.values(), key=_activity, reverse=True)
    return newest[:MOST_TICKETS]


def _activity(row: Row) -> tuple[Any, ...]:
    return (row["last_activity_at"], row["id"])


def _is_his(connection: Connection, who: Visitor, row: Row) -> bool:
    if who.ticket_id is not None:
        return bool(row["id"] == who.ticket_id)
    if who.customer_id is not None and row["customer_id"] == who.customer_id:
        return True
    # What he filed while logged in is his own, whatever address he gave in the form.
    return who.wp_user_id is not None and portal.is_filed_by(
        connection, who.site_id, who.wp_user_id, row["id"]
    )


def _solve(desk: Desk, ticket_id: int) -> None:
    desk.load([ticket_id])
    ticket = desk.tickets[ticket_id]
    actor = Actor("customer", ticket["customer_id"])
    desk.record("ticket_status_changed", actor, ticket, status=[ticket["status"], "solved"])
    ticket |= {
        "status": "solved",
        "solved_at": desk.now,
        "waiting_since": None,
        "snoozed_until": None,
    }
    archive_solved(desk.connection, desk.site_id, ticket_id, desk.now)
    desk.flush()
