"""Customers."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from inbox_service.services import customers as service
from inbox_service.services.customers import CustomerView

from . import paging
from .fields import LARGEST_ID, Id, Text, page_of
from .routes import READERS, Call, Routes
from .ticket_schemas import TicketSchema, ticket_shown

customers = Routes("customers", "Who asks")


class CustomerAddressSchema(Schema):
    """An address of a customer."""

    email = fields.String(required=True)


class FoundCustomerSchema(Schema):
    """A customer in a list."""

    id = Id(required=True)
    name = fields.String(required=True)
    addresses = fields.List(fields.Nested(CustomerAddressSchema), required=True)


class CustomerSchema(FoundCustomerSchema):
    """A customer with the newest tickets."""

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


@customers.route(
    "GET", f"/customers/<int(max={LARGEST_ID}):customer_id>", admits=READERS, returns=CustomerSchema
)
def show_customer(call: Call, customer_id: int) -> dict[str, Any]:
    """Return one customer."""
    return _shown(service.show_customer(call.deps, call.caller, customer_id))


def _shown(view: CustomerView) -> dict[str, Any]:
    return {
        **view.row,
        "addresses": [{"email": email} for email in view.addresses],
        "tickets": [ticket_shown(ticket) for ticket in view.tickets],
    }
