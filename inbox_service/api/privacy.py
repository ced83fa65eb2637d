"""A person's own data: told to him, or erased, as WordPress's tools for privacy ask for it.

The address travels in the body: addresses of requests are written into logs.
"""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from inbox_service.domain.portal import SIDES
from inbox_service.services import privacy as service
from inbox_service.services.erasing import OTHERS_MAIL, PROVIDER_COPY, TEAM_WORDS
from inbox_service.services.privacy import Erased
from inbox_service.services.privacy_export import Export, ExportedTicket, export_page

from . import paging
from .fields import Moment, Text
from .routes import PLUGIN, Call, Routes

privacy = Routes("privacy", "A customer's own data, exported and erased")

_REASONS = (TEAM_WORDS, OTHERS_MAIL, PROVIDER_COPY)


class ErasureWishSchema(Schema):
    """Whose data: an address that was shown to be his."""

    email = Text(required=True, least=3, most=320)


class ExportWishSchema(ErasureWishSchema):
    """Whose data, and from where on."""

    cursor = fields.String(
        load_default=None,
        allow_none=True,
        metadata={"description": "`next_cursor` of the page before"},
    )


class ExportedMessageSchema(Schema):
    """A message: from the person, from us, or from somebody else to him."""

    from_ = fields.String(
        required=True, attribute="side", data_key="from", validate=validate.OneOf(SIDES)
    )
    created_at = Moment(required=True, attribute="at")
    name = fields.String(required=True)
    text = fields.String(required=True)
    files = fields.List(fields.String(), required=True)


class ExportedTicketSchema(Schema):
    """A ticket the person filed or took part in; `form` is the form he filed it by."""

    reference = fields.String(required=True)
    subject = fields.String(required=True)
    status = fields.String(required=True)
    form = fields.String(required=True)
    created_at = Moment(required=True)
    last_activity_at = Moment(required=True)
    messages = fields.List(fields.Nested(ExportedMessageSchema), required=True)


class ExportedEntrySchema(Schema):
    """What the person filed by a form and that became no ticket."""

    reference = fields.String(required=True)
    submitted_at = Moment(required=True)
    fields_ = fields.Dict(
        required=True, attribute="fields", data_key="fields", values=fields.String()
    )
    files = fields.List(fields.String(), required=True)


class ExportSchema(Schema):
    """A page of an export; `letters` are mails that belong to no ticket."""

    names = fields.List(fields.String(), required=True)
    addresses = fields.List(fields.String(), required=True)
    tickets = fields.List(fields.Nested(ExportedTicketSchema), required=True)
    entries = fields.List(fields.Nested(ExportedEntrySchema), required=True)
    letters = fields.List(fields.Nested(ExportedMessageSchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class KeptSchema(Schema):
    """How many things were kept, and why."""

    reason = fields.String(required=True, validate=validate.OneOf(_REASONS))
    count = fields.Integer(required=True)


class ErasureSchema(Schema):
    """How far an erasure came; ask again until it is done."""

    done = fields.Boolean(required=True)
    held_up = fields.Boolean(
        required=True, metadata={"description": "A mail to the person is being sent just now"}
    )
    removed = fields.Integer(required=True)
    kept = fields.List(fields.Nested(KeptSchema), required=True)


@privacy.route(
    "POST", "/customers/exports", admits=PLUGIN, body=ExportWishSchema, returns=ExportSchema
)
def export_customer(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """Return a page of everything that is held about the person."""
    given = {"cursor": body["cursor"]} if body["cursor"] is not None else {}
    after = paging.read("exports", given, 2)
    page = export_page(call.deps, call.caller.site_id, body["email"], after)
    return _page_shown(page)


@privacy.route(
    "POST", "/customers/erasures", admits=PLUGIN, body=ErasureWishSchema, returns=ErasureSchema
)
def erase_customer(call: Call, body: dict[str, str]) -> dict[str, Any]:
    """Do the next step of erasing the person; it cannot be undone."""
    erased = service.erase_for(call.deps, call.caller, body["email"])
    return _erased_shown(erased)


def _page_shown(page: Export) -> dict[str, Any]:
    return {
        "names": page.names,
        "addresses": page.addresses,
        "tickets": [_ticket_shown(ticket) for ticket in page.tickets],
        "entries": page.entries,
        "letters": page.letters,
        "next_cursor": paging.write("exports", page.next_key),
    }


def _ticket_shown(ticket: ExportedTicket) -> dict[str, Any]:
    return {**ticket.row, "form": ticket.form, "messages": ticket.messages}


def _erased_shown(erased: Erased) -> dict[str, Any]:
    kept = [{"reason": reason, "count": count} for reason, count in sorted(erased.kept.items())]
    return {
        "done": erased.done,
        "held_up": erased.held_up,
        "removed": erased.removed,
        "kept": kept,
    }
