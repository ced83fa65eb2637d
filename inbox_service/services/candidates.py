"""The keys of a batch of mail, and the tickets they point to."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from inbox_service.domain.intake import addressed
from inbox_service.domain.mail import SEND_ID_HEADER, ParsedMail
from inbox_service.domain.threading import Board
from inbox_service.domain.tickets import closes_at
from inbox_service.ports import SecretBox
from inbox_service.store import messages, outbox, threads
from inbox_service.store.threads import message_id_hash

from .desk import Desk, Row
from .mail_reading import Mail
from .message_rows import reference_ids
from .reply_tokens import ticket_of
from .threaded_mails import thread_key


class Candidates:
    """Where each mail of a batch may belong, as the store knows it."""

    def __init__(
        self, connection: Connection, secrets: SecretBox, desk: Desk, mailbox_id: int
    ) -> None:
        """Take the open transaction and the desk that locks the tickets."""
        self._connection = connection
        self._secrets = secrets
        self._desk = desk
        self._mailbox_id = mailbox_id
        self.tokens: dict[str, int] = {}
        self._threads: dict[str, list[int]] = {}
        self._ids: dict[str, list[tuple[int, int]]] = {}
        self._sends: dict[str, Row] = {}
        self._originals: Mapping[int, Mapping[str, Any]] = {}
        self._standing: Container[int] = ()

    def look_up(self, mails: Sequence[Mail]) -> set[int]:
        """Read all keys of the batch; return the tickets they point to, which are not locked."""
        parsed = [mail.parsed for mail in mails if mail.parsed]
        site_id = self._desk.site_id
        for mail in mails:
            self._note_token(mail)
        self._threads = threads.tickets_of_provider_threads(
            self._connection, site_id, self._mailbox_id, [mail.ref.thread_id for mail in mails]
        )
        hashes = {message_id_hash(rfc_id) for one in parsed for rfc_id in _ids_of(one)}
        self._ids = threads.messages_of_ids(self._connection, site_id, hashes)
        keys = [one.headers.get(SEND_ID_HEADER.lower(), "") for one in parsed]
        self._sends = outbox.by_send_key(self._connection, site_id, [key for key in keys if key])
        by_send = {row["ticket_id"] for row in self._sends.values()} - {None}
        return {*self.tokens.values(), *self._by_thread(), *self._by_id(), *by_send}

    def lock(self, ticket_ids: Iterable[int]) -> None:
        """Lock the tickets, and those they went into, and read the messages that ids point to."""
        self._desk.load(ticket_ids)
        merged = {ticket["merged_into"] for ticket in self._desk.tickets.values()}
        self._desk.load(merged - {None})
        pairs = {message_id for found in self._ids.values() for message_id, _ in found}
        found = messages.get_many(self._connection, self._desk.site_id, pairs)
        self._originals = {message_id: dict(row) for message_id, row in found.items()}

    def board(self, free: Iterable[int]) -> Board:
        """Return a board with the keys of all tickets that stand, which are all but the free."""
        standing = {
            ticket_id: self._desk.participants[ticket_id]
            for ticket_id in self._desk.tickets.keys() - set(free)
            if self._current(ticket_id) == ticket_id
        }
        self._standing = standing.keys()
        closing = {one: closes_at(self._desk.tickets[one]) for one in standing}
        board = Board(standing, {one: at for one, at in closing.items() if at is not None})
        for thread_id, ticket_ids in self._threads.items():
            for ticket_id in map(self._current, reversed(ticket_ids)):
                if ticket_id is not None and ticket_id in standing:
                    board.know_thread(thread_key(self._mailbox_id, thread_id), ticket_id)
        for key, found in self._ids.items():
            self._pin(board, key, found, standing)
        return board

    def send_of(self, parsed: ParsedMail) -> Row | None:
        """Return the outbox row whose send key the mail carries."""
        return self._sends.get(parsed.headers.get(SEND_ID_HEADER.lower(), ""))

    def originals_of(self, rfc_id: str) -> list[Mapping[str, Any]]:
        """Return the messages that have this Message-ID themselves, the first received first."""
        known = {**self._originals, **self._desk.messages}
        found = [row for row in known.values() if rfc_id and row["rfc_message_id"] == rfc_id]
        return sorted(found, key=lambda row: row["id"])

    def token_of(self, mail: Mail) -> int | None:
        """Return the ticket, as it is now, that a token of ours in the mail's addresses names.

        Of one that was split it is the part with what the mail answers, if its sender takes part
        in that; who does so in none but another ticket is led there, and is no stranger in this.
        """
        named = self.tokens.get(mail.ref.provider_id)
        whole = None if named is None else self._current(named)
        if whole is None or whole not in self._standing or mail.parsed is None:
            return whole
        sender = mail.parsed.sender.email if mail.parsed.sender else ""
        is_inside = self._knows(whole, sender)
        for part, first_ticket in self._answered(mail.parsed):
            if self._knows(part, sender) and (first_ticket == named or not is_inside):
                return part
        return whole

    def _answered(self, parsed: ParsedMail) -> Iterator[tuple[int, int]]:
        """Return the tickets with the messages that a mail answers, the nearest first.

        Each comes with that in which the message was first, whose token it carried.
        """
        for rfc_id in reversed(reference_ids(parsed)):
            key = message_id_hash(rfc_id)
            for message_id, in_ticket in self._ids.get(key, ()):
                row, ticket_id = self._originals.get(message_id), self._current(in_ticket)
                holds = row is not None and key == message_id_hash(row["rfc_message_id"])
                if row is not None and holds and ticket_id is not None:
                    yield ticket_id, row["origin_ticket_id"] or in_ticket

    def _knows(self, ticket_id: int, sender: str) -> bool:
        role = self._desk.participants[ticket_id].get(sender, "guest")
        return role != "guest" and ticket_id in self._standing

    def _pin(
        self, board: Board, key: str, found: Iterable[tuple[int, int]], standing: Container[int]
    ) -> None:
        for message_id, in_ticket in found:
            row, ticket_id = self._originals.get(message_id), self._current(in_ticket)
            if row is not None and ticket_id is not None and ticket_id in standing:
                moment = (row["sent_at"], row["blob"] or "")
                holds = key == message_id_hash(row["rfc_message_id"])
                is_ours = row["kind"] == "out"
                board.know_id(key, ticket_id, moment, holds=holds, is_ours=is_ours)

    def _note_token(self, mail: Mail) -> None:
        for email in addressed(mail.parsed) if mail.parsed else []:
            ticket_id = ticket_of(self._secrets, self._desk.site_id, email)
            if ticket_id is not None:
                self.tokens[mail.ref.provider_id] = ticket_id

    def _by_thread(self) -> set[int]:
        return {one for found in self._threads.values() for one in found}

    def _by_id(self) -> set[int]:
        return {one for found in self._ids.values() for _, one in found}

    def _current(self, ticket_id: int) -> int | None:
        ticket = self._desk.tickets.get(ticket_id)
        if ticket is not None and ticket["merged_into"] is not None:
            ticket = self._desk.tickets.get(ticket["merged_into"], ticket)
        # Nothing joins a ticket whose customer was erased: it would put him back.
        return None if ticket is None or ticket["erased_at"] is not None else ticket["id"]


def _ids_of(parsed: ParsedMail) -> list[str]:
    return [one for one in (parsed.message_id, *reference_ids(parsed)) if one]
