"""What follows from events: acknowledgements at once, and notices to agents a minute later.

Each event is looked at once, in its order: how far we are stands in the database, and moves in the
transaction that writes what follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog
from sqlalchemy import Connection

from inbox_service.deps import Deps
from inbox_service.domain.notices import DEFAULT_KINDS, Happened, Reader, notices_of
from inbox_service.errors import InboxError
from inbox_service.store import agents, followers
from inbox_service.store import notices as store
from inbox_service.store.ids import new_id
from inbox_service.store.rows import Row

from . import acknowledging, agent_notices, mailed_answers
from .notices import queue_notice

log = structlog.get_logger()

_DEEDS: Mapping[str, Callable[[Deps, int, Mapping[str, Any]], None]] = {
    "notice_answered": mailed_answers.take,
    "notice_bounced": agent_notices.tell_managers,
}
# What came in this long ago is told nobody any more: an outage is over, and the desk shows it.
LATE_MS = 24 * 3_600_000


def look_after(deps: Deps) -> dict[str, int]:
    """Look at new events, and mail the notices whose minute is over; return how many of each."""
    with deps.sessions.reading() as connection:
        behind = store.behind(connection)
    events = sum(_look(deps, site_id, seq) for site_id, seq in behind)
    return {"events": events, "mails": agent_notices.send_ripe(deps)}


def _look(deps: Deps, site_id: int, before: int) -> int:
    now = deps.clock.now()
    with deps.sessions.reading() as connection:
        events = store.events_after(connection, site_id, before)
        readers = _readers(connection, site_id)
        told = {one["ticket_id"] for one in events if one["ticket_id"] is not None}
        following = followers.of_tickets(connection, site_id, told)
    recent = [one for one in events if one["at"] > now - LATE_MS and one["ticket_inbox_id"]]
    for one in events:
        if one["kind"] in _DEEDS:
            _do(deps, site_id, one)
    opened = [one["ticket_id"] for one in recent if _asks(one)]
    prepared = [(one, _acknowledgement(deps, site_id, one)) for one in opened]
    with deps.sessions.writing() as connection:
        if not events or not store.looked_at(connection, site_id, before, events[-1]["seq"]):
            return 0
        store.add_pending(connection, _pending(site_id, recent, readers, following, now))
        queued = [
            queue_notice(connection, deps, notice, ticket_id)
            for ticket_id, notice in prepared
            if notice is not None
        ]
    for row_id in queued:
        if row_id is not None:
            deps.queue.hint("deliver", site_id, row_id)
    return len(events)


def _do(deps: Deps, site_id: int, event: Row) -> None:
    try:
        _DEEDS[event["kind"]](deps, site_id, event["data"])
    except (InboxError, OSError):
        # An answer that could not be taken in stays on the parked shelf, where people see it.
        log.exception("event_not_followed", site_id=site_id, seq=event["seq"])


def _asks(event: Row) -> bool:
    return event["kind"] == "ticket_opened" and not event["data"].get("history")


def _acknowledgement(deps: Deps, site_id: int, ticket_id: int) -> Any:
    try:
        return acknowledging.prepare(deps, site_id, ticket_id)
    except (InboxError, OSError):
        # One request that cannot be thanked for keeps back no other's.
        log.exception("acknowledgement_failed", site_id=site_id, ticket_id=ticket_id)
        return None


def _readers(connection: Connection, site_id: int) -> list[Reader]:
    chosen, teams = store.settings_of(connection, site_id), store.teams_of(connection, site_id)
    return [
        Reader(
            agent["id"],
            agents.viewer(connection, agent),
            frozenset(teams.get(agent["id"], ())),
            frozenset(chosen[agent["id"]]["kinds"] if agent["id"] in chosen else DEFAULT_KINDS),
        )
        for agent in agents.all_active(connection, site_id)
    ]


def _pending(
    site_id: int,
    events: Sequence[Row],
    readers: Sequence[Reader],
    following: Mapping[int, Sequence[int]],
    now: int,
) -> list[dict[str, Any]]:
    # The mail that opens a ticket is told as such, and not as an answer too.
    opened = {(one["ticket_id"], one["at"]) for one in events if one["kind"] == "ticket_opened"}
    return [
        {
            "site_id": site_id,
            "id": new_id(now),
            "agent_id": agent_id,
            "ticket_id": event["ticket_id"],
            "message_id": event["message_id"],
            "kind": kind,
            "at": now,
        }
        for event in events
        for agent_id, kind in notices_of(_happened(event, opened, following), readers)
    ]


def _happened(
    event: Row, opened: set[tuple[int, int]], following: Mapping[int, Sequence[int]]
) -> Happened:
    return Happened(
        event["kind"],
        event["actor_type"],
        event["actor_id"],
        event["data"],
        event["ticket_inbox_id"],
        event["team_id"],
        event["assignee_id"],
        opens=(event["ticket_id"], event["at"]) in opened,
        followers=frozenset(following.get(event["ticket_id"], ())),
    )
