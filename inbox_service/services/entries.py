"""What visitors file by a form: a ticket, once per entry key, or parked; never refused.

The plugin may send an entry long after it was made, and again when it did not hear our answer. The
first time under a key makes the ticket; every later time says the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Connection

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.domain.events import SYSTEM, Actor
from inbox_service.domain.forms import fault_of_entry, subject_of, tags_of, text_of_entry
from inbox_service.domain.mail import Address, OutgoingAttachment, OutgoingMail
from inbox_service.errors import Conflict
from inbox_service.mime.charsets import storable
from inbox_service.ports import Fetched, MessageRef
from inbox_service.store import blocked_senders, customers, forms, receipts, sites
from inbox_service.store.ids import new_id
from inbox_service.store.tickets import new_reference
from inbox_service.texts import text

from . import access, auth, routing
from .desk import Desk, Row
from .mail_reading import Mail, read_mail
from .message_rows import Author, attachment_rows, message_row
from .notices import Notice, prepare_notice, queue_notice
from .sent_files import sent_file

# An entry that waited longer was kept by a plugin whose service was down: too late to confirm.
_CONFIRM_WITHIN_MS = 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as the plugin sends it; `files` hold name, type and base64 content."""

    entry_key: str
    reference: str
    submitted_at: int
    locale: str
    wp_user_id: int | None
    fields: Mapping[str, Any]
    files: list[Mapping[str, str]] = field(default_factory=list)
    page_url: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an entry.

    The link to the status page is in the confirmation mail only: whoever reads that mail has shown
    that the address is his.
    """

    state: str
    reference: str


def take_entry(deps: Deps, caller: auth.Caller, form_id: int, entry: Entry) -> Taken:
    """Take an entry in. raises Invalid for an unreadable file, Conflict where there is no form.

    An entry of a form that was removed meanwhile goes to the site's first form: it waited at the
    plugin, and must not wait for ever.
    """
    texts = {name: storable(str(value)) for name, value in entry.fields.items()}
    entry = replace(entry, fields=texts)
    with deps.sessions.reading() as connection:
        form = _form(connection, caller.site_id, form_id)
    fault = fault_of_entry(entry.fields)
    files = [sent_file(one) for one in entry.files]
    mail = None if fault else _as_mail(deps, caller.site_id, entry, files)
    if mail is not None and mail.parsed is None:
        fault = mail.error
    kept = [] if not fault else [deps.blobs.put(caller.site_id, file.content) for file in files]
    with auth.plugin_writing(deps, caller) as (connection, now):
        intake = _Intake(connection, deps, form, entry, now)
        taken = intake.park(fault, files, kept) if fault or mail is None else intake.open(mail)
    _confirm(deps, caller.site_id, form, entry, taken)
    return taken


class _Intake:
    """One entry in its transaction."""

    def __init__(
        self, connection: Connection, deps: Deps, form: Row, entry: Entry, now: int
    ) -> None:
        self.connection = connection
        self.deps = deps
        self.form = form
        self.entry = entry
        self.now = now
        self.site_id: int = form["site_id"]

    def park(self, reason: str, files: list[OutgoingAttachment], blobs: list[str]) -> Taken:
        """Keep an entry that cannot be a ticket, with all its content."""
        names = [
            {"name": file.filename, "type": file.content_type, "blob": blob}
            for file, blob in zip(files, blobs, strict=True)
        ]
        receipts.note_blobs(
            self.connection,
            [
                {"site_id": self.site_id, "sha256": blob, "size": 0, "created_at": self.now}
                for blob in blobs
            ],
        )
        content = {"fields": dict(self.entry.fields), "files": names}
        forms.claim_entry(self.connection, self._row("parked", reason, content))
        return Taken("parked", self.entry.reference)

    def open(self, mail: Mail) -> Taken:
        """Make the entry's ticket, unless an earlier call did."""
        row = self._row("ticket", "", {"fields": {}, "files": []})
        known = forms.entry(self.connection, self.site_id, self.entry.entry_key)
        if known is not None:
            return self._again(known)
        if forms.reference_is_taken(self.connection, self.site_id, self.entry.reference):
            # One in 2^40: the confirmation tells the visitor the one that holds.
            row["reference"] = new_reference()
        if not forms.claim_entry(self.connection, row):
            known = forms.entry(self.connection, self.site_id, self.entry.entry_key)
            return self._again(known or row)
        ticket = self._ticket(mail, row["reference"])
        forms.link_entry(self.connection, self.site_id, row["id"], ticket["id"])
        return Taken("ticket", row["reference"])

    def _again(self, known: Row) -> Taken:
        return Taken(known["state"], known["reference"])

    def _ticket(self, mail: Mail, reference: str) -> Row:
        assert mail.parsed is not None
        sender = mail.parsed.sender or Address(_email(self.entry))
        people = {sender.email: sender.name}
        ids = customers.ensure(self.connection, self.site_id, people, self.now)
        author = Author(Actor("customer", ids[sender.email]), sender)
        desk = Desk(self.connection, self.site_id, self.now)
        is_blocked = blocked_senders.is_blocked(self.connection, self.site_id, sender.email)
        values = self._new_ticket(mail, ids[sender.email], reference)
        values["channel"] = "form"
        values["place"] = "spam" if is_blocked else "inbox"
        ticket = desk.open_ticket(values, mail.received_at)
        desk.record("ticket_opened", SYSTEM, ticket, history=is_blocked)
        tags = tags_of(self.form["definition"])
        desk.tag(ticket, tags)
        message = message_row(
            mail, mail.parsed, ticket, author, mailbox_id=None, kind="in", now=self.now
        )
        # Nobody ever received the mail that the entry is kept as: nothing can answer its id.
        message["rfc_message_id"] = ""
        files = attachment_rows(mail.parsed, self.site_id, message["id"], mail.received_at)
        desk.attach(ticket, message, files, side="customer")
        desk.add_people(ticket["id"], people, "customer")
        desk.record("message_received", author.actor, ticket, message["id"], history=is_blocked)
        facts = routing.facts_of_mail(ticket, mail, sender.email, ticket["subject"])
        by_form = replace(facts, form_id=self.form["id"], tags=frozenset(tags))
        if not is_blocked:
            routing.route(self.connection, self.site_id, desk, ticket, by_form)
        blob = {"sha256": mail.blob, "size": mail.size, "created_at": self.now}
        receipts.note_blobs(self.connection, [{"site_id": self.site_id, **blob}])
        desk.flush()
        return ticket

    def _new_ticket(self, mail: Mail, customer_id: int, reference: str) -> Row:
        return {
            "inbox_id": self.form["inbox_id"],
            "customer_id": customer_id,
            "reference": reference,
            "subject": subject_of(self.entry.fields),
            "direction": mail.visible.direction if mail.visible else "ltr",
        }

    def _row(self, state: str, reason: str, content: Mapping[str, Any]) -> Row:
        return {
            "site_id": self.site_id,
            "id": new_id(self.now),
            "form_id": self.form["id"],
            "entry_key": self.entry.entry_key,
            "state": state,
            "reason": reason,
            "reference": self.entry.reference,
            "wp_user_id": self.entry.wp_user_id,
            "entry": dict(content),
            "submitted_at": self.entry.submitted_at,
            "created_at": self.now,
        }


