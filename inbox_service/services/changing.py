"""What a change does to tickets, to one or to many: planned for each, then written for all at once.

A change that a ticket cannot take is refused while it is planned, so that of many tickets only
that one is left out; writing takes a few statements, however many tickets there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import RowMapping

from inbox_service.domain.events import Actor, NewEvent
from inbox_service.domain.moments import rfc3339
from inbox_service.domain.rights import Viewer
from inbox_service.errors import Conflict, Invalid
from inbox_service.store import (
    agents,
    blocked_senders,
    counters,
    events,
    mailbox_views,
    tags,
    tickets,
)

from . import auth
from .archiving import archive_all_solved
from .routing import Routed, reroute
from .views import TicketRow

Changes = Mapping[str, Any]

_EVENT_OF = {
    "assignee_id": "ticket_assigned",
    "team_id": "ticket_team_changed",
    "status": "ticket_status_changed",
    "priority": "ticket_priority_changed",
    "place": "ticket_moved",
    "inbox_id": "ticket_moved",
    "subject": "subject_changed",
}
_OF_TAGS = ("tags", "add_tags", "remove_tags")


@dataclass(frozen=True, slots=True)
class Planned:
    """What will be written to one ticket: columns, tags put on and taken off, and what is told."""

    ticket: TicketRow
    values: Mapping[str, Any]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    told: Sequence[NewEvent]

    @property
    def before(self) -> dict[str, Any]:
        """Return the changes that restore the ticket as it is now."""
        back: dict[str, Any] = {name: self.ticket[name] for name in self.values}
        if self.added:
            back["remove_tags"] = list(self.added)
        if self.removed:
            back["add_tags"] = list(self.removed)
        return back


class Changing:
    """Changes of one agent to locked tickets of one transaction; `write` ends it."""

    def __init__(self, act: auth.Act, rows: Iterable[TicketRow]) -> None:
        """Take the tickets' rows as they are, locked."""
        rows = list(rows)
        self._act = act
        self._site_id = act.viewer.site_id
        self._plans: list[Planned] = []
        self._carried = tags.of_tickets(act.connection, self._site_id, [row["id"] for row in rows])
        # Of agents and teams that were asked for: a hundred tickets ask once.
        self._agents: dict[int, Viewer | None] = {}
        self._teams: dict[int, bool] = {}

    def plan(self, ticket: TicketRow, changes: Changes, *, restores: bool = False) -> Planned:
        """Plan what differs from the ticket's row; the plan is empty where nothing does.

        `changes` maps properties of `tickets.change`, and add_tags, remove_tags and snoozed_until,
        to new values. One that `restores` what was may name any column, and nothing follows from
        it. raises Invalid naming the field, Conflict `merged` or `not_snoozable`.
        """
        wanted = {name: value for name, value in changes.items() if name not in _OF_TAGS}
        differing = {name: value for name, value in wanted.items() if value != ticket[name]}
        self._check(ticket, differing)
        carried = set(self._carried.get(ticket["id"], ()))
        wished = _wished(carried, changes)
        added, removed = sorted(wished - carried), sorted(carried - wished)
        routed = Routed({}, (), [])
        values = differing
        if not restores:
            routed = self._routed({**ticket, **differing}, changes, added, wished)
            values = {**differing, **_consequences(differing, self._act.at), **routed.values}
        told = [*self._told(ticket, differing, added, removed), *routed.told]
        planned = Planned(ticket, values, (*added, *routed.tags), tuple(removed), told)
        if values or added or removed:
            self._plans.append(planned)
        return planned

    def write(self) -> None:
        """Write every plan that is not empty, count it, and tell it."""
        # Lock order (design rule 1): the tickets are locked, counters follow, then new tags; the
        # site's row is last.
        connection, site_id = self._act.connection, self._site_id
        for values, ids in self._alike(lambda one: tuple(sorted(one.values.items()))):
            tickets.write_same(connection, site_id, ids, dict(values))
        deltas: Counter[counters.Bucket] = Counter()
        for one in self._plans:
            counters.shift(deltas, one.ticket, {**one.ticket, **one.values})
        counters.apply(connection, site_id, deltas)
        self._write_tags()
        solved = [one.ticket["id"] for one in self._plans if one.values.get("status") == "solved"]
        if solved:
            archive_all_solved(connection, site_id, solved, self._act.at)
        told = [event for one in self._plans for event in one.told]
        if told:
            events.append(connection, site_id, told, self._act.at)
        self._let_in_again()

    def _write_tags(self) -> None:
        connection, site_id = self._act.connection, self._site_id
        for removed, ids in self._alike(lambda one: one.removed):
            if removed:
                tags.untag(connection, site_id, ids, removed)
        new = {name for one in self._plans for name in one.added}
        tags.ensure(connection, site_id, new, self._act.at)
        for added, ids in self._alike(lambda one: one.added):
            if added:
                tags.put_on_each(connection, site_id, ids, added)

    def _let_in_again(self) -> None:
        """End the blocks that were made from tickets which come back to the inbox."""
        connection, site_id = self._act.connection, self._site_id
        back = {
            one.ticket["id"]: one.ticket
            for one in self._plans
            if one.values.get("place") == "inbox"
        }
        # After the events, which lock the site's row, as whoever blocks does it.
        ended = blocked_senders.remove_of_tickets(connection, site_id, back) if back else ()
        told = [event_of(self._act, back[one], "sender_unblocked", {}) for one in sorted(ended)]
        if told:
            events.append(connection, site_id, told, self._act.at)

    def _alike(self, part: Callable[[Planned], Any]) -> list[tuple[Any, list[int]]]:
        """Return the tickets by what they share."""
        found: dict[Any, list[int]] = {}
        for one in self._plans:
            found.setdefault(part(one), []).append(one.ticket["id"])
        return list(found.items())

    def _check(self, ticket: TicketRow, differing: Changes) -> None:
        """Refuse references to what is not there for this agent; the database would refuse too."""
        if differing:
            check_not_merged(ticket)
        if differing.get("inbox_id") is not None and differing["inbox_id"] not in self._inboxes:
            raise Invalid("There is no such inbox.", field="inbox_id")
        if differing.get("team_id") is not None:
            self._check_team(differing["team_id"])
        after = {**ticket, **differing}
        if differing.get("assignee_id") is not None:
            self._check_assignee(differing["assignee_id"], after["inbox_id"])
        if differing.get("snoozed_until") is not None:
            _check_can_wait(after)

    def _check_team(self, team_id: int) -> None:
        if team_id not in self._teams:
            self._teams[team_id] = agents.team_exists(self._act.connection, self._site_id, team_id)
        if not self._teams[team_id]:
            raise Invalid("There is no such team.", field="team_id")

    def _check_assignee(self, agent_id: int, inbox_id: int) -> None:
        if agent_id not in self._agents:
            self._agents[agent_id] = self._viewer(agent_id)
        viewer = self._agents[agent_id]
        if viewer is None:
            raise Invalid("There is no such agent.", field="assignee_id")
        if not viewer.can_reply or not viewer.sees(inbox_id):
            raise Invalid("This agent does not work in this inbox.", field="assignee_id")

    def _viewer(self, agent_id: int) -> Viewer | None:
        agent = agents.get(self._act.connection, self._site_id, agent_id)
        is_there = agent is not None and agent["state"] == "active"
        return agents.viewer(self._act.connection, agent) if agent and is_there else None

    @cached_property
    def _inboxes(self) -> frozenset[int]:
        seen = mailbox_views.inboxes_seen_by(self._act.connection, self._act.viewer)
        return frozenset(row["id"] for row in seen)

    def _routed(
        self, ticket: Mapping[str, Any], changes: Changes, added: list[str], tagged: set[str]
    ) -> Routed:
        """Let the rules look again at a ticket that was tagged and that nobody has.

        An agent who says in the same breath who gets it has the last word.
        """
        is_nobodys = ticket["team_id"] is None and ticket["assignee_id"] is None
        is_open = ticket["place"] == "inbox" and ticket["status"] != "solved"
        told = "team_id" in changes or "assignee_id" in changes
        if not (added and is_nobodys and is_open) or told or ticket["merged_into"] is not None:
            return Routed({}, (), [])
        return reroute(self._act.connection, ticket, tagged)

    def _told(
        self, ticket: TicketRow, differing: Changes, added: list[str], removed: list[str]
    ) -> list[NewEvent]:
        told = [
            event_of(self._act, ticket, _EVENT_OF[name], _change_of(ticket, name, value))
            for name, value in differing.items()
            if name in _EVENT_OF
        ]
        if "snoozed_until" in differing:
            told.append(self._snooze_told(ticket, differing["snoozed_until"]))
        kinds = (("ticket_tagged", added), ("ticket_untagged", removed))
        told += [event_of(self._act, ticket, kind, {"tags": of}) for kind, of in kinds if of]
        if "inbox_id" in differing:
            # Told in the new inbox too: agents limited to it never saw the ticket before.
            place = (ticket["id"], None, differing["inbox_id"])
            told.append(NewEvent("ticket_arrived", _actor(self._act), *place))
        return told

    def _snooze_told(self, ticket: TicketRow, until: int | None) -> NewEvent:
        if until is None:
            return event_of(self._act, ticket, "ticket_returned", {"by": "agent"})
        return event_of(self._act, ticket, "ticket_snoozed", {"until": rfc3339(until)})


