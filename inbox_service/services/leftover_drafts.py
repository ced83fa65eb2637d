"""Drafts that a send left at the provider which was taken back, or came too late."""

from __future__ import annotations

from typing import Any

import structlog

from inbox_service.deps import Deps
from inbox_service.errors import InboxError
from inbox_service.ports import ConnectorError
from inbox_service.store import mailboxes, outbox

from .connections import connect

log = structlog.get_logger()

_TRY_AGAIN_MS = 60_000


def due(deps: Deps) -> list[tuple[int, int]]:
    """Return (site, outbox row) of cancelled sends that may have left a draft at the provider."""
    with deps.sessions.reading() as connection:
        return outbox.to_tidy(connection, deps.clock.now())


def tidy(deps: Deps, site_id: int, outbox_id: int) -> None:
    """Remove what a cancelled send left at the provider; where that fails, try again later."""
    with deps.sessions.reading() as connection:
        row = outbox.get(connection, site_id, outbox_id)
        mailbox = mailboxes.get(connection, site_id, row["mailbox_id"]) if row else None
    if row is None or mailbox is None or row["memo"] is None:
        return
    try:
        thread_id = row["provider_thread_id"]
        connect(deps, mailbox).discard(row["send_key"], row["memo"], thread_id)
        values: dict[str, Any] = {"memo": None}
    except (ConnectorError, InboxError, OSError) as error:
        log.info("draft_not_removed", site_id=site_id, outbox_id=outbox_id, error=str(error))
        values = {"due_at": deps.clock.now() + _TRY_AGAIN_MS}
    with deps.sessions.writing() as connection:
        outbox.change(connection, row, ["cancelled"], values)
