"""Tickets that become one, and two again: what each says of itself by the messages it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .intake import copied_in
from .mail import Address

Row = Mapping[str, Any]

# What a merge may change in the ticket that takes the messages in, beside what they tell.
STATE = ("status", "solved_at", "snoozed_until")
# What machines answered; nobody waits because of it.
_OF_MACHINES = ("auto_reply", "bounce", "complaint")


def told_by(messages: Sequence[Row]) -> dict[str, Any]:
    """Return what a ticket says of its messages, oldest first; its snippet is the caller's."""
    last = messages[-1] if messages else None
    return {
        "message_count": len(messages),
        "last_message_id": last["id"] if last else None,
        "snippet_direction": last["direction"] if last else "ltr",
        "has_attachments": any(one["has_files"] for one in messages),
        "waiting_since": _waiting_since(messages),
    }


def after_merge(source: Row) -> dict[str, Any]:
    """Return the state of a ticket that takes in the messages of `source`.

    What asks for somebody goes on asking: an open ticket opens the one that it goes into.
    """
    is_asking = source["status"] == "open" and source["snoozed_until"] is None
    if not is_asking:
        return {}
    return {"status": "open", "solved_at": None, "snoozed_until": None}


def changes_of(before: Row, after: Row) -> dict[str, list[Any]]:
    """Return [before, after] of every part of the state where a merge changed any, else {}."""
    is_changed = any(before[name] != after[name] for name in STATE)
    return {name: [before[name], after[name]] for name in STATE} if is_changed else {}


def state_before(ticket: Row, changes: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Return the state that a merge ended; none of it where somebody changed it since."""
    if any(ticket[name] != after for name, (_, after) in changes.items()):
        return {}
    return {name: before for name, (before, _) in changes.items()}


def people_in(messages: Sequence[Row], own: frozenset[str]) -> dict[str, tuple[str, str]]:
    """Return who takes part in the messages: (name, role) by address, without our own."""
    found: dict[str, tuple[str, str]] = {}
    for one in messages:
        if one["kind"] == "in" and one["author_type"] == "customer":
            role = "guest" if one["new_person"] else "customer"
            found.setdefault(one["author_email"], (one["author_name"], role))
        if one["kind"] != "note" and not one["new_person"]:
            named = [
                Address(each["email"], each["name"])
                for each in (*one["recipients"], *one["copied"])
            ]
            for email, name in copied_in(named, own).items():
                found.setdefault(email, (name, "copied"))
    return found


def _waiting_since(messages: Sequence[Row]) -> int | None:
    """Return since when a customer waits for our answer."""
    since: int | None = None
    for one in messages:
        if one["kind"] == "out" and one["forwards_id"] is None:
            since = None
        elif one["kind"] == "in" and one["automatic"] not in _OF_MACHINES:
            since = since if since is not None else one["sent_at"]
    return since
