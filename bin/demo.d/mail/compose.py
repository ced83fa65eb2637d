"""Turns a line of a conversation into the bytes of a mail, the way mail programs write it."""

from __future__ import annotations

import hashlib
import html
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_string
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING

from mail import files
from mail.people import SHOP, Person

if TYPE_CHECKING:
    from mail.script import Turn

_QUOTE_LEAD = {
    "en": "On {when}, {who} wrote:",
    "ar": "في {when} كتب {who}:",
    "tl": "Noong {when}, isinulat ni {who}:",
}


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom, when, and after which mails."""

    sender: Person
    recipient: str
    subject: str
    message_id: str
    sent_at: int
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """The mail that is quoted under an answer."""

    sender: Person
    text: str
    sent_at: int


def mail(
    envelope: Envelope, turn: Turn, language: str = "en", quoted: Quoted | None = None
) -> bytes:
    """The raw mail of one turn.

    Envelope times are milliseconds UTC. raises KeyError for a kind of turn that is not known.
    """
    message = _head(envelope)
    if turn.kind == "bounce":
        _report(message, turn, envelope)
        return _bytes(message)
    text = turn.text if quoted is None else f"{turn.text}\n\n{_plain_quote(quoted, language)}"
    charset = turn.options.get("charset", "utf-8")
    message.set_content(text.rstrip() + "\n", charset=charset)
    if turn.html:
        _add_html(message, turn, quoted, language)
    if turn.kind == "newsletter":
        message.add_alternative(_newsletter(turn.text, envelope.sender), subtype="html")
    for name in turn.attachments:
        content, main, sub = files.attachment(name)
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    for name, value in _automatic_headers(turn.kind, envelope.sender).items():
        message[name] = value
    return _bytes(message)


def _bytes(message: EmailMessage) -> bytes:
    # The library draws boundaries at random, but the same demo should have the same mails.
    for number, part in enumerate(message.walk()):
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            digest = hashlib.sha256(f"{message['Message-ID']}/{number}".encode()).hexdigest()
            part.set_boundary(f"=_{digest[:28]}")
    return message.as_bytes()


def _head(envelope: Envelope) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = str(envelope.sender)
    message["To"] = envelope.recipient
    message["Subject"] = envelope.subject
    message["Date"] = format_datetime(_when(envelope.sent_at))
    message["Message-ID"] = envelope.message_id
    if envelope.references:
        message["In-Reply-To"] = envelope.references[-1]
        message["References"] = " ".join(envelope.references)
    return message


def _when(at: int) -> datetime:
    return datetime.fromtimestamp(at // 1000, UTC)


def _lead(quoted: Quoted, language: str) -> str:
    when = f"{_when(quoted.sent_at):%Y-%m-%d %H:%M}"
    who = f"{quoted.sender.name} <{quoted.sender.address}>"
    return _QUOTE_LEAD[language].format(when=when, who=who)


def _plain_quote(quoted: Quoted, language: str) -> str:
    lines = [f"> {line}".rstrip() for line in quoted.text.splitlines()]
    return "\n".join([_lead(quoted, language), *lines])


def _paragraphs(text: str) -> str:
    blocks = (html.escape(block).replace("\n", "<br>") for block in text.split("\n\n"))
    return "".join(f"<p>{block}</p>" for block in blocks)


def _add_html(message: EmailMessage, turn: Turn, quoted: Quoted | None, language: str) -> None:
    """An HTML twin of the text, as Gmail writes it, with the inline picture beside it."""
    direction = "rtl" if language == "ar" else "ltr"
    shown = turn.options.get("picture")
    cid = f"{shown}.{parseaddr(message['From'])[1]}"
    parts = [f'<div dir="{direction}">{_paragraphs(turn.text)}</div>']
    if shown:
        parts.append(f'<div><img src="cid:{cid}" alt="{shown}.png" width="480"></div>')
    if quoted is not None:
        lead = html.escape(_lead(quoted, language))
        quote = f"<blockquote>{_paragraphs(quoted.text)}</blockquote>"
        parts.append(f'<div class="gmail_quote"><div class="gmail_attr">{lead}</div>{quote}</div>')
    message.add_alternative("".join(parts), subtype="html")
    if shown:
        twin = message.get_payload(1)
        assert isinstance(twin, MIMEPart)
        twin.add_related(
            files.picture(shown),
            maintype="image",
            subtype="png",
            cid=f"<{cid}>",
            filename=f"{shown}.png",
            disposition="inline",
        )


def _newsletter(text: str, sender: Person) -> str:
    """A table layout with a remote picture and a counting pixel, as newsletters have them."""
    host = sender.address.partition("@")[2]
    blocks = text.split("\n\n")
    stories = "".join(
        f'<tr><td style="padding:12px 24px"><h2 style="color:#3e3a36">{html.escape(title)}</h2>'
        f"<p>{html.escape(story)}</p></td></tr>"
        for title, story in zip(blocks[::2], blocks[1::2], strict=False)
    )
    return (
        '<table width="600" align="center" style="font-family:Georgia,serif">'
        f'<tr><td><img src="https://img.{host}/head.png" width="600" alt="{sender.name}"></td></tr>'
        f"{stories}"
        f'<tr><td><a href="https://{host}/unsubscribe?r=4711">Unsubscribe</a>'
        f'<img src="https://count.{host}/open.gif?r=4711" width="1" height="1" alt=""></td></tr>'
        "</table>"
    )


def _automatic_headers(kind: str, sender: Person) -> dict[str, str]:
    """What marks mail that no person typed: RFC 3834 5, RFC 2369, RFC 2919, RFC 8058."""
    host = sender.address.partition("@")[2]
    marks = {
        "auto": {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"},
        "notice": {"Auto-Submitted": "auto-generated"},
        "list": {
            "List-Id": f"<makers.{host}>",
            "List-Post": f"<mailto:makers@{host}>",
            "Precedence": "list",
        },
        "newsletter": {
            "List-Id": f"<weekly.{host}>",
            "List-Unsubscribe": f"<https://{host}/unsubscribe?r=4711>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
        },
    }
    return marks.get(kind, {})


def _report(message: EmailMessage, turn: Turn, envelope: Envelope) -> None:
    """A delivery report of three parts (RFC 3464), with the headers of the mail it is about."""
    status, recipient = turn.options["status"], turn.options["recipient"]
    action = "failed" if status.startswith("5") else "delayed"
    host = envelope.sender.address.partition("@")[2]
    message["Auto-Submitted"] = "auto-replied"
    message["Return-Path"] = "<>"
    if action == "failed":
        message["X-Failed-Recipients"] = recipient
    message.set_content(f"Your message to {recipient} could not be delivered.\n\n{turn.text}\n")
    message.make_mixed()
    message.replace_header("Content-Type", 'multipart/report; report-type="delivery-status"')
    fields = (
        f"Reporting-MTA: dns; {host}\n\n"
        f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; {turn.text.splitlines()[0]}\n"
    )
    original = f"Message-ID: {envelope.references[-1]}\nTo: {recipient}\n"
    for content_type, body in (
        ("message/delivery-status", fields),
        ("text/rfc822-headers", original),
    ):
        message.attach(message_from_string(f"Content-Type: {content_type}\n\n{body}", policy=SMTP))


def shop_person(inbox: str, address: str, signer: str) -> Person:
    """The shop as the sender of an answer."""
    department = "" if inbox == "support" else f" {inbox.capitalize()}"
    return Person(f"{signer} - {SHOP}{department}", address)
