"""How far a send has come as its writer sees it, and what a reply leaves that is taken back.

A reply leaves after some seconds in which it can be taken back, or at the time its writer chose.
Until a worker has begun to send it, it can be taken back or given another time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

Row = Mapping[str, Any]

LONGEST_HOLD_SECONDS = 60
# Gmail's own limit is some years; what waits longer than this is forgotten by everybody.
LATEST_MS = 366 * 24 * 3600 * 1000

DAY_MS = 24 * 3600 * 1000
# support.google.com/mail/answer/22839 and support.google.com/a/answer/166852: recipients a day of
# private and of Workspace accounts. Mail that the owner sends himself counts at Google too.
_PRIVATE_DOMAINS = frozenset({"gmail.com", "googlemail.com"})
_PRIVATE_RECIPIENTS, _WORKSPACE_RECIPIENTS = 500, 2000
# Workspace allows no account more, to whatever kind of recipients.
MOST_RECIPIENTS = 10_000
# From here on it is said: the rest is what a busy afternoon may take.
_NEAR = 0.8

# What a reply may change in its ticket, beside its list of messages.
UNDOABLE = ("status", "assignee_id", "solved_at", "snoozed_until", "waiting_since")
# What the list shows of the newest message.
_SHOWN = ("last_message_id", "last_activity_at", "snippet", "snippet_direction", "has_attachments")


class SendState(StrEnum):
    """How far a send has come."""

    HELD = "held"
    SCHEDULED = "scheduled"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"


class WaitReason(StrEnum):
    """Why a mail is not sent yet, or will not be; the plugin says it in the reader's words."""

    NONE = ""
    MAILBOX_SIGNED_OUT = "mailbox_signed_out"
    PROVIDER_BUSY = "provider_busy"
    PROVIDER_UNREACHABLE = "provider_unreachable"
    SEND_LIMIT = "send_limit"
    REFUSED = "refused"
    NOT_CERTAIN = "not_certain"
    SAID_NOT_SENT = "said_not_sent"
    TOO_LATE = "too_late"


_STATES = {
    "claimed": SendState.SENDING,
    "sent": SendState.SENT,
    "failed": SendState.FAILED,
    "cancelled": SendState.FAILED,
    "unsure": SendState.UNSURE,
}


def state_of(send: Row, now: int) -> SendState:
    """Return how far an outbox row has come as its writer sees it."""
    known = _STATES.get(send["state"])
    if known is not None:
        return known
    if send["error"] or send["due_at"] <= now:
        return SendState.WAITING
    return SendState.HELD if send["scheduled_at"] is None else SendState.SCHEDULED


def is_unseen(send: Row, now: int) -> bool:
    """Tell whether nobody outside may know of the message yet: it may still be taken back."""
    return state_of(send, now) in (SendState.HELD, SendState.SCHEDULED)


def daily_recipients(address: str) -> int:
    """Return how many recipients a day the provider allows this account."""
    domain = address.rpartition("@")[2].lower()
    return _PRIVATE_RECIPIENTS if domain in _PRIVATE_DOMAINS else _WORKSPACE_RECIPIENTS


def daily_limit(mailbox: Row) -> int:
    """Return how many recipients within 24 hours a mailbox's row allows."""
    chosen = mailbox["daily_limit"]
    return daily_recipients(mailbox["address"]) if chosen is None else int(chosen)


def is_near(recipients: int, limit: int) -> bool:
    """Tell whether so many recipients within 24 hours leave little room below the limit."""
    return recipients >= limit * _NEAR


def room_at(sent: Sequence[tuple[int, int]], recipients: int, limit: int) -> int | None:
    """Return from when on a mail to so many fits below the limit, None where it fits now.

    `sent` holds (when, to how many) of what left within 24 hours, oldest first.
    """
    # What is larger than the limit would wait forever: it goes once there is nothing beside it.
    allowed = max(limit - recipients, 0)
    total, free_at = sum(each for _, each in sent), None
    for at, each in sent:
        if total <= allowed:
            break
        total, free_at = total - each, at + DAY_MS
    return free_at


def changes_of(before: Row, after: Row) -> dict[str, list[Any]]:
    """Return [before, after] of everything a reply changed in its ticket's row."""
    names = (*UNDOABLE, *_SHOWN)
    return {name: [before[name], after[name]] for name in names if before[name] != after[name]}


def taken_back(
    ticket: Row, changes: Mapping[str, list[Any]], *, answered_since: bool
) -> dict[str, Any]:
    """Return what a ticket's row becomes when a reply leaves it again.

    What somebody changed since stays as he made it. `answered_since` tells whether our side wrote
    after the reply: then nobody waits for it any more.
    """
    values = {
        name: before
        for name, (before, after) in changes.items()
        if name in UNDOABLE and ticket[name] == after
    }
    if "waiting_since" in changes:
        values.pop("waiting_since", None)
        if not answered_since and values.get("status", ticket["status"]) != "solved":
            values["waiting_since"] = _earlier(changes["waiting_since"][0], ticket)
    if ticket["last_message_id"] == changes.get("last_message_id", [None, 0])[1]:
        values |= {name: changes[name][0] for name in _SHOWN if name in changes}
    return values


def _earlier(waited_since: int, ticket: Row) -> int:
    # Who wrote again meanwhile has waited since his first mail.
    return int(min(waited_since, ticket["waiting_since"] or waited_since))
