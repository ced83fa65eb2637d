"""The original of a message, for whoever wonders where it came from."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from inbox_service.services import originals as service

from .fields import LARGEST_ID
from .routes import AGENT, Call, Routes
from .tickets import TICKET

originals = Routes("originals", "Messages as they came")


class MailHeaderSchema(Schema):
    """A header of the mail, decoded."""

    name = fields.String(required=True)
    value = fields.String(required=True)


class MailCheckSchema(Schema):
    """What the receiving provider found out (RFC 8601), for instance spf, pass, example.net."""

    method = fields.String(required=True)
    verdict = fields.String(required=True)
    domain = fields.String(required=True)


class OriginalSchema(Schema):
    """A mail as it came: `text` is its beginning; `file_token` fetches it whole for ten minutes."""

    headers = fields.List(fields.Nested(MailHeaderSchema), required=True)
    checks = fields.List(fields.Nested(MailCheckSchema), required=True)
    text = fields.String(required=True)
    is_cut = fields.Boolean(required=True)
    size = fields.Integer(required=True)
    file_token = fields.String(required=True)


@originals.route(
    "GET",
    f"{TICKET}/messages/<int(max={LARGEST_ID}):message_id>/original",
    admits=AGENT,
    returns=OriginalSchema,
)
def show_original(call: Call, number: int, message_id: int) -> dict[str, Any]:
    """Return a message as it came; 404 `original_not_found` for what is no mail."""
    found = service.show_original(call.deps, call.caller, number, message_id)
    return {
        "headers": [{"name": name, "value": value} for name, value in found.headers],
        "checks": found.checks,
        "text": found.text,
        "is_cut": found.is_cut,
        "size": found.size,
        "file_token": found.token,
    }
