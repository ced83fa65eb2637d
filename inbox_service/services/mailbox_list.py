"""Mailboxes as the desk shows them: what each is doing, and which inboxes it feeds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping

from inbox_service.deps import Deps
from inbox_service.errors import NotFound
from inbox_service.store import feeds, mailbox_views, parked, receipts, reconciliations
from inbox_service.store.rows import Row

from . import auth, managers, push
from .progress import look_of, progress_of

# Enough to see the first messages appear; more is the back-fill's to count.
MOST_FIRST_MESSAGES = 100
# Beyond it the screen says "999+".
MOST_PARKED = 1000


def list_mailboxes(deps: Deps, caller: auth.Caller) -> list[dict[str, Any]]:
    """Return the connected mailboxes that feed what the caller sees."""
    with auth.reading(deps, caller) as act:
        return _shown(deps, act, mailbox_views.seen_by(act.connection, act.viewer))


def show_mailbox(deps: Deps, caller: auth.Caller, mailbox_id: int) -> dict[str, Any]:
    """Return one connected mailbox, as its manager sees it; raises NotFound."""
    with managers.reading(deps, caller) as act:
        rows = mailbox_views.all_of(act.connection, caller.site_id)
        found = _shown(deps, act, [row for row in rows if row["id"] == mailbox_id])
    if not found:
        raise NotFound("There is no such mailbox here.", code="mailbox_not_found")
    return found[0]


def _shown(deps: Deps, act: auth.Act, rows: Sequence[RowMapping]) -> list[dict[str, Any]]:
    # Asked once for all mailboxes; a limited viewer learns of the inboxes it sees only.
    fed, pushed = _fed(act), push.states(act.connection, act.viewer.site_id, act.at)
    return [
        {
            **row,
            "cursor_age_s": _age_s(row["live_cursor_at"], act.at),
            "inboxes": fed.get(row["id"], []),
            "push": pushed.get(row["id"], push.OFF),
            "units_per_minute": deps.settings.gmail_units_per_minute or None,
            **_done(act, row),
        }
        for row in rows
    ]


def _done(act: auth.Act, row: RowMapping) -> dict[str, Any]:
    """Return what was read of a mailbox, and what became of it."""
    connection, site_id, mailbox_id = act.connection, act.viewer.site_id, row["id"]
    return {
        "backfill": progress_of(connection, site_id, dict(row), act.at),
        "look": look_of(connection, site_id, dict(row)),
        "first_messages": receipts.count_some(connection, site_id, mailbox_id, MOST_FIRST_MESSAGES),
        "parked": parked.count(connection, site_id, mailbox_id, MOST_PARKED),
        "comparison": _comparison(reconciliations.get(connection, site_id, mailbox_id)),
    }


def _comparison(row: Row | None) -> dict[str, Any] | None:
    """Return the last comparison with the provider that ended, and why a later one failed."""
    if row is None or row["result"] is None:
        return None
    return {**row["result"], "error": row["error"], "is_running": row["started_at"] is not None}


def _fed(act: auth.Act) -> dict[int, list[dict[str, Any]]]:
    """Return the inboxes of each mailbox that the viewer sees, the default one first."""
    found: dict[int, list[dict[str, Any]]] = {}
    for feed in feeds.of_site(act.connection, act.viewer.site_id):
        if act.viewer.sees(feed["inbox_id"]):
            shown = {"id": feed["inbox_id"], "name": feed["name"], "colour": feed["colour"]}
            shown["address"] = feed["email"]
            found.setdefault(feed["mailbox_id"], []).append(shown)
    return found


def _age_s(noted_at: int | None, now: int) -> int | None:
    return None if noted_at is None else max(0, now - noted_at) // 1000
