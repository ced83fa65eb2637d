"""Signatures of agents and of inboxes."""

from __future__ import annotations

from marshmallow import Schema, fields

from inbox_service.domain.signatures import MOST_LETTERS
from inbox_service.services import signatures as service
from inbox_service.services.signatures import Signature

from .fields import LARGEST_ID, Text
from .routes import AGENT, Call, Routes

signatures = Routes("signatures", "What stands below mails")

_INBOX = f"/inboxes/<int(max={LARGEST_ID}):inbox_id>/signature"


class SignatureTextSchema(Schema):
    """A signature as somebody writes it, with variables such as {agent.name}."""

    text = Text(required=True, most=MOST_LETTERS)


class SignatureSchema(SignatureTextSchema):
    """A signature, and the names that it may hold in braces.

    `values` is what they stand for in the caller's next mail; a ticket's own are not known yet.
    """

    variables = fields.List(fields.String(), required=True)
    values = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


@signatures.route("GET", "/me/signature", admits=AGENT, returns=SignatureSchema)
def show_my_signature(call: Call) -> Signature:
    """Return the caller's signature."""
    return service.mine(call.deps, call.caller)


@signatures.route(
    "PUT", "/me/signature", admits=AGENT, body=SignatureTextSchema, returns=SignatureSchema
)
def write_my_signature(call: Call, body: dict[str, str]) -> Signature:
    """Change the caller's signature."""
    return service.write_mine(call.deps, call.caller, body["text"])


@signatures.route("GET", _INBOX, admits=AGENT, returns=SignatureSchema)
def show_inbox_signature(call: Call, inbox_id: int) -> Signature:
    """Return an inbox's signature."""
    return service.of_inbox(call.deps, call.caller, inbox_id)


@signatures.route("PUT", _INBOX, admits=AGENT, body=SignatureTextSchema, returns=SignatureSchema)
def write_inbox_signature(call: Call, body: dict[str, str], inbox_id: int) -> Signature:
    """Change an inbox's signature; managers only."""
    return service.write_inboxes(call.deps, call.caller, inbox_id, body["text"])
