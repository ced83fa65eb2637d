"""Pairing: how a WordPress site gets its key, and a new one."""

from __future__ import annotations

from typing import Any

from flask import request
from marshmallow import Schema, fields, post_load

from inbox_service.errors import Forbidden
from inbox_service.services import sites
from inbox_service.services.sites import Introduction, SiteKey

from .context import current
from .fields import Id, Text
from .routes import ANYONE, PLUGIN, Call, Routes

pairing = Routes("pairing", "How a WordPress site gets its key")


class IntroductionSchema(Schema):
    """What a site says of itself when it pairs."""

    code = Text(required=True, most=200)
    home_url = Text(required=True, most=500)
    name = Text(load_default="", most=200)
    locale = Text(load_default="en_US", most=16)
    timezone = Text(load_default="UTC", most=64)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Introduction:
        """Return the values as the service takes them."""
        return Introduction(**values)


class RotatedKeySchema(Schema):
    """A new key; it is told this once."""

    key_id = fields.String(required=True)
    secret = fields.String(required=True)


class SiteKeySchema(RotatedKeySchema):
    """The first key of a pairing."""

    site_id = Id(required=True)


@pairing.route(
    "POST", "/pairing", admits=ANYONE, body=IntroductionSchema, returns=SiteKeySchema, status=201
)
def pair(call: Call, body: Introduction) -> SiteKey:
    """Exchange a one-time code for a key."""
    attempts, client = current().pairing_attempts, request.remote_addr or ""
    # Before the code is looked at, so that a guesser cannot tell a right one from a wrong one.
    attempts.check(client)
    try:
        return sites.pair(call.deps, body)
    except Forbidden:
        attempts.failed(client)
        raise


@pairing.route("POST", "/pairing/rotate", admits=PLUGIN, returns=RotatedKeySchema)
def rotate(call: Call) -> SiteKey:
    """Make a new key; the older one works for another 24 hours."""
    return sites.rotate_own_key(call.deps, call.caller)
