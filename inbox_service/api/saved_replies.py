"""Saved replies: kept, found, and filled in for a ticket."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from inbox_service.domain.saved_replies import ANY, LANGUAGES
from inbox_service.services import saved_replies as service
from inbox_service.services import saved_reply_uses as uses
from inbox_service.services.saved_replies import MOST_LETTERS, REACHES, SavedReply

from . import paging
from .fields import LARGEST_ID, Id, Moment, Text, page_of
from .routes import AGENT, Call, Routes
from .tickets import TICKET
from .versions import IfMatch, etag, stale_with, wanted_version

saved_replies = Routes("saved_replies", "What is written again and again, kept to be written once")

_REPLY = f"/saved-replies/<int(max={LARGEST_ID}):saved_reply_id>"
_IN_TICKET = f"{TICKET}/saved-replies"
_Language = validate.OneOf((*LANGUAGES, ANY))


class SavedReplyChangesSchema(Schema):
    """What to change of a saved reply; `texts` replaces all of them, `team_id` goes with a team."""

    name = Text(least=1, most=200)
    shortcut = Text(most=40)
    texts = fields.Dict(
        keys=fields.String(validate=_Language),
        values=Text(most=MOST_LETTERS),
        metadata={"description": "HTML by language, with variables such as {agent.name}"},
    )
    reach = fields.String(validate=validate.OneOf(REACHES))
    team_id = Id(allow_none=True)


class NewSavedReplySchema(SavedReplyChangesSchema):
    """A saved reply to keep."""

    name = Text(required=True, least=1, most=200)
    texts = fields.Dict(
        required=True, keys=fields.String(validate=_Language), values=Text(most=MOST_LETTERS)
    )
    reach = fields.String(load_default="mine", validate=validate.OneOf(REACHES))


class SavedReplySchema(Schema):
    """A saved reply; `version` is what a change must name as If-Match."""

    id = Id(required=True)
    name = fields.String(required=True)
    shortcut = fields.String(required=True)
    texts = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    reach = fields.String(required=True, validate=validate.OneOf(REACHES))
    team_id = Id(required=True, allow_none=True)
    team_name = fields.String(required=True)
    version = fields.Integer(required=True)
    uses = fields.Integer(required=True)
    last_used_at = Moment(required=True, allow_none=True)
    can_edit = fields.Boolean(required=True)


class SavedReplyQuery(paging.PageQuery):
    """Words that a saved reply must hold, in its name, its shortcut or a text."""

    q = Text(load_default="", most=200)


class OfferQuery(Schema):
    """Words that a saved reply must hold."""

    q = Text(load_default="", most=200)


class VariablesSchema(Schema):
    """What may stand in braces, and what that is in any ticket of the caller's."""

    variables = fields.List(fields.String(), required=True)
    values = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class OfferSchema(Schema):
    """A text of a saved reply; `is_best` where it is the one for the ticket's language."""

    id = Id(required=True)
    name = fields.String(required=True)
    shortcut = fields.String(required=True)
    language = fields.String(required=True)
    snippet = fields.String(required=True)
    is_best = fields.Boolean(required=True)


class OffersSchema(Schema):
    """The language that the ticket's customer is answered in, and what fits."""

    language = fields.String(required=True)
    items = fields.List(fields.Nested(OfferSchema), required=True)


class UseSchema(Schema):
    """Which text is put in; without a language that of the ticket."""

    language = fields.String(load_default=None, allow_none=True, validate=_Language)


class InsertionSchema(Schema):
    """A text filled in for the ticket; nothing stands for the variables in `missing` there."""

    html = fields.String(required=True)
    text = fields.String(required=True)
    language = fields.String(required=True)
    missing = fields.List(fields.String(), required=True)


