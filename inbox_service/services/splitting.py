"""Messages of a ticket that an agent takes into a new one, because they are another matter.

Their ids lead to the new ticket from then on, and so do the provider's threads they are in: mail
that answers one of them goes there, and mail that answers the others stays (`Board._candidates`),
also where it is addressed by the old ticket's token (`Candidates.token_of`).
Merging the new ticket into the old one takes it back.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from inbox_service.deps import Deps
from inbox_service.domain.events import Actor, NewEvent
from inbox_service.domain.merging import people_in
from inbox_service.errors import Conflict, Invalid, Stale
from inbox_service.store import customer_views, events, inboxes, merging, tickets

from . import auth
from .changing import check_not_merged
from .desk import Desk, Row
from .moving import Moving, texts
from .views import TicketView, view_of, visible_ticket

# What the new ticket has from the one it comes from: the matter changed, not who works on it.
_KEPT = ("inbox_id", "team_id", "assignee_id", "priority", "channel")


def split(
    deps: Deps,
    caller: auth.Caller,
    number: int,
    version: int,
    message_ids: Collection[int],
    subject: str,
) -> TicketView:
    """Take messages of a ticket that is still at `version` into a new one, and return that.

    Without a subject it has that of its first message. raises Stale; Invalid naming `message_ids`
    where one is not in the ticket, or none would be left; Conflict `merged`, `erased`, or
    `not_sent_yet`.
    """
    with auth.writing(deps, caller) as act:
        seen = visible_ticket(act, number)
        desk = Desk(act.connection, caller.site_id, act.at)
        desk.load([seen["id"]])
        source = desk.tickets[seen["id"]]
        if source["version"] != version:
            raise Stale(ticket=view_of(act, source))
        _check(source)
        rows = merging.messages_of(act.connection, caller.site_id, [source["id"]])
        going = _going(rows, set(message_ids))
        _check_sent(act, caller.site_id, going)
        target = _open(desk, source, going, subject or _subject(act, source, going))
        _split(Moving(desk, Actor("agent", act.viewer.agent_id), source, target, rows), going)
        return view_of(act, visible_ticket(act, target["number"]))


def _check(source: Row) -> None:
    check_not_merged(source)
    if source["erased_at"] is not None:
        raise Conflict("Its customer was erased: there is nothing to take out.", code="erased")


def _going(rows: Sequence[Row], wanted: Collection[int]) -> list[Row]:
    going = [row for row in rows if row["id"] in wanted]
    if not going or len(going) != len(wanted):
        raise Invalid("The ticket has no such message.", field="message_ids")
    if len(going) == len(rows):
        raise Invalid(
            "At least one message must stay in the ticket.", code="none_left", field="message_ids"
        )
    return going


def _check_sent(act: auth.Act, site_id: int, going: Sequence[Row]) -> None:
    ids = [row["id"] for row in going]
    if merging.is_any_unsent(act.connection, site_id, ids):
        raise Conflict(
            "A mail that has not left stays where it is: wait until it is sent, or take it back.",
            code="not_sent_yet",
        )


def _subject(act: auth.Act, source: Row, going: Sequence[Row]) -> str:
    found = merging.subject_of(act.connection, source["site_id"], going[0]["id"])
    return found or str(source["subject"])


def _open(desk: Desk, source: Row, going: Sequence[Row], subject: str) -> Row:
    customers = [row for row in going if row["kind"] == "in" and row["author_type"] == "customer"]
    # Who was let in by a token he was forwarded is nobody's customer yet.
    asked = next((row["author_id"] for row in customers if not row["new_person"]), None)
    values = {name: source[name] for name in _KEPT} | {
        "customer_id": asked or source["customer_id"],
        "subject": subject[:998],
        "direction": going[0]["direction"],
        "created_at": going[0]["sent_at"],
        "last_activity_at": going[-1]["sent_at"],
    }
    return desk.open_ticket(values, desk.now)


def _split(moving: Moving, going: Sequence[Row]) -> None:
    desk, source, target = moving.desk, moving.source, moving.target
    ids = [row["id"] for row in going]
    moving.move(ids, target["id"])
    _part_people(moving)
    moving.lead_threads(ids, target)
    moving.tell_anew()
    desk.flush()
    moving.move_sends()
    # Told only now: the new ticket's number is given when it is written.
    split_off = {"messages": texts(ids), "other": str(target["id"])}
    split_off |= {"other_number": target["number"]}
    split_from = {"other": str(source["id"]), "other_number": source["number"]}
    told = [
        NewEvent(kind, moving.actor, ticket["id"], None, ticket["inbox_id"], data)
        for kind, ticket, data in (
            ("messages_split", source, split_off),
            ("ticket_split", target, split_from),
        )
    ]
    events.append(desk.connection, desk.site_id, told, desk.now)


def _part_people(moving: Moving) -> None:
    """Let take part in each of the two who takes part in its messages, and its customer."""
    desk, source, target = moving.desk, moving.source, moving.target
    own = inboxes.own_addresses(desk.connection, desk.site_id)
    going, staying = people_in(moving.of(target), own), people_in(moving.of(source), own)
    known = customer_views.addresses_of(
        desk.connection, desk.site_id, [source["customer_id"], target["customer_id"]]
    )
    for email, (name, role) in going.items():
        desk.add_people(target["id"], {email: name}, role)
    for email in known.get(target["customer_id"], ()):
        desk.add_people(target["id"], {email: ""}, "customer")
    left = set(going) - set(staying) - set(known.get(source["customer_id"], ()))
    tickets.remove_participants(desk.connection, desk.site_id, source["id"], left)