def change_ticket(act: auth.Act, ticket: RowMapping, changes: Changes) -> None:
    """Write what differs from the locked ticket's row, and tell it."""
    changing = Changing(act, [ticket])
    changing.plan(ticket, changes)
    changing.write()


def check_not_merged(ticket: TicketRow) -> None:
    """Refuse to change what has gone into another ticket."""
    if ticket["merged_into"] is not None:
        raise Conflict("This ticket was merged into another: change that one.", code="merged")


def event_of(act: auth.Act, ticket: TicketRow, kind: str, data: Mapping[str, Any]) -> NewEvent:
    """Return the fact that the acting agent did this to the ticket."""
    return NewEvent(kind, _actor(act), ticket["id"], None, ticket["inbox_id"], data)


def _wished(carried: set[str], changes: Changes) -> set[str]:
    """Return the tags that a ticket with these shall have."""
    named = set(changes.get("tags", carried))
    return (named | set(changes.get("add_tags", ()))) - set(changes.get("remove_tags", ()))


def _check_can_wait(ticket: Mapping[str, Any]) -> None:
    check_not_merged(ticket)
    if ticket["place"] != "inbox" or ticket["status"] == "solved":
        raise Conflict(
            "Only a ticket that is open or pending can be snoozed: open it first.",
            code="not_snoozable",
        )


def _consequences(differing: Changes, at: int) -> dict[str, Any]:
    """Return what else changes with a new status; durations are stored when they are known."""
    values: dict[str, Any] = {"solved_at": None} if "status" in differing else {}
    if differing.get("status") == "solved":
        values = {"solved_at": at, "waiting_since": None, "snoozed_until": None}
    if "place" in differing:
        # From then on its days in the trash are counted.
        values["trashed_at"] = at if differing["place"] == "trash" else None
    return values


def _change_of(ticket: TicketRow, name: str, value: Any) -> dict[str, Any]:
    # Every other value is an id or a word of ours; a subject is what somebody wrote.
    return {name: [True] if name == "subject" else [_word(ticket[name]), _word(value)]}


def _actor(act: auth.Act) -> Actor:
    return Actor("agent", act.viewer.agent_id)


def _word(value: Any) -> str | None:
    # Ids leave as text: JavaScript would round them.
    return None if value is None else str(value)
