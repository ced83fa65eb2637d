"""What a sync reads, in this order: what is new, what was there before, what may have been missed.

Each function goes on where the mailbox's row says and returns True where more waits. None of them
holds a worker for long: whoever has much to read lets others have their turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import structlog

from inbox_service.domain.sync import MessageRef
from inbox_service.ports import Batch, CursorExpired, Priority

from .sync_batches import Batches, written

log = structlog.get_logger()

# After this long another mailbox gets its turn; history waits for what is new sooner than that.
_TURN_MS = 20_000
_HISTORY_TURN_MS = 1_000
_MOST_AT_ONCE = 100
# What was missed is fetched in small parts: a provider's quota is paid per part in advance.
_PART = 25
# How many of the newest messages a look that was asked for compares.
_NEWEST = 100


def live(batches: Batches) -> bool:
    """Read what happened since the cursor; the first time, note where to begin.

    The stream starts before any listing, so that no mail can fall between.
    """
    row, connector = batches.row, batches.connector
    name = "live_cursor" if row["gap_cursor"] is None else "gap_cursor"
    if row[name] is None:
        batches.store({name: connector.start()})
        return False
    _retry(batches)
    try:
        for batch in connector.changes(row[name]):
            is_news = batch.changes or batch.next_cursor != batches.row[name]
            if is_news:
                batches.take(batch, Priority.LIVE, {name: batch.next_cursor})
            if not batch.done and _is_long(batches):
                return True
    except CursorExpired:
        _note_gap(batches)
    return False


def look(batches: Batches) -> None:
    """Compare the newest messages with their receipts, because somebody asked."""
    if batches.row["backfill_state"] == "done":
        newest = list(islice(batches.connector.list_refs(batches.scope), _NEWEST))
        batches.take_missing(newest, Priority.LIVE)


def backfill(batches: Batches) -> bool:
    """Take in some of what was there when the mailbox was connected, newest first."""
    row = batches.row
    if row["backfill_state"] == "done":
        return False
    batches.stream = "backfill"
    before = row["backfill_done"]
    for batch in batches.connector.backfill(row["backfill_cursor"], batches.scope):
        batches.take(batch, Priority.BACKFILL, _progress(batches, batch))
        # What is new comes first, here and in the other mailboxes, which wait for their turn.
        is_much = batches.row["backfill_done"] - before >= _MOST_AT_ONCE
        if is_much or _is_long(batches, _HISTORY_TURN_MS if batch.changes else _TURN_MS):
            break
    return bool(batches.row["backfill_state"] != "done")


def compare(batches: Batches) -> bool:
    """Compare all ids with the receipts after a lost cursor.

    Newest first, and from page to page in the row, so that a quota which ends costs a page. A lost
    live cursor is given up only when everything was compared: until then nothing is known of what
    it hid.
    """
    if batches.row["gap_cursor"] is None:
        return False
    batches.stream = "reconcile"
    # While the back-fill goes on, most of what is missing is its own to read.
    is_urgent = batches.row["backfill_state"] == "done"
    priority = Priority.LIVE if is_urgent else Priority.BACKFILL
    listing = batches.connector.backfill(batches.row["diff_cursor"], batches.scope, ids_only=True)
    for page in listing:
        for part in _parts([change.ref for change in page.changes]):
            batches.take_missing(part, priority)
            if _is_long(batches):
                return True
        if page.done:
            break
        batches.store({"diff_cursor": page.next_cursor})
    live_cursor = batches.row["gap_cursor"]
    batches.store({"diff_cursor": None, "live_cursor": live_cursor, "gap_cursor": None})
    return False


def _retry(batches: Batches) -> None:
    """Try once more what was announced but not there; what is gone still is gone."""
    now = batches.deps.clock.now()
    due = [ref for ref, again_at in batches.held.retries if again_at <= now]
    if due:
        left = [(ref, again_at) for ref, again_at in batches.held.retries if again_at > now]
        batches.take_refs(due, Priority.LIVE, {"retry_refs": written(left)})


def _note_gap(batches: Batches) -> None:
    """Let the live stream go on from now, and the comparison find what the lost cursor hid."""
    row = batches.row
    log.info("cursor_expired", site_id=row["site_id"], mailbox_id=row["id"])
    # A comparison under way may be past what was missed: it begins again.
    batches.store({"gap_cursor": batches.connector.start(), "diff_cursor": None})


def _progress(batches: Batches, batch: Batch) -> dict[str, Any]:
    """Return the columns that a batch of the back-fill changes."""
    done = batches.row["backfill_done"] + len(batch.changes)
    values: dict[str, Any] = {"backfill_cursor": batch.next_cursor, "backfill_done": done}
    if not batch.done:
        return values | {"backfill_state": "running", "backfill_total": max(batch.total or 0, done)}
    return values | {"backfill_state": "done", "backfill_total": done}


def _is_long(batches: Batches, most_ms: int = _TURN_MS) -> bool:
    return batches.deps.clock.now() - batches.held.taken_at > most_ms


def _parts(refs: Sequence[MessageRef]) -> Iterator[Sequence[MessageRef]]:
    for start in range(0, len(refs), _PART):
        yield refs[start : start + _PART]
