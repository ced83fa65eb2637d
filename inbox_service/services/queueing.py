"""Putting a reply into the outbox: when it leaves, and what is kept to take it back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection

from inbox_service.domain import sending
from inbox_service.errors import Invalid
from inbox_service.settings import Settings
from inbox_service.store import outbox, receipts
from inbox_service.store.ids import new_id

from .desk import Desk, Row
from .reply_draft import ReplyDraft, written


def check_time(send_at: int | None, now: int) -> None:
    """Refuse a time that no mail can wait for; raises Invalid."""
    if send_at is None:
        return
    if send_at <= now:
        raise Invalid("Choose a time that is still to come.", code="time_past", field="send_at")
    if send_at > now + sending.LATEST_MS:
        raise Invalid("Choose a time within a year from now.", code="time_too_far", field="send_at")


def leaves_at(settings: Settings, site: Mapping[str, Any], send_at: int | None, now: int) -> int:
    """Return when a reply leaves: at its time, or once it cannot be taken back any more."""
    chosen = site["undo_seconds"]
    seconds = settings.undo_seconds if chosen is None else chosen
    return send_at if send_at is not None else now + seconds * 1000


def undo_of(desk: Desk, before: Row, strangers: Collection[str], draft: ReplyDraft) -> Row:
    """Return what takes the reply back out of the ticket: its row's changes, people, text.

    `before` is the ticket's row before the reply, `strangers` are those who took no part then.
    """
    return {
        "ticket": sending.changes_of(before, desk.tickets[before["id"]]),
        "people": sorted(strangers),
        "content": written(draft),
    }


def queue(connection: Connection, row: Row, size: int, now: int) -> None:
    """Insert the outbox row of a reply, and note its mail's bytes."""
    blob = {"sha256": row["blob"], "size": size, "created_at": now}
    receipts.note_blobs(connection, [{"site_id": row["site_id"], **blob}])
    outbox.add(connection, {"id": new_id(now), "kind": "send", "created_at": now, **row})
