"""What is new since a moment ago: asked every few seconds by every open screen, so it is cheap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from inbox_service.deps import Deps
from inbox_service.errors import Gone
from inbox_service.ports import Presence
from inbox_service.store import agents, ticket_views, tickets, timeline
from inbox_service.store.rows import Row

from . import auth
from .agents import rights_of
from .feed import EventView, name_all
from .health import troubles
from .tallies import Tallies, tally
from .views import Named

# A screen further behind than this reads its list again sooner than it reads the hints.
MOST_HINTS = 200
MOST_BEHIND = 2_000


@dataclass(frozen=True, slots=True)
class There:
    """A colleague at a ticket; `mode` is "viewing" or "replying"."""

    ticket_number: int
    agent: Named
    mode: str


@dataclass(frozen=True, slots=True)
class News:
    """What is new: `seq` is where the next question goes on from.

    `rights` is what the caller may do and see at this moment, as `agents.rights_of` tells it;
    `troubles` are the mailboxes behind the caller's inboxes that are not being read.
    """

    seq: int
    rights: dict[str, Any]
    hints: Sequence[EventView]
    counts: Tallies
    presence: Sequence[There]
    troubles: Sequence[Row]


def news(
    deps: Deps, caller: auth.Caller, after: int | None, viewing: int | None, mode: str | None
) -> News:
    """Return what the caller may see of what happened after `after`, None for from now on.

    Tells where the caller is, too. It writes no row, so it spends no token: a replay within the
    token's minute would say again what was true. raises Gone `reload` where `after` is too old to
    be answered by hints, or newer than anything here (the database was restored).
    """
    with auth.reading(deps, caller) as act:
        last = timeline.last_seq(act.connection, caller.site_id)
        rows = []
        if after is not None and after != last:
            _check_reach(after, last)
            # One more than would be told: with it, this screen is too far behind for hints.
            rows = list(timeline.feed(act.connection, act.viewer, after, last, MOST_HINTS + 1))
            if len(rows) > MOST_HINTS:
                raise _reload(last)
        there = _mark(deps, act, viewing, mode)
        return News(
            last,
            rights_of(act.viewer),
            name_all(act, rows) if rows else [],
            tally(act.connection, act.viewer),
            _named(act, there),
            troubles(act),
        )


def _check_reach(after: int, last: int) -> None:
    if after > last or last - after > MOST_BEHIND:
        raise _reload(last)


def _reload(last: int) -> Gone:
    return Gone("Too much happened since: load the list again.", code="reload", seq=last)


def _mark(deps: Deps, act: auth.Act, viewing: int | None, mode: str | None) -> list[Presence]:
    """Note where the caller is and return everybody else."""
    agent_id = act.viewer.agent_id or 0
    ticket = tickets.by_number(act.connection, act.viewer.site_id, viewing) if viewing else None
    # A ticket that is not seen counts as nowhere: presence would tell that it exists.
    here = None
    if ticket is not None and mode is not None and act.viewer.sees(ticket["inbox_id"]):
        here = Presence(agent_id, ticket["id"], mode)
    deps.presence.mark(act.viewer.site_id, here, agent_id)
    everybody = deps.presence.present(act.viewer.site_id)
    return [presence for presence in everybody if presence.agent_id != agent_id]


def _named(act: auth.Act, there: Sequence[Presence]) -> list[There]:
    ids = {presence.ticket_id for presence in there}
    numbers = ticket_views.numbers_of(act.connection, act.viewer, ids)
    names = agents.names(act.connection, act.viewer.site_id, (one.agent_id for one in there))
    return [
        There(numbers[one.ticket_id], Named(one.agent_id, names[one.agent_id]), one.mode)
        for one in there
        if one.ticket_id in numbers and one.agent_id in names
    ]
