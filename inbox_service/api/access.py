"""How customers show who they are: codes, sessions, addresses of users, links."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from inbox_service.services import access as links
from inbox_service.services import access_codes as service
from inbox_service.services.access_codes import Session

from .fields import LARGEST_NUMBER, Moment, Text
from .routes import AGENT, PLUGIN, Call, Routes
from .tickets import TICKET

access = Routes("access", "How customers show who they are")


class CodeWishSchema(Schema):
    """Whom to mail a code, and in which language."""

    email = Text(required=True, least=1, most=320)
    locale = Text(load_default="en", most=16)


class NothingSchema(Schema):
    """An answer that says nothing, on purpose."""


class TypedCodeSchema(Schema):
    """A code as somebody typed it, and the address it was mailed to."""

    email = Text(required=True, most=320)
    code = Text(required=True, most=32)


class UserCodeSchema(TypedCodeSchema):
    """A code that a WordPress user typed, for the address of his account."""

    wp_user_id = fields.Integer(required=True, validate=validate.Range(1, LARGEST_NUMBER))


class SessionSchema(Schema):
    """What a code opened; the token is told this once."""

    token = fields.String(required=True)
    expires_at = Moment(required=True)


@access.route(
    "POST", "/access/codes", admits=PLUGIN, body=CodeWishSchema, returns=NothingSchema, status=202
)
def mail_code(call: Call, body: dict[str, str]) -> dict[str, Any]:
    """Mail a code, if the address belongs to a customer; the answer is the same for every one."""
    service.mail_code(call.deps, call.caller, body["email"], body["locale"])
    return {}


@access.route(
    "POST",
    "/access/sessions",
    admits=PLUGIN,
    body=TypedCodeSchema,
    returns=SessionSchema,
    status=201,
)
def open_session(call: Call, body: dict[str, str]) -> Session:
    """Exchange a code for a session; 403 `code_invalid` whatever is wrong with it."""
    return service.open_session(call.deps, call.caller, body["email"], body["code"])


@access.route("POST", "/access/verified", admits=PLUGIN, body=UserCodeSchema, status=204)
def confirm_address(call: Call, body: dict[str, Any]) -> None:
    """Let the address of a user's account count, by a code that was mailed to it."""
    service.confirm_address(call.deps, call.caller, body["wp_user_id"], body["email"], body["code"])


@access.route("DELETE", f"{TICKET}/links", admits=AGENT, status=204)
def revoke_links(call: Call, number: int) -> None:
    """End every link that opens the ticket on the status page."""
    links.revoke_links(call.deps, call.caller, number)
