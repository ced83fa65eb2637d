"""What a message says beyond its words, as the API shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, validate

from inbox_service.domain.mail import BounceReason, Protection

from .fields import Moment


class BounceSchema(Schema):
    """For whom a mail did not arrive, and why; the status is RFC 3463's, "" for a complaint."""

    recipient = fields.String(required=True)
    status = fields.String(required=True)
    hard = fields.Boolean(required=True)
    reason = fields.String(required=True, validate=validate.OneOf([*BounceReason]))


class InvitationSchema(Schema):
    """What a calendar part says; `starts` and `ends` are as written, in `zone`."""

    method = fields.String(required=True)
    summary = fields.String(required=True)
    place = fields.String(required=True)
    organizer = fields.String(required=True)
    starts = fields.String(required=True)
    ends = fields.String(required=True)
    zone = fields.String(required=True)
    starts_at = Moment(required=True, allow_none=True)
    ends_at = Moment(required=True, allow_none=True)
    answer = fields.String(required=True)
    repeats = fields.Boolean(required=True)


class ParticularsSchema(Schema):
    """A bounce's reasons, an invitation, and how the mail was signed or encrypted."""

    bounces = fields.List(fields.Nested(BounceSchema), required=True)
    invitation = fields.Nested(InvitationSchema, required=True, allow_none=True)
    protection = fields.String(
        required=True, allow_none=True, validate=validate.OneOf([*Protection])
    )


def particulars_shown(stored: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return the stored particulars as ParticularsSchema dumps them."""
    if not stored:
        return None
    return {"bounces": [], "invitation": None, "protection": None} | dict(stored)
