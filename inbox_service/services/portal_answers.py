"""What a customer writes on the status page joins his ticket, as his mail would.

It is kept as the mail it could have been: its files are then found, shown and erased like those of
any other message.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.domain.events import Actor
from inbox_service.domain.intake import without_tag
from inbox_service.domain.mail import Address, OutgoingAttachment, OutgoingMail
from inbox_service.errors import Conflict, Invalid
from inbox_service.ports import Fetched, MessageRef
from inbox_service.store import inboxes, messages, portal, receipts

from . import auth, idempotency
from .access import Visitor, visitor
from .desk import Desk, Row
from .idempotency import Key
from .mail_reading import Mail, read_mail
from .message_rows import Author, attachment_rows, message_row
from .portal import PortalMessage, check_open, own_ticket, reader_of, show

MOST_TEXT = 20_000
MOST_FILES = 10
MOST_BYTES = 25 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What the customer wrote. `entry_key` is the same when the same answer is sent again."""

    text: str
    files: tuple[OutgoingAttachment, ...]
    entry_key: str


@dataclass(frozen=True, slots=True)
class _Context:
    """The ticket as the answer finds it: who writes, to which of our addresses, after what."""

    ticket: Row
    writer: Address
    to: tuple[Address, ...]
    last_mail: Row | None


def answer(deps: Deps, caller: auth.Caller, reference: str, given: Answer) -> PortalMessage:
    """Put the answer into the ticket, once per key, and return it.

    raises Invalid naming the field, NotFound for a ticket that is not the visitor's, Conflict
    `ticket_closed` where the ticket takes no answers any more.
    """
    _check(given)
    context = _read(deps, caller, reference)
    key = Key(given.entry_key, _hash(given))
    actor = f"ticket:{context.ticket['id']}"
    repeated = idempotency.is_answered(deps, caller.site_id, actor, key)
    # A second press composes nothing: its mail would be a blob that no message ever names.
    mail = None if repeated else _as_mail(deps, context, given)
    with auth.plugin_writing(deps, caller) as (connection, at):
        who = visitor(connection, deps.secrets, caller, at)
        ticket = own_ticket(connection, who, reference, lock=True)

        def write() -> int:
            if mail is None:
                raise Conflict("This answer is being sent just now.", code="answer_under_way")
            # Again, now that the row is locked: it may have been merged since.
            check_open(connection, who, ticket, at)
            return _join(Desk(connection, caller.site_id, at), ticket, context, mail)

        message_id = idempotency.once_for(connection, caller.site_id, actor, key, at, write)
        rows = messages.get_many(connection, caller.site_id, [message_id])
        reader = reader_of(connection, who, ticket)
        return show(deps, connection, reader, list(rows.values()))[0]


def _read(deps: Deps, caller: auth.Caller, reference: str) -> _Context:
    with deps.sessions.reading() as connection:
        now = deps.clock.now()
        who = visitor(connection, deps.secrets, caller, now)
        ticket = own_ticket(connection, who, reference)
        check_open(connection, who, ticket, now)
        return _Context(
            ticket,
            _writer(connection, who, ticket),
            _written_to(connection, ticket),
            messages.latest(connection, caller.site_id, ticket["id"], ["in", "out"]),
        )


def _writer(connection: Connection, who: Visitor, ticket: Row) -> Address:
    """Return the ticket's customer, at the address he has shown to read where it is one of his."""
    name, addresses = portal.name_and_addresses(connection, who.site_id, ticket["customer_id"])
    return Address(who.email if who.email in addresses else addresses[0], name)


def _written_to(connection: Connection, ticket: Row) -> tuple[Address, ...]:
    """Return the address of ours that the customer wrote to last: a reply goes out from it."""
    feeds = inboxes.feeds(connection, ticket["site_id"], ticket["inbox_id"])
    own = [feed["email"] for feed in feeds]
    last = messages.latest(connection, ticket["site_id"], ticket["id"], ["in"])
    people = [*last["recipients"], *last["copied"]] if last else []
    named = [without_tag(one["email"]) for one in people]
    return tuple(Address(email) for email in [*(one for one in named if one in own), *own][:1])


def _as_mail(deps: Deps, context: _Context, given: Answer) -> Mail:
    mark, at, site_id = secrets.token_hex(16), deps.clock.now(), context.ticket["site_id"]
    outgoing = OutgoingMail(
        sender=context.writer,
        to=context.to,
        subject=context.ticket["subject"],
        text=given.text,
        message_id=f"{mark}@portal.invalid",
        send_id=mark,
        date=at,
        attachments=given.files,
    )
    fetched = Fetched(MessageRef(mark), mime.compose(outgoing), frozenset(), at)
    return read_mail(deps, site_id, fetched)


def _join(desk: Desk, found: Row, context: _Context, mail: Mail) -> int:
    assert mail.parsed is not None
    desk.load([found["id"]])
    ticket = desk.tickets[found["id"]]
    author, was = Author(Actor("customer", ticket["customer_id"]), context.writer), ticket["status"]
    message = message_row(
        mail, mail.parsed, ticket, author, mailbox_id=None, kind="in", now=desk.now
    )
    # Typed into a box: what looks like a quote or a signature there was meant to be read.
    message |= {"text": mail.parsed.text.strip("\n"), "folded_text": ""}
    message |= _thread(context.last_mail)
    files = attachment_rows(mail.parsed, desk.site_id, message["id"], mail.received_at)
    desk.attach(ticket, message, files, side="customer")
    if was != ticket["status"]:
        desk.record("ticket_status_changed", author.actor, ticket, status=[was, ticket["status"]])
    desk.add_people(ticket["id"], {context.writer.email: context.writer.name}, "customer")
    desk.record("message_received", author.actor, ticket, message["id"], history=False)
    blob = {"sha256": mail.blob, "size": mail.size, "created_at": desk.now}
    receipts.note_blobs(desk.connection, [{"site_id": desk.site_id, **blob}])
    desk.flush()
    return int(message["id"])


def _thread(last_mail: Row | None) -> Row:
    """Return the ids a reply to the answer goes on from.

    Nobody ever received the mail that the answer is kept as, so the thread in the customer's own
    mailbox continues at the last one that was sent (RFC 5322 3.6.4).
    """
    chain = [*last_mail["reference_ids"], last_mail["rfc_message_id"]] if last_mail else []
    return {"rfc_message_id": "", "reference_ids": [one for one in dict.fromkeys(chain) if one]}


def _check(given: Answer) -> None:
    if not given.text.strip():
        raise Invalid("Write your answer first.", field="text")
    if len(given.text) > MOST_TEXT:
        raise Invalid(f"The text is longer than {MOST_TEXT} characters.", field="text")
    if len(given.files) > MOST_FILES:
        raise Invalid(f"At most {MOST_FILES} files can be sent at once.", field="files")
    if sum(len(file.content) for file in given.files) > MOST_BYTES:
        raise Invalid("The files are larger than 25 MB together.", field="files")


def _hash(given: Answer) -> str:
    parts = [given.text.encode(), *(_file_hash(file) for file in given.files)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _file_hash(file: OutgoingAttachment) -> bytes:
    return hashlib.sha256(file.filename.encode() + b"\0" + file.content).digest()
