"""One mailbox's sync: live changes first, then a batch of the back-fill.

What is read stands in `sync_streams`, how a batch is stored in `sync_batches`; here it begins and
ends, and whatever goes wrong is put into the mailbox's row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy.exc import DatabaseError

from inbox_service.deps import Deps
from inbox_service.errors import InboxError
from inbox_service.ports import ConnectorBroken, ConnectorError, NeedsReauth, RetryLater
from inbox_service.store import mailboxes, sync_runs

from . import sync_streams
from .connections import connect
from .held_mailbox import HeldMailbox, LeaseLost
from .progress import counts
from .sync_batches import Batches

log = structlog.get_logger()

Row = dict[str, Any]

# A pause longer than this is worth a word to the owner.
_DEGRADED_AFTER_S = 300
_AGAIN_MS = 60_000
# A mailbox that brought nothing but trouble waits so many times as long as that took: one whose
# provider hangs until the time-out must not keep a worker from the others.
_FAIR_SHARE = 4


@dataclass(slots=True)
class SyncOutcome:
    """What a sync did: whether it held the mailbox, whether more waits, and what it found.

    `pause_s` are the seconds the provider asks to wait, 0 for none. `found` counts by outcome,
    `known` the messages it came across that had their receipt already.
    """

    held: bool = True
    more: bool = False
    pause_s: float = 0
    error: str = ""
    found: Counter[str] = field(default_factory=Counter)
    known: int = 0

    @property
    def counts(self) -> Mapping[str, int]:
        """How many messages were new, known and parked, for whoever asked for the sync."""
        return counts(self.found, self.known)


def due_mailboxes(deps: Deps) -> list[tuple[int, int]]:
    """Return (site, mailbox) of those to look into now."""
    watched = deps.presence.watched()
    with deps.sessions.reading() as connection:
        return mailboxes.due(connection, deps.clock.now(), watched)


def sync_mailbox(deps: Deps, site_id: int, mailbox_id: int, holder: str) -> SyncOutcome:
    """Look into a mailbox once; `holder` names this worker in the lease.

    Whatever goes wrong concerns this mailbox alone and stands in its row; nothing is raised.
    """
    held = HeldMailbox.take(deps, site_id, mailbox_id, holder)
    return SyncOutcome(held=False) if held is None else _Sync(deps, held).run()


class _Sync:
    """One run over one mailbox whose lease is held."""

    def __init__(self, deps: Deps, held: HeldMailbox) -> None:
        self.deps = deps
        self.held = held
        self.outcome = SyncOutcome()
        self.stream = "live"
        self.is_current = False

    def run(self) -> SyncOutcome:
        """Do the work and leave the mailbox's row saying how it went."""
        try:
            self._read()
            self._leave(self._healthy_state(), "", self._pace())
        except LeaseLost as error:
            self.outcome.error = str(error)
        except RetryLater as pause:
            self._pause(pause)
        except NeedsReauth as error:
            self._fail("reauth_needed", str(error))
        except ConnectorBroken as error:
            self._fail("stopped", str(error))
        except Exception as error:
            # The top of a mailbox's work: even a bug that its mail brings out stops it alone.
            log.exception("sync_failed", site_id=self._id[0], mailbox_id=self._id[1])
            self._fail("degraded", _words(error))
        return self.outcome

    def _read(self) -> None:
        batches = Batches(self.deps, self.held, connect(self.deps, self.held.row))
        try:
            self.outcome.more = sync_streams.live(batches)
            if self.outcome.more:
                return
            self.is_current = True
            if self.held.is_asked:
                sync_streams.look(batches)
            more = sync_streams.backfill(batches)
            self.outcome.more = sync_streams.compare(batches) or more
        finally:
            self.outcome.found, self.outcome.known = batches.found, batches.known
            self.stream = batches.stream

    # --- the mailbox's row ------------------------------------------------------------------

    def _leave(self, state: str, reason: str, due: Row) -> None:
        """Give the mailbox back; `due` holds when it is due again."""
        now, row = self.deps.clock.now(), self.held.row
        values: Row = {"watched_due_at": due.get("watched_due_at")}
        if (state, reason) != (row["state"], row["reason"]):
            values |= {"state": state, "reason": reason[:500], "since": now}
        if self.is_current and row["gap_cursor"] is None:
            values["live_cursor_at"] = now
        is_answer = self.held.is_asked and (self.is_current or bool(self.outcome.error))
        if is_answer:
            values["answered_at"] = now
        with self.deps.sessions.writing() as connection:
            self.held.release(connection, values, due["due_at"])
            if self.outcome.found or self.outcome.known or self.outcome.error or is_answer:
                sync_runs.add(
                    connection,
                    row,
                    stream=self.stream,
                    started_at=self.held.taken_at,
                    ended_at=now,
                    outcomes=dict(self.outcome.found),
                    known=self.outcome.known,
                    error=self.outcome.error[:500],
                )

    def _pause(self, pause: RetryLater) -> None:
        """Wait as the provider asks; a short wait is its ordinary pace and worth no word."""
        self.outcome.more, self.outcome.pause_s = False, pause.after
        due = self._later(int(pause.after * 1000))
        if pause.after > _DEGRADED_AFTER_S:
            self.outcome.error = str(pause)
            self._leave("degraded", str(pause), due)
        else:
            row = self.held.row
            state = self._healthy_state() if row["state"] == "healthy" else row["state"]
            self._leave(state, row["reason"], due)

    def _fail(self, state: str, reason: str) -> None:
        self.outcome.error, self.outcome.more = reason, False
        self._leave(state, reason, self._later(_AGAIN_MS))

    def _later(self, wait_ms: int) -> Row:
        now = self.deps.clock.now()
        fair_ms = 0 if self.outcome.found else (now - self.held.taken_at) * _FAIR_SHARE
        return {"due_at": now + max(wait_ms, fair_ms)}

    def _pace(self) -> Row:
        """Return when to look again: soon where an agent waits for what comes, else at leisure."""
        now, settings = self.deps.clock.now(), self.deps.settings
        if self.outcome.more:
            return {"due_at": now}
        retries = [again_at for _, again_at in self.held.retries]
        return {
            "due_at": min([now + settings.idle_poll_seconds * 1000, *retries]),
            "watched_due_at": now + settings.poll_seconds * 1000,
        }

    def _healthy_state(self) -> str:
        row = self.held.row
        is_whole = row["backfill_state"] == "done" and row["gap_cursor"] is None
        return "healthy" if is_whole else "syncing"

    @property
    def _id(self) -> tuple[int, int]:
        return self.held.row["site_id"], self.held.row["id"]


def _words(error: Exception) -> str:
    if isinstance(error, OSError):
        return "The provider cannot be reached. The next try follows by itself; nothing is lost."
    if isinstance(error, DatabaseError):
        return "The database did not take the last batch. It will be tried again."
    if isinstance(error, (ConnectorError, InboxError)):
        return str(error)
    # The words of an unknown error may hold what somebody wrote.
    return f"Something unexpected happened ({type(error).__name__}). It will be tried again."
