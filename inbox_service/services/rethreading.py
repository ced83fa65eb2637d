"""Moving mails between tickets that nobody has worked on, because an earlier one was read late.

What the tickets say of themselves is told anew from the mails they have then. One that has none any
more went into the ticket of its first mail; the messages remember where they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inbox_service import mime
from inbox_service.domain.events import SYSTEM
from inbox_service.domain.mail import INBOX
from inbox_service.domain.threading import Board, Letter, Way
from inbox_service.domain.tickets import Side
from inbox_service.store import messages, neighbourhoods

from .desk import Desk, Effect, Row
from .threaded_mails import mailbox_and_thread
from .threading import Threading

_SIDE: Mapping[Way, Side] = {
    Way.CUSTOMER: "customer",
    Way.OURS: "ours",
    Way.AUTO_REPLY: "automatic",
    Way.BOUNCE: "automatic",
}


@dataclass(frozen=True, slots=True)
class _Mail:
    """A mail of a changed ticket: its message, what it does there, its letter if stored before."""

    row: Mapping[str, Any]
    effect: Effect
    letter: Letter | None = None


def rethread(desk: Desk, threading: Threading, board: Board) -> None:
    """Make the moves; call it when the batch's own mails have their tickets, before the flush."""
    if threading.redecided:
        _Rethreading(desk, threading, board).run()


class _Rethreading:
    def __init__(self, desk: Desk, threading: Threading, board: Board) -> None:
        self._desk = desk
        self._board = board
        self._near = threading.near
        self._moves = threading.moves
        self._names = threading.names
        self._redecided = threading.redecided
        places = threading.places.values()
        self._conversations = {threading.ticket_of(one.conversation): one for one in places}

    def run(self) -> None:
        """Move, and tell every ticket anew that a mail left or came to."""
        for message_id, ticket_id in self._moves.items():
            letter = self._near.letters[message_id]
            leads = letter.answered if letter.believed else ()
            self._desk.move(message_id, ticket_id, (letter.own_id, *leads))
        left = self._left()
        moved = {*left, *self._moves.values()}
        mails = self._mails({*moved, *self._redecided})
        gone = {one: left[one][0] for one in moved if not mails[one]}
        for ticket_id in sorted(mails):
            if ticket_id in moved:
                self._lead_to(ticket_id, mails[ticket_id])
            if ticket_id in gone:
                self._end(ticket_id, gone[ticket_id])
            else:
                self._retell(self._desk.tickets[ticket_id], mails[ticket_id], gone)
        for ticket_id in sorted(moved - gone.keys()):
            self._tell_moved(self._desk.tickets[ticket_id], mails[ticket_id])

    def _left(self) -> dict[int, list[int]]:
        """Return where the mails of each ticket went, its first mail's ticket first."""
        left: dict[int, list[int]] = {}
        for message_id, ticket_id in sorted(self._moves.items()):
            left.setdefault(self._near.rows[message_id]["ticket_id"], []).append(ticket_id)
        return left

    def _mails(self, changed: Iterable[int]) -> dict[int, list[_Mail]]:
        """Return the mails that each ticket has now, in their order."""
        found: dict[int, list[_Mail]] = {one: [] for one in changed}
        for message_id, letter in self._near.letters.items():
            ticket_id = self._moves.get(message_id, letter.ticket_id or 0)
            if ticket_id in found:
                labels = [one["labels"] for one in self._near.receipts[message_id]]
                in_inbox = any(INBOX in one for one in labels)
                effect = Effect(_SIDE[letter.way], history=True, left_inbox=not in_inbox)
                found[ticket_id].append(_Mail(self._near.rows[message_id], effect, letter))
        for message_id, row in self._desk.messages.items():
            if row["ticket_id"] in found:
                mail = _Mail(row, self._desk.effects[message_id])
                found[row["ticket_id"]].append(mail)
        return {one: sorted(mails, key=lambda mail: mail.row["id"]) for one, mails in found.items()}

    def _lead_to(self, ticket_id: int, mails: Sequence[_Mail]) -> None:
        place = self._conversations.get(ticket_id)
        people = self._board.people[place.conversation] if place else {}
        self._desk.replace_people(ticket_id, people if mails else {}, self._names)
        for letter in (mail.letter for mail in mails):
            known = mailbox_and_thread(letter.thread) if letter and letter.believed else None
            if known:
                self._desk.link_thread(ticket_id, *known)

    def _end(self, ticket_id: int, into: int) -> None:
        ticket = self._desk.tickets[ticket_id]
        ticket.update(
            merged_into=into,
            message_count=0,
            last_message_id=None,
            waiting_since=None,
            suggested_ticket_id=None,
            has_attachments=False,
            snippet="",
        )
        neighbourhoods.follow_on(self._desk.connection, self._desk.site_id, ticket_id, into)
        # By these an agent can take the merge back.
        went = [str(one) for one in self._moves if self._near.rows[one]["ticket_id"] == ticket_id]
        self._desk.record("ticket_merged", SYSTEM, ticket, into=str(into), messages=went)

    def _retell(self, ticket: Row, mails: Sequence[_Mail], gone: Mapping[int, int]) -> None:
        ticket.update(solved_at=None, waiting_since=None)
        for mail in mails:
            ticket.update(mail.effect.on(ticket, mail.row["sent_at"]))
        first, last = mails[0].row, mails[-1].row
        customers = [mail for mail in mails if mail.effect.side == "customer"]
        suggested = gone.get(ticket["suggested_ticket_id"], ticket["suggested_ticket_id"])
        ticket.update(
            customer_id=customers[0].row["author_id"] if customers else ticket["customer_id"],
            subject=first["subject"] or ticket["subject"],
            direction=first["direction"],
            created_at=first["sent_at"],
            message_count=len(mails),
            last_message_id=last["id"],
            last_activity_at=max(mail.row["sent_at"] for mail in mails),
            snippet=self._snippet(last),
            snippet_direction=last["direction"],
            has_attachments=self._have_files(mails),
            suggested_ticket_id=None if suggested == ticket["id"] else suggested,
        )

    def _tell_moved(self, ticket: Row, mails: Sequence[_Mail]) -> None:
        customers = [mail for mail in mails if mail.effect.side == "customer"]
        stored = [mail.row["id"] for mail in customers if mail.letter]
        neighbourhoods.begin_with(self._desk.connection, self._desk.site_id, stored)
        self._desk.record("messages_moved", SYSTEM, ticket)

    def _snippet(self, row: Mapping[str, Any]) -> str:
        if "snippet" in row:
            return str(row["snippet"])
        found = messages.get_many(self._desk.connection, self._desk.site_id, [row["id"]])
        whole = found[row["id"]]
        return mime.snippet(whole["text"] or whole["folded_text"])

    def _have_files(self, mails: Sequence[_Mail]) -> bool:
        ids = {mail.row["id"] for mail in mails}
        if any(row["message_id"] in ids and not row["inline"] for row in self._desk.attachments):
            return True
        desk = self._desk
        return bool(neighbourhoods.have_files(desk.connection, desk.site_id, ids))
