"""A mailbox's sync run by hand: batch after batch, until there is nothing more."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from inbox_service.deps import Deps
from inbox_service.errors import Conflict, Unavailable

from . import mailboxes, sync


def sync_until_done(
    deps: Deps, address: str, holder: str, rest: Callable[[float], None] = time.sleep
) -> Iterator[sync.SyncOutcome]:
    """Sync the mailbox and yield the outcome of each batch; `holder` names us in its lease.

    raises Conflict while another process syncs it, Unavailable when it cannot be synced now.
    """
    site_id, mailbox_id = mailboxes.find_mailbox(deps, address)
    while True:
        outcome = sync.sync_mailbox(deps, site_id, mailbox_id, holder)
        if not outcome.held:
            raise Conflict(
                f"{address} is being synced by another process, or is stopped: "
                "see `inbox mailbox status`."
            )
        yield outcome
        if outcome.error:
            raise Unavailable(f"{address} cannot be synced: {outcome.error}")
        if outcome.pause_s:
            rest(outcome.pause_s)
        elif not outcome.more:
            return
