"""An outgoing mail into bytes that survive every transport: 7 bits, short lines, no surprises."""

from __future__ import annotations

import re
from email.charset import QP, Charset
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy

from inbox_service.domain.mail import SEND_ID_HEADER, Address, OutgoingAttachment, OutgoingMail
from inbox_service.errors import Invalid
from inbox_service.mime.charsets import storable
from inbox_service.mime.headers import MAX_SUBJECT, date_value, one_line

MAX_REFERENCES = 50
MAX_FILENAME = 200

# 7 bits: googleapiclient fails on 8-bit bytes beside a JSON body, and so do old relays.
_POLICY = SMTP.clone(cte_type="7bit")
_UTF8 = Charset("utf-8")
_UTF8.header_encoding = QP

_ADDRESS = re.compile(r"[!-~]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,253}[a-z0-9])?", re.IGNORECASE)
_FORBIDDEN_IN_ADDRESS = re.compile(r"[\s<>(),;:\"\\\[\]]")
_ID = re.compile(r"[!-;=?-~]{1,900}")
_SEND_ID = re.compile(r"[A-Za-z0-9._@+/=-]{1,200}")
_TYPE = re.compile(r"([a-z0-9][a-z0-9!#$&^_.+-]{0,60})/([a-z0-9][a-z0-9!#$&^_.+-]{0,60})")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_ATEXT_NAME = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]+")
_UNSAFE_NAME = re.compile('[/\\\\"\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+')


class _Written(str):
    """A header value already encoded and folded; its policy writes it as it is.

    EmailPolicy folds long ids into encoded words (which breaks References in every reader) and
    loses the quotes of some names; it leaves values with `name` and `fold` to do it themselves.
    """

    __slots__ = ("name",)

    name: str

    def fold(self, *, policy: EmailPolicy) -> str:
        """Return the whole header field."""
        return f"{self.name}: {policy.linesep.join(self.splitlines())}{policy.linesep}"


def compose(mail: OutgoingMail) -> bytes:
    """Write a mail: RFC 5322, every byte below 128, no line over 998, CRLF.

    Line breaks in a subject or name become blanks; raises Invalid where an address, an id or the
    send id holds what cannot stand in a header.
    """
    message = EmailMessage(policy=_POLICY)
    _write_headers(message, mail)
    message.set_content(_body(mail.text))
    if mail.html:
        _add_html(message, mail)
    for one in mail.attachments:
        if not _is_inline(one, mail):
            kind, subtype = _type(one)
            message.add_attachment(one.content, kind, subtype, filename=_filename(one))
    # Last: whatever sets a body takes all Content- headers for the body's.
    _set(message, "Content-Language", _language(mail))
    return message.as_bytes()


def _write_headers(message: EmailMessage, mail: OutgoingMail) -> None:
    _set(message, "From", _addresses(mail.sender))
    _set(message, "To", _addresses(*mail.to))
    _set(message, "Cc", _addresses(*mail.cc))
    _set(message, "Bcc", _addresses(*mail.bcc))  # providers deliver by it and take it out
    _set(message, "Reply-To", _addresses(*(mail.reply_to,) if mail.reply_to else ()))
    _set(message, "Subject", _unstructured("Subject", mail.subject[:MAX_SUBJECT]))
    _set(message, "Date", date_value(mail.date))
    _set(message, "Message-ID", _ids(mail.message_id))
    _set(message, "In-Reply-To", _ids(mail.in_reply_to))
    _set(message, "References", _ids(*_shortened(mail.references)))
    _set(message, SEND_ID_HEADER, _checked(_SEND_ID, mail.send_id, "send_id"))
    if mail.automatic:
        _set(message, "Auto-Submitted", "auto-generated")  # RFC 3834 5
        _set(message, "X-Auto-Response-Suppress", "All")  # Exchange does not read the above


def _set(message: EmailMessage, name: str, value: str) -> None:
    if value:
        written = _Written(value)
        written.name = name
        message[name] = written


def _checked(pattern: re.Pattern[str], value: str, field: str) -> str:
    if not pattern.fullmatch(value):
        raise Invalid(f"This cannot stand in the header of a mail: {field}.", field=field)
    return value


