"""The listening process: shortens the wait for new mail.

It pulls what providers publish (Gmail's notices, from Pub/Sub) and lets them watch the mailboxes;
and every second it looks for mailboxes that are due in sites where an agent has the inbox open,
instead of at the next sweep. It only ever makes a sync start earlier: polling goes on beside it.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping

import structlog

from inbox_service.deps import Deps
from inbox_service.errors import InboxError
from inbox_service.ports import ConnectorError, RetryLater, Subscription
from inbox_service.services import push, sync, watches
from inbox_service.services.push import Source

from .schedule import Task, run_tasks, stop_at_signal

log = structlog.get_logger(__name__)

_LOOK_SECONDS = 1.0
_FOLLOW_SECONDS = 5.0
_WATCH_SECONDS = 10.0
# After a failure a subscription is tried again after a second, and then ever more slowly.
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
# A network may be gone for a moment; for longer, the mailboxes are polled at the full pace.
_PATIENCE = 4


class Puller:
    """One subscription, pulled by a thread of its own until it is told to stop."""

    def __init__(self, deps: Deps, source: Source) -> None:
        """Take the subscription; `start` begins to pull."""
        self._deps = deps
        self._source = source
        self._stop = threading.Event()
        # A pull waits a minute for something to come, and no end of the process waits for that.
        self._thread = threading.Thread(target=self._run, name=source.name, daemon=True)
        self._failures = 0
        self._is_proven = False

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Let the thread end after the pull it is at; what that brings is left for another."""
        self._stop.set()

    def join(self, seconds: float) -> None:
        """Wait so long for a stopped thread to end."""
        self._thread.join(seconds)

    def _run(self) -> None:
        subscription: Subscription | None = None
        while not self._stop.is_set():
            try:
                subscription = subscription or push.open_source(self._deps, self._source)
                self._pull(subscription)
                self._failures = 0
            except (ConnectorError, InboxError) as error:
                self._stop.wait(self._failed(error))
            except Exception:
                # The thread's top: whatever one pull meets, the next one is tried.
                log.exception("pull_failed", subscription=self._source.name)
                self._stop.wait(_LONGEST_PAUSE)

    def _pull(self, subscription: Subscription) -> None:
        notices = subscription.pull()
        if self._stop.is_set():
            return
        if notices or not self._is_proven:
            push.take_pulled(self._deps, self._source, notices)
            self._is_proven = True
        # Acknowledged last: a process that dies before this is told once more.
        subscription.acknowledge(notices)

    def _failed(self, error: Exception) -> float:
        """Note a failure where it lasts; return the seconds to wait."""
        self._failures += 1
        if not isinstance(error, RetryLater) or self._failures >= _PATIENCE:
            self._is_proven = False
            push.note_failure(self._deps, self._source, str(error))
        return float(min(_FIRST_PAUSE * 2 ** (self._failures - 1), _LONGEST_PAUSE))


class Pullers:
    """The threads of all subscriptions, as the database names them now."""

    def __init__(self, deps: Deps) -> None:
        """Take the outsides; nothing is pulled yet."""
        self._deps = deps
        self._running: dict[Source, Puller] = {}

    @property
    def running(self) -> Mapping[Source, Puller]:
        """What is pulled at the moment."""
        return self._running

    def follow(self) -> None:
        """Begin to pull what is new, and stop what was changed or removed."""
        wanted = push.sources(self._deps)
        for gone in [source for source in self._running if source not in wanted]:
            self._running.pop(gone).stop()
        for source in wanted:
            if source not in self._running:
                self._running[source] = Puller(self._deps, source)
                self._running[source].start()

    def stop(self) -> None:
        """Stop them all."""
        for puller in self._running.values():
            puller.stop()
        self._running.clear()


def hint_watched_mailboxes(deps: Deps) -> int:
    """Hint a sync of the mailboxes that are due where an agent is at work; return how many."""
    there = deps.presence.watched()
    due = [pair for pair in sync.due_mailboxes(deps) if pair[0] in there] if there else []
    for site_id, mailbox_id in due:
        deps.queue.hint("sync_mailbox", site_id, mailbox_id)
    return len(due)


def run(deps: Deps) -> None:
    """Listen until SIGTERM or SIGINT."""
    stop, pullers = stop_at_signal(), Pullers(deps)
    # Beside the others, as it waits for Google's answers.
    asking = Task("watches", _WATCH_SECONDS, lambda: watches.renew_due(deps))
    threading.Thread(target=run_tasks, args=([asking], stop), daemon=True).start()
    run_tasks(
        [
            Task("watched mailboxes", _LOOK_SECONDS, lambda: hint_watched_mailboxes(deps)),
            Task("second looks", _LOOK_SECONDS, lambda: push.look_again(deps)),
            Task("subscriptions", _FOLLOW_SECONDS, pullers.follow),
        ],
        stop,
    )
    pullers.stop()
    deps.sessions.close()
