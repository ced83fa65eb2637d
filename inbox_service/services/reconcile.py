"""A mailbox compared with its provider: every message that is listed must have its receipt.

The list comes in batches with the connector's cursor, so a comparison can be interrupted anywhere
and goes on where it was. What has no receipt is fetched by the mailbox's ordinary sync.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any

import structlog

from inbox_service.deps import Deps
from inbox_service.domain.accounts import Account
from inbox_service.domain.nights import next_night
from inbox_service.errors import Conflict, InboxError, NotFound, Unavailable
from inbox_service.ports import ConnectorError, MessageRef, RetryLater
from inbox_service.store import mailboxes as mailbox_store
from inbox_service.store import reconciliations, sites
from inbox_service.store.reconciliations import Outcome
from inbox_service.store.rows import Row

from . import mailboxes, sync
from .connections import connect
from .held_mailbox import HeldMailbox
from .scopes import scope_of

_log = structlog.get_logger()

CLAIM_MS = 120_000
# A worker turns to other mailboxes after so long; a list of some ten thousand takes less.
SLICE_MS = 10_000
# One that failed is tried again within the same night; one that stood still for longer than this
# begins again, as the mailbox has become another.
_AGAIN_MS = 3_600_000
_BUSY_SECONDS = 5.0
_MOST_AT_ONCE = 100
# What is missing is fetched in the portions of a sync's batch: its quota is paid in advance.
_PORTION = 25


def due(deps: Deps) -> list[tuple[int, int]]:
    """Return (site, mailbox) of those to compare now: each night, and once it is read whole."""
    with deps.sessions.reading() as connection:
        return reconciliations.due(connection, deps.clock.now(), _MOST_AT_ONCE)


def work_on(deps: Deps, site_id: int, mailbox_id: int, holder: str) -> bool:
    """Compare a mailbox for some seconds; return whether it can go on at once.

    Whatever goes wrong stands in the comparison's row and concerns this mailbox alone.
    """
    try:
        comparison = _Comparison.begin(deps, site_id, mailbox_id, holder)
    except (Conflict, NotFound):
        return False
    until = deps.clock.now() + SLICE_MS
    try:
        for _ in comparison.steps():
            if deps.clock.now() >= until and not comparison.is_listed:
                comparison.pause(0)
                return True
        comparison.end()
    except RetryLater as pause:
        comparison.pause(pause.after)
    except (ConnectorError, InboxError, OSError) as error:
        _log.warning("reconcile_failed", mailbox_id=mailbox_id, error=type(error).__name__)
        comparison.fail(error)
    return False


def compare(
    deps: Deps, address: str, holder: str, rest: Callable[[float], None] = time.sleep
) -> Generator[Account, None, None]:
    """Compare a mailbox here and now, yielding the count after each batch.

    raises Conflict while it cannot be compared, Unavailable where the provider does not answer.
    """
    site_id, mailbox_id = mailboxes.find_mailbox(deps, address)
    while True:
        comparison = _Comparison.begin(deps, site_id, mailbox_id, holder)
        try:
            yield from comparison.steps()
        except RetryLater as pause:
            comparison.pause(pause.after)
            rest(pause.after)
        except (ConnectorError, InboxError, OSError) as error:
            comparison.fail(error)
            raise Unavailable(f"{address} cannot be compared: {error}") from error
        else:
            comparison.end()
            return
        finally:
            # After Ctrl-C whoever comes next goes on from here; what was released stays as it is.
            comparison.pause(0)


def last_result(deps: Deps, address: str) -> dict[str, Any]:
    """Return what the last comparison that ended found; raises NotFound where there is none."""
    with deps.sessions.reading() as connection:
        row = reconciliations.get(connection, *mailboxes.find_mailbox(deps, address))
    if row is None or row["result"] is None:
        raise NotFound(f"{address} was not compared yet.")
    return dict(row["result"])


class _Comparison:
    """One comparison that is claimed, and the count so far."""

    def __init__(self, deps: Deps, mailbox: Row, row: Row, holder: str) -> None:
        self.deps = deps
        self.mailbox = mailbox
        self.holder = holder
        self.key = (mailbox["site_id"], mailbox["id"])
        goes_on = _goes_on(row, mailbox, deps.clock.now())
        self.started_at: int = row["started_at"] if goes_on else deps.clock.now()
        self.cursor: str | None = row["cursor"] if goes_on else None
        self.account = Account.restored(*((row["tally"], row["seen"]) if goes_on else ({}, None)))
        self.is_listed = False
        # What came later than this had no chance to be read before it was listed.
        self.read_until: int = mailbox["live_cursor_at"] or 0

    @classmethod
    def begin(cls, deps: Deps, site_id: int, mailbox_id: int, holder: str) -> _Comparison:
        """Claim the mailbox's comparison; raises Conflict where that cannot be."""
        now = deps.clock.now()
        with deps.sessions.writing() as connection:
            mailbox = mailbox_store.get(connection, site_id, mailbox_id)
            if mailbox is None or mailbox["disconnected_at"] is not None:
                raise NotFound("This mailbox was removed.")
            _require_whole(mailbox)
            until = now + CLAIM_MS
            claimed = reconciliations.claim(connection, site_id, mailbox_id, holder, now, until)
            row = reconciliations.get(connection, site_id, mailbox_id)
        if not claimed or row is None:
            raise Conflict(f"{mailbox['address']} is being compared by another process.")
        return cls(deps, mailbox, row, holder)

    def steps(self) -> Iterator[Account]:
        """Compare batch by batch, yielding the count after each."""
        connector = connect(self.deps, self.mailbox)
        scope = scope_of(self.mailbox)
        for batch in connector.backfill(self.cursor, scope, ids_only=True):
            self._take(self.account.new_of(change.ref for change in batch.changes))
            self.cursor, self.is_listed = batch.next_cursor, batch.done
            self._write({"claim_until": self.deps.clock.now() + CLAIM_MS})
            yield self.account

    def pause(self, seconds: float) -> None:
        """Keep what was counted, for whoever goes on after so many seconds."""
        self._release(
            {
                "started_at": self.started_at,
                "cursor": self.cursor,
                "tally": self.account.figures(),
                "seen": self.account.packed(),
                "due_at": self.deps.clock.now() + int(seconds * 1000),
            }
        )

    def end(self) -> None:
        """Store the result and wait for the next night."""
        now = self.deps.clock.now()
        times = {"started_at": self.started_at, "ended_at": now}
        self._release(
            {
                **_BEGINS_AGAIN,
                "result": {**self.account.figures(), **times},
                "ended_at": now,
                "error": "",
                "due_at": self._next_night(now),
            }
        )

    def fail(self, error: Exception) -> None:
        """Note why it could not be done; the last result stays."""
        due_at = self.deps.clock.now() + _AGAIN_MS
        self._release({**_BEGINS_AGAIN, "error": str(error)[:500], "due_at": due_at})

    def _take(self, refs: Sequence[MessageRef]) -> None:
        found = self._receipts(refs)
        unknown = [ref for ref in refs if ref.provider_id not in found]
        for place in range(0, len(unknown), _PORTION):
            self._fetch(unknown[place : place + _PORTION])
        late = self._receipts(unknown)
        fetched = sum(one.received_at < self.read_until for one in late.values())
        outcomes = {name: one.outcome for name, one in (found | late).items()}
        self.account.count(refs, outcomes, fetched)

    def _receipts(self, refs: Sequence[MessageRef]) -> dict[str, Outcome]:
        ids = [ref.provider_id for ref in refs]
        if not ids:
            return {}
        with self.deps.sessions.reading() as connection:
            return reconciliations.outcomes_of(connection, *self.key, ids)

    def _fetch(self, refs: Sequence[MessageRef]) -> None:
        """Have the next sync fetch these, and do that sync."""
        held = HeldMailbox.take(self.deps, *self.key, self.holder)
        if held is None:
            raise RetryLater(_BUSY_SECONDS, "Another process reads the mailbox at this moment.")
        wanted = [[ref.provider_id, ref.thread_id] for ref in refs]
        waiting = [*held.row["retry_refs"], *wanted]
        with self.deps.sessions.writing() as connection:
            held.write(connection, {"retry_refs": waiting}, self.deps.clock.now())
        outcome = sync.sync_mailbox(self.deps, *self.key, self.holder)
        if outcome.pause_s:
            raise RetryLater(outcome.pause_s)
        if outcome.error:
            raise Unavailable(outcome.error)

    def _release(self, values: Row) -> None:
        self._write({**values, "claim_holder": None, "claim_until": None}, required=False)

    def _write(self, values: Row, *, required: bool = True) -> None:
        with self.deps.sessions.writing() as connection:
            kept = reconciliations.write_claimed(connection, *self.key, self.holder, values)
        if required and not kept:
            raise Conflict("Another process compares this mailbox now.")

    def _next_night(self, now: int) -> int:
        with self.deps.sessions.reading() as connection:
            site = sites.get(connection, self.key[0])
        return next_night(now, site["timezone"] if site else "UTC", self.key[1])


_BEGINS_AGAIN: Row = {"started_at": None, "cursor": None, "tally": {}, "seen": None}


def _goes_on(row: Row, mailbox: Row, now: int) -> bool:
    """Tell whether the paused comparison still is one of this mailbox as it is."""
    started_at = row["started_at"]
    if started_at is None or now - started_at > _AGAIN_MS or row["seen"] is None:
        return False
    return bool(started_at > (mailbox["rescoped_at"] or 0))


def _require_whole(mailbox: Row) -> None:
    address = mailbox["address"]
    if mailbox["state"] not in mailbox_store.ACTIVE_STATES:
        raise Conflict(f"{address} is not being read: see `inbox mailbox status`.")
    if mailbox["backfill_state"] != "done" or mailbox["live_cursor"] is None:
        raise Conflict(f"{address} is still being read for the first time: compare it after that.")
