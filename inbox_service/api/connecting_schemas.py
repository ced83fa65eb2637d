"""What is said of accounts, consents and mailboxes, and what an owner may ask for."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from inbox_service.services.connecting import Return, Wish
from inbox_service.services.feeding import Feed
from inbox_service.services.mailboxes import DEFAULT_DEPTH_DAYS
from inbox_service.services.oauth_clients import NewClient

from .fields import Id, Moment, Text

_COLOUR = validate.Regexp(r"(#[0-9a-f]{6})?\Z", error="Write a colour as #rrggbb.")
# Ten years: more is "everything", which is null.
_DEPTH = validate.Range(1, 3650)
_MOST_FEEDS = 50
_MOST_LABELS = 50


class CheckSchema(Schema):
    """One thing looked at; ok is null where nobody can tell. `code` is for programs."""

    name = fields.String(required=True)
    ok = fields.Boolean(required=True, allow_none=True)
    words = fields.String(required=True)
    remedy = fields.String(required=True)
    code = fields.String(required=True)


class ChecksSchema(Schema):
    """What was found at a mailbox."""

    checks = fields.List(fields.Nested(CheckSchema), required=True)


class IdentitySchema(Schema):
    """Whose account it is, and the addresses it may write as."""

    address = fields.String(required=True)
    aliases = fields.List(fields.String(), required=True)


class OAuthClientSchema(Schema):
    """The owner's own app at Google; its secret is never shown."""

    id = Id(required=True)
    kind = fields.String(required=True)
    client_id = fields.String(required=True)
    project = fields.String(required=True)


class NewOAuthClientSchema(Schema):
    """An app as it is copied from Google's console; a known client_id replaces its secret."""

    client_id = Text(required=True, least=1, most=300)
    client_secret = Text(required=True, least=1, most=300)
    project = Text(load_default="", most=200)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> NewClient:
        """Return the values as the service takes them."""
        return NewClient(**values)


class NewFlowSchema(Schema):
    """A consent to begin; `mailbox_id` connects that mailbox again."""

    oauth_client_id = Id(required=True)
    redirect_uri = Text(required=True, least=1, most=500)
    mailbox_id = Id(load_default=None, allow_none=True)
    address = Text(load_default="", most=320)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Wish:
        """Return the values as the service takes them."""
        return Wish(**values)


class BegunSchema(Schema):
    """A consent that waits, and the page to send its owner to."""

    id = Id(required=True)
    authorization_url = fields.String(required=True)
    expires_at = Moment(required=True)


class ReturnSchema(Schema):
    """What Google sent the owner back with, word for word."""

    state = Text(required=True, least=1, most=200)
    code = Text(load_default="", most=2000)
    error = Text(load_default="", most=200)
    # What was granted is read from the token itself, not from what came through the browser.
    scope = Text(load_default="", most=2000)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Return:
        """Return the values as the service takes them."""
        return Return(values["state"], values["code"], values["error"])


class FlowProblemSchema(Schema):
    """Why a consent failed; a client also finds the details of the error it was."""

    code = fields.String(required=True)
    detail = fields.String(required=True)
    # The addresses of `oauth_wrong_account`: the screen says both in the reader's language.
    expected = fields.String()
    got = fields.String()


class FlowSchema(Schema):
    """A consent: waiting, failed, consented (choose inboxes now), connected or expired."""

    flow_id = Id(required=True, attribute="id")
    state = fields.String(required=True)
    identity = fields.Nested(IdentitySchema, required=True, allow_none=True)
    checks = fields.List(fields.Nested(CheckSchema), required=True)
    problem = fields.Nested(FlowProblemSchema, required=True, allow_none=True)
    mailbox_id = Id(required=True, allow_none=True)
    expires_at = Moment(required=True)


class FedInboxSchema(Schema):
    """An inbox and the address of the mailbox that feeds it."""

    id = Id(required=True)
    name = fields.String(required=True)
    colour = fields.String(required=True)
    address = fields.String(required=True)


class NewFeedSchema(Schema):
    """An inbox by its name and an address that feeds it; with `id` that inbox, by a new name."""

    id = Id(load_default=None)
    name = Text(required=True, least=1, most=200)
    address = Text(required=True, least=3, most=320)
    colour = fields.String(load_default="", validate=_COLOUR)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Feed:
        """Return the values as the service takes them."""
        return Feed(values["name"], values["address"], values["colour"], values["id"])


def feeds_field(**options: Any) -> fields.List[Any]:
    """Return the field of a list of inboxes, at least one."""
    return fields.List(
        fields.Nested(NewFeedSchema), validate=validate.Length(1, _MOST_FEEDS), **options
    )


