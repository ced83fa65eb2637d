"""The desk: inboxes with their counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields

from inbox_service.services import views

from .fields import Id
from .routes import AGENT, READERS, Call, Routes
from .tickets import TICKET

desk = Routes("desk", "Where mail comes in")


class CountsSchema(Schema):
    """Tickets by status; unassigned are the open ones of nobody."""

    open = fields.Integer(required=True)
    pending = fields.Integer(required=True)
    solved = fields.Integer(required=True)
    unassigned = fields.Integer(required=True)


class AllCountsSchema(CountsSchema):
    """Tickets of all inboxes; mine are the caller's open ones, outbox those with unsent replies.

    Mentions are those with a note that mentions the caller and that he has not read. What is
    snoozed is in none of the others but these two.
    """

    mine = fields.Integer(required=True)
    mentions = fields.Integer(required=True)
    snoozed = fields.Integer(required=True)
    spam = fields.Integer(required=True)
    trash = fields.Integer(required=True)
    outbox = fields.Integer(required=True)


class InboxSchema(Schema):
    """An inbox."""

    id = Id(required=True)
    name = fields.String(required=True)
    colour = fields.String(required=True)
    addresses = fields.List(fields.String(), required=True)
    team_id = Id(required=True, allow_none=True)
    counts = fields.Nested(CountsSchema, required=True)


class InboxesSchema(Schema):
    """Every inbox the caller sees."""

    items = fields.List(fields.Nested(InboxSchema), required=True)
    counts = fields.Nested(AllCountsSchema, required=True)
    next_cursor = fields.String(required=True, allow_none=True)


@desk.route("GET", "/inboxes", admits=READERS, returns=InboxesSchema)
def list_inboxes(call: Call) -> dict[str, Any]:
    """Return the inboxes the caller sees, and how many tickets stand in each."""
    boxes, tallies = views.list_inboxes(call.deps, call.caller)
    items = [{**box, "counts": counts_shown(box["counts"])} for box in boxes]
    return {"items": items, "counts": counts_shown(tallies.all), "next_cursor": None}


@desk.route("DELETE", f"{TICKET}/seen", admits=AGENT, status=204)
def mark_unread(call: Call, number: int) -> None:
    """Forget how far the caller read a ticket, so that it is unread for him."""
    views.mark_unread(call.deps, call.caller, number)


def counts_shown(counts: Mapping[str, int]) -> dict[str, int]:
    """Return counts with a number for every name there is, as either schema dumps them."""
    views = ("open", "pending", "solved", "unassigned", "mine", "snoozed", "spam", "trash")
    return {name: counts.get(name, 0) for name in (*views, "outbox", "mentions")}
