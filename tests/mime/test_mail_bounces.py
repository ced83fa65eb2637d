"""What bounces say."""

from __future__ import annotations

import pytest
from mails import mail, raw

from inbox_service.domain.mail import BounceReason, BounceReport
from inbox_service.mime import parse

FAILED = "Final-Recipient: rfc822; a@b.example\r\nAction: failed"


def dsn(fields: str) -> BounceReport | None:
    """Parse a delivery report with these recipient fields."""
    body = (
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
        f"{fields}\r\n--b--\r\n"
    )
    return parse(body.encode()).bounce


def test_a_report_names_the_recipient_that_failed_and_our_mail() -> None:
    assert mail("bounce-gmail").bounce == BounceReport(
        "nobody@mail.example",
        "5.1.1",
        hard=True,
        original_message_id="out-77@shop.example",
        reason=BounceReason.NO_SUCH_ADDRESS,
    )


def test_a_delay_is_soft() -> None:
    assert mail("bounce-delayed").bounce == BounceReport(
        "slow@mail.example",
        "4.4.1",
        hard=False,
        original_message_id="out-78@shop.example",
        reason=BounceReason.SERVER_UNREACHABLE,
    )


def test_a_bounce_in_words_is_read_too() -> None:
    assert mail("bounce-exim").bounce == BounceReport(
        "full@mail.example",
        "4.2.2",
        hard=False,
        original_message_id="out-79@shop.example",
        reason=BounceReason.MAILBOX_FULL,
    )


def test_qmail_names_the_recipient_in_its_text() -> None:
    parsed = parse(
        b"Return-Path: <>\nFrom: MAILER-DAEMON@host.example\n\n"
        b"Hi. This is the qmail-send program.\n\n<gone@mail.example>:\n"
        b"192.0.2.1 does not like recipient.\nRemote host said: 550 no such user\n"
    )
    assert parsed.bounce == BounceReport(
        "gone@mail.example", "5.0.0", hard=True, reason=BounceReason.NO_SUCH_ADDRESS
    )


@pytest.mark.parametrize(
    ("fields", "status", "hard"),
    [
        ("Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1", "5.1.1", True),
        ("Final-Recipient: a;a@b.example\r\nAction: failed\r\nStatus: 4.4.7 (x)", "4.4.7", False),
        (
            f"{FAILED}\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp; 550 5.7.1 refused",
            "5.7.1",
            True,
        ),
        (
            f"{FAILED}\r\nDiagnostic-Code: smtp; 421 try later",
            "4.0.0",
            False,
        ),
        ("Final-Recipient: rfc822; a@b.example\r\nAction: delayed", "4.0.0", False),
        ("Final-Recipient: rfc822; a@b.example", "5.0.0", True),
    ],
)
def test_a_status_is_read_or_guessed_from_what_was_said(
    fields: str, status: str, *, hard: bool
) -> None:
    bounce = dsn(fields)
    assert bounce is not None
    assert (bounce.recipient, bounce.status, bounce.hard) == ("a@b.example", status, hard)


def test_the_address_we_wrote_to_counts_not_the_one_it_was_forwarded_to() -> None:
    fields = "Original-Recipient: rfc822;we@x.example\r\nFinal-Recipient: rfc822;they@y.example"
    bounce = dsn(fields)
    assert bounce is not None
    assert bounce.recipient == "we@x.example"


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_a_report_of_success_is_no_bounce(action: str) -> None:
    assert dsn(f"Final-Recipient: rfc822; a@b.example\r\nAction: {action}") is None


def test_a_report_without_recipient_says_nothing() -> None:
    assert dsn("Action: failed\r\nStatus: 5.0.0") is None


def test_a_mail_of_a_person_that_quotes_a_bounce_is_none() -> None:
    text = raw("bounce-exim").split(b"\r\n\r\n", 1)[1]
    assert parse(b"From: ben@mail.example\r\n\r\n" + text).bounce is None
