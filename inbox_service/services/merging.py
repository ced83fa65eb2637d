"""Tickets that an agent makes one, and two again.

The messages go to the other ticket with all that leads to them, and remember where they were; mail
for the ticket that went finds the other one (`Candidates`). The event tells which messages went, so
that a merge can be undone exactly, also the machine's (ADR 7) and one that others followed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping

from inbox_service.deps import Deps
from inbox_service.domain.events import Actor
from inbox_service.domain.merging import after_merge, changes_of, people_in, state_before
from inbox_service.errors import Conflict, Invalid, NotFound, Stale
from inbox_service.store import followers, inboxes, merging, neighbourhoods, tags, tickets

from . import auth
from .changing import check_not_merged
from .desk import Desk, Row
from .moving import Moving, texts
from .views import TicketView, view_of, visible_ticket


def merge(deps: Deps, caller: auth.Caller, number: int, version: int, into: int) -> TicketView:
    """Put all messages of a ticket that is still at `version` into the ticket numbered `into`.

    raises Stale; Invalid naming `into`; Conflict `merged`, or `not_mergeable` where one of the two
    is not in the inbox or its customer was erased.
    """
    if number == into:
        raise Invalid("A ticket cannot go into itself: name another one.", field="into")
    with auth.writing(deps, caller) as act:
        pair = _load(act, number, into, version)
        for ticket in (pair.source, pair.target):
            check_not_merged(ticket)
            _check_place(ticket)
        _merge(pair)
        return view_of(act, visible_ticket(act, number))


def unmerge(deps: Deps, caller: auth.Caller, number: int, version: int) -> TicketView:
    """Give a ticket back the messages that went into another one, whoever put them there.

    What was written since stays where it is. raises Stale, Conflict `not_merged`.
    """
    with auth.writing(deps, caller) as act:
        source = visible_ticket(act, number)
        if source["merged_into"] is None:
            raise Conflict("This ticket is in no other one.", code="not_merged")
        into = tickets.get(act.connection, caller.site_id, source["merged_into"])
        pair = _load(act, number, into["number"] if into else 0, version)
        if pair.source["merged_into"] != pair.target["id"]:
            raise Stale(ticket=view_of(act, pair.source))
        _unmerge(pair)
        return view_of(act, visible_ticket(act, number))


def _load(act: auth.Act, number: int, into: int, version: int) -> Moving:
    source, target = visible_ticket(act, number), _target(act, into)
    desk = Desk(act.connection, act.viewer.site_id, act.at)
    desk.load([source["id"], target["id"]])
    locked = desk.tickets[source["id"]]
    if locked["version"] != version:
        raise Stale(ticket=view_of(act, locked))
    rows = merging.messages_of(act.connection, desk.site_id, [source["id"], target["id"]])
    actor = Actor("agent", act.viewer.agent_id)
    return Moving(desk, actor, locked, desk.tickets[target["id"]], rows)


def _target(act: auth.Act, number: int) -> RowMapping:
    try:
        return visible_ticket(act, number)
    except NotFound as error:
        raise Invalid(str(error), code="no_such_ticket", field="into") from error


def _check_place(ticket: Row) -> None:
    if ticket["place"] != "inbox" or ticket["erased_at"] is not None:
        raise Conflict(
            f"Ticket {ticket['number']} is not in the inbox: move it back first.",
            code="not_mergeable",
        )


def _merge(pair: Moving) -> None:
    desk, source, target = pair.desk, pair.source, pair.target
    went = [row["id"] for row in pair.of(source)]
    followed = merging.merged_into(desk.connection, desk.site_id, source["id"])
    before = dict(target)
    for person in merging.people_of(desk.connection, desk.site_id, source["id"]):
        desk.add_people(target["id"], {person["email"]: person["name"]}, person["role"])
    joined = _let_followers_join(pair)
    carried = _carry_tags(pair)
    begun = merging.move_drafts(desk.connection, desk.site_id, source["id"], target["id"])
    pair.move(went, target["id"])
    target.update(after_merge(source))
    source["merged_into"] = target["id"]
    if target["suggested_ticket_id"] == source["id"]:
        target["suggested_ticket_id"] = None
    pair.tell_anew()
    pair.move_sends()
    neighbourhoods.follow_on(desk.connection, desk.site_id, source["id"], target["id"])
    data: dict[str, Any] = {
        "into": str(target["id"]),
        "messages": texts(went),
        "followed": texts(followed),
    }
    data |= {"tags": carried, "drafts": [[str(one["agent_id"]), one["kind"]] for one in begun]}
    data |= {"followers": texts(joined), "was": changes_of(before, target), **_named(target)}
    desk.record("ticket_merged", pair.actor, source, **data)
    desk.record("messages_merged", pair.actor, target, **_named(source))
    desk.flush()


def _let_followers_join(pair: Moving) -> list[int]:
    """Let who follows the source follow the target; return whom it is new to."""
    desk, source, target = pair.desk, pair.source["id"], pair.target["id"]
    known = followers.of_tickets(desk.connection, desk.site_id, [source, target])
    joined = [one for one in known.get(source, ()) if one not in known.get(target, ())]
    followers.add(desk.connection, desk.site_id, target, joined, desk.now)
    return joined


def _carry_tags(pair: Moving) -> list[str]:
    """Put the source's tags on the target; return those that are new to it."""
    desk, source, target = pair.desk, pair.source["id"], pair.target["id"]
    known = tags.of_tickets(desk.connection, desk.site_id, [source, target])
    carried = sorted(set(known.get(source, ())) - set(known.get(target, ())))
    if carried:
        tags.put_on(desk.connection, desk.site_id, target, carried)
    return carried


