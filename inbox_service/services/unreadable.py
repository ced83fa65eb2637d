"""A mail that cannot be read, as a file in a mail of ours that can."""

from __future__ import annotations

import re
from dataclasses import replace

from inbox_service import mime
from inbox_service.deps import Deps
from inbox_service.domain.mail import Address, OutgoingAttachment, OutgoingMail
from inbox_service.ports import Fetched
from inbox_service.store.rows import Row
from inbox_service.texts import direction_of, language_of, text

from .mail_reading import Mail, read_mail

# RFC 2606: an address that is nobody's, where the mail's own cannot be made out.
NOBODY = Address("unknown@unreadable.invalid")
# Not message/rfc822: a broken mail must not be opened as one.
_BYTES = "application/octet-stream"
_ADDRESS = re.compile(r"[a-z0-9._+-]{1,64}@[a-z0-9-]{1,60}(\.[a-z0-9-]{1,60}){1,3}\Z")


def wrapped(deps: Deps, mail: Mail, receipt: Row, locale: str) -> Mail:
    """Return a readable mail that says why the other is not, and carries its bytes as a file."""
    raw = deps.blobs.get(receipt["site_id"], receipt["blob"])
    key = f"{receipt['id']}@{NOBODY.email.partition('@')[2]}"
    outgoing = OutgoingMail(
        sender=_sender(mail),
        to=(NOBODY,),
        subject=text(locale, "unreadable_subject"),
        text=text(locale, "unreadable_body", reason=receipt["reason"]),
        message_id=key,
        send_id=str(receipt["id"]),
        date=receipt["received_at"],
        direction=direction_of(locale),
        language=language_of(locale),
        attachments=(OutgoingAttachment("mail.eml", _BYTES, raw),),
    )
    content = mime.compose(outgoing)
    made = read_mail(
        deps,
        receipt["site_id"],
        Fetched(mail.ref, content, mail.labels, mail.received_at),
    )
    return replace(made, ref=mail.ref)


def _sender(mail: Mail) -> Address:
    """Return whom the mail is from, as far as that is beyond doubt: it may be what was refused."""
    sender = mail.parsed.sender if mail.parsed else None
    return Address(sender.email) if sender and _ADDRESS.match(sender.email) else NOBODY
