"""A mail arriving in an account, with what Gmail writes on top of it."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.testkit.gmail_simulator import mailbox, rfc822
from connectors.testkit.gmail_simulator.store import Db, Row
from connectors.testkit.gmail_simulator.world import random_token

LOWER_HEX = "0123456789abcdef"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mail for one address. `at` is Gmail's time of receipt, ms UTC.

    `authenticated` is the verdict of DKIM, SPF and DMARC for the From domain.
    """

    raw: bytes
    address: str
    at: int
    envelope_from: str = ""
    labels: frozenset[str] = frozenset({"INBOX", "UNREAD"})
    authenticated: bool = True


def receive(db: Db, account: str, arrival: Arrival, now: int, late_by: int = 0) -> Row:
    """Put a mail into an account's mailbox; it can be fetched only `late_by` ms from now."""
    mail = stamped(arrival)
    new = mailbox.NewMessage(
        mail.as_bytes(),
        arrival.labels,
        arrival.at,
        mailbox.thread_by_headers(db, account, mail),
        now + late_by if late_by else 0,
    )
    return mailbox.add(db, account, new, now)


def stamped(arrival: Arrival) -> rfc822.Mail:
    """Return the mail with Delivered-To, Received and Authentication-Results (RFC 8601)."""
    mail = rfc822.split(arrival.raw)
    sender = rfc822.address_of(mail.header("From"))
    envelope = arrival.envelope_from or sender
    host = f"mail.{sender.rpartition('@')[2] or 'unknown.invalid'}"
    date = rfc822.date_text(arrival.at)
    queue_id = random_token(16, LOWER_HEX)
    taken = (
        f"from {host} ({host}. [192.0.2.1])\r\n        by mx.google.com with ESMTPS id {queue_id}"
    )
    # Topmost is newest: a reader must trust the first Authentication-Results only, as the sender
    # may have written others below (RFC 8601 5).
    return mail.on_top(
        ("Delivered-To", arrival.address),
        ("Received", f"by 2002:a05:6a10:1234 with SMTP id {queue_id}; {date}"),
        ("Return-Path", f"<{envelope}>"),
        ("Received", f"{taken}\r\n        for <{arrival.address}>; {date}"),
        ("Authentication-Results", _verdict(arrival.authenticated, sender, envelope)),
    )


def _verdict(passed: bool, sender: str, envelope: str) -> str:
    domain = sender.rpartition("@")[2]
    dkim = f"pass header.i=@{domain} header.s=s1 header.b=Q2hlY2tl" if passed else "none"
    spf = "pass" if passed else "softfail"
    words = "designates" if passed else "does not designate"
    return (
        f"mx.google.com;\r\n       dkim={dkim};"
        f"\r\n       spf={spf} (google.com: domain of {envelope} {words} 192.0.2.1 as permitted"
        f" sender) smtp.mailfrom={envelope};"
        f"\r\n       dmarc={'pass' if passed else 'fail'} (p=NONE sp=NONE dis=NONE)"
        f" header.from={domain}"
    )
