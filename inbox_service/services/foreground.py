"""A mailbox's sync run by hand: batch after batch, until there is nothing more."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from inbox_service.deps import Deps
from inbox_service.errors import Conflict, Unavailable

from . import mailboxes, sync

# How long to rest when the provider wants a pause, such as one for its quota.
_PAUSE_SECONDS = 5.0


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
            _require_pause_only(deps, address, outcome.error)
            rest(_PAUSE_SECONDS)
        elif not outcome.more:
            return


def _require_pause_only(deps: Deps, address: str, error: str) -> None:
    # A pause leaves the state as it was; whatever is worse than a pause shows in it.
    states = {row["address"]: row["state"] for row in mailboxes.status(deps)}
    if states[address.strip().lower()] not in ("syncing", "healthy"):
        raise Unavailable(f"{address} cannot be synced: {error}")