class ProgressSchema(Schema):
    """How far the history of a mailbox is read, and how fast; null is what nobody can tell."""

    state = fields.String(required=True)
    done = fields.Integer(required=True)
    total = fields.Integer(required=True, allow_none=True)
    per_minute = fields.Integer(required=True, allow_none=True)
    seconds_left = fields.Integer(required=True, allow_none=True)


class LookSchema(Schema):
    """What the last look that somebody asked for found; it goes on while `answered_at` is null."""

    asked_at = Moment(required=True)
    answered_at = Moment(required=True, allow_none=True)
    new = fields.Integer(required=True)
    known = fields.Integer(required=True)
    parked = fields.Integer(required=True)
    error = fields.String(required=True)


class ComparisonSchema(Schema):
    """The last comparison with the provider: what it shows, and what became of it.

    `fetched` had been missed and were fetched; `error` is why a later comparison failed.
    """

    ended_at = Moment(required=True)
    shown = fields.Integer(required=True)
    accounted = fields.Integer(required=True)
    missing = fields.Integer(required=True)
    fetched = fields.Integer(required=True)
    outcomes = fields.Dict(fields.String(), fields.Integer(), required=True)
    error = fields.String(required=True)
    is_running = fields.Boolean(required=True)


class PushSchema(Schema):
    """Whether the provider tells of new mail: off, asked, works or failed, and why it failed."""

    state = fields.String(required=True)
    reason = fields.String(required=True)
    until = Moment(required=True, allow_none=True)
    heard_at = Moment(required=True, allow_none=True)
    channel_id = Id(required=True, allow_none=True)


class MailboxSchema(Schema):
    """A mailbox, whether it works, and what it feeds.

    `first_messages` counts up to 100, `parked` up to 1000.
    """

    id = Id(required=True)
    address = fields.String(required=True)
    kind = fields.String(required=True)
    state = fields.String(required=True)
    reason = fields.String(required=True)
    since = Moment(required=True)
    cursor_age_s = fields.Integer(required=True, allow_none=True)
    backfill = fields.Nested(ProgressSchema, required=True)
    inboxes = fields.List(fields.Nested(FedInboxSchema), required=True)
    depth_days = fields.Integer(required=True, allow_none=True)
    oauth_client_id = Id(required=True, allow_none=True)
    testing_mode = fields.String(required=True, allow_none=True)
    consent_ends_at = Moment(required=True, allow_none=True)
    first_messages = fields.Integer(required=True)
    parked = fields.Integer(required=True)
    look = fields.Nested(LookSchema, required=True, allow_none=True)
    comparison = fields.Nested(ComparisonSchema, required=True, allow_none=True)
    labels = fields.List(fields.String(), required=True)
    archive_on_solve = fields.Boolean(required=True)
    units_per_minute = fields.Integer(required=True, allow_none=True)
    push = fields.Nested(PushSchema, required=True)


class KeyAccountSchema(Schema):
    """A service account's key as it was downloaded, and the mailbox it shall open."""

    # Any content: what is wrong with a key is told by field, in words, by the connector.
    kind = fields.String(load_default="gmail", validate=validate.OneOf(["gmail"]))
    service_account = fields.Dict(keys=fields.String(), required=True)
    address = Text(required=True, least=3, most=320)


class KeyTestSchema(ChecksSchema):
    """What the key opens."""

    ok = fields.Boolean(required=True)
    identity = fields.Nested(IdentitySchema, required=True, allow_none=True)


class NewMailboxSchema(Schema):
    """A mailbox by a consent (flow_id), or by a service account's key and an address."""

    flow_id = Id(load_default=None)
    kind = fields.String(load_default="gmail", validate=validate.OneOf(["gmail"]))
    service_account = fields.Dict(keys=fields.String(), load_default=None)
    address = Text(load_default="", most=320)
    inboxes = feeds_field(required=True)
    depth_days = fields.Integer(
        load_default=DEFAULT_DEPTH_DAYS, allow_none=True, strict=True, validate=_DEPTH
    )

    @validates_schema
    def _one_way(self, values: dict[str, Any], **_: Any) -> None:
        # One body for two ways, as a client has one button at the end of both.
        if (values["flow_id"] is None) == (values["service_account"] is None):
            raise ValidationError("Give either a flow_id or a service_account.", "flow_id")
        if values["service_account"] is not None and not values["address"]:
            raise ValidationError("Name the mailbox that the key shall open.", "address")


class MailboxChangeSchema(Schema):
    """What to change of a mailbox; `inboxes` replaces all it feeds."""

    inboxes = feeds_field()
    depth_days = fields.Integer(allow_none=True, strict=True, validate=_DEPTH)
    labels = fields.List(Text(least=1, most=100), validate=validate.Length(1, _MOST_LABELS))
    archive_on_solve = fields.Boolean()
    testing_mode = fields.String(validate=validate.OneOf(["testing", "production", "internal"]))
