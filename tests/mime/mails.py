"""Mails for the tests: files written by us, and small ones made on the spot."""

from __future__ import annotations

from pathlib import Path

from inbox_service.domain.mail import Address, OutgoingMail, ParsedMail
from inbox_service.mime import parse

FOLDER = Path(__file__).parent.parent / "fixtures" / "mail"


def raw(name: str) -> bytes:
    """Return the bytes of a mail in fixtures/mail."""
    return (FOLDER / f"{name}.eml").read_bytes()


def mail(name: str) -> ParsedMail:
    """Return a mail of fixtures/mail, parsed."""
    return parse(raw(name))


def with_headers(*lines: bytes | str, body: bytes = b"hello\n") -> ParsedMail:
    """Parse a mail that has these header lines."""
    encoded = [line.encode() if isinstance(line, str) else line for line in lines]
    return parse(b"\r\n".join([*encoded, b"", body]))


def outgoing(**changes: object) -> OutgoingMail:
    """Return a small outgoing mail, changed as asked."""
    fields: dict[str, object] = {
        "sender": Address("support@shop.example", "Shop"),
        "to": (Address("mona@mail.example", "Mona"),),
        "subject": "Re: Your order",
        "text": "It is on its way.\n",
        "message_id": "out-1@shop.example",
        "send_id": "send-1",
        "date": 1_741_000_000_000,
    }
    return OutgoingMail(**(fields | changes))  # type: ignore[arg-type]
