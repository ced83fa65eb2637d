"""How far a mailbox's back-fill is and how fast it goes, and what a look that was asked for found.

Worked out in one place for the screen, the API and the command line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from inbox_service.store import sync_runs
from inbox_service.store.rows import Row

# The pace of the last minutes says more of the next ones than that of the whole.
_RECENT_MS = 5 * 60_000
_MINUTE_MS = 60_000
# From less than this no pace can be told.
_LEAST_MS = 5_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a back-fill is; None stands for what nobody can tell (yet).

    `state` is pending, running or done; `per_minute` are messages.
    """

    state: str
    done: int
    total: int | None
    per_minute: int | None = None
    seconds_left: int | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a look that somebody asked for found; `answered_at` is None while it goes on.

    `new` were made into something, `parked` wait on the shelf, `known` had their receipt before.
    """

    asked_at: int
    answered_at: int | None
    new: int = 0
    known: int = 0
    parked: int = 0
    error: str = ""


def progress_of(
    connection: Connection, site_id: int, mailbox: Mapping[str, Any], now: int
) -> Progress:
    """Return how far the mailbox's back-fill is.

    `mailbox` needs its id and the columns backfill_state, backfill_done and backfill_total.
    """
    state = mailbox["backfill_state"]
    done, total = mailbox["backfill_done"], mailbox["backfill_total"]
    if state != "running":
        return Progress(state, done, total)
    recent = sync_runs.since(connection, site_id, mailbox["id"], now - _RECENT_MS)
    pace = _per_minute([run for run in recent if run["stream"] == "backfill"], now)
    left = None if total is None or not pace else (total - done) * 60 // pace
    return Progress(state, done, total, pace, left)


def look_of(connection: Connection, site_id: int, mailbox: Mapping[str, Any]) -> Look | None:
    """Return what the last look that somebody asked for found, None where nobody did.

    `mailbox` needs its id and the columns asked_at and answered_at.
    """
    asked_at, answered_at = mailbox["asked_at"], mailbox["answered_at"]
    if asked_at is None:
        return None
    if answered_at is None or answered_at < asked_at:
        return Look(asked_at, None)
    runs = sync_runs.since(connection, site_id, mailbox["id"], asked_at)
    mine = [run for run in runs if run["ended_at"] <= answered_at]
    error = next((run["error"] for run in reversed(mine) if run["error"]), "")
    found = sum((Counter(run["outcomes"]) for run in mine), Counter[str]())
    return Look(
        asked_at, answered_at, **counts(found, sum(run["known"] for run in mine)), error=error
    )


def counts(found: Counter[str], known: int) -> dict[str, int]:
    """Return what is told of a sync, given how many messages had each outcome."""
    return {"new": found.total() - found["parked"], "known": known, "parked": found["parked"]}


def _per_minute(runs: Iterable[Row], now: int) -> int | None:
    """Return the messages a minute from the first of these runs until now."""
    listed = list(runs)
    if not listed:
        return None
    lasted = now - min(run["started_at"] for run in listed)
    if lasted < _LEAST_MS:
        return None
    read = sum(sum(run["outcomes"].values()) + run["known"] for run in listed)
    return int(read * _MINUTE_MS // lasted)
