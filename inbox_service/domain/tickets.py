"""How mail moves a ticket: reopening, follow-ups, waiting, and what history may not do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

REOPEN_WITHIN_MS = 30 * 24 * 3600 * 1000
# Who snoozes a ticket for longer means to forget it.
LONGEST_SNOOZE_MS = 366 * 24 * 3600 * 1000

STATUSES = ("open", "pending", "solved")
PRIORITIES = ("low", "normal", "high", "urgent")
PLACES = ("inbox", "spam", "trash")
# What a list begins with: the newest activity, the customer who waits longest, the newest ticket,
# or what is most urgent.
ORDERS = ("activity", "waiting", "created", "priority")
# How a customer comes.
CHANNELS = ("mail", "form", "phone", "walk_in", "other")
# An agent writes down who called or came by, or writes the first mail himself.
OPENED_BY_HAND = ("mail", "phone", "walk_in", "other")

Side = Literal["customer", "ours", "automatic"]


def standing(ticket: Mapping[str, Any]) -> str:
    """Return what a ticket is counted as: its status, or "snoozed" while it is out of sight."""
    is_snoozed = ticket["snoozed_until"] is not None and ticket["place"] == "inbox"
    status: str = ticket["status"]
    return "snoozed" if is_snoozed and status != "solved" else status


def after_snooze(at: int) -> dict[str, Any]:
    """Return what the end of its time changes in a snoozed ticket: it asks for somebody now."""
    return {"snoozed_until": None, "status": "open", "last_activity_at": at, "returned_at": at}


def has_returned(ticket: Mapping[str, Any]) -> bool:
    """Tell whether a ticket is back from a snooze, and nobody whose it is has looked since."""
    is_back = ticket["returned_at"] is not None and ticket["snoozed_until"] is None
    return is_back and ticket["status"] == "open"


def closes_at(ticket: Mapping[str, Any]) -> int | None:
    """Return the time after which a reply does not reopen the ticket; None where it is not done."""
    if ticket["status"] != "solved" or ticket["solved_at"] is None:
        return None
    closing: int = ticket["solved_at"] + REOPEN_WITHIN_MS
    return closing


def needs_follow_up(ticket: Mapping[str, Any], at: int) -> bool:
    """Tell whether a reply at `at` comes too late to reopen the solved ticket."""
    closing = closes_at(ticket)
    return closing is not None and at > closing


def after_message(
    ticket: Mapping[str, Any], side: Side, at: int, *, history: bool, left_inbox: bool
) -> dict[str, Any]:
    """Return what the ticket's newest message changes in its state.

    A customer's message opens the ticket and starts the wait; ours ends the wait; an automatic one
    changes nothing. History never opens what is done: the thread is solved where our side wrote
    last or the mail has left the mailbox's inbox, else open.
    """
    if side == "automatic":
        return {}
    if history:
        solved = side == "ours" or left_inbox
        return _solved(at) if solved else _open(ticket, at)
    return _open(ticket, at) if side == "customer" else {"waiting_since": None}


def _open(ticket: Mapping[str, Any], at: int) -> dict[str, Any]:
    waiting = ticket["waiting_since"] if ticket["waiting_since"] is not None else at
    return {"status": "open", "solved_at": None, "waiting_since": waiting, "snoozed_until": None}


def _solved(at: int) -> dict[str, Any]:
    return {"status": "solved", "solved_at": at, "waiting_since": None, "snoozed_until": None}
