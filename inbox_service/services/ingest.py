"""Mail becomes tickets: every mail of a batch gets its receipt, and its place, in one transaction.

The transaction is the caller's (`services.sync`), which stores the cursor in it too: after a crash
the batch comes again and the receipts' unique key absorbs it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from inbox_service.domain.events import SYSTEM, Actor
from inbox_service.domain.intake import Route, copied_in, inbox_of, route, sender_of
from inbox_service.domain.mail import INBOX, Address, ParsedMail
from inbox_service.domain.threading import Board, Letter, Moment, Place
from inbox_service.domain.tickets import Side
from inbox_service.ports import SecretBox, SentRef
from inbox_service.store import customers, mailboxes, receipts, suppressions

from . import routing
from .candidates import Candidates
from .desk import Desk, Row
from .ledger import Ledger
from .mail_reading import Mail
from .message_rows import Author, attachment_rows, message_row, reference_ids
from .notice_answers import NoticeAnswers
from .rethreading import rethread
from .settling import settle
from .threaded_mails import is_believed_mail, letter_of_mail
from .threading import Threading


def ingest(
    connection: Connection,
    secrets: SecretBox,
    mailbox: Mapping[str, Any],
    mails: Sequence[Mail],
    now: int,
    *,
    is_backfill: bool = False,
) -> Counter[str]:
    """Give every mail its receipt and its place; return how many had each outcome.

    What the back-fill finds is history where it came before the owner asked for it.
    """
    intake = _Intake(connection, secrets, mailbox, now, is_backfill=is_backfill)
    intake.prepare(mails)
    for mail in intake.waiting:
        intake.take(mail)
    intake.finish()
    return intake.ledger.outcomes


def ingest_wanted(
    connection: Connection,
    secrets: SecretBox,
    mailbox: Mapping[str, Any],
    mails: Sequence[Mail],
    now: int,
    by: Actor,
) -> Counter[str]:
    """Give parked mails a ticket because somebody says so, whatever kind of mail they are.

    raises Stale where one of them is not parked any more; nothing is stored then.
    """
    intake = _Intake(connection, secrets, mailbox, now, wanted_by=by)
    intake.prepare(mails)
    for mail in intake.waiting:
        intake.take(mail)
    intake.finish()
    return intake.ledger.outcomes


# Mail that comes this much late is answered by people only (design rule 11).
LATE_MS = 24 * 3600 * 1000


def _moment(mail: Mail) -> Moment:
    return mail.received_at, mail.blob


def _history_until(mailbox: Mapping[str, Any], *, is_backfill: bool) -> int:
    connected_at: int = mailbox["connected_at"]
    rescoped_at: int = mailbox["rescoped_at"] or 0
    return max(connected_at, rescoped_at) if is_backfill else connected_at


class _Intake:
    """One batch of one mailbox on its way in."""

    def __init__(
        self,
        connection: Connection,
        secrets: SecretBox,
        mailbox: Mapping[str, Any],
        now: int,
        wanted_by: Actor | None = None,
        *,
        is_backfill: bool = False,
    ) -> None:
        self.connection = connection
        # Who makes tickets of these mails by hand; None for what a sync reads.
        self.wanted_by = wanted_by
        self.mailbox = mailbox
        self.site_id: int = mailbox["site_id"]
        self.now = now
        self._history_until = _history_until(mailbox, is_backfill=is_backfill)
        self.waiting: list[Mail] = []
        self.desk = Desk(connection, self.site_id, now)
        self.candidates = Candidates(connection, secrets, self.desk, mailbox["id"])
        self.answers = NoticeAnswers(connection, secrets, self.site_id, now)
        self.customers: dict[str, int] = {}
        self.ledger = Ledger(connection, mailbox, now, only_parked=wanted_by is not None)
        self._suppressed: list[tuple[str, str, int]] = []
        self._read_inboxes()
        self.threading = Threading(connection, self.desk, self.own, self.site_id)
        self._board = Board()

    def prepare(self, mails: Sequence[Mail]) -> None:
        """Set aside what has its receipt already, and read everything the decisions need."""
        self.waiting = self.ledger.open(mails)
        if self.wanted_by is None:
            self.answers.look_up(self.waiting)
        self.customers = customers.ensure(self.connection, self.site_id, self._senders(), self.now)
        self._find_places()
        # Each mail after those that lead to it; what has no place comes last.
        turns = {key: turn for turn, key in enumerate(self.threading.places)}
        last = len(turns)
        self.waiting.sort(key=lambda mail: (turns.get(mail.ref.provider_id, last), _moment(mail)))

    def take(self, mail: Mail) -> None:
        """Decide on one mail."""
        parsed = mail.parsed
        if parsed is None:
            self.ledger.note(mail, "parked", mail.error)
            return
        match self._route(mail):
            case Route.OUT_OF_SCOPE:
                return
            case Route.FILTERED:
                self.ledger.note(mail, "filtered", receipts.IN_SPAM)
            case Route.OURS:
                self._take_ours(mail, parsed)
            case Route.BOUNCE:
                self._take_bounce(mail, parsed)
            case Route.AUTO_REPLY | Route.CUSTOMER if self.answers.of(mail):
                self._take_answer(mail, parsed)
            case Route.AUTO_REPLY:
                self._take_auto_reply(mail, parsed)
            case Route.CUSTOMER:
                self._take_customer(mail, parsed)

    def finish(self) -> None:
        """Write the batch: tickets and their messages, then the receipts that name them."""
        rethread(self.desk, self.threading, self._board)
        self.desk.flush()
        self.ledger.close()
        for email, reason, message_id in sorted(self._suppressed):
            suppressions.suppress(
                self.connection, self.site_id, email, reason, message_id, self.now
            )

    # --- one way in each ------------------------------------------------------------------

    def _take_customer(self, mail: Mail, parsed: ParsedMail) -> None:
        sender = sender_of(parsed, self.own)
        original = self._same_mail_elsewhere(mail, parsed)
        if original is not None:
            self.ledger.note(mail, "duplicate", "reached another address of ours too", original)
            return
        place = self.threading.places[mail.ref.provider_id]
        ticket, outcome = self._ticket_for(mail, parsed, sender, place)
        author = self._customer(sender)
        message = self._attach(
            mail, parsed, ticket, author, "customer", new_person=place.new_person
        )
        self._note_people(ticket, parsed, sender, place.new_person)
        self.desk.record(
            "message_received", author.actor, ticket, message["id"], history=self._is_quiet(mail)
        )
        self.ledger.note(mail, outcome, "", message)

    def _take_auto_reply(self, mail: Mail, parsed: ParsedMail) -> None:
        sender = sender_of(parsed, self.own)
        ticket = self._found(mail)
        if ticket is None:
            self.ledger.note(mail, "parked", receipts.LONELY_AUTO_REPLY)
            return
        message = self._attach(mail, parsed, ticket, self._customer(sender), "automatic")
        self.ledger.note(mail, "auto_reply", "", message)

    def _take_answer(self, mail: Mail, parsed: ParsedMail) -> None:
        """An agent answers a notice: what becomes of it is decided when the batch is stored."""
        if parsed.automatic is not None or self._is_quiet(mail):
            self.ledger.note(mail, "filtered", receipts.ANSWERS_NOTICE)
            return
        self.answers.announce(self.desk, self.mailbox["id"], mail)
        self.ledger.note(mail, "parked", receipts.ANSWERS_NOTICE)

    def _take_bounce(self, mail: Mail, parsed: ParsedMail) -> None:
        report = parsed.bounce
        if self.answers.took_report(self.desk, report):
            self.ledger.note(mail, "bounce", report.status if report else "")
            return
        reported = report.original_message_id if report else ""
        ours = (one for one in self.candidates.originals_of(reported) if one["kind"] == "out")
        original, ticket = next(ours, None), self._found(mail)
        if report is None or original is None or ticket is None:
            self.ledger.note(mail, "parked", receipts.UNKNOWN_BOUNCE)
            return
        author = Author(SYSTEM, parsed.sender or Address("", ""))
        message = self._attach(mail, parsed, ticket, author, "automatic")
        # Anybody may write a notification, and whoever got our mail knows its id: it cuts off no
        # address but those that the mail went to.
        written_to = {one["email"] for one in (*original["recipients"], *original["copied"])}
        for one in (report, *report.more):
            if one.marks_address and one.recipient in written_to:
                said = one.status or one.reason.value
                self._suppressed.append((one.recipient, said, message["id"]))
        self.desk.record("message_bounced", SYSTEM, ticket, message["id"], hard=report.hard)
        self.ledger.note(mail, "bounce", report.status, message)

    def _take_ours(self, mail: Mail, parsed: ParsedMail) -> None:
        send = self.candidates.send_of(parsed)
        if send is not None:
            self._settle(mail, parsed, send)
            return
        ticket = self._found(mail)
        if ticket is None:
            self.ledger.note(mail, "filtered", receipts.OWN_MAIL)
            return
        author = Author(Actor("agent"), parsed.sender or Address(self.mailbox["address"]))
        message = self._attach(mail, parsed, ticket, author, "ours")
        self.desk.add_people(ticket["id"], copied_in((*parsed.to, *parsed.cc), self.own), "copied")
        self.desk.record("message_sent_elsewhere", author.actor, ticket, message["id"])
        self.ledger.note(mail, "sent_elsewhere", "", message)

    def _settle(self, mail: Mail, parsed: ParsedMail, send: Row) -> None:
        """Our own send, seen by the sync, perhaps before its worker could note that it went out."""
        sent = SentRef(mail.ref.provider_id, mail.ref.thread_id, parsed.message_id)
        settle(self.desk, send, sent)
        message = {
            "id": send["message_id"],
            "ticket_id": send["ticket_id"],
            "rfc_message_id": parsed.message_id,
            "reference_ids": reference_ids(parsed),
        }
        if send["message_id"] is not None:
            self.desk.link_ids(send["ticket_id"], send["message_id"], message["reference_ids"])
        self.ledger.note(mail, "sent", "", message)

    # --- what the ways share --------------------------------------------------------------

    def _find_places(self) -> None:
        """Lock all tickets that the mails may belong to, and decide where they do."""
        pointed = self.candidates.look_up(self.waiting)
        self.threading.near.gather(pointed)
        self.candidates.lock({*pointed, *self.threading.near.tickets})
        self.threading.keep_unchanged()
        self._board = self.candidates.board(self.threading.near.tickets)
        letters, earlier = self._letters()
        waiting = () if self.wanted_by else self.ledger.waiting()
        self.threading.decide(self._board, letters, waiting=waiting, earlier=earlier)

    def _letters(self) -> tuple[list[Letter], dict[int, Moment]]:
        """Return the letters of the mails, and which messages have a copy among them, of when."""
        letters: list[Letter] = []
        copies: dict[int, Moment] = {}
        seen: set[tuple[str, ...]] = set()
        for mail in sorted(self.waiting, key=_moment):
            parsed = mail.parsed
            if parsed is None or self._is_known_send(mail, parsed) or self.answers.of(mail):
                continue
            content = self._content(mail, parsed)
            original = self._same_mail_elsewhere(mail, parsed)
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
            self._route(mail),
            self.mailbox["id"],
            self.own,
            self.candidates.token_of(mail),
            is_live=not self._is_history(mail),
        )

    def _is_known_send(self, mail: Mail, parsed: ParsedMail) -> bool:
        """Tell whether the mail is a reply of ours; what it answers leads to its ticket."""
        send = self.candidates.send_of(parsed) if self._route(mail) is Route.OURS else None
        if send is None:
            return False
        letter = self._letter(mail, parsed)
        if letter is not None and send["ticket_id"] in self._board.people:
            self._board.put(replace(letter, copied=()), send["ticket_id"])
        return True

    def _found(self, mail: Mail) -> Row | None:
        """Return the ticket that was found for a mail, if there is one."""
        place = self.threading.places.get(mail.ref.provider_id)
        ticket_id = self.threading.ticket_of(place.conversation) if place else None
        return None if ticket_id is None else self.desk.tickets[ticket_id]

    def _ticket_for(
        self, mail: Mail, parsed: ParsedMail, sender: Address, place: Place
    ) -> tuple[Row, str]:
        joined = self._found(mail)
        if joined is not None:
            return joined, "reply"
        inbox_id = inbox_of(
            parsed, self.mailbox["address"], self._inbox_by_address, self._default_inbox
        )
        values = {
            "inbox_id": inbox_id,
            "customer_id": self.customers[sender.email],
            "subject": parsed.subject[:998],
            "direction": mail.visible.direction if mail.visible else "ltr",
            "from_before": self._is_history(mail),
            "follows": self.threading.ticket_of(place.follows),
            "suggested_ticket_id": self.threading.ticket_of(place.suggestion),
        }
        ticket = self.desk.open_ticket(values, mail.received_at)
        self.threading.opened(place.conversation, ticket["id"])
        opener = self.wanted_by or SYSTEM
        self.desk.record("ticket_opened", opener, ticket, history=self._is_quiet(mail))
        if not ticket["from_before"]:
            facts = routing.facts_of_mail(ticket, mail, sender.email, parsed.subject)
            routing.route(self.connection, self.site_id, self.desk, ticket, facts)
        return ticket, "ticket"

    def _attach(
        self,
        mail: Mail,
        parsed: ParsedMail,
        ticket: Row,
        author: Author,
        side: Side,
        *,
        new_person: bool = False,
    ) -> Row:
        history = self._is_history(mail)
        message = message_row(
            mail,
            parsed,
            ticket,
            author,
            mailbox_id=self.mailbox["id"],
            kind="out" if side == "ours" else "in",
            now=self.now,
            new_person=new_person,
        )
        message["believed"] = is_believed_mail(parsed, self._route(mail), author.address)
        files = attachment_rows(parsed, self.site_id, message["id"], mail.received_at)
        was = ticket["status"]
        # Whoever wants a ticket of a mail has something to do with it, wherever the mail lies.
        left_inbox = side != "ours" and INBOX not in mail.labels and self.wanted_by is None
        self.desk.attach(ticket, message, files, side=side, history=history, left_inbox=left_inbox)
        if was != ticket["status"] and not history:
            self.desk.record(
                "ticket_status_changed", author.actor, ticket, status=[was, ticket["status"]]
            )
        self.desk.lead(message, mail.ref.thread_id)
        return message

    def _customer(self, sender: Address) -> Author:
        return Author(Actor("customer", self.customers[sender.email]), sender)

    def _same_mail_elsewhere(self, mail: Mail, parsed: ParsedMail) -> Mapping[str, Any] | None:
        # The Message-ID alone proves nothing, anyone can repeat it: the content must be the same.
        given = self._content(mail, parsed)
        for one in self.candidates.originals_of(parsed.message_id) if given else ():
            stored = (one["rfc_message_id"], one["author_email"], one["subject"], one["text"])
            if one["kind"] == "in" and given == stored:
                return one
        return None

    def _content(self, mail: Mail, parsed: ParsedMail) -> tuple[str, ...]:
        """Return what two copies of a customer's mail have in common; () where nothing tells."""
        is_customers = self._route(mail) is Route.CUSTOMER
        if mail.visible is None or not parsed.message_id or not is_customers:
            return ()
        sender = sender_of(parsed, self.own)
        rfc_id, subject = parsed.message_id[:998], parsed.subject[:998]
        return rfc_id, sender.email[:320], subject, mail.visible.text

    def _note_people(
        self, ticket: Row, parsed: ParsedMail, sender: Address, new_person: bool
    ) -> None:
        role = "guest" if new_person else "customer"
        self.desk.add_people(ticket["id"], {sender.email: sender.name}, role)
        if not new_person:
            self.desk.add_people(
                ticket["id"], copied_in((*parsed.to, *parsed.cc), self.own), "copied"
            )

    def _senders(self) -> dict[str, str]:
        senders = [
            sender_of(mail.parsed, self.own)
            for mail in self.waiting
            if mail.parsed
            and self._route(mail) in (Route.CUSTOMER, Route.AUTO_REPLY)
            and self.answers.of(mail) is None
        ]
        return {sender.email: sender.name for sender in senders}

    def _route(self, mail: Mail) -> Route:
        if mail.parsed is None or self.wanted_by is not None:
            return Route.CUSTOMER
        return route(mail.parsed, mail.labels, self.own)

    def _is_history(self, mail: Mail) -> bool:
        return mail.received_at < self._history_until

    def _is_quiet(self, mail: Mail) -> bool:
        """Tell whether nothing automatic may follow: history, and what an outage held up."""
        return self._is_history(mail) or mail.received_at < self.now - LATE_MS

    def _read_inboxes(self) -> None:
        rows = mailboxes.addresses(self.connection, self.site_id, self.mailbox["id"])
        self._inbox_by_address = {row["email"]: row["inbox_id"] for row in rows}
        self._default_inbox: int = rows[0]["inbox_id"]
        self.own = frozenset(
            {self.mailbox["address"], *self.mailbox["aliases"], *self._inbox_by_address}
        )
