"""Bounces, as each mail server writes them, and complaints."""

# ruff: noqa: E501  (what a server said stands on one line)
from __future__ import annotations

from inbox_service.domain.mail import AutomaticKind, BounceReason

from .letter import Letter, letter

R = BounceReason
_NULL = "Return-Path: <>"
_DAEMON = "From: Mail Delivery System <MAILER-DAEMON@mx.example>"
_OURS = "Message-ID: <out-1@shop.example>\nFrom: support@shop.example\nTo: gone@mail.example\n"


def _read(
    status: str, reason: BounceReason, *, hard: bool, recipient: str = "gone@mail.example"
) -> dict[str, object]:
    return {
        "recipient": recipient,
        "status": status,
        "hard": hard,
        "reason": reason,
        "original_message_id": "out-1@shop.example",
    }


def _report(
    name: str,
    fields: str,
    bounce: dict[str, object],
    *headers: str,
    words: str = "It was not delivered.",
    original: str = "message/rfc822",
) -> Letter:
    body = (
        f"--b\nContent-Type: text/plain\n\n{words}\n--b\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mx.example\n\n{fields}\n--b\nContent-Type: {original}\n\n{_OURS}\n--b--\n"
    )
    declared = 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"'
    return letter(
        name,
        AutomaticKind.BOUNCE,
        *(headers or (_NULL, _DAEMON)),
        declared,
        body=body,
        bounce=bounce,
    )


def _words(name: str, words: str, bounce: dict[str, object], *headers: str) -> Letter:
    return letter(
        name,
        AutomaticKind.BOUNCE,
        *(headers or (_NULL, _DAEMON)),
        body=f"{words}\n\n{_OURS}",
        bounce=bounce,
    )


def _fields(
    status: str, said: str, action: str = "failed", recipient: str = "gone@mail.example"
) -> str:
    return f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: {said}\n"


def _complaint(
    name: str, fields: str, kind: AutomaticKind, bounce: dict[str, object] | None
) -> Letter:
    body = (
        "--b\nContent-Type: text/plain\n\nA reader reported this.\n--b\nContent-Type: message/feedback-report\n\n"
        f"{fields}\n--b\nContent-Type: message/rfc822\n\n{_OURS}\n--b--\n"
    )
    declared = "Content-Type: multipart/report; report-type=feedback-report; boundary=b"
    return letter(name, kind, "From: feedback@provider.example", declared, body=body, bounce=bounce)


_COMPLAINT = _read("", R.COMPLAINT, hard=True)

