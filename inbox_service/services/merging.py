"""Tickets that an agent makes one, and two again.

The messages go to the other ticket with all that leads to them, and remember where they were; mail
for the ticket that went finds the other one (`Candidates`). The event tells which messages went, so
that a merge can be undone exactly, also the machine's (ADR 7) and one that others followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import RowMapping

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.domain.events import Actor
from inbox_service.domain.merging import after_merge, changes_of, people_in, state_before, told_by
from inbox_service.errors import Conflict, Invalid, NotFound, Stale
from inbox_service.store import followers, inboxes, merging, messages, neighbourhoods, tickets
from inbox_service.store.threads import message_id_hash

from . import auth
from .changing import check_not_merged
from .desk import Desk, Row
from .views import TicketView, view_of, visible_ticket


@dataclass
class _Merge:
    """Two locked tickets, the messages of both, and who acts."""

    desk: Desk
    actor: Actor
    source: Row
    target: Row
    rows: Sequence[Row]
    place: dict[int, int]
    moves: dict[int, int] = field(default_factory=dict)

    def move(self, ids: Iterable[int], ticket_id: int) -> None:
        """Put messages into a ticket with the keys that lead to them."""
        wanted = set(ids)
        for row in self.rows:
            if row["id"] in wanted:
                self.place[row["id"]] = self.moves[row["id"]] = ticket_id
                leads = row["reference_ids"] if row["believed"] is not False else ()
                hashes = [message_id_hash(one) for one in (row["rfc_message_id"], *leads) if one]
                self.desk.move(row["id"], ticket_id, hashes)

    def of(self, ticket: Row) -> list[Row]:
        """Return the messages that are in a ticket now, oldest first."""
        return [row for row in self.rows if self.place[row["id"]] == ticket["id"]]


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


def _load(act: auth.Act, number: int, into: int, version: int) -> _Merge:
    source, target = visible_ticket(act, number), _target(act, into)
    desk = Desk(act.connection, act.viewer.site_id, act.at)
    desk.load([source["id"], target["id"]])
    locked = desk.tickets[source["id"]]
    if locked["version"] != version:
        raise Stale(ticket=view_of(act, locked))
    rows = merging.messages_of(act.connection, desk.site_id, [source["id"], target["id"]])
    place = {row["id"]: row["ticket_id"] for row in rows}
    actor = Actor("agent", act.viewer.agent_id)
    return _Merge(desk, actor, locked, desk.tickets[target["id"]], rows, place)


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


def _merge(pair: _Merge) -> None:
    desk, source, target = pair.desk, pair.source, pair.target
    went = [row["id"] for row in pair.of(source)]
    followed = merging.merged_into(desk.connection, desk.site_id, source["id"])
    before = dict(target)
    for person in merging.people_of(desk.connection, desk.site_id, source["id"]):
        desk.add_people(target["id"], {person["email"]: person["name"]}, person["role"])
    joined = _let_followers_join(pair)
    pair.move(went, target["id"])
    target.update(after_merge(source))
    source["merged_into"] = target["id"]
    if target["suggested_ticket_id"] == source["id"]:
        target["suggested_ticket_id"] = None
    _write(pair)
    neighbourhoods.follow_on(desk.connection, desk.site_id, source["id"], target["id"])
    data: dict[str, Any] = {
        "into": str(target["id"]),
        "messages": _texts(went),
        "followed": _texts(followed),
    }
    data |= {"followers": _texts(joined), "was": changes_of(before, target), **_named(target)}
    desk.record("ticket_merged", pair.actor, source, **data)
    desk.record("messages_merged", pair.actor, target, **_named(source))
    desk.flush()


def _let_followers_join(pair: _Merge) -> list[int]:
    """Let who follows the source follow the target; return whom it is new to."""
    desk, source, target = pair.desk, pair.source["id"], pair.target["id"]
    known = followers.of_tickets(desk.connection, desk.site_id, [source, target])
    joined = [one for one in known.get(source, ()) if one not in known.get(target, ())]
    followers.add(desk.connection, desk.site_id, target, joined, desk.now)
    return joined


def _unmerge(pair: _Merge) -> None:
    desk, source, target = pair.desk, pair.source, pair.target
    told = merging.last_merge(desk.connection, desk.site_id, source["id"])
    went = _went(told, pair)
    pair.move(went, source["id"])
    source["merged_into"] = None
    target.update(state_before(target, told.get("was", {})))
    _part_people(pair)
    joined = [int(one) for one in told.get("followers", ())]
    followers.remove(desk.connection, desk.site_id, target["id"], joined)
    _lead_threads(pair, went)
    _write(pair)
    followed = [int(one) for one in told.get("followed", ())]
    merging.follow_back(desk.connection, desk.site_id, followed, target["id"], source["id"])
    desk.record("ticket_unmerged", pair.actor, source, **_named(target))
    desk.record("messages_unmerged", pair.actor, target, **_named(source))
    desk.flush()


def _went(told: Mapping[str, Any], pair: _Merge) -> list[int]:
    """Return the messages that the merge took away, as far as they are in the target still."""
    # Merges of before messages were told: what began here.
    named = {int(one) for one in told.get("messages", ())}
    return [
        row["id"]
        for row in pair.of(pair.target)
        if (row["id"] in named if named else row["origin_ticket_id"] == pair.source["id"])
    ]


def _part_people(pair: _Merge) -> None:
    """Let take part in each of the two who takes part in its messages."""
    desk, source, target = pair.desk, pair.source, pair.target
    own = inboxes.own_addresses(desk.connection, desk.site_id)
    theirs, others = people_in(pair.of(source), own), people_in(pair.of(target), own)
    for email, (name, role) in theirs.items():
        desk.add_people(source["id"], {email: name}, role)
    left = set(theirs) | set(desk.participants[source["id"]])
    tickets.remove_participants(desk.connection, desk.site_id, target["id"], left - set(others))


def _lead_threads(pair: _Merge, ids: Iterable[int]) -> None:
    """Let the provider's threads of messages lead to the source again."""
    believed = {row["id"] for row in pair.rows if row["believed"]}
    desk = pair.desk
    for receipt in neighbourhoods.receipts_of(desk.connection, desk.site_id, ids):
        if receipt["message_id"] in believed:
            desk.link_thread(
                pair.source["id"], receipt["mailbox_id"], receipt["provider_thread_id"]
            )


def _write(pair: _Merge) -> None:
    """Tell both tickets anew, and let unsent mails go with their messages."""
    desk = pair.desk
    for ticket in (pair.source, pair.target):
        rows = pair.of(ticket)
        ticket.update(told_by(rows), snippet=_snippet(desk, rows))
        latest = max((row["sent_at"] for row in rows), default=0)
        ticket["last_activity_at"] = max(ticket["last_activity_at"], latest)
        if ticket["status"] == "solved":
            ticket["waiting_since"] = None
    merging.move_sends(desk.connection, desk.site_id, pair.moves)


def _snippet(desk: Desk, rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    whole = messages.get_many(desk.connection, desk.site_id, [rows[-1]["id"]])[rows[-1]["id"]]
    return mime.snippet(whole["text"] or whole["folded_text"])


def _named(ticket: Row) -> dict[str, Any]:
    return {"other": str(ticket["id"]), "other_number": ticket["number"]}


def _texts(ids: Iterable[int]) -> list[str]:
    # Ids leave as text: JavaScript would round them.
    return [str(one) for one in ids]
