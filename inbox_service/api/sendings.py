"""The mail of a reply on its way out: how far it has come, taking it back, another time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from inbox_service.domain.sending import (
    LONGEST_HOLD_SECONDS,
    MOST_RECIPIENTS,
    SendState,
    WaitReason,
)
from inbox_service.services import send_limits, suppressed, unsent
from inbox_service.services import sendings as service
from inbox_service.services.send_limits import SendingStands

from .drafts import DraftContentSchema
from .fields import LARGEST_ID, Id, Moment, Text
from .routes import AGENT, Call, Routes
from .tickets import TICKET

sendings = Routes("sendings", "Replies on their way out")

_SENDING = f"{TICKET}/messages/<int(max={LARGEST_ID}):message_id>/sending"


class SendingSchema(Schema):
    """How far a reply's mail has come; `due_at` is when it leaves or is tried next."""

    state = fields.String(required=True, validate=validate.OneOf([one.value for one in SendState]))
    reason = fields.String(
        required=True, validate=validate.OneOf([one.value for one in WaitReason])
    )
    detail = fields.String(required=True)
    since = Moment(required=True)
    due_at = Moment(required=True, allow_none=True)


class SendingChangeSchema(Schema):
    """Another time to leave at, null for now; or what became of a mail nobody is sure of."""

    send_at = Moment(allow_none=True)
    outcome = fields.String(validate=validate.OneOf(("sent", "not_sent")))

    @validates_schema
    def one_of_both(self, data: Mapping[str, Any], **_: Any) -> None:
        """Refuse a body that says both or nothing."""
        if len(data) != 1:
            raise ValidationError("Say send_at or outcome.")


class MailboxSendsSchema(Schema):
    """What a mailbox sent within 24 hours, in recipients, and its limit for that.

    `senders` are the addresses it sends as; `daily_limit` is what a manager chose instead of the
    provider's. From `is_near` on it is worth a word; `paused_until` is set while all waits.
    """

    id = Id(required=True)
    address = fields.String(required=True)
    senders = fields.List(fields.String(), required=True)
    recipients = fields.Integer(required=True)
    limit = fields.Integer(required=True)
    provider_limit = fields.Integer(required=True)
    daily_limit = fields.Integer(required=True, allow_none=True)
    is_near = fields.Boolean(required=True)
    paused_until = Moment(required=True, allow_none=True)


class SendingStandsSchema(Schema):
    """How long a reply can be taken back, and how near each mailbox is to its limit."""

    undo_seconds = fields.Integer(required=True)
    mailboxes = fields.List(fields.Nested(MailboxSendsSchema), required=True)


class SendingSettingsSchema(Schema):
    """How long a reply can be taken back; null for the service's own default."""

    undo_seconds = fields.Integer(
        required=True, allow_none=True, validate=validate.Range(0, LONGEST_HOLD_SECONDS)
    )


class DailyLimitSchema(Schema):
    """How many recipients a mailbox may write to within 24 hours; null: as its provider allows."""

    daily_limit = fields.Integer(
        required=True, allow_none=True, validate=validate.Range(1, MOST_RECIPIENTS)
    )


class SuppressedQuery(Schema):
    """Addresses, with commas between them."""

    emails = Text(required=True, most=8000)


class SuppressedSchema(Schema):
    """An address that mail came back from for good, with what its provider said."""

    email = fields.String(required=True)
    reason = fields.String(required=True)
    since = Moment(required=True)


class SuppressedListSchema(Schema):
    """Those that were asked for and are marked."""

    items = fields.List(fields.Nested(SuppressedSchema), required=True)


@sendings.route(
    "GET",
    "/suppressed-addresses",
    admits=AGENT,
    query=SuppressedQuery,
    returns=SuppressedListSchema,
)
def show_suppressed(call: Call, query: dict[str, str]) -> dict[str, list[Any]]:
    """Return those of the addresses that mail came back from: a composer says so before."""
    emails = query["emails"].split(",")
    return {"items": suppressed.suppressed_among(call.deps, call.caller, emails)}


class UnsentSchema(Schema):
    """A reply that has not left, by its ticket."""

    ticket_number = fields.Integer(required=True)
    sending = fields.Nested(SendingSchema, required=True)


class UnsentListSchema(Schema):
    """The oldest of them, at most 200."""

    items = fields.List(fields.Nested(UnsentSchema), required=True)


@sendings.route("GET", "/sending/unsent", admits=AGENT, returns=UnsentListSchema)
def show_unsent(call: Call) -> dict[str, list[Any]]:
    """Return how far each reply has come that has not left."""
    return {"items": unsent.unsent_replies(call.deps, call.caller)}


@sendings.route("GET", "/sending", admits=AGENT, returns=SendingStandsSchema)
def show_sending(call: Call) -> SendingStands:
    """Return how sending stands, of the mailboxes that feed what the caller sees."""
    return send_limits.show(call.deps, call.caller)


@sendings.route("PUT", "/sending", admits=AGENT, body=SendingSettingsSchema, status=204)
def change_sending_settings(call: Call, body: dict[str, int | None]) -> None:
    """Say how long a reply can be taken back."""
    send_limits.set_undo_seconds(call.deps, call.caller, body["undo_seconds"])


@sendings.route(
    "PUT",
    f"/sending/mailboxes/<int(max={LARGEST_ID}):mailbox_id>",
    admits=AGENT,
    body=DailyLimitSchema,
    status=204,
)
def change_daily_limit(call: Call, body: dict[str, int | None], mailbox_id: int) -> None:
    """Say how many recipients a mailbox may write to within 24 hours."""
    send_limits.set_daily_limit(call.deps, call.caller, mailbox_id, body["daily_limit"])


@sendings.route("DELETE", _SENDING, admits=AGENT, returns=DraftContentSchema)
def withdraw_reply(call: Call, number: int, message_id: int) -> dict[str, Any]:
    """Take a reply back that has not left: it is its writer's draft again."""
    return dict(service.withdraw(call.deps, call.caller, number, message_id))


@sendings.route("PATCH", _SENDING, admits=AGENT, body=SendingChangeSchema, status=204)
def change_sending(call: Call, body: dict[str, Any], number: int, message_id: int) -> None:
    """Give a reply another time, try it again, or say what became of it."""
    if "outcome" in body:
        went_out = body["outcome"] == "sent"
        service.resolve(call.deps, call.caller, number, message_id, went_out=went_out)
    else:
        service.reschedule(call.deps, call.caller, number, message_id, body["send_at"])
