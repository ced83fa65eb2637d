"""Search: tickets by words and properties."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from inbox_service.services import search as service

from . import paging
from .fields import Id, Moment, Text
from .routes import READERS, Call, Routes
from .ticket_schemas import TicketSchema, ticket_shown

search = Routes("search", "Finding tickets")

LONGEST = 500


class SearchQuery(paging.PageQuery):
    """What to find."""

    q = Text(
        required=True,
        most=LONGEST,
        metadata={
            "description": 'Words, "phrases", -excluded ones, and from: to: subject: tag: is: has: '
            "before: after: inbox: assignee:"
        },
    )


class PieceSchema(Schema):
    """A part of a text; `hit` where it is what was looked for."""

    text = fields.String(required=True)
    hit = fields.Boolean(required=True)


class HitSchema(Schema):
    """The newest message of a ticket that was found, and the piece that shows why."""

    message_id = Id(required=True)
    author_name = fields.String(required=True)
    sent_at = Moment(required=True)
    direction = fields.String(required=True, validate=validate.OneOf(["ltr", "rtl"]))
    excerpt = fields.List(fields.Nested(PieceSchema), required=True)


class FoundSchema(Schema):
    """A ticket that was found; `hit` is null where only its properties were asked for."""

    ticket = fields.Nested(TicketSchema, required=True)
    subject = fields.List(fields.Nested(PieceSchema), required=True)
    hit = fields.Nested(HitSchema, required=True, allow_none=True)


class FoundPageSchema(Schema):
    """A page of what was found; it may be short and still have another after it."""

    items = fields.List(fields.Nested(FoundSchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


@search.route("GET", "/search", admits=READERS, query=SearchQuery, returns=FoundPageSchema)
def find(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Return tickets with a message that matches, by the newest one that does."""
    after = paging.read("search", query, 2)
    page = service.find(call.deps, call.caller, query["q"], after, query["limit"])
    items = [
        {"ticket": ticket_shown(one.ticket), "subject": one.subject, "hit": one.hit}
        for one in page.items
    ]
    return {"items": items, "next_cursor": paging.write("search", page.next_key)}
