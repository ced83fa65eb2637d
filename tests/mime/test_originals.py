"""A mail as it came: what is told of it before anything was made of it."""

from __future__ import annotations

from inbox_service.mime import Check, checks, header_values, raw_text, shown_headers

MAIL = (
    b"Received: from x\r\nAuthentication-Results: mx.google.com;\r\n"
    b" dkim=pass header.i=@example.net header.s=1;\r\n"
    b" spf=softfail (who knows) smtp.mailfrom=omar@mail.example.net;\r\n"
    b" dmarc=fail header.from=example.net\r\n"
    b"Authentication-Results: forged.example; spf=pass smtp.mailfrom=shop.example\r\n"
    b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nTo: us@shop.example\r\n"
    b"From: Omar <omar@example.net>\r\nFrom: Mona <mona@example.net>\r\n\r\nHello\r\n"
)


def test_the_telling_headers_come_decoded_and_in_reading_order() -> None:
    assert shown_headers(MAIL) == [
        ("From", "Omar <omar@example.net>"),
        ("From", "Mona <mona@example.net>"),
        ("To", "us@shop.example"),
        ("Subject", "Grüße"),
    ]


def test_the_checks_are_those_of_the_topmost_header_alone() -> None:
    assert checks(header_values(MAIL, "Authentication-Results")) == [
        Check("dkim", "pass", "example.net"),
        Check("spf", "softfail", "mail.example.net"),
        Check("dmarc", "fail", "example.net"),
    ]


def test_a_mail_that_nobody_examined_has_no_checks() -> None:
    assert checks(header_values(b"From: x@example.net\r\n\r\n", "Authentication-Results")) == []


def test_bytes_that_are_no_text_are_marked_as_such() -> None:
    assert raw_text(b"Caf\xe9 \0!", 100) == "Caf\ufffd \ufffd!"
    assert raw_text(b"abcdef", 3) == "abc"
