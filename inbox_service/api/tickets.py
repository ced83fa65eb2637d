"""Tickets: listed, shown, changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from inbox_service.deps import Deps
from inbox_service.services import tickets as service
from inbox_service.services import views
from inbox_service.services.auth import Caller

from . import paging
from .fields import LARGEST_NUMBER
from .routes import AGENT, READERS, Call, Routes
from .ticket_schemas import (
    TicketChangesSchema,
    TicketPageSchema,
    TicketQuery,
    TicketSchema,
    asked_of,
    ticket_shown,
)
from .versions import IfMatch, etag, stale_with, wanted_version

tickets = Routes("tickets", "What customers ask, and what became of it")

Done = TypeVar("Done")
More = ParamSpec("More")
# A ticket, and the header that tells its version.
Versioned = tuple[dict[str, Any], dict[str, str]]

TICKET = f"/tickets/<int(max={LARGEST_NUMBER}):number>"


@tickets.route("GET", "/tickets", admits=READERS, query=TicketQuery, returns=TicketPageSchema)
def list_tickets(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Return tickets, those of the newest activity first unless another order is asked for."""
    asked = asked_of(query)
    # A cursor of one order says nothing in another.
    of = f"tickets-{asked.order}-"
    after = paging.read(of, query, 3)
    page = views.list_tickets(call.deps, call.caller, asked, after, query["limit"])
    return {
        "items": [ticket_shown(view) for view in page.items],
        "next_cursor": paging.write(of, page.next_key),
    }


@tickets.route("GET", TICKET, admits=READERS, returns=TicketSchema)
def show_ticket(call: Call, number: int) -> Versioned:
    """Return one ticket; its ETag is what a change must name."""
    return _with_etag(views.show_ticket(call.deps, call.caller, number))


@tickets.route(
    "PATCH", TICKET, admits=AGENT, headers=IfMatch, body=TicketChangesSchema, returns=TicketSchema
)
def change_ticket(
    call: Call, headers: dict[str, str], body: dict[str, Any], number: int
) -> Versioned:
    """Change properties of a ticket that nobody changed since it was read."""
    return changed_by(service.change, call, number, headers, body)


def changed_by(
    change: Callable[Concatenate[Deps, Caller, int, int, More], views.TicketView],
    call: Call,
    number: int,
    headers: dict[str, str],
    *more: More.args,
    **named: More.kwargs,
) -> Versioned:
    """Return the ticket as `change` leaves it, made to the version that If-Match names."""
    version = wanted_version(headers)
    return changed(lambda: change(call.deps, call.caller, number, version, *more, **named))


def changed(change: Callable[[], views.TicketView]) -> Versioned:
    """Return the ticket that a change returns, or with its refusal the ticket as it is now."""
    return _with_etag(stale_with_ticket(change))


def stale_with_ticket(change: Callable[[], Done]) -> Done:
    """Return what a change returns; where it is refused as stale, say how the ticket is now."""
    with stale_with("ticket", lambda view: TicketSchema().dump(ticket_shown(view))):
        return change()


def _with_etag(view: views.TicketView) -> Versioned:
    return ticket_shown(view), etag(view.row["version"])
