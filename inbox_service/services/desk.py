"""The working set of one transaction: tickets it locks, and everything it will write.

Decisions change the set in memory; `flush` writes it in the one order that cannot lock two
transactions out against each other: tickets by id (locked when loaded), counters by key, new tags
by name, the site's row (ticket numbers, event numbers) last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from inbox_service.domain.events import SYSTEM, Actor, NewEvent
from inbox_service.domain.tickets import Side, after_message
from inbox_service.store import (
    counters,
    events,
    messages,
    neighbourhoods,
    search_index,
    tags,
    threads,
    tickets,
)
from inbox_service.store.counters import Bucket
from inbox_service.store.ids import new_id

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Effect:
    """How a message moves its ticket, if it is the newest; `side` None (a note) changes nothing."""

    side: Side | None
    history: bool = False
    left_inbox: bool = False

    def on(self, ticket: Mapping[str, Any], at: int) -> dict[str, Any]:
        """Return the columns of the ticket that a message of `at` changes."""
        if self.side is None:
            return {}
        return after_message(
            ticket, self.side, at, history=self.history, left_inbox=self.left_inbox
        )


class Desk:
    """Tickets and messages being changed in one transaction."""

    def __init__(self, connection: Connection, site_id: int, now: int) -> None:
        """Take the open write transaction, the site and the time."""
        self.connection = connection
        self.site_id = site_id
        self.now = now
        self.tickets: dict[int, Row] = {}
        self.participants: dict[int, dict[str, str]] = {}
        self.messages: dict[int, Row] = {}
        self.effects: dict[int, Effect] = {}
        self._before: dict[int, Mapping[str, Any]] = {}
        self._new_tickets: list[Row] = []
        self.attachments: list[Row] = []
        self._moves: dict[int, int] = {}
        self._moved_ids: list[Row] = []
        self._message_ids: list[Row] = []
        self._threads: list[Row] = []
        self._people: list[Row] = []
        self._tags: dict[int, set[str]] = {}
        self._events: list[NewEvent] = []

    def load(self, ticket_ids: Iterable[int]) -> None:
        """Lock these tickets, in the order of their ids, and read who takes part in them."""
        wanted = set(ticket_ids) - set(self.tickets)
        if not wanted:
            return
        found = tickets.get_many(self.connection, self.site_id, wanted, lock=True)
        for ticket_id, row in found.items():
            self.tickets[ticket_id] = dict(row)
            self._before[ticket_id] = dict(row)
        self.participants.update(
            {ticket_id: {} for ticket_id in found}
            | tickets.participants_of(self.connection, self.site_id, found)
        )

    def open_ticket(self, values: Mapping[str, Any], at: int) -> Row:
        """Begin a ticket whose first message came at `at`; its number is given by `flush`."""
        ticket: Row = {
            "site_id": self.site_id,
            "id": new_id(at),
            "reference": tickets.new_reference(),
            "assignee_id": None,
            "team_id": None,
            "status": "open",
            "place": "inbox",
            "priority": "normal",
            "from_before": False,
            "snoozed_until": None,
            "merged_into": None,
            "follows": None,
            "suggested_ticket_id": None,
            "snippet": "",
            "snippet_direction": "ltr",
            "has_attachments": False,
            "message_count": 0,
            "last_message_id": None,
            "last_activity_at": at,
            "waiting_since": None,
            "solved_at": None,
            "created_at": at,
            "erased_at": None,
            "version": 1,
            **values,
        }
        self._new_tickets.append(ticket)
        self.tickets[ticket["id"]] = ticket
        self.participants[ticket["id"]] = {}
        return ticket

    def attach(
        self,
        ticket: Row,
        message: Row,
        files: Iterable[Row],
        *,
        side: Side | None,
        history: bool = False,
        left_inbox: bool = False,
    ) -> None:
        """Put a message into a ticket; `side` None (a note) changes no state."""
        self.messages[message["id"]] = message
        effect = self.effects[message["id"]] = Effect(side, history, left_inbox)
        rows = list(files)
        self.attachments.extend(rows)
        ticket["message_count"] += 1
        ticket["has_attachments"] |= any(not row["inline"] for row in rows)
        newest = ticket["last_message_id"] or 0
        if message["id"] > newest:
            ticket["last_message_id"] = message["id"]
            ticket["last_activity_at"] = max(ticket["last_activity_at"], message["sent_at"])
            ticket["snippet"] = message["snippet"]
            ticket["snippet_direction"] = message["direction"]
            self._move_on(ticket, effect.on(ticket, message["sent_at"]))
        if message["sent_at"] < ticket["created_at"]:
            # Back-fill reads newest first: the beginning of the thread names it, not "Re: ...".
            ticket["created_at"] = message["sent_at"]
            if ticket["from_before"] and message["subject"]:
                ticket["subject"] = message["subject"]

    def _move_on(self, ticket: Row, values: Row) -> None:
        was_snoozed = ticket["snoozed_until"] is not None
        ticket.update(values)
        if was_snoozed and ticket["snoozed_until"] is None:
            self.record("ticket_returned", SYSTEM, ticket, by="reply")

    def add_people(self, ticket_id: int, people: Mapping[str, str], role: str) -> None:
        """Note participants, name by address; someone who takes part keeps the role he has."""
        known = self.participants[ticket_id]
        for email, name in people.items():
            if email in known:
                continue
            known[email] = role
            self._people.append(
                {
                    "site_id": self.site_id,
                    "ticket_id": ticket_id,
                    "email": email,
                    "name": name[:200],
                    "role": role,
                    "created_at": self.now,
                }
            )

    def replace_people(
        self, ticket_id: int, people: Mapping[str, str], names: Mapping[str, str]
    ) -> None:
        """Let these take part, role and name by address, and nobody else; no thread leads here."""
        self._people = [row for row in self._people if row["ticket_id"] != ticket_id]
        self.participants[ticket_id] = {}
        if ticket_id in self._before:
            neighbourhoods.forget_people(self.connection, self.site_id, ticket_id)
        for email, role in people.items():
            self.add_people(ticket_id, {email: names.get(email, "")}, role)

    def move(self, message_id: int, ticket_id: int, hashes: Iterable[str]) -> None:
        """Put a stored message into another ticket; what it leads by (ids' hashes) leads there."""
        self._moves[message_id] = ticket_id
        row = {"message": message_id, "ticket": ticket_id}
        self._moved_ids.extend({**row, "of_hash": one} for one in hashes if one)

    def tag(self, ticket: Row, names: Collection[str]) -> None:
        """Put tags on a ticket that was just opened, by a rule or by its form."""
        new = sorted(set(names) - self._tags.get(ticket["id"], set()))
        if new:
            self._tags.setdefault(ticket["id"], set()).update(new)
            self.record("ticket_tagged", SYSTEM, ticket, tags=new)

    def link_thread(self, ticket_id: int, mailbox_id: int, thread_id: str) -> None:
        """Remember that the provider's thread belongs to the ticket."""
        if thread_id:
            self._threads.append(
                {
                    "site_id": self.site_id,
                    "mailbox_id": mailbox_id,
                    "thread_id": thread_id,
                    "ticket_id": ticket_id,
                    "created_at": self.now,
                }
            )

    def link_ids(self, ticket_id: int, message_id: int, rfc_ids: Iterable[str]) -> None:
        """Remember that mail naming these Message-IDs belongs to the ticket."""
        self._message_ids.extend(
            {
                "site_id": self.site_id,
                "hash": threads.message_id_hash(rfc_id),
                "message_id": message_id,
                "ticket_id": ticket_id,
            }
            for rfc_id in dict.fromkeys(rfc_ids)
            if rfc_id
        )

    def lead(self, message: Row, thread_id: str) -> None:
        """Remember by which keys mail is led to a message that came by mail.

        To one whose sender is not believed leads only its own id: it may be forged, and what it
        answers and where the provider put it must not bring other mail there.
        """
        rfc_ids = [message["rfc_message_id"]]
        if message["believed"]:
            rfc_ids += message["reference_ids"]
            self.link_thread(message["ticket_id"], message["mailbox_id"], thread_id)
        self.link_ids(message["ticket_id"], message["id"], rfc_ids)

    def record(
        self,
        kind: str,
        actor: Actor,
        ticket: Mapping[str, Any] | None,
        message_id: int | None = None,
        **data: Any,
    ) -> None:
        """Note a fact for the event log."""
        self._events.append(
            NewEvent(
                kind,
                actor,
                ticket_id=ticket["id"] if ticket else None,
                message_id=message_id,
                inbox_id=ticket["inbox_id"] if ticket else None,
                data=data,
            )
        )

    def flush(self) -> None:
        """Write everything; call it once, after the last decision."""
        changed = self._changed()
        counters.apply(self.connection, self.site_id, self._deltas(changed))
        tags.ensure(self.connection, self.site_id, set().union(*self._tags.values()), self.now)
        self._insert_tickets()
        for ticket_id, values in changed.items():
            tickets.write(self.connection, self.site_id, ticket_id, values)
        for ticket_id, names in self._tags.items():
            tags.put_on(self.connection, self.site_id, ticket_id, names)
        neighbourhoods.move(self.connection, self.site_id, self._moves)
        neighbourhoods.lead(self.connection, self.site_id, self._moved_ids)
        messages.add(
            self.connection,
            [_without(row, "snippet") for row in self.messages.values()],
        )
        messages.add_attachments(self.connection, self.attachments)
        search_index.index_messages(self.connection, self.site_id, self.messages)
        threads.link_message_ids(self.connection, self._message_ids)
        threads.link_provider_threads(self.connection, self._threads)
        tickets.add_participants(self.connection, self._people)
        if self._events:
            events.append(self.connection, self.site_id, self._events, self.now)

    def _changed(self) -> dict[int, Row]:
        changes: dict[int, Row] = {}
        for ticket_id, before in self._before.items():
            ticket = self.tickets[ticket_id]
            values = {name: ticket[name] for name in before if ticket[name] != before[name]}
            if values:
                changes[ticket_id] = values
        return changes

    def _deltas(self, changed: Iterable[int]) -> Counter[Bucket]:
        deltas: Counter[Bucket] = Counter()
        for ticket_id in changed:
            counters.shift(deltas, self._before[ticket_id], self.tickets[ticket_id])
        for ticket in self._new_tickets:
            counters.shift(deltas, None, ticket)
        return deltas

    def _insert_tickets(self) -> None:
        if not self._new_tickets:
            return
        first = tickets.take_numbers(self.connection, self.site_id, len(self._new_tickets))
        for number, ticket in enumerate(self._new_tickets, start=first):
            ticket["number"] = number
            tickets.add(self.connection, ticket)


def _without(row: Row, name: str) -> Row:
    return {key: value for key, value in row.items() if key != name}
