"""Senders whose mail goes to spam."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from inbox_service.services import blocking

from . import paging
from .fields import LARGEST_ID, Id, Moment, Text, page_of
from .routes import AGENT, Call, Routes

blocked_senders = Routes("blocked senders", "Whose mail goes to spam")


class BlockedSenderSchema(Schema):
    """A blocked address, and who blocked it."""

    id = Id(required=True)
    email = fields.String(required=True)
    agent_name = fields.String(required=True, allow_none=True)
    blocked_at = Moment(required=True)


class BlockSchema(Schema):
    """An address to block."""

    email = Text(required=True, least=3, most=320)


@blocked_senders.route(
    "GET",
    "/blocked-senders",
    admits=AGENT,
    query=paging.PageQuery,
    returns=page_of(BlockedSenderSchema),
)
def list_blocked_senders(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Return the blocked senders, the newest first."""
    after = paging.read("blocked", query, 1)
    page = blocking.list_blocked(call.deps, call.caller, after, query["limit"])
    return {"items": page.items, "next_cursor": paging.write("blocked", page.next_key)}


@blocked_senders.route("POST", "/blocked-senders", admits=AGENT, body=BlockSchema, status=204)
def block_sender(call: Call, body: dict[str, str]) -> None:
    """Let later mail from an address go to spam."""
    blocking.block(call.deps, call.caller, body["email"])


@blocked_senders.route(
    "DELETE", f"/blocked-senders/<int(max={LARGEST_ID}):blocked_id>", admits=AGENT, status=204
)
def unblock_sender(call: Call, blocked_id: int) -> None:
    """Let a sender's mail come in again."""
    blocking.unblock(call.deps, call.caller, blocked_id)
