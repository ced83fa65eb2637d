"""The keys of a batch of mail, and the tickets they point to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from inbox_service.domain.intake import addressed
from inbox_service.domain.mail import SEND_ID_HEADER, ParsedMail
from inbox_service.domain.matching import Candidate, Tier
from inbox_service.ports import SecretBox
from inbox_service.store import messages, outbox, threads
from inbox_service.store.threads import message_id_hash

from .desk import Desk, Row
from .mail_reading import Mail
from .message_rows import reference_ids
from .reply_tokens import ticket_of


class Candidates:
    """Where each mail of a batch may belong; it learns as the batch opens tickets."""

    def __init__(
        self, connection: Connection, secrets: SecretBox, desk: Desk, mailbox_id: int
    ) -> None:
        """Take the open transaction and the desk that locks the tickets."""
        self._connection = connection
        self._secrets = secrets
        self._desk = desk
        self._mailbox_id = mailbox_id
        self._tokens: dict[str, int] = {}
        self._threads: dict[str, list[int]] = {}
        self._ids: dict[str, list[tuple[int, int]]] = {}
        self._sends: dict[str, Row] = {}
        self._originals: Mapping[int, Mapping[str, Any]] = {}
        # Which messages have a Message-ID themselves, of those that only name it.
        self._holders: set[tuple[str, int]] = set()

    def look_up(self, mails: Sequence[Mail]) -> None:
        """Read all keys of the batch, and lock the tickets they point to."""
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
        self._desk.load(self._pointed_to())
        merged = {ticket["merged_into"] for ticket in self._desk.tickets.values()}
        self._desk.load(merged - {None})
        pairs = {message_id for found in self._ids.values() for message_id, _ in found}
        found = messages.get_many(self._connection, site_id, pairs)
        self._originals = {message_id: dict(row) for message_id, row in found.items()}
        self._holders = {
            (message_id_hash(row["rfc_message_id"]), message_id)
            for message_id, row in found.items()
        }

    def of(self, mail: Mail, parsed: ParsedMail) -> list[Candidate]:
        """Return the mail's candidates, nearest to what it answers first within each tier."""
        found: list[tuple[int, Tier]] = []
        token = self._tokens.get(mail.ref.provider_id)
        if token is not None:
            found.append((token, Tier.TOKEN))
        named = self._named(parsed)
        near = {ticket_id: place for place, ticket_id in enumerate(named)}
        in_thread = self._threads.get(mail.ref.thread_id, [])
        by_nearness = sorted(in_thread, key=lambda one: (near.get(one, len(near)), -one))
        found += [(one, Tier.PROVIDER_THREAD) for one in by_nearness]
        found += [(one, Tier.REFERENCE) for one in named]
        return [
            Candidate(ticket["id"], tier, self._desk.participants[ticket["id"]], one in near)
            for one, ticket, tier in ((one, self._current(one), tier) for one, tier in found)
            if ticket is not None
        ]

    def send_of(self, parsed: ParsedMail) -> Row | None:
        """Return the outbox row whose send key the mail carries."""
        return self._sends.get(parsed.headers.get(SEND_ID_HEADER.lower(), ""))

    def originals_of(self, rfc_id: str) -> list[Mapping[str, Any]]:
        """Return the messages that have this Message-ID themselves, the first received first."""
        known = {**self._originals, **self._desk.messages}
        return [known[one] for one, _ in self._holding(rfc_id) if one in known]

    def learn(self, message: Row, thread_id: str, *, believed: bool = True) -> None:
        """Remember, here and in the store, the keys of a message that found its ticket.

        To one whose sender is not believed leads only its own id: it may be forged, and what it
        answers and where the provider put it must not bring other mail there.
        """
        ticket_id, message_id = message["ticket_id"], message["id"]
        thread_id = thread_id if believed else ""
        rfc_ids = [message["rfc_message_id"], *(message["reference_ids"] if believed else ())]
        self._desk.link_thread(ticket_id, self._mailbox_id, thread_id)
        self._desk.link_ids(ticket_id, message_id, rfc_ids)
        if thread_id:
            self._threads.setdefault(thread_id, []).append(ticket_id)
        for rfc_id in dict.fromkeys(rfc_ids):
            self._ids.setdefault(message_id_hash(rfc_id), []).append((message_id, ticket_id))
        self._holders.add((message_id_hash(message["rfc_message_id"]), message_id))

    def _note_token(self, mail: Mail) -> None:
        for email in addressed(mail.parsed) if mail.parsed else []:
            ticket_id = ticket_of(self._secrets, self._desk.site_id, email)
            if ticket_id is not None:
                self._tokens[mail.ref.provider_id] = ticket_id

    def _pointed_to(self) -> set[int]:
        by_thread = {one for found in self._threads.values() for one in found}
        by_id = {one for found in self._ids.values() for _, one in found}
        by_send = {row["ticket_id"] for row in self._sends.values()} - {None}
        return {*self._tokens.values(), *by_thread, *by_id, *by_send}

    def _named(self, parsed: ParsedMail) -> list[int]:
        """Return the tickets that the mail's headers lead to, each once, the nearest first.

        Nearest are those of the mails it answers, its direct parent's before all. Then come those
        whose mail names the same ids, or its own: an answer to it may have been read before it.
        """
        answered = list(reversed(reference_ids(parsed)))
        held = [ticket_id for one in answered for _, ticket_id in self._holding(one)]
        ids = (*answered, parsed.message_id)
        also = [ticket_id for one in ids for _, ticket_id in self._messages_of(one)]
        return list(dict.fromkeys((*held, *also)))

    def _holding(self, rfc_id: str) -> list[tuple[int, int]]:
        # Whoever got our mail knows its id and may send one with the same: the first has it.
        key = message_id_hash(rfc_id)
        return [pair for pair in self._messages_of(rfc_id) if (key, pair[0]) in self._holders]

    def _messages_of(self, rfc_id: str) -> list[tuple[int, int]]:
        return sorted(self._ids.get(message_id_hash(rfc_id), [])) if rfc_id else []

    def _current(self, ticket_id: int) -> Row | None:
        ticket = self._desk.tickets.get(ticket_id)
        if ticket is not None and ticket["merged_into"] is not None:
            ticket = self._desk.tickets.get(ticket["merged_into"], ticket)
        # Nothing joins a ticket whose customer was erased: it would put him back.
        return None if ticket is None or ticket["erased_at"] is not None else ticket


def _ids_of(parsed: ParsedMail) -> list[str]:
    reported = [parsed.bounce.original_message_id] if parsed.bounce else []
    return [one for one in (parsed.message_id, *reference_ids(parsed), *reported) if one]
