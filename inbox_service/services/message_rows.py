"""Rows of messages and attachments, from a mail that was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from inbox_service.domain.events import Actor
from inbox_service.domain.intake import authentication_of
from inbox_service.domain.mail import Address, ParsedMail
from inbox_service.store.ids import new_id

from .mail_reading import Mail
from .particulars import particulars_of

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a message: the actor it counts for, and the address it came from."""

    actor: Actor
    address: Address


# A reply names every message before it; the newest of them suffice to find its ticket.
_KEPT_REFERENCES = 20


def message_row(
    mail: Mail,
    parsed: ParsedMail,
    ticket: Row,
    author: Author,
    *,
    mailbox_id: int | None,
    kind: str,
    now: int,
    new_person: bool = False,
) -> Row:
    """Return the row of a mail that was received, or that our side sent by other means."""
    visible = mail.visible
    assert visible is not None
    return {
        "site_id": ticket["site_id"],
        "id": new_id(mail.received_at),
        "ticket_id": ticket["id"],
        "origin_ticket_id": None,
        "mailbox_id": mailbox_id,
        "kind": kind,
        "author_type": author.actor.type,
        "author_id": author.actor.id,
        "author_name": author.address.name[:200],
        "author_email": author.address.email[:320],
        "recipients": _people(parsed.to),
        "copied": _people(parsed.cc),
        "reply_to": _people(parsed.reply_to),
        "subject": parsed.subject[:998],
        "text": visible.text,
        "folded_text": visible.folded_text,
        "html": visible.html,
        "folded_html": visible.folded_html,
        "remote_images": mail.remote_images,
        "direction": visible.direction,
        "automatic": parsed.automatic.value if parsed.automatic else None,
        "particulars": particulars_of(parsed),
        "new_person": new_person,
        "sender_proven": authentication_of(parsed, author.address).aligned,
        # Threading asks it of mail alone.
        "believed": None,
        "sent_elsewhere": kind == "out",
        "rfc_message_id": parsed.message_id[:998],
        "reference_ids": reference_ids(parsed),
        "blob": mail.blob,
        "sent_at": mail.received_at,
        "created_at": now,
        "snippet": mail.snippet,
    }


def attachment_rows(parsed: ParsedMail, site_id: int, message_id: int, at: int) -> list[Row]:
    """Return the rows of the mail's attachments."""
    return [
        {
            "site_id": site_id,
            "id": new_id(at),
            "message_id": message_id,
            "part": file.part,
            "filename": file.filename[:255],
            "content_type": file.content_type[:127],
            "size": file.size,
            "content_id": file.content_id[:255],
            "inline": file.inline,
        }
        for file in parsed.attachments
    ]


def reference_ids(parsed: ParsedMail) -> list[str]:
    """Return the ids the mail answers to, oldest first: References, then In-Reply-To.

    What a bounce answers is above all the mail that it reports.
    """
    named = [*parsed.references, *parsed.in_reply_to]
    reported = parsed.bounce.original_message_id if parsed.bounce else ""
    others = [one for one in dict.fromkeys(named) if one != reported]
    return [*others, *([reported] if reported else [])][-_KEPT_REFERENCES:]


def _people(addresses: Iterable[Address]) -> list[dict[str, str]]:
    return [{"email": address.email, "name": address.name} for address in addresses]
