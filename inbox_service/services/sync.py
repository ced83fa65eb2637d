"""One mailbox's sync: live changes first, then a batch of the back-fill.

Each batch is fetched and read outside any transaction; then one transaction stores its receipts,
messages, tickets, counters, events AND the cursor. A crash anywhere repeats at most a batch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError

from inbox_service.deps import Deps
from inbox_service.domain.sync import MessageRef, plan
from inbox_service.errors import InboxError
from inbox_service.ports import (
    Batch,
    Connector,
    ConnectorBroken,
    ConnectorError,
    CursorExpired,
    Fetched,
    NeedsReauth,
    Priority,
    RetryLater,
    Scope,
    SkipMessage,
)
from inbox_service.store import mailboxes, receipts, sync_runs

from .connections import connect
from .ingest import ingest, note_gone
from .mail_reading import Mail, read_mail

log = structlog.get_logger()

Row = dict[str, Any]

LEASE_MS = 120_000
# What a lost cursor hid is fetched in small parts: a provider's quota is paid per part in advance.
_CHUNK = 25
_DAY_MS = 24 * 3600 * 1000
# A pause longer than this is worth a word to the owner.
_DEGRADED_AFTER_S = 300


@dataclass(slots=True)
class SyncOutcome:
    """What a sync did: whether it held the mailbox, whether more waits, and what it found.

    `pause_s` are the seconds the provider asks to wait, 0 for none.
    """

    held: bool = True
    more: bool = False
    pause_s: float = 0
    error: str = ""
    found: Counter[str] = field(default_factory=Counter)


class LeaseLost(InboxError):
    """Another worker took the mailbox over; this one stops without having stored anything."""


def due_mailboxes(deps: Deps) -> list[tuple[int, int]]:
    """Return (site, mailbox) of those to look into now."""
    with deps.sessions.reading() as connection:
        return mailboxes.due(connection, deps.clock.now())


def sync_mailbox(deps: Deps, site_id: int, mailbox_id: int, holder: str) -> SyncOutcome:
    """Look into a mailbox once; `holder` names this worker in the lease.

    Whatever goes wrong concerns this mailbox alone and stands in its row; nothing is raised.
    """
    now = deps.clock.now()
    with deps.sessions.writing() as connection:
        held = mailboxes.take_lease(connection, site_id, mailbox_id, holder, now, now + LEASE_MS)
        mailbox = mailboxes.get(connection, site_id, mailbox_id)
    if not held or mailbox is None:
        return SyncOutcome(held=False)
    return _Sync(deps, dict(mailbox), holder, started_at=now).run()


class _Sync:
    """One run over one mailbox whose lease is held."""

    def __init__(
        self, deps: Deps, mailbox: Mapping[str, Any], holder: str, started_at: int
    ) -> None:
        self.deps = deps
        self.mailbox: Mapping[str, Any] = mailbox
        self.holder = holder
        self.started_at = started_at
        self.site_id: int = mailbox["site_id"]
        self.scope = _scope(mailbox)
        self.outcome = SyncOutcome()
        self.stream = "live"

    def run(self) -> SyncOutcome:
        """Do the work and leave the mailbox's row saying how it went."""
        try:
            connector = connect(self.deps, self.mailbox)
            self._live(connector)
            self._backfill(connector)
            self._leave(state=self._healthy_state(), reason="", wait_ms=self._poll_ms())
        except LeaseLost as error:
            self.outcome.error = str(error)
        except RetryLater as pause:
            self._pause(pause)
        except NeedsReauth as error:
            self._fail("reauth_needed", str(error), self._poll_ms())
        except ConnectorBroken as error:
            self._fail("stopped", str(error), self._poll_ms())
        except (ConnectorError, InboxError, DatabaseError, OSError) as error:
            log.exception("sync_failed", site_id=self.site_id, mailbox_id=self.mailbox["id"])
            self._fail("degraded", _words(error), 60_000)
        return self.outcome

    # --- the two streams ------------------------------------------------------------------

    def _live(self, connector: Connector) -> None:
        cursor = self.mailbox["live_cursor"]
        if cursor is None:
            # The live stream starts before any listing, so that no mail can fall between.
            self._store([], {"live_cursor": connector.start()})
            return
        self._retry_refs(connector)
        try:
            for batch in connector.changes(cursor):
                self._take(connector, batch, Priority.LIVE, {"live_cursor": batch.next_cursor})
        except CursorExpired:
            self._relist(connector)

    def _relist(self, connector: Connector) -> None:
        """Find what was missed while the cursor was lost: list everything, fetch the unknown."""
        log.info("cursor_expired", site_id=self.site_id, mailbox_id=self.mailbox["id"])
        self.stream = "reconcile"
        cursor = connector.start()
        for refs in _chunks(connector.list_refs(self.scope)):
            known = self._known(refs)
            unknown = [ref for ref in refs if ref.provider_id not in known]
            mails, gone = self._fetch(connector, unknown, Priority.LIVE)
            self._store(mails, {}, gone=gone)
        self._store([], {"live_cursor": cursor})

    def _backfill(self, connector: Connector) -> None:
        if self.mailbox["backfill_state"] == "done":
            return
        self.stream = "backfill"
        batch = next(connector.backfill(self.mailbox["backfill_cursor"], self.scope), None)
        if batch is None:
            self._store([], {"backfill_state": "done"})
            return
        done = self.mailbox["backfill_done"] + len(batch.changes)
        values = {
            "backfill_cursor": batch.next_cursor,
            "backfill_state": "done" if batch.done else "running",
            "backfill_done": done,
            "backfill_total": done if batch.done else max(batch.total or 0, done),
        }
        self._take(connector, batch, Priority.BACKFILL, values)
        self.outcome.more = not batch.done

    def _retry_refs(self, connector: Connector) -> None:
        """Try once more what was announced but not there; what is gone still is gone."""
        refs = [MessageRef(*pair) for pair in self.mailbox["retry_refs"]]
        if refs:
            mails, gone = self._fetch(connector, refs, Priority.LIVE)
            self._store(mails, {"retry_refs": []}, gone=gone)

    # --- one batch --------------------------------------------------------------------------

    def _take(self, connector: Connector, batch: Batch, priority: Priority, values: Row) -> None:
        decided = plan(batch.changes, self._known(change.ref for change in batch.changes))
        mails, gone = self._fetch(connector, decided.fetch, priority)
        waiting, _ = self._fetch(connector, self._waiting_in(decided.fetch), priority)
        if gone and self.stream == "live":
            # A message may be announced before it can be read: it gets one more try, later.
            pairs = [[ref.provider_id, ref.thread_id] for ref in gone]
            values = {**values, "retry_refs": [*self.mailbox["retry_refs"], *pairs]}
            gone = []
        self._store(
            [*mails, *waiting], values, relabel=decided.relabel, removed=decided.remove, gone=gone
        )

    def _fetch(
        self, connector: Connector, refs: Sequence[MessageRef], priority: Priority
    ) -> tuple[list[Mail], list[MessageRef]]:
        mails: list[Mail] = []
        gone: list[MessageRef] = []
        for result in connector.fetch(refs, priority) if refs else ():
            if isinstance(result, Fetched):
                mails.append(read_mail(self.deps, self.site_id, result))
            elif isinstance(result.error, SkipMessage):
                gone.append(result.ref)
            else:
                raise result.error
        return mails, gone

    def _known(self, refs: Iterable[MessageRef]) -> frozenset[str]:
        """Return the provider ids that have a receipt which no label change can revise."""
        with self.deps.sessions.reading() as connection:
            rows = receipts.known(
                connection, self.site_id, self.mailbox["id"], [ref.provider_id for ref in refs]
            )
        return frozenset(key for key, row in rows.items() if row["reason"] != receipts.IN_SPAM)

    def _waiting_in(self, refs: Sequence[MessageRef]) -> list[MessageRef]:
        """Return mail of these threads that found no ticket when it was read, and now may."""
        with self.deps.sessions.reading() as connection:
            rows = receipts.waiting_in(
                connection, self.site_id, self.mailbox["id"], [ref.thread_id for ref in refs]
            )
        return [MessageRef(row["provider_id"], row["provider_thread_id"]) for row in rows]

    def _store(
        self,
        mails: Sequence[Mail],
        values: Row,
        *,
        relabel: Mapping[str, frozenset[str]] | None = None,
        removed: Sequence[str] = (),
        gone: Sequence[MessageRef] = (),
    ) -> None:
        """Store a batch with its cursor in one transaction."""
        try:
            self._store_once(mails, values, relabel or {}, removed, gone)
        except (DataError, IntegrityError) as error:
            # One mail that the database refuses must not hold up the others: each on its own,
            # the refused one parked; the cursor follows when all of them have their receipt.
            # The first line names the constraint; the rest may hold an address.
            reason = str(error.orig).partition("\n")[0]
            log.warning("batch_refused", site_id=self.site_id, reason=reason)
            for mail in mails:
                self._store_alone(mail)
            self._store_once([], values, relabel or {}, removed, gone)

    def _store_alone(self, mail: Mail) -> None:
        try:
            self._store_once([mail], {}, {}, (), ())
        except (DataError, IntegrityError) as error:
            reason = f"could not be stored ({type(error).__name__})"
            self._store_once([replace(mail, parsed=None, error=reason)], {}, {}, (), ())

    def _store_once(
        self,
        mails: Sequence[Mail],
        values: Row,
        relabel: Mapping[str, frozenset[str]],
        removed: Sequence[str],
        gone: Sequence[MessageRef],
    ) -> None:
        now = self.deps.clock.now()
        with self.deps.sessions.writing() as connection:
            found = ingest(connection, self.deps.secrets, self.mailbox, mails, now)
            found += note_gone(connection, self.mailbox, gone, now)
            mailbox_id = self.mailbox["id"]
            receipts.relabel(connection, self.site_id, mailbox_id, relabel)
            receipts.mark_deleted(connection, self.site_id, mailbox_id, removed)
            # The lease is checked last: whoever lost it stores nothing at all.
            self._write(connection, {**values, "lease_until": now + LEASE_MS}, now)
        self.outcome.found += found

    # --- the mailbox's row ------------------------------------------------------------------

    def _write(self, connection: Connection, values: Row, now: int) -> None:
        if "live_cursor" in values:
            values = {**values, "live_cursor_at": now}
        if not mailboxes.write_held(connection, self.mailbox, self.holder, values):
            raise LeaseLost
        self.mailbox = {**self.mailbox, **values}

    def _leave(self, state: str, reason: str, wait_ms: int) -> None:
        now = self.deps.clock.now()
        values: Row = {
            "due_at": now if self.outcome.more else now + wait_ms,
            "lease_holder": None,
            "lease_until": None,
        }
        if (state, reason) != (self.mailbox["state"], self.mailbox["reason"]):
            values |= {"state": state, "reason": reason[:500], "since": now}
        with self.deps.sessions.writing() as connection:
            mailboxes.write_held(connection, self.mailbox, self.holder, values)
            if self.outcome.found or self.outcome.error:
                sync_runs.add(
                    connection,
                    self.mailbox,
                    stream=self.stream,
                    started_at=self.started_at,
                    ended_at=now,
                    outcomes=dict(self.outcome.found),
                    error=self.outcome.error,
                )

    def _pause(self, pause: RetryLater) -> None:
        """Wait as the provider asks; a short wait is its ordinary pace and worth no word."""
        self.outcome.more, self.outcome.pause_s = False, pause.after
        wait_ms = int(pause.after * 1000)
        if pause.after > _DEGRADED_AFTER_S:
            self._fail("degraded", str(pause), wait_ms)
        else:
            self._leave(self.mailbox["state"], self.mailbox["reason"], wait_ms)

    def _fail(self, state: str, reason: str, wait_ms: int) -> None:
        self.outcome.error, self.outcome.more = reason, False
        self._leave(state, reason, wait_ms)

    def _healthy_state(self) -> str:
        return "healthy" if self.mailbox["backfill_state"] == "done" else "syncing"

    def _poll_ms(self) -> int:
        return self.deps.settings.poll_seconds * 1000


def _scope(mailbox: Mapping[str, Any]) -> Scope:
    days = mailbox["depth_days"]
    since = None if days is None else mailbox["connected_at"] - days * _DAY_MS
    return Scope(since=since, labels=frozenset(mailbox["labels"]))


def _chunks(refs: Iterator[MessageRef]) -> Iterator[list[MessageRef]]:
    while chunk := list(islice(refs, _CHUNK)):
        yield chunk


def _words(error: Exception) -> str:
    if isinstance(error, OSError):
        return "The provider cannot be reached. The next try follows by itself; nothing is lost."
    if isinstance(error, DatabaseError):
        return "The database did not take the last batch. It will be tried again."
    return str(error)
