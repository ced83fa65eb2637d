"""Tickets deleted for good, with all that was said in them.

What is left are numbers: the ticket's row, which nobody sees any more, those of its messages
without their words, the events, which never held any, and the receipts as tombstones, so that no
sync brings the mail back (design: Receipt). The provider's own copies stay where they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping

from inbox_service.deps import Deps
from inbox_service.domain.events import SYSTEM, Actor, NewEvent
from inbox_service.errors import Conflict, Stale
from inbox_service.store import deleting as store
from inbox_service.store import erasing, events, sites, tickets

from . import auth, managers
from .erasing import EMPTY
from .privacy import sweep_bytes
from .views import view_of, visible_ticket

_DAY = 86_400_000
# Of one sweep; the next takes the rest.
MOST_SWEPT = 100


@dataclass(frozen=True, slots=True)
class Contents:
    """What deleting a ticket removes, counted."""

    messages: int
    notes: int
    files: int
    drafts: int


def contents_of(deps: Deps, caller: auth.Caller, number: int) -> Contents:
    """Return what would be gone with a ticket; raises Forbidden `managers_only`."""
    with managers.reading(deps, caller) as act:
        ticket = visible_ticket(act, number)
        counted = store.count(act.connection, caller.site_id, ticket["id"])
    return Contents(**counted)


def delete(deps: Deps, caller: auth.Caller, number: int, version: int) -> None:
    """Delete a ticket of the trash that is still at `version`, for good.

    raises Stale; Forbidden `managers_only`; Conflict `not_in_trash`, or `being_sent` where a mail
    of it is on its way just now.
    """
    with managers.writing(deps, caller) as act:
        ticket = visible_ticket(act, number, lock=True)
        if ticket["version"] != version:
            raise Stale(ticket=view_of(act, ticket))
        if ticket["place"] != "trash":
            raise Conflict(
                "Only what is in the trash is deleted for good: move it there first.",
                code="not_in_trash",
            )
        if not _delete(act.connection, ticket, Actor("agent", act.viewer.agent_id), act.at):
            raise Conflict("A mail of it is being sent: try again in a minute.", code="being_sent")
    sweep_bytes(deps)


def set_trash_days(deps: Deps, caller: auth.Caller, days: int | None) -> None:
    """Delete what was thrown away so many days ago from now on; None keeps it."""
    with managers.writing(deps, caller) as act:
        sites.write(act.connection, caller.site_id, {"empty_trash_days": days})


def trash_days(deps: Deps, caller: auth.Caller) -> int | None:
    """Return after how many days the trash is emptied, None for never."""
    with auth.reading(deps, caller) as act:
        site = sites.get(act.connection, caller.site_id)
    days: int | None = site["empty_trash_days"] if site else None
    return days


def empty_trashes(deps: Deps) -> int:
    """Delete what has been in the trash for longer than its site wants; return how many."""
    now = deps.clock.now()
    with deps.sessions.reading() as connection:
        due = store.due(connection, now, _DAY, MOST_SWEPT)
    swept = sum(_sweep(deps, site_id, ticket_id, now) for site_id, ticket_id in due)
    if swept:
        sweep_bytes(deps)
    return swept


def _sweep(deps: Deps, site_id: int, ticket_id: int, now: int) -> bool:
    with deps.sessions.writing() as connection:
        ticket = tickets.get(connection, site_id, ticket_id, lock=True)
        # It may have been taken out a moment ago.
        if ticket is None or ticket["place"] != "trash" or ticket["deleted_at"] is not None:
            return False
        return _delete(connection, ticket, SYSTEM, now)


def _delete(connection: Connection, ticket: RowMapping, actor: Actor, now: int) -> bool:
    """Delete a locked ticket and those that went into it; False where a mail of it is under way."""
    site_id, ticket_id = ticket["site_id"], ticket["id"]
    if erasing.is_being_sent(connection, site_id, ticket_id, now):
        return False
    parts = [ticket, *store.merged_into(connection, site_id, ticket_id)]
    for part in parts:
        ids, blobs = store.empty_messages(connection, site_id, part["id"], EMPTY, now)
        blobs |= store.drop_all(connection, site_id, part["id"], ids, now)
        erasing.doom(connection, site_id, blobs, now)
        # Lock order (design rule 1): the ticket is locked, counters follow, the site's row is last.
        tickets.change(connection, site_id, part, _left_of(part, ticket_id, now))
    told = NewEvent("ticket_deleted", actor, ticket_id, None, ticket["inbox_id"])
    events.append(connection, site_id, [told], now)
    return True


def _left_of(part: RowMapping, ticket_id: int, now: int) -> dict[str, Any]:
    """Return what the row says from now on."""
    return {
        "subject": "",
        "snippet": "",
        "has_attachments": False,
        "assignee_id": None,
        "team_id": None,
        "suggested_ticket_id": None,
        "snoozed_until": None,
        "waiting_since": None,
        # As one that went into another ticket, it stands in no list and is counted nowhere.
        "merged_into": ticket_id,
        "erased_at": part["erased_at"] or now,
        "deleted_at": now,
    }
