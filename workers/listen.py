"""The listening process: shortens the wait for new mail where somebody is waiting for it.

Push (Gmail's Pub/Sub, IMAP's IDLE) has its place here and is not there yet. Until then this looks
every second for mailboxes that are due in sites where an agent is at a ticket, instead of at the
next sweep. It only ever makes a sync start earlier; a mailbox's own pace and back-off stay.
"""

from __future__ import annotations

from inbox_service.deps import Deps
from inbox_service.services import sync

from .schedule import Task, run_tasks, stop_at_signal

_LOOK_SECONDS = 1.0


def hint_watched_mailboxes(deps: Deps) -> int:
    """Hint a sync of the mailboxes that are due where an agent is at a ticket; return how many."""
    due = sync.due_mailboxes(deps)
    watched = {site_id for site_id, _ in due if deps.presence.present(site_id)}
    hinted = [(site_id, mailbox_id) for site_id, mailbox_id in due if site_id in watched]
    for site_id, mailbox_id in hinted:
        deps.queue.hint("sync_mailbox", site_id, mailbox_id)
    return len(hinted)


def run(deps: Deps) -> None:
    """Look until SIGTERM or SIGINT."""
    task = Task("watched mailboxes", _LOOK_SECONDS, lambda: hint_watched_mailboxes(deps))
    run_tasks([task], stop_at_signal())
    deps.sessions.close()
