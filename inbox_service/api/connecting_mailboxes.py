"""Mailboxes: connected, changed, checked, read at once, taken away."""

from __future__ import annotations

from typing import Any

from inbox_service.services import mailbox_care, mailbox_list, new_mailboxes
from inbox_service.services.new_mailboxes import KeyAccount, KeyTest, Reading

from .connecting_schemas import (
    ChecksSchema,
    KeyAccountSchema,
    KeyTestSchema,
    MailboxChangeSchema,
    MailboxSchema,
    NewMailboxSchema,
)
from .fields import LARGEST_ID, page_of
from .routes import AGENT, READERS, Call, Routes

mailboxes = Routes("mailboxes", "Accounts whose mail comes in")

_MAILBOX = f"/mailboxes/<int(max={LARGEST_ID}):mailbox_id>"


@mailboxes.route("GET", "/mailboxes", admits=READERS, returns=page_of(MailboxSchema))
def list_mailboxes(call: Call) -> dict[str, Any]:
    """Return the mailboxes that feed the caller's inboxes."""
    return {"items": mailbox_list.list_mailboxes(call.deps, call.caller), "next_cursor": None}


@mailboxes.route(
    "POST", "/mailboxes", admits=AGENT, body=NewMailboxSchema, returns=MailboxSchema, status=201
)
def connect_mailbox(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """Connect a mailbox; its first messages are read at once."""
    reading = Reading(body["inboxes"], body["depth_days"])
    if body["flow_id"] is not None:
        made = new_mailboxes.connect_consented(call.deps, call.caller, body["flow_id"], reading)
    else:
        account = KeyAccount(body["kind"], body["service_account"], body["address"])
        made = new_mailboxes.connect_by_key(call.deps, call.caller, account, reading)
    return mailbox_list.show_mailbox(call.deps, call.caller, made)


@mailboxes.route(
    "POST", "/mailboxes/test", admits=AGENT, body=KeyAccountSchema, returns=KeyTestSchema
)
def try_service_account(call: Call, body: dict[str, Any]) -> KeyTest:
    """Try a service account's key without keeping it."""
    account = KeyAccount(body["kind"], body["service_account"], body["address"])
    return new_mailboxes.try_key(call.deps, call.caller, account)


@mailboxes.route("PATCH", _MAILBOX, admits=AGENT, body=MailboxChangeSchema, returns=MailboxSchema)
def change_mailbox(call: Call, body: dict[str, Any], mailbox_id: int) -> dict[str, Any]:
    """Change what a mailbox feeds, what of it is read, or what is known of its app."""
    # What is left holds only the keys that were sent: a missing one leaves things as they are.
    feeds = body.pop("inboxes", None)
    mailbox_care.change(call.deps, call.caller, mailbox_id, body, feeds)
    return mailbox_list.show_mailbox(call.deps, call.caller, mailbox_id)


@mailboxes.route("DELETE", _MAILBOX, admits=AGENT, status=204)
def disconnect_mailbox(call: Call, mailbox_id: int) -> None:
    """Disconnect a mailbox and give its consent back; its tickets stay."""
    mailbox_care.disconnect(call.deps, call.caller, mailbox_id)


@mailboxes.route("POST", f"{_MAILBOX}/check", admits=AGENT, returns=ChecksSchema)
def check_mailbox(call: Call, mailbox_id: int) -> dict[str, Any]:
    """Look whether a mailbox works, and say in words what is wrong."""
    return {"checks": mailbox_care.check(call.deps, call.caller, mailbox_id)}


@mailboxes.route("POST", f"{_MAILBOX}/sync", admits=AGENT, returns=MailboxSchema, status=202)
def sync_mailbox(call: Call, mailbox_id: int) -> dict[str, Any]:
    """Read a mailbox at once; one that was stopped tries again. Its `look` tells what was found."""
    mailbox_care.sync_now(call.deps, call.caller, mailbox_id)
    return mailbox_list.show_mailbox(call.deps, call.caller, mailbox_id)
