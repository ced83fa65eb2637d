"""How far back a mailbox is read, and which of its labels; both may change after connecting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from inbox_service.domain.mail import CHAT, DRAFT, SPAM, TRASH
from inbox_service.errors import Invalid
from inbox_service.ports import Scope

DAY_MS = 24 * 3600 * 1000
_MOST_LABELS = 50
_LABEL = re.compile(r"[A-Za-z0-9_-]{1,100}")
# Drafts and chats are no mail; what lies in spam or trash is listed by no connector.
_NEVER = frozenset({DRAFT, CHAT, SPAM, TRASH})


def scope_of(mailbox: Mapping[str, Any]) -> Scope:
    """Return what of a mailbox counts: from `depth_days` before it was connected, by its labels."""
    days = mailbox["depth_days"]
    since = None if days is None else mailbox["connected_at"] - days * DAY_MS
    return Scope(since=since, labels=frozenset(mailbox["labels"]))


def rescoped(mailbox: Mapping[str, Any], settings: Mapping[str, Any], at: int) -> dict[str, Any]:
    """Return the columns that change with any of `depth_days` (None: everything) and `labels`.

    More begins the back-fill anew: what is known is passed over, and what it finds is history even
    where it came after the mailbox was connected. Less leaves what was read. raises Invalid naming
    the field.
    """
    values = {name: settings[name] for name in ("depth_days", "labels") if name in settings}
    if "labels" in values:
        values["labels"] = _checked(values["labels"])
    if not _is_wider(mailbox, {**mailbox, **values}):
        return values
    return {
        **values,
        "backfill_cursor": None,
        "backfill_state": "pending",
        "backfill_done": 0,
        "backfill_total": None,
        "rescoped_at": at,
        "due_at": at,
        # Whoever syncs the mailbox now loses it, and stores nothing begun under the old terms.
        "lease_holder": None,
        "lease_until": None,
    }


def _is_wider(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    if not set(after["labels"]) <= set(before["labels"]):
        return True
    old, new = before["depth_days"], after["depth_days"]
    return old is not None and (new is None or bool(new > old))


def _checked(labels: Iterable[str]) -> list[str]:
    wanted = sorted(set(labels))
    if not 0 < len(wanted) <= _MOST_LABELS:
        raise Invalid(f"Name from one to {_MOST_LABELS} labels to read.", field="labels")
    for label in wanted:
        if label in _NEVER or not _LABEL.fullmatch(label):
            raise Invalid(f"{label!r} is no label that can be read.", field="labels")
    return wanted
