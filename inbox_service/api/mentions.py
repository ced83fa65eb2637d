"""Whom a note may mention."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from inbox_service.services import mentions as service

from .fields import Id, Text
from .routes import AGENT, Call, Routes
from .tickets import TICKET

mentions = Routes("mentions", "Whom a note may mention")


class MentionableSchema(Schema):
    """An agent or a team who see the ticket."""

    kind = fields.String(required=True, validate=validate.OneOf(("agent", "team")))
    id = Id(required=True)
    name = fields.String(required=True)


class MentionablesSchema(Schema):
    """The first of those who fit."""

    items = fields.List(fields.Nested(MentionableSchema), required=True)


class MentionableQuery(Schema):
    """How words of the name begin."""

    q = Text(load_default="", most=200)


@mentions.route(
    "GET",
    f"{TICKET}/mentionable",
    admits=AGENT,
    query=MentionableQuery,
    returns=MentionablesSchema,
)
def list_mentionable(call: Call, query: dict[str, str], number: int) -> dict[str, Any]:
    """Return whom a note in the ticket may mention: the 20 first agents and teams who see it."""
    return {"items": service.mentionable(call.deps, call.caller, number, query["q"])}
