"""Push: how providers tell of new mail, and the notices that reach the site."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from inbox_service.services import push as service
from inbox_service.services import push_channels
from inbox_service.services.push_channels import NewChannel
from inbox_service.store.rows import Row

from .fields import LARGEST_ID, Id, Moment, Text, page_of
from .routes import AGENT, PLUGIN, Call, Routes

push = Routes("push", "How providers tell of new mail")

_KINDS = ("gmail",)
# As large as the plugin takes from outside; in JSON it may become twice that.
LARGEST_NOTICE = 16_384
_LARGEST_BODY = 2 * LARGEST_NOTICE + 8_192


class NewChannelSchema(Schema):
    """A topic, and how what is published there reaches us."""

    kind = fields.String(load_default="gmail", validate=validate.OneOf(_KINDS))
    topic = Text(required=True, least=1, most=300)
    subscription = Text(load_default="", most=300)
    service_account = fields.Dict(load_default=None, allow_none=True)
    audience = Text(load_default="", most=500)
    signer = Text(load_default="", most=320)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> NewChannel:
        """Return the values as the service takes them."""
        return NewChannel(key=values.pop("service_account"), **values)


class ChannelSchema(Schema):
    """A push channel; its key is never shown."""

    id = Id(required=True)
    kind = fields.String(required=True)
    project = fields.String(required=True)
    topic = fields.String(required=True)
    subscription = fields.String(required=True)
    pulls = fields.Boolean(required=True)
    audience = fields.String(required=True)
    signer = fields.String(required=True)
    reason = fields.String(required=True)
    since = Moment(required=True)
    heard_at = Moment(required=True, allow_none=True)
    mailboxes = fields.Integer(required=True)


class PushedSchema(Schema):
    """What was pushed to the site, as it came: the token of its header, and its body."""

    proof = Text(required=True, least=1, most=4096)
    notice = Text(required=True, least=1, most=LARGEST_NOTICE)


@push.route("GET", "/push/channels", admits=AGENT, returns=page_of(ChannelSchema))
def list_push_channels(call: Call) -> dict[str, Any]:
    """Return the site's push channels; for managers. There are never enough to be paged."""
    return {"items": push_channels.list_channels(call.deps, call.caller), "next_cursor": None}


@push.route(
    "POST",
    "/push/channels",
    admits=AGENT,
    body=NewChannelSchema,
    returns=ChannelSchema,
    status=201,
)
def save_push_channel(call: Call, body: NewChannel) -> Row:
    """Add the channel of the topic's project, or change it; for managers."""
    return push_channels.save_channel(call.deps, call.caller, body)


@push.route(
    "DELETE", f"/push/channels/<int(max={LARGEST_ID}):channel_id>", admits=AGENT, status=204
)
def remove_push_channel(call: Call, channel_id: int) -> None:
    """Remove a channel: its mailboxes are polled from now on; for managers."""
    push_channels.remove_channel(call.deps, call.caller, channel_id)


@push.route(
    "POST",
    "/push/notices/gmail",
    admits=PLUGIN,
    largest_body=_LARGEST_BODY,
    body=PushedSchema,
    status=204,
)
def take_push(call: Call, body: dict[str, str]) -> None:
    """Take a notice that Pub/Sub pushed to the site."""
    service.take_pushed(call.deps, call.caller, "gmail", body["proof"], body["notice"].encode())
