"""Customers' own tickets, for customers and guests: by reference, never by number."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from inbox_service.domain.portal import SIDES, STEPS, shown_name
from inbox_service.services import portal as service
from inbox_service.services import portal_answers
from inbox_service.services.portal import PortalMessage, PortalTicket
from inbox_service.services.portal_answers import MOST_FILES, MOST_TEXT, Answer
from inbox_service.services.sent_files import sent_file

from . import paging
from .fields import Id, Moment, Text, page_of
from .forms import LARGEST_ENTRY, FileSchema
from .routes import Admitted, Call, Routes

portal = Routes("portal", "Customers' own tickets")

VISITORS: Admitted = ("customer", "guest")
_TICKET = "/portal/tickets/<string(maxlength=16):reference>"
_DIRECTION = validate.OneOf(("ltr", "rtl"))


class PortalTicketSchema(Schema):
    """A ticket as its customer sees it."""

    reference = fields.String(required=True)
    subject = fields.String(required=True)
    direction = fields.String(required=True, validate=_DIRECTION)
    step = fields.String(required=True, validate=validate.OneOf(STEPS))
    created_at = Moment(required=True)
    last_activity_at = Moment(required=True)
    can_answer = fields.Boolean(required=True)


class PortalTicketsSchema(Schema):
    """The newest of a customer's tickets."""

    items = fields.List(fields.Nested(PortalTicketSchema), required=True)


class PortalAttachmentSchema(Schema):
    """A file of a message; `file_token` fetches it for ten minutes."""

    name = fields.String(required=True)
    content_type = fields.String(required=True)
    size = fields.Integer(required=True)
    file_token = fields.String(required=True)


class PortalMessageSchema(Schema):
    """A message as the customer sees it; `name` is never an address."""

    id = Id(required=True)
    from_ = fields.String(required=True, data_key="from", validate=validate.OneOf(SIDES))
    name = fields.String(required=True)
    text = fields.String(required=True)
    html = fields.String(required=True, allow_none=True)
    direction = fields.String(required=True, validate=_DIRECTION)
    created_at = Moment(required=True)
    attachments = fields.List(fields.Nested(PortalAttachmentSchema), required=True)


class AnswerSchema(Schema):
    """What a customer answers; `entry_key` is the same when it is sent again."""

    text = Text(required=True, least=1, most=MOST_TEXT)
    files = fields.List(
        fields.Nested(FileSchema), load_default=list, validate=validate.Length(max=MOST_FILES)
    )
    entry_key = Text(required=True, least=1, most=128)


@portal.route("GET", "/portal/tickets", admits=VISITORS, returns=PortalTicketsSchema)
def list_own_tickets(call: Call) -> dict[str, Any]:
    """Return the visitor's tickets, the last active first; a link's visitor has one."""
    tickets = service.list_tickets(call.deps, call.caller)
    return {"items": [_ticket_shown(one) for one in tickets]}


@portal.route("GET", _TICKET, admits=VISITORS, returns=PortalTicketSchema)
def show_own_ticket(call: Call, reference: str) -> dict[str, Any]:
    """Return one of the visitor's tickets."""
    return _ticket_shown(service.show_ticket(call.deps, call.caller, reference))


@portal.route(
    "GET",
    f"{_TICKET}/messages",
    admits=VISITORS,
    query=paging.PageQuery,
    returns=page_of(PortalMessageSchema),
)
def list_own_messages(call: Call, query: dict[str, Any], reference: str) -> dict[str, Any]:
    """Return what the visitor wrote and what was written to him, oldest first."""
    after = paging.read("portal", query, 1)
    page = service.list_messages(call.deps, call.caller, reference, after, query["limit"])
    return {
        "items": [_message_shown(one) for one in page.items],
        "next_cursor": paging.write("portal", page.next_key),
    }


@portal.route(
    "POST",
    f"{_TICKET}/messages",
    admits=VISITORS,
    body=AnswerSchema,
    returns=PortalMessageSchema,
    status=201,
    largest_body=LARGEST_ENTRY,
)
def answer_ticket(call: Call, body: dict[str, Any], reference: str) -> dict[str, Any]:
    """Put the customer's answer into the ticket, which opens it again."""
    files = tuple(sent_file(one) for one in body["files"])
    given = Answer(body["text"], files, body["entry_key"])
    return _message_shown(portal_answers.answer(call.deps, call.caller, reference, given))


@portal.route("POST", f"{_TICKET}/close", admits=VISITORS, returns=PortalTicketSchema)
def close_own_ticket(call: Call, reference: str) -> dict[str, Any]:
    """Solve the ticket because its customer says so."""
    return _ticket_shown(service.close_ticket(call.deps, call.caller, reference))


def _ticket_shown(view: PortalTicket) -> dict[str, Any]:
    return {**view.row, "step": view.step, "can_answer": view.can_answer}


def _message_shown(view: PortalMessage) -> dict[str, Any]:
    row = view.row
    return {
        **row,
        "from_": view.side,
        "name": shown_name(row),
        "html": row["html"] or None,
        "created_at": row["sent_at"],
        "attachments": [
            {**file.row, "name": file.row["filename"], "file_token": file.token}
            for file in view.files
        ],
    }
