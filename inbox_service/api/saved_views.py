"""Saved views: lists of tickets with a name."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from inbox_service.services import saved_views as service
from inbox_service.services.saved_views import MOST_VIEWS, SavedView

from .fields import LARGEST_ID, Id, Text, page_of
from .routes import AGENT, READERS, Call, Routes
from .ticket_schemas import TicketFilterSchema
from .versions import IfMatch, etag, stale_with, wanted_version

saved_views = Routes("saved views", "Lists of tickets with a name")

_VIEW = f"/saved-views/<int(max={LARGEST_ID}):view_id>"


class SavedViewSchema(Schema):
    """A saved view, and how many tickets the caller would find in it.

    `count` is 100 at most and up to 30 seconds old; `has_more` says that there may be more.
    `version` is what a change must name as If-Match.
    """

    id = Id(required=True)
    name = fields.String(required=True)
    shared = fields.Boolean(required=True)
    filter = fields.Nested(TicketFilterSchema, required=True)
    may_change = fields.Boolean(required=True)
    count = fields.Integer(required=True)
    has_more = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class SavedViewChangesSchema(Schema):
    """What to change of a view; `filter` replaces all of it.

    `removed`, false, takes back within a day that it was removed.
    """

    name = Text(least=1, most=80)
    shared = fields.Boolean()
    filter = fields.Nested(TicketFilterSchema)
    removed = fields.Boolean(validate=validate.Equal(False))


class NewSavedViewSchema(Schema):
    """A view to save."""

    name = Text(required=True, least=1, most=80)
    shared = fields.Boolean(load_default=False)
    filter = fields.Nested(TicketFilterSchema, required=True)


class ViewOrderSchema(Schema):
    """The ids of views in their new order."""

    ids = fields.List(Id(), required=True, validate=validate.Length(max=2 * MOST_VIEWS))


@saved_views.route("GET", "/saved-views", admits=READERS, returns=page_of(SavedViewSchema))
def list_saved_views(call: Call) -> dict[str, Any]:
    """Return the caller's own views and the shared ones, in their order."""
    views = service.list_views(call.deps, call.caller)
    return {"items": [_shown(view) for view in views], "next_cursor": None}


@saved_views.route(
    "POST",
    "/saved-views",
    admits=AGENT,
    body=NewSavedViewSchema,
    returns=SavedViewSchema,
    status=201,
)
def save_view(call: Call, body: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Save a view behind the others; shared ones are for managers and leads."""
    return _with_etag(
        service.add_view(
            call.deps, call.caller, body["name"], body["filter"], shared=body["shared"]
        )
    )


@saved_views.route(
    "PATCH",
    _VIEW,
    admits=AGENT,
    headers=IfMatch,
    body=SavedViewChangesSchema,
    returns=SavedViewSchema,
)
def change_view(
    call: Call, headers: dict[str, str], body: dict[str, Any], view_id: int
) -> tuple[dict[str, Any], dict[str, str]]:
    """Change a view that nobody changed since it was read."""
    version = wanted_version(headers)
    with stale_with("view", lambda view: SavedViewSchema().dump(_shown(view))):
        return _with_etag(service.change_view(call.deps, call.caller, view_id, version, body))


@saved_views.route("DELETE", _VIEW, admits=AGENT, status=204)
def remove_view(call: Call, view_id: int) -> None:
    """Remove a view; its tickets stay, and it can be taken back within a day."""
    service.remove_view(call.deps, call.caller, view_id)


@saved_views.route("PUT", "/saved-views/order", admits=AGENT, body=ViewOrderSchema, status=204)
def order_views(call: Call, body: dict[str, Any]) -> None:
    """Put views in a new order."""
    service.order_views(call.deps, call.caller, body["ids"])


def _shown(view: SavedView) -> dict[str, Any]:
    own = {"may_change": view.may_change, "count": view.count, "has_more": view.has_more}
    return {**view.row, **own}


def _with_etag(view: SavedView) -> tuple[dict[str, Any], dict[str, str]]:
    return _shown(view), etag(view.row["version"])
