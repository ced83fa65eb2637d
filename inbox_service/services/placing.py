"""Where the mails of a batch belong: their tickets are found and locked, their turns decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from inbox_service.domain.intake import Route
from inbox_service.domain.mail import ParsedMail
from inbox_service.domain.threading import Board, Letter, Moment, Place
from inbox_service.ports import SecretBox

from .candidates import Candidates
from .desk import Desk, Row
from .ledger import Ledger
from .mail_reading import Mail
from .notice_answers import NoticeAnswers
from .rethreading import rethread
from .standpoint import Standpoint
from .threaded_mails import letter_of_mail
from .threading import Threading


class Placing:
    """The places of one batch's mails among the site's tickets."""

    def __init__(
        self,
        connection: Connection,
        secrets: SecretBox,
        desk: Desk,
        standpoint: Standpoint,
        answers: NoticeAnswers,
    ) -> None:
        """Take the open transaction, and who knows what else the mails may be."""
        self.candidates = Candidates(connection, secrets, desk, standpoint.mailbox["id"])
        self._desk = desk
        self._standpoint = standpoint
        self._answers = answers
        self._threading = Threading(connection, desk, standpoint.own, desk.site_id)
        self._board = Board()

    def find(self, mails: Sequence[Mail], ledger: Ledger) -> list[Mail]:
        """Lock all tickets that the mails may belong to, and decide where they do.

        Returns the mails in the order in which they are to be taken in.
        """
        pointed = self.candidates.look_up(mails)
        self._threading.near.gather(pointed)
        self.candidates.lock({*pointed, *self._threading.near.tickets})
        self._threading.keep_unchanged()
        self._board = self.candidates.board(self._threading.near.tickets)
        letters, earlier = self._letters(mails)
        waiting = () if self._standpoint.is_wanted else ledger.waiting()
        self._threading.decide(self._board, letters, waiting=waiting, earlier=earlier)
        return sorted(mails, key=self._turn)

    def place_of(self, mail: Mail) -> Place:
        """Return the place of a customer's mail, which always has one."""
        return self._threading.places[mail.ref.provider_id]

    def ticket_of(self, mail: Mail) -> Row | None:
        """Return the ticket that was found for a mail, if there is one."""
        place = self._threading.places.get(mail.ref.provider_id)
        ticket_id = self._threading.ticket_of(place.conversation) if place else None
        return None if ticket_id is None else self._desk.tickets[ticket_id]

    def ties_of(self, place: Place) -> Row:
        """Return which tickets a new one at this place names."""
        return {
            "follows": self._threading.ticket_of(place.follows),
            "suggested_ticket_id": self._threading.ticket_of(place.suggestion),
        }

    def opened(self, place: Place, ticket: Row) -> None:
        """Take note that a ticket was opened at a place."""
        self._threading.opened(place.conversation, ticket["id"])

    def same_elsewhere(self, mail: Mail, parsed: ParsedMail) -> Mapping[str, Any] | None:
        """Return the message that the same mail of a customer's has become already."""
        # The Message-ID alone proves nothing, anyone can repeat it: the content must be the same.
        given = self._standpoint.content(mail, parsed)
        for one in self.candidates.originals_of(parsed.message_id) if given else ():
            stored = (one["rfc_message_id"], one["author_email"], one["subject"], one["text"])
            if one["kind"] == "in" and given == stored:
                return one
        return None

    def settle(self) -> None:
        """Move what belongs elsewhere by these mails; to be called when all are in."""
        rethread(self._desk, self._threading, self._board)

    def _turn(self, mail: Mail) -> tuple[object, ...]:
        # A bounce is about a mail that must be there, and may have come before it did.
        is_bounce = self._standpoint.route(mail) is Route.BOUNCE
        return *self._threading.turn_of(mail.ref.provider_id), is_bounce, _moment(mail)

    def _letters(self, mails: Sequence[Mail]) -> tuple[list[Letter], dict[int, Moment]]:
        """Return the letters of the mails, and which messages have a copy among them, of when."""
        letters: list[Letter] = []
        copies: dict[int, Moment] = {}
        seen: set[tuple[str, ...]] = set()
        for mail in sorted(mails, key=_moment):
            parsed = mail.parsed
            if parsed is None or self._is_known_send(mail, parsed) or self._answers.of(mail):
                continue
            content = self._standpoint.content(mail, parsed)
            original = self.same_elsewhere(mail, parsed)
            if original is not None:
                copies.setdefault(original["id"], _moment(mail))
            elif content not in seen:
                seen.update([content] if content else [])
                letter = self._letter(mail, parsed)
                letters.extend([letter] if letter else [])
        return letters, copies

    def _letter(self, mail: Mail, parsed: ParsedMail) -> Letter | None:
        return letter_of_mail(
            mail,
            parsed,
            self._standpoint.route(mail),
            self._standpoint.mailbox["id"],
            self._standpoint.own,
            self.candidates.token_of(mail),
            is_live=not self._standpoint.is_history(mail),
        )

    def _is_known_send(self, mail: Mail, parsed: ParsedMail) -> bool:
        """Tell whether the mail is a reply of ours; what it answers leads to its ticket."""
        is_ours = self._standpoint.route(mail) is Route.OURS
        send = self.candidates.send_of(parsed) if is_ours else None
        if send is None:
            return False
        letter = self._letter(mail, parsed)
        if letter is not None and send["ticket_id"] in self._board.people:
            self._board.put(replace(letter, copied=()), send["ticket_id"])
        return True


def _moment(mail: Mail) -> Moment:
    return mail.received_at, mail.blob
