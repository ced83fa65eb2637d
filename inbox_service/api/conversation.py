"""A ticket's conversation: messages, read marks, events."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from inbox_service.domain.tickets import STATUSES
from inbox_service.services import conversations as service
from inbox_service.services import feed, pictures
from inbox_service.services.conversations import MessageView
from inbox_service.services.replies import ReplyDraft

from . import paging
from .events import EventSchema, event_shown
from .fields import LARGEST_ID, Id, Moment, Text, page_of
from .idempotency import IdempotencyKey, wanted_key
from .particulars import ParticularsSchema, particulars_shown
from .previews import PreviewSchema, preview_shown
from .routes import AGENT, READERS, Call, Routes
from .sendings import SendingSchema
from .tickets import TICKET
from .versions import stale_with

conversation = Routes("conversation", "What is said in a ticket")

PICTURES = f"{TICKET}/messages/<int(max={LARGEST_ID}):message_id>/sender/pictures"
MOST_TEXT = 500_000
MOST_RECIPIENTS = 100
MOST_FILES = 100


class AddressSchema(Schema):
    """A person of an address list."""

    name = fields.String(required=True)
    email = fields.String(required=True)


class AuthorSchema(AddressSchema):
    """Who wrote a message."""

    type = fields.String(required=True, validate=validate.OneOf(("customer", "agent", "system")))
    id = Id(required=True, allow_none=True)


class AttachmentSchema(Schema):
    """A file of a message; `file_token` fetches it for ten minutes."""

    id = Id(required=True)
    name = fields.String(required=True)
    content_type = fields.String(required=True)
    size = fields.Integer(required=True)
    inline = fields.Boolean(required=True)
    content_id = fields.String(required=True, allow_none=True)
    file_token = fields.String(required=True)
    preview = fields.Nested(PreviewSchema, required=True, allow_none=True)


class MessageSchema(Schema):
    """A message; its HTML is sanitised, with remote images held back."""

    id = Id(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(("in", "out", "note")))
    automatic = fields.String(required=True, allow_none=True)
    erased = fields.Boolean(
        required=True, metadata={"description": "Emptied, because its writer asked for it"}
    )
    particulars = fields.Nested(ParticularsSchema, required=True, allow_none=True)
    author = fields.Nested(AuthorSchema, required=True)
    new_person = fields.Boolean(required=True)
    sender_proven = fields.Boolean(
        required=True,
        metadata={"description": "The provider vouched that the mail is from its author's address"},
    )
    to = fields.List(fields.Nested(AddressSchema), required=True)
    cc = fields.List(fields.Nested(AddressSchema), required=True)
    bcc = fields.List(fields.Nested(AddressSchema), required=True)
    forwards_id = Id(
        required=True, allow_none=True, metadata={"description": "The message it passes on"}
    )
    subject = fields.String(required=True)
    text = fields.String(required=True)
    folded_text = fields.String(required=True)
    html = fields.String(required=True, allow_none=True)
    folded_html = fields.String(required=True, allow_none=True)
    remote_images = fields.Integer(required=True)
    shows_images = fields.Boolean(
        required=True,
        metadata={"description": "The sender's remote images are shown without being asked for"},
    )
    direction = fields.String(required=True, validate=validate.OneOf(("ltr", "rtl")))
    created_at = Moment(required=True)
    sent_elsewhere = fields.Boolean(required=True)
    has_original = fields.Boolean(
        required=True, metadata={"description": "It is a mail, which is kept as it was"}
    )
    attachments = fields.List(fields.Nested(AttachmentSchema), required=True)
    sending = fields.Nested(SendingSchema, required=True, allow_none=True)


class MessagesQuery(paging.PageQuery):
    """Which part of a conversation to return, and which end comes first."""

    order = fields.String(load_default="oldest", validate=validate.OneOf(("oldest", "newest")))


# Each order is a list of its own, with its own cursors.
_LISTS = {
    "oldest": ("messages", service.list_messages),
    "newest": ("newest-messages", service.list_newest_messages),
}


class CompositionSchema(Schema):
    """A reply or a note. Without `to`, a reply goes to whom it goes by itself.

    A reply that `forwards` a message passes it on to `to` instead, with its `files` (all of them
    where that is null). `from` is one of the ticket's senders; `uploads` are sent along; without
    `quotes` no earlier mail stands below.
    """

    kind = fields.String(required=True, validate=validate.OneOf(("reply", "note")))
    text = Text(required=True, most=MOST_TEXT)
    html = Text(load_default=None, allow_none=True, most=MOST_TEXT)
    to = fields.List(
        Text(most=320),
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, MOST_RECIPIENTS),
    )
    cc = fields.List(
        Text(most=320), load_default=list, validate=validate.Length(max=MOST_RECIPIENTS)
    )
    bcc = fields.List(
        Text(most=320), load_default=list, validate=validate.Length(max=MOST_RECIPIENTS)
    )
    sender = Text(data_key="from", load_default=None, allow_none=True, most=320)
    uploads = fields.List(Id(), load_default=list, validate=validate.Length(max=MOST_FILES))
    forwards = Id(load_default=None, allow_none=True)
    files = fields.List(
        Id(), load_default=None, allow_none=True, validate=validate.Length(max=MOST_FILES)
    )
    quotes = fields.Boolean(load_default=True)
    seen_up_to = Id(load_default=None, allow_none=True)
    draft = Id(
        load_default=None,
        allow_none=True,
        metadata={"description": "The version of the draft it was; sent once, it is refused"},
    )
    set_status = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf(STATUSES)
    )
    send_at = Moment(
        load_default=None, allow_none=True, metadata={"description": "When it leaves; null: now"}
    )
    to_suppressed = fields.Boolean(
        load_default=False,
        metadata={"description": "Also to addresses that mail bounced from for good"},
    )


class SeenSchema(Schema):
    """The newest message the agent saw."""

    message_id = Id(required=True)


@conversation.route(
    "GET",
    f"{TICKET}/messages",
    admits=READERS,
    query=MessagesQuery,
    returns=page_of(MessageSchema),
)
def list_messages(call: Call, query: dict[str, Any], number: int) -> dict[str, Any]:
    """Return the ticket's messages, from its beginning or from its end."""
    of, find = _LISTS[query["order"]]
    start = paging.read(of, query, 1)
    page = find(call.deps, call.caller, number, start, query["limit"])
    return {
        "items": [message_shown(view) for view in page.items],
        "next_cursor": paging.write(of, page.next_key),
    }


