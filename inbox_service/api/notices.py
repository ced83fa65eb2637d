"""Automatic mail as people want it: notices to agents, acknowledgements of inboxes."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from inbox_service.domain.acknowledging import VARIABLES
from inbox_service.domain.notices import KINDS
from inbox_service.services import acknowledging, notice_settings
from inbox_service.services.acknowledging import Acknowledgement
from inbox_service.texts import languages

from .fields import LARGEST_ID, Id, Text, page_of
from .routes import AGENT, Call, Routes

notices = Routes("notices", "What is mailed by itself")

_INBOX = f"/inboxes/<int(max={LARGEST_ID}):inbox_id>/acknowledgement"


class NoticeChoiceSchema(Schema):
    """What an agent wants to hear of, and whether with the words that were written."""

    kinds = fields.List(
        fields.String(validate=validate.OneOf(KINDS)),
        required=True,
        validate=validate.Length(max=len(KINDS)),
    )
    with_text = fields.Boolean(required=True)


class NoticeSettingsSchema(NoticeChoiceSchema):
    """An agent's choice; `bounce` says why nothing goes to his address any more, or is ""."""

    email = fields.String(required=True)
    bounce = fields.String(required=True)


class WordsSchema(Schema):
    """Subject and text in one language."""

    subject = Text(required=True, least=1, most=200)
    text = Text(required=True, most=5000)


class AcknowledgementChangeSchema(Schema):
    """Whether an inbox acknowledges, and its words by language; without words it uses ours."""

    enabled = fields.Boolean(required=True)
    texts = fields.Dict(
        keys=fields.String(validate=validate.OneOf(languages())),
        values=fields.Nested(WordsSchema),
        required=True,
    )


class AcknowledgementSchema(AcknowledgementChangeSchema):
    """An inbox's acknowledgement, in every language, and what its words may name in braces."""

    inbox_id = Id(required=True)
    name = fields.String(required=True)
    variables = fields.List(fields.String(), required=True)


@notices.route("GET", "/me/notices", admits=AGENT, returns=NoticeSettingsSchema)
def show_notice_settings(call: Call) -> dict[str, Any]:
    """Return what the calling agent hears of by mail."""
    return notice_settings.mine(call.deps, call.caller)


@notices.route(
    "PUT", "/me/notices", admits=AGENT, body=NoticeChoiceSchema, returns=NoticeSettingsSchema
)
def choose_notices(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """Choose what the calling agent hears of by mail."""
    return notice_settings.choose(call.deps, call.caller, **body)


@notices.route("GET", "/acknowledgements", admits=AGENT, returns=page_of(AcknowledgementSchema))
def list_acknowledgements(call: Call) -> dict[str, Any]:
    """Return what each inbox answers at once, for managers."""
    found = acknowledging.of_inboxes(call.deps, call.caller)
    return {"items": [_shown(one) for one in found], "next_cursor": None}


@notices.route(
    "PUT",
    _INBOX,
    admits=AGENT,
    body=AcknowledgementChangeSchema,
    returns=AcknowledgementSchema,
)
def change_acknowledgement(call: Call, body: dict[str, Any], inbox_id: int) -> dict[str, Any]:
    """Switch an inbox's acknowledgement, and write its words."""
    return _shown(acknowledging.change(call.deps, call.caller, inbox_id, **body))


def _shown(one: Acknowledgement) -> dict[str, Any]:
    return {
        "inbox_id": one.inbox_id,
        "name": one.name,
        "enabled": one.enabled,
        "texts": one.texts,
        "variables": VARIABLES,
    }
