"""Tickets as the API shows them and takes changes to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from inbox_service.domain.tickets import (
    CHANNELS,
    ORDERS,
    PLACES,
    PRIORITIES,
    STATUSES,
    has_returned,
)
from inbox_service.services.asked import Asked
from inbox_service.services.views import TicketView

from .fields import Assignee, Day, Id, Moment, Text
from .paging import PageQuery

MOST_TAGS = 50
MOST_HOURS = 24 * 366
_DIRECTIONS = ("ltr", "rtl")


class PersonSchema(Schema):
    """Somebody by id and name."""

    id = Id(required=True)
    name = fields.String(required=True)


class CustomerNameSchema(PersonSchema):
    """A customer by name and address."""

    email = fields.String(required=True)


class SuggestionSchema(Schema):
    """Another ticket this one looks like."""

    number = fields.Integer(required=True)


class TicketSchema(Schema):
    """A ticket."""

    id = Id(required=True)
    number = fields.Integer(required=True)
    reference = fields.String(required=True)
    subject = fields.String(required=True)
    direction = fields.String(required=True, validate=validate.OneOf(_DIRECTIONS))
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    place = fields.String(required=True, validate=validate.OneOf(PLACES))
    priority = fields.String(required=True, validate=validate.OneOf(PRIORITIES))
    channel = fields.String(required=True, validate=validate.OneOf(CHANNELS))
    inbox_id = Id(required=True)
    customer = fields.Nested(CustomerNameSchema, required=True)
    assignee = fields.Nested(PersonSchema, required=True, allow_none=True)
    team_id = Id(required=True, allow_none=True)
    tags = fields.List(fields.String(), required=True)
    followers = fields.List(fields.Nested(PersonSchema), required=True)
    snippet = fields.String(required=True)
    snippet_direction = fields.String(required=True, validate=validate.OneOf(_DIRECTIONS))
    unread = fields.Boolean(required=True)
    has_draft = fields.Boolean(required=True)
    has_attachments = fields.Boolean(required=True)
    message_count = fields.Integer(required=True)
    from_before = fields.Boolean(required=True)
    waiting_since = Moment(required=True, allow_none=True)
    last_activity_at = Moment(required=True)
    created_at = Moment(required=True)
    snoozed_until = Moment(required=True, allow_none=True)
    back_from_snooze = fields.Boolean(
        required=True,
        metadata={"description": "Its time is over, and its assignee has not opened it since"},
    )
    version = fields.Integer(required=True)
    suggestion = fields.Nested(SuggestionSchema, required=True, allow_none=True)
    merged_into = fields.Nested(SuggestionSchema, required=True, allow_none=True)
    erased = fields.Boolean(
        required=True,
        metadata={"description": "Its customer asked to be erased: there is nobody to answer"},
    )


class TicketPageSchema(Schema):
    """A page of tickets."""

    items = fields.List(fields.Nested(TicketSchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class TicketFilterSchema(Schema):
    """Which tickets to list, and which first; what is left out does not matter."""

    place = fields.String(validate=validate.OneOf(PLACES))
    status = fields.String(validate=validate.OneOf(STATUSES))
    inbox = Id()
    assignee = Assignee(metadata={"description": "me, none, or the id of an agent"})
    team = Id()
    unsent = fields.Boolean(metadata={"description": "Only those with a reply that has not left"})
    snoozed = fields.Boolean(
        metadata={"description": "Only those that are snoozed, or only those that are not"}
    )
    tag = Text(least=1, most=64, metadata={"description": "The name of a tag they carry"})
    priority = fields.String(validate=validate.OneOf(PRIORITIES))
    customer = Id()
    active_after = Day(metadata={"description": "The first day of their last activity"})
    active_before = Day(metadata={"description": "A day that their last activity was before"})
    waiting_hours = fields.Integer(
        validate=validate.Range(1, MOST_HOURS),
        metadata={"description": "Only those whose customer has waited so long"},
    )
    has_attachments = fields.Boolean()
    unread = fields.Boolean(metadata={"description": "With, or without, news for the caller"})
    mentioned = fields.Boolean(
        metadata={"description": "Only those with a note that mentions the caller, unread by him"}
    )
    order = fields.String(
        validate=validate.OneOf(ORDERS),
        metadata={
            "description": "What comes first: the newest activity (which it is by itself), the "
            "customer who waits longest, the newest ticket, or the most urgent"
        },
    )


class TicketQuery(TicketFilterSchema, PageQuery):
    """Which tickets to list, and which part of them."""


class TicketChangesSchema(Schema):
    """New values of a ticket's properties; what is not named stays."""

    status = fields.String(validate=validate.OneOf(STATUSES))
    place = fields.String(validate=validate.OneOf(PLACES))
    priority = fields.String(validate=validate.OneOf(PRIORITIES))
    assignee_id = Id(allow_none=True)
    team_id = Id(allow_none=True)
    inbox_id = Id()
    subject = Text(least=1, most=998)
    tags = fields.List(Text(least=1, most=64), validate=validate.Length(max=MOST_TAGS))

    @post_load
    def trim(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Return the values with tags as people mean them: no space around, none twice."""
        if "tags" in values:
            values["tags"] = sorted({tag.strip() for tag in values["tags"]} - {""})
        return values


def asked_of(query: Mapping[str, Any]) -> Asked:
    """Return what a query, with its cursor or without, asks a list for."""
    names = TicketFilterSchema().fields
    return Asked(**{name: value for name, value in query.items() if name in names})


def ticket_shown(view: TicketView) -> dict[str, Any]:
    """Return the ticket as TicketSchema dumps it."""
    return {
        **view.row,
        "customer": view.customer,
        "assignee": view.assignee,
        "tags": view.tags,
        "followers": view.followers,
        "unread": view.unread,
        "has_draft": view.has_draft,
        "back_from_snooze": has_returned(dict(view.row)),
        "suggestion": {"number": view.suggestion} if view.suggestion else None,
        "merged_into": {"number": view.merged_into} if view.merged_into else None,
        "erased": view.row["erased_at"] is not None,
    }