@conversation.route(
    "POST",
    f"{TICKET}/messages",
    admits=AGENT,
    headers=IdempotencyKey,
    body=CompositionSchema,
    returns=MessageSchema,
    status=201,
)
def write_message(
    call: Call, headers: dict[str, str], body: dict[str, Any], number: int
) -> dict[str, Any]:
    """Write a reply, which is mailed, or a note, which no customer sees."""
    draft = ReplyDraft(
        text=body["text"],
        html=body["html"] or "",
        to=None if body["to"] is None else tuple(body["to"]),
        cc=tuple(body["cc"]),
        bcc=tuple(body["bcc"]),
        sender=body["sender"],
        uploads=tuple(body["uploads"]),
        forwards=body["forwards"],
        files=None if body["files"] is None else tuple(body["files"]),
        quotes=body["quotes"],
        seen_up_to=body["seen_up_to"],
        set_status=body["set_status"],
        send_at=body["send_at"],
        to_suppressed=body["to_suppressed"],
    )
    key = wanted_key(headers)
    with stale_with("unseen", _dumped):
        return message_shown(
            service.write_message(
                call.deps, call.caller, number, body["kind"], draft, key, kept=body["draft"]
            )
        )


@conversation.route("PUT", f"{TICKET}/seen", admits=AGENT, body=SeenSchema, status=204)
def mark_seen(call: Call, body: dict[str, int], number: int) -> None:
    """Note up to where the agent read."""
    service.mark_seen(call.deps, call.caller, number, body["message_id"])


@conversation.route("PUT", PICTURES, admits=AGENT, status=204)
def show_pictures(call: Call, number: int, message_id: int) -> None:
    """Show the remote images of the message's sender from now on, in every proven mail of his."""
    pictures.show_pictures(call.deps, call.caller, number, message_id)


@conversation.route("DELETE", PICTURES, admits=AGENT, status=204)
def hold_pictures(call: Call, number: int, message_id: int) -> None:
    """Hold the remote images of the message's sender back again."""
    pictures.hold_pictures(call.deps, call.caller, number, message_id)


@conversation.route(
    "GET",
    f"{TICKET}/events",
    admits=READERS,
    query=paging.PageQuery,
    returns=page_of(EventSchema),
)
def list_ticket_events(call: Call, query: dict[str, Any], number: int) -> dict[str, Any]:
    """Return what happened to the ticket, oldest first."""
    after = paging.read("events", query, 1)
    page = feed.list_ticket_events(call.deps, call.caller, number, after, query["limit"])
    return {
        "items": [event_shown(view) for view in page.items],
        "next_cursor": paging.write("events", page.next_key),
    }


def _dumped(views: list[MessageView]) -> Any:
    return MessageSchema(many=True).dump([message_shown(one) for one in views])


def message_shown(view: MessageView) -> dict[str, Any]:
    """Return the message as MessageSchema dumps it."""
    row = view.row
    return {
        **row,
        "author": {
            "type": row["author_type"],
            "id": row["author_id"],
            "name": row["author_name"],
            "email": row["author_email"],
        },
        "to": row["recipients"],
        "cc": row["copied"],
        "bcc": row["blind_copied"],
        "html": row["html"] or None,
        "folded_html": row["folded_html"] or None,
        "erased": row["erased_at"] is not None,
        "particulars": particulars_shown(row["particulars"]),
        # When it was written, which for back-filled mail is long before it came here.
        "created_at": row["sent_at"],
        "has_original": row["kind"] != "note" and row["blob"] is not None,
        "attachments": [
            {
                **file.row,
                "name": file.row["filename"],
                "content_id": file.row["content_id"] or None,
                "file_token": file.token,
                "preview": file.preview and preview_shown(file.preview),
            }
            for file in view.attachments
        ],
        "sending": view.sending,
        "shows_images": view.shows_images,
    }
