"""Drafts: what the calling agent began to write in a ticket, on whatever screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, validate

from inbox_service.services import drafts as service

from .fields import LARGEST_NUMBER, Id, Moment, Text, page_of
from .routes import AGENT, Call, Routes
from .tickets import TICKET

drafts = Routes("drafts", "What an agent began to write")

MOST_TEXT = 500_000
MOST_RECIPIENTS = 100
MOST_FILES = 100
KINDS = ("reply", "note")
_ALL = f"{TICKET}/drafts"
_DRAFT = f"{_ALL}/<any({', '.join(KINDS)}):kind>"


def _people() -> fields.List[Any]:
    most = validate.Length(max=MOST_RECIPIENTS)
    return fields.List(Text(most=320), allow_none=True, validate=most)


def _ids() -> fields.List[Any]:
    return fields.List(Id(), allow_none=True, validate=validate.Length(max=MOST_FILES))


class DraftContentSchema(Schema):
    """What is written, as a reply is sent; what is left out is as it is by itself.

    `to` null means: to whom it goes by itself. `uploads` stay as long as a draft names them; those
    that were removed or sent meanwhile are left out. A draft that `forwards` a message passes it
    on, with its `files`.
    """

    text = Text(required=True, most=MOST_TEXT)
    html = Text(most=MOST_TEXT)
    to = _people()
    cc = _people()
    bcc = _people()
    sender = Text(data_key="from", allow_none=True, most=320)
    uploads = _ids()
    forwards = Id(allow_none=True)
    files = _ids()
    quotes = fields.Boolean()


class OtherTextSchema(Schema):
    """What was written on another screen at the same time."""

    content = fields.Nested(DraftContentSchema, required=True)
    updated_at = Moment(required=True)


class DraftSchema(OtherTextSchema):
    """A draft; `other` is the text that lost to it, until the agent takes or discards it."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    version = Id(required=True)
    other = fields.Nested(OtherTextSchema, required=True, allow_none=True)


class SavedSchema(Schema):
    """The draft as it is now, null where nothing is left of it."""

    draft = fields.Nested(DraftSchema, required=True, allow_none=True)


class SaveSchema(Schema):
    """What a screen has: its text, the version it goes on from, and how old it is (ms)."""

    content = fields.Nested(DraftContentSchema, required=True)
    based_on = Id(load_default=None, allow_none=True)
    age = fields.Integer(load_default=0, validate=validate.Range(0, LARGEST_NUMBER))
    other = fields.String(load_default="keep", validate=validate.OneOf(("keep", "drop", "swap")))


@drafts.route("GET", _ALL, admits=AGENT, returns=page_of(DraftSchema))
def list_drafts(call: Call, number: int) -> dict[str, Any]:
    """Return the calling agent's drafts in the ticket: a reply, a note, both or none."""
    return {"items": service.of_ticket(call.deps, call.caller, number), "next_cursor": None}


@drafts.route("PUT", _DRAFT, admits=AGENT, body=SaveSchema, returns=SavedSchema)
def save_draft(call: Call, body: Mapping[str, Any], number: int, kind: str) -> dict[str, Any]:
    """Keep what a screen has."""
    given = service.Save(**body)
    return {"draft": service.save(call.deps, call.caller, number, kind, given)}


@drafts.route("DELETE", f"{_DRAFT}/other", admits=AGENT, status=204)
def forget_other_text(call: Call, number: int, kind: str) -> None:
    """Discard the text that lost to the draft."""
    service.forget_other(call.deps, call.caller, number, kind)
