"""Mail becomes tickets: every mail of a batch gets its receipt, and its place, in one transaction.

The transaction is the caller's (`services.sync`), which stores the cursor in it too: after a crash
the batch comes again and the receipts' unique key absorbs it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from inbox_service.domain.events import SYSTEM, Actor
from inbox_service.domain.intake import Route, copied_in
from inbox_service.domain.mail import INBOX, Address, ParsedMail
from inbox_service.domain.threading import Place
from inbox_service.domain.tickets import Side
from inbox_service.ports import SecretBox, SentRef
from inbox_service.store import blocked_senders, customers, receipts, suppressions

from . import routing
from .desk import Desk, Row
from .ledger import Ledger
from .mail_reading import Mail
from .message_rows import Author, attachment_rows, message_row, reference_ids
from .notice_answers import NoticeAnswers
from .placing import Placing
from .settling import settle
from .standpoint import Standpoint
from .threaded_mails import is_believed_mail


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
        self.waiting: list[Mail] = []
        self.desk = Desk(connection, self.site_id, now)
        self.standpoint = Standpoint(
            connection, mailbox, now, is_backfill=is_backfill, is_wanted=wanted_by is not None
        )
        self.answers = NoticeAnswers(connection, secrets, self.site_id, now)
        self.placing = Placing(connection, secrets, self.desk, self.standpoint, self.answers)
        self.customers: dict[str, int] = {}
        self.ledger = Ledger(connection, mailbox, now, only_parked=wanted_by is not None)
        self._blocked: frozenset[str] = frozenset()
        self._suppressed: list[tuple[str, str, int]] = []

    def prepare(self, mails: Sequence[Mail]) -> None:
        """Set aside what has its receipt already, and read everything the decisions need."""
        self.waiting = self.ledger.open(mails)
        if self.wanted_by is None:
            self.answers.look_up(self.waiting)
        senders = self._senders()
        self.customers = customers.ensure(self.connection, self.site_id, senders, self.now)
        if self.wanted_by is None:
            self._blocked = blocked_senders.among(self.connection, self.site_id, senders)
        self.waiting = self.placing.find(self.waiting, self.ledger)

    def take(self, mail: Mail) -> None:
        """Decide on one mail."""
        parsed = mail.parsed
        if parsed is None:
            self.ledger.note(mail, "parked", mail.error)
            return
        match self.standpoint.route(mail):
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
        self.placing.settle()
        self.desk.flush()
        self.ledger.close()
        for email, reason, message_id in sorted(self._suppressed):
            suppressions.suppress(
                self.connection, self.site_id, email, reason, message_id, self.now
            )

    # --- one way in each ------------------------------------------------------------------

    def _take_customer(self, mail: Mail, parsed: ParsedMail) -> None:
        original = self.placing.same_elsewhere(mail, parsed)
        if original is not None:
            self.ledger.note(mail, "duplicate", "reached another address of ours too", original)
            return
        sender = self.standpoint.sender(parsed)
        joined = self.placing.ticket_of(mail)
        is_blocked = sender.email in self._blocked
        if is_blocked and joined is not None and joined["place"] == "inbox":
            # He is no reason to take a ticket away from people who are at work in it.
            self.ledger.note(mail, "parked", receipts.BLOCKED)
            return
        place = self.placing.place_of(mail)
        ticket, outcome = self._ticket_for(mail, parsed, sender, place)
        author = self._customer(sender)
        message = self._attach(
            mail, parsed, ticket, author, "customer", new_person=place.new_person
        )
        self._note_people(ticket, parsed, sender, place.new_person)
        self.desk.record(
            "message_received",
            author.actor,
            ticket,
            message["id"],
            history=is_blocked or self.standpoint.is_quiet(mail),
        )
        self.ledger.note(mail, outcome, receipts.BLOCKED if is_blocked else "", message)

    def _take_auto_reply(self, mail: Mail, parsed: ParsedMail) -> None:
        ticket = self.placing.ticket_of(mail)
        if ticket is None:
            self.ledger.note(mail, "parked", receipts.LONELY_AUTO_REPLY)
            return
        message = self._attach(
            mail, parsed, ticket, self._customer(self.standpoint.sender(parsed)), "automatic"
        )
        self.ledger.note(mail, "auto_reply", "", message)

    def _take_answer(self, mail: Mail, parsed: ParsedMail) -> None:
        """An agent answers a notice: what becomes of it is decided when the batch is stored."""
        if parsed.automatic is not None or self.standpoint.is_quiet(mail):
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
        ours = (
            one for one in self.placing.candidates.originals_of(reported) if one["kind"] == "out"
        )
        original, ticket = next(ours, None), self.placing.ticket_of(mail)
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
        send = self.placing.candidates.send_of(parsed)
        if send is not None:
            self._settle(mail, parsed, send)
            return
        ticket = self.placing.ticket_of(mail)
        if ticket is None:
            self.ledger.note(mail, "filtered", receipts.OWN_MAIL)
            return
        author = Author(Actor("agent"), parsed.sender or Address(self.mailbox["address"]))
        message = self._attach(mail, parsed, ticket, author, "ours")
        self.desk.add_people(
            ticket["id"], copied_in((*parsed.to, *parsed.cc), self.standpoint.own), "copied"
        )
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

    def _ticket_for(
        self, mail: Mail, parsed: ParsedMail, sender: Address, place: Place
    ) -> tuple[Row, str]:
        joined = self.placing.ticket_of(mail)
        if joined is not None:
            return joined, "reply"
        is_blocked = sender.email in self._blocked
        values = {
            "inbox_id": self.standpoint.inbox(parsed),
            "place": "spam" if is_blocked else "inbox",
            "customer_id": self.customers[sender.email],
            "subject": parsed.subject[:998],
            "direction": mail.visible.direction if mail.visible else "ltr",
            "from_before": self.standpoint.is_history(mail),
            **self.placing.ties_of(place),
        }
        ticket = self.desk.open_ticket(values, mail.received_at)
        self.placing.opened(place, ticket)
        opener = self.wanted_by or SYSTEM
        is_quiet = is_blocked or self.standpoint.is_quiet(mail)
        self.desk.record("ticket_opened", opener, ticket, history=is_quiet)
        if not ticket["from_before"] and not is_blocked:
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
        history = self.standpoint.is_history(mail)
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
        message["believed"] = is_believed_mail(parsed, self.standpoint.route(mail), author.address)
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

    def _note_people(
        self, ticket: Row, parsed: ParsedMail, sender: Address, new_person: bool
    ) -> None:
        role = "guest" if new_person else "customer"
        self.desk.add_people(ticket["id"], {sender.email: sender.name}, role)
        if not new_person:
            self._note_copied(ticket, parsed)

    def _note_copied(self, ticket: Row, parsed: ParsedMail) -> None:
        copied = copied_in((*parsed.to, *parsed.cc), self.standpoint.own)
        self.desk.add_people(ticket["id"], copied, "copied")

    def _senders(self) -> dict[str, str]:
        senders = [
            self.standpoint.sender(mail.parsed)
            for mail in self.waiting
            if mail.parsed
            and self.standpoint.route(mail) in (Route.CUSTOMER, Route.AUTO_REPLY)
            and self.answers.of(mail) is None
        ]
        return {sender.email: sender.name for sender in senders}