def _unmerge(pair: Moving) -> None:
    desk, source, target = pair.desk, pair.source, pair.target
    told = merging.last_merge(desk.connection, desk.site_id, source["id"])
    went = _went(told, pair)
    pair.move(went, source["id"])
    source["merged_into"] = None
    target.update(state_before(target, told.get("was", {})))
    _part_people(pair)
    joined = [int(one) for one in told.get("followers", ())]
    followers.remove(desk.connection, desk.site_id, target["id"], joined)
    tags.untag(desk.connection, desk.site_id, [target["id"]], told.get("tags", ()))
    for agent_id, kind in told.get("drafts", ()):
        draft = {"agent_id": int(agent_id), "kind": kind}
        merging.move_draft_back(desk.connection, desk.site_id, source["id"], target["id"], draft)
    pair.lead_threads(went, source)
    pair.tell_anew()
    pair.move_sends()
    followed = [int(one) for one in told.get("followed", ())]
    merging.follow_back(desk.connection, desk.site_id, followed, target["id"], source["id"])
    desk.record("ticket_unmerged", pair.actor, source, **_named(target))
    desk.record("messages_unmerged", pair.actor, target, **_named(source))
    desk.flush()


def _went(told: Mapping[str, Any], pair: Moving) -> list[int]:
    """Return the messages that the merge took away, as far as they are in the target still."""
    # Merges of before messages were told: what began here.
    named = {int(one) for one in told.get("messages", ())}
    return [
        row["id"]
        for row in pair.of(pair.target)
        if (row["id"] in named if named else row["origin_ticket_id"] == pair.source["id"])
    ]


def _part_people(pair: Moving) -> None:
    """Let take part in each of the two who takes part in its messages."""
    desk, source, target = pair.desk, pair.source, pair.target
    own = inboxes.own_addresses(desk.connection, desk.site_id)
    theirs, others = people_in(pair.of(source), own), people_in(pair.of(target), own)
    for email, (name, role) in theirs.items():
        desk.add_people(source["id"], {email: name}, role)
    left = set(theirs) | set(desk.participants[source["id"]])
    tickets.remove_participants(desk.connection, desk.site_id, target["id"], left - set(others))


def _named(ticket: Row) -> dict[str, Any]:
    return {"other": str(ticket["id"]), "other_number": ticket["number"]}
