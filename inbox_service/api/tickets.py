"""Tickets: listed, shown, changed."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import Schema, fields

from inbox_service.errors import Invalid, Stale
from inbox_service.services import tickets as service
from inbox_service.services import views

from . import paging
from .fields import LARGEST_NUMBER
from .routes import AGENT, READERS, Call, Routes
from .ticket_schemas import (
    TicketChangesSchema,
    TicketPageSchema,
    TicketQuery,
    TicketSchema,
    filter_of,
    ticket_shown,
)

tickets = Routes("tickets", "What customers ask, and what became of it")

TICKET = f"/tickets/<int(max={LARGEST_NUMBER}):number>"
_ETAG = re.compile(r'"([0-9]{1,18})"')


class IfMatch(Schema):
    """The version a change is meant for."""

    if_match = fields.String(
        data_key="If-Match", metadata={"description": "The ETag of the ticket as it was read"}
    )


@tickets.route("GET", "/tickets", admits=READERS, query=TicketQuery, returns=TicketPageSchema)
def list_tickets(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Return tickets by last activity, newest first."""
    wanted, mine = filter_of(query)
    after = paging.read("tickets", query, 2)
    page = views.list_tickets(call.deps, call.caller, wanted, after, query["limit"], mine=mine)
    return {
        "items": [ticket_shown(view) for view in page.items],
        "next_cursor": paging.write("tickets", page.next_key),
    }


@tickets.route("GET", TICKET, admits=READERS, returns=TicketSchema)
def show_ticket(call: Call, number: int) -> tuple[dict[str, Any], dict[str, str]]:
    """Return one ticket; its ETag is what a change must name."""
    return _with_etag(views.show_ticket(call.deps, call.caller, number))


@tickets.route(
    "PATCH", TICKET, admits=AGENT, headers=IfMatch, body=TicketChangesSchema, returns=TicketSchema
)
def change_ticket(
    call: Call, headers: dict[str, str], body: dict[str, Any], number: int
) -> tuple[dict[str, Any], dict[str, str]]:
    """Change properties of a ticket that nobody changed since it was read."""
    version = _version(headers.get("if_match"))
    try:
        changed = service.change(call.deps, call.caller, number, version, body)
    except Stale as stale:
        # The ticket as it is now comes along: the screen shows it without asking again.
        shown = TicketSchema().dump(ticket_shown(stale.details["ticket"]))
        raise Stale(str(stale), code=stale.code, ticket=shown) from stale
    return _with_etag(changed)


def _with_etag(view: views.TicketView) -> tuple[dict[str, Any], dict[str, str]]:
    return ticket_shown(view), {"ETag": f'"{view.row["version"]}"'}


def _version(if_match: str | None) -> int:
    if if_match is None:
        raise Invalid(
            "Say which version you change: send If-Match with the ticket's ETag.",
            code="precondition_required",
            field="If-Match",
        )
    found = _ETAG.fullmatch(if_match.strip())
    # Any other tag matches no version of ours (RFC 9110 13.1.1).
    return int(found.group(1)) if found else 0
