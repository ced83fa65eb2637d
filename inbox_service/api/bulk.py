"""One change to many tickets: started, watched, cancelled, taken back."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from inbox_service.services import bulk as service
from inbox_service.services.bulk import BulkView

from .fields import LARGEST_ID, LARGEST_NUMBER, Id, Moment, Text
from .idempotency import IdempotencyKey, wanted_key
from .routes import AGENT, Call, Routes
from .ticket_schemas import (
    MOST_TAGS,
    TicketChangesSchema,
    TicketFilterSchema,
    TicketSchema,
    asked_of,
    ticket_shown,
)

bulk = Routes("bulk", "One change to many tickets at once")

_BULK = f"/bulk/<int(max={LARGEST_ID}):bulk_id>"
# Whoever ticks more than this means all that match.
MOST_NAMED = 1000
_WAYS = ("tickets", "filter", "undoes")


class ChosenTicketSchema(Schema):
    """A ticket that was chosen, as it was when it was."""

    number = fields.Integer(required=True, strict=True, validate=validate.Range(1, LARGEST_NUMBER))
    version = fields.Integer(required=True, strict=True, validate=validate.Range(1, 2**31 - 1))


class BulkChangesSchema(TicketChangesSchema):
    """New values of the tickets' properties; what is not named stays."""

    class Meta:
        """A subject and a whole list of tags are one ticket's own."""

        exclude = ("subject", "tags")

    add_tags = fields.List(Text(least=1, most=64), validate=validate.Length(1, MOST_TAGS))
    remove_tags = fields.List(Text(least=1, most=64), validate=validate.Length(1, MOST_TAGS))
    snoozed_until = Moment(allow_none=True)

    @post_load
    def trim_each(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Return the values with tags as people mean them."""
        for name in ("add_tags", "remove_tags"):
            if name in values:
                values[name] = sorted({tag.strip() for tag in values[name]} - {""})
        return values


class NewBulkSchema(Schema):
    """What to change in which tickets: in `tickets`, or all of a `filter`.

    Instead, `undoes` names a bulk whose tickets are to be as they were.
    """

    tickets = fields.List(
        fields.Nested(ChosenTicketSchema), validate=validate.Length(1, MOST_NAMED)
    )
    filter = fields.Nested(TicketFilterSchema)
    undoes = Id()
    changes = fields.Nested(BulkChangesSchema)

    @validates_schema
    def check_way(self, values: dict[str, Any], **_: Any) -> None:
        """Refuse what names its tickets in two ways, or in none, or says not what to change."""
        if sum(way in values for way in _WAYS) != 1:
            raise ValidationError("Name exactly one of tickets, filter and undoes.", "tickets")
        if ("undoes" in values) == bool(values.get("changes")):
            raise ValidationError("Say what to change, except with undoes.", "changes")


class LeftOutSchema(Schema):
    """A ticket that was not changed, and the code of the reason."""

    number = fields.Integer(required=True)
    reason = fields.String(required=True)


class BulkSchema(Schema):
    """How far a bulk is."""

    id = Id(required=True)
    state = fields.String(required=True, validate=validate.OneOf(("running", "done", "cancelled")))
    total = fields.Integer(required=True)
    done = fields.Integer(required=True)
    left_out = fields.Integer(required=True)
    left_out_tickets = fields.List(
        fields.Nested(LeftOutSchema),
        required=True,
        metadata={"description": "The first hundred of them"},
    )
    undoes = Id(required=True, allow_none=True)
    created_at = Moment(required=True)
    tickets = fields.List(
        fields.Nested(TicketSchema),
        required=True,
        metadata={"description": "As they are now, where all were done before this answer"},
    )


@bulk.route(
    "POST",
    "/bulk",
    admits=AGENT,
    headers=IdempotencyKey,
    body=NewBulkSchema,
    returns=BulkSchema,
    status=201,
)
def start_bulk(call: Call, headers: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
    """Change many tickets; up to a hundred are done before the answer."""
    deps, caller, key = call.deps, call.caller, wanted_key(headers)
    if "undoes" in body:
        return _shown(service.take_back(deps, caller, body["undoes"], key))
    if "filter" in body:
        asked = asked_of(body["filter"])
        return _shown(service.change_all(deps, caller, asked, body["changes"], key))
    versions = {one["number"]: one["version"] for one in body["tickets"]}
    return _shown(service.change_these(deps, caller, versions, body["changes"], key))


@bulk.route("GET", _BULK, admits=AGENT, returns=BulkSchema)
def show_bulk(call: Call, bulk_id: int) -> dict[str, Any]:
    """Return how far a bulk of the caller's is, and what it left out."""
    return _shown(service.show(call.deps, call.caller, bulk_id))


@bulk.route("DELETE", _BULK, admits=AGENT, returns=BulkSchema)
def cancel_bulk(call: Call, bulk_id: int) -> dict[str, Any]:
    """Stop a bulk; what was changed by then stays so."""
    return _shown(service.cancel(call.deps, call.caller, bulk_id))


def _shown(view: BulkView) -> dict[str, Any]:
    return {
        **view.row,
        "left_out_tickets": view.left_out,
        "tickets": [ticket_shown(one) for one in view.tickets],
    }