def _ids(*ids: str) -> str:
    """Write ids one a line, so that none is ever folded in its middle."""
    return "\r\n ".join(f"<{_checked(_ID, one, 'message_id')}>" for one in ids if one)


def _shortened(references: tuple[str, ...]) -> tuple[str, ...]:
    """A long chain may lose its middle (RFC 5322 3.6.4): root and latest are what threads."""
    if len(references) <= MAX_REFERENCES:
        return references
    return (references[0], *references[-(MAX_REFERENCES - 1) :])


def _addresses(*addresses: Address) -> str:
    return ",\r\n ".join(_address(one) for one in addresses)


def _address(address: Address) -> str:
    local, _, domain = address.email.rpartition("@")
    try:
        email = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        email = ""
    if _FORBIDDEN_IN_ADDRESS.search(email):
        email = ""
    _checked(_ADDRESS, email, "address")
    name = one_line(storable(address.name))
    return f"{_phrase(name)} <{email}>" if name else email


def _phrase(name: str) -> str:
    """RFC 5322 3.2.5 for a display name: bare words, else quoted, else encoded."""
    if _is_plain(name) and len(name) < 70:
        if _ATEXT_NAME.fullmatch(name):
            return name
        return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return _encoded(name, 10)


def _unstructured(name: str, value: str) -> str:
    text = one_line(storable(value))
    if _is_plain(text) and max(map(len, text.split(" "))) < 60:
        return Header(text, "us-ascii", 76, name).encode(linesep="\r\n")
    return _encoded(text, len(name) + 2)


def _is_plain(text: str) -> bool:
    """What looks like an encoded word is encoded, or readers would decode it, also in quotes."""
    return text.isascii() and "=?" not in text


def _encoded(text: str, used: int) -> str:
    """Write encoded words of at most 75 characters (RFC 2047 2), each of whole letters."""
    words: list[str] = []
    run = ""
    for letter in text:
        limit = 75 - (used if not words else 1)
        if run and len(_UTF8.header_encode(run + letter)) > limit:
            words.append(_UTF8.header_encode(run))
            run = ""
        run += letter
    return "\r\n ".join([*words, _UTF8.header_encode(run)])


def _body(text: str) -> str:
    return storable(text).replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"


def _add_html(message: EmailMessage, mail: OutgoingMail) -> None:
    message.add_alternative(_page(mail), subtype="html")
    payload = message.get_payload()
    page = payload[-1] if isinstance(payload, list) else None
    for one in mail.attachments:
        if _is_inline(one, mail) and isinstance(page, EmailMessage):
            kind, subtype = _type(one)
            page.add_related(
                one.content,
                kind,
                subtype,
                cid=f"<{_checked(_ID, one.content_id, 'content_id')}>",
                filename=_filename(one),
                disposition="inline",
            )


def _page(mail: OutgoingMail) -> str:
    """Wrap the HTML; `dir` stands on the body too, as web mails keep only what is inside it."""
    tag = _language(mail)
    language = f' lang="{tag}"' if tag else ""
    root = f'dir="{mail.direction}"{language}'
    return (
        f'<!DOCTYPE html>\n<html {root}>\n<head><meta charset="utf-8"></head>\n'
        f"<body {root}><div {root}>\n{_body(mail.html)}</div></body>\n</html>\n"
    )


def _language(mail: OutgoingMail) -> str:
    """Return the tag of the text's language (RFC 3282), "" where it is not known."""
    return mail.language if _LANGUAGE.fullmatch(mail.language) else ""


def _is_inline(attachment: OutgoingAttachment, mail: OutgoingMail) -> bool:
    return bool(mail.html and attachment.content_id)


def _type(attachment: OutgoingAttachment) -> tuple[str, str]:
    found = _TYPE.fullmatch(attachment.content_type.strip().lower())
    # RFC 2046 5.2.1: a message or multipart may not be base64, which a file here always is.
    if not found or found[1] in ("message", "multipart"):
        return "application", "octet-stream"
    return found[1], found[2]


def _filename(attachment: OutgoingAttachment) -> str:
    name = _UNSAFE_NAME.sub("_", one_line(storable(attachment.filename))).strip(" .")
    return name[:MAX_FILENAME] or "file"
