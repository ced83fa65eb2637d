"""Tickets that are put out of sight until a time, or until their customer writes.

A customer's message ends the snooze where it is put into its ticket (`Desk.attach`); what follows
here is the agent's wish, and the sweep that lets tickets come back when their time is over.
"""

from __future__ import annotations

from inbox_service.deps import Deps
from inbox_service.domain.events import SYSTEM
from inbox_service.domain.tickets import LONGEST_SNOOZE_MS, after_snooze, standing
from inbox_service.errors import Invalid
from inbox_service.store import tickets

from . import auth
from .desk import Desk
from .tickets import change
from .views import TicketView

# Of one sweep; the next takes the rest.
MOST_RETURNED = 200


def snooze(
    deps: Deps, caller: auth.Caller, number: int, version: int, until: int | None
) -> TicketView:
    """Put a ticket that is still at `version` out of sight until a time, None to end that.

    raises Invalid for a time that is past or more than a year away, Conflict `not_snoozable` where
    the ticket is solved or not in the inbox, Stale.
    """
    check_time(until, deps.clock.now())
    return change(deps, caller, number, version, {"snoozed_until": until})


def return_due(deps: Deps) -> int:
    """Let the tickets come back whose time is over; return how many did."""
    with deps.sessions.reading() as connection:
        due = tickets.snoozed_until(connection, deps.clock.now(), MOST_RETURNED)
    return sum(_return(deps, site_id, ticket_id) for site_id, ticket_id in due)


def _return(deps: Deps, site_id: int, ticket_id: int) -> bool:
    with deps.sessions.writing() as connection:
        desk = Desk(connection, site_id, deps.clock.now())
        desk.load([ticket_id])
        ticket = desk.tickets[ticket_id]
        until, is_hidden = ticket["snoozed_until"], standing(ticket) == "snoozed"
        if until is None or until > desk.now:
            # Another scheduler was faster, or somebody changed his mind.
            return False
        if not is_hidden or ticket["merged_into"] is not None:
            # It was thrown away, or went into another ticket: nobody is to be disturbed.
            ticket["snoozed_until"] = None
        else:
            ticket.update(after_snooze(desk.now))
            desk.record("ticket_returned", SYSTEM, ticket, by="time")
        desk.flush()
    return is_hidden


def check_time(until: int | None, now: int) -> None:
    """Refuse a time to come back that nobody can mean; None is no time."""
    if until is None:
        return
    if until <= now:
        raise Invalid("Choose a time that is still to come.", code="time_past", field="until")
    if until > now + LONGEST_SNOOZE_MS:
        raise Invalid("Choose a time within a year from now.", code="time_too_far", field="until")
