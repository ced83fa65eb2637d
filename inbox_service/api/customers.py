"""Customers."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from inbox_service.services import customers as service
from inbox_service.services.customers import CustomerView, Note

from . import paging
from .fields import LARGEST_ID, Id, Text, page_of
from .routes import AGENT, READERS, Call, Routes
from .ticket_schemas import TicketSchema, ticket_shown
from .versions import IfMatch, wanted_version

customers = Routes("customers", "Who asks")

CUSTOMER = f"/customers/<int(max={LARGEST_ID}):customer_id>"
MOST_NOTE = 10_000


class CustomerAddressSchema(Schema):
    """An address of a customer."""

    email = fields.String(required=True)


class FoundCustomerSchema(Schema):
    """A customer in a list."""

    id = Id(required=True)
    name = fields.String(required=True)
    addresses = fields.List(fields.Nested(CustomerAddressSchema), required=True)


class NoteSchema(Schema):
    """What the team knows of a customer; no customer ever reads it."""

    text = Text(required=True, most=MOST_NOTE)


class VersionedNoteSchema(NoteSchema):
    """The note, and its version for If-Match."""

    version = fields.Integer(required=True)


class CustomerSchema(FoundCustomerSchema):
    """A customer with the newest tickets, and what the team knows of him."""

    note = fields.Nested(VersionedNoteSchema, required=True)
    tickets = fields.List(fields.Nested(TicketSchema), required=True)


class CustomerQuery(paging.PageQuery):
    """Which customers to list."""

    query = Text(load_default="", most=200)


@customers.route(
    "GET", "/customers", admits=READERS, query=CustomerQuery, returns=page_of(FoundCustomerSchema)
)
def list_customers(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Return customers whose name or address holds the words, the newest first."""
    after = paging.read("customers", query, 1)
    words = query["query"].strip()
    page = service.find_customers(call.deps, call.caller, words, after, query["limit"])
    return {
        "items": [_shown(view) for view in page.items],
        "next_cursor": paging.write("customers", page.next_key),
    }


@customers.route("GET", CUSTOMER, admits=READERS, returns=CustomerSchema)
def show_customer(call: Call, customer_id: int) -> dict[str, Any]:
    """Return one customer."""
    return _shown(service.show_customer(call.deps, call.caller, customer_id))


@customers.route(
    "PUT",
    f"{CUSTOMER}/note",
    admits=AGENT,
    headers=IfMatch,
    body=NoteSchema,
    returns=VersionedNoteSchema,
)
def write_note(call: Call, headers: dict[str, str], body: dict[str, str], customer_id: int) -> Note:
    """Change what the team knows of a customer; 412 `note_stale` with the `note` as it is now."""
    version = wanted_version(headers)
    return service.write_note(call.deps, call.caller, customer_id, version, body["text"])


def _shown(view: CustomerView) -> dict[str, Any]:
    return {
        **view.row,
        "note": view.note,
        "addresses": [{"email": email} for email in view.addresses],
        "tickets": [ticket_shown(ticket) for ticket in view.tickets],
    }