@saved_replies.route(
    "GET", "/saved-replies", admits=AGENT, query=SavedReplyQuery, returns=page_of(SavedReplySchema)
)
def list_saved_replies(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Return the saved replies that the caller sees, by name."""
    after = paging.read("saved-replies", query, 1)
    page = service.list_replies(call.deps, call.caller, query["q"], after, query["limit"])
    return {
        "items": [_shown(one) for one in page.items],
        "next_cursor": paging.write("saved-replies", page.next_key),
    }


@saved_replies.route("GET", "/saved-replies/variables", admits=AGENT, returns=VariablesSchema)
def list_variables(call: Call) -> dict[str, Any]:
    """Return what may stand in saved replies."""
    variables, values = service.sample_values(call.deps, call.caller)
    return {"variables": variables, "values": values}


@saved_replies.route(
    "POST",
    "/saved-replies",
    admits=AGENT,
    body=NewSavedReplySchema,
    returns=SavedReplySchema,
    status=201,
)
def add_saved_reply(call: Call, body: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Keep a reply; for a team and for everybody leads and managers do."""
    return _with_etag(service.add(call.deps, call.caller, body))


@saved_replies.route("GET", _REPLY, admits=AGENT, returns=SavedReplySchema)
def show_saved_reply(call: Call, saved_reply_id: int) -> tuple[dict[str, Any], dict[str, str]]:
    """Return one saved reply."""
    return _with_etag(service.show(call.deps, call.caller, saved_reply_id))


@saved_replies.route(
    "PATCH",
    _REPLY,
    admits=AGENT,
    headers=IfMatch,
    body=SavedReplyChangesSchema,
    returns=SavedReplySchema,
)
def change_saved_reply(
    call: Call, headers: dict[str, str], body: dict[str, Any], saved_reply_id: int
) -> tuple[dict[str, Any], dict[str, str]]:
    """Change a saved reply that nobody changed since it was read."""
    version = wanted_version(headers)
    with stale_with("saved_reply", lambda reply: SavedReplySchema().dump(_shown(reply))):
        return _with_etag(service.change(call.deps, call.caller, saved_reply_id, version, body))


@saved_replies.route("DELETE", _REPLY, admits=AGENT, status=204)
def remove_saved_reply(call: Call, saved_reply_id: int) -> None:
    """Take a saved reply away; its removal can be undone for a month."""
    service.remove(call.deps, call.caller, saved_reply_id)


@saved_replies.route("DELETE", f"{_REPLY}/removal", admits=AGENT, returns=SavedReplySchema)
def bring_saved_reply_back(
    call: Call, saved_reply_id: int
) -> tuple[dict[str, Any], dict[str, str]]:
    """Undo the removal of a saved reply."""
    return _with_etag(service.bring_back(call.deps, call.caller, saved_reply_id))


@saved_replies.route("GET", _IN_TICKET, admits=AGENT, query=OfferQuery, returns=OffersSchema)
def offer_saved_replies(call: Call, query: dict[str, str], number: int) -> dict[str, Any]:
    """Return texts that fit the ticket: first each reply's best, then their other languages."""
    language, offers = uses.offer(call.deps, call.caller, number, query["q"])
    items = [
        {**one.row, "language": one.language, "snippet": one.snippet, "is_best": one.is_best}
        for one in offers
    ]
    return {"language": language, "items": items}


@saved_replies.route(
    "POST",
    f"{_IN_TICKET}/<int(max={LARGEST_ID}):saved_reply_id>/uses",
    admits=AGENT,
    body=UseSchema,
    returns=InsertionSchema,
    status=201,
)
def use_saved_reply(
    call: Call, body: dict[str, Any], number: int, saved_reply_id: int
) -> uses.Insertion:
    """Fill a saved reply in for the ticket, and count that it was used."""
    return uses.use(call.deps, call.caller, number, saved_reply_id, body["language"])


def _with_etag(reply: SavedReply) -> tuple[dict[str, Any], dict[str, str]]:
    return _shown(reply), etag(reply.row["version"])


def _shown(reply: SavedReply) -> dict[str, Any]:
    return {
        **reply.row,
        "reach": reply.reach,
        "team_name": reply.team_name,
        "can_edit": reply.can_edit,
    }
