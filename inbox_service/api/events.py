"""Events: the feed of everything that happened, and the screens' question for news."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from inbox_service.services import feed
from inbox_service.services import live as service
from inbox_service.services.feed import EventView

from .agents import RightsSchema
from .desk import AllCountsSchema, CountsSchema, counts_shown
from .fields import LARGEST_NUMBER, Id, Moment
from .paging import DEFAULT_LIMIT, LARGEST_LIMIT
from .routes import AGENT, READERS, Call, Routes
from .ticket_schemas import PersonSchema

events = Routes("events", "What happened")

# Counted per site from 1, so JavaScript's numbers hold every seq there will ever be.
_SEQ = validate.Range(0, LARGEST_NUMBER)


class ActorSchema(Schema):
    """Who did it."""

    type = fields.String(required=True, validate=validate.OneOf(("agent", "customer", "system")))
    id = Id(required=True, allow_none=True)
    name = fields.String(required=True)


class EventSchema(Schema):
    """A fact. `data` holds, by property, its new value or [before, after]."""

    seq = fields.Integer(required=True)
    at = Moment(required=True)
    kind = fields.String(required=True)
    ticket_number = fields.Integer(required=True, allow_none=True)
    message_id = Id(required=True, allow_none=True)
    actor = fields.Nested(ActorSchema, required=True)
    data = fields.Dict(required=True)


class FeedQuery(Schema):
    """Where to go on in the feed."""

    after = fields.Integer(load_default=0, validate=_SEQ)
    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(1, LARGEST_LIMIT))


class FeedSchema(Schema):
    """A part of the feed; go on with after = `next_after`."""

    items = fields.List(fields.Nested(EventSchema), required=True)
    next_after = fields.Integer(required=True)


class QuestionSchema(Schema):
    """What a screen knows and shows."""

    after = fields.Integer(load_default=None, allow_none=True, strict=True, validate=_SEQ)
    viewing = fields.Integer(load_default=None, allow_none=True, strict=True, validate=_SEQ)
    mode = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf(("viewing", "replying"))
    )


class HintSchema(Schema):
    """Something happened here: whoever shows it should read it again."""

    seq = fields.Integer(required=True)
    ticket_number = fields.Integer(required=True, allow_none=True)
    kind = fields.String(required=True)
    inbox_id = Id(required=True, allow_none=True)


class LiveCountsSchema(Schema):
    """How many tickets stand where; of a team its open ones, left out where it has none."""

    inboxes = fields.Dict(fields.String(), fields.Nested(CountsSchema), required=True)
    teams = fields.Dict(fields.String(), fields.Integer(), required=True)
    all = fields.Nested(AllCountsSchema, required=True)


class PresenceSchema(Schema):
    """A colleague at a ticket."""

    ticket_number = fields.Integer(required=True)
    agent = fields.Nested(PersonSchema, required=True)
    mode = fields.String(required=True)


class TroubleSchema(Schema):
    """A mailbox that is not being read, and since when."""

    mailbox_id = Id(required=True)
    address = fields.String(required=True)
    state = fields.String(required=True)
    began_at = Moment(required=True)


class NewsSchema(Schema):
    """What is new; ask again with after = `seq`."""

    seq = fields.Integer(required=True)
    rights = fields.Nested(RightsSchema, required=True)
    hints = fields.List(fields.Nested(HintSchema), required=True)
    counts = fields.Nested(LiveCountsSchema, required=True)
    presence = fields.List(fields.Nested(PresenceSchema), required=True)
    troubles = fields.List(fields.Nested(TroubleSchema), required=True)


@events.route("GET", "/events", admits=READERS, query=FeedQuery, returns=FeedSchema)
def list_events(call: Call, query: dict[str, int]) -> dict[str, Any]:
    """Return what happened on the site after an event, oldest first."""
    shown, next_after = feed.list_events(call.deps, call.caller, query["after"], query["limit"])
    return {"items": [event_shown(view) for view in shown], "next_after": next_after}


@events.route("POST", "/live", admits=AGENT, body=QuestionSchema, returns=NewsSchema)
def ask_for_news(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """Tell where the agent is and return what is new since; 410 `reload` after too much."""
    news = service.news(call.deps, call.caller, body["after"], body["viewing"], body["mode"])
    return {
        "seq": news.seq,
        "rights": news.rights,
        "hints": [{**hint.row, "ticket_number": hint.ticket_number} for hint in news.hints],
        "counts": {
            "inboxes": {
                str(inbox_id): counts_shown(counts)
                for inbox_id, counts in news.counts.inboxes.items()
            },
            "teams": {str(team_id): open_ones for team_id, open_ones in news.counts.teams.items()},
            "all": counts_shown(news.counts.all),
        },
        "presence": news.presence,
        "troubles": news.troubles,
    }


def event_shown(view: EventView) -> dict[str, Any]:
    """Return the event as EventSchema dumps it."""
    row = view.row
    actor = {"type": row["actor_type"], "id": row["actor_id"], "name": view.actor_name}
    return {**row, "ticket_number": view.ticket_number, "actor": actor}
