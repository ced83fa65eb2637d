"""Following a ticket that is somebody else's: its answers are told as those of one's own."""

from __future__ import annotations

from inbox_service.deps import Deps
from inbox_service.errors import Forbidden
from inbox_service.store import events, followers

from . import auth
from .changing import check_not_merged, event_of
from .views import TicketView, view_of, visible_ticket


def follow(deps: Deps, caller: auth.Caller, number: int, *, is_following: bool) -> TicketView:
    """Let the calling agent follow a ticket, or no more; raises Conflict `merged`."""
    with auth.writing(deps, caller) as act:
        # Locked: two clicks at once tell it once.
        ticket = visible_ticket(act, number, lock=True)
        check_not_merged(ticket)
        connection, site_id, agent_id = act.connection, caller.site_id, act.viewer.agent_id
        if agent_id is None:
            raise Forbidden
        known = followers.of_tickets(connection, site_id, [ticket["id"]]).get(ticket["id"], [])
        if is_following == (agent_id in known):
            return view_of(act, ticket)
        if is_following:
            followers.add(connection, site_id, ticket["id"], [agent_id], act.at)
        else:
            followers.remove(connection, site_id, ticket["id"], [agent_id])
        kind = "ticket_followed" if is_following else "ticket_unfollowed"
        events.append(connection, site_id, [event_of(act, ticket, kind, {})], act.at)
        return view_of(act, ticket)
