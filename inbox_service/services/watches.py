"""Watches: the provider's promise to tell of new mail, renewed every day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog

from inbox_service.deps import Deps
from inbox_service.errors import InboxError
from inbox_service.ports import ConnectorError, RetryLater
from inbox_service.store import push as store
from inbox_service.store.rows import Row

from .connections import connect

log = structlog.get_logger(__name__)

# Gmail's watch ends after seven days, and its guide says to renew it daily.
_DAY_MS = 24 * 3_600_000
_AGAIN_MS = 3_600_000
_SOONEST_AGAIN_MS = 60_000
# Longer than asking can take; a process that dies over it lets another ask after this.
_CLAIM_MS = 600_000


def renew_due(deps: Deps) -> int:
    """Ask providers to watch the mailboxes whose turn it is; return how many were asked.

    What a provider refuses is a word in that mailbox's push; its polling goes on.
    """
    return sum(_ask(deps, mailbox, channel) for mailbox, channel in _due(deps))


def _due(deps: Deps) -> list[tuple[Row, Row]]:
    with deps.sessions.reading() as connection:
        channels: dict[int, list[Row]] = {}
        for row in store.channels(connection):
            channels.setdefault(row["site_id"], []).append(row)
        rows = store.due_watches(connection, channels, deps.clock.now()) if channels else []
    found = [(row, _channel_for(row, channels[row["site_id"]])) for row in rows]
    return [(row, channel) for row, channel in found if channel is not None]


def _channel_for(mailbox: Mapping[str, Any], channels: list[Row]) -> Row | None:
    """Return the channel of the mailbox's project: Gmail takes no other project's topic."""
    project = str(mailbox["config"].get("project", ""))
    same_kind = [row for row in channels if row["kind"] == mailbox["kind"]]
    if not project and len(same_kind) == 1:
        # Nobody said whose app it is, and there is only one way it can be.
        return same_kind[0]
    return next((row for row in same_kind if row["project"] == project), None)


def _ask(deps: Deps, mailbox: Row, channel: Row) -> bool:
    now = deps.clock.now()
    with deps.sessions.writing() as connection:
        claimed = store.claim_watch(connection, mailbox, channel["id"], now, now + _CLAIM_MS)
    if not claimed:
        return False
    values = _asked(deps, mailbox, channel["topic"], now)
    with deps.sessions.writing() as connection:
        store.settle_watch(connection, mailbox, values)
    return True


def _asked(deps: Deps, mailbox: Row, topic: str, now: int) -> Row:
    """Ask, and return what to note of it."""
    try:
        until = connect(deps, mailbox).watch(topic)
    except RetryLater as pause:
        return {"due_at": now + max(int(pause.after * 1000), _SOONEST_AGAIN_MS)}
    except (ConnectorError, InboxError, OSError) as error:
        log.warning("watch_failed", site_id=mailbox["site_id"], mailbox_id=mailbox["id"])
        words = str(error) if not isinstance(error, OSError) else "The provider did not answer."
        return {"due_at": now + _AGAIN_MS, "reason": words[:500]}
    return {"due_at": now + _DAY_MS, "until": until, "reason": ""}