LETTERS: tuple[Letter, ...] = (
    # --- reports (RFC 3464) with what each server says in them
    _report(
        "gmail-no-such-user",
        _fields(
            "5.1.1",
            "smtp; 550-5.1.1 The email account that you tried to reach does not exist. 550 5.1.1 NoSuchUser",
        ),
        _read("5.1.1", R.NO_SUCH_ADDRESS, hard=True),
        _NULL,
        "From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        "Auto-Submitted: auto-replied",
        "X-Failed-Recipients: gone@mail.example",
    ),
    _report(
        "gmail-over-quota",
        _fields("4.2.2", "smtp; 452-4.2.2 The recipient's inbox is out of storage space."),
        _read("4.2.2", R.MAILBOX_FULL, hard=False),
    ),
    _report(
        "gmail-unauthenticated",
        _fields(
            "5.7.26",
            "smtp; 550-5.7.26 Your email has been blocked because the sender is unauthenticated.",
        ),
        _read("5.7.26", R.NOT_AUTHENTICATED, hard=True),
    ),
    _report(
        "gmail-rate-limited",
        _fields("4.7.28", "smtp; 421-4.7.28 Gmail has detected an unusual rate of mail."),
        _read("4.7.28", R.TOO_MUCH_MAIL, hard=False),
    ),
    _report(
        "gmail-host-not-found",
        _fields(
            "5.1.2",
            "smtp; DNS Error: DNS type 'mx' lookup of mail.example responded with code NXDOMAIN",
        ),
        _read("5.1.2", R.NO_SUCH_DOMAIN, hard=True),
    ),
    _report(
        "gmail-spam",
        _fields("5.7.1", "smtp; 550-5.7.1 this message is likely unsolicited mail"),
        _read("5.7.1", R.REFUSED_AS_SPAM, hard=True),
    ),
    _report(
        "gmail-delay",
        _fields(
            "4.4.1", "smtp; The recipient server did not accept our requests to connect.", "delayed"
        ),
        _read("4.4.1", R.SERVER_UNREACHABLE, hard=False),
    ),
    _report(
        "gmail-too-large",
        _fields("5.3.4", "smtp; 552-5.3.4 Your message exceeded Google's message size limits."),
        _read("5.3.4", R.TOO_LARGE, hard=True),
    ),
    _report(
        "exchange-online-unknown",
        _fields(
            "5.1.10",
            "smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
        ),
        _read("5.1.10", R.NO_SUCH_ADDRESS, hard=True),
        _NULL,
        "From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@firm.example>",
        "X-MS-Exchange-Message-Is-Ndr:",
        "Auto-Submitted: auto-replied",
    ),
    _report(
        "exchange-online-restricted",
        _fields("5.7.133", "smtp;550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup"),
        _read("5.7.133", R.NOT_ALLOWED, hard=True),
    ),
    _report(
        "exchange-online-access-denied",
        _fields("5.4.1", "smtp;550 5.4.1 Recipient address rejected: Access denied"),
        _read("5.4.1", R.NO_SUCH_ADDRESS, hard=True),
    ),
    _report(
        "exchange-online-quota",
        _fields("5.2.2", "smtp;550 5.2.2 STOREDRV.Deliver; mailbox full"),
        _read("5.2.2", R.MAILBOX_FULL, hard=True),
    ),
    _report(
        "exchange-online-banned",
        _fields("5.7.606", "smtp;550 5.7.606 Access denied, banned sending IP"),
        _read("5.7.606", R.REFUSED_AS_SPAM, hard=True),
    ),
    _report(
        "exchange-2003",
        "Final-Recipient: RFC822;gone@mail.example\nAction: failed\nStatus: 5.1.1\nX-Display-Name: Gone\n",
        _read("5.1.1", R.NO_SUCH_ADDRESS, hard=True),
        _NULL,
        "From: postmaster@firm.example",
    ),
    _report(
        "postfix-unknown",
        _fields(
            "5.1.1",
            "smtp; 550 5.1.1 <gone@mail.example>: Recipient address rejected: User unknown in virtual mailbox table",
        ),
        _read("5.1.1", R.NO_SUCH_ADDRESS, hard=True),
        original="text/rfc822-headers",
    ),
    _report(
        "postfix-expired",
        _fields(
            "4.4.1", "X-Postfix; connect to mx.mail.example[192.0.2.1]:25: Connection timed out"
        ),
        _read("4.4.1", R.SERVER_UNREACHABLE, hard=False),
    ),
    _report(
        "postfix-loop",
        _fields("5.4.6", "X-Postfix; mail for mail.example loops back to myself"),
        _read("5.4.6", R.LOOP, hard=True),
    ),
    _report(
        "postfix-generic",
        _fields("5.0.0", "smtp; 554 sorry, no mailbox here by that name"),
        _read("5.0.0", R.NO_SUCH_ADDRESS, hard=True),
    ),
    _report(
        "sendmail",
        "Final-Recipient: RFC822; gone@mail.example\nAction: failed\nStatus: 5.1.1\nRemote-MTA: DNS; mx.mail.example\nDiagnostic-Code: SMTP; 550 5.1.1 unknown user\n",
        _read("5.1.1", R.NO_SUCH_ADDRESS, hard=True),
    ),
    _report(
        "sendmail-warning",
        _fields("4.2.0", "SMTP; 450 4.2.0 Greylisted, please try again later", "delayed"),
        _read("4.2.0", R.TOO_MUCH_MAIL, hard=False),
    ),
    _report(
        "yahoo-disabled",
        _fields(
            "5.5.0",
            "smtp; 554 30 Sorry, your message cannot be delivered. This mailbox is disabled (554.30).",
        ),
        _read("5.5.0", R.ADDRESS_CLOSED, hard=True),
    ),
    _report(
        "yahoo-no-such-user",
        _fields("5.0.0", "smtp; 552 1 Requested mail action aborted, mailbox not found"),
        _read("5.0.0", R.NO_SUCH_ADDRESS, hard=True),
    ),
    _report(
        "icloud-full",
        _fields("5.2.2", "smtp; 552 5.2.2 <gone@mail.example>: user is over quota"),
        _read("5.2.2", R.MAILBOX_FULL, hard=True),
    ),
    _report(
        "amazon-ses",
        "Original-Recipient: rfc822;gone@mail.example\nFinal-Recipient: rfc822;gone@mail.example\nAction: failed\nDiagnostic-Code: smtp; 550 5.1.1 user unknown\nStatus: 5.1.1\n",
        _read("5.1.1", R.NO_SUCH_ADDRESS, hard=True),
    ),
    _report(
        "mimecast",
        _fields("5.0.0", "smtp; 550 Rejected by header based manually Blocked Senders"),
        _read("5.0.0", R.NOT_ALLOWED, hard=True),
    ),
    _report(
        "proofpoint",
        _fields(
            "5.7.1", "smtp; 550 5.7.1 Message blocked: sender listed at the reputation service"
        ),
        _read("5.7.1", R.REFUSED_AS_SPAM, hard=True),
    ),
    _report(
        "spamhaus",
        _fields(
            "5.7.1",
            "smtp; 554 5.7.1 Service unavailable; client host blocked using zen.spamhaus.org",
        ),
        _read("5.7.1", R.REFUSED_AS_SPAM, hard=True),
    ),
    _report(
        "domino",
        "Final-Recipient: rfc822;gone@mail.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: X-Notes; User gone not listed in Domino Directory\n",
        _read("5.1.1", R.NO_SUCH_ADDRESS, hard=True),
        _NULL,
        "From: postmaster@firm.example",
    ),
    _report(
        "courier",
        "Final-Recipient: rfc822; gone@mail.example\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 User unknown.\n",
        _read("5.0.0", R.NO_SUCH_ADDRESS, hard=True),
    ),
    _report(
        "groupwise",
        _fields("5.2.1", "smtp; 550 mailbox disabled"),
        _read("5.2.1", R.ADDRESS_CLOSED, hard=True),
        _NULL,
        "From: Mailer-Daemon@firm.example",
    ),
    _report(
        "zoho-policy",
        _fields("5.7.1", "smtp; 541 5.7.1 Mail rejected by destination policy"),
        _read("5.7.1", R.NOT_ALLOWED, hard=True),
    ),
    _report(
        "null-mx",
        _fields("5.1.10", "smtp; 556 5.1.10 Domain does not accept mail (null MX)"),
        _read("5.1.10", R.NO_SUCH_DOMAIN, hard=True),
    ),
    _report(
        "yandex-in-arabic",
        _fields("5.1.1", "smtp; 550 5.1.1 User not found"),
        _read("5.1.1", R.NO_SUCH_ADDRESS, hard=True),
        words="تعذر تسليم رسالتك.",
    ),
    _report(
        "report-to-a-utf-8-address",
        _fields("5.1.1", "smtp; 550 no such user", recipient="gone@mail.example"),
        _read("5.1.1", R.NO_SUCH_ADDRESS, hard=True),
        original="message/global",
    ),
    # --- in words only
    _words(
        "exim",
        "A message that you sent could not be delivered:\n\n  gone@mail.example\n    host mx.mail.example [192.0.2.1]\n    SMTP error after RCPT TO: 550 5.1.1 No such user here",
        _read("5.1.1", R.NO_SUCH_ADDRESS, hard=True),
        _NULL,
        _DAEMON,
        "X-Failed-Recipients: gone@mail.example",
        "Auto-Submitted: auto-replied",
    ),
    _words(
        "exim-without-its-header",
        "This message could not be delivered:\n\n  gone@mail.example\n    Unrouteable address",
        _read("5.0.0", R.NO_SUCH_ADDRESS, hard=True),
    ),
    _words(
        "exim-frozen",
        "A message is still not delivered after 24 hours:\n\n  gone@mail.example\n    host mx.mail.example: 451 4.7.1 Greylisting in action",
        _read("4.7.1", R.TOO_MUCH_MAIL, hard=False),
        _NULL,
        _DAEMON,
        "X-Failed-Recipients: gone@mail.example",
    ),
    _words(
        "qmail",
        "Hi. This is the qmail-send program at mx.example.\n\n<gone@mail.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 unknown user",
        _read("5.1.1", R.NO_SUCH_ADDRESS, hard=True),
    ),
    _words(
        "qmail-host",
        "Hi. This is the qmail-send program at mx.example.\n\n<gone@mail.example>:\nSorry, I couldn't find any host named mail.example. (#5.1.2)",
        _read("5.1.2", R.NO_SUCH_DOMAIN, hard=True),
    ),
    _words(
        "sendmail-old",
        "   ----- The following addresses had permanent fatal errors -----\n<gone@mail.example>\n    (reason: 550 5.1.1 <gone@mail.example>... User unknown)",
        _read("5.1.1", R.NO_SUCH_ADDRESS, hard=True),
    ),
    _words(
        "exchange-5",
        "Your message did not reach some recipients.\n\nThe following recipient(s) could not be reached:\n\n      'gone@mail.example' on 03/03/2025 10:00\n            The e-mail account does not exist",
        _read("5.0.0", R.NO_SUCH_ADDRESS, hard=True),
    ),
    _words(
        "mdaemon",
        "The attached message could not be delivered.\n\nFailed address: gone@mail.example\n\n550 Mailbox not found",
        _read("5.0.0", R.NO_SUCH_ADDRESS, hard=True),
    ),
    _words(
        "imail",
        "Undeliverable mail, unknown user: gone@mail.example",
        _read("5.0.0", R.NO_SUCH_ADDRESS, hard=True),
    ),
    _words(
        "yahoo-in-words",
        "Sorry, we were unable to deliver your message to the following address.\n\n<gone@mail.example>:\n554: delivery error: dd This user doesn't have an account (0) - mta.example",
        _read("5.0.0", R.OTHER, hard=True),
    ),
    _words(
        "a-gateway-in-a-sentence",
        "We could not deliver your message to gone@mail.example because the mailbox is full.",
        _read("5.0.0", R.MAILBOX_FULL, hard=True),
        "From: postmaster@mx.example",
        _NULL,
    ),
    _words(
        "without-a-return-path",
        "<gone@mail.example>: 550 5.1.1 user unknown",
        _read("5.1.1", R.NO_SUCH_ADDRESS, hard=True),
        "From: MAILER-DAEMON@mx.example",
    ),
    # --- complaints (RFC 5965)
    _complaint(
        "arf",
        "Feedback-Type: abuse\nUser-Agent: x\nVersion: 1\nOriginal-Rcpt-To: <gone@mail.example>\n",
        AutomaticKind.COMPLAINT,
        _COMPLAINT,
    ),
    _complaint(
        "arf-that-hides-the-reader",
        "Feedback-Type: abuse\nVersion: 1\n",
        AutomaticKind.COMPLAINT,
        _COMPLAINT,
    ),
    _complaint(
        "arf-fraud",
        "Feedback-Type: fraud\nOriginal-Rcpt-To: gone@mail.example\n",
        AutomaticKind.COMPLAINT,
        _COMPLAINT,
    ),
    _complaint(
        "arf-not-spam",
        "Feedback-Type: not-spam\nOriginal-Rcpt-To: gone@mail.example\n",
        AutomaticKind.COMPLAINT,
        None,
    ),
)
