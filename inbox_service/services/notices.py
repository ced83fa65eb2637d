"""Automatic mail: confirmations, codes, notices. One place sends it, and keeps its caps.

No setting lifts the caps (design rule 5): whatever loops, an address never gets more than a few
automatic mails an hour. A person's reply is never capped.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.domain.mail import Address, OutgoingMail
from inbox_service.store import automatic_sends, mailboxes, outbox, receipts
from inbox_service.store import inboxes as inbox_store
from inbox_service.store.ids import new_id
from inbox_service.texts import direction_of, language_of

from .reply_tokens import address_for, with_tag

HOUR_MS = 3_600_000
MOST_PER_HOUR = 6
# Beside the hourly cap: how many of a kind an address gets within 24 hours.
MOST_PER_DAY = {"acknowledgement": 3, "confirmation": 3, "code": 12}


@dataclass(frozen=True, slots=True)
class Notice:
    """An automatic mail to one person, written already; `locale` is the reader's."""

    kind: str
    to: Address
    subject: str
    text: str
    locale: str = "en"
    # After this a mail that still waits is worth nothing any more, and is not sent.
    good_for_ms: int = 24 * 3_600_000
    # The mail it answers, and those before; where answers to it are to go, if not to its sender.
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    reply_token: str = ""


@dataclass(frozen=True, slots=True)
class PreparedNotice:
    """A notice whose mail is composed and stored, ready to be queued."""

    site_id: int
    mailbox_id: int
    notice: Notice
    send_key: str
    message_id: str
    blob: str
    size: int


def prepare_notice(
    deps: Deps,
    site_id: int,
    inbox_id: int | None,
    notice: Notice,
    ticket_id: int | None = None,
    through: int | None = None,
) -> PreparedNotice | None:
    """Compose the notice from the inbox's own mailbox (any mailbox where it is None).

    `through` names the mailbox that shall send it, where it must not be any. Call it outside a
    transaction. Returns None where no mailbox can send, or where the notice would go to an address
    of our own: a mail to ourselves would come back as a ticket.
    """
    with deps.sessions.reading() as connection:
        every = inbox_store.feeds(connection, site_id, inbox_id)
        feeds = [feed for feed in every if through in (None, feed["mailbox_id"])]
        own = {feed["email"] for feed in inbox_store.feeds(connection, site_id, None)}
        mailbox = mailboxes.get(connection, site_id, feeds[0]["mailbox_id"]) if feeds else None
        name = inbox_store.site_name(connection, site_id)
    if mailbox is None or notice.to.email in own:
        return None
    outgoing = _compose(deps, site_id, mailbox, Address(feeds[0]["email"], name), notice, ticket_id)
    raw = mime.compose(outgoing)
    blob = deps.blobs.put(site_id, raw)
    return PreparedNotice(
        site_id, mailbox["id"], notice, outgoing.send_id, outgoing.message_id, blob, len(raw)
    )


def queue_notice(
    connection: Connection, deps: Deps, prepared: PreparedNotice, ticket_id: int | None = None
) -> int | None:
    """Put the notice into the outbox and return its row; None where a cap or a bounce forbids it.

    After the commit, hint `deliver` with the row.
    """
    site_id, notice, now = prepared.site_id, prepared.notice, deps.clock.now()
    automatic_sends.hold(connection, site_id, notice.to.email)
    if not _may_send(connection, site_id, notice, now):
        return None
    automatic_sends.note(connection, site_id, notice.to.email, notice.kind, now)
    blob = {"sha256": prepared.blob, "size": prepared.size, "created_at": now}
    receipts.note_blobs(connection, [{"site_id": site_id, **blob}])
    row: dict[str, Any] = {
        "site_id": site_id,
        "id": new_id(now),
        "kind": "notice",
        "mailbox_id": prepared.mailbox_id,
        "ticket_id": ticket_id,
        "send_key": prepared.send_key,
        "blob": prepared.blob,
        "due_at": now,
        "expires_at": now + notice.good_for_ms,
        "created_at": now,
    }
    outbox.add(connection, row)
    return int(row["id"])


def _compose(
    deps: Deps,
    site_id: int,
    mailbox: dict[str, Any],
    sender: Address,
    notice: Notice,
    ticket_id: int | None,
) -> OutgoingMail:
    send_key = secrets.token_hex(16)
    reply_to, email = None, with_tag(sender.email, notice.reply_token)
    if ticket_id is not None:
        email = address_for(deps.secrets, site_id, ticket_id, sender.email)
    if mailbox["plus_addressing"] and email != sender.email:
        reply_to = Address(email, sender.name)
    return OutgoingMail(
        sender=sender,
        to=(notice.to,),
        subject=notice.subject,
        text=notice.text,
        html=mime.notice_html(notice.text),
        message_id=f"{send_key}@{sender.email.partition('@')[2]}",
        send_id=send_key,
        date=deps.clock.now(),
        reply_to=reply_to,
        in_reply_to=notice.in_reply_to,
        references=notice.references,
        direction=direction_of(notice.locale),
        language=language_of(notice.locale),
        automatic=True,
    )


def _may_send(connection: Connection, site_id: int, notice: Notice, now: int) -> bool:
    email = notice.to.email
    if automatic_sends.is_suppressed(connection, site_id, email):
        return False
    if automatic_sends.count_since(connection, site_id, email, now - HOUR_MS) >= MOST_PER_HOUR:
        return False
    most = MOST_PER_DAY.get(notice.kind)
    sent = automatic_sends.count_since(connection, site_id, email, now - 24 * HOUR_MS, notice.kind)
    return most is None or sent < most
