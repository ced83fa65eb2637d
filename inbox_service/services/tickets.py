"""Changing a ticket's properties: checked, written, counted and told in one transaction."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import RowMapping

from inbox_service.deps import Deps
from inbox_service.errors import Stale

from . import auth
from .changing import Changes, change_ticket
from .views import TicketView, view_of, visible_ticket

Alteration = Callable[[auth.Act, RowMapping], None]


def change(
    deps: Deps, caller: auth.Caller, number: int, version: int, changes: Changes
) -> TicketView:
    """Change properties of a ticket that is still at `version`, for the calling agent.

    `changes` maps any of status, assignee_id, team_id, priority, subject, tags (a list of names),
    place and inbox_id to its new value. raises Stale where the ticket was changed since, Invalid
    naming the field. A change to what already is changes nothing, not even the version.
    """
    return alter(
        deps, caller, number, version, lambda act, ticket: change_ticket(act, ticket, changes)
    )


def alter(
    deps: Deps, caller: auth.Caller, number: int, version: int, alteration: Alteration
) -> TicketView:
    """Let `alteration` write to a locked ticket that is still at `version`, and return it after.

    raises Stale, with the ticket as it is, where it was changed since.
    """
    with auth.writing(deps, caller) as act:
        ticket = visible_ticket(act, number, lock=True)
        if ticket["version"] != version:
            raise Stale(ticket=view_of(act, ticket))
        alteration(act, ticket)
        return view_of(act, visible_ticket(act, number))
