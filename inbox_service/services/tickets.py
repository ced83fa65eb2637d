"""Changing a ticket's properties: checked, written, counted and told in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping

from inbox_service.deps import Deps
from inbox_service.domain.events import Actor, NewEvent
from inbox_service.errors import Conflict, Invalid, Stale
from inbox_service.store import agents, events, mailbox_views, tags, tickets

from . import auth
from .archiving import archive_solved
from .routing import Routed, reroute
from .views import TicketRow, TicketView, view_of, visible_ticket

Changes = Mapping[str, Any]
Alteration = Callable[[auth.Act, RowMapping], None]

_EVENT_OF = {
    "assignee_id": "ticket_assigned",
    "team_id": "ticket_team_changed",
    "status": "ticket_status_changed",
    "priority": "ticket_priority_changed",
    "place": "ticket_moved",
    "inbox_id": "ticket_moved",
    "subject": "subject_changed",
}


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


def change_ticket(act: auth.Act, ticket: RowMapping, changes: Changes) -> None:
    """Write what differs from the locked ticket's row, and tell it."""
    wanted = {name: value for name, value in changes.items() if name != "tags"}
    differing = {name: value for name, value in wanted.items() if value != ticket[name]}
    _check(act, ticket, differing)
    carried = _tags_of(act, ticket)
    wished = set(changes.get("tags", carried))
    added, removed = sorted(wished - carried), sorted(carried - wished)
    if not differing and not added and not removed:
        return
    routed = _routed(act, {**ticket, **differing}, changes, added, wished)
    values = {**differing, **_consequences(differing, act.at), **routed.values}
    # Lock order (design rule 1): the ticket is locked, counters follow, the site's row is last.
    tickets.change(act.connection, ticket["site_id"], ticket, values)
    tags.untag(act.connection, ticket["site_id"], ticket["id"], removed)
    tags.tag(act.connection, ticket["site_id"], ticket["id"], (*added, *routed.tags), act.at)
    if differing.get("status") == "solved":
        archive_solved(act.connection, ticket["site_id"], ticket["id"], act.at)
    told = [_told(act, ticket, name, value) for name, value in differing.items()]
    told += [*_tags_told(act, ticket, added, removed), *routed.told]
    if "inbox_id" in differing:
        # Told in the new inbox too: agents limited to it never saw the ticket before.
        arrived = NewEvent("ticket_arrived", _actor(act), ticket["id"], None, values["inbox_id"])
        told.append(arrived)
    events.append(act.connection, ticket["site_id"], told, act.at)


def check_not_merged(ticket: TicketRow) -> None:
    """Refuse to change what has gone into another ticket."""
    if ticket["merged_into"] is not None:
        raise Conflict("This ticket was merged into another: change that one.", code="merged")


def event_of(act: auth.Act, ticket: RowMapping, kind: str, data: Mapping[str, Any]) -> NewEvent:
    """Return the fact that the acting agent did this to the ticket."""
    return NewEvent(kind, _actor(act), ticket["id"], None, ticket["inbox_id"], data)


def _check(act: auth.Act, ticket: RowMapping, differing: Changes) -> None:
    """Refuse references to what is not there for this agent; the database would refuse too."""
    connection, site_id = act.connection, ticket["site_id"]
    if differing:
        check_not_merged(ticket)
    if differing.get("inbox_id") is not None:
        known = {row["id"] for row in mailbox_views.inboxes_seen_by(connection, act.viewer)}
        if differing["inbox_id"] not in known:
            raise Invalid("There is no such inbox.", field="inbox_id")
    team_id = differing.get("team_id")
    if team_id is not None and not agents.team_exists(connection, site_id, team_id):
        raise Invalid("There is no such team.", field="team_id")
    if differing.get("assignee_id") is not None:
        inbox_id = differing.get("inbox_id", ticket["inbox_id"])
        _check_assignee(connection, site_id, differing["assignee_id"], inbox_id)


def _check_assignee(connection: Connection, site_id: int, agent_id: int, inbox_id: int) -> None:
    agent = agents.get(connection, site_id, agent_id)
    if agent is None or agent["state"] != "active":
        raise Invalid("There is no such agent.", field="assignee_id")
    viewer = agents.viewer(connection, agent)
    if not viewer.can_reply or not viewer.sees(inbox_id):
        raise Invalid("This agent does not work in this inbox.", field="assignee_id")


def _consequences(differing: Changes, at: int) -> dict[str, Any]:
    """Return what else changes with a new status; durations are stored when they are known."""
    if differing.get("status") == "solved":
        return {"solved_at": at, "waiting_since": None, "snoozed_until": None}
    return {"solved_at": None} if "status" in differing else {}


def _tags_of(act: auth.Act, ticket: RowMapping) -> set[str]:
    return set(
        tags.of_tickets(act.connection, ticket["site_id"], [ticket["id"]]).get(ticket["id"], ())
    )


def _routed(
    act: auth.Act, ticket: Mapping[str, Any], changes: Changes, added: list[str], tagged: set[str]
) -> Routed:
    """Let the rules look again at a ticket that was tagged and that nobody has.

    An agent who says in the same breath who gets it has the last word.
    """
    is_nobodys = ticket["team_id"] is None and ticket["assignee_id"] is None
    is_open = ticket["place"] == "inbox" and ticket["status"] != "solved"
    told = "team_id" in changes or "assignee_id" in changes
    if not (added and is_nobodys and is_open) or told or ticket["merged_into"] is not None:
        return Routed({}, (), [])
    return reroute(act.connection, ticket, tagged)


def _told(act: auth.Act, ticket: RowMapping, name: str, value: Any) -> NewEvent:
    # Every other value is an id or a word of ours; a subject is what somebody wrote.
    data = [True] if name == "subject" else [_word(ticket[name]), _word(value)]
    return event_of(act, ticket, _EVENT_OF[name], {name: data})


def _tags_told(
    act: auth.Act, ticket: RowMapping, added: list[str], removed: list[str]
) -> list[NewEvent]:
    kinds = (("ticket_tagged", added), ("ticket_untagged", removed))
    return [event_of(act, ticket, kind, {"tags": names}) for kind, names in kinds if names]


def _actor(act: auth.Act) -> Actor:
    return Actor("agent", act.viewer.agent_id)


def _word(value: Any) -> str | None:
    # Ids leave as text: JavaScript would round them.
    return None if value is None else str(value)
