"""Tickets that agents write down, and whose a ticket is."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from inbox_service.domain.tickets import OPENED_BY_HAND
from inbox_service.services import new_tickets as service
from inbox_service.services import ticket_customers
from inbox_service.services.ticket_customers import Named

from .fields import Id, Text
from .idempotency import IdempotencyKey, wanted_key
from .routes import AGENT, Call, Routes
from .ticket_schemas import TicketSchema
from .tickets import TICKET, Versioned, changed, changed_by
from .versions import IfMatch

new_tickets = Routes("new tickets", "What agents write down themselves, and for whom")

MOST_NOTE = 500_000


class NamedCustomerSchema(Schema):
    """A customer by id, or somebody by name and address, who is made where he is new."""

    id = Id()
    name = Text(load_default="", most=200)
    email = Text(load_default="", most=320)

    @post_load
    def named(self, values: dict[str, Any], **_: Any) -> Named:
        """Return the value that services take."""
        return Named(**values)


class NewTicketSchema(Schema):
    """A ticket that somebody called or came by for, or (channel mail) is to be written to for."""

    inbox_id = Id(required=True)
    customer = fields.Nested(NamedCustomerSchema, required=True)
    subject = Text(required=True, least=1, most=998)
    channel = fields.String(required=True, validate=validate.OneOf(OPENED_BY_HAND))
    note = Text(load_default="", most=MOST_NOTE)
    assignee_id = Id(load_default=None, allow_none=True)


@new_tickets.route(
    "POST",
    "/tickets",
    admits=AGENT,
    headers=IdempotencyKey,
    body=NewTicketSchema,
    returns=TicketSchema,
    status=201,
)
def open_ticket(call: Call, headers: dict[str, str], body: dict[str, Any]) -> Versioned:
    """Open a ticket by hand; no mail goes out for it."""
    wanted, key = service.NewTicket(**body), wanted_key(headers)
    return changed(lambda: service.open_ticket(call.deps, call.caller, wanted, key))


@new_tickets.route(
    "PUT",
    f"{TICKET}/customer",
    admits=AGENT,
    headers=IfMatch,
    body=NamedCustomerSchema,
    returns=TicketSchema,
)
def change_customer(call: Call, headers: dict[str, str], body: Named, number: int) -> Versioned:
    """Say whose ticket it is."""
    return changed_by(ticket_customers.change_customer, call, number, headers, body)
