"""Spam by an agent's word, and senders whose later mail is spam without being asked about."""

from __future__ import annotations

from sqlalchemy import RowMapping

from inbox_service.deps import Deps
from inbox_service.domain.events import Actor, NewEvent
from inbox_service.errors import Conflict, Invalid, NotFound
from inbox_service.store import blocked_senders, customer_views, events, inboxes, messages
from inbox_service.store.ids import new_id

from . import auth
from .changing import change_ticket, event_of
from .tickets import alter, change
from .views import Page, TicketView


def mark_spam(
    deps: Deps, caller: auth.Caller, number: int, version: int, *, block_sender: bool
) -> TicketView:
    """Move a ticket that is still at `version` to spam, and block who wrote it, if wanted.

    raises Stale, Conflict `merged`, or `no_sender` where nobody from outside wrote in it.
    """

    def write(act: auth.Act, ticket: RowMapping) -> None:
        email = _sender(act, ticket) if block_sender else ""
        change_ticket(act, ticket, {"place": "spam"})
        if email:
            # After the ticket's events, which lock the site's row: two who block one at once wait.
            _tell(act, event_of(act, ticket, "sender_blocked", {}))
            _add(act, email, ticket["id"])

    return alter(deps, caller, number, version, write)


def unmark_spam(deps: Deps, caller: auth.Caller, number: int, version: int) -> TicketView:
    """Move a ticket back to the inbox, which ends the block that was made from it. raises Stale."""
    return change(deps, caller, number, version, {"place": "inbox"})


def list_blocked(
    deps: Deps, caller: auth.Caller, after: tuple[int, ...] | None, limit: int
) -> Page[RowMapping]:
    """Return the blocked senders that the caller may know of, the newest first."""
    with auth.reading(deps, caller) as act:
        before = after[0] if after else None
        rows = blocked_senders.page(act.connection, act.viewer, before, limit + 1)
    items = list(rows[:limit])
    return Page(items, (items[-1]["id"],) if len(rows) > limit else None)


def block(deps: Deps, caller: auth.Caller, email: str) -> None:
    """Block an address. raises Invalid for what is none, or is our own."""
    address = email.strip().lower()
    local, _, domain = address.partition("@")
    if not local or not domain or " " in address:
        raise Invalid("This is no address.", code="invalid_address", field="email")
    with auth.writing(deps, caller) as act:
        if address in inboxes.own_addresses(act.connection, caller.site_id):
            raise Invalid("This is an address of yours.", code="own_address", field="email")
        _tell(act, NewEvent("sender_blocked", Actor("agent", act.viewer.agent_id)))
        _add(act, address, None)


def unblock(deps: Deps, caller: auth.Caller, blocked_id: int) -> None:
    """Let a sender's mail come in again. raises NotFound."""
    with auth.writing(deps, caller) as act:
        _tell(act, NewEvent("sender_unblocked", Actor("agent", act.viewer.agent_id)))
        if not blocked_senders.remove(act.connection, act.viewer, blocked_id):
            raise NotFound("There is no such block any more.", code="block_not_found")


def _sender(act: auth.Act, ticket: RowMapping) -> str:
    """Return who wrote last from outside, or else the customer's address."""
    connection, site_id = act.connection, ticket["site_id"]
    said = messages.latest(connection, site_id, ticket["id"], ["in"])
    customer = ticket["customer_id"]
    known = customer_views.addresses_of(connection, site_id, [customer]).get(customer, [])
    found = [said["author_email"]] if said else list(known)
    own = inboxes.own_addresses(connection, site_id)
    for email in found:
        if email and email not in own:
            return email
    raise Conflict("Nobody from outside wrote in this ticket.", code="no_sender")


def _add(act: auth.Act, email: str, ticket_id: int | None) -> None:
    row = {
        "site_id": act.viewer.site_id,
        "id": new_id(act.at),
        "email": email,
        "agent_id": act.viewer.agent_id,
        "ticket_id": ticket_id,
        "blocked_at": act.at,
    }
    blocked_senders.add(act.connection, row)


def _tell(act: auth.Act, event: NewEvent) -> None:
    events.append(act.connection, act.viewer.site_id, [event], act.at)
