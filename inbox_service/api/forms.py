"""Forms, and what visitors file by them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from inbox_service.services import entries, views
from inbox_service.services import forms as service
from inbox_service.services.entries import Entry, Taken

from .fields import LARGEST_ID, LARGEST_NUMBER, Id, Moment, Text, page_of
from .routes import AGENT, PLUGIN, Call, Routes

forms = Routes("forms", "Forms that visitors file requests by")

Row = Mapping[str, Any]
MOST_FILES = 10
# Base64 of the 25 MB that a Gmail user may attach.
LARGEST_FILE = 35_000_000
LARGEST_ENTRY = 40_000_000
_FORM = f"/forms/<int(max={LARGEST_ID}):form_id>"


class FormSchema(Schema):
    """A form of the site; the signature is there for the site's plugin only."""

    id = Id(required=True)
    name = fields.String(required=True)
    inbox_id = Id(required=True)
    version = fields.Integer(required=True)
    description = fields.String(required=True)
    definition = fields.Dict(required=True)
    signature = fields.String()


class NewFormSchema(Schema):
    """A form to add; without a definition it is the usual contact form."""

    name = Text(required=True, least=1, most=200)
    inbox_id = Id(required=True)
    definition = fields.Dict()


class FormChangeSchema(Schema):
    """What to change of a form."""

    name = Text(least=1, most=200)
    inbox_id = Id()
    definition = fields.Dict()


class FileSchema(Schema):
    """A file of an entry; its content in base64."""

    name = Text(required=True, most=255)
    type = Text(load_default="", most=127)
    content = Text(required=True, most=LARGEST_FILE)


class EntrySchema(Schema):
    """An entry, complete: a replay says exactly the same."""

    entry_key = Text(required=True, least=16, most=64)
    reference = Text(required=True, least=8, most=8)
    submitted_at = Moment(required=True)
    locale = Text(load_default="en", most=16)
    wp_user_id = fields.Integer(
        load_default=None, allow_none=True, validate=validate.Range(1, LARGEST_NUMBER)
    )
    fields_ = fields.Dict(required=True, data_key="fields")
    files = fields.List(
        fields.Nested(FileSchema), load_default=list, validate=validate.Length(max=MOST_FILES)
    )
    page_url = Text(load_default="", most=2000)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Entry:
        """Return the entry."""
        return Entry(fields=data.pop("fields_"), **data)


class EntryAnswerSchema(Schema):
    """What became of an entry."""

    state = fields.String(required=True)
    reference = fields.String(required=True)


@forms.route("GET", "/forms", admits=("plugin", "agent", "program"), returns=page_of(FormSchema))
def list_forms(call: Call) -> dict[str, Any]:
    """Return the forms: all of them, signed, to the plugin; to others those of their inboxes."""
    if call.caller.type == "plugin":
        return {"items": service.published(call.deps, call.caller), "next_cursor": None}
    return {"items": views.list_forms(call.deps, call.caller), "next_cursor": None}


@forms.route("POST", "/forms", admits=AGENT, body=NewFormSchema, returns=FormSchema, status=201)
def add_form(call: Call, body: Row) -> Row:
    """Add a form; for managers."""
    return service.add_form(call.deps, call.caller, body)


@forms.route("PATCH", _FORM, admits=AGENT, body=FormChangeSchema, returns=FormSchema)
def change_form(call: Call, body: Row, form_id: int) -> Row:
    """Change a form; for managers."""
    return service.change_form(call.deps, call.caller, form_id, body)


@forms.route("DELETE", _FORM, admits=AGENT, status=204)
def remove_form(call: Call, form_id: int) -> None:
    """Delete a form that nothing came in by; for managers."""
    service.remove_form(call.deps, call.caller, form_id)


@forms.route(
    "POST",
    f"{_FORM}/entries",
    largest_body=LARGEST_ENTRY,
    admits=PLUGIN,
    body=EntrySchema,
    returns=EntryAnswerSchema,
    status=201,
)
def take_entry(call: Call, body: Entry, form_id: int) -> Taken:
    """Take what a visitor filed: a ticket, or parked; the same answer for the same entry key."""
    return entries.take_entry(call.deps, call.caller, form_id, body)
