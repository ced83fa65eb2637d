"""The parked shelf of a mailbox: mail that became no ticket."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from inbox_service.services import parked as service

from . import paging
from .fields import LARGEST_ID, Id, Moment
from .routes import AGENT, Call, Routes

parked = Routes("parked", "Mail that became no ticket; for managers")

_SHELF = f"/mailboxes/<int(max={LARGEST_ID}):mailbox_id>/parked"
_OUTCOMES = validate.OneOf(("parked", "discarded"))
# Each of them is read again, and becomes a ticket in one transaction with the others.
_MOST = 50


class ShelfQuery(paging.PageQuery):
    """Which part of the shelf, or of what was discarded from it."""

    # A mail is read anew for its preview: a page is short.
    limit = fields.Integer(load_default=20, validate=validate.Range(1, _MOST))
    outcome = fields.String(load_default="parked", validate=_OUTCOMES)


class ParkedMailSchema(Schema):
    """A mail, as far as it can be read; `preview` is its text, never HTML."""

    id = Id(required=True)
    reason = fields.String(required=True)
    received_at = Moment(required=True)
    size = fields.Integer(required=True)
    is_readable = fields.Boolean(required=True)
    sender_name = fields.String(required=True)
    sender_email = fields.String(required=True)
    subject = fields.String(required=True)
    direction = fields.String(required=True, validate=validate.OneOf(("ltr", "rtl")))
    preview = fields.String(required=True)


class ShelfSchema(Schema):
    """A page of the shelf, newest first."""

    items = fields.List(fields.Nested(ParkedMailSchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


def _receipts() -> fields.List[Any]:
    return fields.List(Id(), required=True, validate=validate.Length(1, _MOST))


class ChosenSchema(Schema):
    """Mails of the shelf."""

    receipt_ids = _receipts()


class MoveMailSchema(ChosenSchema):
    """Mails, and where they go: off the shelf, or back on it."""

    outcome = fields.String(required=True, validate=_OUTCOMES)


class MovedMailSchema(Schema):
    """The mails that went there; others were not where they had to come from."""

    receipt_ids = fields.List(Id(), required=True)


class MadeTicketSchema(Schema):
    """A mail and the ticket it belongs to now."""

    receipt_id = Id(required=True)
    ticket_number = fields.Integer(required=True)


class MadeTicketsSchema(Schema):
    """What became of those that were still parked."""

    items = fields.List(fields.Nested(MadeTicketSchema), required=True)


@parked.route("GET", _SHELF, admits=AGENT, query=ShelfQuery, returns=ShelfSchema)
def list_parked_mail(call: Call, query: dict[str, Any], mailbox_id: int) -> dict[str, Any]:
    """Return what is parked, with reason and preview."""
    after = paging.read("parked", query, 2)
    page = service.list_parked(
        call.deps, call.caller, mailbox_id, query["outcome"], after, query["limit"]
    )
    return {"items": page.items, "next_cursor": paging.write("parked", page.next_key)}


@parked.route("PATCH", _SHELF, admits=AGENT, body=MoveMailSchema, returns=MovedMailSchema)
def move_parked_mail(call: Call, body: dict[str, Any], mailbox_id: int) -> dict[str, Any]:
    """Discard mails, or take that back; their receipts and bytes stay in either case."""
    move = service.discard if body["outcome"] == "discarded" else service.restore
    return {"receipt_ids": move(call.deps, call.caller, mailbox_id, body["receipt_ids"])}


@parked.route(
    "POST", f"{_SHELF}/tickets", admits=AGENT, body=ChosenSchema, returns=MadeTicketsSchema
)
def make_tickets_of_parked_mail(
    call: Call, body: dict[str, Any], mailbox_id: int
) -> dict[str, Any]:
    """Make tickets of mails; what cannot be read is attached to its ticket as a file."""
    made = service.make_tickets(call.deps, call.caller, mailbox_id, body["receipt_ids"])
    return {"items": made}
