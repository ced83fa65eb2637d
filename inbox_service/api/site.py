"""The calling site itself."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from marshmallow import Schema, fields, validate

from inbox_service.services import health, sites

from .fields import LARGEST_ID, Id, Moment, Text
from .routes import PLUGIN, Call, Routes

site = Routes("site", "The calling site itself")


class MailboxStateSchema(Schema):
    """Whether a mailbox works, and since when it is as it is."""

    address = fields.String(required=True)
    state = fields.String(required=True)
    reason = fields.String(required=True)
    since = Moment(required=True)


class IncidentSchema(Schema):
    """A mailbox that is not being read; `told_at` is null until its managers were mailed."""

    id = Id(required=True)
    mailbox_id = Id(required=True)
    address = fields.String(required=True)
    state = fields.String(required=True)
    reason = fields.String(required=True)
    began_at = Moment(required=True)
    told_at = Moment(required=True, allow_none=True)


class ToldSchema(Schema):
    """Whether the call was the first to say so."""

    first = fields.Boolean(required=True)


class SiteSchema(Schema):
    """A site and the state of its mailboxes."""

    id = Id(required=True)
    name = fields.String(required=True)
    home_url = fields.String(required=True)
    service_time = Moment(required=True)
    version = fields.String(required=True)
    mailboxes = fields.List(fields.Nested(MailboxStateSchema), required=True)
    incidents = fields.List(fields.Nested(IncidentSchema), required=True)


@site.route("GET", "/site", admits=PLUGIN, returns=SiteSchema)
def show_site(call: Call) -> dict[str, Any]:
    """Return the site, the service's time and version, and the state of the mailboxes."""
    return {
        **sites.describe(call.deps, call.caller),
        "incidents": health.open_incidents(call.deps, call.caller),
        "version": version("unified-inbox"),
    }


@site.route(
    "PUT",
    f"/site/incidents/<int(max={LARGEST_ID}):incident_id>/told",
    admits=PLUGIN,
    returns=ToldSchema,
)
def note_told(call: Call, incident_id: int) -> dict[str, bool]:
    """Note that the plugin mailed the managers, as no mailbox of the service could."""
    return {"first": health.note_told(call.deps, call.caller, incident_id)}


class SiteChangeSchema(Schema):
    """What the plugin says of its site."""

    status_page_url = Text(required=True, allow_none=True, most=500)


class MovedSchema(Schema):
    """What the owner says of a site that signs under another address."""

    choice = fields.String(required=True, validate=validate.OneOf(["moved", "copy"]))


@site.route("PUT", "/site", admits=PLUGIN, body=SiteChangeSchema, status=204)
def change_site(call: Call, body: dict[str, Any]) -> None:
    """Note the page where customers see their tickets; null where there is none."""
    sites.note_status_page(call.deps, call.caller, body["status_page_url"] or "")


@site.route("POST", "/site/moved", admits=PLUGIN, body=MovedSchema, status=204, may_have_moved=True)
def settle_move(call: Call, body: dict[str, Any]) -> None:
    """Take the owner's word: the site moved here, or this is a copy that must pair anew."""
    sites.settle_move(call.deps, call.caller, moved=body["choice"] == "moved")