def _as_mail(deps: Deps, site_id: int, entry: Entry, files: list[OutgoingAttachment]) -> Mail:
    """Write the entry as a mail, so that it is read, shown and exported like every other."""
    email = _email(entry)
    name = " ".join(str(entry.fields.get("name") or "").split())[:120]
    raw = mime.compose(
        OutgoingMail(
            sender=Address(email, name),
            to=(Address(email, name),),
            subject=subject_of(entry.fields),
            text=text_of_entry(entry.fields, _origin(entry)),
            message_id=f"{entry.entry_key}@form.invalid",
            send_id=entry.entry_key,
            date=entry.submitted_at,
            attachments=tuple(files),
        )
    )
    # No mail from the future: a visitor's server may have any clock.
    at = min(entry.submitted_at, deps.clock.now())
    return read_mail(deps, site_id, Fetched(MessageRef(entry.entry_key), raw, frozenset(), at))


def _origin(entry: Entry) -> str:
    # The visitor reads it too, on the status page: an address alone would puzzle him.
    return text(entry.locale, "written_on", url=entry.page_url) if entry.page_url else ""


def _confirm(deps: Deps, site_id: int, form: Row, entry: Entry, taken: Taken) -> None:
    """Tell the visitor that his request is here, once; no word of his own is in the mail."""
    late = deps.clock.now() - entry.submitted_at > _CONFIRM_WITHIN_MS
    with deps.sessions.reading() as connection:
        known = forms.entry(connection, site_id, entry.entry_key)
        page = sites.get(connection, site_id)
        ticket_id = known["ticket_id"] if known else None
        done = ticket_id is not None and forms.has_notice(connection, site_id, ticket_id)
        done = done or blocked_senders.is_blocked(connection, site_id, _email(entry))
    if late or ticket_id is None or done or page is None:
        return
    address = Address(_email(entry))
    with deps.sessions.writing() as connection:
        token = access.grant(
            connection, deps.secrets, site_id, ticket_id, address.email, deps.clock.now()
        )
    subject = text(entry.locale, "confirmation_subject", reference=taken.reference)
    body = _confirmation(entry.locale, page["status_page_url"], taken.reference, token)
    notice = Notice("confirmation", address, subject, body, entry.locale)
    prepared = prepare_notice(deps, site_id, form["inbox_id"], notice, ticket_id)
    if prepared is None:
        return
    with deps.sessions.writing() as connection:
        row_id = queue_notice(connection, deps, prepared, ticket_id)
    if row_id is not None:
        deps.queue.hint("deliver", site_id, row_id)


def _confirmation(locale: str, page_url: str, reference: str, token: str) -> str:
    if not page_url:
        return text(locale, "confirmation_body_without_link", reference=reference)
    query = {"unified_inbox_ticket": reference, "grant": token}
    url = f"{page_url}{'&' if '?' in page_url else '?'}{urlencode(query)}"
    return text(locale, "confirmation_body", reference=reference, url=url)


def _form(connection: Connection, site_id: int, form_id: int) -> Row:
    form = forms.get(connection, site_id, form_id)
    if form is None:
        others = forms.of_site(connection, site_id)
        if not others:
            raise Conflict("The site has no form: connect a mailbox first.", code="no_form")
        form = others[0]
    return form


def _email(entry: Entry) -> str:
    return str(entry.fields.get("email") or "").strip().lower()
