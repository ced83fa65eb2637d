"""Tickets deleted for good, and the trash they lie in before."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from inbox_service.services import deleting as service

from .routes import AGENT, Call, Routes
from .tickets import TICKET, stale_with_ticket
from .versions import IfMatch, wanted_version

deleting = Routes("deleting", "What is thrown away for good")

MOST_DAYS = 3650


class ContentsSchema(Schema):
    """What deleting a ticket removes, counted."""

    messages = fields.Integer(required=True)
    notes = fields.Integer(required=True)
    files = fields.Integer(required=True)
    drafts = fields.Integer(required=True)


class TrashSchema(Schema):
    """After how many days what is in the trash is deleted for good; null: never by itself."""

    empty_after_days = fields.Integer(
        required=True, allow_none=True, strict=True, validate=validate.Range(1, MOST_DAYS)
    )


@deleting.route("GET", f"{TICKET}/contents", admits=AGENT, returns=ContentsSchema)
def show_contents(call: Call, number: int) -> Any:
    """Return what would be gone with a ticket."""
    return service.contents_of(call.deps, call.caller, number)


@deleting.route("DELETE", TICKET, admits=AGENT, headers=IfMatch, status=204)
def delete_ticket(call: Call, headers: dict[str, str], number: int) -> None:
    """Delete a ticket of the trash for good, with all that was said in it."""
    version = wanted_version(headers)
    stale_with_ticket(lambda: service.delete(call.deps, call.caller, number, version))


@deleting.route("GET", "/trash", admits=AGENT, returns=TrashSchema)
def show_trash(call: Call) -> dict[str, int | None]:
    """Return when the trash is emptied."""
    return {"empty_after_days": service.trash_days(call.deps, call.caller)}


@deleting.route("PUT", "/trash", admits=AGENT, body=TrashSchema, status=204)
def change_trash(call: Call, body: dict[str, int | None]) -> None:
    """Say when the trash is emptied."""
    service.set_trash_days(call.deps, call.caller, body["empty_after_days"])
