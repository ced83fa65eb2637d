"""What happened: the site's feed and a ticket's timeline, with names instead of ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping

from inbox_service.deps import Deps
from inbox_service.store import agents, ticket_views, timeline

from . import auth
from .views import Page, visible_ticket


@dataclass(frozen=True, slots=True)
class EventView:
    """An event's row, its ticket's number, and its actor's name."""

    row: RowMapping
    ticket_number: int | None
    actor_name: str


def list_ticket_events(
    deps: Deps, caller: auth.Caller, number: int, after: tuple[int, ...] | None, limit: int
) -> Page[EventView]:
    """Return the ticket's events, oldest first."""
    with auth.reading(deps, caller) as act:
        ticket = visible_ticket(act, number)
        start = after[0] if after else 0
        rows = timeline.events_of(act.connection, caller.site_id, ticket["id"], start, limit + 1)
        shown = name_all(act, rows[:limit])
    return Page(shown, (rows[limit - 1]["seq"],) if len(rows) > limit else None)


def list_events(
    deps: Deps, caller: auth.Caller, after: int, limit: int
) -> tuple[list[EventView], int]:
    """Return the events after `after` that the caller may see, and where to go on."""
    with auth.reading(deps, caller) as act:
        # Read first: what is committed between the two queries stays for the next call.
        last = timeline.last_seq(act.connection, caller.site_id)
        rows = timeline.feed(act.connection, act.viewer, after, last, limit)
        shown = name_all(act, rows)
    # A part that is not full ends at the last event there is, seen by the caller or not.
    return shown, rows[-1]["seq"] if len(rows) == limit else max(last, after)


def name_all(act: auth.Act, rows: Sequence[RowMapping]) -> list[EventView]:
    """Return events with the numbers and names that stand for their ids."""
    connection, site_id = act.connection, act.viewer.site_id
    tickets = {row["ticket_id"] for row in rows if row["ticket_id"] is not None}
    numbers = ticket_views.numbers_of(connection, act.viewer, tickets)
    names = {"agent": agents.names, "customer": timeline.customer_names}
    known = {kind: find(connection, site_id, _actors(rows, kind)) for kind, find in names.items()}
    return [
        EventView(
            row,
            numbers.get(row["ticket_id"]),
            known.get(row["actor_type"], {}).get(row["actor_id"], ""),
        )
        for row in rows
    ]


def _actors(rows: Sequence[RowMapping], kind: str) -> list[int]:
    return [row["actor_id"] for row in rows if row["actor_type"] == kind and row["actor_id"]]
