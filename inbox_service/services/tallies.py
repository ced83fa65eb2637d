"""How many tickets stand where, as far as somebody may see them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import Connection

from inbox_service.domain.rights import Viewer
from inbox_service.store import counters, outbox, ticket_views
from inbox_service.store.counters import Bucket
from inbox_service.store.ticket_filter import TicketFilter

# Of what is counted by looking there are few.
_MOST = 100


@dataclass(frozen=True, slots=True)
class Tallies:
    """Counts by name: of every inbox, and of all of them with `mine`, `spam` and `trash`.

    Snoozed tickets are counted as nothing else.

    `outbox` are the tickets with a reply that has not left, `mentions` those with a note that
    mentions the viewer and that he has not read. `teams` are the open ones of each team.
    """

    inboxes: dict[int, Counter[str]] = field(default_factory=dict)
    all: Counter[str] = field(default_factory=Counter)
    teams: Counter[int] = field(default_factory=Counter)

    def of_inbox(self, inbox_id: int) -> Counter[str]:
        """Return one inbox's counts; an inbox without tickets has none."""
        return self.inboxes.get(inbox_id, Counter())


def tally(connection: Connection, viewer: Viewer) -> Tallies:
    """Add up the counters the viewer may see; no ticket is counted for it."""
    tallies = Tallies()
    for bucket, number in counters.read(connection, viewer.site_id):
        if viewer.sees(bucket.inbox_id):
            counts = tallies.inboxes.setdefault(bucket.inbox_id, Counter())
            for name in _names(bucket):
                counts[name] += number
                tallies.all[name] += number
            if _is_mine(bucket, viewer):
                tallies.all["mine"] += number
            if bucket.team_id is not None and _is_open(bucket):
                tallies.teams[bucket.team_id] += number
    tallies.all["outbox"] = outbox.count_unsent(connection, viewer.site_id, viewer.inboxes, _MOST)
    tallies.all["mentions"] = _mentions(connection, viewer)
    return tallies


def _mentions(connection: Connection, viewer: Viewer) -> int:
    if viewer.agent_id is None:
        return 0
    found, _ = ticket_views.count_up_to(connection, viewer, TicketFilter(mentioned=True), _MOST)
    return found


def _names(bucket: Bucket) -> list[str]:
    if bucket.place != "inbox":
        return [bucket.place]
    # Pending tickets wait for the customer, so nobody needs to take them.
    waits_for_somebody = bucket.status == "open" and bucket.assignee_id is None
    return [bucket.status, "unassigned"] if waits_for_somebody else [bucket.status]


def _is_mine(bucket: Bucket, viewer: Viewer) -> bool:
    if viewer.agent_id is None or bucket.assignee_id != viewer.agent_id:
        return False
    return _is_open(bucket)


def _is_open(bucket: Bucket) -> bool:
    return (bucket.place, bucket.status) == ("inbox", "open")
