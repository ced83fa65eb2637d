"""The scheduler process: finds what is due in the database and hints it to the workers.

A hint that got lost costs one sweep, which is why hints may get lost.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from inbox_service.deps import Deps
from inbox_service.services import (
    health,
    housekeeping,
    leftover_drafts,
    noticing,
    outbox,
    reconcile,
    snoozing,
    sync,
)

from .bulk_jobs import hint_running

log = structlog.get_logger(__name__)

# Mail may wait for a poll and then for a sweep: the two together stay below 15 s by default.
SWEEP_SECONDS = 2.0
_HOUSEKEEPING_SECONDS = 600.0
_COMPARISON_SECONDS = 60.0
_HEALTH_SECONDS = 10.0
_DRAFTS_SECONDS = 15.0
_NOTICE_SECONDS = 5.0
_SNOOZE_SECONDS = 5.0
_BULK_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do every so many seconds."""

    name: str
    seconds: float
    action: Callable[[], object]


def hint_due_mailboxes(deps: Deps) -> int:
    """Hint a sync of every mailbox that is due; return how many."""
    due = sync.due_mailboxes(deps)
    for site_id, mailbox_id in due:
        deps.queue.hint("sync_mailbox", site_id, mailbox_id)
    return len(due)


def hint_due_sends(deps: Deps) -> int:
    """Hint every outbox row that is due; return how many."""
    due = outbox.due(deps)
    for site_id, outbox_id in due:
        deps.queue.hint("deliver", site_id, outbox_id)
    return len(due)


def hint_due_comparisons(deps: Deps) -> int:
    """Hint a comparison of every mailbox whose night has come; return how many."""
    due = reconcile.due(deps)
    for site_id, mailbox_id in due:
        deps.queue.hint("reconcile_mailbox", site_id, mailbox_id)
    return len(due)


def hint_leftover_drafts(deps: Deps) -> int:
    """Hint every draft that nobody wants any more; return how many."""
    due = leftover_drafts.due(deps)
    for site_id, outbox_id in due:
        deps.queue.hint("tidy_draft", site_id, outbox_id)
    return len(due)


def sweeps(deps: Deps, seconds: float = SWEEP_SECONDS) -> list[Task]:
    """Return what the scheduler does, sweeping every `seconds`."""
    return [
        Task("sends", seconds, lambda: hint_due_sends(deps)),
        Task("mailboxes", seconds, lambda: hint_due_mailboxes(deps)),
        Task("drafts", _DRAFTS_SECONDS, lambda: hint_leftover_drafts(deps)),
        Task("notices", _NOTICE_SECONDS, lambda: noticing.look_after(deps)),
        Task("snoozed", _SNOOZE_SECONDS, lambda: snoozing.return_due(deps)),
        Task("bulks", _BULK_SECONDS, lambda: hint_running(deps)),
        Task("health", _HEALTH_SECONDS, lambda: health.look_after(deps)),
        Task("comparisons", _COMPARISON_SECONDS, lambda: hint_due_comparisons(deps)),
        Task("housekeeping", _HOUSEKEEPING_SECONDS, lambda: housekeeping.forget_expired(deps)),
    ]


def run_tasks(tasks: Sequence[Task], stop: threading.Event) -> None:
    """Do each task at once and then at its pace, until `stop` is set; an error stops nothing."""
    due_at = {task.name: time.monotonic() for task in tasks}
    while not stop.is_set():
        for task in tasks:
            if time.monotonic() >= due_at[task.name]:
                _do(task)
                due_at[task.name] = time.monotonic() + task.seconds
        stop.wait(max(0.0, min(due_at.values()) - time.monotonic()))


def run(deps: Deps) -> None:
    """Sweep until SIGTERM or SIGINT."""
    run_tasks(sweeps(deps), stop_at_signal())
    deps.sessions.close()


def stop_at_signal() -> threading.Event:
    """Return an event that SIGTERM and SIGINT set."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _do(task: Task) -> None:
    try:
        task.action()
    except Exception:
        # The loop's top: whatever one sweep meets, the next one is tried.
        log.exception("sweep_failed", task=task.name)
