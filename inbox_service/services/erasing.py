"""Erasing one person from one ticket, in one transaction.

What he wrote is emptied. What our side wrote stays, for it is the record of our work, without his
name, his addresses and his quoted words; its raw mail goes, for nothing can be taken out of that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, RowMapping

from inbox_service import mime
from inbox_service.domain.erasure import Person, fate_of, without_quoted_lines
from inbox_service.domain.events import SYSTEM, NewEvent
from inbox_service.store import erasing, events, previews, search_index, tickets
from inbox_service.store.threads import message_id_hash

Row = Mapping[str, Any]

# Why something is kept, as the answers name it.
TEAM_WORDS = "team_words"
OTHERS_MAIL = "others_mail"
PROVIDER_COPY = "provider_copy"


# What is left of a message that is emptied: ids, times, and that it was there.
EMPTY: Row = {
    "author_name": "",
    "author_email": "",
    "recipients": [],
    "copied": [],
    "blind_copied": [],
    "reply_to": [],
    "subject": "",
    "text": "",
    "folded_text": "",
    "html": "",
    "folded_html": "",
    "remote_images": 0,
    "particulars": None,
    "rfc_message_id": "",
    "reference_ids": [],
    "blob": None,
}


@dataclass(slots=True)
class Sum:
    """How much was removed, and how much was kept for which reason."""

    removed: int = 0
    kept: Counter[str] = field(default_factory=Counter)

    def add(self, other: Sum) -> None:
        """Count what the other counted too."""
        self.removed += other.removed
        self.kept.update(other.kept)


def erase_from_ticket(
    connection: Connection, site_id: int, ticket_id: int, who: Person, now: int
) -> Sum | None:
    """Erase the person from a ticket; None where a mail of it is on its way just now."""
    ticket = tickets.get(connection, site_id, ticket_id, lock=True)
    if ticket is None or erasing.is_being_sent(connection, site_id, ticket_id, now):
        return None
    return _Erasing(connection, ticket, who, now).run()


class _Erasing:
    """One person, one ticket, its row locked."""

    def __init__(self, connection: Connection, ticket: RowMapping, who: Person, now: int) -> None:
        self.connection = connection
        self.ticket = ticket
        self.who = who
        self.now = now
        self.site_id: int = ticket["site_id"]
        self.own: bool = ticket["customer_id"] == who.customer_id
        self.sum = Sum()
        self.emptied: list[int] = []
        # Our side's mails that go with him, because they went to nobody else.
        self.ours: list[int] = []
        self.blobs: set[str] = set()

    def run(self) -> Sum:
        for message in erasing.messages_of(self.connection, self.site_id, self.ticket["id"]):
            self._take(message)
        self._drop_mail()
        erasing.drop_from_ticket(self.connection, self.site_id, self.ticket["id"], self.who)
        if self.own:
            self.blobs |= set(erasing.drop_own(self.connection, self.site_id, self.ticket["id"]))
        erasing.doom(self.connection, self.site_id, self.blobs, self.now)
        # Lock order (design rule 1): the ticket is locked, counters follow, the site's row is last.
        tickets.change(self.connection, self.site_id, self.ticket, self._values())
        search_index.index_ticket(self.connection, self.site_id, self.ticket["id"])
        place = (self.ticket["id"], None, self.ticket["inbox_id"])
        told = [NewEvent("customer_erased", SYSTEM, *place)]
        events.append(self.connection, self.site_id, told, self.now)
        return self.sum

    def _take(self, message: Row) -> None:
        match fate_of(message, self.who, own=self.own):
            case "emptied":
                self._empty(message)
            case "scrubbed":
                self._scrub(message)
            case "kept":
                self._leave(message)

    def _empty(self, message: Row) -> None:
        self.emptied.append(message["id"])
        self.sum.removed += 1
        self.sum.kept[PROVIDER_COPY] += message["mailbox_id"] is not None
        if message["blob"]:
            self.blobs.add(message["blob"])
        self._unlink(message)
        values = {**EMPTY, "erased_at": self.now}
        erasing.write_message(self.connection, message, values)

    def _scrub(self, message: Row) -> None:
        values = _without_person(message, self.who, own=self.own)
        if self.own or self._went_to_him_alone(message):
            self.ours.append(message["id"])
            self.sum.kept[PROVIDER_COPY] += message["mailbox_id"] is not None
            self.blobs |= {message["blob"]} - {None}
            self._unlink(message)
            values |= {"blob": None, "rfc_message_id": "", "reference_ids": []}
        elif self.who.is_among(_got_by(message)):
            self.sum.kept[OTHERS_MAIL] += 1
        self.sum.kept[TEAM_WORDS] += self.own
        erasing.write_message(self.connection, message, values)

    def _leave(self, message: Row) -> None:
        """Another person's mail is not ours to give away; what we show of it need not name him."""
        people = (*_got_by(message), *message["reply_to"])
        if self.own:
            values = _without_person(message, self.who, own=True)
        elif self.who.is_among(people):
            values = _lists(message, self.who)
        else:
            return
        self.sum.kept[OTHERS_MAIL] += 1
        erasing.write_message(self.connection, message, values)

    def _went_to_him_alone(self, message: Row) -> bool:
        people = _got_by(message)
        return bool(people) and not self.who.without(people)

    def _unlink(self, message: Row) -> None:
        ids = [message["rfc_message_id"], *message["reference_ids"]]
        hashes = {message_id_hash(one) for one in ids if one}
        erasing.unlink_ids(self.connection, self.site_id, message["id"], hashes)

    def _drop_mail(self) -> None:
        connection, site_id, gone = self.connection, self.site_id, [*self.emptied, *self.ours]
        previews.drop(connection, site_id, gone, self.now)
        self.sum.removed += erasing.drop_attachments(connection, site_id, gone)
        self.blobs.update(erasing.bury_receipts(connection, site_id, self.emptied, own=False))
        self.blobs.update(erasing.bury_receipts(connection, site_id, self.ours, own=True))
        if self.own:
            ticket_id = self.ticket["id"]
            queued = erasing.cancel_sends_of_ticket(connection, site_id, ticket_id, self.now)
        else:
            queued = erasing.cancel_sends(connection, site_id, self.ours, self.now)
        self.blobs.update(queued)

    def _values(self) -> dict[str, Any]:
        """Return what changes in the ticket: his own is solved, for nobody can be answered."""
        values: dict[str, Any] = {}
        if self.ticket["last_message_id"] in (*self.emptied, *self.ours):
            values["snippet"] = ""
        if not self.own:
            return values
        values |= {"subject": "", "snippet": "", "has_attachments": False}
        values |= {"suggested_ticket_id": None, "waiting_since": None, "snoozed_until": None}
        solved_at = self.ticket["solved_at"] or self.now
        return values | {"status": "solved", "solved_at": solved_at, "erased_at": self.now}


def _without_person(message: Row, who: Person, *, own: bool) -> dict[str, Any]:
    """Return what our side wrote, without the person; his quoted words are in his own ticket."""
    if not own:
        texts = {name: who.scrub(message[name]) for name in ("subject", "text", "folded_text")}
        pages = {name: _scrubbed(message[name], who) for name in ("html", "folded_html")}
        return {**texts, **pages, **_lists(message, who)}
    written = mime.visible(message["text"], message["html"])
    return {
        "subject": "",
        "text": who.scrub(without_quoted_lines(written.text)),
        "folded_text": "",
        "html": mime.scrub_html(written.html, who.scrub),
        "folded_html": "",
        **_lists(message, who),
    }


def _scrubbed(html: str, who: Person) -> str:
    return mime.scrub_html(html, who.scrub, quotes=True) if who.scrub(html) != html else html


def _got_by(message: Row) -> tuple[Mapping[str, str], ...]:
    return (*message["recipients"], *message["copied"], *message["blind_copied"])


def _lists(message: Row, who: Person) -> dict[str, Any]:
    names = ("recipients", "copied", "blind_copied", "reply_to")
    return {name: who.without(message[name]) for name in names}
